"""The tables that a correction leaves out, in words: “By profession: Training needed”."""

from collections.abc import Iterable

from survey.languages import Language, Phrase
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.texts import Texts

BREAKDOWNS = {
    (): Phrase("table of people", "Wales: %(what)s"),
    ("board",): Phrase("table of people", "By health board: %(what)s"),
    ("profession",): Phrase("table of people", "By profession: %(what)s"),
    ("profession", "board"): Phrase("table of people", "By profession and health board: %(what)s"),
}
EVERYTHING = Phrase("table of people", "everything")


def table_names(
    questionnaire: Questionnaire, left_out: Iterable[tuple[str, tuple[str, ...]]], language: Language, texts: Texts
) -> list[str]:
    """Each table once, those of one breakdown together; only the breakdown where nothing of it is left. `texts` has the
    words of the questionnaire."""
    tables = set(left_out)
    names: list[str] = []
    for breakdown, phrase in BREAKDOWNS.items():
        counted = {of for of, by in tables if by == breakdown}
        if "" in counted:
            names.append(language.say(phrase, what=language.say(EVERYTHING)))
        else:
            names += [language.say(phrase, what=label) for label in _labels(questionnaire, counted, texts)]
    return names


def _labels(questionnaire: Questionnaire, counted: set[str], texts: Texts) -> Iterable[str]:
    """The questions that something counted belongs to, in the questionnaire’s order."""
    for section in questionnaire.sections:
        for question in section.questions:
            key = f"{section.id}.{question.id}"
            if any(of == key or of.startswith((f"{key}.", f"{key}:", f"{key}=")) for of in counted):
                yield texts(question.label)
