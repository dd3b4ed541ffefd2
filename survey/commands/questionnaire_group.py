"""What the commands of `flask questionnaires …` share: the group, and how a file of theirs is written."""

from collections.abc import Iterable
from pathlib import Path

from survey import atomic_file
from survey.commands.cli_i18n import Refusal, group
from survey.languages import Language, Phrase
from survey.questionnaire.findings import DefinitionError, Finding

questionnaires = group("questionnaires", Phrase("command", "List, check and compare the definitions of questionnaires"))

THERE_ALREADY = Phrase("questionnaires command", "%(file)s is there already, and was not touched. Give another name.")


def write_new(path: Path, content: bytes, language: Language) -> None:
    """Put a file where none is, making its folder. Raises Refusal where there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not atomic_file.create_file(path, content, mode=0o644):
        raise Refusal(language.say(THERE_ALREADY, file=near(path)))


def content_of(path: Path) -> bytes:
    """What is in a file that somebody has named. Raises DefinitionError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise DefinitionError([Finding(str(path), "", "no_file")]) from None
    except OSError:
        raise DefinitionError([Finding(str(path), "", "unreadable")]) from None


def refuse_what_is_there(paths: Iterable[Path], language: Language) -> None:
    """Raise Refusal if there is a file already at one of the paths, before any of them is written."""
    for path in paths:
        if path.exists():
            raise Refusal(language.say(THERE_ALREADY, file=near(path)))


def near(path: Path) -> Path:
    """The path as seen from where the command runs, if it is below it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
