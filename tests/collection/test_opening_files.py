"""Today's files, found by name and checked whole before a round is opened with them."""

import json

import pytest

from survey.collection.errors import DomainError
from survey.collection.rounds import opening
from survey.collection.rounds.clusters import clusters_from
from survey.collection.rounds.opening import newest_cluster_list, newest_clusters, read_cluster_list, read_sources
from survey.collection.rounds.snapshot import RoundSources
from survey.questionnaire.findings import DefinitionError
from survey.questionnaire.library import QUESTIONNAIRES
from survey.questionnaire.shelf import Added, Shelf
from tests.collection.example import CLUSTER_LIST, DEFINITION, FRAMEWORK, SOURCES

NAMES = ("small", "2026", "clusters-small")


@pytest.fixture
def folder(tmp_path):
    write(tmp_path, "small/2026", DEFINITION)
    write(tmp_path, "frameworks/small-framework", FRAMEWORK)
    write(tmp_path, "clusters/clusters-small", CLUSTER_LIST)
    return tmp_path


def write(folder, name, source):
    path = folder / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(source if isinstance(source, str) else json.dumps(source))


def test_the_files_are_found_by_their_names(folder):
    assert read_sources(folder, *NAMES) == SOURCES


def test_the_real_self_reflection_can_be_opened_with():
    found = read_sources(QUESTIONNAIRES, "self-reflection", "2026", newest_cluster_list(Shelf()))
    assert isinstance(found, RoundSources)
    assert found.framework is not None
    assert len(found.clusters["clusters"]) == 60


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("large", "2026", "clusters-small"), "unknown_questionnaire"),
        (("small", "2025", "clusters-small"), "unknown_questionnaire"),
        (("../small", "2026", "clusters-small"), "unknown_questionnaire"),
        (("small", "../small/2026", "clusters-small"), "unknown_questionnaire"),
        (("", "", ""), "unknown_questionnaire"),
        (("small", "2026", "clusters"), "unknown_cluster_list"),
        (("small", "2026", "../clusters/clusters-small"), "unknown_cluster_list"),
    ],
)
def test_a_name_that_no_file_has_is_refused(folder, names, code):
    with pytest.raises(DomainError) as refused:
        read_sources(folder, *names)
    assert refused.value.code == code


@pytest.mark.parametrize("name", ["small/2026", "frameworks/small-framework", "clusters/clusters-small"])
@pytest.mark.parametrize("content", ["", "{", "[]", "null", "\x00", '{"$schema": 7}'])
def test_a_file_that_is_broken_is_refused_with_its_name(folder, name, content):
    write(folder, name, content)
    with pytest.raises(DefinitionError) as error:
        read_sources(folder, *NAMES)
    assert error.value.findings
    if name != "frameworks/small-framework":
        assert all(name in finding.file for finding in error.value.findings)


def test_every_finding_of_the_definition_and_its_framework_is_given(folder):
    write(folder, "small/2026", DEFINITION | {"title": "", "colour": "red"})
    with pytest.raises(DefinitionError) as error:
        read_sources(folder, *NAMES)
    assert {finding.pointer for finding in error.value.findings} == {"/title", "/colour"}
    write(folder, "small/2026", DEFINITION | {"framework": "another"})
    with pytest.raises(DefinitionError) as error:
        read_sources(folder, *NAMES)
    assert {finding.pointer for finding in error.value.findings} == {"/framework"}


def test_the_newest_cluster_list_is_the_last_by_name(folder):
    write(folder, "clusters/clusters-aaa", CLUSTER_LIST)
    assert newest_cluster_list(Shelf(folder)) == "clusters-small"
    with pytest.raises(DomainError):
        newest_cluster_list(Shelf(folder / "small"))
    with pytest.raises(DomainError):
        read_cluster_list(Shelf(folder), "nothing")


def test_the_newest_clusters_are_read_anew_when_their_file_changes_and_not_before(folder, monkeypatch):
    read = []
    monkeypatch.setattr(opening, "clusters_from", lambda source: read.append(source) or clusters_from(source))
    shelf = Shelf(folder)
    assert newest_clusters(shelf) is newest_clusters(Shelf(folder))
    assert len(read) == 1
    write(folder, "clusters/clusters-small", CLUSTER_LIST | {"clusters": CLUSTER_LIST["clusters"][:1]})
    assert [cluster.code for cluster in newest_clusters(shelf).clusters] == ["arfon"]
    added = Added("clusters", "clusters-small", json.dumps(CLUSTER_LIST).encode())
    assert len(newest_clusters(Shelf(folder, (added,))).clusters) == len(CLUSTER_LIST["clusters"])
