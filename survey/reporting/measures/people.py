"""What every workbook of people measures, whatever was asked: how many responded."""

from survey.languages import Phrase
from survey.reporting.measures.declarations import Measure

PEOPLE = Phrase("workforce measure", "people; nobody is weighted")
RESPONSE = Measure(
    id="people_response",
    name=Phrase("workforce measure", "Response"),
    unit=PEOPLE,
    numerator=Phrase("workforce measure", "responses submitted with the link of a cluster"),
    denominator=Phrase(
        "workforce measure", "the number of staff is not known for this survey, so there is no response rate"
    ),
    exclusions=Phrase("workforce measure", "answers that were begun and not submitted"),
    missing=Phrase("workforce measure", "whoever works across clusters is counted in the one that they answered for"),
    continuity=Phrase("workforce measure", "every year, by the list of clusters of its own round"),
)
