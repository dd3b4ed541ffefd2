"""The data package is valid, says what the codebook says, and finds what somebody spoiled."""

import csv
import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import frictionless
import pytest

from survey.reporting.files.data_package import package_of
from survey.reporting.files.responses import responses_file
from survey.reporting.files.series import series_file
from survey.reporting.records.round_data import RoundData
from survey.reporting.records.series import read_series
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.files.read_back import descriptor
from tests.reporting.reading import ReadWorkbook
from tests.reporting.small_wales import ROUND


@pytest.fixture(scope="module")
def package(data: RoundData) -> bytes:
    return package_of(responses_file(data))


def report(folder: Path) -> Any:
    return frictionless.validate(str(folder / "datapackage.json"))


def unpacked(package: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(BytesIO(package)) as archive:
        archive.extractall(folder)
    return folder


def test_frictionless_finds_nothing_wrong(package: bytes, wales: FileRepository, tmp_path: Path) -> None:
    series = package_of(series_file(read_series(wales, ROUND)))
    for name, content in (("data", package), ("series", series)):
        checked = report(unpacked(content, tmp_path / name))
        assert checked.valid, checked.flatten(["type", "fieldName", "note"])[:5]
        assert checked.stats["errors"] == 0


@pytest.mark.parametrize(
    ("column", "wrong", "fault"),
    [
        ("outcome.pcmw-01.level", "on_the_moon", "constraint-error"),
        ("about.population", "many", "type-error"),
        ("sign_off.date", "31/12/2026", "type-error"),
        ("cluster", "c-arfon", "primary-key"),
    ],
)
def test_what_is_not_of_the_schema_is_found(
    package: bytes, tmp_path: Path, column: str, wrong: str, fault: str
) -> None:
    folder = unpacked(package, tmp_path)
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))
    with (folder / "data.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[2][rows[0].index(column)] = wrong
    with (folder / "data.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    for name in ("hash", "bytes"):
        del described["resources"][0][name]
    (folder / "datapackage.json").write_text(json.dumps(described), "utf-8")
    assert fault in {found for (found,) in report(folder).flatten(["type"])}


def test_the_schema_says_of_each_column_what_the_codebook_says(
    package: bytes, side_by_side: ReadWorkbook, code: str
) -> None:
    fields = {field["name"]: field for field in descriptor(package)["resources"][0]["schema"]["fields"]}
    languages = descriptor(package)["languages"]
    mark = "" if code == languages[0] else f"@{code}"
    rows = side_by_side.rows("Codebook")
    assert len(rows) > 200
    for name, page, outcome, question, part, _, codes, since, was in rows:
        field = fields[name]
        said = [field.get(f"{key}{mark}", "[z]") for key in ("page", "outcome", "question", "part")]
        assert said == [page, outcome, question, part], name
        assert [field.get("since", "[z]"), field.get("was", "[z]")] == [str(since), was]
        if field["type"] == "string" and "categories" in field:
            assert codes == "; ".join(f"{one['value']} = {one['label' + mark]}" for one in field["categories"])


def test_csvw_stands_beside_the_csv_and_names_its_columns(package: bytes, tmp_path: Path) -> None:
    folder = unpacked(package, tmp_path)
    metadata = json.loads((folder / "data.csv-metadata.json").read_text("utf-8"))
    header = (folder / metadata["url"]).read_bytes().decode().split("\r\n")[0].split(",")
    columns = metadata["tableSchema"]["columns"]
    assert [column["titles"] for column in columns] == header
    assert len({column["name"] for column in columns}) == len(columns)
    assert {label["@language"] for column in columns for label in column["rdfs:label"]} == {"cy", "en"}
    assert metadata["tableSchema"]["primaryKey"] == ["cluster"]
    level = next(column for column in columns if column["titles"] == "outcome.pcmw-01.level")
    assert level["name"] == "outcome.pcmw%2D01.level"
