"""What is wrong with a line of an import, and the wording of it."""

from dataclasses import dataclass

from survey.languages import Language
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
    what = describe(fault.problem, language) if fault.problem else _wording(fault.code, language)
    return language.pgettext(
        "import", "Line %(line)s, %(where)s: %(what)s", line=str(fault.line), where=fault.where or "–", what=what
    )


def _wording(code: str, language: Language) -> str:
    return {
        "unknown_cluster": language.pgettext("import", "There is no cluster with this code in the round."),
        "cluster_twice": language.pgettext("import", "This cluster has a line above. Keep one line for each cluster."),
        "response_there": language.pgettext(
            "import", "This cluster has a response in the round already. Take the line out."
        ),
        "not_a_language": language.pgettext("import", "The language must be “cy” or “en”."),
        "not_a_time": language.pgettext(
            "import", "Give a time that has passed, with its zone, like 2025-11-03T10:00:00+00:00."
        ),
        "wrong_shape": language.pgettext("import", "Pages must be an object, and so must the answers of each page."),
        "unknown_page": language.pgettext(
            "import", "The round does not ask this page of this cluster. Check the outcomes assigned."
        ),
        "unknown_name": language.pgettext("import", "A line may not hold this name. Take it out."),
        "line_too_long": language.pgettext("import", "The line is too long to be a response."),
        "not_json": language.pgettext("import", "The line is not valid JSON in UTF-8."),
        "not_an_object": language.pgettext("import", "The line must be a JSON object."),
        "nothing": language.pgettext("import", "The file holds no responses."),
    }[code]
