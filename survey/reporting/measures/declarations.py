"""Every measure as data: what is counted, out of what, what is left out, and how far back it can be compared.

The functions of this room draw a measure from its declaration, and the sheet of notes says it to the reader in
the same words, so that what is counted and what is said to be counted cannot part.
"""

from dataclasses import dataclass
from functools import partial

from survey.languages import Language, Phrase

SMALLEST_BASE = 5
"""A percentage or mean of fewer clusters than this is shown as counts only, whatever is counted (Powys has 3)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a measure counts: in headers and charts as `name`, in notes as `meaning`."""

    name: Phrase
    meaning: Phrase


CLUSTERS = Unit(Phrase("unit", "clusters"), Phrase("measure", "clusters"))
REFLECTIONS = Unit(
    Phrase("unit", "reflections"),
    Phrase("measure", "reflections (one cluster on one outcome; of a single outcome, as many as clusters)"),
)
ACTIONS = Unit(Phrase("unit", "actions"), Phrase("measure", "actions (one cluster’s main action on one outcome)"))
EXAMPLES = Unit(Phrase("unit", "examples"), Phrase("measure", "examples"))
TEXTS = Unit(
    Phrase("unit", "texts"),
    Phrase("measure", "texts (what one cluster wrote under one question, about one outcome where it is asked of each)"),
)
ITEMS = Unit(
    Phrase("unit", "clusters or items"), Phrase("measure", "clusters; in a list, the items that clusters list")
)
NOTHING_LEFT_OUT = Phrase("measure", "nothing")
SILENT_STAY = Phrase("measure", "clusters that have not submitted stay in the number expected or assigned")
WITHOUT_INDICATED = Phrase("measure", "outcomes without an indicated level (ACD)")
BY_OUTCOME = Phrase("measure", "an outcome is the same outcome in every year in which it has the same code")


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. `question` names it in the questionnaire (`Question.measure`), or is nothing when it is not asked.

    `left_out` are the answers that do not count in the denominator of its percentages, `smallest_base` the
    number of clusters in it under which there are none.
    """

    id: str
    name: Phrase
    unit: Unit
    numerator: Phrase
    denominator: Phrase
    exclusions: Phrase
    missing: Phrase
    continuity: Phrase
    question: str = ""
    left_out: frozenset[str] = frozenset()
    smallest_base: int = SMALLEST_BASE

    def share(self, numerator: int, denominator: int, clusters: int) -> float | None:
        """The fraction, or None when the denominator is of too few clusters for one."""
        return numerator / denominator if clusters >= self.smallest_base else None


measure_of_clusters = partial(Measure, unit=CLUSTERS, exclusions=NOTHING_LEFT_OUT, missing=SILENT_STAY)
"""A measure of clusters, with what holds for most of them."""

RESPONSE = measure_of_clusters(
    id="response",
    name=Phrase("measure", "Response"),
    numerator=Phrase("measure", "clusters of which a submission counts: submitted, or submitted and then reopened"),
    denominator=Phrase("measure", "all clusters on the round’s list"),
    missing=Phrase("measure", "a draft counts in the status only; a record that cannot be read counts as no response"),
    continuity=Phrase("measure", "every year, each by the list of clusters of its own round"),
)
JUDGED_LEVEL = measure_of_clusters(
    id="judged_level",
    name=Phrase("measure", "Level judged"),
    unit=REFLECTIONS,
    numerator=Phrase("measure", "reflections in which the cluster judges itself to be at the level"),
    denominator=Phrase("measure", "reflections that were submitted with a level"),
    continuity=BY_OUTCOME,
    question="judged_level",
)
INDICATED_LEVEL = measure_of_clusters(
    id="indicated_level",
    name=Phrase("measure", "Level indicated"),
    unit=REFLECTIONS,
    numerator=Phrase("measure", "reflections whose answers to the criteria point to the level"),
    denominator=Phrase("measure", "reflections that were submitted with an answer to any of the criteria"),
    exclusions=WITHOUT_INDICATED,
    missing=Phrase(
        "measure",
        "a criterion that is not relevant does not count; one that is partly in place, unknown or unanswered, is unmet",
    ),
    continuity=Phrase("measure", "as long as the edition’s rule for the level stays the same"),
    question="indicated_level",
)
CALIBRATION = measure_of_clusters(
    id="calibration",
    name=Phrase("measure", "Judged and indicated"),
    unit=REFLECTIONS,
    numerator=Phrase("measure", "reflections in which the level judged is above, at or below the level indicated"),
    denominator=Phrase("measure", "reflections with both levels"),
    exclusions=WITHOUT_INDICATED,
    missing=Phrase("measure", "clusters with only one of the two levels are counted apart"),
    continuity=BY_OUTCOME,
    question="judged_level",
)
CRITERIA = measure_of_clusters(
    id="criteria",
    name=Phrase("measure", "Criteria"),
    numerator=Phrase("measure", "assigned clusters that say the criterion is in place"),
    denominator=Phrase("measure", "assigned clusters that responded and answered the criterion"),
    exclusions=Phrase("measure", "clusters to which the criterion is not relevant"),
    missing=Phrase("measure", "“don’t know” stays in the denominator; clusters that did not answer are counted apart"),
    continuity=Phrase("measure", "a criterion is the same criterion in every year in which it has the same code"),
    question="criteria",
    left_out=frozenset({"not_relevant"}),
)
HOLDING_BACK = measure_of_clusters(
    id="holding_back",
    name=Phrase("measure", "Criteria holding clusters back"),
    numerator=Phrase("measure", "clusters of which the criterion is not met at the level above the one indicated"),
    denominator=Phrase("measure", "clusters to which the criterion is relevant and whose next level it belongs to"),
    exclusions=Phrase("measure", "clusters at the highest level; outcomes without an indicated level (ACD)"),
    missing=Phrase("measure", "a criterion that is partly in place, unknown or unanswered, is unmet"),
    continuity=Phrase("measure", "as long as the edition’s rule for the level stays the same"),
    question="criteria",
)
MOVEMENT = measure_of_clusters(
    id="movement",
    name=Phrase("measure", "Movement"),
    unit=REFLECTIONS,
    numerator=Phrase(
        "measure", "reflections whose judged level is higher than, the same as or lower than when last asked"
    ),
    denominator=Phrase("measure", "reflections with a level now and when last asked"),
    exclusions=Phrase("measure", "clusters that are asked about the outcome for the first time"),
    missing=Phrase(
        "measure",
        "a cluster that was asked before and gave no level, then or now, cannot be compared and is counted apart",
    ),
    continuity=Phrase(
        "measure",
        "the last time is the latest earlier round in which the outcome was assigned to that cluster, not last year",
    ),
    question="judged_level",
)
ENABLERS = measure_of_clusters(
    id="enablers",
    name=Phrase("measure", "Enablers and barriers"),
    numerator=Phrase(
        "measure",
        "clusters by their rating, from −2 (strong barrier) to 2 (strong enabler); the mean is of these numbers",
    ),
    denominator=Phrase("measure", "clusters that responded and rated the enabler"),
    continuity=Phrase("measure", "a question is followed under the id it had in each edition"),
    question="enabler",
)
HELP_FROM = measure_of_clusters(
    id="help_from",
    name=Phrase("measure", "Help wanted"),
    numerator=Phrase("measure", "clusters that want help from that source"),
    denominator=Phrase("measure", "clusters that said who could give the help they want"),
    exclusions=Phrase("measure", "clusters that want no help were not asked from whom"),
    continuity=Phrase("measure", "from the edition of 2025, which asked it first"),
    question="help_from",
)
ACTIONS_WENT = measure_of_clusters(
    id="actions_went",
    name=Phrase("measure", "Actions of the year before"),
    unit=ACTIONS,
    numerator=Phrase("measure", "actions that the cluster says are done, under way, not begun, or no longer right"),
    denominator=Phrase("measure", "actions of the year before of which a response says how they went"),
    exclusions=Phrase("measure", "clusters that submitted no action the year before"),
    continuity=Phrase("measure", "from the edition of 2026, which asked it first"),
    question="action_went",
)
OWN_WORDS = measure_of_clusters(
    id="own_words",
    name=Phrase("measure", "In clusters’ own words"),
    numerator=Phrase(
        "measure", "the words of each cluster as they were written, with the language they were written in"
    ),
    denominator=Phrase("measure", "all assigned clusters; for questions without an outcome, all clusters"),
    exclusions=Phrase("measure", "the name of the person who signed is in no table"),
    continuity=Phrase("measure", "this round only"),
)
GOOD_PRACTICE = measure_of_clusters(
    id="good_practice",
    name=Phrase("measure", "Good practice"),
    unit=EXAMPLES,
    numerator=Phrase("measure", "examples that the cluster lets clusters and health boards across Wales see"),
    denominator=Phrase("measure", "all examples in responses that count"),
    exclusions=Phrase("measure", "examples for the cluster’s own health board, and those without a choice"),
    missing=Phrase("measure", "giving no example is no missing answer"),
    continuity=Phrase("measure", "this round only"),
    question="good_practice_share",
)
THEMES = measure_of_clusters(
    id="themes",
    name=Phrase("measure", "Themes"),
    unit=TEXTS,
    numerator=Phrase("measure", "texts that the national team put under the theme"),
    denominator=Phrase("measure", "all texts under questions that have themes, in responses that count"),
    exclusions=Phrase("measure", "texts in repeating groups, such as examples of good practice"),
    missing=Phrase("measure", "a text that nobody has read yet is under no theme"),
    continuity=Phrase("measure", "themes are the national team’s own, and those of each year its own"),
)
ANSWERS = measure_of_clusters(
    id="answers",
    name=Phrase("measure", "Answers"),
    unit=ITEMS,
    numerator=Phrase("measure", "those that gave the answer; where several may be chosen, in each of them"),
    denominator=Phrase("measure", "those that answered the question"),
    continuity=Phrase("measure", "this round only"),
)

MEASURES: tuple[Measure, ...] = (
    RESPONSE,
    JUDGED_LEVEL,
    INDICATED_LEVEL,
    CALIBRATION,
    CRITERIA,
    HOLDING_BACK,
    MOVEMENT,
    ENABLERS,
    HELP_FROM,
    ACTIONS_WENT,
    OWN_WORDS,
    GOOD_PRACTICE,
    THEMES,
    ANSWERS,
)


def explanation(measure: Measure, language: Language) -> str:
    """The measure in words, as the sheet of notes gives it."""
    return language.pgettext(
        "measure",
        "%(name)s. Unit: %(unit)s. Counted: %(numerator)s. Out of: %(denominator)s. Left out: %(exclusions)s. "
        "Missing: %(missing)s. Comparable over time: %(continuity)s.",
        name=language.say(measure.name),
        unit=language.say(measure.unit.meaning),
        numerator=language.say(measure.numerator),
        denominator=language.say(measure.denominator),
        exclusions=language.say(measure.exclusions),
        missing=language.say(measure.missing),
        continuity=language.say(measure.continuity),
    )
