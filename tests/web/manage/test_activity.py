"""The activity log: every event has words; it is filtered by who, what, when and round, and downloaded."""

import csv
import re
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

import survey
from survey.collection.people.accounts import note
from survey.collection.people.activity import EVENT_WORDS, EXPORTS, SAID_APART
from survey.web.manage.activity_details import NAMED, SAYING
from tests.collection.example import NOW, ROUND

SURVEY = Path(survey.__file__).parent
LOG = "/en/manage/log"
AS_THEY_ARE = {"catalogue", "comment", "edition", "file", "kept_as", "key", "message", "place", "questionnaire", "to"}
"""Details that are called nothing else: names of files and records, ids."""


def test_every_event_that_says_that_something_was_taken_out_is_in_the_log_of_exports():
    written = {event for path in SURVEY.rglob("*.py")
               for event in re.findall(r'"(\w*(?:export|download|print)e?d?\w*)"', path.read_text("utf-8"))
               if event.endswith(("exported", "downloaded", "printed")) or event.startswith("exported_")}  # fmt: skip
    assert len(written) > 6
    assert written <= EXPORTS.keys()


def test_every_event_that_is_noted_has_words():
    text = "\n".join(path.read_text("utf-8") for path in SURVEY.rglob("*.py"))
    calls = re.findall(r"\b(?:note|audit)\(((?:[^()]|\([^()]*\))*)\)", text)
    codes = {code for call in calls for code in re.findall(r'(?<![=\w])"([a-z]+(?:_[a-z]+)+)"(?=,|$|\s)', call)}
    assert len(codes) > 40
    assert codes <= EVENT_WORDS.keys()


def test_every_detail_that_is_noted_is_said_in_words_or_known_for_a_name():
    text = "\n".join(path.read_text("utf-8") for path in SURVEY.rglob("*.py"))
    calls = re.findall(r"\b(?:note|audit)\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)", text)
    names = {name for call in calls for name in re.findall(r"(?<![\w.])([a-z_]+)=(?!=)", call)}
    assert len(names) > 20
    assert names <= {*SAID_APART, *SAYING, *NAMED, *AS_THEY_ARE}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("cy", ["Rôl: Awdur holiaduron", "Cyflwyniad: 1", "Pwy Clwstwr: Arfon"]),
        ("en", ["Role: Author of questionnaires", "Submission: 1", "Who Cluster: Arfon"]),
    ],
)
def test_no_code_stands_in_a_line_where_there_are_words(site, language, said):
    note(site.kept, NOW, "eira", "account_changed", account="mair", role="author", health_board="")
    note(site.kept, NOW, "eira", "account_added", account="gwyn", role="health_board", health_board="W11000024")
    note(site.kept, NOW, "eira", "answers_compared", round=ROUND, question="about.how")
    note(site.kept, NOW, "eira", "outcomes_assigned", round=ROUND, outcomes="m-01")
    note(site.kept, NOW, "cluster arfon", "submitted", round=ROUND, submission="1")
    page = site.client("eira", language).get(f"/{language}/manage/log")
    text = " ".join(page.text.split())
    assert [one for one in said if one not in text] == []
    assert not re.search(r"\b(author|W11000024|about\.how|health_board|cluster arfon|m-01)\b", text)


@pytest.fixture
def logged(site):
    for who, what, round_id in (("eira", "response_viewed", ROUND), ("gwyn", "workbook_downloaded", "sr-1")):
        note(site.kept, NOW, who, what, round=round_id, reason="=1+1" if who == "gwyn" else "")
    return site


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"eira", "gwyn"}),
        ("who=GWY", {"gwyn"}),
        ("what=response_viewed", {"eira"}),
        ("what=taken-out", {"gwyn"}),
        (f"round={ROUND}", {"eira"}),
        ("since=2026-10-09&until=2026-10-09", set()),
        (f"since={NOW:%Y-%m-%d}&until={NOW:%Y-%m-%d}&what=response_viewed", {"eira"}),
        ("until=1999-01-01", set()),
        ("what=no_such_thing", set()),
    ],
)
def test_it_is_filtered_on_the_page_and_in_the_file_alike(logged, query, found):
    client = logged.client("eira")
    page = client.get(f"{LOG}?{query}")
    cells = [" ".join("".join(row.itertext()).split()) for row in page.all("tr")[1:]]
    shown = {name for name in ("eira", "gwyn") if any(f"Who {name}" in cell and "Signed" not in cell for cell in cells)}
    assert shown == found
    answer = client.browser.get(f"/en/manage/log.csv?{query}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.DictReader(StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert {row["who"] for row in rows if row["what"] in ("response_viewed", "workbook_downloaded")} == found


def test_no_reason_becomes_a_formula_and_the_download_is_in_the_log_itself(logged):
    client = logged.client("eira")
    assert "'=1+1" in client.browser.get("/cy/manage/log.csv").get_data(as_text=True)
    assert ("eira", "log_downloaded") in logged.log
    client.get(LOG)
    assert logged.log[-1] == ("eira", "log_viewed")


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_a_day_that_is_none_is_said_where_it_was_typed(logged, language):
    client = logged.client("eira", language)
    page = client.get(f"/{language}/manage/log?since=31%2F13%2F2026", status=422)
    assert [href for _, href in page.errors] == ["#since"]
    page = client.get(f"/{language}/manage/log?since=2+Rhagfyr+2026&until=1/12/2026", status=422)
    assert [href for _, href in page.errors] == ["#until"]
    assert client.get(f"/{language}/manage/log").heading


@pytest.mark.parametrize(
    ("language", "said"), [("cy", "Tan: 5 Rhagfyr 2026 am 17:00"), ("en", "Until: 5 December 2026 at 17:00")]
)
def test_times_are_told_in_words_and_a_digest_by_its_beginning(site, language, said):
    note(site.kept, NOW, "eira", "grace_given", round=ROUND, until="2026-12-05T17:00:00+00:00")
    note(site.kept, NOW, "eira", "round_opened", round=ROUND, snapshot="ab" * 32)
    page = site.client("eira", language).get(f"/{language}/manage/log")
    assert said in page.text
    assert "abababababab…" in page.text
    assert "ab" * 32 not in page.text


def test_the_file_has_the_times_of_the_page_with_how_far_they_are_from_utc(site):
    site.now = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    note(site.kept, site.now, "eira", "grace_given", round=ROUND, until="2026-12-05T17:00:00+00:00")
    client = site.client("eira")
    assert "2 July 2026 at 00:30" in client.get(LOG).text
    text = client.browser.get("/en/manage/log.csv?what=grace_given").get_data(as_text=True)
    (row,) = csv.DictReader(StringIO(text.removeprefix("\ufeff")))
    assert row["at_europe_london"] == "2026-07-02T00:30:00+01:00"
    assert "until=2026-12-05T17:00:00+00:00" in row["details"]


def test_reading_a_single_response_is_in_it(logged):
    logged.submitted()
    client = logged.client("mair")
    client.get(f"/en/manage/rounds/{ROUND}/clusters/arfon")
    client.get(f"/en/manage/rounds/{ROUND}/clusters/arfon/story")
    assert logged.log[-2:] == [("mair", "response_viewed"), ("mair", "story_viewed")]
