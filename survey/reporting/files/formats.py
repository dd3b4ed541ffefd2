"""The formats that data come in. No library that writes one is loaded until it is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from survey.reporting.files.data_file import DataFile
from survey.reporting.files.zip_file import packed

DrawnFiles = Mapping[str, bytes]
"""A file by the language of its labels; "" where there are codes only, or both languages."""


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format: how the names of its files end, and what draws them.

    `draw` raises DomainError("too_large_for_sheet") for a spreadsheet that would not hold the data, and OSError.
    """

    ending: str
    draw: Callable[[DataFile], DrawnFiles]


def _csv(file: DataFile) -> DrawnFiles:
    from survey.reporting.files.lines import csv_for_people

    return {"": csv_for_people(file)}


def _json_lines(file: DataFile) -> DrawnFiles:
    from survey.reporting.files.lines import json_lines

    return {"": json_lines(file)}


def _parquet(file: DataFile) -> DrawnFiles:
    from survey.reporting.files.parquet import parquet_of

    return {"": parquet_of(file)}


def _spss(file: DataFile) -> DrawnFiles:
    from survey.reporting.files.spss import spss_in_each_language

    return spss_in_each_language(file)


def _workbook(file: DataFile) -> DrawnFiles:
    from survey.reporting.files.plain_workbook import workbook_of

    return {"": workbook_of(file)}


def _open_document(file: DataFile) -> DrawnFiles:
    from survey.reporting.files.open_document import spreadsheet_of

    return {"": spreadsheet_of(file)}


def _package(file: DataFile) -> DrawnFiles:
    from survey.reporting.files.data_package import package_of

    return {"": package_of(file)}


FORMATS: Mapping[str, FileFormat] = {
    "csv": FileFormat("csv", _csv),
    "jsonl": FileFormat("jsonl", _json_lines),
    "parquet": FileFormat("parquet", _parquet),
    "sav": FileFormat("sav", _spss),
    "xlsx": FileFormat("xlsx", _workbook),
    "ods": FileFormat("ods", _open_document),
    "package": FileFormat("zip", _package),
}


def as_one_file(file: DataFile, format_name: str) -> tuple[str, bytes]:
    """A file in a format under its name; packed into one where the format has one file for each language.

    Raises what `Format.draw` raises.
    """
    chosen = FORMATS[format_name]
    drawn = chosen.draw(file)
    if len(drawn) == 1:
        ((spoken, content),) = drawn.items()
        return file.name(spoken, chosen.ending), content
    return file.name("", "zip"), packed(
        {file.name(spoken, chosen.ending): content for spoken, content in drawn.items()}
    )
