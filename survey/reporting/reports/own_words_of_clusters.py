"""The chapters of the national report in which clusters speak for themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from survey.collection.rounds.next_round import year_after
from survey.languages import Phrase
from survey.reporting.reports.blocks import (
    NOTHING,
    Aside,
    Block,
    Line,
    Quotation,
    Subheading,
    cells_by_key,
    figures_of,
    keys_like,
    table_of,
)
from survey.reporting.workbooks.national import words
from survey.reporting.workbooks.report import Report, SheetMaker
from survey.reporting.xlsx.description import Cell, Sheet, Verbatim

LONGEST_QUOTED = 400
HOW_CHOSEN = Phrase(
    "report",
    "Quotations are chosen by rule: for each outcome the longest of at most 400 characters, and one more, if there is "
    "one in the other language or from another health board. All that was written is in the workbook of what clusters "
    "wrote, in the sheet: %(sheet)s.",
)


@dataclass(frozen=True, slots=True)
class WrittenByCluster:
    """What a cluster of a health board wrote about an outcome."""

    board: str
    cluster: str
    words: Verbatim


def went_well(report: Report) -> Iterator[Block]:
    """What went well."""
    return quotations(report, words.went_well, "words")


def went_less_well(report: Report) -> Iterator[Block]:
    """What went less well."""
    return quotations(report, words.went_less_well, "words")


def do_differently(report: Report) -> Iterator[Block]:
    """What they would do differently."""
    return quotations(report, words.do_differently, "words")


def actions(report: Report) -> Iterator[Block]:
    """What they will do next year."""
    yield Line(report.pgettext("report", "What clusters mean to do in %(year)s.", year=year_after(report.year)))
    yield from quotations(report, words.actions, "action")


def good_practice(report: Report) -> Iterator[Block]:
    """Every example that may be seen across Wales, in short."""
    sheet = told_examples(report)
    keys = ("cluster", "board", "good_practice_title", "good_practice_done")
    yield from figures_of(sheet, report.language, keys_like(sheet, *keys))


def told_examples(report: Report) -> Sheet:
    """The examples that may be seen across Wales, with headers for who reads of them: the questions are put to who
    gives them."""
    sheet = report.made(words.good_practice)
    table, headers = table_of(sheet), {"good_practice_done": report.pgettext("report", "What was done")}
    columns = tuple(replace(column, header=headers.get(column.key, column.header)) for column in table.columns)
    line = report.pgettext("workbook", "Words stand as they were written, in the language they were written in.")
    return replace(sheet, body=replace(table, columns=columns), preamble=(*sheet.preamble, line))


def quotations(report: Report, maker: SheetMaker, key: str) -> Iterator[Block]:
    """What was written about each outcome, chosen by rule; whoever wrote it is named, as clusters are."""
    sheet = report.made(maker)
    written = written_by_outcome(sheet, key)
    if not written:
        yield Line(report.language.say(NOTHING))
        return
    for outcome in map(report.outcome_name, report.outcomes):
        if outcome in written:
            yield Subheading(outcome)
            for passage in chosen(written[outcome]):
                yield Quotation(passage.words, f"{passage.cluster}, {passage.board}")
    yield Aside(report.language.say(HOW_CHOSEN, sheet=sheet.name))


def written_by_outcome(sheet: Sheet, key: str) -> dict[Cell, list[WrittenByCluster]]:
    """What a column of words holds, by the name of the outcome."""
    by_outcome: dict[Cell, list[WrittenByCluster]] = {}
    for row in cells_by_key(sheet):
        words = row[key]
        if isinstance(words, Verbatim):
            by_outcome.setdefault(row["outcome"], []).append(
                WrittenByCluster(str(row["board"]), str(row["cluster"]), words)
            )
    return by_outcome


def chosen(written: Sequence[WrittenByCluster]) -> list[WrittenByCluster]:
    """The longest that is short enough to be quoted, then the one that adds most to it: another language, another
    health board, then the longest. Where all are too long, the shortest stands alone; nothing is said twice.
    """
    short = [passage for passage in written if len(passage.words.text) <= LONGEST_QUOTED]
    if not short:
        return [min(written, key=lambda passage: len(passage.words.text))]
    first = max(short, key=lambda passage: len(passage.words.text))
    others = [passage for passage in short if passage.words.text != first.words.text]
    if not others:
        return [first]

    def adds(passage: WrittenByCluster) -> tuple[bool, bool, int]:
        other_language = passage.words.language != first.words.language
        return other_language, passage.board != first.board, len(passage.words.text)

    return [first, max(others, key=adds)]
