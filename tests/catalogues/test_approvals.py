"""Approvals of Weblate and Pontoon are taken for the very Welsh that was approved, and for nothing else."""

import json
from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from survey.catalogues.approvals import read_approvals
from survey.catalogues.files import BadCatalogue
from survey.catalogues.selection import MessageFilter
from tests.catalogues.conftest import HEADER

Read = Callable[..., polib.POFile]
WELSH = """msgctxt "button"
msgid "Save"
msgstr "Cadw"

msgctxt "link"
msgid "Yes"
msgstr "Oes"

msgctxt "answer"
msgid "Yes"
msgstr "Oes"

"""


def unit(context: str, english: str, welsh: str, state: int = 30) -> dict[str, object]:
    return {"context": context, "source": [english], "target": [welsh], "state": state}


def xliff(*units: str) -> str:
    body = "".join(units)
    return (
        f'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file><body>{body}</body></file></xliff>'
    )


def trans_unit(english: str, welsh: str, approved: str = "yes") -> str:
    return f'<trans-unit id="1" approved="{approved}"><source>{english}</source><target>{welsh}</target></trans-unit>'


def approved(tmp_path: Path, catalogue: polib.POFile, name: str, content: str) -> list[str | None]:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return [entry.msgctxt for entry in MessageFilter(approvals=read_approvals(path)).among(catalogue)]


def test_units_of_weblate_go_by_their_context(catalogue: Read, tmp_path: Path) -> None:
    units = [unit("answer", "Yes", "Oes"), unit("button", "Save", "Cadw", state=20)]
    assert approved(tmp_path, catalogue(WELSH), "units.json", json.dumps({"results": units})) == ["answer"]


def test_units_of_xliff_go_by_their_text_where_it_is_the_only_one(catalogue: Read, tmp_path: Path) -> None:
    content = xliff(trans_unit("Save", "Cadw"), trans_unit("Yes", "Oes"))
    assert approved(tmp_path, catalogue(WELSH), "cy.xliff", content) == ["button"]


def test_what_is_not_approved_is_not_taken(catalogue: Read, tmp_path: Path) -> None:
    assert approved(tmp_path, catalogue(WELSH), "cy.xliff", xliff(trans_unit("Save", "Cadw", "no"))) == []


def test_an_approval_of_other_welsh_is_none(catalogue: Read, tmp_path: Path) -> None:
    assert approved(tmp_path, catalogue(WELSH), "cy.xliff", xliff(trans_unit("Save", "Arbed"))) == []


def test_what_pontoon_writes_is_approved_unless_it_is_fuzzy(catalogue: Read, tmp_path: Path) -> None:
    written = HEADER + WELSH.replace('msgctxt "link"', '#, fuzzy\nmsgctxt "link"').replace(
        'msgstr "Cadw"', 'msgstr "Arbed"'
    )
    assert approved(tmp_path, catalogue(WELSH), "cy.po", written) == ["answer"]


def test_what_is_reviewed_already_stays_as_it_is(catalogue: Read, tmp_path: Path) -> None:
    ours = catalogue("# adolygwyd: Siân\n" + WELSH)
    assert approved(tmp_path, ours, "cy.xliff", xliff(trans_unit("Save", "Cadw"))) == []


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]x",
        '{"results": [{"state": 30}]}',
        "<html/>",
        "<!DOCTYPE x [<!ENTITY a 'b'>]><xliff/>",
        "\0",
        "[" * 100_000,
        '{"results": [], "results": []}',
    ],
)
def test_another_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "cy.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadCatalogue, match="neither XLIFF"):
        read_approvals(path)
