"""How often the feed may be asked for."""

from datetime import date, timedelta

from survey.collection.people.feed_limits import FEED_LIMITS, SHARES, Pace, share_of
from survey.storage.data_folder import open_data_folder
from tests.collection.example import NOW


def test_all_processes_count_together_and_each_consumer_for_itself(repository):
    pace, elsewhere = Pace(3, 0.1), open_data_folder(repository.root)
    assert [pace.wait(one, "portal", NOW) for one in (repository, elsewhere, repository)] == [0, 0, 0]
    assert pace.wait(elsewhere, "portal", NOW) == pace.wait(repository, "portal", NOW) == 10
    assert pace.wait(elsewhere, "other", NOW) == 0
    assert pace.wait(repository, "portal", NOW + timedelta(seconds=10)) == 0
    assert pace.wait(elsewhere, "portal", NOW + timedelta(seconds=10)) == 10
    assert pace.wait(elsewhere, "portal", NOW - timedelta(hours=1)) == 10


def test_whoever_waits_as_long_as_is_said_is_let_in(repository):
    pace = Pace(1, 0.3)
    assert [pace.wait(repository, "portal", NOW) for _ in range(2)] == [0, 4]
    assert pace.wait(repository, "portal", NOW + timedelta(seconds=3)) == 4
    assert pace.wait(repository, "portal", NOW + timedelta(seconds=4)) == 0


def test_whoever_waits_writes_nothing(repository):
    pace = Pace(1, 0.1)
    assert pace.wait(repository, "portal", NOW) == 0
    before = repository.revision(FEED_LIMITS)
    assert pace.wait(repository, "portal", NOW) == 10
    assert repository.revision(FEED_LIMITS) == before


def test_addresses_are_told_apart_for_a_day_by_shares_of_which_there_are_few(repository):
    secret, day = b"secret", date(2026, 11, 27)
    addresses = [f"192.0.2.{host}" for host in range(200)]
    shares = [share_of(secret, address, day) for address in addresses]
    assert len(set(shares)) > 180
    assert all(int(share[1:], 16) < SHARES for share in shares)
    assert shares == [share_of(secret, address, day) for address in addresses]
    assert shares != [share_of(secret, address, day + timedelta(days=1)) for address in addresses]
    assert shares != [share_of(b"another", address, day) for address in addresses]
    assert Pace(1, 0.1).wait(repository, shares[0], NOW) == 0
