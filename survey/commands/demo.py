"""`flask demo load`: made-up reflections and surveys to try the site and the workbooks with."""

from flask import current_app

from survey.catalogues.files import Places
from survey.collection.clusters import Cluster
from survey.collection.frozen import thaw
from survey.collection.opening import Sources
from survey.collection.sources import read_sources
from survey.commands import speaking
from survey.commands.gate import translation_gate
from survey.commands.keeping import in_plain_words, questionnaires, repository, say
from survey.demonstration.load import (
    ACCOUNT,
    CLUSTER_LIST,
    PASSWORD,
    QUESTIONNAIRE,
    ExampleCode,
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

LOADING = Phrase("demo command", "Loading the demonstration")
LOADING_SURVEY = Phrase("demo command", "Loading the workforce survey")
WRITING = Phrase("demo command", "Writing its workbooks")
FINISHES = {
    "silent": Phrase("demo command", "has not begun"),
    "in_progress": Phrase("demo command", "has begun"),
    "submitted": Phrase("demo command", "has submitted"),
}


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
    try:
        for _ in speaking.progress(steps, LOADING, language):
            pass
    except NotEmpty:
        raise speaking.Refusal(
            language.pgettext("demo command", "The data folder holds other rounds. Set SURVEY_DATA to another folder.")
        ) from None
    survey = read_sources(questionnaires(), WORKFORCE, EDITION, CLUSTER_LIST)
    steps = load_workforce(kept, CLUSTER_LIST, survey, gate, now())
    for _ in speaking.progress(steps, LOADING_SURVEY, language):
        pass
    _write_workbooks(language)
    _say_how_to_sign_in(language, example_codes(thaw(kept, YEARS[-1].round)))
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


def _say_how_to_sign_in(language: Language, examples: list[ExampleCode]) -> None:
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
    for example in examples:
        say(
            language.pgettext(
                "demo command",
                "Cluster %(cluster)s (%(finish)s) – access code: %(code)s",
                cluster=example.cluster.name(language.code),
                finish=language.say(FINISHES[example.finish]),
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
