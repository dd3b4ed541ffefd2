"""`flask rounds create`, `copy`, `assign`, `outcomes`, `show`, `delete`, `open`: a round until it is opened."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

import click
from flask import current_app

from survey.collection.responses.follow_ups import gather
from survey.collection.rounds.assignments import (
    add_outcomes,
    assign_outcomes,
    board_of,
    copied_from,
    dropped,
)
from survey.collection.rounds.cautions import cautions, opening_ahead
from survey.collection.rounds.clusters import clusters_from
from survey.collection.rounds.extensions import read_graces
from survey.collection.rounds.next_round import newest_edition
from survey.collection.rounds.opening import editions, newest_cluster_list, obstacles, open_round
from survey.collection.rounds.round import Round, create_round, delete_draft, faults_of, read_round
from survey.collection.rounds.snapshot import RoundSources
from survey.collection.translation.publication import gate_of_readers
from survey.commands import terminal
from survey.commands.cli_i18n import Refusal, option
from survey.commands.environment import (
    BY,
    CLOSES,
    OPENS,
    ROUND,
    YES,
    be_sure,
    note,
    now,
    open_repository,
    places,
    shelf,
    sources_of,
)
from survey.commands.round_group import rounds
from survey.languages import Language, Phrase
from survey.questionnaire.builder import framework_from
from survey.storage.repository import Repository

BOARDS = option(
    "--health-board",
    "boards",
    about=Phrase("command", "Code or name of a health board; may be given several times"),
    multiple=True,
    required=True,
)
OUTCOMES = option(
    "--outcome",
    "outcomes",
    about=Phrase("command", "Id of an outcome, like pcmw-01; may be given several times"),
    multiple=True,
    required=True,
)
EDITION = Phrase("command", "Edition of the questionnaire, a year like 2026")
YEAR = option("--year", about=Phrase("command", "Reporting year, like 2026-27"), required=True)
CLUSTERS = option("--clusters", about=Phrase("command", "Id of the cluster list; without it, the newest"))


@rounds.command("create", about=Phrase("command", "Create a round in draft"))
@ROUND
@BY
@option("--questionnaire", about=Phrase("command", "Id of the questionnaire"), required=True)
@option("--edition", about=EDITION, required=True)
@YEAR
@OPENS
@CLOSES
@CLUSTERS
def create(
    round_id: str,
    questionnaire: str,
    edition: str,
    year: str,
    opens: datetime | None,
    closes: datetime | None,
    clusters: str | None,
    language: Language,
) -> str:
    cluster_list = clusters or newest_cluster_list(shelf())
    is_demo: bool = current_app.config["DEMO"]
    new = Round(round_id, questionnaire, edition, year, cluster_list, opens=opens, closes=closes, demonstration=is_demo)
    sources_of(new)
    return _created(open_repository(), new, language)


@rounds.command("copy", about=Phrase("command", "Create a round in draft from another, with its assignments"))
@ROUND
@click.argument("new_id", metavar="NEW-ROUND")
@BY
@YEAR
@option("--edition", about=Phrase("command", "Edition of the questionnaire; without it, the newest for the year"))
@OPENS
@CLOSES
@CLUSTERS
def copy(
    round_id: str,
    new_id: str,
    year: str,
    edition: str | None,
    opens: datetime | None,
    closes: datetime | None,
    clusters: str | None,
    language: Language,
) -> str:
    repository = open_repository()
    earlier = read_round(repository, round_id)
    asks = edition or newest_edition(earlier.questionnaire, year, editions(shelf())) or earlier.edition
    new = Round(
        new_id,
        earlier.questionnaire,
        asks,
        year,
        clusters or newest_cluster_list(shelf()),
        opens=opens,
        closes=closes,
        demonstration=current_app.config["DEMO"],
    )
    said = _created(repository, copied_from(earlier, new, sources_of(new)), language)
    if asks == earlier.edition:
        return said
    chosen = language.pgettext(
        "rounds command",
        "It asks the edition of %(edition)s; the other round asked that of %(before)s.",
        edition=asks,
        before=earlier.edition,
    )
    return f"{said}\n{chosen}"


@rounds.command("assign", about=Phrase("command", "Say which outcomes the clusters of health boards reflect on"))
@ROUND
@BY
@BOARDS
@OUTCOMES
@option("--add", "adds", about=Phrase("command", "Beside what these health boards have"), is_flag=True)
@option("--replace", "replaces", about=Phrase("command", "In place of what these health boards have"), is_flag=True)
def assign(
    round_id: str,
    boards: tuple[str, ...],
    outcomes: tuple[str, ...],
    adds: bool,
    replaces: bool,
    language: Language,
) -> str:
    repository = open_repository()
    current = read_round(repository, round_id)
    sources = sources_of(current)
    codes = [board_of(sources, board).code for board in boards]
    gone = {code: lost for code in codes if not adds and (lost := dropped(current, code, outcomes))}
    lines = [
        language.pgettext(
            "rounds command", "%(board)s would lose: %(outcomes)s", board=code, outcomes=", ".join(gone[code])
        )
        for code in gone
    ]
    if gone and not replaces:
        raise Refusal(
            *lines,
            language.pgettext("rounds command", "Nothing was changed. Say --replace if this is right, or --add."),
        )
    for code in codes:
        (add_outcomes if adds else assign_outcomes)(repository, round_id, code, outcomes, sources)
        taken = " ".join(gone.get(code, ()))
        note(
            repository,
            "outcomes_assigned",
            round=round_id,
            health_board=code,
            outcomes=" ".join(outcomes),
            **({"dropped": taken} if taken else {}),
        )
    return language.npgettext(
        "rounds command",
        "%(n)s health board has outcomes in this round now",
        "%(n)s health boards have outcomes in this round now",
        len([board for board, assigned in read_round(repository, round_id).assignments.items() if assigned]),
    )


@rounds.command("outcomes", about=Phrase("command", "List the outcomes that can be assigned, and who has them"))
@ROUND
def outcomes(round_id: str, language: Language) -> str:
    current = read_round(open_repository(), round_id)
    sources = sources_of(current)
    known = framework_from(sources.framework).outcomes if sources.framework else ()
    if not known:
        return language.pgettext("rounds command", "This questionnaire asks about no outcomes.")
    boards = clusters_from(sources.clusters).health_boards
    return terminal.table(
        [
            [
                outcome.id,
                language.message("framework", outcome.name.key, outcome.name.english),
                ", ".join(board.short for board in boards if outcome.id in current.assigned(board.code)) or "–",
            ]
            for outcome in known
        ]
    )


@rounds.command("show", about=Phrase("command", "Show a round: times, assignments, and what stands in its way"))
@ROUND
def show(round_id: str, language: Language) -> str:
    repository = open_repository()
    current = read_round(repository, round_id)
    sources = sources_of(current)
    lines = [*_lines(repository, current, sources, language)]
    if current.status == "draft":
        gate = gate_of_readers(repository, places(), language, sources)
        lines += (obstacle.say(language) for obstacle in obstacles(repository, round_id, sources, gate, now()))
        lines += (caution.say(language) for caution in cautions(repository, current, editions(shelf())))
    return "\n".join(lines)


@rounds.command("delete", about=Phrase("command", "Delete a round that was never opened"))
@ROUND
@BY
@YES
def delete(round_id: str, is_sure: bool, language: Language) -> str:
    repository = open_repository()
    current = read_round(repository, round_id)
    be_sure(
        [
            terminal.round_table([current], now(), language),
            language.pgettext("rounds command", "This draft is deleted, with its times and assignments."),
        ],
        is_sure or current.status != "draft",
        language,
    )
    delete_draft(repository, round_id)
    note(repository, "round_deleted", round=round_id)
    return language.pgettext("rounds command", "Deleted: %(round)s", round=round_id)


@rounds.command(
    "open", about=Phrase("command", "Open a round: what is asked, and both languages’ texts, are fixed for good")
)
@ROUND
@BY
@YES
def open_(round_id: str, is_sure: bool, language: Language) -> str:
    repository = open_repository()
    current = read_round(repository, round_id)
    sources = sources_of(current)
    gate = gate_of_readers(repository, places(), language, sources)
    in_the_way = obstacles(repository, round_id, sources, gate, now())
    if in_the_way:
        raise Refusal(*(obstacle.say(language) for obstacle in in_the_way))
    last = language.pgettext(
        "rounds command",
        "Once it is open, what is asked, the words, the clusters and the assignments stay as they are.",
    )
    to_know = [caution.say(language) for caution in cautions(repository, current, editions(shelf()))]
    to_know += opening_ahead(current, now(), language)
    be_sure([*_lines(repository, current, sources, language), *to_know, last], is_sure, language)
    opened = open_round(repository, round_id, sources, lambda _: [], now(), partial(gather, repository))
    note(repository, "round_opened", round=round_id, snapshot=opened.snapshot_digest or "")
    return language.pgettext("rounds command", "Open: %(round)s", round=round_id)


def _created(repository: Repository, new: Round, language: Language) -> str:
    faults = faults_of(new)
    if faults:
        raise Refusal(*(fault.say(language) for fault in faults))
    create_round(repository, new)
    note(repository, "round_created", round=new.id)
    said = language.pgettext("rounds command", "Created in draft: %(round)s", round=new.id)
    return "\n".join((said, *(caution.say(language) for caution in cautions(repository, new, editions(shelf())))))


def _lines(repository: Repository, current: Round, sources: RoundSources, language: Language) -> Iterator[str]:
    yield terminal.round_table([current], now(), language)
    boards = clusters_from(sources.clusters).health_boards if sources.framework else ()
    for board in boards:
        assigned = ", ".join(current.assigned(board.code)) or "–"
        yield f"{board.name(language.code)} ({board.short}): {assigned}"
    for cluster_code, grace in read_graces(repository, current.id).items():
        yield language.pgettext(
            "rounds command",
            "Grace period of %(cluster)s until %(time)s (%(by)s: %(reason)s)",
            cluster=cluster_code,
            time=language.datetime(grace.until),
            by=terminal.printable(grace.by),
            reason=terminal.printable(grace.reason),
        )
