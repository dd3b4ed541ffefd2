"""Names of a form in XLSForm as ids and codes of ours, and its texts with their Welsh."""

import re
from dataclasses import dataclass

from survey.authoring.cell_values import SheetRow
from survey.authoring.columns import WELSH
from survey.authoring.draft import Draft
from survey.authoring.text_places import TextPlace


@dataclass(frozen=True, slots=True)
class XlsformTexts:
    """Takes the texts of a form into a draft."""

    draft: Draft

    def texts(self, row: SheetRow, columns: tuple[str, ...], place: TextPlace, label: str = "label") -> dict[str, str]:
        """The texts of a row by their properties; its Welsh and what is wrong with them go to the draft."""
        self.draft.rows.setdefault(place, row)
        made: dict[str, str] = {}
        for column in columns:
            english, welsh = typeset(row.text(column)), typeset(row.text(column + WELSH))
            name = label if column == "label" else column
            if "${" in english:
                self.draft.findings.add(row.place(column), "sheet_piped")
            if english:
                made[name] = english
            if welsh and english:
                self.draft.welsh.append(((*place, name), welsh))
            elif welsh:
                self.draft.findings.add(row.place(column + WELSH), "sheet_welsh_alone")
        return made


def id_of(name: str) -> str:
    """A name of a form as one of our ids: in small letters, with _ for what ids do not have."""
    return re.sub(r"[-.]", "_", name.strip().lower())


def code_of(name: str) -> str:
    """The name of a choice as one of our codes: in small letters."""
    return name.strip().lower()


def typeset(text: str) -> str:
    """A text on one line, with the quotation marks that texts have."""
    plain = " ".join(text.split()).replace("'", "’")
    return re.sub(r'"([^"]*)"', r"“\1”", plain)
