"""What is wrong with a line of an import, and the wording of it."""

from dataclasses import dataclass

from survey.languages import Language, Phrase
from survey.questionnaire.problems import Problem, describe


@dataclass(frozen=True, slots=True)
class ImportFault:
    """What is wrong with a line. `where` is the place in the line, like `about.population`; `code` is stable."""

    line: int
    where: str
    code: str
    problem: Problem | None = None


def describe_fault(fault: ImportFault, language: Language) -> str:
    """The fault as one line: where it is, what is wrong, what to do."""
    reason = describe(fault.problem, language) if fault.problem else language.say(_WORDINGS[fault.code])
    return language.pgettext(
        "import", "Line %(line)s, %(where)s: %(what)s", line=str(fault.line), where=fault.where or "–", what=reason
    )


_WORDINGS = {
    "unknown_cluster": Phrase("import", "There is no cluster with this code in the round."),
    "cluster_twice": Phrase("import", "This cluster has a line above. Keep one line for each cluster."),
    "response_there": Phrase("import", "This cluster has a response in the round already. Take the line out."),
    "not_a_language": Phrase("import", "The language must be “cy” or “en”."),
    "not_a_time": Phrase("import", "Give a time that has passed, with its zone, like 2025-11-03T10:00:00+00:00."),
    "wrong_shape": Phrase("import", "Pages must be an object, and so must the answers of each page."),
    "unknown_page": Phrase("import", "The round does not ask this page of this cluster. Check the outcomes assigned."),
    "unknown_name": Phrase("import", "A line may not hold this name. Take it out."),
    "line_too_long": Phrase("import", "The line is too long to be a response."),
    "not_json": Phrase("import", "The line is not valid JSON in UTF-8."),
    "not_an_object": Phrase("import", "The line must be a JSON object."),
    "nothing": Phrase("import", "The file holds no responses."),
}
