"""`flask demo load`: made-up reflections and surveys to try the site and the workbooks with."""

import click
from flask import current_app

from survey.atomic_file import replace_file
from survey.catalogues.files import Places
from survey.catalogues.gate import translation_gate
from survey.collection.errors import DomainError
from survey.collection.progress import STATUS_WORDS, read_progress
from survey.collection.rounds.opening import read_sources
from survey.collection.rounds.publication import publish, read_publications
from survey.collection.rounds.releases import read_releases, released_file
from survey.collection.rounds.snapshot import RoundSnapshot, RoundSources, load_snapshot
from survey.commands import terminal
from survey.commands.cli_i18n import Refusal, group, output_language
from survey.commands.environment import access_secret, now, open_repository, questionnaires
from survey.commands.export_reports import write_packs, write_reports, write_words
from survey.commands.releases import last_release
from survey.demonstration.load import ACCOUNT, CLUSTER_LIST, PASSWORD, QUESTIONNAIRE, NotEmpty, example_codes, load
from survey.demonstration.story import YEARS
from survey.demonstration.workforce import CLOSED, EDITION, OPEN, example_token, load_workforce
from survey.demonstration.workforce import QUESTIONNAIRE as WORKFORCE
from survey.languages import LANGUAGES, Language, Phrase, day_of
from survey.storage.repository import Repository

demo = group("demo", Phrase("command", "Try the service with made-up data"))

CATALOGUES = ("interface", "framework", QUESTIONNAIRE, WORKFORCE)
PACK_OF = "powys"
"""The health board of which a peer review pack is written."""
WRITING = Phrase("demo command", "Writing its workbooks")


@demo.command(
    "load", about=Phrase("command", "Load made-up reflections and surveys, write the workbooks, say how to sign in")
)
def load_(language: Language) -> str:
    if not current_app.config["DEMO"]:
        raise Refusal(
            language.pgettext("demo command", "This is not a demonstration: set SURVEY_DEMO=1, and SURVEY_DATA apart.")
        )
    repository = open_repository()
    gate = translation_gate(Places(), language)
    steps = load(repository, access_secret(), _sources_for, gate, now())
    survey = read_sources(questionnaires(), WORKFORCE, EDITION, CLUSTER_LIST)
    survey_steps = load_workforce(repository, CLUSTER_LIST, survey, gate, now())
    try:
        for _ in terminal.progress(steps, language.pgettext("demo command", "Loading the demonstration")):
            pass
        for _ in terminal.progress(survey_steps, language.pgettext("demo command", "Loading the workforce survey")):
            pass
    except NotEmpty:
        raise Refusal(
            language.pgettext("demo command", "The data folder holds other rounds. Set SURVEY_DATA to another folder.")
        ) from None
    except DomainError as refused:
        if refused.code != "gate":
            raise
        how_many = language.npgettext(
            "demo command",
            "%(n)s text is not ready. To see it, run: translations check",
            "%(n)s texts are not ready. To see them, run: translations check",
            len(gate(CATALOGUES)),
        )
        raise Refusal(refused.say(language), how_many) from None
    _write_workbooks(repository, language)
    _publish_last_year(repository)
    echo_ways_in(language, load_snapshot(repository, YEARS[-1].round))
    cluster = load_snapshot(repository, OPEN.round).clusters.clusters[0]
    return language.pgettext(
        "demo command",
        "Workforce survey, cluster %(cluster)s – link: %(link)s",
        cluster=cluster.name(language.code),
        link=f"/{language.code}/survey/{example_token(OPEN, cluster.code)}/",
    )


def _sources_for(edition: str) -> RoundSources:
    return read_sources(questionnaires(), QUESTIONNAIRE, edition, CLUSTER_LIST)


def _write_workbooks(repository: Repository, language: Language) -> None:
    # What counts takes a while to import, and only writing needs it.
    from survey.reporting.workbooks.registry import prepared

    folder = current_app.config["EXPORTS"]
    folder.mkdir(parents=True, exist_ok=True)
    survey = last_release(repository, CLOSED.round, language)
    for code in terminal.progress(LANGUAGES, language.say(WRITING)):
        workbook = prepared(repository, YEARS[-1].round, current_app.config["SMALLEST_GROUP"], now())
        click.echo(workbook.write(output_language(code), folder))
        path = folder / survey.files[code].name
        replace_file(path, released_file(repository, CLOSED.round, survey, code))
        click.echo(path)
    snapshot = load_snapshot(repository, YEARS[-1].round)
    write_reports(repository, snapshot, LANGUAGES, language, folder)
    write_words(repository, snapshot, LANGUAGES, language, folder)
    write_packs(repository, snapshot, PACK_OF, LANGUAGES, "docx", language, folder)


def _publish_last_year(repository: Repository) -> None:
    """Let anybody read the figures of the last reflection that is closed, and of the last survey."""
    from survey.reporting.releases.of_clusters import release_clusters

    reflection = YEARS[-2].round
    if not read_releases(repository, reflection):
        release_clusters(repository, reflection, ACCOUNT, "", now())
    for round_id in (reflection, CLOSED.round):
        if not read_publications(repository, round_id):
            publish(repository, round_id, 1, {}, ACCOUNT, now())


def echo_ways_in(language: Language, snapshot: RoundSnapshot) -> None:
    """Print the account, and a code of each kind of cluster with how far it is now."""
    boards = read_progress(open_repository(), snapshot, day_of(now()))
    status = {cluster.cluster.code: cluster.status for board in boards for cluster in board.clusters}
    click.echo("")
    click.echo(language.pgettext("demo command", "All of this is made up. To try it:"))
    click.echo(
        language.pgettext(
            "demo command",
            "National team – account: %(account)s, password: %(password)s",
            account=ACCOUNT,
            password=PASSWORD,
        )
    )
    published = f"/{language.code}/releases/"
    click.echo(language.pgettext("demo command", "Published figures, for anybody – link: %(link)s", link=published))
    for example in example_codes(snapshot):
        click.echo(
            language.pgettext(
                "demo command",
                "Cluster %(cluster)s (%(status)s) – access code: %(code)s",
                cluster=example.cluster.name(language.code),
                status=language.say(STATUS_WORDS[status[example.cluster.code]]),
                code=example.code,
            )
        )
