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
    snapshot: RoundSnapshot, filled: FilledPack, found: list[PackDifference], language: Language
) -> Iterator[str]:
    """What cannot be read of a pack, and every difference with both answers, line by line."""
    texts = snapshot.texts[language.code]
    yield snapshot.cluster(filled.pack.cluster).name(language.code)
    for fault in filled.faults:
        yield f"{fault.sheet} {fault.cell}: {describe_fault(fault, language)}"
    for one in found:
        if one.is_whole_item:
            continue
        context = AnswerContext(texts, language, one.page.outcome)
        outcome = f"{texts(one.page.outcome.name)} – " if one.page.outcome else ""
        yield f"{outcome}{one.label(context)}"
        for heading, answer in ((NOW_HELD, one.now), (IN_PACK, one.pack)):
            said = " / ".join(line.text for line in one.lines(answer, context)) or language.say(NOT_ANSWERED)
            yield f"    {language.say(heading)}: {said}"
        if one.is_clash:
            yield "    " + language.say(BOTH_CHANGED)
