"""What was begun is there until its line is in the log, in files and in the database."""

from datetime import timedelta

from survey.collection.people.begun_acts import LASTS, begin_act, end_act, stopped_acts
from tests.collection.example import NOW


def test_an_act_is_said_to_be_stopped_only_once_it_cannot_be_under_way(kept):
    begin_act(kept, "a", "eira", "/manage/new-round", "", NOW)
    begin_act(kept, "b", "eira", "/manage/new-round", "", NOW)
    assert list(stopped_acts(kept, NOW + LASTS)) == []
    end_act(kept, "b")
    end_act(kept, "b")
    (left,) = stopped_acts(kept, NOW + LASTS + timedelta(seconds=1))
    assert (left["who"], left["act"]) == ("eira", "/manage/new-round")
