"""A file that a command writes where none is: what somebody has there already is never replaced."""

from pathlib import Path

from survey.atomic_file import create_file
from survey.commands.environment import writing
from survey.languages import Language


def write_new(path: Path, content: bytes, language: Language) -> None:
    """Write a file that nobody else can read. Raises Refusal where one is already, or none can be written."""
    with writing(path, language):
        if not create_file(path, content):
            raise FileExistsError(path)
