"""Where editions stand: the files of a folder, and over them those that somebody has added elsewhere."""

from dataclasses import dataclass
from pathlib import Path

from survey.questionnaire.library import QUESTIONNAIRES, ExaminedFile, definition_files, examine, examine_content

NOT_QUESTIONNAIRES = frozenset({"frameworks", "clusters", "schema"})
"""Folders beside those of questionnaires."""


@dataclass(frozen=True, slots=True)
class Added:
    """An edition that lies over the file of its name, or where there is none; `content` is what the file would hold."""

    questionnaire: str
    edition: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Shelf:
    """The definitions of a folder, with the editions that were added in front of them."""

    folder: Path = QUESTIONNAIRES
    added: tuple[Added, ...] = ()

    def path(self, questionnaire: str, edition: str) -> Path:
        """The path that an edition has, or would have, in the folder."""
        return self.folder / questionnaire / f"{edition}.json"

    def files(self) -> list[Path]:
        """Every definition of the folder, and every edition that was added, by such paths."""
        return sorted(
            {
                *definition_files(self.folder),
                *(self.path(edition.questionnaire, edition.edition) for edition in self.added),
            }
        )

    def editions(self) -> list[Path]:
        """The definitions that are editions of questionnaires, the newest last."""
        return [path for path in self.files() if path.parent.name not in NOT_QUESTIONNAIRES]

    def content(self, path: Path) -> bytes | None:
        """What was added in the place of a file; None where the file itself stands."""
        editions = (edition for edition in self.added if self.path(edition.questionnaire, edition.edition) == path)
        return next((edition.content for edition in editions), None)

    def has(self, path: Path) -> bool:
        """Whether there is a definition at a path."""
        return self.content(path) is not None or path.is_file()

    def examine(self, path: Path, kind: str | None = None) -> ExaminedFile:
        """What stands at a path, with everything that is wrong with it by itself."""
        content = self.content(path)
        return examine(path, kind) if content is None else examine_content(content, path, kind)
