"""Properties of questions: types in places where they can work, limits that leave an answer possible, and what carries
answers from one year to the next and to reports.
"""

from collections.abc import Iterator

from survey.questionnaire.checks.names import again
from survey.questionnaire.checks.outline import Outline, OutlineEntry
from survey.questionnaire.findings import Finding
from survey.questionnaire.measures import COMMENT_END, MEASURES, REPEATED
from survey.questionnaire.types import ANSWER_TYPES


def outcome_needed(outline: Outline) -> Iterator[Finding]:
    """A question about an outcome stands in a section that has none."""
    for entry in outline.entries:
        if entry.answer_type.needs_outcome and "for_each" not in entry.section:
            yield outline.finding((*entry.place, "type"), "needs_outcome", type=entry.type)


def group_contents(outline: Outline) -> Iterator[Finding]:
    """A group holds a question that cannot repeat, such as another group."""
    for entry in outline.entries:
        if entry.group is not None and not entry.answer_type.may_repeat:
            yield outline.finding((*entry.place, "type"), "not_in_group", type=entry.type)


def groups_of_clusters(outline: Outline) -> Iterator[Finding]:
    """An anonymous questionnaire holds a group: its items have pages, and take files, only where a cluster signs in."""
    for entry in outline.entries:
        if entry.answer_type.repeats and outline.source.get("respondent") == "anonymous":
            yield outline.finding((*entry.place, "type"), "group_of_people")


def formats_of_clusters(outline: Outline) -> Iterator[Finding]:
    """An anonymous questionnaire asks for what tells who somebody is: a telephone number, a postcode, a practice."""
    for entry, _ in _given(outline, "format"):
        if outline.source.get("respondent") == "anonymous":
            yield outline.finding((*entry.place, "format"), "format_of_people")


def autocomplete_of_clusters(outline: Outline) -> Iterator[Finding]:
    """An anonymous questionnaire asks the browser for what it knows of the person."""
    for entry, _ in _given(outline, "autocomplete"):
        if outline.source.get("respondent") == "anonymous":
            yield outline.finding((*entry.place, "autocomplete"), "autocomplete_of_people")


def criteria_before_calculation(outline: Outline) -> Iterator[Finding]:
    """A calculated question has no criteria before it."""
    for entry in outline.entries:
        before = entry.section["questions"][: int(entry.place[3])]
        judged = any(ANSWER_TYPES[question["type"]].judges_criteria for question in before)
        if "calculate" in entry.source and not judged:
            yield outline.finding(entry.place, "no_criteria")


def one_criteria_question(outline: Outline) -> Iterator[Finding]:
    """A section asks the criteria twice."""
    judging = ((entry.place, entry.section["id"]) for entry in outline.entries if entry.answer_type.judges_criteria)
    for place, _ in again(judging):
        yield outline.finding(place, "two_criteria")


def level_rule_present(outline: Outline) -> Iterator[Finding]:
    """A level is calculated, but the file has no rule for it."""
    for entry in outline.entries:
        if "calculate" in entry.source and "level_rule" not in outline.source:
            yield outline.finding(entry.place, "no_level_rule")


def framework_present(outline: Outline) -> Iterator[Finding]:
    """A section repeats for outcomes, but the file names no framework."""
    for place, section in outline.sections:
        if "for_each" in section and "framework" not in outline.source:
            yield outline.finding((*place, "for_each"), "no_framework")


def level_rule_codes(outline: Outline) -> Iterator[Finding]:
    """The level rule names a code that no criterion can be answered with."""
    rule = outline.source.get("level_rule", {})
    for entry in outline.entries:
        if not entry.answer_type.judges_criteria:
            continue
        codes = outline.codes(entry.source)
        for name in ("met", "left_out"):
            for number, code in enumerate(rule.get(name, ())):
                if code not in codes:
                    place = ("level_rule", name, number)
                    yield outline.finding(place, "level_rule_code", code=code, names=", ".join(codes))


def level_rule_overlap(outline: Outline) -> Iterator[Finding]:
    """The level rule counts a code both as met and as left out."""
    rule = outline.source.get("level_rule", {})
    for number, code in enumerate(rule.get("left_out", ())):
        if code in rule["met"]:
            yield outline.finding(("level_rule", "left_out", number), "level_rule_overlap", code=code)


def level_rule_below(outline: Outline) -> Iterator[Finding]:
    """The code for “not yet at the lowest level” is not among the options of the calculated question."""
    below = outline.source.get("level_rule", {}).get("below")
    for entry in outline.entries:
        codes = outline.codes(entry.source)
        if "calculate" in entry.source and below is not None and codes and below not in codes:
            yield outline.finding(("level_rule", "below"), "below_code", code=below, names=", ".join(codes))


def worksheets_of_outcomes(outline: Outline) -> Iterator[Finding]:
    """A worksheet is about no outcome."""
    for place, section in outline.sections:
        if section.get("worksheet") and "for_each" not in section:
            yield outline.finding((*place, "worksheet"), "worksheet_of_nothing")


def optional_worksheets(outline: Outline) -> Iterator[Finding]:
    """A question of a worksheet is required, or feeds a measure, though nothing of it is submitted."""
    for entry in outline.entries:
        for name in ("required", "measure"):
            if entry.section.get("worksheet") and entry.source.get(name):
                yield outline.finding((*entry.place, name), "not_in_worksheet", name=name)


def sensitivity_of_clusters(outline: Outline) -> Iterator[Finding]:
    """A question of clusters, which are organisations, is said to be sensitive or not."""
    if outline.source["respondent"] == "cluster":
        for entry, _ in _given(outline, "sensitivity"):
            yield outline.finding((*entry.place, "sensitivity"), "sensitivity_of_clusters")


def most_of_options(outline: Outline) -> Iterator[Finding]:
    """More options may be chosen than there are."""
    for entry in outline.entries:
        count, most = len(outline.options(entry.source)), entry.source.get("most", 0)
        if {"options", "most"} <= entry.answer_type.properties and count and most > count:
            yield outline.finding((*entry.place, "most"), "most_of_few", most=most, count=count)


def exclusive_options(outline: Outline) -> Iterator[Finding]:
    """No two options can be chosen together."""
    for entry in outline.entries:
        options = entry.source.get("options", ())  # in a set none can be exclusive
        exclusive = [option for option in options if option.get("exclusive")]
        if exclusive and len(options) - len(exclusive) < 2:
            yield outline.finding((*entry.place, "options"), "all_exclusive")


def was_current(outline: Outline) -> Iterator[Finding]:
    """“was” names a question of this very edition."""
    for entry, was in _given(outline, "was"):
        if outline.named(was, entry) is not None:
            yield outline.finding((*entry.place, "was"), "was_current", id=was)


def was_twice(outline: Outline) -> Iterator[Finding]:
    """Two questions of a section, or of a group, were the same question before."""
    given = _given(outline, "was")
    named = (((*entry.place, "was"), f"{(entry.group or entry.section)['id']}.{was}") for entry, was in given)
    for place, was in again(named):
        yield outline.finding(place, "was_twice", id=was)


def since_later(outline: Outline) -> Iterator[Finding]:
    """“since” is an edition that is still to come."""
    edition = outline.source["edition"]
    for entry, since in _given(outline, "since"):
        if since > edition:
            yield outline.finding((*entry.place, "since"), "since_later", since=since, edition=edition)


def since_and_was(outline: Outline) -> Iterator[Finding]:
    """A question is said to be new in this edition, and to have been another before."""
    for entry, since in _given(outline, "since"):
        if "was" in entry.source and since == outline.source["edition"]:
            yield outline.finding((*entry.place, "since"), "since_and_was")


def measure_twice(outline: Outline) -> Iterator[Finding]:
    """Two questions feed the same measure."""
    fed = _given(outline, "measure")
    for place, measure in again((entry.place, measure) for entry, measure in fed if measure not in REPEATED):
        yield outline.finding((*place, "measure"), "measure_twice", measure=measure)


def measure_types(outline: Outline) -> Iterator[Finding]:
    """A measure cannot be counted from answers of this type."""
    for entry, measure in _given(outline, "measure"):
        if entry.answer_type.counted_as != MEASURES[measure]:
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


def _given(outline: Outline, name: str) -> Iterator[tuple[OutlineEntry, str]]:
    return ((entry, entry.source[name]) for entry in outline.entries if name in entry.source)
