"""The pages of the site, and what stands around every one of them."""

from flask import Flask

from survey.web import anonymous, manage, respond
from survey.web.feed import description as interface
from survey.web.feed import indicators as feed
from survey.web.feed import problems
from survey.web.preview import pages as preview
from survey.web.preview import phone, side_by_side, ways  # noqa: F401 (they put their pages on the blueprint)
from survey.web.publications import pages as published
from survey.web.respond import service_worker
from survey.web.site import (
    admission,
    compression,
    cookie_names,
    environment,
    errors,
    forms,
    health,
    jobs,
    language,
    layout,
    load_shedding,
    monitoring,
    pages,
    security,
    sessions,
    template_names,
)


def init_app(app: Flask) -> None:
    """Put the site together. What is set up first sees a request first, and an answer last."""
    # None of our functions is a coroutine, which Flask asks of each, twenty times a request.
    app.ensure_sync = lambda func: func  # type: ignore[method-assign]
    monitoring.init_app(app)
    template_names.init_app(app)
    environment.init_app(app)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    compression.init_app(app)
    admission.init_app(app)
    load_shedding.init_app(app)
    environment.bring_words_to(app)
    app.register_blueprint(health.blueprint)
    language.init_app(app)
    layout.init_app(app)
    security.init_app(app)
    sessions.init_app(app)
    errors.init_app(app)
    jobs.init_app(app)
    app.add_template_global(forms.character_count_texts)
    app.add_template_global(cookie_names.of_host, "cookie_of_host")
    app.add_template_global(cookie_names.of_pages, "cookie_of_pages")
    for room in (pages, respond, anonymous, manage, interface):
        language.register(app, room.blueprint)
    service_worker.init_app(app)
    app.register_blueprint(feed.blueprint)
    problems.init_app(app)
    preview.init_app(app)
    published.init_app(app)
