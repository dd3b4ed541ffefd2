"""Small changes after which all is shown as before: which cells they change, where little else may change."""

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.reporting.disclosure import rounding_audit
from survey.reporting.disclosure.counts import CountCell, Counts, PeopleGroup, Sum
from survey.reporting.disclosure.exchanges import exchanged
from survey.reporting.disclosure.rounding_audit import RoundingAttack
from tests.reporting.count_tables import two_way

NORTH, SOUTH = ("board", "n"), ("board", "s")
GP, NURSE = ("job", "g"), ("job", "n")
BOARDS, JOBS = (NORTH, SOUTH), (GP, NURSE)
MORE, LESS, EITHER = (True, False), (False, True), (True, True)
Way = tuple[bool, bool]


def asked(breakdowns: Sequence[Sequence[PeopleGroup]], sums: Iterable[tuple[str, str]], ofs: str = "") -> Counts:
    """Numbers of what is answered, each a letter: in every group, and by what else they add up to."""
    groups = [(), *(group for each in breakdowns for group in each)]
    together = [*sums]
    names = dict.fromkeys([*ofs, *(name for whole, parts in together for name in (whole, *parts))])
    by_group = [
        Sum(CountCell(of, ()), tuple(CountCell(of, group) for group in each)) for of in names for each in breakdowns
    ]
    by_answer = [
        Sum(CountCell(whole, group), tuple(CountCell(part, group) for part in parts))
        for whole, parts in together
        for group in groups
    ]
    return Counts({CountCell(of, group): 9 for of in names for group in groups}, (*by_group, *by_answer))


def changed(
    counts: Counts, breakdowns: Sequence[Sequence[PeopleGroup]], room: dict[tuple[str, PeopleGroup], Way]
) -> set[tuple[str, PeopleGroup]]:
    """Those that are changed where some have room, and all others none."""
    ways = {cell: room.get((cell.of, cell.group), (False, False)) for cell in counts.values}
    return {(cell.of, cell.group) for cell in exchanged(counts, ways, breakdowns)}


def cells(ofs: str, *groups: PeopleGroup) -> set[tuple[str, PeopleGroup]]:
    return {(of, group) for of in ofs for group in groups}


def test_somebody_of_a_group_gives_another_answer() -> None:
    counts = asked([BOARDS], [("q", "ab")])
    room = {("a", ()): MORE, ("a", NORTH): MORE, ("b", ()): LESS, ("b", NORTH): LESS}
    assert changed(counts, [BOARDS], room) == {*room}
    assert changed(counts, [BOARDS], room | {("a", ()): LESS}) == set()


def test_somebody_is_in_a_group_of_every_breakdown() -> None:
    breakdowns = [BOARDS, JOBS]
    counts = asked(breakdowns, [("q", "ab")])
    room = {("a", ()): MORE, ("a", NORTH): MORE, ("b", ()): LESS, ("b", NORTH): LESS}
    assert changed(counts, breakdowns, room) == set()
    more = room | {("a", NURSE): MORE, ("b", NURSE): LESS}
    assert changed(counts, breakdowns, more) == {*more}


def test_two_of_two_groups_give_each_other_s_answer() -> None:
    """In all there are as many of each as before."""
    counts = asked([BOARDS], [("q", "ab")])
    room = {("a", NORTH): MORE, ("b", NORTH): LESS, ("a", SOUTH): LESS, ("b", SOUTH): MORE}
    assert changed(counts, [BOARDS], room) == {*room}


def test_for_an_exchange_it_takes_two_groups_of_one_breakdown() -> None:
    breakdowns = [BOARDS, JOBS]
    counts = asked(breakdowns, [("q", "ab")])
    room = {(of, NORTH): EITHER for of in "ab"}
    assert changed(counts, breakdowns, room) == set()
    assert changed(counts, breakdowns, room | {("a", GP): LESS, ("b", GP): MORE}) == set()
    there = {("a", SOUTH): LESS, ("b", SOUTH): MORE}
    assert changed(counts, breakdowns, room | there) == {*room, *there}


def test_whoever_answers_gives_one_answer_of_each_set() -> None:
    counts = asked([BOARDS], [("q", "ab"), ("q", "xyz")])
    room = {(of, group): MORE for of in "qbyz" for group in ((), NORTH)}
    assert changed(counts, [BOARDS], room) == cells("qby", (), NORTH), "b goes with y, and the third with the first"
    assert changed(counts, [BOARDS], {key: way for key, way in room.items() if key[0] != "q"}) == set()
    assert changed(counts, [BOARDS], {key: way for key, way in room.items() if key[0] != "b"}) == set()


def test_what_adds_up_with_nothing_changes_by_itself() -> None:
    counts = asked([BOARDS], [("q", "ab")], "m")
    room = {(of, group): LESS for of in "mqa" for group in ((), SOUTH)}
    assert changed(counts, [BOARDS], room | {("a", SOUTH): (False, False)}) == cells("m", (), SOUTH)
    assert changed(counts, [BOARDS], room) == cells("mqa", (), SOUTH)


def test_of_what_adds_up_with_nothing_one_group_may_have_one_more_and_another_one_less() -> None:
    counts = asked([BOARDS], [("q", "ab")], "m")
    room = {("m", NORTH): MORE, ("m", SOUTH): LESS}
    assert changed(counts, [BOARDS], room) == {*room}
    assert changed(counts, [BOARDS], room | {("m", SOUTH): MORE}) == set()


def ranked(within: Iterable[tuple[str, str]], *more: tuple[str, str]) -> Counts:
    """First a or b; a is ranked at all if it is first or later."""
    counts = asked([BOARDS], [("q", "ab"), ("r", "al"), *more])
    inside = [(CountCell(part, ()), CountCell(whole, ())) for part, whole in within]
    return Counts(counts.values, counts.sums, tuple(inside))


def test_whoever_ranks_an_option_first_has_ranked_it() -> None:
    others = cells("b", (), NORTH)
    room = {(of, group): MORE for of in "ar" for group in ((), NORTH)} | dict.fromkeys(others, LESS)
    assert changed(ranked([("r", "q")]), [BOARDS], room) == {*room}
    without = {key: way for key, way in room.items() if key[0] != "r"}
    assert changed(ranked([("r", "q")]), [BOARDS], without) == set()


def test_what_is_part_of_something_that_is_not_among_the_whole_is_left_to_the_program() -> None:
    room = {(of, group): EITHER for of in "abr" for group in ((), NORTH)}
    assert changed(ranked([]), [BOARDS], room) == set()
    assert changed(ranked([("r", "q")]), [BOARDS], room) == {*room}


def test_what_has_parts_or_a_whole_of_its_own_beside_is_left_to_the_program() -> None:
    room = {(of, group): EITHER for of in "abrt" for group in ((), NORTH)}
    assert changed(ranked([("r", "q")], ("t", "rs")), [BOARDS], room) == set()
    of_parts = ranked([("r", "q")], ("a", "uv"))
    assert changed(of_parts, [BOARDS], room) == set()


def crossed(room: dict[PeopleGroup, Way]) -> set[PeopleGroup]:
    """The groups of respondents of a table of boards and jobs that are changed."""
    table = [[(*board, *job) for job in JOBS] for board in BOARDS]
    groups = [(), *BOARDS, *JOBS, *(group for row in table for group in row)]
    counts = Counts({CountCell("", group): 9 for group in groups}, ())
    ways = {cell: room.get(cell.group, (False, False)) for cell in counts.values}
    return {cell.group for cell in exchanged(counts, ways, [BOARDS, JOBS])}


NORTH_GP, NORTH_NURSE, SOUTH_GP, SOUTH_NURSE = ((*board, *job) for board in BOARDS for job in JOBS)


def test_a_respondent_more_is_in_a_board_a_job_and_both() -> None:
    for way in (MORE, LESS):
        room = dict.fromkeys([(), NORTH, GP, NORTH_GP], way)
        assert crossed(room) == {*room}
        for group in room:
            without = {other: way for other in room if other != group}
            assert NORTH_GP not in crossed(without)


def test_a_respondent_of_another_job_leaves_the_board_as_it_is() -> None:
    room = {NORTH_GP: MORE, NORTH_NURSE: LESS, GP: MORE, NURSE: LESS}
    assert crossed(room) == {*room}
    assert crossed(room | {NURSE: MORE}) == set()
    assert crossed(room | {GP: LESS}) == set()


def test_a_respondent_of_another_board_leaves_the_job_as_it_is() -> None:
    room = {SOUTH_GP: MORE, NORTH_GP: LESS, SOUTH: MORE, NORTH: LESS}
    assert crossed(room) == {*room}


def a_table(rows: Sequence[Sequence[int]]) -> tuple[Counts, list[list[PeopleGroup]]]:
    """Respondents by two breakdowns, and these."""
    counts = two_way([[*row] for row in rows])
    named = {name: ("board" if name[0] == "r" else "job", name) for name in ("r0", "r1", "c0", "c1")}

    def anew(cell: CountCell) -> CountCell:
        return CountCell("", tuple(part for name in " ".join(cell.group).split() for part in named[name]))

    sums = tuple(Sum(anew(total.whole), tuple(map(anew, total.parts))) for total in counts.sums)
    breakdowns = [[named[name] for name in names] for names in (("r0", "r1"), ("c0", "c1"))]
    return Counts({anew(cell): number for cell, number in counts.values.items()}, sums), breakdowns


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(st.sampled_from([0, 2, 3, 7, 8, 12]), min_size=2, max_size=2), min_size=2, max_size=2),
    unseen=st.sets(st.integers(0, 8), max_size=4),
)
def test_where_nothing_is_told_a_program_that_is_asked_of_every_cell_tells_nothing_either(
    rows: list[list[int]], unseen: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A total may seem open that is not; then a cell of the table is told, and goes first.

    That nobody can know of what is hidden that it is none, is promised by another attack.
    """
    counts, breakdowns = a_table(rows)
    hidden = frozenset(cell for place, (cell, number) in enumerate(counts.values.items()) if number and place in unseen)
    attack = RoundingAttack(counts, breakdowns)
    told = attack.told(hidden)
    with monkeypatch.context() as patch:
        patch.setattr(rounding_audit, "exchanged", lambda *_: set())
        told_by_program = attack.told(hidden)
    assert {*told} <= {*told_by_program}
    assert bool(told) == bool(told_by_program)
