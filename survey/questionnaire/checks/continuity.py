"""What carries answers from one year to the next, and from questions to reports."""

from collections.abc import Iterator

from survey.questionnaire.checks.names import again
from survey.questionnaire.checks.outline import Outline
from survey.questionnaire.findings import Finding
from survey.questionnaire.measures import COMMENT_END, MEASURES, REPEATED
from survey.questionnaire.types import ANSWER_TYPES


def was_current(outline: Outline) -> Iterator[Finding]:
    """“was” names a question of this very edition."""
    for entry in outline.entries:
        was = entry.source.get("was")
        if was is not None and outline.named(was, entry.section, entry) is not None:
            yield outline.finding((*entry.place, "was"), "was_current", id=was)


def was_twice(outline: Outline) -> Iterator[Finding]:
    """Two questions of a section, or of a group, were the same question before."""
    named = (
        ((*entry.place, "was"), f"{(entry.group or entry.section)['id']}.{entry.source['was']}")
        for entry in outline.entries
        if "was" in entry.source
    )
    for place, was in again(named):
        yield outline.finding(place, "was_twice", id=was)


def since_later(outline: Outline) -> Iterator[Finding]:
    """“since” is an edition that is still to come."""
    edition = outline.source["edition"]
    for entry in outline.entries:
        since = entry.source.get("since", edition)
        if since > edition:
            yield outline.finding((*entry.place, "since"), "since_later", since=since, edition=edition)


def since_and_was(outline: Outline) -> Iterator[Finding]:
    """A question is said to be new in this edition, and to have been another before."""
    for entry in outline.entries:
        if "was" in entry.source and entry.source.get("since") == outline.source["edition"]:
            yield outline.finding((*entry.place, "since"), "since_and_was")


def measure_twice(outline: Outline) -> Iterator[Finding]:
    """Two questions feed the same measure."""
    named = (
        ((*entry.place, "measure"), entry.source["measure"])
        for entry in outline.entries
        if entry.source.get("measure", "enabler") not in REPEATED
    )
    for place, measure in again(named):
        yield outline.finding(place, "measure_twice", measure=measure)


def measure_types(outline: Outline) -> Iterator[Finding]:
    """A measure cannot be counted from answers of this type."""
    for entry in outline.entries:
        measure = entry.source.get("measure")
        if measure is not None and entry.answer_type.counted_as != MEASURES[measure]:
            fitting = sorted(name for name, kind in ANSWER_TYPES.items() if kind.counted_as == MEASURES[measure])
            values = {"measure": measure, "type": entry.type, "names": ", ".join(fitting)}
            yield outline.finding((*entry.place, "measure"), "measure_type", **values)


def comments_of_enablers(outline: Outline) -> Iterator[Finding]:
    """A comment on an enabler does not say, by its id, on which."""
    enablers = {entry.id for entry in outline.entries if entry.source.get("measure") == "enabler"}
    for entry in outline.entries:
        enabler = entry.id.removesuffix(COMMENT_END)
        if entry.source.get("measure") == "enabler_comment" and (enabler == entry.id or enabler not in enablers):
            yield outline.finding((*entry.place, "id"), "comment_of_nothing", id=enabler)
