"""`flask demo load`: made-up reflections and surveys to try the site and the workbooks with."""

from flask import current_app

from survey.catalogues.files import Places
from survey.collection.clusters import Cluster
from survey.collection.frozen import FrozenRound, thaw
from survey.collection.opening import Sources
from survey.collection.refusals import Refused
from survey.collection.sources import read_sources
from survey.collection.standing import STATUS_WORDS, read_standing
from survey.commands import speaking
from survey.commands.gate import translation_gate
from survey.commands.keeping import in_plain_words, questionnaires, repository, say
from survey.demonstration.load import (
    ACCOUNT,
    CLUSTER_LIST,
    PASSWORD,
    QUESTIONNAIRE,
    NotEmpty,
    example_codes,
    load,
)
from survey.demonstration.story import YEARS
from survey.demonstration.workforce import CLOSED, EDITION, OPEN, example_token, load_workforce
from survey.demonstration.workforce import QUESTIONNAIRE as WORKFORCE
from survey.languages import LANGUAGES, Language, Phrase
from survey.web.clock import now
from survey.web.keeping import access_secret

demo = speaking.group("demo", Phrase("command", "Try the service with made-up data"))

CATALOGUES = ("interface", "framework", QUESTIONNAIRE, WORKFORCE)
LOADING = Phrase("demo command", "Loading the demonstration")
LOADING_SURVEY = Phrase("demo command", "Loading the workforce survey")
WRITING = Phrase("demo command", "Writing its workbooks")


@demo.spoken("load", Phrase("command", "Load made-up reflections and surveys, write the workbooks, say how to sign in"))
@speaking.language_option
@in_plain_words
def load_(language: Language) -> None:
    if not current_app.config["DEMO"]:
        raise speaking.Refusal(
            language.pgettext("demo command", "This is not a demonstration: set SURVEY_DEMO=1, and SURVEY_DATA apart.")
        )
    kept = repository()
    gate = translation_gate(Places(), language)
    steps = load(kept, access_secret(), _sources_for, gate, now())
    survey = read_sources(questionnaires(), WORKFORCE, EDITION, CLUSTER_LIST)
    survey_steps = load_workforce(kept, CLUSTER_LIST, survey, gate, now())
    try:
        for _ in speaking.progress(steps, LOADING, language):
            pass
        for _ in speaking.progress(survey_steps, LOADING_SURVEY, language):
            pass
    except NotEmpty:
        raise speaking.Refusal(
            language.pgettext("demo command", "The data folder holds other rounds. Set SURVEY_DATA to another folder.")
        ) from None
    except Refused as refused:
        if refused.code != "gate":
            raise
        raise speaking.Refusal(refused.say(language), _how_many(gate(CATALOGUES), language)) from None
    _write_workbooks(language)
    say_how_to_sign_in(language, thaw(kept, YEARS[-1].round))
    _say_how_to_answer(language, thaw(kept, OPEN.round).clusters.clusters[0])


def _sources_for(edition: str) -> Sources:
    return read_sources(questionnaires(), QUESTIONNAIRE, edition, CLUSTER_LIST)


def _write_workbooks(language: Language) -> None:
    # pandas takes a while to import, and only writing needs it.
    from survey.reporting.kinds import prepared

    folder = current_app.config["EXPORTS"]
    folder.mkdir(parents=True, exist_ok=True)
    for round_id in speaking.progress((YEARS[-1].round, CLOSED.round), WRITING, language):
        found = prepared(repository(), round_id, current_app.config["SMALLEST_GROUP"], now())
        for code in LANGUAGES:
            say(str(found.write(speaking.speaker(code), folder)))


def _how_many(findings: list[str], language: Language) -> str:
    return language.npgettext(
        "demo command",
        "%(n)s text is not ready. To see it, run: translations check",
        "%(n)s texts are not ready. To see them, run: translations check",
        len(findings),
    )


def say_how_to_sign_in(language: Language, frozen: FrozenRound) -> None:
    """Print the account, and a code of each kind of cluster with how far it is now."""
    status = {one.cluster.code: one.status for board in read_standing(repository(), frozen) for one in board.clusters}
    say("")
    say(language.pgettext("demo command", "All of this is made up. To try it:"))
    say(
        language.pgettext(
            "demo command",
            "National team – account: %(account)s, password: %(password)s",
            account=ACCOUNT,
            password=PASSWORD,
        )
    )
    for example in example_codes(frozen):
        say(
            language.pgettext(
                "demo command",
                "Cluster %(cluster)s (%(status)s) – access code: %(code)s",
                cluster=example.cluster.name(language.code),
                status=language.say(STATUS_WORDS[status[example.cluster.code]]),
                code=example.code,
            )
        )


def _say_how_to_answer(language: Language, cluster: Cluster) -> None:
    say(
        language.pgettext(
            "demo command",
            "Workforce survey, cluster %(cluster)s – link: %(link)s",
            cluster=cluster.name(language.code),
            link=f"/{language.code}/survey/{example_token(OPEN, cluster.code)}/",
        )
    )
