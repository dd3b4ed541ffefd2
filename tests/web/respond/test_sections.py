"""A page of the questionnaire: drawn, saved in part, shown again with what is wrong."""

from collections.abc import Callable

import pytest

from survey.collection.responses.response import SavedPage, read_response
from survey.storage.tinydb_files.repository import FileRepository
from tests.web.checking_client import CheckingClient, Page
from tests.web.html import text_of
from tests.web.respond.conftest import answer
from tests.web.respond.example import CLUSTER, ROUND

LANGUAGES = ("cy", "en", "en-XA")
ABOUT = "reflection/section/about"
OUTCOME = "reflection/section/outcome/big-01"
SignIn = Callable[..., CheckingClient]


def saved(repository: FileRepository, key: str = "about") -> SavedPage:
    return read_response(repository, ROUND, CLUSTER).pages.get(key, SavedPage())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [ABOUT, OUTCOME, "reflection/section/outcome/big-02", "reflection/section/practice"])
def test_every_page_is_drawn_in_every_language(someone: CheckingClient, language: str, path: str) -> None:
    page = someone.get(f"/{language}/{path}")
    assert page.errors == []
    assert len(page.form("answers")) > 3


def test_a_draft_with_gaps_can_always_be_saved(someone: CheckingClient, repository: FileRepository) -> None:
    page = answer(someone, f"/en/{ABOUT}", {"q-name": "Ann"})
    assert page.path == f"/en/{ABOUT}"
    assert "Saved on 1 October 2026 at 10:00" in page.text
    assert saved(repository).answers == {"name": "Ann"}


@pytest.mark.parametrize(
    ("then", "leads_to"),
    [("continue", OUTCOME), ("stay", ABOUT), ("list", "reflection"), ("something else", ABOUT)],
)
def test_a_save_leads_where_its_button_says(someone: CheckingClient, then: str, leads_to: str) -> None:
    assert answer(someone, f"/en/{ABOUT}", {}, button=("then", then)).path == f"/en/{leads_to}"


def test_enter_in_a_text_field_saves(someone: CheckingClient) -> None:
    page = someone.get(f"/en/{ABOUT}")
    buttons = [b for b in page.all("button") if b.get("form") == "answers" or b in list(page.form("answers").iter())]
    assert buttons[0].get("name") is None
    assert text_of(buttons[0]) == "Save"


def test_every_answer_comes_back_as_it_was_given(someone: CheckingClient, repository: FileRepository) -> None:
    given: dict[str, str | list[str]] = {
        "q-how": "other",
        "q-how_other": "Ar y ffôn",
        "q-who": ["lead", "others"],
        "q-liking": "plum",
        "q-story": "Ŵyl\r\n<script>alert(1)</script> =1+1 🎉",
        "q-people": "1,234",
        "q-share": "2.50",
        "q-begun": "1999",
        "q-date-day": "3",
        "q-date-month": "02",
        "q-date-year": "2026",
        "q-ranked-1": "fig",
        "q-ranked-3": "apple",
        "q-skills-sew.important": "in_place",
        "q-skills-read.confident": "mature",
    }
    page = answer(someone, f"/en/{ABOUT}", given)
    expected = {
        "how": "other",
        "how_other": "Ar y ffôn",
        "who": ["lead", "others"],
        "liking": "plum",
        "story": "Ŵyl\n<script>alert(1)</script> =1+1 🎉",
        "people": 1234,
        "share": 2.5,
        "begun": 1999,
        "date": "2026-02-03",
        "ranked": ["fig", "apple"],
        "skills": {"sew": {"important": "in_place"}, "read": {"confident": "mature"}},
    }
    assert saved(repository).answers == expected
    assert "<script>alert" not in page.markup
    again = someone.submit(page)
    assert saved(repository).answers == expected
    assert saved(repository).revision == 1, "a save of the same answers is none"
    assert "Saved on" in again.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_kept_is_shown_with_the_reason_and_the_rest_is_kept(
    someone: CheckingClient, repository: FileRepository, language: str
) -> None:
    answer(someone, f"/{language}/{ABOUT}", {"q-people": "7", "q-story": "Kept"})
    wrong: dict[str, str | list[str]] = {
        "q-who": ["lead", "nobody"],
        "q-story": "x" * 61,
        "q-people": "lots",
        "q-share": "-1",
        "q-begun": "last year",
        "q-date-day": "31",
        "q-date-month": "2",
        "q-date-year": "2026",
        "q-ranked-1": "fig",
        "q-ranked-2": "fig",
    }
    page = answer(someone, f"/{language}/{ABOUT}", {**wrong, "q-name": "Ann"}, status=422)
    assert [href for _, href in page.errors] == [
        "#q-who",
        "#q-story",
        "#q-people",
        "#q-share",
        "#q-begun",
        "#q-date-day",
        "#q-ranked-1",
    ]
    values = page.values(page.form("answers"))
    assert values["q-story"] == "x" * 61
    assert values["q-people"] == "lots"
    assert [values[f"q-date-{part}"] for part in ("day", "month", "year")] == ["31", "2", "2026"]
    assert values["q-ranked-2"] == "fig"
    assert saved(repository).answers == {"people": 7, "story": "x" * 61, "name": "Ann"}, "too much is kept, and marked"
    assert len(page.by_class("nhsuk-error-message")) == 7
    corrected = someone.submit(page, {**dict.fromkeys(wrong, ""), "q-who": ["lead"], "q-people": "8"})
    assert corrected.errors == []
    assert saved(repository).answers == {"people": 8, "name": "Ann", "who": ["lead"]}


def test_a_forged_answer_is_refused_and_nothing_else_is_lost(
    someone: CheckingClient, repository: FileRepository
) -> None:
    answer(someone, f"/en/{ABOUT}", {"q-how": "meeting"})
    page = answer(someone, f"/en/{ABOUT}", {"q-how": "forged", "q-liking": "banana", "q-name": "Ann"}, status=422)
    assert [words for words, _ in page.errors] == [
        "Choose one of the answers shown: “How did you do it?”",
        "Choose one of the answers shown: “How did you like it?”",
    ]
    assert saved(repository).answers == {"how": "meeting", "name": "Ann"}


def test_a_forged_criterion_keeps_what_was_there(someone: CheckingClient, repository: FileRepository) -> None:
    answer(someone, f"/en/{OUTCOME}", {"q-criteria-big-01.f1": "in_place"})
    page = answer(someone, f"/en/{OUTCOME}", {"q-criteria-big-01.m1": "forged"}, status=422)
    assert page.errors == [
        ("Choose one of the answers shown: “We have these:”", "#q-criteria-big-01-m1"),
    ]
    assert saved(repository, "outcome/big-01").answers == {"criteria": {"big-01.f1": "in_place"}}


def test_a_broken_form_changes_nothing_it_does_not_name(someone: CheckingClient, repository: FileRepository) -> None:
    answer(someone, f"/en/{ABOUT}", {"q-name": "Ann"})
    page = someone.get(f"/en/{ABOUT}")
    sent = {"csrf_token": page.values(page.form("answers"))["csrf_token"], "base": "zwei", "q-name": ""}
    someone.post(f"/en/{ABOUT}", sent)
    someone.post(f"/en/{ABOUT}", {**sent, "on_page": "nothing known"})
    assert saved(repository).answers == {"name": "Ann"}


def levels_shown(page: Page) -> list[str]:
    """What is said of the level; the other possibilities are hidden, for the script."""
    said = [element for element in page.all("p") if element.get("data-level") is not None]
    assert len(said) > 1
    return [text_of(element) for element in said if element.get("hidden") is None]


def test_the_level_that_the_answers_point_to_stands_beside_the_judged_one(someone: CheckingClient) -> None:
    page = someone.get(f"/en/{OUTCOME}")
    assert levels_shown(page) == ["This appears once you have answered the statements above."]
    assert page.by_id("q-difference") is not None
    answers: dict[str, str | list[str]] = {"q-criteria-big-01.f1": "in_place", "q-level": "mature"}
    page = someone.submit(page, answers, button=("then", "stay"))
    shown = page.by_id("q-indicated")
    assert shown is not None
    assert shown.get("data-value") == "foundation"
    assert levels_shown(page) == ["Foundation"]


def test_an_outcome_without_levels_shows_none(someone: CheckingClient) -> None:
    page = someone.get("/en/reflection/section/outcome/big-02")
    assert page.by_id("q-indicated") is None
    assert page.by_id("q-difference") is None, "it could never be asked"
    assert page.by_id("q-level") is not None


def test_a_conditional_question_says_when_it_applies_and_tells_the_script(someone: CheckingClient) -> None:
    page = someone.get(f"/en/{ABOUT}")
    block = next(element for element in page.root.iter() if "data-show-when" in element.attrib)
    assert "If any of these is true:" in text_of(block)
    assert "“In another way” is your answer to: “How did you do it?”" in text_of(block)
    assert '"operator":">"' in block.get("data-show-when", "")


def test_off_path_answers_are_kept_in_the_draft(someone: CheckingClient, repository: FileRepository) -> None:
    answer(someone, f"/en/{ABOUT}", {"q-how": "other", "q-more": "Kept"})
    answer(someone, f"/en/{ABOUT}", {"q-how": "meeting"})
    assert saved(repository).answers == {"how": "meeting", "more": "Kept"}


@pytest.mark.parametrize(
    "key", ["nothing", "outcome", "outcome/big-99", "about/more", "%2e%2e/secret", "outcome/big-01/"]
)
def test_an_unknown_page_is_not_found(someone: CheckingClient, key: str) -> None:
    someone.get(f"/en/reflection/section/{key}", status=404)


def test_free_text_remembers_the_language_it_was_written_in(
    someone: CheckingClient, repository: FileRepository
) -> None:
    answer(someone, f"/cy/{ABOUT}", {"q-story": "Stori hir"})
    answer(someone, f"/en/{ABOUT}", {"q-name": "Ann"})
    assert saved(repository).written_in == {"story": "cy", "name": "en"}
    fragment = next(e for e in someone.get("/en/reflection/view").root.iter("span") if text_of(e) == "Stori hir")
    assert fragment.get("lang") == "cy"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "@x",
        "-2",
        "ŵŷâêîôû ŴŶ",
        "<b>bold</b> & “curly” ’",
        "🎉👩‍⚕️",
        "a\n\n\nb",
        "'\";--",
        "50%25 a+b \\u0041",
    ],
)
def test_any_text_goes_round_unchanged(someone: CheckingClient, repository: FileRepository, text: str) -> None:
    page = answer(someone, f"/en/{ABOUT}", {"q-story": text})
    assert page.values(page.form("answers"))["q-story"].replace("\r\n", "\n") == text
    assert saved(repository).answers == {"story": text}
    assert someone.submit(page).errors == []
    assert saved(repository).answers == {"story": text}
    someone.get("/cy/reflection/check")


def test_ten_megabytes_are_refused_plainly(someone: CheckingClient, repository: FileRepository) -> None:
    page = someone.get(f"/en/{ABOUT}")
    page = someone.submit(page, {"q-story": "x" * 10_000_000}, status=413)
    assert "You have sent too much at once" in page.heading
    assert saved(repository).revision == 0


def test_a_null_byte_is_refused_plainly(someone: CheckingClient, repository: FileRepository) -> None:
    answer(someone, f"/en/{ABOUT}", {"q-story": "a\0b"}, status=400)
    assert saved(repository).revision == 0


def test_a_full_disk_loses_nothing_that_was_typed(
    someone: CheckingClient, repository: FileRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    from survey.storage.repository import StorageFull

    page = someone.get(f"/en/{ABOUT}")

    def full(*_: object) -> None:
        raise StorageFull("no space")

    monkeypatch.setattr(repository, "update", full)
    page = someone.submit(page, {"q-story": "A long story"}, status=503)
    assert page.values(page.form("answers"))["q-story"] == "A long story"
    assert "still on this page" in page.errors[0][0]
    monkeypatch.undo()
    someone.submit(page)
    assert saved(repository).answers == {"story": "A long story"}


def headings(page: Page) -> list[tuple[str, str]]:
    return [
        (element.tag, text_of(element))
        for main in page.all("main")
        for element in main.iter()
        if element.tag in ("h2", "h3", "h4")
    ]


def test_a_long_page_has_the_headings_of_its_parts(someone: CheckingClient) -> None:
    assert headings(someone.get(f"/en/{OUTCOME}")) == [
        ("h2", "How far are you?"),
        ("h3", "Foundation"),
        ("h3", "Mature"),
        ("h2", "Your judgement"),
        ("h3", "Your answers point to"),
        ("h2", "The year"),
        ("h2", "Notes to colleagues"),
    ]


def test_a_heading_stands_over_the_first_question_of_its_part_that_is_asked(someone: CheckingClient) -> None:
    assert headings(someone.get("/en/reflection/section/outcome/big-02")) == [
        ("h2", "How far are you?"),
        ("h2", "Your judgement"),
        ("h2", "The year"),
        ("h2", "Notes to colleagues"),
    ]


def test_what_was_written_keeps_its_lines_and_blanks_when_it_is_read(someone: CheckingClient) -> None:
    answer(someone, f"/en/{ABOUT}", {"q-story": "One\r\n\r\n  two"})
    markup = someone.get("/en/reflection/view").markup
    assert '<span class="app-verbatim" lang="en">One<br><br>  two</span>' in markup
