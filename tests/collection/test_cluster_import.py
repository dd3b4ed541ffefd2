"""A list of clusters from a spreadsheet: what it changes, what is wrong with it, and that it is kept over the files."""

import csv
import io

import pytest

from survey.collection.errors import DomainError
from survey.collection.list_rows import BadList
from survey.collection.rounds.cluster_import import (
    COLUMNS,
    FORMER_LIKE,
    NO_NAME,
    REVERSED,
    STILL_THERE,
    changes_by,
    list_from,
    rows_of_list,
)
from survey.collection.rounds.cluster_lists import keep_list, kept_lists, version_of
from survey.collection.rounds.clusters import clusters_from
from survey.collection.rounds.opening import newest_cluster_list, read_cluster_list
from survey.languages import language
from survey.questionnaire.library import QUESTIONNAIRES
from survey.questionnaire.shelf import Shelf
from tests.collection.example import CLUSTER_LIST, NOW

MERGED = {
    "code": "menai",
    "name_cy": "Menai",
    "name_en": "Menai",
    "health_board": "north",
    "valid_from": "01/04/2027",
    "valid_to": "",
    "was": "arfon conwy-west",
    "local_authorities": "W06000002",
}


def changed(new=(), **changes):
    """The list of the examples as CSV, with columns of some clusters changed, and rows that are new."""
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in list(rows_of_list(CLUSTER_LIST))[1:]]
    rows = [{**row, **changes.get(row["code"].replace("-", "_"), {})} for row in rows]
    out = io.StringIO()
    written = csv.DictWriter(out, COLUMNS)
    written.writeheader()
    written.writerows([*(row for row in rows if row["code"]), *new])
    return out.getvalue().encode()


ENDED = {"arfon": {"valid_to": "2027-04-01"}, "conwy_west": {"valid_to": "46478"}}


def test_a_list_that_was_only_downloaded_changes_nothing():
    made = list_from(changed(), CLUSTER_LIST)
    assert clusters_from(made) == clusters_from(CLUSTER_LIST)
    assert changes_by(made, CLUSTER_LIST).same == len(CLUSTER_LIST["clusters"])


def test_the_last_day_comes_after_the_first():
    with pytest.raises(BadList) as refused:
        list_from(changed(arfon={"valid_to": "2022-04-01"}), CLUSTER_LIST)
    assert [phrase for phrase, _ in refused.value.faults] == [REVERSED]


def test_the_list_of_the_repository_comes_back_as_it_is():
    shelf = Shelf(QUESTIONNAIRES)
    current = read_cluster_list(shelf, newest_cluster_list(shelf))
    out = io.StringIO()
    csv.writer(out).writerows(rows_of_list(current))
    assert list_from(out.getvalue().encode(), current) == current


def test_a_merger_names_those_that_ended_and_days_are_read_as_spreadsheets_write_them():
    made = list_from(changed([MERGED], **ENDED), CLUSTER_LIST)
    changes = changes_by(made, CLUSTER_LIST)
    assert [one.cluster.code for one in changes.new] == ["menai"]
    assert [(one.cluster.code, str(one.cluster.valid_to)) for one in changes.changed] == [
        ("arfon", "2027-04-01"),
        ("conwy-west", "2027-04-01"),
    ]
    assert changes.new[0].cluster.was == ("arfon", "conwy-west")


@pytest.mark.parametrize(
    ("new", "changes", "said"),
    [
        ([MERGED], {}, "Row 6, column “was”: arfon has to have ended by the day on which this cluster begins"),
        ([{**MERGED, "was": "nowhere"}], {}, "Row 6, column “was”: there is no cluster with this code: nowhere"),
        (
            [{**MERGED, "was": "arfonn"}],
            {},
            "Row 6, column “was”: there is no cluster with this code: arfonn. Perhaps you mean: arfon",
        ),
        (
            [],
            {"arfon": {"health_board": "nort"}},
            "Row 2, column “health_board”: there is no health board with this code or name: nort. "
            "Perhaps you mean: north",
        ),
        ([{**MERGED, "code": "arfon"}], ENDED, "Row 6 names the same code as row 2"),
        ([{**MERGED, "code": "Menai Bay"}], ENDED, "Row 6, column “code”"),
        ([], {"arfon": {"code": ""}}, "This cluster is not in the list: arfon."),
        ([], {"arfon": {"health_board": "nowhere"}}, "Row 2, column “health_board”"),
        ([], {"arfon": {"name_cy": " "}}, "Row 2, column “name_cy”"),
        ([], {"arfon": {"valid_from": "31/02/2027"}}, "Row 2, column “valid_from”"),
        ([], {"arfon": {"valid_from": ""}}, "Row 2, column “valid_from”"),
        ([], {"arfon": {"valid_to": "2000-01-01"}}, "Row 2: the last day has to come after the first"),
        ([], {"arfon": {"local_authorities": "W06999999"}}, "Row 2, column “local_authorities”"),
    ],
)
def test_a_list_with_a_fault_is_refused_with_its_row_and_column(new, changes, said):
    with pytest.raises(BadList) as bad:
        list_from(changed(new, **changes), CLUSTER_LIST)
    assert any(language("en").say(phrase, **values).startswith(said) for phrase, values in bad.value.faults)


def test_a_wrong_predecessor_is_named_with_all_else_that_is_wrong_and_no_day_that_cannot_be_read_makes_one_wrong():
    with pytest.raises(BadList) as bad:
        list_from(
            changed(
                [{**MERGED, "was": "arfon conwy-west arfonn", "name_cy": ""}],
                arfon={"valid_to": "soon"},
            ),
            CLUSTER_LIST,
        )
    found = [(phrase, values["row"], values.get("given")) for phrase, values in bad.value.faults]
    assert (FORMER_LIKE, "6", "arfonn") in found
    assert (STILL_THERE, "6", "conwy-west") in found
    assert (NO_NAME, "6", None) in found
    assert (STILL_THERE, "6", "arfon") not in found, "when it ends cannot be known yet"


def test_a_list_is_kept_over_the_files_once_and_only_as_it_was_seen(repository, tmp_path):
    made = list_from(changed([MERGED], **ENDED), CLUSTER_LIST)
    seen = version_of(CLUSTER_LIST)
    keep_list(repository, made, CLUSTER_LIST, seen, "eira", NOW)
    shelf = Shelf(tmp_path, kept_lists(repository))
    assert read_cluster_list(shelf, newest_cluster_list(shelf)) == made
    with pytest.raises(DomainError, match="clusters_changed"):
        keep_list(repository, list_from(changed(), CLUSTER_LIST), CLUSTER_LIST, seen, "eira", NOW)
    assert clusters_from(read_cluster_list(shelf, "clusters-small")).cluster("menai")
