"""What people wrote in an anonymous round, for a person of the national team to read before any of it is used.

One text a row and nothing beside it: not who may have written it, nor which texts are of one person. The order is that
of SHA-256 hashes of random ids, so it tells nothing of the order in which texts came, nor of the rows of
`single_responses`. Texts may name people all the same: whether they may be written at all is for
`collection.responses.anonymous` to say.
"""

import hashlib
from collections.abc import Callable, Mapping

from survey.collection.rounds.round import Round
from survey.reporting.files.data_formats import csv_of, json_lines_of, safe
from survey.reporting.files.single_responses import SingleResponses
from survey.reporting.records.variables import variables_of_round


def comments_of(data: SingleResponses) -> tuple[str, ...]:
    """The texts of the responses that can be read, as they were written; those in repeating groups are not in it."""
    asked = [
        (variable.page.key, variable.question.id)
        for variable in variables_of_round(data.snapshot)
        if variable.item is None and variable.field.kind == "text"
    ]
    texts: list[tuple[bytes, str]] = []
    for response in data.responses:
        answers = data.snapshot.instrument(response.cluster).walk(response.answers).answers
        for page, question in asked:
            text = answers.get(page, {}).get(question)
            if text:
                texts.append((_place(response.id, page, question), text))
    return tuple(text for _, text in sorted(texts))


def comments_file_name(of_round: Round, format_name: str) -> str:
    """“personal-data-comments-ws-2026-2026-27.csv”: what it is, so that it is kept as such."""
    return f"personal-data-comments-{of_round.id}-{of_round.reporting_year}.{format_name}"


def as_csv(comments: tuple[str, ...]) -> bytes:
    """CSV of one column. No spreadsheet takes a text for a formula."""
    return csv_of(["comment"], ((safe(comment),) for comment in comments))


def as_json_lines(comments: tuple[str, ...]) -> bytes:
    """JSON Lines, an object for each text."""
    return json_lines_of({"comment": comment} for comment in comments)


FORMATS: Mapping[str, Callable[[tuple[str, ...]], bytes]] = {"csv": as_csv, "jsonl": as_json_lines}


def _place(response_id: str, page: str, question: str) -> bytes:
    return hashlib.sha256(f"comment\n{response_id}\n{page}\n{question}".encode()).digest()
