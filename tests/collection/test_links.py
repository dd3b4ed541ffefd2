"""Links to an anonymous round: one for each cluster, which can be printed again and revoked."""

import secrets

import pytest

from survey.collection.errors import DomainError
from survey.collection.people.access import follow, issue_links, links_of, revoke_link
from survey.collection.rounds.clusters import clusters_from
from survey.collection.rounds.round import close_round
from survey.storage.repository import Unreadable
from tests.collection import example
from tests.collection.anonymous_example import NOW, ROUND, opened_round
from tests.storage.damage import spoil


def test_every_cluster_has_one_link_and_keeps_it(repository):
    snapshot = opened_round(repository)
    links = issue_links(repository, snapshot, secrets.choice)
    assert list(links) == [cluster.code for cluster in snapshot.clusters.clusters]
    assert len(set(links.values())) == len(clusters_from(example.CLUSTER_LIST).clusters)
    assert issue_links(repository, snapshot, secrets.choice) == links
    for cluster, token in links.items():
        assert follow(repository, token.upper(), demonstration=False).cluster == cluster


def test_a_revoked_link_leads_nowhere_and_is_replaced(repository):
    snapshot = opened_round(repository)
    first = issue_links(repository, snapshot, secrets.choice)["arfon"]
    assert revoke_link(repository, ROUND, "arfon")
    assert not revoke_link(repository, ROUND, "arfon")
    with pytest.raises(DomainError):
        follow(repository, first, demonstration=False)
    second = issue_links(repository, snapshot, secrets.choice)["arfon"]
    assert second != first
    assert links_of(repository, ROUND)["arfon"] == second


def test_a_link_leads_to_a_closed_round_too(repository):
    links = issue_links(repository, opened_round(repository), secrets.choice)
    close_round(repository, ROUND, NOW)
    assert follow(repository, links["arfon"], demonstration=False).round == ROUND


def test_a_torn_link_does_not_take_the_other_clusters_or_rounds_with_it(repository):
    snapshot = opened_round(repository)
    links = issue_links(repository, snapshot, secrets.choice)
    spoil(repository, ("rounds", ROUND, "links"), links["arfon"])
    assert follow(repository, links["conwy-west"], demonstration=False).cluster == "conwy-west"
    with pytest.raises(Unreadable):
        follow(repository, links["arfon"], demonstration=False)
    example.opened_round(repository, "a-round-before")
    (repository.root / "rounds" / "a-round-before" / "people.tinydb").write_bytes(b"{")
    assert follow(repository, links["conwy-west"], demonstration=False).cluster == "conwy-west"
    with pytest.raises(Unreadable):
        follow(repository, "k7qt-9wxm-3fbd", demonstration=False)


@pytest.mark.parametrize("token", ["", "round", "../round", ".", "x" * 300, "k7qt-9wxm-3fbd"])
def test_a_made_up_link_leads_nowhere(repository, token):
    issue_links(repository, opened_round(repository), secrets.choice)
    with pytest.raises(DomainError) as caught:
        follow(repository, token, demonstration=True)
    assert caught.value.code == "unknown_link"


def test_links_of_the_demonstration_lead_nowhere_elsewhere(repository):
    links = issue_links(repository, opened_round(repository, demonstration=True), secrets.choice)
    assert follow(repository, links["arfon"], demonstration=True)
    with pytest.raises(DomainError):
        follow(repository, links["arfon"], demonstration=False)


def test_a_round_of_clusters_has_no_links(repository):
    with pytest.raises(DomainError) as caught:
        issue_links(repository, example.opened_round(repository), secrets.choice)
    assert caught.value.code == "only_by_code"
