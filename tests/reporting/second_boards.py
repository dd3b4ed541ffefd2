"""The sheets by health board, and the criteria that hold clusters back, worked out a second time."""

from collections.abc import Callable

from tests.reporting.second_path import LEVELS, Row, Stored, Z, share
from tests.reporting.small_wales import BOARD_ORDER, CLUSTER_NAMES, YEARS

Places = list[tuple[str, str]]


def judged_and_indicated(stored: Stored) -> list[Row]:
    def cells(places: Places) -> Row:
        with_levels = [place for place in places if place[1].startswith("pcmw")]
        judged = stored.judged_cells(with_levels or places)
        return judged if with_levels else judged[:2] + [Z] * 8

    return _by_board(stored, [*stored.places()], cells)


def movement(stored: Stored) -> list[Row]:
    return _by_board(stored, [*stored.places()], stored.moved_cells)


def _by_board(stored: Stored, places: Places, cells: Callable[[Places], Row]) -> list[Row]:
    own = {
        board: [place for place in places if CLUSTER_NAMES[place[0]][0] == board]
        for board in BOARD_ORDER[stored.language]
    }
    rows = [[stored.wales, Z, stored.together, *cells(places)]]
    rows += [[stored.board(board), Z, stored.together, *cells(of_board)] for board, of_board in own.items()]
    for board, of_board in own.items():
        for outcome in stored.outcomes:
            those = [place for place in of_board if place[1] == outcome]
            if those:
                rows.append([stored.board(board), outcome, stored.outcome(outcome), *cells(those)])
    return rows


def trend(stored: Stored) -> list[Row]:
    rows = []
    every = ["", *(outcome["id"] for outcome in stored.framework["outcomes"])]
    for board in BOARD_ORDER[stored.language]:
        clusters = [code for code, names in CLUSTER_NAMES.items() if names[0] == board]
        for outcome in every:
            for round_id, (_, year) in YEARS.items():
                places = [
                    (code, about)
                    for code in clusters
                    for about in stored.assigned(code, round_id)
                    if outcome in ("", about)
                ]
                if places:
                    name = [outcome, stored.outcome(outcome)] if outcome else [Z, stored.together]
                    rows.append([stored.board(board), *name, year, *stored.level_cells(places, round_id)])
    return rows


def criteria(stored: Stored) -> list[Row]:
    rows = []
    for board in BOARD_ORDER[stored.language]:
        for outcome in stored.outcomes:
            own = [code for code, about in stored.places() if about == outcome and CLUSTER_NAMES[code][0] == board]
            for criterion in _criteria_of(stored, outcome) if own else ():
                cells = stored.state_cells(outcome, criterion, own)
                rows.append([stored.board(board), *_criterion(stored, outcome, criterion), *cells])
    return rows


def _criteria_of(stored: Stored, outcome: str) -> list[str]:
    framework = {one["id"]: one for one in stored.framework["outcomes"]}
    return [criterion["id"] for criterion in framework[outcome]["criteria"]]


def _criterion(stored: Stored, outcome: str, criterion: str) -> Row:
    framework = {one["id"]: one for one in stored.framework["outcomes"]}
    kept = next(one for one in framework[outcome]["criteria"] if one["id"] == criterion)
    level = stored.text("framework", kept["level"], "name") if "level" in kept else Z
    return [outcome, stored.outcome(outcome), criterion, level, stored.criterion(kept)]


def holding_back(stored: Stored) -> list[Row]:
    """By hand: what is missing at the level above the one reached."""
    rows = []
    for outcome in [code for code in stored.outcomes if code.startswith("pcmw")]:
        lacking = {}
        for cluster in [code for code, about in stored.places() if about == outcome]:
            states = stored.answer(cluster, f"outcome/{outcome}", "criteria")
            if states:
                next_up = LEVELS.index(str(stored.indicated(cluster, outcome))) + 1
                letter = LEVELS[next_up][0] if next_up < len(LEVELS) else "-"
                lacking[cluster] = {
                    code: states.get(code) != "in_place"
                    for code in _criteria_of(stored, outcome)
                    if code.split(".")[1][0] == letter and states.get(code) != "not_relevant"
                }
        for criterion in _criteria_of(stored, outcome):
            needing = [of_cluster for of_cluster in lacking.values() if criterion in of_cluster]
            held = [of_cluster for of_cluster in needing if of_cluster[criterion]]
            alone = [of_cluster for of_cluster in held if sum(of_cluster.values()) == 1]
            if needing:
                numbers = [len(needing), len(held), len(alone), share(len(held), len(needing))]
                rows.append([*_criterion(stored, outcome, criterion), *numbers])
    return sorted(rows, key=lambda row: (-row[6], -row[7]))
