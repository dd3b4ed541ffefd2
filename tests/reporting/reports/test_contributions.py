"""The chapter on contributions: what the team wrote on the page of an outcome, in the language of the report."""

from survey.collection.reports.contributions import Contribution
from survey.languages import language
from survey.reporting.records.series import read_series
from survey.reporting.reports.blocks import Line, Room, Subheading
from survey.reporting.reports.contributions import PARTS, contributions
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


def test_every_outcome_of_any_year_has_every_part(wales: FileRepository) -> None:
    report = Report(read_series(wales, ROUND), language("en"), True)
    blocks = list(contributions(report, {}))
    outcomes = sum(isinstance(block, Subheading) and block.level == 2 for block in blocks) - 1
    parts = sum(isinstance(block, Subheading) and block.level == 3 for block in blocks)
    assert outcomes > 0
    assert parts == outcomes * (len(PARTS) + 2)
