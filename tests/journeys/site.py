"""The site that the journeys visit, as a server runs it: `gunicorn tests.journeys.site:app`.

It is the real application, with the words of today's code and on a day of the demonstration's open round.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

from werkzeug.middleware.shared_data import SharedDataMiddleware

from survey import create_app
from survey.catalogues.files import Places
from survey.languages import use_catalogues
from tests.journeys.axe import ADDRESS_OF_AXE, AXE

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
# Beside the site, so that a browser keeps it as it keeps scripts of the site, compiled.
app.wsgi_app = SharedDataMiddleware(app.wsgi_app, {ADDRESS_OF_AXE: str(AXE)}, cache_timeout=86_400)  # type: ignore[method-assign]
