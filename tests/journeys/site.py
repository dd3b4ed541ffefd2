"""The site that the journeys visit, as a server runs it: `gunicorn tests.journeys.site:app`.

It is the real application, with the words of today's code and on a day of the demonstration's open round.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

from survey import create_app
from survey.catalogues.files import Places
from tests.catalogues_in_use import use_catalogues
from tests.journeys.axe import serve_axe

TODAY = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
_started = datetime.now(UTC)


def now() -> datetime:
    """The time on the day of the journeys; it goes on as it does outside."""
    return TODAY + (datetime.now(UTC) - _started)


config = {"DATA": Path(os.environ["JOURNEYS_DATA"]), "DEMO": True, "PSEUDO": True, "NOW": now}
if "JOURNEYS_PROJECT" in os.environ:
    project = Path(os.environ["JOURNEYS_PROJECT"])
    config |= {"PLACES": Places(project, project / "translations"), "QUESTIONNAIRES": project / "questionnaires"}
use_catalogues(Path(os.environ["JOURNEYS_CATALOGUES"]))
app = create_app(config)
serve_axe(app)
