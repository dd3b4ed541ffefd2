"""`flask rounds reword`: corrected wording in an open round, shown first and then put to use with a reason."""

from collections.abc import Iterator

import click

from survey.collection.errors import DomainError
from survey.collection.rounds.rewording import Rewording, meaning_changes, revise_texts, rewordings
from survey.collection.rounds.round import read_round
from survey.collection.translation.publication import gate_of_readers
from survey.commands.cli_i18n import Refusal, option
from survey.commands.environment import BY, ROUND, note, now, open_repository, operator, places, sources_of
from survey.commands.round_group import rounds
from survey.languages import Language, Phrase
from survey.questionnaire.diff import describe

WHY = Phrase("command", "Why the words are corrected; without it, what would change is only shown")
SAME = Phrase("command", "You have compared the words, and they ask the same as before")
CODES = {"cy": Phrase("rounds command", "Welsh"), "en": Phrase("rounds command", "English")}


@rounds.command(
    "reword", about=Phrase("command", "Correct wording in an open round, as files and translations have it today")
)
@ROUND
@BY
@option("--reason", about=WHY, default="")
@option("--same-meaning", "vouched", about=SAME, is_flag=True)
def reword(round_id: str, reason: str, vouched: bool, language: Language) -> str:
    repository = open_repository()
    sources = sources_of(read_round(repository, round_id))
    try:
        reworded = rewordings(repository, round_id, sources)
    except DomainError as refused:
        if refused.code != "meaning_changed":
            raise
        changes = meaning_changes(repository, round_id, sources)
        lines = (f"    {change.pointer}  {describe(change, language)}" for change in changes)
        raise Refusal(refused.say(language), *lines) from refused
    for line in _lines(reworded, language):
        click.echo(line)
    if not reason.strip():
        return language.npgettext(
            "rounds command",
            "%(n)s text would change. Nothing was changed: give --reason to correct it",
            "%(n)s texts would change. Nothing was changed: give --reason to correct them",
            len(reworded),
        )
    made = revise_texts(
        repository,
        round_id,
        sources,
        gate_of_readers(repository, places(), language, sources),
        shown=reworded,
        reason=reason,
        by=operator(),
        vouched=vouched,
        now=now(),
    )
    note(repository, "round_reworded", round=round_id, revision=str(made.number), texts=str(len(made.rewordings)))
    return language.pgettext(
        "rounds command",
        "Corrected: %(round)s. Submissions from now on name text revision %(number)s",
        round=round_id,
        number=str(made.number),
    )


def _lines(reworded: list[Rewording], language: Language) -> Iterator[str]:
    for rewording in reworded:
        doubt = language.pgettext("rounds command", "may ask something else") if rewording.may_ask_otherwise else ""
        yield f"{rewording.key}  {language.say(CODES[rewording.language])}" + (f"  ({doubt})" if doubt else "")
        yield f"    - {rewording.before}"
        yield f"    + {rewording.after}"
