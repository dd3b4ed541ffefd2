"""Files as evidence, on the pages of a cluster: attached, refused in plain words, taken out, downloaded, listed."""

import io
import json
from collections.abc import Callable
from zipfile import ZipFile

import pytest
from flask import Flask

from survey.collection.responses import attachments
from survey.collection.responses.lifecycle import submit
from survey.collection.responses.response import AttachedFile, read_response
from survey.collection.rounds.snapshot import load_snapshot
from survey.storage.repository import StorageFull
from survey.storage.tinydb_files.repository import FileRepository
from tests.collection.evidence import PDF, PNG, package
from tests.web.checking_client import CheckingClient, Page
from tests.web.respond.example import CLUSTER, CODE, OTHER_CODE, ROUND
from tests.web.respond.test_reflection import complete

LANGUAGES = ("cy", "en", "en-XA")
PRACTICE = "/en/reflection/section/practice"
FILES = "/en/reflection/files/practice"
SignIn = Callable[..., CheckingClient]


def attach(
    someone: CheckingClient, content: bytes = PDF, name: str = "plan.pdf", status: int = 200, path: str = FILES
) -> Page:
    """Choose a file and send it."""
    page = someone.get(path)
    sent = page.values(page.form("attach"))
    return someone.post(path, {**sent, "file": (io.BytesIO(content), name)}, status)


def files(repository: FileRepository) -> tuple[AttachedFile, ...]:
    return read_response(repository, ROUND, CLUSTER).files


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_attached_listed_downloaded_and_taken_out(
    someone: CheckingClient, repository: FileRepository, language: str
) -> None:
    path = f"/{language}/reflection/files/practice"
    page = attach(someone, name="../cynllun tŷ.PDF", path=path)
    assert page.path == path
    assert "cynllun tŷ.pdf" in page.text
    for shown in (f"/{language}/reflection/section/practice", f"/{language}/reflection/check"):
        assert "cynllun tŷ.pdf" in someone.get(shown).text
    for shown in ("view", "print"):
        assert "cynllun tŷ.pdf" in someone.get(f"/{language}/reflection/{shown}").text
    (file,) = files(repository)
    confirm = someone.get(f"{path}?remove={file.id}")
    assert "cynllun tŷ.pdf" in confirm.text
    assert files(repository) == (file,), "asking removes nothing"
    someone.submit(confirm)
    assert files(repository) == ()


def test_to_what_is_submitted_no_file_is_attached(someone: CheckingClient) -> None:
    complete(someone)
    someone.submit(someone.get("/en/reflection/check"))
    assert someone.redirected(FILES) == "/en/reflection"


def test_a_download_is_saved_and_never_shown_or_run(someone: CheckingClient, repository: FileRepository) -> None:
    attach(someone, name="cynllun tŷ.pdf")
    answered = someone.browser.get(f"/en/reflection/file/{files(repository)[0].id}")
    assert answered.data == PDF
    assert answered.mimetype == "application/pdf"
    assert answered.headers["Content-Disposition"].startswith("attachment; filename")
    assert "filename*=UTF-8''cynllun%20t%C5%B7.pdf" in answered.headers["Content-Disposition"]
    assert answered.headers["X-Content-Type-Options"] == "nosniff"
    assert answered.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_another_cluster_gets_no_file(someone: CheckingClient, repository: FileRepository, sign_in: SignIn) -> None:
    attach(someone)
    address = f"/en/reflection/file/{files(repository)[0].id}"
    assert sign_in(OTHER_CODE).browser.get(address).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "content",
    [b"", b"MZ\x90\x00", package("xl/workbook.xml", "xl/vbaProject.bin"), PDF + b" " * 60_000],
    ids=["empty", "of a wrong kind", "with macros", "too large"],
)
def test_a_file_that_is_refused_is_said_to_be_in_plain_words(
    app: Flask, someone: CheckingClient, repository: FileRepository, language: str, content: bytes
) -> None:
    app.config["EVIDENCE_FILE_SIZE"] = 50_000
    page = attach(someone, content, status=422, path=f"/{language}/reflection/files/practice")
    assert [href for _, href in page.errors] == ["#file"]
    assert files(repository) == ()


def test_no_file_at_all_is_asked_for_again(someone: CheckingClient) -> None:
    page = someone.submit(someone.get(FILES), form="attach", status=422)
    assert page.errors == [("Choose the file to attach", "#file")]


def test_a_request_that_is_larger_than_any_file_may_be_is_told_the_limit(app: Flask, someone: CheckingClient) -> None:
    app.config.update(EVIDENCE_FILE_SIZE=20_000, MAX_CONTENT_LENGTH=10_000)
    page = attach(someone, PDF + b" " * 40_000, status=413)
    assert "0.02 MB or less" in page.errors[0][0]


def test_a_file_may_be_larger_than_any_other_request(app: Flask, someone: CheckingClient) -> None:
    app.config.update(EVIDENCE_FILE_SIZE=60_000, MAX_CONTENT_LENGTH=10_000)
    assert "plan.pdf" in attach(someone, PDF + b" " * 50_000).text


def test_the_same_file_twice_and_one_too_many_are_refused(app: Flask, someone: CheckingClient) -> None:
    app.config["EVIDENCE_FILES"] = 1
    stale = someone.get(FILES)
    attach(someone)
    assert "remove one first" in someone.get(FILES).text
    for content, words in ((PDF, "attached already"), (PNG, "As many files")):
        sent = {**stale.values(stale.form("attach")), "file": (io.BytesIO(content), "again.pdf")}
        assert words in someone.post(FILES, sent, 422).errors[0][0]


def test_what_was_typed_is_saved_before_files_are_attached(someone: CheckingClient, repository: FileRepository) -> None:
    page = someone.submit(someone.get(PRACTICE), {"q-note": "Typed first"}, button=("then", "files"))
    assert page.path == FILES
    assert read_response(repository, ROUND, CLUSTER).pages["practice"].answers == {"note": "Typed first"}


def test_a_response_that_was_submitted_meanwhile_takes_no_file_and_says_so(
    someone: CheckingClient, repository: FileRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = someone.get(FILES)
    snapshot = load_snapshot(repository, ROUND)
    monkeypatch.setattr("survey.questionnaire.walk.Walk.gaps", lambda *_: ())
    submit(repository, snapshot, CLUSTER, language="en", now=snapshot.round.opens)
    sent = {**page.values(page.form("attach")), "file": (io.BytesIO(PDF), "plan.pdf")}
    refused = someone.post(FILES, sent, 409)
    assert "have been submitted" in refused.text
    assert files(repository) == ()


def test_a_full_disk_is_said_and_changes_nothing(
    someone: CheckingClient, repository: FileRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageFull("no room")

    monkeypatch.setattr("survey.web.respond.files.attach", full)
    page = attach(someone, status=503)
    assert "Nothing has changed" in page.errors[0][0]
    assert files(repository) == ()


def test_the_script_is_told_in_json(someone: CheckingClient) -> None:
    page = someone.get(FILES)
    for content, status, told in ((PDF, 200, "next"), (PDF, 422, "said"), (b"", 422, "said")):
        sent = {**page.values(page.form("attach")), "file": (io.BytesIO(content), "plan.pdf")}
        answered = someone.browser.post(FILES, data=sent, headers={"Accept": "application/json"})
        assert answered.status_code == status
        assert list(json.loads(answered.data)) == [told]


def test_switched_off_there_is_nowhere_to_attach_and_what_is_there_can_be_read(
    app: Flask, someone: CheckingClient, repository: FileRepository
) -> None:
    attach(someone)
    app.config["EVIDENCE_FILES"] = 0
    assert "Attach" not in someone.get(PRACTICE).text
    assert someone.browser.get(FILES).status_code == 404
    assert someone.browser.get(f"/en/reflection/file/{files(repository)[0].id}").data == PDF


def test_a_page_that_asks_for_no_files_has_no_page_of_them(someone: CheckingClient) -> None:
    assert someone.browser.get("/en/reflection/files/about").status_code == 404
    assert someone.browser.get("/en/reflection/files/nothing").status_code == 404


def test_the_receipt_names_the_files(
    someone: CheckingClient, repository: FileRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(someone)
    snapshot = load_snapshot(repository, ROUND)
    monkeypatch.setattr("survey.questionnaire.walk.Walk.gaps", lambda *_: ())
    submit(repository, snapshot, CLUSTER, language="en", now=snapshot.round.opens)
    receipt = someone.get("/en/reflection/submitted")
    assert receipt.links["plan.pdf"] == f"/en/reflection/file/{files(repository)[0].id}"
    assert receipt.links["All attached files (.zip)"] == "/en/reflection/view/1/files.zip"
    for code, heading in {"cy": "Ffeiliau atodedig", "en": "Attached files"}.items():
        document = someone.browser.get(f"/en/reflection/view/1/{code}.docx").data
        with ZipFile(io.BytesIO(document)) as read:
            told = read.read("word/document.xml").decode()
        assert heading in told
        assert "plan.pdf" in told
    assert attachments.digests_in(read_response(repository, ROUND, CLUSTER))


def test_all_files_of_a_submission_come_in_one_and_those_of_one_name_stay_apart(
    someone: CheckingClient, repository: FileRepository, monkeypatch: pytest.MonkeyPatch, sign_in: SignIn
) -> None:
    assert someone.browser.get("/en/reflection/view/1/files.zip").status_code == 404
    attach(someone)
    attach(someone, PDF + b" ")
    _, second = files(repository)
    snapshot = load_snapshot(repository, ROUND)
    monkeypatch.setattr("survey.questionnaire.walk.Walk.gaps", lambda *_: ())
    submit(repository, snapshot, CLUSTER, language="en", now=snapshot.round.opens)
    answered = someone.browser.get("/cy/reflection/view/1/files.zip")
    assert answered.headers["Content-Disposition"] == f"attachment; filename=ffeiliau-{ROUND}-{CLUSTER}.zip"
    with ZipFile(io.BytesIO(answered.data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["practice/plan.pdf", f"practice/{second.id}-plan.pdf"]
        assert [archive.read(name) for name in archive.namelist()] == [PDF, PDF + b" "]
    assert sign_in(OTHER_CODE).browser.get("/en/reflection/view/1/files.zip").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_has_to_sign_in_first_is_told_that_the_file_does_not_come_along(
    someone: CheckingClient, repository: FileRepository, language: str
) -> None:
    path = f"/{language}/reflection/files/practice"
    page = someone.get(path)
    someone.browser.delete_cookie("session")
    asked = someone.post(path, {**page.values(page.form("attach")), "file": (io.BytesIO(PDF), "plan.pdf")}, 400)
    words = {"cy": "dewiswch hi eto", "en": "choose it again", "en-XA": ""}[language]
    assert words in asked.text
    back = someone.submit(asked, {"access_code": CODE}, status=422)
    assert back.path == path
    assert files(repository) == ()
