"""Flask-Babel chooses what a page is said in, and everything that a page says comes through it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import flask_babel
import polib
import pytest
from flask import Blueprint, Flask, render_template_string

from survey import create_app
from survey.catalogues.compilation import write_generation
from survey.catalogues.files import PLURAL_FORMS, compiled_form
from survey.languages import MissingText, log_missing, mark_missing, when_missing
from survey.web.site.language import CatalogueDomain, current_language, register, speaking
from tests.catalogues_in_use import use_catalogues

SUMMER = datetime(2026, 7, 3, 13, 5, tzinfo=UTC)
SAID = """{{ pgettext("test", "Good morning, %(name)s & co", name=name) }}
{{ npgettext("test", "%(n)s thing", "%(n)s things", 3) }}
{{ npgettext("test", "%(n)s thing", "%(n)s things", 1234) }}
{{ moment|datetimeformat }}
{{ 1234.5|decimalformat }}"""
IN_ENGLISH = ["Good morning, &lt;Siân&gt; &amp; co", "3 things", "1,234 things", "3 July 2026 at 14:05", "1,234.5"]
IN_WELSH = ["Bore da, &lt;Siân&gt; &amp; &lt;b&gt;", "tri", "1,234 peth", "3 Gorffennaf 2026 am 14:05", "1,234.5"]

Write = Callable[..., None]


@pytest.fixture
def write(tmp_path: Path, catalogues: Path) -> Iterator[Write]:
    """Compile a Welsh catalogue of a few messages, which leads all others."""
    folder = tmp_path / "translations"

    def write(**welsh: str) -> None:
        catalogue = polib.POFile()
        catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": PLURAL_FORMS}
        for english, said in {"Good morning, %(name)s & co": "Bore da, %(name)s & <b>", **welsh}.items():
            catalogue.append(polib.POEntry(msgctxt="test", msgid=english, msgstr=said))
        forms = dict(enumerate(["dim", "un", "dau", "tri", "chwech", "%(n)s peth"]))
        catalogue.append(
            polib.POEntry(msgctxt="test", msgid="%(n)s thing", msgid_plural="%(n)s things", msgstr_plural=forms)
        )
        path = folder / "cy" / "LC_MESSAGES" / "interface.mo"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(compiled_form(catalogue))
        write_generation(folder)

    write()
    use_catalogues(folder, catalogues)
    yield write
    use_catalogues(catalogues)
    when_missing(mark_missing)


@pytest.fixture
def app(data: Path, write: Write) -> Flask:
    """The site with one more page, which says what `text` holds."""
    app = create_app({"TESTING": True, "DATA": data, "DEMO": True, "PSEUDO": True})
    pages = Blueprint("said", __name__)

    @pages.get("/said")
    def said() -> str:
        return render_template_string(app.config["TEXT"], name="<Siân>", moment=SUMMER)

    app.config["TEXT"] = SAID
    register(app, pages)
    return app


def lines(app: Flask, path: str = "/cy/said") -> list[str]:
    return app.test_client().get(path).text.splitlines()


@pytest.mark.parametrize(
    ("path", "locale"), [("/cy/", "cy"), ("/en/", "en_GB"), ("/en-XA/", "en_GB@pseudo"), ("/healthz", "cy")]
)
def test_the_address_chooses_the_locale(app: Flask, path: str, locale: str) -> None:
    with app.test_request_context(path):
        assert str(flask_babel.get_locale()) == locale
        assert current_language().locale == flask_babel.get_locale()
        assert str(flask_babel.get_timezone()) == "Europe/London"


def test_a_page_says_texts_plurals_dates_and_numbers_of_its_locale(app: Flask) -> None:
    assert lines(app, "/en/said") == IN_ENGLISH
    assert lines(app, "/cy/said") == IN_WELSH


def test_another_locale_changes_what_a_template_says(app: Flask) -> None:
    with app.test_request_context("/en/"):
        said = [render_template_string(SAID, name="<Siân>", moment=SUMMER).splitlines()]
        with flask_babel.force_locale("cy"):
            said.append(render_template_string(SAID, name="<Siân>", moment=SUMMER).splitlines())
        with speaking("cy"):
            said.append([flask_babel.pgettext("test", "Good morning, %(name)s & co", name="Siân")])
            said.append([flask_babel.npgettext("test", "%(n)s thing", "%(n)s things", 1234)])
        said.append([flask_babel.npgettext("test", "%(n)s thing", "%(n)s things", 1)])
    assert said == [IN_ENGLISH, IN_WELSH, ["Bore da, Siân & <b>"], ["1,234 peth"], ["1 thing"]]


def test_a_catalogue_compiled_anew_is_said_at_the_next_request(app: Flask, write: Write) -> None:
    app.config["TEXT"] = '{{ pgettext("test", "New") }}'
    assert lines(app) == ["⚠New⚠"]
    write(New="Newydd")
    assert lines(app) == ["Newydd"]


def test_in_service_a_missing_message_is_english(app: Flask) -> None:
    when_missing(log_missing)
    app.config["TEXT"] = '{{ pgettext("test", "Nowhere at all") }}'
    assert lines(app) == ["Nowhere at all"]


def test_a_percent_sign_is_written_twice_with_or_without_values(app: Flask) -> None:
    with app.test_request_context("/en/"):
        assert flask_babel.pgettext("test", "100%%") == "100%"
        assert render_template_string('{{ pgettext("test", "100%%") }}') == "100%"


def test_a_domain_of_a_definition_never_falls_back(app: Flask) -> None:
    with app.test_request_context("/cy/"), pytest.raises(MissingText, match="Nowhere at all"):
        CatalogueDomain(domain="framework").pgettext("outcome", "Nowhere at all")


def test_a_moment_without_a_zone_is_not_shown(app: Flask) -> None:
    with app.test_request_context("/en/"), pytest.raises(ValueError, match="without its time zone"):
        render_template_string("{{ moment|datetimeformat }}", moment=datetime(2026, 1, 1))  # noqa: DTZ001
