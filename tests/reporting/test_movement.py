"""Movement looks back to the last time an outcome was put to that cluster, whatever came in between."""

import json
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from survey.questionnaire.builder import framework_from, questionnaire_from
from survey.questionnaire.walk import Instrument
from survey.reporting.measures.levels import movements
from survey.reporting.records.round_data import AnswerRow, ResponseStanding, RoundData
from survey.reporting.records.series import RoundSeries
from survey.reporting.records.variables import variables_of_round
from tests.reporting.small_wales import QUESTIONNAIRES

LEVELS = ["working_towards", "foundation", "developing", "mature"]
FRAMEWORK = framework_from(
    json.loads((QUESTIONNAIRES / "frameworks" / "cluster-development-framework-2022.json").read_text("utf-8"))
)
QUESTIONNAIRE = questionnaire_from(json.loads((QUESTIONNAIRES / "self-reflection" / "2026.json").read_text("utf-8")))
PLACES = [(cluster, outcome) for cluster in ("a", "b") for outcome in ("pcmw-01", "acd-01")]

OPENED: Any = SimpleNamespace(instrument_of_all=lambda: Instrument(QUESTIONNAIRE, FRAMEWORK, ("pcmw-01", "acd-01")))
# The variable of the level judged on each outcome.
VARIABLES = {one.outcome: one for one in variables_of_round(OPENED) if one.measure == "judged_level"}

# For each cluster and outcome: None when it is not put to the cluster, else a level or why there is none.
answers = st.sampled_from([None, *LEVELS, "not_answered"])
rounds = st.fixed_dictionaries(dict.fromkeys(PLACES, answers))


def round_data(year: str, given_answers: dict[tuple[str, str], str | None], silent: bool) -> RoundData:
    """A round of two clusters, of which b has not submitted if `silent`."""
    rows: list[AnswerRow] = []
    for (cluster, outcome), answer in given_answers.items():
        if answer is not None:
            state: Any = "no_response" if silent and cluster == "b" else "answered" if answer in LEVELS else answer
            value = answer if state == "answered" else None
            rows.append(AnswerRow(cluster, "W1", VARIABLES[outcome], value, state, ""))
    snapshot: Any = SimpleNamespace(questionnaire=QUESTIONNAIRE, round=SimpleNamespace(reporting_year=year))
    return RoundData(
        snapshot=snapshot,
        clusters={
            code: ResponseStanding("W1", "submitted" if counts else "not_started", counts, None, "")
            for code, counts in (("a", True), ("b", not silent))
        },
        answers=tuple(rows),
        variables=(),
        files={},
        unreadable=(),
        changed=datetime(2026, 1, 1, tzinfo=UTC),
        digest="",
    )


@settings(deadline=None)
@given(st.lists(rounds, min_size=1, max_size=4), st.booleans())
def test_each_movement_is_from_the_last_time_asked(years: list[dict[Any, Any]], silent_now: bool) -> None:
    data = [
        round_data(f"20{number}-{number + 1}", given_answers, silent_now and number == 19 + len(years))
        for number, given_answers in enumerate(years, start=20)
    ]
    found = movements(RoundSeries(data[-1], tuple(data[:-1]), ()))
    assert {(moved.cluster, moved.outcome) for moved in found} == {
        place for place, answer in years[-1].items() if answer is not None
    }
    for moved in found:
        place = (moved.cluster, moved.outcome)
        before = [year[place] for year in years[:-1] if year[place] is not None]
        now = years[-1][place]
        if silent_now and moved.cluster == "b":
            assert moved.movement == "no_response"
        elif not before:
            assert (moved.movement, moved.year, moved.before) == ("first_time", None, None)
        elif now not in LEVELS or before[-1] not in LEVELS:
            assert moved.movement == "not_known"
        else:
            step = LEVELS.index(now) - LEVELS.index(before[-1])
            assert moved.movement == {1: "higher", 0: "same", -1: "lower"}[(step > 0) - (step < 0)]
            assert (moved.before, moved.now) == (before[-1], now)
    assert len(found) == len({(moved.cluster, moved.outcome) for moved in found})
