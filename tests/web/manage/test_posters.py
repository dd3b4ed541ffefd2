"""No poster of a round that nobody can answer any more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from survey.collection.rounds.round import change_round, close_round
from tests.collection.anonymous_example import NOW, ROUND
from tests.web.manage.test_tracking import TOKEN, crew  # noqa: F401 (a fixture)

POSTER = f"/manage/rounds/{ROUND}/posters/arfon"


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_a_closed_round_has_no_posters(crew, language):  # noqa: F811
    close_round(crew.kept, ROUND, NOW)
    page = crew.client("eira", language).get(f"/{language}{POSTER}", status=409)
    assert TOKEN not in page.text
    if language == "en":
        assert "This round is over, so there is no poster to print" in page.text


def test_nor_has_one_whose_time_is_over(crew):  # noqa: F811
    change_round(crew.kept, ROUND, lambda current: replace(current, closes=NOW - timedelta(days=400)))
    crew.client("eira").get(f"/en{POSTER}", status=409)
