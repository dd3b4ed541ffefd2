"""How many texts are under each theme: recomputed from the files themselves, and of people never a small number."""

import shutil
from collections import Counter
from datetime import timedelta

import pytest

from survey.collection.people.accounts import ACCOUNTS
from survey.collection.reading.decisions import NOT_READ, TextReading, read_readings, settle
from survey.collection.reading.texts import written_texts
from survey.collection.reading.themes import Theme, keep_themes, read_themes, version_of
from survey.collection.responses.anonymous import store_response
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.measures.themes import people_theme_counts, theme_counts
from survey.reporting.records.people import read_closed
from survey.reporting.reports.national_report import national_report
from survey.reporting.workbooks.registry import prepared, workbook_state
from survey.reporting.workbooks.workforce.release import release_of
from survey.reporting.workbooks.workforce.workbook import workforce_workbook
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.reports.reading import ReadDocument
from tests.reporting.small_wales import NOW, ROUND
from tests.reporting.workforce import survey_of_people as people

WENT_WELL, COMMENT = "outcome.went_well", "anything_else.anything_else"
THEMES = (Theme("", "Adeiladau", "Premises"), Theme("", "Staff", "Staffing"), Theme("", "Arian", "Money"))
EIRA = {"name": "eira", "role": "national", "health_board": None, "password_hash": ""}


def tag(repository, round_id, text, *codes, state="waiting"):
    wanted = TextReading(state, themes=frozenset(codes), by="eira")
    settle(repository, round_id, text, NOT_READ.seen, wanted, NOW)


def sheet(workbook):
    return next(sheet for sheet in workbook.sheets if sheet.name == "Themes").body.rows


@pytest.fixture
def tagged(wales, tmp_path):
    """Texts about what went well under the first two themes, some under both and some under none."""
    shutil.copytree(wales.root, tmp_path / "data")
    wales = FileRepository(tmp_path / "data")
    wales.create(ACCOUNTS, "eira", EIRA)
    keep_themes(wales, ROUND, WENT_WELL, version_of(()), THEMES, NOW)
    texts = [text for text in written_texts(wales, load_snapshot(wales, ROUND)) if text.asked == WENT_WELL]
    for number, text in enumerate(texts):
        codes = ["t1"] * (number % 3 == 0) + ["t2"] * (number % 2 == 0)
        tag(wales, ROUND, text, *codes)
    return wales


def test_the_sheet_has_what_the_files_say(tagged):
    workbook = prepared(tagged, ROUND, 5, NOW).workbook(language("en"))
    written = set()
    for cluster, record in tagged.read_all(("rounds", ROUND, "reflection")):
        pages = record["submissions"][-1]["pages"] if record["submissions"] else {}
        written |= {
            (cluster, key)
            for key, page in pages.items()
            if key.startswith("outcome/") and page["answers"].get("went_well")
        }
    stored = [record["themes"] for _, record in tagged.read_all(("rounds", ROUND, "reading"))]
    themes = Counter(code for codes in stored for code in codes)
    rows = {row[1]: row[2] for row in sheet(workbook)}
    without = len(written) - sum(bool(codes) for codes in stored)
    assert len(written) > 6
    assert rows == {"Premises": themes["t1"], "Staffing": themes["t2"], "Money": 0, "Under no theme": without}
    clusters = {row[1]: row[3] for row in sheet(workbook)}
    assert 0 < clusters["Premises"] <= rows["Premises"]
    assert clusters["Money"] == 0
    assert {row[4] for row in sheet(workbook)} == {len(written)}
    assert {row[5] for row in sheet(workbook)} == {len(written) - len(stored)}


def test_a_theme_is_named_in_the_language_of_the_workbook(tagged):
    rows = next(
        one for one in prepared(tagged, ROUND, 5, NOW).workbook(language("cy")).sheets if one.name == "Themâu"
    ).body.rows
    assert [row[1] for row in rows] == ["Adeiladau", "Staff", "Arian", "Heb thema"]


def test_the_report_has_the_rows_of_the_sheet(tagged):
    content = national_report(tagged, load_snapshot(tagged, ROUND), language("en"), True, b"", b"").content
    _, rows = ReadDocument(content).table("Themes of what was written, 2026-27")
    expected = sheet(prepared(tagged, ROUND, 5, NOW).workbook(language("en")))
    assert rows == [[str(cell) for cell in row] for row in expected]


def test_a_workbook_is_made_anew_once_a_text_is_under_another_theme(tagged):
    snapshot = load_snapshot(tagged, ROUND)
    before = workbook_state(tagged, snapshot, 5, NOW)
    text = next(text for text in written_texts(tagged, snapshot) if text.asked == WENT_WELL)
    tag(tagged, ROUND, text, "t3")
    assert workbook_state(tagged, snapshot, 5, NOW) != before


def test_looking_back_counts_the_themes_of_that_moment(tagged):
    snapshot, later = load_snapshot(tagged, ROUND), NOW + timedelta(days=2)
    then = theme_counts(tagged, snapshot)
    text = next(text for text in written_texts(tagged, snapshot) if text.asked == WENT_WELL)
    seen = read_readings(tagged, ROUND)[text.key].seen
    settle(tagged, ROUND, text, seen, TextReading(themes=frozenset({"t3"}), by="eira"), later)
    kept = read_themes(tagged, ROUND)[WENT_WELL]
    keep_themes(tagged, ROUND, WENT_WELL, version_of(kept), (*kept[1:], Theme("", "Amser", "Time")), later)
    assert theme_counts(tagged, snapshot) != then
    assert theme_counts(tagged, snapshot, NOW + timedelta(days=1)) == then
    looked_back = prepared(tagged, ROUND, 5, later, NOW + timedelta(days=1)).workbook(language("en"))
    assert [row[1] for row in sheet(looked_back)] == ["Premises", "Staffing", "Money", "Under no theme"]
    assert theme_counts(tagged, snapshot, NOW - timedelta(minutes=1)) == ()


def test_without_themes_nothing_is_counted(wales):
    assert theme_counts(wales, load_snapshot(wales, ROUND)) == ()


@pytest.fixture
def commented(tmp_path):
    """Twenty people who wrote something, of whom 12 are under the first theme, 4 under the second, all released."""
    repository, snapshot = people.opened(tmp_path, people.real_definition(), people.cluster_list(2, 2))
    for number in range(20):
        pages = {
            "role": {"answers": {"profession": "nurse"}, "written_in": {}},
            "anything_else": {"answers": {"anything_else": f"Words {number}"}, "written_in": {}},
        }
        store_response(repository, snapshot, "c-1-1", pages, response_id=f"{number:032x}", language="en")
    people.close(repository)
    repository.create(ACCOUNTS, "eira", EIRA)
    keep_themes(repository, people.ROUND, COMMENT, version_of(()), THEMES, NOW)
    for number, text in enumerate(written_texts(repository, load_snapshot(repository, people.ROUND))):
        codes = ["t1"] * (number < 12) + ["t2"] * (number < 4) + ["t3"]
        tag(repository, people.ROUND, text, *codes, state="released" if number < 13 else "waiting")
    return repository


def test_of_people_only_what_was_released_counts_rounded_and_no_small_number(commented):
    snapshot = load_snapshot(commented, people.ROUND)
    counted = [(count.theme.en, count.people) for count in people_theme_counts(commented, snapshot, 5)]
    assert counted == [("Premises", 10), ("Staffing", None), ("Money", 15)]


def test_the_workforce_workbook_hides_a_small_number(commented):
    release = release_of(read_closed(commented, load_snapshot(commented, people.ROUND)), 5)
    rows = sheet(workforce_workbook(commented, release, language("en")))
    assert [(row[1], str(row[2])) for row in rows] == [("Premises", "10"), ("Staffing", "[c]"), ("Money", "15")]
