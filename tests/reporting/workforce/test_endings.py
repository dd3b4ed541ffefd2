"""How many people were led to an ending stands in their workbook, protected as every number there."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from survey.collection.responses.endings import endings_of
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.disclosure.rounding import NOT_ROUNDED
from survey.reporting.records.people import read_closed
from survey.reporting.workbooks.generic.people import answer_release
from survey.reporting.workbooks.generic.workbook import workbook_of_people
from survey.reporting.xlsx.description import Paragraphs
from tests.reporting.workforce.survey_of_people import ROUND, closed_round

DEFINITION: dict[str, Any] = {
    "id": "short",
    "edition": "2026",
    "respondent": "anonymous",
    "title": "Short",
    "option_sets": {},
    "sections": [
        {
            "id": "one",
            "title": "One",
            "questions": [
                {
                    "id": "job",
                    "type": "single_choice",
                    "label": "What do you do?",
                    "options": [{"code": "a", "label": "One thing"}, {"code": "b", "label": "Another"}],
                },
                {
                    "id": "not_for_you",
                    "type": "ending",
                    "label": "This is not for you.",
                    "show_when": {"all": [{"question": "job", "operator": "=", "answer": "b"}]},
                },
            ],
        }
    ],
}
ENDED = "people were told that the survey is not for them"


@pytest.mark.parametrize(
    ("count", "to", "said"),
    [
        (0, 5, "Fewer than 5 " + ENDED),
        (4, NOT_ROUNDED, "Fewer than 5 " + ENDED),
        (13, 5, "15 " + ENDED),
        (13, NOT_ROUNDED, "13 " + ENDED),
    ],
)
def test_people_at_an_ending_are_told_with_the_responses(tmp_path: Path, count: int, to: int, said: str) -> None:
    repository = closed_round(tmp_path, DEFINITION, 12, seed=1)
    if count:
        repository.write(endings_of(ROUND), "one.not_for_you", {"count": count})
    release = replace(answer_release(read_closed(repository, load_snapshot(repository, ROUND)), 5), rounded_to=to)
    sheets = {sheet.name: sheet for sheet in workbook_of_people(repository, release, language("en")).sheets}
    assert any(line.startswith(said) for line in sheets["Response by health board"].preamble)
    cover = sheets["Cover"].body
    assert isinstance(cover, Paragraphs)
    assert any(str(line).startswith(said) for line in cover.lines)
