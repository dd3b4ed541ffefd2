"""A response as it stood at an earlier moment, from what its record keeps of its saves, submissions and history.

A stretch of saves that one person went on with past the moment counts from its end. What was erased is gone.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from survey.storage.repository import Record


def record_as_at(record: Record, moment: datetime) -> Record | None:
    """The record as it was; None where nothing had been saved yet. Raises KeyError, TypeError, ValueError,
    AttributeError for one that is no response’s."""
    pages = {
        key: earlier for key, page in record["pages"].items() if (earlier := _page_as_at(page, moment)) is not None
    }
    history = [entry for entry in record["history"] if _is_by(entry["at"], moment)]
    if not pages and not history:
        return None
    reopened = history and history[-1]["what"] == "reopened"
    return {
        **record,
        "status": "reopened" if reopened else "submitted" if history else "in_progress",
        "pages": pages,
        "submissions": [kept for kept in record["submissions"] if _is_by(kept["submitted_at"], moment)],
        "history": history,
        "files": [file for file in record.get("files", ()) if _is_by(file["at"], moment)],
    }


def _page_as_at(page: Mapping[str, Any], moment: datetime) -> Record | None:
    saves = page.get("saves", [])
    if not saves:
        return dict(page) if _is_by(page["saved_at"], moment) else None
    kept = [save for save in saves if _is_by(save["at"], moment)]
    if not kept:
        return None
    answers = dict(page["answers"])
    for save in reversed(saves[len(kept) :]):
        answers |= save["was"]
    answers = {name: answer for name, answer in answers.items() if answer is not None}
    return {**page, "answers": answers, "saved_at": kept[-1]["at"], "revision": kept[-1]["revision"], "saves": kept}


def _is_by(at: str, moment: datetime) -> bool:
    return datetime.fromisoformat(at) <= moment
