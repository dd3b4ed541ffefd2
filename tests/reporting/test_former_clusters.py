"""Clusters that were merged or split: what there was before is named, and stays what it was."""

from dataclasses import replace

import pytest

from survey.collection.responses.lifecycle import submit
from survey.collection.rounds.clusters import clusters_from
from survey.reporting.records.former_clusters import former_clusters
from survey.storage.tinydb_files.repository import FileRepository
from tests.collection.example import CLUSTER_LIST, NOW, opened_round, save_all


@pytest.fixture
def repository(tmp_path):
    return FileRepository(tmp_path)


def test_those_of_which_a_cluster_was_formed_are_named_with_the_last_year_in_which_they_were_asked(repository):
    for year in ("2024-25", "2025-26"):
        earlier = opened_round(repository, f"small-{year}", reporting_year=year)
    save_all(repository, earlier, "conwy-west")
    submit(repository, earlier, "conwy-west", language="en", now=NOW)
    current = opened_round(repository)
    assert former_clusters(repository, current, "arfon") == []
    merged = tuple(
        replace(one, was=("conwy-west", "bro-morgannwg", "unheard-of")) if one.code == "arfon" else one
        for one in current.clusters.clusters
    )
    current = replace(current, clusters=replace(current.clusters, clusters=merged))
    found = {one.cluster.code: one for one in former_clusters(repository, current, "arfon")}
    assert {code: (one.round.reporting_year, one.has_submitted) for code, one in found.items()} == {
        "conwy-west": ("2025-26", True),
        "bro-morgannwg": ("2025-26", False),
    }


def test_a_list_says_what_became_of_a_cluster():
    first, *others = CLUSTER_LIST["clusters"]
    listed = clusters_from({**CLUSTER_LIST, "clusters": [{**first, "was": ["merged-away"]}, *others]})
    assert [one.code for one in listed.became("merged-away")] == ["arfon"]
    assert listed.became("arfon") == ()
