"""The chapter on contributions: what the team wrote on the page of an outcome, in the language of the report."""

from survey.collection.reports.contributions import Contribution
from survey.languages import language
from survey.reporting.records.series import read_series
from survey.reporting.reports.blocks import Aside, FigureTable, Line, Room, Subheading
from survey.reporting.reports.contributions import PARTS, contributions, outcomes_asked_about
from survey.reporting.workbooks.report import Report
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.small_wales import ROUND

WORDS = {"else_cy": "Arian.", "else_en": "Money.\nAnd a law.", "sureness": "some", "sure_en": "The years before."}


def test_each_report_takes_the_words_in_its_language_beside_the_place_for_more(wales: FileRepository) -> None:
    series = read_series(wales, ROUND)
    written = {"pcmw-01": Contribution(WORDS)}
    blocks = list(contributions(Report(series, language("en"), True), written))
    room = next(place for place, block in enumerate(blocks)
                if isinstance(block, Room) and block.tag == "contribution.pcmw-01.else")  # fmt: skip
    assert blocks[room - 2 : room] == [Line("Money."), Line("And a law.")]
    assert blocks[room + 2 : room + 4] == [
        Line("Some: the work helped, and other things did too."),
        Line("The years before."),
    ]
    welsh = list(contributions(Report(series, language("cy"), True), written))
    assert Line("Arian.") in welsh
    assert Line("Money.") not in welsh


def test_what_is_missing_on_an_outcome_is_said_for_evidence_and_for_good_practice_each(wales: FileRepository) -> None:
    report = Report(read_series(wales, ROUND), language("en"), True)
    outcomes = outcomes_asked_about(report)
    assert len(outcomes) > 2
    for outcome in outcomes:
        blocks = list(PARTS["shown"](report, outcome))
        tables = [block.title.split(":")[0] for block in blocks if isinstance(block, FigureTable)]
        lines = {block.text for block in blocks if isinstance(block, Line)}
        nothing = "No cluster named evidence on this outcome this year."
        if outcome not in report.outcomes:
            nothing = "No cluster was asked about this outcome this year."
        assert (nothing in lines) != ("Evidence that clusters name" in tables)
        example = "No example of good practice that may be shared serves this outcome."
        assert (example in lines) != ("Good practice that may be shared" in tables)
        assert len(lines) + len(tables) == 2


def test_an_outcome_of_earlier_years_only_says_that_no_cluster_was_asked_about_it(wales: FileRepository) -> None:
    report = Report(read_series(wales, ROUND), language("en"), True)
    earlier = [outcome for outcome in outcomes_asked_about(report) if outcome not in report.outcomes]
    assert earlier
    for outcome in earlier:
        assert list(PARTS["said"](report, outcome)) == [Line("No cluster was asked about this outcome this year.")]
        (gap,) = [block for block in PARTS["changed"](report, outcome)
                  if isinstance(block, Aside) and "was asked about this outcome in" in block.text]  # fmt: skip
        assert "2026-27" in gap.text


def test_every_outcome_of_any_year_has_every_part(wales: FileRepository) -> None:
    report = Report(read_series(wales, ROUND), language("en"), True)
    blocks = list(contributions(report, {}))
    outcomes = sum(isinstance(block, Subheading) and block.level == 2 for block in blocks)
    parts = sum(isinstance(block, Subheading) and block.level == 3 for block in blocks)
    assert outcomes > 0
    assert parts == outcomes * (len(PARTS) + 2)
