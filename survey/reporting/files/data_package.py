"""A Frictionless data package (https://specs.frictionlessdata.io/data-package/): the data as CSV, and what they mean.

A zip of `datapackage.json` with the Table Schema, the CSV, and its CSVW metadata beside it.
"""

import hashlib
from datetime import UTC
from typing import Any

import orjson

from survey.languages import LANGUAGES
from survey.reporting.files.data_file import DataFile
from survey.reporting.files.lines import csv_of
from survey.reporting.files.schema_json import csvw, in_languages, table_schema
from survey.reporting.files.zip_file import packed

DESCRIPTOR = "datapackage.json"


def package_of(file: DataFile) -> bytes:
    """The package as a zip. The same data give the same bytes."""
    path = f"{file.kind}.csv"
    content = csv_of(file)
    parts = {
        DESCRIPTOR: _json(_descriptor(file, path, content)),
        path: content,
        f"{path}-metadata.json": _json(csvw(path, file.title, file.fields, file.key)),
    }
    return packed(parts)


def _descriptor(file: DataFile, path: str, content: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": file.stem,
        "languages": list(LANGUAGES),
        **in_languages("title", file.title),
        "created": file.changed.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "resources": [
            {
                "name": file.kind,
                "path": path,
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(content),
                "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
                "schema": table_schema(file.fields, file.key),
            }
        ],
    }


def _json(described: dict[str, Any]) -> bytes:
    return orjson.dumps(described, option=orjson.OPT_INDENT_2)
