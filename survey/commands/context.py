"""What the commands on kept data share: the data folder, the clock, and plain words for what goes wrong."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from tqdm import tqdm

from survey.catalogues.files import Places
from survey.collection.errors import DomainError
from survey.collection.people import audit_log
from survey.collection.rounds.definition_files import read_sources
from survey.collection.rounds.opening import RoundSources
from survey.collection.rounds.round import Round
from survey.commands import cli_i18n
from survey.languages import Language, Phrase
from survey.questionnaire.findings import DefinitionError, line
from survey.storage.archive import Progress
from survey.storage.data_folder import open_data_folder
from survey.storage.repository import StorageError
from survey.storage.tinydb_files.repository import FileRepository
from survey.web.site.clock import now

WHO = "command line"
CANNOT_READ = Phrase("command", "The file cannot be read: %(file)s (%(reason)s)")
CANNOT_WRITE = Phrase("command", "The file cannot be written: %(file)s (%(reason)s)")


def in_plain_words(command: Callable[..., None]) -> Callable[..., None]:
    """Run a command inside the application, and turn every refusal into lines for a person."""

    @wraps(command)
    @with_appcontext
    def run(language: Language, **options: Any) -> None:
        try:
            command(language=language, **options)
        except DomainError as refused:
            raise cli_i18n.Refusal(refused.say(language)) from refused
        except DefinitionError as error:
            raise cli_i18n.Refusal(*(line(finding, language) for finding in error.findings)) from error
        except StorageError as error:
            raise cli_i18n.Refusal(str(error)) from error

    return run


def repository() -> FileRepository:
    """What is in the data folder, made ready if this is the first to use it. Raises StorageError."""
    return open_data_folder(current_app.config["DATA"])


def sources_of(kept: Round) -> RoundSources:
    """Today's files that a round would be opened with. Raises DomainError, DefinitionError."""
    return read_sources(questionnaires(), kept.questionnaire, kept.edition, kept.cluster_list)


def questionnaires() -> Path:
    """The folder of definitions."""
    return places().questionnaires


def places() -> Places:
    """Where definitions and catalogues lie. Tests hand in folders of their own through the configuration."""
    found: Places = current_app.config.get("PLACES") or Places()
    return found


def note(kept: FileRepository, what: str, **details: str) -> None:
    """Keep in the log that the command line did something."""
    audit_log.note(kept, now(), WHO, what, **details)


@contextmanager
def bar(phrase: Phrase, language: Language) -> Iterator[Progress]:
    """A bar on stderr, where a person is watching, for work that calls back with how far it is."""
    with tqdm(desc=language.say(phrase), disable=None, leave=False) as shown:

        def report(done: int, total: int) -> None:
            shown.total = total
            shown.update(done - shown.n)

        yield report


def table(rows: Sequence[Sequence[str]], numeric: frozenset[int] = frozenset()) -> str:
    """Rows of text in columns, those in `numeric` set to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if number in numeric else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def when(moment: Any, language: Language) -> str:
    """A moment in the time of the United Kingdom, or a dash where there is none."""
    return language.datetime(moment) if moment else "–"


def say(text: str) -> None:
    """Print a line."""
    click.echo(text)
