"""Every edition with how it stands, for authors and for whoever opens rounds."""

from dataclasses import dataclass

from flask import abort, render_template, request

from survey.collection.editions.lifecycle import content_now, rounds_of
from survey.collection.editions.standing import EditionStanding, standing_of, standings
from survey.collection.rounds.round import Round
from survey.languages import Phrase
from survey.languages import language as language_of
from survey.questionnaire.builder import JsonObject
from survey.questionnaire.findings import DefinitionError
from survey.questionnaire.json_reader import read_definition
from survey.web.manage.auth import blueprint
from survey.web.manage.editions.frameworks import all_frameworks
from survey.web.site.editions import Edition, editions, words_of
from survey.web.site.environment import current_repository
from survey.web.site.language import current_language
from survey.web.site.translations import project, translators_repository

GONE = Phrase(
    "author",
    "What you sent is not here any more: it was kept, or another file of yours took its place, or a day has gone by. "
    "If it was not kept, send it again.",
)
STATES = {
    "faults": Phrase("edition state", "Has faults"),
    "clash": Phrase("edition state", "Choose which of two"),
    "untranslated": Phrase("edition state", "Welsh is missing"),
    "ready": Phrase("edition state", "Ready for a round"),
    "away": Phrase("edition state", "Taken away"),
}
STATE_COLOURS = {"faults": "red", "clash": "orange", "untranslated": "yellow", "ready": "green", "away": "grey"}


@dataclass(frozen=True)
class EditionRow:
    """An edition as it stands. `edition` is what it asks, or what is wrong with it; None once it was taken away."""

    standing: EditionStanding
    edition: Edition | None
    rounds: tuple[Round, ...]

    @property
    def name(self) -> str:
        return f"{self.standing.questionnaire}/{self.standing.edition}"

    @property
    def owed(self) -> int:
        """How many of its texts have no Welsh that readers could be shown."""
        if self.edition is None or self.edition.questionnaire is None:
            return 0
        return len(words_of(self.edition, language_of("cy")).missing)

    @property
    def state(self) -> str:
        """The first of `STATES` that it is in."""
        if self.edition is None:
            return "away"
        if self.edition.findings:
            return "faults"
        if self.standing.clashes:
            return "clash"
        return "untranslated" if self.owed else "ready"

    @property
    def is_away(self) -> bool:
        return self.edition is None


@blueprint.get("/questionnaires/", endpoint="editions")
def all_editions() -> str:
    """Every questionnaire with its editions, the newest first."""
    rows = [row_of(standing) for standing in standings(translators_repository(), project().questionnaires)]
    names = sorted({row.standing.questionnaire for row in rows})
    newest_first = {name: [row for row in reversed(rows) if row.standing.questionnaire == name] for name in names}
    groups = [(title_of(name, of_name), of_name) for name, of_name in newest_first.items()]
    return render_template(
        "manage/editions/editions.html",
        groups=groups,
        gone=GONE if "gone" in request.args else None,
        frameworks=list(all_frameworks()),
        states=STATES,
        colours=STATE_COLOURS,
    )


def row_of(standing: EditionStanding) -> EditionRow:
    """An edition with what it asks and who asks it."""
    name, year = standing.questionnaire, standing.edition
    rounds = rounds_of(current_repository(), name, year)
    return EditionRow(standing, edition_on_shelf(name, year), tuple(rounds))


def row_named(name: str, year: str) -> EditionRow:
    """The edition of an address; 404 for one that never was."""
    standing = standing_of(translators_repository(), project().questionnaires, name, year)
    if not standing.kept and standing.changed is None:
        abort(404)
    return row_of(standing)


def edition_on_shelf(name: str, year: str) -> Edition | None:
    """An edition as it stands now; None where there is none."""
    return next(
        (edition for edition in editions(project().shelf) if (edition.name, edition.year) == (name, year)), None
    )


def edition_before(name: str, year: str) -> Edition | None:
    """The newest sound edition that is earlier than a year; None where there is none."""
    earlier = (
        edition
        for edition in editions(project().shelf)
        if edition.name == name and edition.year < year and edition.questionnaire
    )
    return next(earlier, None)


def years_before(name: str, year: str) -> list[str]:
    """The years of the sound editions of a questionnaire that are earlier than one."""
    return [
        edition.year
        for edition in editions(project().shelf)
        if edition.name == name and edition.year < year and edition.questionnaire
    ]


def source_of(name: str, year: str) -> JsonObject | None:
    """The JSON of an edition as it stands; None where there is none that can be read."""
    standing = standing_of(translators_repository(), project().questionnaires, name, year)
    content = content_now(translators_repository(), project().questionnaires, standing)
    try:
        source: JsonObject = read_definition(content, "").value
    except DefinitionError:
        return None
    return source


def title_of(name: str, rows: list[EditionRow]) -> str:
    """The title of a questionnaire, as the first sound edition of some has it; its id where none is sound."""
    for row in rows:
        if row.edition and row.edition.questionnaire:
            return words_of(row.edition, current_language()).texts(row.edition.questionnaire.title)
    return name
