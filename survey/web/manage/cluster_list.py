"""The list of clusters as a file, and one taken in after a look at what it changes."""

from http import HTTPStatus
from typing import Any

from flask import Response, abort, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext

from survey.collection.errors import DomainError
from survey.collection.list_rows import BadList
from survey.collection.rounds.cluster_import import COLUMNS, ClusterChange, changes_by, list_from, rows_of_list
from survey.collection.rounds.cluster_lists import keep_list, version_of
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.opening import newest_cluster_list, read_cluster_list
from survey.languages import Phrase
from survey.web.manage.auth import audit, blueprint
from survey.web.manage.given_lists import (
    HELD_NO_MORE,
    TOO_LARGE,
    ConfirmForm,
    ListForm,
    csv_of,
    held,
    hold,
    let_go,
    list_field,
    said,
)
from survey.web.manage.large_files import when_too_large
from survey.web.manage.notices import done, told
from survey.web.manage.people.boards import board_name
from survey.web.respond.respondent import name_key
from survey.web.site.environment import current_repository, now
from survey.web.site.language import current_language
from survey.web.site.translations import project

KEPT = Phrase("manage done", "The list of clusters was kept.")


class ClustersForm(ListForm):
    """Asks for a list of clusters."""

    file = list_field(
        lazy_pgettext("manage clusters", "A list of clusters, as an .xlsx workbook or CSV"),
        lazy_pgettext("manage contacts", "The first row names the columns: %(columns)s", columns=", ".join(COLUMNS)),
    )


@blueprint.get("/clusters/list.csv")
def cluster_list_file() -> Response:
    """The newest list, every cluster that there ever was, in the columns in which a list is taken in."""
    headers = {"Content-Disposition": 'attachment; filename="clusters.csv"'}
    return Response("\ufeff" + csv_of(list(rows_of_list(_current()))), mimetype="text/csv", headers=headers)


@blueprint.route("/clusters/list", methods=["GET", "POST"])
def cluster_list() -> ResponseReturnValue:
    """A list that is sent here is held, to be looked at with what it would change."""
    form, current = ClustersForm(), _current()
    if not form.validate_on_submit():
        return form.page("manage/cluster_list.html")
    try:
        made = list_from(form.content(), current)
    except BadList as bad:
        return _refused(said(bad))
    list_id = hold("clusters", list(rows_of_list(made)))
    return redirect(url_for("manage.listed_clusters", list_id=list_id), HTTPStatus.SEE_OTHER)


@blueprint.route("/clusters/lists/<list_id>", methods=["GET", "POST"])
def listed_clusters(list_id: str) -> ResponseReturnValue:
    """What a list that was sent would change; on confirmation it is kept."""
    form, current, content = ConfirmForm(), _current(), held("clusters", list_id)
    if content is None:
        return told(url_for("manage.clusters"), HELD_NO_MORE)
    try:
        made = list_from(content, current)
    except BadList as bad:
        return _refused(said(bad))

    def keep() -> None:
        changes = changes_by(made, current)
        if changes.new or changes.changed:
            keep_list(current_repository(), made, current, form.shown.data or "", g.account.name, now())
            audit("clusters_taken_in", new=str(len(changes.new)), changed=str(len(changes.changed)))
        let_go()

    if form.validate_on_submit() and form.takes(keep, form.shown):
        return done(url_for("manage.clusters"), KEPT)
    return _look(form, made, current, list_id)


@when_too_large("manage.cluster_list")
def cluster_list_too_large() -> ResponseReturnValue:
    """A file of any size may be chosen by mistake: that is said where it was chosen."""
    return _refused([current_language().say(TOO_LARGE)], HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _current() -> dict[str, Any]:
    """The newest list as its file has it; 404 where there is none."""
    shelf = project().shelf
    try:
        return dict(read_cluster_list(shelf, newest_cluster_list(shelf)))
    except DomainError:
        abort(HTTPStatus.NOT_FOUND)


def _refused(faults: list[str], status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> ResponseReturnValue:
    """The page with everything that is wrong with a list, of which nothing was kept."""
    form = ClustersForm(formdata=None)
    form.file.errors = faults
    return form.page("manage/cluster_list.html", status)


def _look(form: ConfirmForm, made: dict[str, Any], current: dict[str, Any], list_id: str) -> ResponseReturnValue:
    changes = changes_by(made, current)
    form.shown.data = version_of(current)
    code = "cy" if current_language().code == "cy" else "en"
    names = {cluster["code"]: cluster[f"name_{code}"] for cluster in made["clusters"]}
    return form.page(
        "manage/cluster_changes.html",
        new=[_row(change, names) for change in sorted(changes.new, key=_by_name)],
        changed=[_row(change, names) for change in sorted(changes.changed, key=_by_name)],
        same=changes.same,
        list_id=list_id,
    )


def _row(change: ClusterChange, names: dict[str, str]) -> dict[str, Any]:
    """A cluster with each thing that changes of it, as it is and as it was."""
    cells = _cells(change.cluster, names)
    before = _cells(change.before, names) if change.before else cells
    return {
        "code": change.cluster.code,
        "cells": [(now_, was if was != now_ else None) for now_, was in zip(cells, before, strict=True)],
    }


def _cells(cluster: Cluster, names: dict[str, str]) -> tuple[str, ...]:
    date = current_language().date
    return (
        cluster.name("cy"),
        cluster.name("en"),
        board_name(cluster.health_board),
        date(cluster.valid_from),
        date(cluster.valid_to) if cluster.valid_to else "–",
        ", ".join(names.get(code, code) for code in cluster.was) or "–",
    )


def _by_name(change: ClusterChange) -> Any:
    return name_key(change.cluster)
