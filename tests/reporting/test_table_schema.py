"""What is said of each column of data."""

from pathlib import Path

import pytest

from survey.collection.rounds.snapshot import load_snapshot
from survey.reporting.records.people import counted_variables
from survey.reporting.records.table_schema import Field, reflection_fields, single_response_fields
from survey.reporting.records.variables import variables_of_round
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.small_wales import ROUND
from tests.reporting.workforce.survey_of_people import opened, real_clusters, real_definition


@pytest.fixture(scope="module")
def of_clusters(wales: FileRepository) -> tuple[Field, ...]:
    snapshot = load_snapshot(wales, ROUND)
    return reflection_fields(snapshot, variables_of_round(snapshot))


@pytest.fixture(scope="module")
def of_people(tmp_path_factory: pytest.TempPathFactory) -> tuple[Field, ...]:
    folder: Path = tmp_path_factory.mktemp("people") / "data"
    _, snapshot = opened(folder, real_definition(), real_clusters())
    return single_response_fields(snapshot, counted_variables(snapshot))


@pytest.mark.parametrize("language", ["cy", "en"])
def test_no_two_columns_are_called_the_same(
    of_clusters: tuple[Field, ...], of_people: tuple[Field, ...], language: str
) -> None:
    for fields in (of_clusters, of_people):
        for told in ([column.name for column in fields], [column.label[language] for column in fields]):
            assert len(set(told)) == len(told) > 100


def test_a_cell_of_a_table_says_its_row_and_its_column(of_people: tuple[Field, ...]) -> None:
    columns = {column.name: column for column in of_people}
    importance, confidence = (
        next(column for name, column in columns.items() if name.endswith(f".{scale}"))
        for scale in ("importance", "confidence")
    )
    assert importance.part["en"].split(": ")[0] == confidence.part["en"].split(": ")[0]
    assert importance.part["en"] != confidence.part["en"]
    assert importance.is_ordered


def test_a_rank_may_be_zero_for_what_was_left_out_and_a_flag_has_two_values(of_people: tuple[Field, ...]) -> None:
    kinds = {column.kind for column in of_people}
    assert {"code", "flag", "rank"} <= kinds
    for column in of_people:
        if column.kind == "rank":
            assert column.least == 0
        if column.kind == "flag":
            assert [code.value for code in column.codes] == [1, 0]
