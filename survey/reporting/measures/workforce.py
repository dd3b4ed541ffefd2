"""Every measure of the workforce workbook as data: who is counted, out of whom, and whose answer does not count.

What is counted is always people, and every figure of an answer is an average over its base, which is shown beside it.
"""

from functools import partial

from survey.languages import Phrase
from survey.reporting.measures.declarations import Measure, Unit

PEOPLE = Unit(Phrase("unit", "people"), Phrase("workforce measure", "people; nobody is weighted"))
RESPONSES = Unit(Phrase("unit", "responses"), Phrase("workforce measure", "responses, each of one person"))
EDITIONS = Phrase("workforce measure", "a question is followed under the id it had in each edition")
NO_ANSWER = Phrase("workforce measure", "people who skipped the question, or prefer not to say, are not in the base")
ALL_GIVEN = Phrase("workforce measure", "nothing")
PREFER_NOT = frozenset({"prefer_not_to_say"})

measure_of_people = partial(Measure, unit=PEOPLE, exclusions=ALL_GIVEN, missing=NO_ANSWER, continuity=EDITIONS)
"""A measure of people, with what holds for most of them."""

PEOPLE_RESPONSE = measure_of_people(
    id="people_response",
    name=Phrase("workforce measure", "Response"),
    unit=RESPONSES,
    numerator=Phrase("workforce measure", "responses submitted with the link of a cluster"),
    denominator=Phrase(
        "workforce measure", "the number of staff is not known for this survey, so there is no response rate"
    ),
    exclusions=Phrase("workforce measure", "answers that were begun and not submitted"),
    missing=Phrase("workforce measure", "whoever works across clusters is counted in the one that they answered for"),
    continuity=Phrase("workforce measure", "every year, by the list of clusters of its own round"),
)
PROFESSION = measure_of_people(
    id="people_profession",
    name=Phrase("workforce measure", "Profession"),
    numerator=Phrase("workforce measure", "people who chose the profession as the one they work the most hours in"),
    denominator=Phrase("workforce measure", "all responses"),
    missing=Phrase("workforce measure", "“Prefer not to say” is a row of its own"),
    question="profession",
)
SKILLS = measure_of_people(
    id="people_skills",
    name=Phrase("workforce measure", "Skills: importance, confidence and gap"),
    numerator=Phrase(
        "workforce measure",
        "the mean importance of the skill to the role, from 1 (not important) to 4 (very important), and the mean "
        "confidence in it, from 1 (not confident) to 4 (very confident); the gap is importance minus confidence, so a "
        "gap above 0 means that confidence falls short of importance",
    ),
    denominator=Phrase("workforce measure", "people who gave both scores; every mean is theirs"),
    exclusions=Phrase("workforce measure", "people to whom the skill is not applicable"),
    missing=Phrase("workforce measure", "people who gave one score, or none, are not in the base"),
    question="skills",
)
TRAINING = measure_of_people(
    id="people_training",
    name=Phrase("workforce measure", "Training priorities"),
    numerator=Phrase(
        "workforce measure",
        "people who rank the training first; people who rank it at all; and its mean points: a first choice has 5 "
        "points, a second 4, down to 1 for a fifth, and training that a person does not rank has none. They are the "
        "mean of the points that people who rank it give it, times the share who rank it at all",
    ),
    denominator=Phrase("workforce measure", "people who ranked any training"),
    missing=Phrase(
        "workforce measure", "people who ranked none, because they need none or skipped, are not in the base"
    ),
    question="training_needs",
)
LEARNING = measure_of_people(
    id="people_learning",
    name=Phrase("workforce measure", "Learning preferences and obstacles"),
    numerator=Phrase("workforce measure", "people who chose the answer; where several may be chosen, in each of them"),
    denominator=Phrase("workforce measure", "people who answered the question"),
)
WELSH = measure_of_people(
    id="people_welsh",
    name=Phrase("workforce measure", "Welsh language skills"),
    numerator=Phrase("workforce measure", "people at the level, of the levels 0 to 5 that NHS Wales uses"),
    denominator=Phrase("workforce measure", "people who gave their level"),
)
WELSH_USE = measure_of_people(
    id="people_welsh_use",
    name=Phrase("workforce measure", "Use of Welsh"),
    numerator=Phrase("workforce measure", "people who chose the answer"),
    denominator=Phrase("workforce measure", "people who answered the question"),
)
STAY = measure_of_people(
    id="people_stay",
    name=Phrase("workforce measure", "Intention to stay"),
    numerator=Phrase("workforce measure", "people who chose the answer; “Don’t know” is an answer"),
    denominator=Phrase("workforce measure", "people who answered the question"),
    exclusions=Phrase("workforce measure", "people who prefer not to say"),
    left_out=PREFER_NOT,
)
STAY_HELP = measure_of_people(
    id="people_stay_help",
    name=Phrase("workforce measure", "Help to stay"),
    numerator=Phrase("workforce measure", "people who chose the answer; where several may be chosen, in each of them"),
    denominator=Phrase("workforce measure", "people who answered the question"),
    exclusions=Phrase("workforce measure", "people who prefer not to say"),
    left_out=PREFER_NOT,
)
WELLBEING = measure_of_people(
    id="people_wellbeing",
    name=Phrase("workforce measure", "Well-being"),
    numerator=Phrase(
        "workforce measure",
        "people who chose the answer; the mean is of 1 (strongly disagree) to 5 (strongly agree)",
    ),
    denominator=Phrase("workforce measure", "people who answered the question"),
    exclusions=Phrase("workforce measure", "people who prefer not to say"),
    left_out=PREFER_NOT,
)
OTHER_ANSWERS = measure_of_people(
    id="people_answers",
    name=Phrase("workforce measure", "Answers"),
    numerator=Phrase("workforce measure", "people who gave the answer; where several may be chosen, in each of them"),
    denominator=Phrase("workforce measure", "people who answered the question"),
    missing=Phrase(
        "workforce measure",
        "people who skipped the question are not in the base; “Prefer not to say” is an answer here",
    ),
)

PEOPLE_THEMES = measure_of_people(
    id="people_themes",
    name=Phrase("workforce measure", "Themes"),
    numerator=Phrase("workforce measure", "people whose released comment the national team put under the theme"),
    denominator=Phrase("workforce measure", "not given: with it, a small number could be worked out"),
    exclusions=Phrase("workforce measure", "comments that have not been released when the figures are made"),
    missing=Phrase("workforce measure", "people who wrote nothing"),
    continuity=Phrase("workforce measure", "themes are the national team’s own, and those of each year its own"),
)

MEASURES = (
    PEOPLE_RESPONSE,
    PROFESSION,
    SKILLS,
    TRAINING,
    LEARNING,
    WELSH,
    WELSH_USE,
    STAY,
    STAY_HELP,
    WELLBEING,
    OTHER_ANSWERS,
    PEOPLE_THEMES,
)
WELSH_LEVELS = ("welsh_understanding", "welsh_reading", "welsh_writing")
COUNTED: dict[str, Measure] = {
    "skills": SKILLS,
    "training_needs": TRAINING,
    "learning_preferences": LEARNING,
    "obstacles": LEARNING,
    "protected_time": LEARNING,
    **dict.fromkeys(WELSH_LEVELS, WELSH),
    "welsh_use": WELSH_USE,
    "welsh_wish": WELSH_USE,
    "stay": STAY,
    "stay_help": STAY_HELP,
    "wellbeing": WELLBEING,
}
"""What the questionnaire’s own measures (`Question.measure`) are counted as."""
