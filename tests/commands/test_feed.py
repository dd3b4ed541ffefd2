"""Keys for the feed of indicators by commands: shown once, listed without them, revoked when somebody is sure."""

from survey.collection.people.feed_keys import consumer_of


def test_a_key_is_made_listed_and_revoked(desk):
    assert desk.done("feed", "list") == "There are no keys yet\n"
    key = desk.done("feed", "add", "portal", "--by", "eira").split()[-1]
    assert consumer_of(desk.kept, key) == "portal"
    listed = desk.done("feed", "list")
    assert "portal" in listed
    assert key not in listed
    assert "add --yes" in desk.refused("feed", "revoke", "portal")
    assert "already: portal" in desk.refused("feed", "add", "portal")
    desk.done("feed", "revoke", "portal", "--yes")
    assert consumer_of(desk.kept, key) is None
    assert "no key in use" in desk.refused("feed", "revoke", "portal", "--yes")
    assert desk.log == [("eira (command line)", "feed_key_made"), ("command line", "feed_key_revoked")]
