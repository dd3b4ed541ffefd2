"""Files that commands write for people: where, and in plain words why not."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from survey.commands.cli_i18n import Refusal
from survey.languages import Language, Phrase

CANNOT_WRITE = Phrase("command", "The file cannot be written: %(file)s (%(reason)s)")
EXISTS = Phrase("command", "There is a file already: %(file)s. Choose another name.")


def refuse_to_replace(path: Path, language: Language) -> None:
    """Raise Refusal if there is a file already."""
    if path.exists():
        raise Refusal(language.say(EXISTS, file=path))


@contextmanager
def writing(path: Path, language: Language) -> Iterator[None]:
    """Turn what keeps the file from being written into a Refusal."""
    try:
        yield
    except FileExistsError as error:
        raise Refusal(language.say(EXISTS, file=path)) from error
    except OSError as error:
        raise Refusal(language.say(CANNOT_WRITE, file=path, reason=error.strerror or error)) from error
