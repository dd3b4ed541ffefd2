"""Who is on a page with whom."""

from datetime import timedelta

from survey.collection.responses.presence import MOST_PRESENT, PRESENT, note_presence
from survey.collection.responses.response import Writer
from tests.collection.example import NOW, ROUND

EIRA, SION, NOBODY = Writer("cy", "Eira", "a"), Writer("en", "Siôn", "b"), Writer("en", "", "c")


def on(repository, writer, page="about", now=NOW, cluster="arfon"):
    return note_presence(repository, ROUND, cluster, writer, page, now)


def test_those_on_the_same_page_see_each_other_and_not_themselves(repository):
    assert on(repository, EIRA) == []
    assert on(repository, SION) == ["Eira"]
    assert on(repository, NOBODY) == ["Eira", "Siôn"]
    assert on(repository, EIRA) == ["Siôn", ""]


def test_nobody_is_seen_on_another_page_or_in_another_cluster(repository):
    on(repository, EIRA)
    assert on(repository, SION, page="sign_off") == []
    assert on(repository, SION, cluster="conwy-west") == []


def test_whoever_goes_to_another_page_is_no_longer_on_the_first(repository):
    on(repository, EIRA)
    on(repository, EIRA, page="sign_off")
    assert on(repository, SION) == []


def test_whoever_is_not_heard_of_for_a_minute_is_gone_from_the_record_too(repository):
    on(repository, EIRA)
    assert on(repository, SION, now=NOW + PRESENT - timedelta(seconds=1)) == ["Eira"]
    assert on(repository, NOBODY, now=NOW + PRESENT) == ["Siôn"]
    assert set(repository.read(("rounds", ROUND, "presence"), "arfon")) == {"b", "c"}


def test_a_clock_that_was_ahead_leaves_nobody_behind(repository):
    on(repository, EIRA, now=NOW + timedelta(days=20))
    assert on(repository, SION) == []


def test_the_record_stays_small_whatever_is_sent(repository):
    for number in range(MOST_PRESENT + 5):
        on(repository, Writer("en", "", str(number)))
    assert len(repository.read(("rounds", ROUND, "presence"), "arfon")) == MOST_PRESENT + 1
