"""Facts for a data protection impact assessment, as the service knows them: what is kept how long, and who sees it."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from survey.collection.data_protection import STORED
from survey.collection.people.permissions import ROLE_WORDS, ROLES, may
from survey.collection.rounds.retention import YEARS
from survey.languages import Phrase
from survey.web.manage.auth import blueprint

SEEING = {
    "follow": Phrase("manage protection", "How far clusters are"),
    "read_responses": Phrase("manage protection", "What clusters submitted"),
    "national_files": Phrase("manage protection", "Workbooks, data of clusters, released figures"),
    "read_people": Phrase("manage protection", "What people wrote unnamed, before it may go out"),
    "exact_figures": Phrase("manage protection", "Single responses of people, for a reason"),
    "see_log": Phrase("manage protection", "The activity log"),
    "accounts": Phrase("manage protection", "Accounts"),
}
"""The actions by which anybody sees something of people or clusters."""


@blueprint.get("/data-protection")
def data_protection() -> ResponseReturnValue:
    """The facts, on one page to print."""
    return render_template(
        "manage/data_protection.html",
        stored=STORED,
        years=YEARS,
        seeing=[(words, [ROLE_WORDS[role] for role in ROLES if may(role, action)]) for action, words in SEEING.items()],
        settings=current_app.config,
    )
