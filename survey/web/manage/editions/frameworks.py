"""The frameworks that clusters reflect on, as authors look at them: their outcomes, and which editions ask them."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import abort, render_template

from survey.questionnaire.builder import framework_from
from survey.questionnaire.framework import Framework
from survey.questionnaire.library import ExaminedFile
from survey.questionnaire.texts import messages
from survey.web.manage.auth import blueprint
from survey.web.manage.editions.findings import findings_in_words
from survey.web.site.editions import Edition, EditionTexts, editions, words_from
from survey.web.site.language import current_language
from survey.web.site.translations import project


@dataclass(frozen=True)
class FrameworkRow:
    """A framework as its file has it, and the sound editions that ask it. One with faults has no `framework`."""

    examined: ExaminedFile
    framework: Framework | None
    asked_in: tuple[Edition, ...]

    @property
    def id(self) -> str:
        return self.examined.path.stem

    @property
    def words(self) -> EditionTexts:
        """Its texts in the language of the page. Raises ValueError for one with faults."""
        if self.framework is None:
            raise ValueError(f"{self.id} has faults")
        sources = tuple(("framework", message) for message in messages(self.framework))
        return words_from(sources, current_language())

    @property
    def title(self) -> str:
        """What it is called; its id where it has faults."""
        return self.words.texts(self.framework.title) if self.framework else self.id


def all_frameworks() -> Iterator[FrameworkRow]:
    """Every framework, the newest last."""
    shelf = project().shelf
    asking = [edition for edition in editions(shelf) if edition.questionnaire]
    for path in shelf.files():
        if path.parent == shelf.folder / "frameworks":
            examined = shelf.examine(path, "framework")
            sound = framework_from(examined.source) if examined.source is not None and examined.is_sound else None
            asked_in = [
                edition
                for edition in asking
                if edition.questionnaire and edition.questionnaire.framework_id == path.stem
            ]
            yield FrameworkRow(examined, sound, tuple(asked_in))


@blueprint.get("/questionnaires/frameworks/<framework_id>")
def framework(framework_id: str) -> str:
    """A framework with its outcomes, or what is wrong with its file."""
    row = next((row for row in all_frameworks() if row.id == framework_id), None) or abort(404)
    return render_template(
        "manage/editions/framework.html",
        row=row,
        texts=row.words.texts if row.framework else None,
        names=row.framework.names(row.words.texts, current_language()) if row.framework else {},
        findings=findings_in_words(row.examined.findings),
    )
