"""One-time links of clusters: what they open, once, and what ends them."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from survey.collection.errors import DomainError
from survey.collection.people.access import AccessGrant, issue_code, new_code, revoke_code, still_opens
from survey.collection.people.account_links import new_token
from survey.collection.people.contact_checks import Contact
from survey.collection.people.contacts import erase_contacts, read_contacts, take_in
from survey.collection.people.sign_in_links import (
    LASTS,
    known_link,
    make_link_by_hand,
    make_sign_in_link,
    refuse_spent,
    refuse_when_not_kept,
    use_up,
    works_until,
)
from survey.collection.rounds.retention import keep_until
from survey.collection.rounds.round import change_round, close_round, place
from tests.collection.example import NOW, ROUND

SECRET = b"s" * 40
CLUSTER = "arfon"


@pytest.fixture
def contact(repository, snapshot):
    """The key of a contact of a cluster in an open round, which has no code."""
    take_in(repository, [Contact(CLUSTER, "Siân", "Lead", "sian@nhs.example", "cy")], NOW.date())
    return next(iter(read_contacts(repository)))


def link_to(repository, contact, key="invitation.x", now=NOW):
    return make_sign_in_link(repository, ROUND, CLUSTER, contact, key, now)


def use(repository, token, now=NOW):
    return use_up(repository, known_link(repository, token, demonstration=False), token, now)


def issue(repository, seed=1):
    issue_code(repository, SECRET, ROUND, CLUSTER, new_code(random.Random(seed).choice), NOW)


def refusal(repository, token, now=NOW):
    with pytest.raises(DomainError) as refused:
        refuse_spent(repository, known_link(repository, token, demonstration=False), now)
    return refused.value.code


def test_a_link_opens_the_response_once_though_the_cluster_has_no_code(repository, contact):
    token = link_to(repository, contact)
    grant = use(repository, token)
    assert grant == AccessGrant(ROUND, CLUSTER, 1)
    assert still_opens(repository, grant)
    with pytest.raises(DomainError, match="sign_in_link_used"):
        use(repository, token)


def test_looking_at_a_link_uses_nothing_up_and_its_secret_is_kept_nowhere(repository, contact):
    token = link_to(repository, contact)
    for _ in range(3):
        refuse_spent(repository, known_link(repository, token, demonstration=False), NOW)
    assert token.encode() not in b"".join(path.read_bytes() for path in repository.root.rglob("*") if path.is_file())
    assert use(repository, token)


def test_links_of_the_demonstration_open_a_demonstration_only(repository, contact):
    token = link_to(repository, contact)
    change_round(repository, ROUND, lambda current: replace(current, demonstration=True))
    with pytest.raises(DomainError, match="sign_in_link_unknown"):
        known_link(repository, token, demonstration=False)
    assert known_link(repository, token, demonstration=True).cluster == CLUSTER


def test_each_e_mail_has_a_link_of_its_own_and_sent_again_a_new_one(repository, contact):
    first, other = link_to(repository, contact), link_to(repository, contact, "reminder.x")
    again = link_to(repository, contact)
    with pytest.raises(DomainError, match="sign_in_link_unknown"):
        use(repository, first)
    assert use(repository, other) == use(repository, again)


def test_a_first_code_ends_no_link_and_a_new_one_ends_them_with_whoever_signed_in_by_them(repository, contact):
    token, later = link_to(repository, contact), link_to(repository, contact, "reminder.x")
    issue(repository)
    grant = use(repository, token)
    assert still_opens(repository, grant)
    issue(repository, 2)
    assert not still_opens(repository, grant)
    assert refusal(repository, later) == "sign_in_link_ended"
    assert use(repository, link_to(repository, contact, "link.x"))


@pytest.mark.parametrize("has_code", [True, False])
def test_revoking_ends_links_too(repository, contact, has_code):
    if has_code:
        issue(repository)
    token = link_to(repository, contact)
    grant = known_link(repository, token, demonstration=False).grant
    assert revoke_code(repository, ROUND, CLUSTER)
    assert not revoke_code(repository, ROUND, CLUSTER)
    assert refusal(repository, token) == "sign_in_link_ended"
    fresh = use(repository, link_to(repository, contact))
    assert still_opens(repository, fresh)
    assert not still_opens(repository, grant), "nobody from before comes back with the new link"


def test_a_link_ends_with_its_contact_but_one_made_by_hand_has_none(repository, contact):
    token, by_hand = link_to(repository, contact), new_token()
    assert make_link_by_hand(repository, ROUND, CLUSTER, by_hand, NOW)
    erase_contacts(repository, "sian@nhs.example")
    assert refusal(repository, token) == "sign_in_link_ended"
    assert use(repository, by_hand)


def test_a_link_lasts_so_many_days_the_close_or_no_close_and_not_beyond_the_day_of_which_it_is_settled(
    repository, contact
):
    token = link_to(repository, contact)
    last = NOW + LASTS - timedelta(seconds=1)
    close_round(repository, ROUND, NOW)
    refuse_spent(repository, known_link(repository, token, demonstration=False), last)
    assert refusal(repository, token, NOW + LASTS) == "sign_in_link_over"
    assert works_until(repository, ROUND, NOW) == NOW + LASTS
    day = NOW.date() + timedelta(days=3)
    keep_until(repository, ROUND, day, suggested=day, by="eira", reason="", now=NOW)
    over = works_until(repository, ROUND, NOW)
    assert over.date() == day + timedelta(days=1)
    refuse_spent(repository, known_link(repository, token, demonstration=False), over - timedelta(seconds=1))
    assert refusal(repository, token, over) == "sign_in_link_over"
    refuse_when_not_kept(repository, ROUND, over - timedelta(seconds=1))
    with pytest.raises(DomainError, match="not_kept"):
        refuse_when_not_kept(repository, ROUND, over)


def test_a_guessed_link_is_unknown(repository, contact):
    link_to(repository, contact)
    for guess in ("", "x", "invitation.x", "a" * 500, "../../etc"):
        with pytest.raises(DomainError, match="sign_in_link_unknown"):
            known_link(repository, guess, demonstration=True)
    assert repository.keys(place(ROUND, "sign_in_links")) == ["invitation.x"]


def test_a_code_that_somebody_else_issued_meanwhile_is_not_replaced_unseen(repository, contact):
    with pytest.raises(DomainError, match="code_changed"):
        issue_code(repository, SECRET, ROUND, CLUSTER, "K7QT-9WXM-3FBD", NOW, shown="another")
