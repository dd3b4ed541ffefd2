"""Whether the Welsh is ready for people to answer in: what the gate says of all that a round shows."""

from collections.abc import Collection

from survey.catalogues.extraction import templates
from survey.catalogues.files import Places
from survey.catalogues.gate import GateFinding, findings


def obstacles(places: Places, catalogues: Collection[str]) -> list[GateFinding]:
    """Return the errors in the named catalogues that keep a round from opening; none means that it may.

    Raises:
        ExtractionError, DefinitionError: code or definitions cannot be read.
    """
    shown = {name: template for name, template in templates(places).items() if name in catalogues}
    return [finding for finding in findings(places, shown) if finding.is_error]
