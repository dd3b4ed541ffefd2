"""Whether the Welsh is ready for people to answer in: what the gate says of all that a round shows."""

from survey.catalogues.extract import templates
from survey.catalogues.files import Places
from survey.catalogues.gate import Finding, findings
from survey.languages import INTERFACE


def obstacles(places: Places, questionnaire: str) -> list[Finding]:
    """Return the errors that keep a round of a questionnaire from opening; none means that it may.

    Looked at are the interface, the framework and the questionnaire with this id.

    Raises:
        ExtractionError, DefinitionError: code or definitions cannot be read.
    """
    made = templates(places)
    shown = {name: made[name] for name in (INTERFACE, "framework", questionnaire) if name in made}
    return [finding for finding in findings(places, shown) if finding.is_error]
