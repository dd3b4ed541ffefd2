"""`flask clusters …`: the clusters and health boards as they are listed in `questionnaires/clusters/`."""

import csv
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import click

from survey.collection.errors import DomainError
from survey.collection.list_rows import BadList
from survey.collection.rounds.cluster_import import changes_by, list_from, rows_of_list
from survey.collection.rounds.cluster_lists import CLUSTERS, keep_list, version_of
from survey.collection.rounds.clusters import clusters_from
from survey.collection.rounds.opening import newest_cluster_list, read_cluster_list
from survey.collection.subject_access import held_file, held_of_cluster
from survey.commands.cli_i18n import Refusal, group, option
from survey.commands.environment import (
    BY,
    REASON,
    note,
    now,
    open_repository,
    operator,
    output_file,
    questionnaires,
    shelf,
    stated,
)
from survey.commands.new_file import write_new
from survey.commands.terminal import by_name, printable, table
from survey.languages import Language, Phrase
from survey.questionnaire.findings import DefinitionError
from survey.questionnaire.library import check

clusters = group("clusters", Phrase("command", "List and check the clusters and health boards"))

WHICH = option("--clusters", "list_id", about=Phrase("command", "Id of the cluster list; without it, the newest"))


@clusters.command("list", about=Phrase("command", "List the clusters by health board, with their codes"))
@WHICH
def list_(list_id: str | None, language: Language) -> str:
    definitions = shelf()
    cluster_list = clusters_from(read_cluster_list(definitions, list_id or newest_cluster_list(definitions)))
    rows = [
        [
            language.pgettext("clusters command", "Health board or cluster"),
            language.pgettext("clusters command", "Code"),
            language.pgettext("clusters command", "Short name, or until when"),
        ]
    ]
    for board in sorted(cluster_list.health_boards, key=lambda board: by_name(board, language)):
        rows.append([board.name(language.code), board.code, board.short])
        for cluster in sorted(cluster_list.of_board(board.code), key=lambda cluster: by_name(cluster, language)):
            until = language.date(cluster.valid_to) if cluster.valid_to else ""
            rows.append([f"  {cluster.name(language.code)}", cluster.code, until])
    return table(rows)


@clusters.command(
    "export", about=Phrase("command", "Write the newest list as CSV, in the columns in which a list is taken in")
)
@output_file(Phrase("command", "The file to write, .csv"), required=True)
def export(output: Path, language: Language) -> str:
    written = StringIO()
    rows = list(rows_of_list(_newest()))
    csv.writer(written).writerows(rows)
    write_new(output, f"\ufeff{written.getvalue()}".encode(), language)
    return language.npgettext(
        "clusters command", "%(n)s cluster is in the file", "%(n)s clusters are in the file", len(rows) - 1
    )


@clusters.command(
    "import",
    about=Phrase("command", "Show what a list of clusters, .xlsx or CSV, would change; with --confirm, change it"),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@BY
@option("--confirm", about=Phrase("command", "Keep the list, after you have seen what changes"), is_flag=True)
def import_(file: Path, confirm: bool, language: Language) -> None:
    current = _newest()
    try:
        made = list_from(file.read_bytes(), current)
    except BadList as bad:
        raise Refusal(*(printable(language.say(fault, **values)) for fault, values in bad.faults)) from bad
    changes = changes_by(made, current)
    for heading, some in (
        (language.pgettext("contacts command", "New"), changes.new),
        (language.pgettext("contacts command", "Changed"), changes.changed),
    ):
        for change in some:
            click.echo(f"{heading}: {change.cluster.code}, {change.cluster.name(language.code)}")
    numbers = {"new": len(changes.new), "changed": len(changes.changed)}
    click.echo(
        language.pgettext(
            "contacts command",
            "New: %(new)s. Changed: %(changed)s. The same: %(same)s.",
            same=language.number(changes.same),
            **{name: language.number(number) for name, number in numbers.items()},
        )
    )
    if not confirm:
        click.echo(language.pgettext("clusters command", "Nothing was changed. To keep the list, add --confirm."))
    elif any(numbers.values()):
        repository = open_repository()
        keep_list(repository, made, current, version_of(current), operator(), now())
        note(repository, "clusters_taken_in", **{name: str(number) for name, number in numbers.items()})


@clusters.command("check", about=Phrase("command", "Say everything that is wrong in the cluster lists, and where"))
def check_(language: Language) -> str:
    folder = questionnaires()
    files = sorted((folder / CLUSTERS).glob("*.json"))
    findings = check(files, folder)
    if findings:
        raise DefinitionError(findings)
    return language.npgettext(
        "clusters command", "%(n)s list checked: nothing wrong", "%(n)s lists checked: nothing wrong", len(files)
    )


def _newest() -> Mapping[str, Any]:
    """The newest list as its file has it. Raises DomainError, DefinitionError."""
    definitions = shelf()
    return read_cluster_list(definitions, newest_cluster_list(definitions))


@clusters.command(
    "held", about=Phrase("command", "Write everything that is held about a cluster, drafts and notes too, as one file")
)
@click.argument("cluster", metavar="CLUSTER")
@output_file(Phrase("command", "The file to write, .zip"), required=True)
@BY
@REASON
def held_(cluster: str, output: Path, reason: str, language: Language) -> str:
    reason, repository = stated(reason, language), open_repository()
    records = list(held_of_cluster(repository, cluster, with_drafts=True))
    if not records:
        raise DomainError("unknown_cluster", cluster=cluster)
    write_new(output, held_file(records), language)
    note(repository, "cluster_taken_out", cluster=cluster, reason=reason)
    return language.npgettext("clusters command", "%(n)s record written", "%(n)s records written", len(records))
