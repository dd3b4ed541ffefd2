"""The pages of the people who run a round: the national team, health board teams, readers."""

from survey.web.manage import (  # noqa: F401 (each puts its pages on the blueprint)
    data,
    documents,
    evidence_files,
    exports,
    meeting_pack,
    reading,
    responses,
    rounds,
    themes,
    wording,
    workbook,
)
from survey.web.manage.auth import blueprint

__all__ = ["blueprint"]
