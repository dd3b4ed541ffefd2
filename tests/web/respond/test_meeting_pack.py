"""The meeting pack: downloaded, filled in, sent back, looked at, taken in; and what is said of one that is not as it
should be."""

import datetime as dt
import re
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask

from survey.collection.people.accounts import EVENTS, LOG
from survey.collection.responses.response import read_response
from survey.storage.tinydb_files.repository import FileRepository
from tests.packs import blank, edited, filled_in, opened, saved
from tests.web.checking_client import CheckingClient, Page
from tests.web.html import text_of
from tests.web.respond import example
from tests.web.respond.conftest import Clock, answer

ADDRESS = "/en/reflection/meeting-pack"
EVERY_ANSWER = {
    "How did you do it?": "In another way",
    "In which way?": "By post",
    "The lead": "✓",
    "Others": "x",
    "Which others?": "Neighbours",
    "How did you like it?": "pear",
    "Your name": "Siân",
    "What happened?": "One line\n=1+1",
    "How many people?": 4500,
    "How many full-time posts?": 2.5,
    "In which year did it begin?": 2019,
    "On which day?": dt.date(2026, 9, 30),
    "Apple": 2,
    "Fig": 1,
    "Sewing – Important?": "In place",
    "Reading – Confident?": "Mature",
    "Tell us more": "Rhagor",
    "We have begun.": "In place",
    "We have these:": "Not yet",
    "We have finished.": "In place",
    "Story 1 – Title": "Walks",
    "Story 1 – Since which year?": "2020",
}


def download(client: CheckingClient, language: str = "en") -> bytes:
    answered = client.browser.get(f"{ADDRESS}/{language}.xlsx")
    assert answered.status_code == 200
    return answered.data


def send(client: CheckingClient, content: bytes, status: int = 200, name: str = "pack.xlsx") -> Page:
    page = client.get(ADDRESS)
    fields = dict(page.values(page.form("send-pack")).items())
    return client.post(ADDRESS, {**fields, "pack": (BytesIO(content), name)}, status)


def take_in(client: CheckingClient, page: Page, choices: dict[str, str] | None = None, status: int = 200) -> Page:
    fields = page.values(page.form("take-in"))
    for name, value in (choices or {}).items():
        fields[name] = value
    return client.post(ADDRESS, fields, status)


def answers_of(repository: FileRepository) -> dict[str, object]:
    return {key: dict(page) for key, page in read_response(repository, example.ROUND, example.CLUSTER).answers.items()}


def rows(page: Page) -> list[list[str]]:
    """The rows of the tables of differences: question, now, in the pack."""
    return [
        [text_of(cell).removeprefix(text_of(next(cell.iter("span")))).strip() for cell in row]
        for table in page.all("tbody")
        for row in table.iter("tr")
    ]


def test_what_was_filled_in_of_every_type_is_shown_and_then_taken_in(
    someone: CheckingClient, repository: FileRepository
) -> None:
    page = send(someone, filled_in(download(someone), EVERY_ANSWER))
    assert page.heading == "What the pack changes"
    assert "Neighbours" in page.text
    assert answers_of(repository) == {}
    done = take_in(someone, page)
    assert "have been taken in" in done.text
    assert answers_of(repository) == {
        "about": {
            "how": "other",
            "how_other": "By post",
            "who": ["lead", "others"],
            "who_others": "Neighbours",
            "liking": "pear",
            "name": "Siân",
            "story": "One line\n=1+1",
            "people": 4500,
            "share": 2.5,
            "begun": 2019,
            "date": "2026-09-30",
            "ranked": ["fig", "apple"],
            "skills": {"sew": {"important": "in_place"}, "read": {"confident": "mature"}},
            "more": "Rhagor",
        },
        "outcome/big-01": {"criteria": {"big-01.f1": "in_place", "big-01.m1": "not_yet"}},
        "outcome/big-02": {"criteria": {"big-02.s1": "in_place"}},
        "practice": {
            "stories": [{"id": stories_id(repository), "title": "Walks", "year": 2020}],
        },
    }


def stories_id(repository: FileRepository) -> str:
    practice = read_response(repository, example.ROUND, example.CLUSTER).answers["practice"]
    return str(practice["stories"][0]["id"])


def test_taking_the_same_pack_in_twice_changes_nothing_more(
    someone: CheckingClient, repository: FileRepository
) -> None:
    content = filled_in(download(someone), EVERY_ANSWER)
    first = send(someone, content)
    take_in(someone, first)
    before = answers_of(repository)
    take_in(someone, first)
    again = send(someone, content)
    assert "nothing to take in" in again.text
    assert answers_of(repository) == before


def test_a_pack_that_nobody_touched_changes_nothing_whatever_it_holds(
    someone: CheckingClient, repository: FileRepository
) -> None:
    take_in(someone, send(someone, filled_in(download(someone), EVERY_ANSWER)))
    for language in ("cy", "en", "both"):
        content = download(someone, language)
        assert "nothing to take in" in send(someone, saved(opened(content))).text


def test_what_others_saved_since_the_download_stays_and_is_no_question(
    someone: CheckingClient, repository: FileRepository
) -> None:
    content = filled_in(download(someone), {"Your name": "Siân"})
    answer(someone, "/en/reflection/section/about", {"q-people": "7"})
    page = send(someone, content)
    assert rows(page) == [["Your name", "Not answered", "Siân"]]
    take_in(someone, page)
    assert answers_of(repository)["about"] == {"name": "Siân", "people": 7}


@pytest.mark.parametrize(("choice", "kept"), [("mine", "Siân"), ("theirs", "Bob"), ("both", "Bob / Siân")])
def test_an_answer_that_both_changed_is_chosen_about(
    someone: CheckingClient, repository: FileRepository, choice: str, kept: str
) -> None:
    content = filled_in(download(someone), {"Your name": "Siân", "How many people?": 9})
    answer(someone, "/en/reflection/section/about", {"q-name": "Bob"})
    page = send(someone, content)
    assert rows(page) == [["How many people?", "Not answered", "9"]]
    undecided = take_in(someone, page, status=422)
    assert [words for words, _ in undecided.errors] == ["Choose which answer to keep: “Your name”"]
    assert answers_of(repository)["about"] == {"name": "Bob"}
    (name,) = {control.get("name", "") for control in page.all("input") if control.get("type") == "radio"}
    take_in(someone, undecided, {name: choice})
    assert answers_of(repository)["about"] == {"name": kept, "people": 9}


@pytest.mark.parametrize("choice", ["both", "", "other"])
def test_what_is_no_choice_of_two_numbers_is_asked_about_again(
    someone: CheckingClient, repository: FileRepository, choice: str
) -> None:
    content = filled_in(download(someone), {"How many people?": 9})
    answer(someone, "/en/reflection/section/about", {"q-people": "5"})
    page = send(someone, content)
    (name,) = {control.get("name", "") for control in page.all("input") if control.get("type") == "radio"}
    assert take_in(someone, page, {name: choice}, status=422).errors
    assert answers_of(repository)["about"] == {"people": 5}


def test_a_choice_counts_only_for_the_answer_that_was_seen(someone: CheckingClient, repository: FileRepository) -> None:
    content = filled_in(download(someone), {"Your name": "Siân"})
    answer(someone, "/en/reflection/section/about", {"q-name": "Bob"})
    page = send(someone, content)
    (name,) = {control.get("name", "") for control in page.all("input") if control.get("type") == "radio"}
    answer(someone, "/en/reflection/section/about", {"q-name": "Carys"})
    asked_again = take_in(someone, page, {name: "mine"}, status=422)
    assert "Carys" in asked_again.text
    assert answers_of(repository)["about"] == {"name": "Carys"}


def test_a_cleared_cell_clears_the_answer_and_a_cleared_item_takes_it_out(
    someone: CheckingClient, repository: FileRepository
) -> None:
    take_in(someone, send(someone, filled_in(download(someone), EVERY_ANSWER)))
    emptied = {"Your name": None, "Story 1 – Title": None, "Story 1 – Since which year?": None, "The lead": None}
    page = send(someone, filled_in(download(someone), emptied))
    assert ["Your name", "Siân", "Not answered"] in rows(page)
    take_in(someone, page)
    answers = answers_of(repository)
    assert "name" not in answers["about"]  # type: ignore[operator]
    assert answers["about"]["who"] == ["others"]  # type: ignore[index]
    assert answers["practice"] == {}


@pytest.mark.parametrize("typed", ["In another way", "(cy) in another way", "(cy) In another way · In another way"])
@pytest.mark.parametrize("language", ["both", "cy"])
def test_a_choice_may_be_typed_in_the_words_of_either_language(
    someone: CheckingClient, repository: FileRepository, language: str, typed: str
) -> None:
    if language == "cy" and "·" in typed:
        typed = "(cy) In another way"
    content = filled_in(download(someone, language), {"(cy) How did you do it?": typed})
    take_in(someone, send(someone, content))
    assert answers_of(repository)["about"] == {"how": "other"}


@pytest.mark.parametrize(
    ("question", "value", "said"),
    [
        ("How many people?", "=1+1", "This is a formula. Type the answer itself."),
        ("What happened?", '=HYPERLINK("https://example.org")', "This is a formula."),
        ("How many people?", "many", "Enter a whole number"),
        ("How many people?", 6000, "Enter a number that is 5,000 or less"),
        (
            "How did you do it?",
            "By boat",
            "Choose one of the answers from the list. This is not one of them: “By boat”",
        ),
        ("The lead", "perhaps", "Choose ✓ from the list, or leave the cell empty. It says “perhaps”."),
        ("On which day?", "soon", "Enter a real date"),
        ("On which day?", "31 2 2026", "Enter a real date"),
        ("Nobody", "✓", ""),
    ],
)
def test_what_cannot_be_read_is_named_by_its_cell_and_the_rest_is_taken(
    someone: CheckingClient, repository: FileRepository, question: str, value: object, said: str
) -> None:
    answer(someone, "/en/reflection/section/about", {"q-people": "7", "q-who": ["lead"]})
    content = download(someone)
    _, cell = blank(opened(content), question)
    page = send(someone, filled_in(content, {question: value, "In which year did it begin?": 2019}))
    assert f"{cell} {said}" in page.text or (not said and "Choose either this answer on its own" in page.text)
    take_in(someone, page)
    assert answers_of(repository)["about"] == {"people": 7, "who": ["lead"], "begun": 2019}


def test_a_text_that_is_too_long_is_kept_and_said_to_be(someone: CheckingClient, repository: FileRepository) -> None:
    content = download(someone)
    _, cell = blank(opened(content), "What happened?")
    page = send(someone, filled_in(content, {"What happened?": "word " * 20, "Your name": "Two\nlines"}))
    assert f"{cell} Shorten the answer to 60 characters or fewer" in page.text
    assert "kept as they are in the pack" in page.text
    take_in(someone, page)
    assert answers_of(repository)["about"] == {"story": ("word " * 20).strip(), "name": "Two\nlines"}


def test_a_changed_question_is_named_and_its_answer_is_not_taken(
    someone: CheckingClient, repository: FileRepository
) -> None:
    def change(workbook):  # type: ignore[no-untyped-def]
        sheet, cell = blank(workbook, "Your name")
        sheet[cell] = "Siân"
        sheet[f"A{cell[1:]}"] = "Your mother’s name"
        sheet, cell = blank(workbook, "How many people?")
        sheet[cell] = 3

    page = send(someone, edited(download(someone), change))
    assert "This cell should say “Your name" in page.text
    assert "It says “Your mother’s name”." in page.text
    assert "The question of this answer has been changed or moved, so the answer was not taken: “Siân”" in page.text
    take_in(someone, page)
    assert answers_of(repository)["about"] == {"people": 3}


def test_no_answer_goes_to_another_question_when_rows_were_moved(
    someone: CheckingClient, repository: FileRepository
) -> None:
    def change(workbook):  # type: ignore[no-untyped-def]
        sheet, cell = blank(workbook, "Your name")
        sheet[cell] = "Siân"
        sheet.insert_rows(5)

    page = send(someone, edited(download(someone), change))
    assert "Siân" in page.text
    assert rows(page) == []
    assert answers_of(repository) == {}


def test_a_sheet_that_is_not_there_is_named_and_the_others_are_taken(
    someone: CheckingClient, repository: FileRepository
) -> None:
    def change(workbook):  # type: ignore[no-untyped-def]
        sheet, cell = blank(workbook, "Your name")
        sheet[cell] = "Siân"
        del workbook["3 BIG 2"]

    page = send(someone, edited(download(someone), change))
    assert "The sheet is not there. It was called “3 BIG 2”." in page.text
    take_in(someone, page)
    assert answers_of(repository) == {"about": {"name": "Siân"}}


def test_what_was_written_beside_the_answers_is_said_not_to_be_taken(someone: CheckingClient) -> None:
    def change(workbook):  # type: ignore[no-untyped-def]
        sheet, _ = blank(workbook, "Your name")
        sheet["F40"] = "A thought"

    page = send(someone, edited(download(someone), change))
    assert "F40 There is no question here, so this was not taken: “A thought”" in page.text


def test_a_pack_of_another_cluster_is_refused_with_its_name(
    someone: CheckingClient, sign_in: Callable[..., CheckingClient]
) -> None:
    other = sign_in(example.OTHER_CODE)
    page = send(someone, download(other), 422)
    assert page.errors == [
        (
            "This pack belongs to another cluster: Conwy West. Sign in with that cluster’s access code to send it.",
            "#pack",
        )
    ]


def test_a_pack_of_another_round_is_refused(
    someone: CheckingClient, sign_in: Callable[..., CheckingClient], app: Flask, repository: FileRepository
) -> None:
    from survey.storage.tinydb_files.data_format import secret_of

    example.open_round(
        repository,
        secret_of(app.config["DATA"]),
        example.ROUND_BEFORE,
        {example.CLUSTER: example.CODE_BEFORE},
        definition=example.definition_before(),
        reporting_year="2024-25",
    )
    before = sign_in(example.CODE_BEFORE)
    page = send(someone, download(before), 422)
    assert "belongs to another round: journey-2024" in page.errors[0][0]


def test_a_pack_of_before_the_secret_was_replaced_comes_back(
    someone: CheckingClient, repository: FileRepository
) -> None:
    pack = download(someone)
    repository.change_key_ring(lambda ring: ring.rotated(example.NOW))
    assert not send(someone, pack).errors
    assert not send(someone, download(someone)).errors
    repository.change_key_ring(lambda ring: ring.without_earlier())
    assert "What this pack says of itself has been changed" in send(someone, pack, 422).errors[0][0]


def test_a_seal_that_was_changed_is_refused(someone: CheckingClient) -> None:
    def change(workbook):  # type: ignore[no-untyped-def]
        sheet = workbook["Service"]
        cell = next(cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("myfyrio:"))
        cell.value = cell.value[:-9] + "A" * 9

    page = send(someone, edited(download(someone), change), 422)
    assert "What this pack says of itself has been changed" in page.errors[0][0]


def test_a_workbook_that_is_no_pack_is_refused(someone: CheckingClient) -> None:
    import openpyxl

    page = send(someone, saved(openpyxl.Workbook()), 422)
    assert "This file is not a meeting pack" in page.errors[0][0]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_a_file_that_is_no_workbook_is_refused(someone: CheckingClient, content: bytes) -> None:
    page = send(someone, content, 422)
    assert page.errors[0][1] == "#pack"


def test_no_file_is_asked_for(someone: CheckingClient) -> None:
    page = send(someone, b"", 422, name="")
    assert page.errors == [("Choose the file of the meeting pack", "#pack")]


def test_a_file_larger_than_any_request_is_refused_where_it_was_chosen(someone: CheckingClient) -> None:
    page = someone.post(ADDRESS, b"0" * 1_200_000, 413, content_type="multipart/form-data; boundary=x")
    assert page.heading == "Meeting pack"
    assert page.errors[0][1] == "#pack"
    assert "too large" in page.errors[0][0]


def test_differences_have_an_address_of_their_own_where_going_back_and_reloading_send_nothing(
    someone: CheckingClient, repository: FileRepository
) -> None:
    page = send(someone, filled_in(download(someone), {"Your name": "Siân"}))
    again = someone.get(page.form("take-in").get("action", ""))
    assert again.heading == "What the pack changes"
    assert someone.get("/en/reflection").heading
    someone.submit(again, form="take-in")
    assert answers_of(repository) == {"about": {"name": "Siân"}}
    assert someone.get(page.form("take-in").get("action", "")).heading == "Meeting pack"


def test_the_differences_can_be_read_in_the_other_language(someone: CheckingClient, repository: FileRepository) -> None:
    page = send(someone, filled_in(download(someone), {"Your name": "Siân"}))
    fields = page.values(page.form("take-in"))
    fields["switch_language"] = "cy"
    in_welsh = someone.post(ADDRESS, fields)
    assert in_welsh.language == "cy"
    assert "unfinished=" in in_welsh.form("take-in").get("action", "")
    assert "Siân" in in_welsh.text
    assert answers_of(repository) == {}


def test_a_round_that_closed_meanwhile_takes_nothing_and_says_so(
    someone: CheckingClient, repository: FileRepository, clock: Clock
) -> None:
    page = send(someone, filled_in(download(someone), {"Your name": "Siân"}))
    clock.now = example.CLOSES + dt.timedelta(hours=1)
    refused = take_in(someone, page, status=422)
    assert "takes no answers now" in refused.errors[0][0]
    assert answers_of(repository) == {}


def test_what_was_written_in_a_pack_is_in_its_language(someone: CheckingClient, repository: FileRepository) -> None:
    take_in(someone, send(someone, filled_in(download(someone, "cy"), {"(cy) Your name": "Siân"})))
    assert read_response(repository, example.ROUND, example.CLUSTER).pages["about"].written_in == {"name": "cy"}


def test_a_pack_that_is_sent_after_signing_out_is_asked_for_again(
    someone: CheckingClient, repository: FileRepository
) -> None:
    content = filled_in(download(someone), {"Your name": "Siân"})
    page = someone.get(ADDRESS)
    fields = dict(page.values(page.form("send-pack")).items())
    with someone.browser.session_transaction() as session:
        del session["respondent"]
    asked = someone.post(ADDRESS, {**fields, "pack": (BytesIO(content), "pack.xlsx")}, 403)
    again = someone.submit(asked, {"access_code": example.CODE}, status=422)
    assert again.errors == [("Choose the file of the meeting pack", "#pack")]
    take_in(someone, send(someone, content))
    assert answers_of(repository) == {"about": {"name": "Siân"}}


def test_the_log_says_that_a_pack_was_taken_in(someone: CheckingClient, repository: FileRepository) -> None:
    take_in(someone, send(someone, filled_in(download(someone), {"Your name": "Siân", "How many people?": 3})))
    (entry,) = [entry for entry in repository.entries(LOG, EVENTS) if entry["what"] == "pack_taken_in"]
    assert (entry["who"], entry["round"], entry["answers"]) == ("cluster arfon", example.ROUND, "2")


def test_a_document_that_was_typed_into_comes_back_like_a_workbook(
    someone: CheckingClient, repository: FileRepository
) -> None:
    answer(someone, "/en/reflection/section/about", {"q-people": "7", "q-who": ["lead"], "q-name": "Ann"})
    assert "nothing to take in" in send(someone, document(someone, "both"), name="pack.docx").text
    content = document(someone)
    assert "nothing to take in" in send(someone, content, name="pack.docx").text
    typed = {
        "How did you do it?": "In another way",
        "In which way?": "Line one\nline two",
        "Your name": "",
        "Others": "☒",
        "The lead": "☐",
        "On which day?": "30/09/2026",
        "Story 1 – Title": "Walks",
        "How many full-time posts?": "many",
    }
    page = send(someone, typed_into(content, typed), name="pack.docx")
    assert "Enter a number, like 12.5" in page.text
    take_in(someone, page)
    answers = answers_of(repository)
    assert answers["about"] == {
        "how": "other",
        "how_other": "Line one\nline two",
        "who": ["others"],
        "people": 7,
        "date": "2026-09-30",
    }
    assert answers["practice"] == {"stories": [{"id": stories_id(repository), "title": "Walks"}]}


def test_an_answer_whose_place_was_taken_out_of_the_document_stays(
    someone: CheckingClient, repository: FileRepository
) -> None:
    answer(someone, "/en/reflection/section/about", {"q-name": "Ann"})
    content = document(someone)
    page = send(someone, without_control(content, "Your name"), name="pack.docx")
    assert "The place for this answer is not in the document any more" in page.text
    assert rows(page) == []


def test_a_document_that_is_no_pack_or_carries_entities_is_refused(someone: CheckingClient) -> None:
    content = document(someone)
    stripped = repacked(content, lambda name, part: None if name.startswith("customXml") else part)
    assert "This file is not a meeting pack" in send(someone, stripped, 422, "pack.docx").errors[0][0]
    bomb = repacked(content, lambda name, part: b"<!DOCTYPE w><w/>" if name == "word/document.xml" else part)
    assert "damaged" in send(someone, bomb, 422, "pack.docx").errors[0][0]


def document(client: CheckingClient, language: str = "en") -> bytes:
    return client.browser.get(f"{ADDRESS}/{language}.docx").data


def repacked(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The package with each of its parts changed, or without it."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            part = change(name, before.read(name))
            if part is not None:
                after.writestr(name, part)
    return file.getvalue()


def control_of(xml: str, question: str) -> str:
    """The content control that answers a question, as it is written."""
    found = [
        control
        for control in re.findall("<w:sdt>.*?</w:sdt>", xml)
        if re.search(rf'<w:alias w:val="[0-9]+\. {re.escape(question)}[" ]', control)
    ]
    assert len(found) == 1, f"{question} is asked {len(found)} times"
    return found[0]


def typed_into(content: bytes, answers: dict[str, str]) -> bytes:
    """The document with texts typed into its controls, as Word writes them."""

    def type_in(name: str, part: bytes) -> bytes:
        xml = part.decode()
        for question, text in answers.items() if name == "word/document.xml" else ():
            control = control_of(xml, question)
            lines = "<w:br/>".join(f"<w:t>{line}</w:t>" for line in text.split("\n"))
            typed = re.sub(
                "<w:sdtContent>.*</w:sdtContent>", f"<w:sdtContent><w:r>{lines}</w:r></w:sdtContent>", control
            )
            xml = xml.replace(control, typed.replace("<w:showingPlcHdr/>", ""))
        return xml.encode()

    return repacked(content, type_in)


def without_control(content: bytes, question: str) -> bytes:
    def take_out(name: str, part: bytes) -> bytes:
        xml = part.decode()
        return (xml.replace(control_of(xml, question), "") if name == "word/document.xml" else xml).encode()

    return repacked(content, take_out)


def test_nobody_gets_a_pack_without_signing_in(app: Flask) -> None:
    stranger = app.test_client()
    for path in (ADDRESS, f"{ADDRESS}/en.xlsx"):
        assert stranger.get(path).status_code == 303
