"""How often a consumer may take the feed."""

from datetime import timedelta

from survey.collection.people.feed_limits import Pace
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
