"""What a language says: messages, plural forms, dates, numbers; and what happens when it has no words."""

import datetime as dt
import gettext
import io
import logging
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from survey import languages
from survey.catalogues.compilation import write_generation
from survey.catalogues.files import PLURAL_FORMS, compiled_form
from survey.languages import (
    Language,
    MissingText,
    Phrase,
    compiled,
    language,
    log_missing,
    mark_missing,
    refresh_if_changed,
    when_missing,
)
from tests.catalogues_in_use import use_catalogues

SUMMER = dt.datetime(2025, 7, 3, 13, 5, tzinfo=dt.UTC)
WINTER = dt.datetime(2025, 2, 3, 14, 5, tzinfo=dt.UTC)


def made(**words: str) -> polib.POFile:
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": PLURAL_FORMS}
    for english, welsh in words.items():
        catalogue.append(polib.POEntry(msgctxt="c", msgid=english, msgstr=welsh))
    forms = ["dim", "un", "dau", "tri", "chwech", "%(n)s arall"]
    catalogue.append(
        polib.POEntry(
            msgctxt="c", msgid="%(n)s thing", msgid_plural="%(n)s things", msgstr_plural=dict(enumerate(forms))
        )
    )
    return catalogue


def welsh(**words: str) -> Language:
    return Language("cy", lambda _: gettext.GNUTranslations(io.BytesIO(compiled_form(made(**words)))))


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    when_missing(mark_missing)
    use_catalogues(languages.REPOSITORY_CATALOGUES)


def test_a_message_is_said_with_its_values() -> None:
    cy = welsh(**{"Hello %(name)s": "Helo %(name)s"})
    assert cy.pgettext("c", "Hello %(name)s", name="Siân") == "Helo Siân"
    assert cy.say(Phrase("c", "Hello %(name)s"), name="Siân") == "Helo Siân"
    assert language("en").pgettext("c", "Hello %(name)s", name="Siân") == "Hello Siân"


def test_a_value_may_have_any_name() -> None:
    words = "%(context)s %(message)s %(n)s %(self)s"
    values = {"context": 1, "message": 2, "n": 3, "self": 4}
    assert language("en").pgettext("c", words, **values) == "1 2 3 4"


@pytest.mark.parametrize(
    ("n", "said"), [(0, "dim"), (1, "un"), (2, "dau"), (3, "tri"), (4, "4 arall"), (6, "chwech"), (1234, "1,234 arall")]
)
def test_welsh_has_six_plural_forms(n: int, said: str) -> None:
    assert welsh().npgettext("c", "%(n)s thing", "%(n)s things", n) == said


def test_english_has_two() -> None:
    en = language("en")
    assert [en.npgettext("c", "%(n)s thing", "%(n)s things", n) for n in (0, 1, 2000)] == [
        "0 things",
        "1 thing",
        "2,000 things",
    ]


def test_a_missing_message_is_marked() -> None:
    assert welsh().pgettext("c", "Not there") == "⚠Not there⚠"
    assert welsh().npgettext("c", "%(n)s cat", "%(n)s cats", 2) == "⚠2 cats⚠"


def test_a_missing_message_may_be_an_error() -> None:
    def refuse(missing: MissingText) -> str:
        raise missing

    when_missing(refuse)
    with pytest.raises(MissingText, match="Not there"):
        welsh().pgettext("c", "Not there")


def test_in_production_a_missing_message_is_english_and_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    when_missing(log_missing)
    with caplog.at_level(logging.ERROR):
        assert [welsh().pgettext("c", "Only here") for _ in range(3)] == ["Only here"] * 3
    assert len(caplog.records) == 1


def test_a_missing_text_of_a_definition_is_always_an_error() -> None:
    when_missing(log_missing)
    with pytest.raises(MissingText) as raised:
        welsh().message("framework", "framework.title", "Title")
    assert (raised.value.domain, raised.value.context) == ("framework", "framework.title")
    assert language("en").message("framework", "framework.title", "Title") == "Title"


def test_dates_and_times_are_those_of_the_united_kingdom() -> None:
    cy, en = language("cy"), language("en")
    assert cy.date(dt.date(2025, 2, 3)) == "3 Chwefror 2025"
    assert cy.datetime(WINTER) == "3 Chwefror 2025 am 14:05"
    assert en.datetime(SUMMER) == "3 July 2025 at 14:05"
    assert en.date(dt.datetime(2025, 7, 3, 23, 30, tzinfo=dt.UTC)) == "4 July 2025"
    assert en.time(SUMMER) == "14:05"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        language("en").datetime(dt.datetime(2025, 1, 1))  # noqa: DTZ001


def test_dates_of_the_pseudo_language_are_marked() -> None:
    assert language("en-XA").date(dt.date(2025, 2, 3)) == "⟦3 February 2025⟧"


@pytest.mark.parametrize("code", ["cy", "en", "en-XA"])
def test_numbers(code: str) -> None:
    spoken = language(code)
    assert spoken.number(1234567) == "1,234,567"
    assert spoken.number(0.5) == "0.5"
    assert [spoken.percent(x) for x in (0, 0.125, 0.995, 1)] == ["0%", "13%", "100%", "100%"]
    assert spoken.percent(0.1255, 1) == "12.6%"


def test_only_our_languages_are_spoken() -> None:
    with pytest.raises(KeyError):
        language("de")


def written(folder: Path, catalogue: polib.POFile) -> Path:
    path = folder / "cy" / "LC_MESSAGES" / "interface.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(compiled_form(catalogue))
    write_generation(folder)
    return folder


def test_the_first_place_that_has_a_message_leads(tmp_path: Path) -> None:
    over = written(tmp_path / "over", made(Yes="Ydy"))
    under = written(tmp_path / "under", made(Yes="Oes", No="Na"))
    cy = Language("cy", compiled("cy", over, under))
    assert (cy.pgettext("c", "Yes"), cy.pgettext("c", "No")) == ("Ydy", "Na")


def test_a_catalogue_compiled_anew_is_read_anew(tmp_path: Path) -> None:
    use_catalogues(written(tmp_path, made(Yes="Ydy")))
    assert language("cy").pgettext("c", "Yes") == "Ydy"
    assert not refresh_if_changed()
    written(tmp_path, made(Yes="Oes"))
    assert language("cy").pgettext("c", "Yes") == "Ydy"
    assert refresh_if_changed()
    assert language("cy").pgettext("c", "Yes") == "Oes"
    assert not refresh_if_changed()


def test_a_catalogue_has_a_plain_name() -> None:
    with pytest.raises(ValueError, match="name"):
        compiled("cy", Path())("../secret")
