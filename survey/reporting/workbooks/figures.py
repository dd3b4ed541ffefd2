"""How the figures of each kind of workbook of people are counted, protected and described, by the kind’s name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from survey.languages import Language
from survey.reporting.disclosure.counts import CountCell
from survey.reporting.records.people import People
from survey.reporting.workbooks.generic import people as generic
from survey.reporting.workbooks.generic.workbook import workbook_of_people
from survey.reporting.workbooks.workforce import release as workforce
from survey.reporting.workbooks.workforce.workbook import workforce_workbook
from survey.reporting.xlsx.description import Workbook
from survey.storage.repository import Repository


@dataclass(frozen=True, slots=True)
class Figures:
    """`protect` gives what may be shown of a round with a threshold, and cells withheld; a subclass of `Protected`,
    which `describe` takes. `count` gives every number, shown or not, of some of its people."""

    protect: Callable[..., Any]
    count: Callable[[People], Mapping[CountCell, int]]
    describe: Callable[[Repository, Any, Language], Workbook]


FIGURES = {
    "workforce": Figures(workforce.release_of, workforce.count, workforce_workbook),
    "people": Figures(generic.answer_release, generic.count, workbook_of_people),
}
