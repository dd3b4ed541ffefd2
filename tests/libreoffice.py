"""LibreOffice without a window: it opens a file, types into cells and saves it again, as a person would."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

PATIENCE = 180  # seconds, for a machine that has other work

# Types each line of a file, "sheet⇥cell⇥text", into its cell as if at the keyboard, and saves the workbook as .xlsx.
FILL = """
Sub Fill(source, target, keys)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  lines = FreeFile
  Open keys For Input As #lines
  Do While Not Eof(lines)
    Line Input #lines, typed
    parts = Split(typed, Chr(9))
    cell = document.Sheets.getByName(parts(0)).getCellRangeByName(parts(1))
    If IsNumeric(parts(2)) Then
      cell.setValue(CDbl(parts(2)))
    Else
      cell.setString(parts(2))
    End If
  Loop
  Close #lines
  Dim saving(0) As New com.sun.star.beans.PropertyValue
  saving(0).Name = "FilterName" : saving(0).Value = "Calc MS Excel 2007 XML"
  document.storeToURL(ConvertToURL(target), saving())
  document.close(True)
End Sub
"""
LIBRARY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">\n'
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
    'library:readonly="false" library:passwordprotected="false">\n<library:element library:name="Packs"/>\n'
    "</library:library>\n"
)
MODULE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n'
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Packs" script:language="StarBasic">'
    "{macro}</script:module>\n"
)


def program() -> str:
    """LibreOffice: the one named by SOFFICE, else one on the PATH."""
    found = os.environ.get("SOFFICE") or shutil.which("soffice") or shutil.which("libreoffice")
    if not found:
        pytest.fail("This needs LibreOffice Calc: install it, or name it with SOFFICE=/path/to/soffice")
    return found


def filled_in(content: bytes, answers: Mapping[tuple[str, str], str], folder: Path) -> bytes:
    """The workbook after LibreOffice has typed texts into cells, by sheet and cell, and saved it."""
    # It makes its profile at the first start, and would put an empty library in the place of ours.
    _run(folder, "--terminate_after_init")
    basic = folder / "profile" / "user" / "basic" / "Standard"
    (basic / "script.xlb").write_text(LIBRARY, "utf-8")
    (basic / "Packs.xba").write_text(MODULE.format(macro=escape(FILL)), "utf-8")
    source, target, keys = folder / "pack.xlsx", folder / "filled.xlsx", folder / "keys.txt"
    source.write_bytes(content)
    keys.write_text("".join(f"{sheet}\t{cell}\t{text}\n" for (sheet, cell), text in answers.items()), "utf-8")
    call = f'macro:///Standard.Packs.Fill("{source}","{target}","{keys}")'
    _run(folder, call)
    return target.read_bytes()


def printed(workbook: Path, folder: Path) -> Path:
    """The PDF that LibreOffice makes of a workbook."""
    _run(folder, "--convert-to", "pdf", "--outdir", str(folder), str(workbook))
    return folder / f"{workbook.stem}.pdf"


def pages_of(pdf: Path) -> list[str]:
    """The text of each page, as poppler reads it."""
    return _read("-raw", pdf).split("\f")[:-1]


def words_of(pdf: Path) -> list[tuple[str, float, float]]:
    """Every word with how wide and how high it is, in points."""
    found = re.findall(r'<word xMin="(\S+)" yMin="(\S+)" xMax="(\S+)" yMax="(\S+)">(.*?)</word>', _read("-bbox", pdf))
    return [
        (unescape(word), float(right) - float(left), float(bottom) - float(top))
        for left, top, right, bottom, word in found
    ]


def _read(how: str, pdf: Path) -> str:
    reader = os.environ.get("PDFTOTEXT") or shutil.which("pdftotext")
    if not reader:
        pytest.fail("This needs pdftotext: install poppler-utils, or name it with PDFTOTEXT=/path/to/pdftotext")
    return subprocess.run([reader, how, pdf, "-"], check=True, capture_output=True, text=True).stdout


def _run(folder: Path, *arguments: str) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [program(), profile, "--headless", "--norestore", *arguments],
        check=True,
        capture_output=True,
        timeout=PATIENCE,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
