"""Working without a network: the service worker that keeps the pages of a reflection on a device."""

from flask import Blueprint, Flask, Response, current_app, render_template, url_for

from survey.languages import LANGUAGES, Phrase, language
from survey.web.site.compression import serve, static_address, static_file
from survey.web.site.environment import now

NOT_HERE = (
    Phrase("offline", "This page is not on your device"),
    Phrase("offline", "There is no connection at the moment, and this page has not been opened here before."),
    Phrase("offline", "Go to the list of sections: what you open from there is on your device."),
)
NO_DOOR = (
    Phrase("offline", "You cannot sign in or out without a connection"),
    Phrase("offline", "The pages of your cluster have been taken off this device, so nobody else can open them here."),
    Phrase("offline", "When there is a connection again, go back to the site, and sign out if others use this device."),
)
FILES = ("build/page.js", "build/answers.js", "build/offline.js", "build/myfyrio.css", "favicon.svg")

blueprint = Blueprint("offline", __name__)


def init_app(app: Flask) -> None:
    """Serve the worker from the top of the site, where it may look after the pages of all languages."""
    app.register_blueprint(blueprint)
    app.add_template_global(worker_address)
    app.add_template_global(files_to_keep)
    app.add_template_global(now)


@blueprint.get("/service-worker.js")
def worker() -> Response:
    """The script that browsers run beside the pages; where it is switched off, one that clears up after it."""
    return serve("worker.js" if current_app.config["OFFLINE"] else "no-worker.js")


def files_to_keep() -> str:
    """The addresses of the files that the pages need."""
    return " ".join(static_address(name) for name in FILES)


@blueprint.get("/not-on-this-device")
def not_here() -> str:
    """What the worker shows, in both languages, for a page that is not on the device while there is no network."""
    languages = [language(code) for code in LANGUAGES]
    return render_template("errors/both.html", explanation=NOT_HERE, languages=languages, onward="respond.reflection")


@blueprint.get("/no-door-without-a-connection")
def no_door() -> str:
    """What the worker shows to whoever signs in or out while there is no network."""
    languages = [language(code) for code in LANGUAGES]
    return render_template("errors/both.html", explanation=NO_DOOR, languages=languages)


def worker_address() -> str:
    """Where the worker is, with the version of its file, so that a new one takes the place of an old one."""
    file = static_file("worker.js" if current_app.config["OFFLINE"] else "no-worker.js")
    return url_for("offline.worker", v=file.version if file else "")
