"""Random rounds whose responses are lost, damaged, changed and put back, and what is released of them meanwhile; and
somebody who knows who is in which release, counts by nothing of `survey`, and looks for few people in differences."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.people.accounts import ACCOUNTS, Account
from survey.collection.responses.anonymous import responses_of
from survey.collection.rounds.releases import read_releases
from survey.languages import Language
from survey.reporting.disclosure.counts import CountCell
from survey.reporting.disclosure.protection import Protected
from survey.reporting.disclosure.rounding import NEAREST
from survey.reporting.releases import of_people
from survey.reporting.releases.exact_numbers import LAST
from survey.reporting.releases.history import PastRelease
from survey.reporting.releases.of_people import correct, draft_correction, released
from survey.reporting.workbooks.registry import Prepared
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.releases.joint_attack import JointAttack, Numbers, Rounding, nearest
from tests.reporting.releases.pattern_attack import PatternAttack
from tests.reporting.workforce.survey_of_people import CLOSES, ROUND, answers_of, closed_round, short_definition

WHERE = responses_of(ROUND)
DEFINITION = short_definition()
OPTIONS = {
    question["id"]: [option["code"] for option in question["options"]]
    for section in DEFINITION["sections"]
    for question in section["questions"]
    if question["type"] in ("ranking", "multiple_choice")
}
SEVERAL = [
    question["id"]
    for section in DEFINITION["sections"]
    for question in section["questions"]
    if question["type"] == "multiple_choice"
]
SENSITIVE = ("stay", "wellbeing_energy")
Group = tuple[str, ...]
Cell = tuple[str, Group]
Record = dict[str, Any]
Crowd = Mapping[str, Record]
"""Who is in a release: records by whatever tells two people, or two versions of one, apart."""


@dataclass(frozen=True)
class Seen:
    """A release as anybody sees it: of all cells those that it shows, and (which they may know) who is in it; and in
    which numbers."""

    cells: frozenset[Cell]
    shown: frozenset[Cell]
    crowd: Crowd
    numbers: Numbers


@dataclass
class Story:
    """What came of a round: its threshold, its releases, and which corrections were refused."""

    threshold: int
    of_any: bool = False
    seen: list[Seen] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    left_out: int = 0


def story(root: Path, seed: int) -> Story:
    """A random round and a random sequence of changes, with a correction tried after each.

    Every fifth is of a questionnaire about which nothing is known, so that every answer is protected.
    """
    random = Random(seed)
    threshold = random.choice((3, 5, 10))
    definition = short_definition()
    if seed % 5 == 4:
        for question in (each for section in definition["sections"] for each in section["questions"]):
            question.pop("measure", None)
            question.pop("sensitivity", None)
    number, boards = random.choice((20, 50, 80)), random.choice((2, 3))
    repository = closed_round(root, definition, number, seed, boards=boards, clusters=2)
    repository.write(ACCOUNTS, "eira", asdict(Account("eira", "national", None, "")))
    told = Story(threshold, of_any=seed % 5 == 4)
    gone: dict[str, Record] = {}
    released(repository, ROUND, threshold, "eira", CLOSES)
    told.seen.append(_look(repository))
    for _ in range(random.choice((1, 2, 3))):
        _change(repository, random, gone)
        assert released(repository, ROUND, random.choice((1, 2, threshold)), "eira", CLOSES).number == len(told.seen)
        try:
            draft = draft_correction(repository, ROUND)
            told.left_out += len(draft.left_out)
            correct(repository, draft, "eira", "because", CLOSES)
        except DomainError as refused:
            told.refused.append(refused.code)
            continue
        told.seen.append(_look(repository))
    return told


_drawn: list[Numbers] = []
"""Of the workbooks that were not drawn, those with rounded numbers: in what numbers they would have been."""


def undrawn(prepared: Prepared, told: Language, folder: Path) -> Path:
    """Stands in for the drawing of a workbook, which has tests of its own."""
    protected = getattr(prepared.workbook, "__wrapped__", prepared.workbook).args[-1]
    if protected.rounded_to == NEAREST:
        _drawn[:] = [numbers_of(protected)]
    path = folder / f"workbook.{told.code}.xlsx"
    path.write_bytes(b"")
    return path


UNDRAWN = ((Prepared, "write", undrawn), (of_people, "charts_of", lambda *_: b"{}"))
"""What stands in for what: whose, its name, the other. For releases of which nobody opens the files."""


def _look(repository: FileRepository) -> Seen:
    release = read_releases(repository, ROUND)[-1]
    assert release.threshold == read_releases(repository, ROUND)[0].threshold
    past = PastRelease(repository, ROUND, release)
    cells = next(iter(past.parts.values())).numbers
    crowd = {f"{key} {record}": dict(record) for key, record in repository.read_all(WHERE) if isinstance(record, dict)}
    shown = cells.keys() - past.hidden
    return Seen(frozenset(map(tuple, cells)), frozenset(map(tuple, shown)), crowd, _drawn[0])


def numbers_of(protected: Protected) -> Numbers:
    """Every number that the figures of a release are worked out from. Those who did not give an answer have none."""
    counted = [(cell, (cell,), number) for cell, number in protected.counts.values.items() if cell.of[-1:] != "!"]
    counted += [
        (cell, (CountCell(cell.of.rpartition("=")[0], cell.group), cell), number)
        for cell, number in protected.ordinary.items()
    ]
    shown = {cell: protected.shown(number, *cells) for cell, cells, number in counted}
    return Numbers(
        {(cell.of, cell.group): number for cell, _, number in counted},
        {(cell.of, cell.group): number for cell, number in shown.items() if number is not None},
    )


def _change(repository: FileRepository, random: Random, gone: dict[str, Record]) -> None:
    keys = repository.keys(WHERE)
    what = random.choice(("remove", "remove", "restore", "change", "come", "swap"))
    number = random.choice((1, 2, 5, 11, 30))
    chosen = random.sample(keys, min(number, len(keys) // 2))
    if what in ("remove", "swap"):
        for key in chosen:
            gone[key] = repository.read(WHERE, key) or {}
            repository.delete(WHERE, key)
    if what in ("restore", "swap"):
        for key in random.sample(sorted(gone), min(number, len(gone))):
            repository.create(WHERE, key, gone.pop(key))
    if what == "change":
        for key in chosen:
            record = repository.read(WHERE, key) or {}
            repository.write(WHERE, key, {**record, "pages": _pages(random)})
    if what == "come":
        like = repository.read(WHERE, keys[0]) or {}
        for _ in range(number):
            repository.create(WHERE, f"{random.getrandbits(128):032x}", {**like, "pages": _pages(random)})


def _pages(random: Random) -> Record:
    answers = answers_of(DEFINITION, random)
    return {page: {"answers": given, "written_in": {}} for page, given in answers.items()}


# The attack


def cells_of(record: Record, *, of_any: bool) -> frozenset[Cell]:
    """Every cell that a person is counted in, in the workbook of the workforce or of any questionnaire."""
    answers = {page: given["answers"] for page, given in record["pages"].items()}
    board = ("board", f"W{record['cluster'].split('-')[1]}")
    profession = ("profession", answers["role"]["profession"])
    groups: tuple[Group, ...] = ((), board, profession)
    return frozenset(
        [
            *(("", group) for group in (*groups, (*profession, *board))),
            *((item, group) for item in (_answers if of_any else _answered)(answers) for group in groups),
        ]
    )


def _answered(answers: Record) -> Iterator[str]:
    for row, scores in answers.get("skills", {}).get("skills", {}).items():
        if len(scores) == 2 and scores["confidence"] != "not_applicable":
            yield f"skills.skills.{row}"
    for page, given in answers.items():
        for question, answer in given.items():
            if question not in ("skills", "profession") and answer != "prefer_not_to_say":
                yield f"{page}.{question}"
                if question in SENSITIVE:
                    yield f"{page}.{question}={answer}"


def _answers(answers: Record) -> Iterator[str]:
    """What is counted where every answer is."""
    for row, scores in answers.get("skills", {}).get("skills", {}).items():
        for column, code in scores.items():
            yield from _base_and_answers(f"skills.skills.{row}.{column}", [code])
    for page, given in answers.items():
        for question, answer in given.items():
            key = f"{page}.{question}"
            if question == "training_needs":
                yield from _base_and_answers(f"{key}:first", answer[:1])
                yield from _base_and_answers(f"{key}:ranked", answer, OPTIONS[question])
            elif isinstance(answer, list):
                yield from _base_and_answers(key, answer, OPTIONS[question])
            elif question != "skills":
                yield from _base_and_answers(key, [answer])


def _base_and_answers(key: str, chosen: Sequence[str], options: Sequence[str] = ()) -> Iterator[str]:
    yield key
    yield from (f"{key}={code}" for code in chosen)
    yield from (f"{key}={code}!" for code in options if code not in chosen)


def attacked_exactly(told: Story, given_out: int = LAST) -> PatternAttack:
    """The attack on the exact numbers of the first releases, as many as are given out, with the rounded ones of all."""
    seen, people = told.seen, defaultdict(list)
    for key, record in {key: record for one in seen for key, record in one.crowd.items()}.items():
        people[tuple(key in one.crowd for one in seen)].append(cells_of(record, of_any=told.of_any))
    cells = frozenset().union(*(one.cells for one in seen))
    bounds = [_bounds(one.numbers, seen[0].numbers) for one in seen[given_out:]]
    return PatternAttack(cells, [one.shown for one in seen], people, SEVERAL, told.threshold, bounds)


def _bounds(numbers: Numbers, first: Numbers) -> dict[Cell, tuple[int, int]]:
    """What the numbers of a correction can be for somebody who has those of the first release exactly."""
    changes = {cell: shown - first.shown[cell] for cell, shown in numbers.shown.items()}
    return {
        cell: (max(first.exact[cell] + change - 2, 0), first.exact[cell] + change + 2)
        for cell, change in changes.items()
    }


def attacked_rounded(told: Story, rounding: Rounding) -> JointAttack:
    """The attack on the rounded numbers of all releases together."""
    return JointAttack([one.numbers for one in told.seen], SEVERAL, rounding)


def each_by_itself(told: Story) -> Story:
    """The same as if each correction had been rounded as if nothing had been released before."""
    first, *corrections = told.seen
    careless = [
        replace(one, numbers=Numbers(exact, {cell: nearest(exact[cell]) for cell in one.numbers.shown}))
        for one in corrections
        for exact in (one.numbers.exact,)
    ]
    return replace(told, seen=[first, *careless])


def few(told: Story) -> list[tuple[Cell, ...]]:
    """Cells, alone or together, of which subtracting between releases leaves fewer people than the threshold."""
    seen, threshold = told.seen, told.threshold
    records = {key: record for one in seen for key, record in one.crowd.items()}
    inside: dict[Cell, set[str]] = defaultdict(set)
    for key, record in records.items():
        for cell in cells_of(record, of_any=told.of_any):
            inside[cell].add(key)
    everything = frozenset(inside) | frozenset().union(*(one.shown for one in seen))
    found = []
    for last in range(1, len(seen)):
        releases = seen[: last + 1]
        for cells in _to_be_had(releases, everything):
            people = set().union(*(inside[cell] for cell in cells))
            patterns = Counter(tuple(key in one.crowd for one in releases) for key in people)
            if any(0 < number < threshold for pattern, number in patterns.items() if len(set(pattern)) > 1):
                found.append(cells)
    return found


def _to_be_had(releases: Sequence[Seen], everything: frozenset[Cell]) -> Iterator[tuple[Cell, ...]]:
    """What anybody has of each of some releases: cells they all show; what those they do not show are together."""
    shown = frozenset.intersection(*(one.shown for one in releases))
    yield from ((cell,) for cell in shown)
    for whole in shown:
        for parts in _sums(whole, everything):
            left = tuple(sorted(parts - shown))
            if left:
                yield left


def _sums(whole: Cell, everything: frozenset[Cell]) -> Iterator[frozenset[Cell]]:
    of, group = whole
    answers = {cell for cell in everything if cell[0].startswith(f"{of}=") and cell[1] == group}
    left_unchosen = {cell for cell in answers if cell[0].endswith("!")}
    for cell in left_unchosen:
        yield frozenset([cell, (cell[0][:-1], group)])
    if answers and not left_unchosen:
        yield frozenset(answers)
    if not group:
        of_groups = [cell for cell in everything if cell[0] == of and len(cell[1]) == 2]
        for breakdown in ("board", "profession"):
            yield frozenset(cell for cell in of_groups if cell[1][0] == breakdown)
    elif of == "" and len(group) == 2:
        yield frozenset(
            cell for cell in everything if cell[0] == "" and len(cell[1]) == 4 and group in (cell[1][:2], cell[1][2:])
        )
