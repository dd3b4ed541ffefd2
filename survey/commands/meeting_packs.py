"""A meeting pack as the command line shows it."""

from collections.abc import Iterator

from survey.collection.meeting_packs.differences import PackDifference
from survey.collection.meeting_packs.reader import FilledPack, describe_fault
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language, Phrase
from survey.questionnaire.types import AnswerContext

NOT_ANSWERED = Phrase("responses command", "Not answered")
NOW_HELD, IN_PACK = Phrase("meeting pack", "Now"), Phrase("meeting pack", "In the pack")
BOTH_CHANGED = Phrase("responses command", "Changed in both since the pack was made")


def pack_lines(
    snapshot: RoundSnapshot, filled: FilledPack, differences: list[PackDifference], language: Language
) -> Iterator[str]:
    """What cannot be read of a pack, and every difference with both answers, line by line."""
    texts = snapshot.texts[language.code]
    yield snapshot.cluster(filled.pack.cluster).name(language.code)
    for fault in filled.faults:
        yield f"{fault.sheet} {fault.cell}: {describe_fault(fault, language)}"
    for difference in differences:
        if difference.is_whole_item:
            continue
        context = AnswerContext(texts, language, difference.page.outcome)
        outcome = f"{texts(difference.page.outcome.name)} – " if difference.page.outcome else ""
        yield f"{outcome}{difference.label(context)}"
        for heading, answer in ((NOW_HELD, difference.now), (IN_PACK, difference.pack)):
            said = " / ".join(line.text for line in difference.lines(answer, context)) or language.say(NOT_ANSWERED)
            yield f"    {language.say(heading)}: {said}"
        if difference.is_clash:
            yield "    " + language.say(BOTH_CHANGED)
