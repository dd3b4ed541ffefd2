"""What is gone without a word, told of each way in which it is kept; what was never there is not missed."""

from datetime import timedelta

from survey.collection.earlier_secrets import of_another_secret
from survey.collection.missing_records import is_log_gone, lost_links
from survey.collection.people.access import issue_code
from survey.collection.people.accounts import ACCOUNTS, add_account, note
from survey.collection.people.provider_accounts import account_of
from survey.collection.rounds.round import create_round
from survey.storage.key_ring import new_ring
from tests.collection.example import NOW, ROUND, small_round

CODE = "K7QT-9WXM-3FBD"


def test_codes_of_another_secret_are_counted_and_those_of_an_earlier_one_are_not(kept):
    create_round(kept, small_round())
    assert of_another_secret(kept, kept.key_ring()) == {}
    issue_code(kept, kept.key_ring().newest.key, ROUND, "arfon", CODE, NOW)
    kept.change_key_ring(lambda ring: ring.rotated(NOW))
    assert of_another_secret(kept, kept.key_ring()) == {}
    assert of_another_secret(kept, new_ring()) == {ROUND: 1}


def test_links_are_missed_only_where_some_were_given_out(kept):
    create_round(kept, small_round())
    assert lost_links(kept) == []
    note(kept, NOW, "command line", "links_listed", round=ROUND)
    assert lost_links(kept) == [ROUND]


def test_the_log_is_missed_by_accounts_that_are_older_than_it(kept):
    assert not is_log_gone(kept)
    add_account(kept, "demo", "national", None, None, NOW, demonstration=True)
    account_of(kept, ("issuer", "subject"), "nia", "national", None, NOW)
    assert not is_log_gone(kept), "these are made without a line"
    add_account(kept, "eira", "national", None, None, NOW)
    assert is_log_gone(kept)
    note(kept, NOW + timedelta(days=1), "command line", "purged")
    assert is_log_gone(kept)
    note(kept, NOW + timedelta(days=1), "command line", "account_added", account="eira")
    assert not is_log_gone(kept)
    kept.delete(ACCOUNTS, "eira")
    assert not is_log_gone(kept)
