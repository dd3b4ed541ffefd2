"""Releases of a round of clusters: provisional while one may still answer, then final; published and withdrawn."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import orjson
import pytest
from openpyxl import load_workbook

from survey.collection.errors import DomainError
from survey.collection.missing_records import missing_records
from survey.collection.people.accounts import ACCOUNTS, add_account
from survey.collection.responses.lifecycle import submit
from survey.collection.rounds.extensions import extend_round, give_grace
from survey.collection.rounds.publication import publish, published_releases, read_publications, withdraw
from survey.collection.rounds.releases import CHARTS, keep_release, read_releases, released_file, releases_of
from survey.collection.rounds.round import close_round
from survey.collection.rounds.snapshot import load_snapshot
from survey.collection.soundness import sound
from survey.languages import language
from survey.reporting.releases import of_clusters
from survey.reporting.releases.charts import charts_file
from survey.reporting.releases.of_clusters import release_clusters
from survey.reporting.workbooks.registry import prepared
from survey.storage.tinydb_files.repository import FileRepository
from survey.storage.verification import verify
from tests.collection.example import LATER, NOW, ROUND, opened_round, save_all
from tests.reporting.small_wales import ROUND as WALES
from tests.verified import is_clean

AFTER = LATER + timedelta(days=2)
BOTH = {"cy": "Nodyn", "en": "A note"}


@pytest.fixture
def closed(tmp_path):
    """A closed round of which one cluster has submitted; arfon may still answer for a day."""
    repository = FileRepository(tmp_path / "data")
    snapshot = opened_round(repository)
    repository.write(ACCOUNTS, "eira", {"name": "eira", "role": "national", "health_board": None, "password_hash": ""})
    save_all(repository, snapshot, "conwy-west")
    submit(repository, snapshot, "conwy-west", language="en", now=NOW)
    close_round(repository, ROUND, LATER)
    day = timedelta(days=1)
    closed = load_snapshot(repository, ROUND)
    give_grace(repository, closed, "arfon", LATER + day, by="eira", reason="Flood", now=LATER)
    return repository


def release(repository, changed="", now=LATER, by="eira"):
    return release_clusters(repository, ROUND, by, changed, now)


def code_of(work, *arguments, **options):
    with pytest.raises(DomainError) as refused:
        work(*arguments, **options)
    return refused.value.code


def cells(repository, made, code="en"):
    workbook = load_workbook(BytesIO(released_file(repository, ROUND, made, code)))
    return [
        str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value is not None
    ]


def test_figures_are_provisional_until_the_late_cluster_has_answered_and_then_final(closed):
    first = release(closed)
    assert (first.number, first.provisional) == (1, True)
    assert "Provisional: answers may still come, and figures will change." in cells(closed, first)
    save_all(closed, load_snapshot(closed, ROUND), "arfon")
    submit(closed, load_snapshot(closed, ROUND), "arfon", language="cy", now=LATER)
    final = release(closed, "Arfon has answered", AFTER)
    assert (final.number, final.provisional) == (2, False)
    said = cells(closed, final)
    assert "Arfon has answered" in said
    assert "eira" not in said
    assert "The round takes no more answers." in said
    assert cells(closed, first) != said
    assert read_releases(closed, ROUND) == [first, final]
    assert missing_records(closed) == []
    assert is_clean(verify(closed, sound(closed, language("en"))))


def test_each_language_has_its_workbook_and_its_charts_with_their_tables(closed):
    made = release(closed)
    assert set(made.files) == {"cy", "en", f"{CHARTS}cy", f"{CHARTS}en"}
    for code in ("cy", "en"):
        for chart in orjson.loads(released_file(closed, ROUND, made, f"{CHARTS}{code}")):
            assert chart["svg"].startswith("<svg")
            assert chart["table"]["rows"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"now": AFTER}, "change_needed"),
        ({"changed": "x"}, "nothing_to_release"),
        ({"changed": "x", "now": AFTER, "by": "nobody"}, "correction_account_needed"),
    ],
)
def test_a_further_release_needs_a_reason_and_something_new_and_somebody(closed, given, code):
    release(closed)
    assert code_of(release, closed, **given) == code
    assert len(read_releases(closed, ROUND)) == 1


def test_an_open_round_is_not_released_and_a_released_one_not_extended(tmp_path):
    repository = FileRepository(tmp_path / "data")
    opened_round(repository)
    add_account(repository, "eira", "national", None, "llyfr gwyrdd ar y bwrdd", NOW)
    assert code_of(release, repository, now=NOW) == "released_after_close"
    close_round(repository, ROUND, LATER)
    assert not release(repository).provisional
    assert code_of(extend_round, repository, ROUND, AFTER, reason="Snow", now=LATER) == "released_already"


def test_of_two_at_once_one_is_kept(closed, monkeypatch):
    def keep(repository, round_id, made):
        keep_release(repository, round_id, replace(made, by="the other"))
        return keep_release(repository, round_id, made)

    monkeypatch.setattr(of_clusters, "keep_release", keep)
    assert code_of(release, closed) == "released_meanwhile"
    assert [one.by for one in read_releases(closed, ROUND)] == ["the other"]


def test_what_was_stopped_before_its_record_is_no_release_and_is_made_again(closed, monkeypatch):
    monkeypatch.setattr(of_clusters, "keep_release", lambda *_: pytest.fail("killed"))
    with pytest.raises(pytest.fail.Exception):
        release(closed)
    monkeypatch.undo()
    assert read_releases(closed, ROUND) == []
    assert release(closed).number == 1


def test_a_record_that_cannot_be_read_keeps_figures_back(closed):
    path = closed.root / "rounds" / ROUND / "reflection" / "conwy-west.json"
    path.write_text("{")
    assert code_of(release, closed) == "unreadable_reflections"


def test_a_release_is_published_by_a_named_act_and_withdrawn_with_a_note(closed):
    release(closed)
    assert code_of(publish, closed, ROUND, 1, {"cy": "", "en": "Only English"}, "eira", AFTER) == "notes_needed"
    assert code_of(publish, closed, ROUND, 1, {}, "eira", AFTER) == "notes_needed"
    publish(closed, ROUND, 1, BOTH, "eira", AFTER)
    assert code_of(publish, closed, ROUND, 1, BOTH, "eira", AFTER) == "published_already"
    (one,) = published_releases(closed, demonstration=False)
    assert (one.release.number, one.publication.made.by, one.publication.made.notes) == (1, "eira", BOTH)
    assert code_of(withdraw, closed, ROUND, 1, {}, "eira", AFTER) == "notes_needed"
    withdraw(closed, ROUND, 1, BOTH, "eira", AFTER)
    assert read_publications(closed, ROUND)[1].withdrawn.by == "eira"
    assert code_of(withdraw, closed, ROUND, 1, BOTH, "eira", AFTER) == "not_published"
    publish(closed, ROUND, 1, BOTH, "eira", AFTER)
    assert read_publications(closed, ROUND)[1].withdrawn is None
    assert code_of(publish, closed, ROUND, 2, BOTH, "eira", AFTER) == "no_release"
    assert closed.keys(releases_of(ROUND)) == ["1"]


def test_where_no_chart_has_a_sheet_of_its_own_those_of_the_answers_are_kept(closed):
    made = release(closed)
    book = load_workbook(BytesIO(released_file(closed, ROUND, made, "en")))
    words = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    charts = orjson.loads(released_file(closed, ROUND, made, f"{CHARTS}en"))
    assert len(charts) > 1
    for chart in charts:
        assert all(row[0]["text"] in words for row in chart["table"]["rows"])
        assert len({len(row) for row in (chart["table"]["head"], *chart["table"]["rows"])}) == 1


def test_where_the_bars_of_a_chart_begin_is_no_figure_for_readers(wales):
    workbook = prepared(wales, WALES, 5, LATER).workbook(language("en"))
    assert "begins" in {column.key for sheet in workbook.sheets if sheet.chart for column in sheet.body.columns}
    charts = orjson.loads(charts_file(workbook))
    assert len(charts) > 3
    assert [chart["title"] for chart in charts if "begins" in str(chart["table"]["head"])] == []
