"""A list of clusters as somebody keeps it in a spreadsheet: read against the list there is, and what it changes.

It names every cluster that there ever was: one that is no more has a day on which it ended, and those that came of it
name it under `was`. So what it said stays its own, and leads on to them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from survey.collection.list_rows import WRONG_CELLS, BadList, RowFault, entries_of
from survey.collection.near_names import likest
from survey.collection.rounds.clusters import Cluster, clusters_from
from survey.languages import Phrase

COLUMNS = ("code", "name_cy", "name_en", "health_board", "valid_from", "valid_to", "was", "local_authorities")
LONGEST = 200
_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SERIAL = re.compile(r"[1-9][0-9]{4}")
_FIRST_DAY = date(1899, 12, 30)
"""The day from which spreadsheets count."""

BAD_CODE = Phrase(
    "cluster list", "Row %(row)s, column “code”: lower-case letters, digits and hyphens, not this: %(given)s"
)
TWICE = Phrase("cluster list", "Row %(row)s names the same code as row %(first)s")
NO_NAME = Phrase("cluster list", "Row %(row)s, column “%(column)s”: a name on one line is missing")
NO_BOARD = Phrase(
    "cluster list",
    "Row %(row)s, column “health_board”: there is no health board with this code or name: %(given)s. Perhaps you mean: "
    "%(near)s",
)
NO_DATE = Phrase(
    "cluster list", "Row %(row)s, column “%(column)s”: this has to be a day like 2027-04-01, not %(given)s"
)
REVERSED = Phrase("cluster list", "Row %(row)s: the last day has to come after the first")
NO_AUTHORITY = Phrase(
    "cluster list", "Row %(row)s, column “local_authorities”: these are not codes of local authorities: %(given)s"
)
MISSING = Phrase(
    "cluster list",
    "This cluster is not in the list: %(given)s. None is taken away: give it the day on which it ended, under "
    "“valid_to”.",
)
NO_FORMER = Phrase("cluster list", "Row %(row)s, column “was”: there is no cluster with this code: %(given)s")
FORMER_LIKE = Phrase(
    "cluster list",
    "Row %(row)s, column “was”: there is no cluster with this code: %(given)s. Perhaps you mean: %(near)s",
)
STILL_THERE = Phrase(
    "cluster list", "Row %(row)s, column “was”: %(given)s has to have ended by the day on which this cluster begins"
)


@dataclass(frozen=True, slots=True)
class ClusterChange:
    """A cluster as the list has it, and as it is now; None for one that is new."""

    cluster: Cluster
    before: Cluster | None


@dataclass(frozen=True, slots=True)
class ClusterChanges:
    """What a list would change: clusters that are new, that change, and how many stay as they are."""

    new: tuple[ClusterChange, ...]
    changed: tuple[ClusterChange, ...]
    same: int


def rows_of_list(current: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    """A list of clusters as rows of a spreadsheet, the names of the columns first."""
    yield COLUMNS
    boards = {board["code"]: board["short"] for board in current["health_boards"]}
    for cluster in current["clusters"]:
        was, places = " ".join(cluster.get("was", ())), " ".join(cluster["local_authorities"])
        named = cluster["code"], cluster["name_cy"], cluster["name_en"], boards[cluster["health_board"]]
        yield *named, cluster["valid_from"], cluster["valid_to"] or "", was, places


def list_from(content: bytes, current: Mapping[str, Any]) -> dict[str, Any]:
    """The list there is, with the clusters that a list as CSV or .xlsx names. Raises BadList with every fault."""
    faults: list[RowFault] = []
    clusters: dict[str, dict[str, Any]] = {}
    rows: dict[str, str] = {}
    known = {cluster["code"]: cluster for cluster in current["clusters"]}
    for number, cells in entries_of(content, COLUMNS).rows:
        row = {"row": str(number)}
        if cells is None:
            faults.append((WRONG_CELLS, row))
            continue
        code = cells["code"]
        if code in rows:
            faults.append((TWICE, {**row, "first": rows[code]}))
        rows.setdefault(code, row["row"])
        made, wrong = _cluster(cells, current, known.get(code))
        faults += [(phrase, {**row, **values}) for phrase, values in wrong]
        clusters[code] = made
    undated = {row["row"] for phrase, row in faults if phrase in (NO_DATE, REVERSED)}
    faults += _unknown_predecessors(clusters, rows, [*known, *clusters])
    faults += _standing_predecessors(
        {code: cluster for code, cluster in clusters.items() if rows[code] not in undated}, rows
    )
    faults += [(MISSING, {"given": code}) for code in known if code not in clusters]
    if faults:
        raise BadList(faults)
    return {**current, "clusters": list(clusters.values())}


def changes_by(made: Mapping[str, Any], current: Mapping[str, Any]) -> ClusterChanges:
    """What a list changes of the one there is."""
    there = {cluster.code: cluster for cluster in clusters_from(current).clusters}
    changes = [ClusterChange(cluster, there.get(cluster.code)) for cluster in clusters_from(made).clusters]
    new = tuple(change for change in changes if change.before is None)
    changed = tuple(change for change in changes if change.before is not None and change.before != change.cluster)
    return ClusterChanges(new, changed, len(changes) - len(new) - len(changed))


def _cluster(
    cells: Mapping[str, str], current: Mapping[str, Any], known: Mapping[str, Any] | None
) -> tuple[dict[str, Any], list[RowFault]]:
    """A cluster of a row, and what is wrong with it. What a row cannot say stays as it is known."""
    faults: list[RowFault] = []
    if not _CODE.fullmatch(cells["code"]) or len(cells["code"]) > LONGEST:
        faults.append((BAD_CODE, {"given": cells["code"]}))
    for column in ("name_cy", "name_en"):
        if not cells[column] or not cells[column].isprintable() or len(cells[column]) > LONGEST:
            faults.append((NO_NAME, {"column": column}))
    wanted = cells["health_board"].casefold()
    names = ("code", "short", "name_cy", "name_en")
    board = next(
        (board for board in current["health_boards"] if wanted in (board[name].casefold() for name in names)), None
    )
    if board is None:
        like = likest(wanted, [board[name] for board in current["health_boards"] for name in names])
        boards = like or [board["short"] for board in current["health_boards"]]
        faults.append((NO_BOARD, {"given": cells["health_board"] or "–", "near": ", ".join(boards)}))
    days = {column: _day(cells[column]) for column in ("valid_from", "valid_to")}
    for column, day in days.items():
        if day is None and (cells[column] or column == "valid_from"):
            faults.append((NO_DATE, {"column": column, "given": cells[column] or "–"}))
    if days["valid_from"] and days["valid_to"] and days["valid_to"] <= days["valid_from"]:
        faults.append((REVERSED, {}))
    authorities = cells["local_authorities"].replace(",", " ").split()
    unknown = sorted(set(authorities) - {authority["code"] for authority in current["local_authorities"]})
    if unknown or not authorities:
        faults.append((NO_AUTHORITY, {"given": ", ".join(unknown) or "–"}))
    made = {
        **(known or {"confidence_cy": "high", "confidence_en": "high"}),
        "code": cells["code"],
        "health_board": board["code"] if board else "",
        "name_cy": cells["name_cy"],
        "name_en": cells["name_en"],
        "local_authorities": list(dict.fromkeys(authorities)),
        **days,
    }
    was = list(dict.fromkeys(cells["was"].replace(",", " ").split()))
    made.pop("was", None)
    return {**made, **({"was": was} if was else {})}, faults


def _unknown_predecessors(
    clusters: Mapping[str, Mapping[str, Any]], rows: Mapping[str, str], codes: Sequence[str]
) -> Iterator[RowFault]:
    for code, cluster in clusters.items():
        for former in (named for named in cluster.get("was", ()) if named not in codes):
            said, near = {"row": rows[code], "given": former}, likest(former, codes)
            yield (FORMER_LIKE, {**said, "near": ", ".join(near)}) if near else (NO_FORMER, said)


def _standing_predecessors(clusters: Mapping[str, Mapping[str, Any]], rows: Mapping[str, str]) -> Iterator[RowFault]:
    for code, cluster in clusters.items():
        for former in cluster.get("was", ()):
            before = clusters.get(former)
            if before and (not before["valid_to"] or before["valid_to"] > cluster["valid_from"]):
                yield STILL_THERE, {"row": rows[code], "given": former}


def _day(written: str) -> str | None:
    """A day as the list keeps it: of `2027-04-01`, `01/04/2027`, or the number that a spreadsheet counts it by."""
    try:
        if _SERIAL.fullmatch(written):
            return (_FIRST_DAY + timedelta(days=int(written))).isoformat()
        day, month, year = reversed(written.split("-")) if "-" in written else written.split("/")
        return date(int(year), int(month), int(day)).isoformat() if len(year) == 4 else None
    except ValueError:
        return None
