"""LibreOffice without a window: it opens a file, types into cells and saves it again, as a person would."""

import os
import shutil
import subprocess
from collections.abc import Mapping
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


def printed_pages(workbook: Path, folder: Path) -> list[str]:
    """The text of each page that LibreOffice prints of a workbook, as poppler reads it."""
    reader = os.environ.get("PDFTOTEXT") or shutil.which("pdftotext")
    if not reader:
        pytest.fail("This needs pdftotext: install poppler-utils, or name it with PDFTOTEXT=/path/to/pdftotext")
    _run(folder, "--convert-to", "pdf", "--outdir", str(folder), str(workbook))
    printed = folder / f"{workbook.stem}.pdf"
    read = subprocess.run([reader, "-raw", printed, "-"], check=True, capture_output=True, text=True)
    return read.stdout.split("\f")[:-1]


def _run(folder: Path, *arguments: str) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [program(), profile, "--headless", "--norestore", *arguments],
        check=True,
        capture_output=True,
        timeout=PATIENCE,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
