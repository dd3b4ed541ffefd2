"""Single responses leave the service only after the close, for a reason, in somebody's name."""

import pytest

from survey.collection.errors import DomainError
from survey.collection.people.accounts import EVENTS, LOG, add_account, disable
from survey.collection.responses.anonymous import allow_row_level
from survey.collection.rounds.round import close_round
from survey.collection.rounds.snapshot import load_snapshot
from tests.collection.anonymous_example import NOW, ROUND, opened_round

PASSWORD = "correct horse battery"


@pytest.fixture
def closed(repository):
    opened_round(repository)
    close_round(repository, ROUND, NOW)
    add_account(repository, "ann", "national", None, PASSWORD, NOW)
    add_account(repository, "bob", "reader", None, PASSWORD, NOW)
    add_account(repository, "cat", "national", None, PASSWORD, NOW)
    disable(repository, "cat")
    return load_snapshot(repository, ROUND)


def test_it_is_noted_who_exports_and_why(repository, closed):
    assert allow_row_level(repository, closed, "ann", "  Check\nthe figures ", NOW).name == "ann"
    [entry] = repository.entries(LOG, EVENTS)
    assert entry == {
        "at": NOW.isoformat(),
        "who": "ann",
        "what": "exported_single_responses",
        "round": ROUND,
        "reason": "Check the figures",
    }


@pytest.mark.parametrize(
    ("account", "reason", "code"),
    [
        ("ann", " ", "export_reason_needed"),
        ("", "why", "export_account_needed"),
        ("nobody", "why", "export_account_needed"),
        ("bob", "why", "export_account_needed"),
        ("cat", "why", "export_account_needed"),
    ],
)
def test_without_reason_or_account_nothing_is_allowed(repository, closed, account, reason, code):
    with pytest.raises(DomainError) as caught:
        allow_row_level(repository, closed, account, reason, NOW)
    assert caught.value.code == code
    assert list(repository.entries(LOG, EVENTS)) == []


def test_nothing_is_allowed_while_the_round_is_open(repository):
    with pytest.raises(DomainError) as caught:
        allow_row_level(repository, opened_round(repository), "ann", "why", NOW)
    assert caught.value.code == "still_open"
