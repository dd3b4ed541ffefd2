"""The key findings: every sentence as it follows from the stored answers by a second path, and what says nothing."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from survey.languages import language
from survey.reporting.records.series import read_series
from survey.reporting.workbooks.key_findings import MOST_FINDINGS, KeyFinding, findings_of, highest
from survey.reporting.workbooks.national.enablers import enablers_and_barriers
from survey.reporting.workbooks.national.findings import RULES, findings, most_often_enabler
from survey.reporting.workbooks.national.level_findings import largest_rise
from survey.reporting.workbooks.national.levels import movement
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Table
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting import second_answers, second_boards
from tests.reporting.conftest import words
from tests.reporting.reading import ReadWorkbook
from tests.reporting.second_path import LEVELS, RATINGS, Stored
from tests.reporting.small_wales import ROUND

SHEET = "Key findings"
Found = tuple[str, str]


@pytest.fixture
def in_english(wales: FileRepository) -> Stored:
    return Stored(wales.root, "en", words("en"))


def whole(share: float) -> str:
    return f"{int(share * 100 + 0.5)}%"


def only_one(rows: list[Any], figure: Callable[[Any], Any]) -> Any:
    """The one of which the figure is highest."""
    best = max(map(figure, rows), default=None)
    those = [row for row in rows if figure(row) == best]
    return those[0] if len(those) == 1 else None


def by_hand(stored: Stored) -> Iterator[Found]:
    """Every sentence that any rule has to say, and its sheet."""
    _, base, *_, number, rate = stored.response_by_board()[0]
    yield f"{number} of {base} clusters have a response that counts ({whole(rate)}).", "Response by health board"
    yield from of_levels(stored)
    yield from of_enablers(stored)
    rows = [row for row in second_boards.holding_back(stored) if row[6]]
    if (row := only_one(rows, lambda row: row[6])) and row[5] >= 5:
        yield (
            f"The criterion that holds the largest number of clusters back from their next level: “{row[4]}”. Outcome: "
            f"{row[1]}. It holds back {row[6]} of the {row[5]} clusters that need it next.",
            "Criteria holding clusters back",
        )
    for row in second_answers.answers(stored):
        if row[0] == "Wales" and row[5] == "Yes, with reservations" and row[-3] >= 5:
            share = whole(row[-2] / row[-3])
            yield f"{row[-2]} of {row[-3]} clusters agreed their reflection with reservations ({share}).", "Answers"
    done = stored.actions_of_last_year()[0]
    told = sum(done[4:8])
    if isinstance(done[9], float):
        share = whole(done[4] / told)
        yield (
            f"Of {told} main actions of the year before, {done[4]} are done ({share}).",
            "Actions of last year",
        )
    wanted = stored.help_wanted_from()[0]
    texts = [option["label"] for option in asked(stored, "enablers", "help_from")["options"]]
    best = only_one(list(zip(texts, wanted[4:9], strict=True)), lambda pair: pair[1])
    if best and sum(wanted[4:9]) >= 5:
        yield (
            f"Help is wanted most from: {best[0]} ({best[1]} of the {sum(wanted[4:9])} clusters that said from whom, "
            f"{whole(best[1] / sum(wanted[4:9]))}).",
            "Help wanted from whom",
        )


def of_levels(stored: Stored) -> Iterator[Found]:
    together = stored.maturity_by_board()[0][5:9]
    base = sum(together)
    best = only_one(list(zip(LEVELS, together, strict=True)), lambda pair: pair[1])
    if best:
        share = whole(best[1] / base)
        text = f"The commonest level: {stored.level(best[0])} ({best[1]} of {base} reflections, {share})."
        yield text, "Maturity by health board"
    moved, *outcomes = stored.movement()
    compared, up, same, down = moved[4:8]
    yield (
        f"Of {compared} reflections with a level now and when last asked, moved up: {up or 'none'}; stayed the same: "
        f"{same or 'none'}; moved down: {down or 'none'}.",
        "Movement",
    )
    enough = [row for row in outcomes if row[4] >= 5]
    for name, sign in (("rise", 1), ("fall", -1)):
        row = only_one(enough, lambda row, sign=sign: sign * (row[5] - row[7]) / row[4])
        if row and sign * (row[5] - row[7]) > 0:
            ways = [f"{row[5] or 'none'} moved up", f"{row[7] or 'none'} moved down"][::sign]
            of = f"Of {row[4]} clusters with a level now and when last asked"
            yield f"The largest {name}: {row[1]}. {of}, {' and '.join(ways)}.", "Movement"
    judged = [row for row in stored.maturity_by_outcome() if sum(row[4:8]) >= 5]
    widest = only_one(judged, lambda row: variance(row[4:8]))
    if widest and variance(widest[4:8]):
        yield (
            f"The widest spread of levels: {widest[1]}. Of {sum(widest[4:8])} clusters with a level, at the lowest "
            f"level: {widest[4] or 'none'}; at the highest: {widest[7] or 'none'}.",
            "Maturity by outcome",
        )
    both, above, at, below = stored.judged_and_indicated()[0][4:8]
    yield (
        f"Of {both} reflections with a level and one that their criteria point to, judged above it: {above or 'none'}; "
        f"at it: {at or 'none'}; below it: {below or 'none'}. Outcomes whose criteria have no levels are left out.",
        "Judged and indicated",
    )


def variance(numbers: list[int]) -> float:
    levels = [place for place, number in enumerate(numbers) for _ in range(number)]
    mean = sum(levels) / len(levels)
    return round(sum((level - mean) ** 2 for level in levels) / len(levels), 9)


def of_enablers(stored: Stored) -> Iterator[Found]:
    wales = [row for row in stored.enablers_and_barriers() if row[0] == "Wales"]
    for name, side in (("a barrier", -1), ("an enabler", 1)):
        places = [place for place, value in enumerate(RATINGS.values(), start=4) if value * side > 0]
        rated = [(row[1], sum(row[place] for place in places), sum(row[4:9]), row[10]) for row in wales]
        best = only_one(rated, lambda row: row[1])
        if best and best[1]:
            of = f"{best[1]} of the {best[2]} clusters that rated it, {whole(best[1] / best[2])}"
            yield f"Most often {name}: “{best[0]}” ({of}).", "Enablers and barriers"


def asked(stored: Stored, section: str, question: str) -> dict[str, Any]:
    sections = {one["id"]: one for one in stored.definition["sections"]}
    return next(one for one in sections[section]["questions"] if one["id"] == question)


def test_each_sentence_is_what_the_stored_answers_come_to(
    workbooks: dict[str, ReadWorkbook], in_english: Stored
) -> None:
    wanted = list(by_hand(in_english))
    found = [(sentence, sheet) for _, sentence, sheet in workbooks["en"].rows(SHEET)]
    assert 7 < len(found) <= MOST_FINDINGS
    assert found == wanted[:MOST_FINDINGS]


def test_every_rule_says_what_the_stored_answers_come_to(wales: FileRepository, in_english: Stored) -> None:
    report = Report(read_series(wales, ROUND), language("en"), is_open=True)
    found = [finding for rule in RULES if (finding := rule(report))]
    assert [(one.sentence, one.sheet) for one in found] == list(by_hand(in_english))
    assert findings(report) == tuple(found[:MOST_FINDINGS])


def test_no_more_than_ten_are_said_those_of_the_first_rules(wales: FileRepository) -> None:
    report = Report(read_series(wales, ROUND), language("en"), is_open=True)
    rules = [lambda _, number=number: KeyFinding(str(number), "") if number != 3 else None for number in range(15)]
    assert [one.sentence for one in findings_of(report, rules)] == ["0", "1", "2", *map(str, range(4, 11))]


def test_welsh_has_the_same_figures(workbooks: dict[str, ReadWorkbook]) -> None:
    figures = [
        [sorted(re.findall(r"\d+%?", re.sub(r"“.*”|(ACD|PCMW|DCG|MGSiG) \d+", "", row[1]))) for row in book.rows(SHEET)]
        for book in workbooks.values()
    ]
    assert figures[0] == figures[1]


def test_each_leads_to_the_sheet_of_its_figures(book: ReadWorkbook) -> None:
    rows = [row for row in book.sheet(SHEET).iter_rows() if row[0].value in range(1, MOST_FINDINGS + 1)]
    assert len(rows) > 2
    for row in rows:
        assert row[2].hyperlink.location == f"'{row[2].value}'!A1"
        assert row[2].value in book.book.sheetnames


def test_it_comes_before_every_figure(workbooks: dict[str, ReadWorkbook]) -> None:
    assert workbooks["en"].book.sheetnames[3] == SHEET


@pytest.mark.parametrize(("numbers", "best"), [([3, 1, 2], 3), ([3, 3, 2], None), ([], None), ([1], 1)])
def test_of_two_that_are_equal_neither_is_named(numbers: list[int], best: int | None) -> None:
    found = highest([{"n": number} for number in numbers], lambda row: row["n"])
    assert (found and found["n"]) == best


def test_no_second_figure_decides_between_two_enablers_that_are_equal(wales: FileRepository) -> None:
    report = Report(read_series(wales, ROUND), language("en"), is_open=True)
    sheet = report.made(enablers_and_barriers)
    assert isinstance(sheet.body, Table)
    one, *_ = sheet.body.rows
    report._made[enablers_and_barriers] = replace(sheet, body=replace(sheet.body, rows=[one]))
    assert most_often_enabler(report)
    other = [*one[:1], "Another", *one[2:10], 2.0, *one[11:]]
    report._made[enablers_and_barriers] = replace(sheet, body=replace(sheet.body, rows=[one, other]))
    assert most_often_enabler(report) is None


@pytest.mark.parametrize(
    ("numbers", "said"),
    [((3, 1, 2), "3 moved up and 2 moved down."), ((3, 1, 0), "3 moved up and none moved down.")],
)
def test_where_nothing_moved_down_none_is_said_and_not_nought(
    numbers: tuple[int, int, int], said: str, wales: FileRepository
) -> None:
    report = Report(read_series(wales, ROUND), language("en"), is_open=True)
    sheet = report.made(movement)
    assert isinstance(sheet.body, Table)
    keys = [column.key for column in sheet.body.columns]
    row = dict(zip(keys, sheet.body.rows[1], strict=True))
    row |= dict(zip(("n_higher", "n_same", "n_lower"), numbers, strict=True)) | {"compared": 6, "p_higher": 0.5}
    rows = [sheet.body.rows[0], tuple(row[key] for key in keys)]
    report._made[movement] = replace(sheet, body=replace(sheet.body, rows=rows))
    found = largest_rise(report)
    assert found
    assert found.sentence.endswith(f"Of 6 clusters with a level now and when last asked, {said}")
    report.language = language("cy")
    welsh = largest_rise(report)
    assert welsh
    assert ("ac ni symudodd yr un i lawr" in welsh.sentence) is (not numbers[2])
