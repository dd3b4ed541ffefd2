"""A catalogue as a file, from the pages of translators and back."""

import io
import re

import pytest

from survey.catalogues.files import MOST_STRANGERS, canonical, read_catalogue, replace_file
from survey.collection.translation import uploads
from survey.languages import lead_with
from tests.collection.translators import AGE, NAME, SAVE, message, project, say, update

CATALOGUE = "/en/manage/translations/interface"


@pytest.fixture
def places(site, tmp_path):
    made = project(tmp_path / "project")
    site.app.config["PLACES"] = made
    yield made
    lead_with(tmp_path / "nowhere")


def download(client) -> bytes:
    answer = client.browser.get(f"{CATALOGUE}/file.po")
    assert "filename=interface.po" in answer.headers["Content-Disposition"]
    return answer.data


def upload(client, content: bytes, status: int = 200):
    page = client.get(f"{CATALOGUE}/upload")
    sent = {**page.values(page.form("upload")).to_dict(), "file": (io.BytesIO(content), "interface.po")}
    return client.post(f"{CATALOGUE}/upload", sent, status)


def edited(content: bytes, before: str, after: str) -> bytes:
    assert before in content.decode()
    return content.decode().replace(before, after).encode()


def test_what_is_downloaded_has_what_was_changed_here_and_sent_back_changes_nothing(site, places):
    client = site.client("sion")
    assert download(client) == places.welsh(NAME).read_bytes()
    say(site.kept, places, AGE, "Eich oed")
    content = download(client)
    assert 'msgstr "Eich oed"' in content.decode()
    assert "0 texts would change" in upload(client, content).text


def test_every_change_of_a_file_is_shown_before_and_after_and_kept_once_it_is_confirmed(site, places):
    client = site.client("sion")
    page = upload(client, edited(download(client), '"Cadw"', '"Storiwch"'))
    for words in ("1 text would change", "Cadw", "Storiwch"):
        assert words in page.text
    assert message(site.kept, places, SAVE).changed is None
    taken = client.submit(page, form="confirm")
    assert "Taken from the file: 1." in taken.text
    assert message(site.kept, places, SAVE).wording.forms == ("Storiwch",)
    again = client.submit(page, form="confirm")
    assert again.path == CATALOGUE
    assert len(message(site.kept, places, SAVE).changed.changes) == 1


def test_an_older_file_says_what_it_would_undo_and_undoes_only_what_it_is_told_to(site, places):
    client = site.client("sion")
    old = download(client)
    say(site.kept, places, SAVE, "Storiwch", who="mair")
    page = upload(client, old)
    assert "Undoes what was changed here" in page.text
    assert "Undo 1 text that was changed here since" in page.text
    assert "Taken from the file: 0." in client.submit(page, form="confirm").text
    assert message(site.kept, places, SAVE).wording.forms == ("Storiwch",)
    client.submit(upload(client, old), {"undoing": "yes"}, form="confirm")
    assert message(site.kept, places, SAVE).wording.forms == ("Cadw",)


def test_what_somebody_changes_between_the_look_and_the_confirmation_is_left(site, places):
    client = site.client("sion")
    page = upload(client, edited(download(client), '"Cadw"', '"Cadwch"'))
    say(site.kept, places, SAVE, "Storiwch", who="mair")
    assert "Left, because they were changed meanwhile" in client.submit(page, form="confirm").text
    assert message(site.kept, places, SAVE).wording.forms == ("Storiwch",)


def test_a_file_from_before_the_english_changed_changes_nothing_there(site, places):
    client = site.client("sion")
    old = edited(download(client), 'msgid "Your age"\nmsgstr ""', 'msgid "Your age"\nmsgstr "Eich oed"')
    update(places, (*SAVE, ""), (AGE[0], "The year of your birth", ""), ("count", "%(n)s answer", "%(n)s answers"))
    page = upload(client, old)
    assert "no longer used, and so change nothing: 1." in page.text


def test_a_mark_of_review_comes_with_the_file_unless_there_is_an_error(site, places):
    client = site.client("sion")
    marked = edited(download(client), 'msgctxt "button"', '# adolygwyd: Siôn, 2026-11-26\nmsgctxt "button"')
    client.submit(upload(client, marked), form="confirm")
    assert message(site.kept, places, SAVE).wording.reviewed == "Siôn, 2026-11-26"
    wrong = edited(marked, '"Cadw"', '"Cadw & mynd"')
    page = upload(client, wrong)
    assert "Error" in page.text
    client.submit(page, form="confirm")
    assert message(site.kept, places, SAVE).wording.reviewed == ""


def test_a_file_does_not_make_good_welsh_doubtful_or_empty(site, places):
    client = site.client("sion")
    content = download(client)
    doubtful = edited(content, 'msgctxt "button"', '#, fuzzy\nmsgctxt "button"').replace(b'"Cadw"', b'"Cadwch"')
    page = upload(client, doubtful)
    assert "0 texts would change" in page.text
    assert "marks as fuzzy (“Needs work”), and whose Welsh stays here as it is: 1." in page.text
    page = upload(client, edited(content, 'msgstr "Cadw"', 'msgstr ""'))
    assert "0 texts would change" in page.text
    assert "Welsh is empty in the file, and stays here: 1." in page.text


def test_what_a_file_leaves_out_and_its_comments_are_counted(site, places):
    client = site.client("sion")
    content = download(client)
    cut = content[: content.index(b"#. Seen by everybody", content.index(b'"Your age"'))]
    page = upload(client, edited(cut, 'msgctxt "button"', '# Pa fotwm?\nmsgctxt "button"'))
    for said in ("the file does not have, and that stay as they are: 1.", "which are not taken: 1."):
        assert said in page.text


def of_something_else(content: bytes) -> bytes:
    """The file with other English in every message."""
    return re.sub(rb'msgid "(?=.)(?!")', b'msgid "The ', content)


def test_the_file_of_another_catalogue_is_named(site, places):
    client = site.client("sion")
    other = of_something_else(download(client))
    assert "0 of its 3 messages are of this catalogue: this seems to be the file of something else" in (
        upload(client, other, 422).text
    )
    replace_file(places.template("framework"), of_something_else(places.template(NAME).read_bytes()))
    assert "this seems to be framework.po" in upload(client, other, 422).text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose the .po file"),
        (b"\x89PNG\r\n", "not text in UTF-8"),
        (b"hello", "header of a .po file"),
    ],
)
def test_what_is_no_catalogue_is_refused_in_words(site, places, content, said):
    assert said in upload(site.client("sion"), content, 422).text


def test_hostile_files_are_refused(site, places, monkeypatch):
    client = site.client("sion")
    content = download(client)
    strangers = "".join(f'\nmsgctxt "x"\nmsgid "{number}"\nmsgstr "a"\n' for number in range(MOST_STRANGERS + 5))
    assert "this seems to be the file of something else" in upload(client, content + strangers.encode(), 422).text
    assert "characters" in upload(client, edited(content, '"Cadw"', '"' + "a b " * 1000 + '"'), 422).text
    monkeypatch.setattr(uploads, "SECONDS", -1.0)
    assert "takes too long" in upload(client, edited(content, '"Cadw"', '"Cadwch"'), 422).text
    assert message(site.kept, places, SAVE).changed is None


def test_a_file_that_is_too_large_is_refused_where_it_was_chosen(site, places):
    sent = {"status": 413, "content_type": "multipart/form-data; boundary=x"}
    page = site.client("sion").post(f"{CATALOGUE}/upload", b"0" * 6_100_000, **sent)
    assert page.heading.endswith("Upload a .po file")


def test_a_file_is_its_senders_alone(site, places):
    client = site.client("sion")
    page = upload(client, edited(download(client), '"Cadw"', '"Cadwch"'))
    assert site.client("eira").get(page.path).path == CATALOGUE


def test_the_file_in_the_repository_is_not_touched(site, places):
    before = canonical(read_catalogue(places.welsh(NAME)))
    client = site.client("sion")
    client.submit(upload(client, edited(download(client), '"Cadw"', '"Cadwch"')), form="confirm")
    assert canonical(read_catalogue(places.welsh(NAME))) == before
