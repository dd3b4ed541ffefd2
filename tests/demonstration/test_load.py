"""The demonstration: what it tells, that it is the same every time, and that it opens nothing elsewhere."""

import shutil
from collections import Counter
from datetime import UTC, datetime
from itertools import islice
from math import ceil
from pathlib import Path

import pytest

from survey import create_app
from survey.collection.errors import DomainError
from survey.collection.people.access import open_with
from survey.collection.people.accounts import sign_in
from survey.collection.responses.lifecycle import reopen
from survey.collection.responses.response import REFLECTION, read_response
from survey.collection.rounds.opening import read_sources
from survey.collection.rounds.round import Round, create_round, place
from survey.collection.rounds.snapshot import RoundSources, load_snapshot
from survey.commands.demo import echo_ways_in
from survey.demonstration.load import ACCOUNT, CLUSTER_LIST, PASSWORD, QUESTIONNAIRE, NotEmpty, example_codes, load
from survey.demonstration.story import YEARS
from survey.languages import language
from survey.questionnaire.library import QUESTIONNAIRES
from survey.reporting.measures.themes import theme_counts
from survey.reporting.workbooks.registry import prepared
from survey.reporting.xlsx.chart_paper import POINTS
from survey.reporting.xlsx.charts import chart_height
from survey.reporting.xlsx.description import Plots
from survey.reporting.xlsx.drawing import paper_of_chart
from survey.reporting.xlsx.paper import LARGEST, UPRIGHT, page_for, printed_width, table_height
from survey.reporting.xlsx.plan import sheet_plans
from survey.storage.tinydb_files.data_format import make_secret
from survey.storage.tinydb_files.repository import FileRepository

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SECRET = b"a secret of the tests"
THIS_YEAR = YEARS[-1].round


def sources_for(edition: str) -> RoundSources:
    return read_sources(QUESTIONNAIRES, QUESTIONNAIRE, edition, CLUSTER_LIST)


def loaded(root: Path, steps: int | None = None) -> FileRepository:
    make_secret(root)
    repository = FileRepository(root)
    for _ in islice(load(repository, SECRET, sources_for, lambda _: [], NOW), steps):
        pass
    return repository


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> FileRepository:
    return loaded(tmp_path_factory.mktemp("demonstration"))


@pytest.fixture
def copied(kept: FileRepository, tmp_path: Path) -> FileRepository:
    shutil.copytree(kept.root, tmp_path / "data")
    return FileRepository(tmp_path / "data")


def reflections(repository: FileRepository) -> dict[tuple[str, str], object]:
    return {
        (year.round, key): record
        for year in YEARS
        for key, record in repository.read_all(place(year.round, REFLECTION))
    }


def test_three_years_of_sixty_clusters(kept: FileRepository) -> None:
    statuses = {
        year.round: Counter(
            read_response(kept, year.round, cluster.code).status
            for cluster in load_snapshot(kept, year.round).clusters.clusters
        )
        for year in YEARS
    }
    assert [sum(found.values()) for found in statuses.values()] == [60, 60, 60]
    assert statuses[THIS_YEAR] == {"submitted": 52, "in_progress": 5, "not_started": 3}
    assert [load_snapshot(kept, year.round).round.status for year in YEARS] == ["closed", "closed", "open"]


def test_this_year_says_how_the_actions_of_last_year_went_and_when_it_closes(kept: FileRepository) -> None:
    this_year = load_snapshot(kept, THIS_YEAR)
    ways: Counter[str] = Counter()
    for cluster in this_year.clusters.clusters:
        page = this_year.instrument(cluster.code).page("last_year")
        before = read_response(kept, YEARS[1].round, cluster.code).counted
        assert (page is not None) == (before is not None)
        counted = read_response(kept, THIS_YEAR, cluster.code).counted
        answers = counted.answers.get("last_year", {}) if counted else {}
        ways.update(answer for name, answer in answers.items() if name.startswith("went-"))
    assert ways.keys() == {"done", "under_way", "not_begun", "no_longer_right"}
    assert this_year.round.closes == YEARS[-1].closes


def test_what_clusters_wrote_this_year_is_under_themes_and_some_of_it_under_none(kept: FileRepository) -> None:
    counts = theme_counts(kept, load_snapshot(kept, THIS_YEAR))
    assert len({count.question.id for count in counts}) == 2
    assert all(count.texts > 3 for count in counts if count.theme)
    assert any(count.theme is None and count.texts for count in counts)


@pytest.mark.parametrize("code", ["en", "cy"])
def test_the_national_workbook_prints_on_80_pages_at_most_and_no_chart_over_two(
    kept: FileRepository, code: str
) -> None:
    """Counted from the heights of rows; what LibreOffice takes differs by one or two."""
    pages = 0
    for plan in sheet_plans(prepared(kept, THIS_YEAR, 5, NOW).workbook(language(code))).values():
        body, above = plan.sheet.body, 34 + 16.5 * len(plan.lines)
        if isinstance(body, Plots):
            heights = [chart_height(plot.chart) * POINTS for plot in body.plots]
            assert max(heights) < UPRIGHT.down, "a chart is on one page"
            pages += ceil(sum(heights) / UPRIGHT.down) + 2
        elif plan.table is None:
            pages += 1
        elif plan.sheet.chart:
            _, paper = paper_of_chart(plan, plan.table, plan.sheet.chart)
            assert chart_height(plan.sheet.chart) * POINTS * paper.size < paper.page.down, plan.sheet.name
            pages += (
                1 if paper.is_whole else 1 + ceil((above + table_height(plan.table)) * paper.size / paper.page.down)
            )
        else:
            wide, high = printed_width([column.width for column in plan.table.columns]), table_height(plan.table)
            page = page_for(wide, above + high)
            wide = page.width_for_fewest(wide, above + high)
            assert wide <= page.widest() or page is LARGEST
            pages += page.pages(wide, above + high)
    assert pages <= 80


def test_levels_drift_upwards(kept: FileRepository) -> None:
    steps = {"working_towards": 0, "foundation": 1, "developing": 2, "mature": 3}
    means = []
    for year in YEARS:
        judged = [
            steps[answers["level"]]
            for cluster in load_snapshot(kept, year.round).clusters.clusters
            if (counted := read_response(kept, year.round, cluster.code).counted)
            for key, answers in counted.answers.items()
            if key.startswith("outcome/")
        ]
        means.append(sum(judged) / len(judged))
    assert means == sorted(means)
    assert means[-1] - means[0] > 0.15


def test_some_worksheets_are_used_in_every_year_and_some_outcomes_come_back_to_theirs(kept: FileRepository) -> None:
    used = {
        year.round: {
            (cluster.code, key)
            for cluster in load_snapshot(kept, year.round).clusters.clusters
            for key, page in read_response(kept, year.round, cluster.code).pages.items()
            if key.startswith("worksheet/") and page.answers
        }
        for year in YEARS
    }
    assert all(20 < len(sheets) < 120 for sheets in used.values())
    first, _, last = used.values()
    assert len(first & last) > 10, "after two years"


def test_what_is_written_is_awkward_and_in_both_languages(kept: FileRepository) -> None:
    whole = repr(reflections(kept))
    for awkward in ("=SUM(", "=1+1", "@everyone", "-2 sessions", "+1 on", "🎉", "ŵ", "ŷ", "’", "\\n"):
        assert awkward in whole
    submitted_in = Counter(
        counted.submitted_in
        for cluster in load_snapshot(kept, THIS_YEAR).clusters.clusters
        if (counted := read_response(kept, THIS_YEAR, cluster.code).counted)
    )
    assert min(submitted_in["cy"], submitted_in["en"]) >= 10


def test_it_is_the_same_every_time_and_a_load_cut_short_begins_again(kept: FileRepository, tmp_path: Path) -> None:
    assert len(reflections(loaded(tmp_path, steps=75))) < 180
    assert reflections(loaded(tmp_path)) == reflections(kept)


def test_what_was_tried_out_is_left_alone(copied: FileRepository) -> None:
    repository = copied
    snapshot = load_snapshot(repository, THIS_YEAR)
    submitted = example_codes(snapshot)[-1].cluster.code
    reopen(repository, snapshot, submitted, reason="trying", by="a test", now=NOW)
    loaded(repository.root)
    assert read_response(repository, THIS_YEAR, submitted).status == "reopened"


def test_codes_and_account_open_nothing_elsewhere(kept: FileRepository) -> None:
    for example in example_codes(load_snapshot(kept, THIS_YEAR)):
        assert open_with(kept, SECRET, example.code, demonstration=True).cluster == example.cluster.code
        with pytest.raises(DomainError, match="wrong_code"):
            open_with(kept, SECRET, example.code, demonstration=False)
    assert sign_in(kept, ACCOUNT, PASSWORD, demonstration=True).role == "national"
    with pytest.raises(DomainError, match="wrong_password"):
        sign_in(kept, ACCOUNT, PASSWORD, demonstration=False)


def test_a_folder_in_earnest_is_left_alone(tmp_path: Path) -> None:
    repository = FileRepository(tmp_path)
    create_round(repository, Round("real", QUESTIONNAIRE, "2026", "2026-27", CLUSTER_LIST))
    with pytest.raises(NotEmpty):
        loaded(tmp_path)
    assert repository.keys(("accounts",)) == []


def test_the_examples_are_said_to_be_where_they_are_now(
    copied: FileRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository = copied
    snapshot = load_snapshot(repository, THIS_YEAR)
    silent, begun, submitted = (example.cluster.code for example in example_codes(snapshot))
    reopen(repository, snapshot, submitted, reason="trying", by="a test", now=NOW)
    repository.write(place(THIS_YEAR, REFLECTION), silent, repository.read(place(THIS_YEAR, REFLECTION), begun) or {})
    with create_app({"TESTING": True, "DEMO": True, "DATA": repository.root}).app_context():
        echo_ways_in(language("en"), snapshot)
    said = capsys.readouterr().out
    assert said.count("(In progress)") == 2
    assert said.count("(Reopened)") == 1
