"""What is released of a round of people: every figure that may be shown, and no other.

The tables are linked, and are protected as one: all respondents by health board, profession, and profession
and health board together; and for each item the people in its base, by health board and by profession. The figures
of an answer (shares, means) are shown where their base is, so what anybody can work out from them is, at the
closest, the answers of all hidden groups together, and those are never fewer people than the threshold. Of a cluster
it is told whether it has as many respondents as the threshold, as it was while the round was open; what is known by
that goes into the protection.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from survey.questionnaire.definition import Question, Section
from survey.reporting.disclosure.audit import audit
from survey.reporting.disclosure.counts import CountCell, Counts, PeopleGroup, Sum
from survey.reporting.disclosure.protection import (
    RESPONDENTS,
    Protected,
    board_groups,
    known_of_clusters,
    one_way,
    places_of,
)
from survey.reporting.disclosure.suppression import hidden_cells
from survey.reporting.measures.tallies import Groups, Tally, tallies
from survey.reporting.measures.workforce import COUNTED, PROFESSION
from survey.reporting.records.people import People

PROFESSIONS = "profession"
NO_PROFESSION = ""


@dataclass(frozen=True, eq=False)
class Release(Protected):
    """The figures of a round: the items counted of each of the questionnaire’s measures."""

    groups: Groups
    tallies: Mapping[str, tuple[Tally, ...]]

    def figure(self, tally: Tally, name: str, group: PeopleGroup) -> float | None:
        """A share or mean of a group, unrounded; None where its base is hidden."""
        base = self.count(group, tally.item.key)
        return None if base is None else float(tally.sums[name][self.groups.place[group]]) / base

    @property
    def professions(self) -> tuple[PeopleGroup, ...]:
        """The groups by profession, in the order of the questionnaire."""
        return tuple(group for group in self.groups.all if group[:1] == (PROFESSIONS,))


def release_of(people: People, threshold: int) -> Release:
    """Count everything, hide what must be hidden, and attack the result. Raises Recoverable: then write nothing."""
    boards, board_places = board_groups(people), places_of(people, "board")
    professions, profession_places = _professions(people)
    groups = Groups([(boards, board_places), (professions, profession_places)])
    counted = {name: tuple(_counted(people, groups, name)) for name in COUNTED}
    of_everybody = groups.sums(np.ones(len(people.frame)))
    values = {CountCell(RESPONDENTS, group): int(of_everybody[groups.place[group]]) for group in groups.all}
    sums = one_way(RESPONDENTS, boards, professions)
    sums += _two_way(boards, board_places, professions, profession_places, values)
    within: list[tuple[CountCell, CountCell]] = []
    for tally in (tally for found in counted.values() for tally in found):
        key = tally.item.key
        values |= {CountCell(key, group): int(tally.base[groups.place[group]]) for group in groups.all}
        sums += one_way(key, boards, professions)
        within += [(CountCell(key, group), CountCell(RESPONDENTS, group)) for group in groups.all]
    counts = Counts(
        values, tuple(sums), tuple(within), frozenset(part for part, _ in within), *known_of_clusters(people, threshold)
    )
    hidden = hidden_cells(counts, threshold)
    audit(counts, hidden, threshold)
    return Release(people, threshold, counts, hidden, groups, counted)


def asked_for(people: People, measure: str) -> Iterator[tuple[Section, Question]]:
    """The questions that feed a measure of the questionnaire, in its order."""
    for section in people.snapshot.questionnaire.sections:
        for question in section.questions:
            if question.measure == measure:
                yield section, question


def _counted(people: People, groups: Groups, name: str) -> Iterator[Tally]:
    for section, question in asked_for(people, name):
        yield from tallies(people, groups, section, question, COUNTED[name].left_out)


def _professions(people: People) -> tuple[list[PeopleGroup], NDArray[np.int64]]:
    """The groups by profession, with one for those who gave none when there are any, and each person’s place."""
    section, question = next(asked_for(people, PROFESSION.question))
    found = people.frame[f"{section.id}.{question.id}"].to_numpy(dtype=np.float64)
    groups: list[PeopleGroup] = [(PROFESSIONS, option.code) for option in question.options]
    if np.isnan(found).any():
        found = np.where(np.isnan(found), len(groups), found)
        groups.append((PROFESSIONS, NO_PROFESSION))
    return groups, found.astype(np.int64)


def _two_way(
    boards: list[PeopleGroup],
    board_places: NDArray[np.int64],
    professions: list[PeopleGroup],
    profession_places: NDArray[np.int64],
    values: dict[CountCell, int],
) -> list[Sum]:
    """Respondents by profession and health board: they add up to both."""
    width = len(boards)
    found = np.bincount(profession_places * width + board_places, minlength=len(professions) * width)
    table = [[CountCell(RESPONDENTS, (*profession, *board)) for board in boards] for profession in professions]
    values |= dict(zip((cell for row in table for cell in row), map(int, found), strict=True))
    return [
        *(Sum(CountCell(RESPONDENTS, group), tuple(row)) for group, row in zip(professions, table, strict=True)),
        *(
            Sum(CountCell(RESPONDENTS, group), tuple(column))
            for group, column in zip(boards, zip(*table, strict=True), strict=True)
        ),
    ]
