"""Pages of authors: editions listed, copied, sent as a file, kept once somebody has seen what they change, undone."""

import io
import json

import pytest

from survey.authoring.book import book_of
from survey.catalogues.files import Places
from survey.collection.editions.changes import read_changed
from survey.collection.editions.standing import standing_of
from survey.languages import language, lead_with
from survey.questionnaire.editions import next_edition
from survey.questionnaire.json_writer import json_of
from survey.web.site import security
from tests.catalogues_in_use import use_catalogues
from tests.collection.catalogue import write_pseudo, write_welsh
from tests.collection.example import CLUSTER_LIST, DEFINITION, FRAMEWORK

HERE = "/en/manage/questionnaires/"
NEXT = next_edition(DEFINITION, "2027")


@pytest.fixture
def places(site, tmp_path, catalogues):
    """The files of the service: the edition of 2026, with which a round is open."""
    root = tmp_path / "project"
    files = {"small/2026": DEFINITION, "frameworks/small-framework": FRAMEWORK, "clusters/clusters-small": CLUSTER_LIST}
    for name, source in files.items():
        path = root / "questionnaires" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(json_of(source))
    made = Places(root, root / "translations")
    site.app.config |= {"PLACES": made, "QUESTIONNAIRES": made.questionnaires}
    write_pseudo(root / "translations")
    write_welsh(root / "translations")
    use_catalogues(root / "translations", catalogues)
    yield made
    lead_with(tmp_path / "nowhere")


def upload(client, content: bytes, name: str = "2027.json", status: int = 200):
    page = client.get(f"{HERE}upload")
    sent = {**page.values(page.form("upload")).to_dict(), "file": (io.BytesIO(content), name)}
    return client.post(f"{HERE}upload", sent, status)


def changed(source, label="How many people came?", **properties):
    """The same with other words, or other properties, of its second question."""
    made = json.loads(json.dumps(source))
    made["sections"][0]["questions"][1] |= {"label": label, **properties}
    return made


def current(site, places, year="2027"):
    return standing_of(site.kept, places.questionnaires, "small", year).current


@pytest.mark.parametrize("code", ["cy", "en-XA"])
def test_the_pages_hold_in_every_language(site, places, code):
    client = site.client("luned", code)
    here = f"/{code}/manage/questionnaires/"
    for path in ("", "small/2026", "upload", "frameworks/small-framework"):
        client.get(here + path)
    page = client.get(here + "upload")
    sent = {**page.values(page.form("upload")).to_dict(), "file": (io.BytesIO(json_of(changed(NEXT))), "a.json")}
    client.submit(client.post(here + "upload", sent), form="confirm")
    client.submit(client.get(here + "small/2027"), form="withdraw")


def test_last_years_edition_is_copied_once_and_is_there_for_a_round(site, places):
    client = site.client("luned")
    page = client.get(f"{HERE}small/2026")
    for wrong in ("2026", "next", ""):
        refused = client.submit(page, {"edition": wrong}, form="copy", status=422)
        assert refused.errors[0][1] == "#edition"
    copied = client.submit(page, {"edition": "2027"}, form="copy")
    assert copied.path == f"{HERE}small/2027"
    assert "Ready for a round" in copied.text
    assert "Copied from another year" in copied.text
    assert "The edition was copied." in copied.text
    assert site.log[-1] == ("luned", "edition_changed")
    assert client.submit(page, {"edition": "2027"}, form="copy").path == copied.path, "sent twice, it is done once"
    assert site.log.count(("luned", "edition_changed")) == 1
    client.submit(upload(client, json_of(changed(NEXT, "Another"))), form="confirm")
    assert "already" in client.submit(page, {"edition": "2027"}, form="copy", status=422).text
    assert ", 2027" in site.client("eira").get("/en/manage/new-round").text


def test_a_fault_is_shown_at_its_cell_and_nothing_is_kept(site, places):
    faulty = changed(NEXT)
    faulty["sections"][0]["questions"][1]["minimum"] = 2000
    book = book_of(faulty, lambda *_: "", language("en"))
    page = upload(site.client("luned"), book, "mine.xlsx", 422)
    assert page.errors[0] == ("There is 1 fault in the file. Nothing was kept.", "#file")
    assert "How many people came?" in page.text
    assert "questions!" in page.text
    assert read_changed(site.kept, "small") == {}


def test_a_fault_of_json_is_shown_with_its_line(site, places):
    content = json_of(NEXT).replace(b'"title": "Small questionnaire",', b'"title": "Small questionnaire",,')
    page = upload(site.client("luned"), content, status=422)
    assert page.by_class("app-verbatim")[0].find("mark").text.startswith(",")
    assert "Line 7, column 34" in page.text


def test_what_a_file_changes_is_seen_before_it_is_kept(site, places):
    client = site.client("luned")
    new = {"id": "where", "type": "long_text", "label": "Where did you meet?", "since": "2027"}
    source = json.loads(json.dumps(NEXT))
    first = source["sections"][0]["questions"]
    first[1] = {"id": "people", "type": "decimal", "label": "How many people?"}
    first[2] = new
    page = upload(client, json_of(source))
    for words in ("would be new", "Where did you meet?", "another kind of answer", "What has changed?", "New: 1."):
        assert words in page.text, words
    assert current(site, places) == ""
    kept = client.submit(page, form="confirm")
    assert kept.path == f"{HERE}small/2027"
    assert "The edition was kept." in kept.text
    again = client.submit(page, form="confirm")
    assert again.path == HERE
    assert "What you sent is not here any more" in again.text
    assert [change.who for change in read_changed(site.kept, "small")["2027"].changes] == ["luned"]


def test_the_second_of_two_authors_sees_what_the_first_made_and_chooses(site, places):
    ann, bob = site.client("luned"), site.client("eira")
    mine = upload(bob, json_of(changed(NEXT, "Of Bob")))
    ann.submit(upload(ann, json_of(changed(NEXT, "Of Ann"))), form="confirm")
    told = bob.submit(mine, form="confirm", status=422)
    assert "Somebody else has changed the edition of 2027" in told.text
    assert "Of Ann" in told.text
    bob.submit(told, form="confirm")
    assert [change.who for change in read_changed(site.kept, "small")["2027"].changes] == ["luned", "eira"]


def test_an_edition_that_is_being_asked_takes_words_alone(site, places):
    client = site.client("luned")
    page = upload(client, json_of(changed(DEFINITION, maximum=5)), status=422)
    assert "takes changed words alone" in page.text
    assert page.by_id("confirm") is None
    client.submit(upload(client, json_of(changed(DEFINITION))), form="confirm")
    assert "Changed here" in client.get(HERE).text


def test_each_state_can_be_brought_back_and_the_edition_taken_away(site, places):
    client = site.client("luned")
    for label in ("First", "Second"):
        client.submit(upload(client, json_of(changed(NEXT, label))), form="confirm")
    second = current(site, places)
    page = client.get(f"{HERE}small/2027")
    for number in ("9" * 5_000, "-1", "7", ""):
        client.submit(page, {"number": number}, form="restore-1", status=422)
    client.submit(page, form="restore-1")
    assert current(site, places) not in ("", second)
    stale = client.submit(page, form="withdraw", status=422)
    assert "Somebody else has changed" in stale.text
    away = client.submit(stale, form="withdraw")
    assert "Taken away" in away.text
    client.submit(stale, form="withdraw")
    assert site.log.count(("luned", "edition_withdrawn")) == 1, "sent twice, it is done once"
    client.submit(away, form="restore-2")
    assert current(site, places) == second


def test_a_question_of_an_earlier_edition_is_taken_again_once_it_was_looked_at(site, places):
    client = site.client("luned")
    source = json.loads(json.dumps(NEXT))
    gone = source["sections"][0]["questions"].pop(1)
    client.submit(upload(client, json_of(source)), form="confirm")
    page = client.get(f"{HERE}small/2027/bank")
    refused = client.submit(page, {}, form="bank", status=422)
    assert refused.errors == [("Choose at least one question", "#question")]
    look = client.submit(page, {"question": "about.people"}, form="bank")
    assert gone["label"] in look.text
    client.submit(look, form="confirm")
    assert read_changed(site.kept, "small")["2027"].changes[-1].how == "gathered"
    assert "nothing that this one does not ask" in client.get(f"{HERE}small/2027/bank").text


def test_what_is_downloaded_and_sent_back_changes_nothing(site, places):
    client = site.client("luned")
    for ending in ("xlsx", "json"):
        answer = client.browser.get(f"{HERE}small/2026/file.{ending}")
        assert f"filename=small-2026.{ending}" in answer.headers["Content-Disposition"]
        assert "changes nothing" in upload(client, answer.data, f"small-2026.{ending}").text


def test_a_file_that_was_not_chosen_or_is_far_too_large_is_told(site, places, monkeypatch):
    monkeypatch.setattr(security, "LARGEST_DEFINITION", 20_000)
    site.app.config["MAX_CONTENT_LENGTH"] = 20_000
    client = site.client("luned")
    assert upload(client, b"", "", 422).errors[0][1] == "#file"
    assert upload(client, b"x" * 50_000, "a.xlsx", 413).errors[0][1] == "#file"


def test_a_framework_is_shown_with_its_outcomes_and_what_asks_them(site, places):
    client = site.client("luned")
    page = client.get(client.get(HERE).links["Small framework"])
    assert page.heading.endswith("Small framework")
    for words in ("M 1: Outcome 1", "Purpose 2", "m-02", "small/2026"):
        assert words in page.text
    client.get(f"{HERE}frameworks/another", 404)


def test_a_framework_with_a_fault_says_so_where_it_is_listed_and_shown(site, places):
    (places.questionnaires / "frameworks/small-framework.json").write_bytes(json_of({**FRAMEWORK, "levels": 7}))
    page = site.client("luned").get(HERE)
    assert page.text.count("Has faults") == 2
    assert "/levels" in site.client("luned").get(page.links["small-framework"]).text


def with_welsh(welsh: str) -> bytes:
    """The edition of 2027 as a spreadsheet, with one text changed and this Welsh beside every text."""
    return book_of(changed(NEXT, "How many came?"), lambda _context, _english: welsh, language("en"))


def test_welsh_that_comes_and_is_not_taken_is_listed_beside_what_stays(site, places):
    client = site.client("luned")
    client.submit(upload(client, with_welsh("Cymraeg gyntaf"), "a.xlsx"), form="confirm")
    page = upload(client, with_welsh("Cymraeg arall"), "a.xlsx")
    assert "Welsh that is not taken" in page.text
    assert page.text.count("Cymraeg arall") == page.text.count("Cymraeg gyntaf") > 1
    assert "small.about.people.label" in page.text
    assert "Welsh that is not taken" not in upload(client, with_welsh("Cymraeg gyntaf"), "a.xlsx").text


def test_an_author_reads_which_texts_are_owed_where_they_stand_and_which_an_error_holds_back(site, places):
    client = site.client("luned")
    client.submit(upload(client, json_of(changed(NEXT, "How many came?"))), form="confirm")
    page = client.get(f"{HERE}small/2027/owed")
    assert "How many came?" in page.text
    assert "Not translated" in page.text
    assert "Held back by an error" not in page.text
    client.submit(upload(client, with_welsh("Faint oedd “yno?"), "a.xlsx"), form="confirm")
    assert "held back by an error" in client.get(f"{HERE}small/2027").text
    assert "Held back by an error" in client.get(f"{HERE}small/2027/owed").text
    assert "Which they are" in client.get(f"{HERE}small/2027").text
