"""The whole workbook worked out a second time: plain Python over the stored JSON, by nothing of `survey`.

Each function gives every row of a sheet's table, as openpyxl reads it back: a date is a datetime, a missing value
its shorthand, a percentage a fraction. Names come in the order that `small_wales` has written down.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.reporting.small_wales import (
    ASSIGNMENTS,
    BOARD_NAMES,
    BOARD_ORDER,
    CLUSTER_NAMES,
    CLUSTER_ORDER,
    ROUND,
    YEARS,
)

Row = list[Any]
Z, X, C, U = "[z]", "[x]", "[c]", "[u]"
LEVELS = ("working_towards", "foundation", "developing", "mature")
STATES = ("in_place", "partly", "not_yet", "dont_know", "not_relevant")
RATINGS = {"strong_barrier": -2, "barrier": -1, "neither": 0, "enabler": 1, "strong_enabler": 2}
ENABLERS = tuple(
    f"enabler_{name}" for name in ("facilitating", "leading", "learning", "engaging", "funding", "evaluating")
)
WAYS = ("done", "under_way", "not_begun", "no_longer_right")
SOURCES = ("cluster", "pcpg", "health_board", "rpb", "national")


class Stored:
    """What is on the disk, and the words of one language."""

    def __init__(self, root: Path, language: str, words: Callable[[str, str], str]) -> None:
        """`words(context, english)` gives an interface text in the language."""
        self.root, self.language, self.words = root, language, words
        self.texts = self._json(ROUND, f"frozen/texts.{language}.json")
        self.definition = self._json(ROUND, "frozen/definition.json")
        self.framework = self._json(ROUND, "frozen/framework.json")

    def _json(self, round_id: str, name: str) -> Any:
        return json.loads((self.root / "rounds" / round_id / name).read_text("utf-8"))

    @cached_property
    def records(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for round_id in YEARS:
            folder = self.root / "rounds" / round_id / "reflection"
            found[round_id] = {
                path.stem: json.loads(path.read_text("utf-8"))["record"]["1"] for path in sorted(folder.glob("*.json"))
            }
        return found

    # Names

    def text(self, *key: str) -> str:
        return str(self.texts[".".join(key)])

    def board(self, code: str) -> str:
        return BOARD_NAMES[code][self.language]

    def cluster(self, code: str) -> str:
        return CLUSTER_NAMES[code][2 if self.language == "cy" else 1]

    def outcome(self, code: str) -> str:
        module, number = code.split("-")
        short = self.text("framework", module, "short_name")
        pattern = self.words("workbook", "%(module)s %(number)s: %(name)s")
        return pattern % {"module": short, "number": int(number), "name": self.text("framework", code, "name")}

    def level(self, code: str | None) -> str:
        return self.text("self-reflection.option_sets.levels", code) if code else X

    @property
    def wales(self) -> str:
        return self.words("workbook", "Wales")

    @property
    def together(self) -> str:
        return self.words("workbook", "All outcomes")

    @property
    def clusters(self) -> list[str]:
        order = CLUSTER_ORDER[self.language]
        return [code for board in BOARD_ORDER[self.language] for code in order[board]]

    @property
    def outcomes(self) -> list[str]:
        every = [outcome["id"] for outcome in self.framework["outcomes"]]
        assigned = {outcome for outcomes in ASSIGNMENTS[ROUND].values() for outcome in outcomes}
        return [outcome for outcome in every if outcome in assigned]

    def places(self) -> Iterable[tuple[str, str]]:
        for cluster in self.clusters:
            for outcome in self.outcomes:
                if outcome in self.assigned(cluster):
                    yield cluster, outcome

    # Answers

    def assigned(self, cluster: str, round_id: str = ROUND) -> tuple[str, ...]:
        return ASSIGNMENTS[round_id][CLUSTER_NAMES[cluster][0]]

    def counted(self, cluster: str, round_id: str = ROUND) -> dict[str, Any] | None:
        submissions = self.records[round_id].get(cluster, {}).get("submissions", [])
        return submissions[-1] if submissions else None

    def answer(self, cluster: str, page: str, question: str, round_id: str = ROUND) -> Any:
        submission = self.counted(cluster, round_id)
        return submission["pages"].get(page, {}).get("answers", {}).get(question) if submission else None

    def status(self, cluster: str, round_id: str = ROUND) -> str:
        return str(self.records[round_id].get(cluster, {}).get("status", "not_started"))

    def judged(self, cluster: str, outcome: str, round_id: str = ROUND) -> str | None:
        return self.answer(cluster, f"outcome/{outcome}", "level", round_id)

    def indicated(self, cluster: str, outcome: str) -> str | None:
        states = self.answer(cluster, f"outcome/{outcome}", "criteria")
        return climbed(states) if states and not outcome.startswith("acd") else None

    def words_of(self, cluster: str, page: str, question: str, asked: bool = True) -> Row:
        """A free text and the name of its language."""
        if not self.counted(cluster):
            return [X, X]
        answer = self.answer(cluster, page, question)
        if answer is None:
            return [X, X] if asked else [Z, Z]
        code = self.counted(cluster)["pages"][page]["written_in"][question]  # type: ignore[index]
        return [answer, self.language_name(code)]

    def language_name(self, code: str) -> str:
        return self.words("workbook", {"cy": "Welsh", "en": "English"}[code])

    # Sheets

    def response_by_board(self) -> list[Row]:
        def row(name: str, clusters: list[str]) -> Row:
            statuses = Counter(map(self.status, clusters))
            counted = sum(bool(self.counted(cluster)) for cluster in clusters)
            by_status = [statuses[status] for status in ("not_started", "in_progress", "submitted", "reopened")]
            return [name, len(clusters), *by_status, counted, share(counted, len(clusters))]

        return [row(self.wales, self.clusters)] + [
            row(self.board(board), [code for code in self.clusters if CLUSTER_NAMES[code][0] == board])
            for board in BOARD_ORDER[self.language]
        ]

    def response_by_cluster(self) -> list[Row]:
        rows = []
        names = {
            "not_started": "Not started",
            "in_progress": "In progress",
            "submitted": "Submitted",
            "reopened": "Reopened",
        }
        for code in self.clusters:
            submission = self.counted(code)
            rows.append(
                [
                    *self.names(code),
                    code,
                    self.words("workbook status", names[self.status(code)]),
                    self.words("workbook has response", "Yes" if submission else "No"),
                    uk_day(submission["submitted_at"]) if submission else X,
                    self.language_name(submission["submitted_in"]) if submission else X,
                    len(self.assigned(code)),
                ]
            )
        return rows

    def names(self, cluster: str, *outcomes: str) -> Row:
        row: Row = [self.board(CLUSTER_NAMES[cluster][0]), self.cluster(cluster)]
        for outcome in outcomes:
            row += [outcome, self.outcome(outcome)]
        return row

    def level_cells(self, places: list[tuple[str, str]], round_id: str = ROUND) -> Row:
        judged = [self.judged(*place, round_id) for place in places]
        base = sum(level is not None for level in judged)
        responded = sum(bool(self.counted(cluster, round_id)) for cluster, _ in places)
        counts = [judged.count(level) for level in LEVELS]
        clusters = len({place[0] for place, level in zip(places, judged, strict=True) if level is not None})
        shares = (share(count, base, clusters) for count in counts)
        return [len(places), responded, *counts, responded - base, *shares]

    def maturity_by_outcome(self) -> list[Row]:
        return [
            [
                outcome,
                self.outcome(outcome),
                *self.level_cells([place for place in self.places() if place[1] == outcome]),
            ]
            for outcome in self.outcomes
        ]

    def maturity_by_board(self) -> list[Row]:
        rows = [[self.wales, Z, self.together, *self.level_cells(list(self.places()))]]
        own = {
            board: [place for place in self.places() if CLUSTER_NAMES[place[0]][0] == board]
            for board in BOARD_ORDER[self.language]
        }
        rows += [[self.board(board), Z, self.together, *self.level_cells(places)] for board, places in own.items()]
        for board, places in own.items():
            for outcome in self.outcomes:
                of_outcome = [place for place in places if place[1] == outcome]
                if of_outcome:
                    rows.append([self.board(board), outcome, self.outcome(outcome), *self.level_cells(of_outcome)])
        return rows

    def maturity_by_cluster(self) -> list[Row]:
        rows = []
        for cluster, outcome in self.places():
            judged, indicated = self.judged(cluster, outcome), self.indicated(cluster, outcome)
            differs = indicated is not None and judged != indicated
            rows.append(
                [
                    *self.names(cluster, outcome),
                    self.level(judged),
                    Z if outcome.startswith("acd") else self.level(indicated),
                    *self.words_of(cluster, f"outcome/{outcome}", "level_difference", asked=differs),
                ]
            )
        return rows

    def judged_and_indicated(self) -> list[Row]:
        def row(code: str, name: str, places: list[tuple[str, str]]) -> Row:
            cells = self.judged_cells(places)
            return [code, name, *(cells[:2] + [Z] * 8 if code.startswith("acd") else cells)]

        with_levels = [place for place in self.places() if place[1].startswith("pcmw")]
        return [row(Z, self.together, with_levels)] + [
            row(outcome, self.outcome(outcome), [place for place in self.places() if place[1] == outcome])
            for outcome in self.outcomes
        ]

    def judged_cells(self, places: list[tuple[str, str]]) -> Row:
        responded = sum(bool(self.counted(cluster)) for cluster, _ in places)
        compared = [place for place in places if self.judged(*place) and self.indicated(*place)]
        pairs = [
            (LEVELS.index(str(self.judged(*place))), LEVELS.index(str(self.indicated(*place)))) for place in compared
        ]
        clusters = len({cluster for cluster, _ in compared})
        ways = [sum(a > b for a, b in pairs), sum(a == b for a, b in pairs), sum(a < b for a, b in pairs)]
        shares = [share(way, len(pairs), clusters) for way in ways]
        return [len(places), responded, len(pairs), *ways, responded - len(pairs), *shares]

    def criteria(self) -> list[Row]:
        rows = []
        for outcome in self.framework["outcomes"]:
            places = [cluster for cluster, code in self.places() if code == outcome["id"]]
            for criterion in outcome["criteria"]:
                level = self.text("framework", criterion["level"], "name") if "level" in criterion else Z
                row = [outcome["id"], self.outcome(outcome["id"]), criterion["id"], level]
                row.append(self.criterion(criterion))
                if not places:
                    rows.append([*row, *[Z] * 12])
                    continue
                rows.append([*row, *self.state_cells(outcome["id"], criterion["id"], places)])
        return rows

    def criterion(self, criterion: dict[str, Any]) -> str:
        parts = [
            self.text("framework", criterion["id"], "parts", str(number))
            for number, _ in enumerate(criterion.get("parts", []), start=1)
        ]
        text = self.text("framework", criterion["id"], "text")
        return f"{text} {'; '.join(parts)}" if parts else text

    def state_cells(self, outcome: str, criterion: str, clusters: list[str]) -> Row:
        answers = [
            (self.answer(cluster, f"outcome/{outcome}", "criteria") or {}).get(criterion)
            for cluster in clusters
            if self.counted(cluster)
        ]
        counts = [answers.count(state) for state in STATES]
        base = sum(counts[:4])
        return [
            len(clusters),
            len(answers),
            *counts,
            answers.count(None),
            *(share(count, base) for count in counts[:4]),
        ]

    def last_asked(self, cluster: str, outcome: str) -> str | None:
        before = [round_id for round_id in YEARS if round_id < ROUND and outcome in self.assigned(cluster, round_id)]
        return max(before, default=None)

    def moved(self, cluster: str, outcome: str) -> str:
        if not self.counted(cluster):
            return "Has not submitted"
        before = self.last_asked(cluster, outcome)
        if before is None:
            return "Asked for the first time"
        then, now = self.judged(cluster, outcome, before), self.judged(cluster, outcome)
        if then is None or now is None:
            return "Cannot be compared"
        step = LEVELS.index(now) - LEVELS.index(then)
        return "Moved up" if step > 0 else "Moved down" if step < 0 else "Stayed the same"

    def groups(self) -> list[tuple[Row, list[tuple[str, str]]]]:
        every = list(self.places())
        found: list[tuple[Row, list[tuple[str, str]]]] = [([Z, self.together], every)]
        for outcome in self.outcomes:
            found.append(([outcome, self.outcome(outcome)], [place for place in every if place[1] == outcome]))
        return found

    def movement(self) -> list[Row]:
        return [[*names, *self.moved_cells(places)] for names, places in self.groups()]

    def moved_cells(self, places: list[tuple[str, str]]) -> Row:
        ways = Counter(self.moved(*place) for place in places)
        told = ("Moved up", "Stayed the same", "Moved down")
        compared = [ways[way] for way in told]
        base = sum(compared)
        clusters = len({place[0] for place in places if self.moved(*place) in told})
        return [
            len(places),
            len(places) - ways["Has not submitted"],
            base,
            *compared,
            ways["Asked for the first time"],
            ways["Cannot be compared"],
            *(share(count, base, clusters) for count in compared),
        ]

    def movement_of_levels(self) -> list[Row]:
        rows = []
        for names, places in self.groups():
            pairs = [
                (self.judged(*place, last), self.judged(*place))
                for place in places
                if (last := self.last_asked(*place)) and self.judged(*place, last) and self.judged(*place)
            ]
            for before in LEVELS:
                now = [after for then, after in pairs if then == before]
                rows.append([*names, self.level(before), len(now), *(now.count(level) for level in LEVELS)])
        return rows

    def movement_by_cluster(self) -> list[Row]:
        rows = []
        for cluster, outcome in self.places():
            last = self.last_asked(cluster, outcome)
            rows.append(
                [
                    *self.names(cluster, outcome),
                    YEARS[last][1] if last else Z,
                    self.level(self.judged(cluster, outcome, last)) if last else Z,
                    self.level(self.judged(cluster, outcome)),
                    self.words("workbook movement", self.moved(cluster, outcome)),
                ]
            )
        return rows

    def trend(self) -> list[Row]:
        rows = []
        for outcome in [outcome["id"] for outcome in self.framework["outcomes"]]:
            for round_id, (_, year) in YEARS.items():
                places = [(code, outcome) for code in CLUSTER_NAMES if outcome in self.assigned(code, round_id)]
                if places:
                    rows.append([outcome, self.outcome(outcome), year, *self.level_cells(places, round_id)])
        return rows

    def trend_of_response(self) -> list[Row]:
        rows = []
        for board in ("", *BOARD_ORDER[self.language]):
            clusters = [code for code, names in CLUSTER_NAMES.items() if board in ("", names[0])]
            for round_id, (_, year) in YEARS.items():
                counted = sum(bool(self.counted(code, round_id)) for code in clusters)
                name = self.board(board) if board else self.wales
                rows.append([name, year, len(clusters), counted, share(counted, len(clusters))])
        return rows

    def rating_cells(self, clusters: list[str], enabler: str, round_id: str = ROUND) -> Row:
        responded = [code for code in clusters if self.counted(code, round_id)]
        answers = [self.answer(code, "enablers", enabler, round_id) for code in responded]
        counts = [answers.count(rating) for rating in RATINGS]
        base = sum(counts)
        mean = sum(RATINGS[answer] for answer in answers if answer) / base if base >= 5 else U
        shares = [share(count, base) for count in counts]
        return [len(clusters), len(responded), *counts, len(responded) - base, mean, *shares]

    def trend_of_enablers(self) -> list[Row]:
        return [
            [
                self.text("self-reflection.enablers", enabler, "label"),
                year,
                *self.rating_cells([*CLUSTER_NAMES], enabler, round_id),
            ]
            for enabler in ENABLERS
            for round_id, (_, year) in YEARS.items()
        ]

    def enablers_and_barriers(self) -> list[Row]:
        rows = []
        for board in ("", *BOARD_ORDER[self.language]):
            clusters = [code for code, names in CLUSTER_NAMES.items() if board in ("", names[0])]
            for enabler in ENABLERS:
                label = self.text("self-reflection.enablers", enabler, "label")
                rows.append([self.board(board) if board else self.wales, label, *self.rating_cells(clusters, enabler)])
        return rows

    def own_words(self, question: str) -> list[Row]:
        return [
            [*self.names(cluster, outcome), *self.words_of(cluster, f"outcome/{outcome}", question)]
            for cluster, outcome in self.places()
        ]

    def actions(self) -> list[Row]:
        rows = []
        for cluster, outcome in self.places():
            page = f"outcome/{outcome}"
            due = self.answer(cluster, page, "action_due")
            rows.append(
                [
                    *self.names(cluster, outcome),
                    *self.words_of(cluster, page, "action"),
                    *self.words_of(cluster, page, "action_lead"),
                    datetime.fromisoformat(due) if due else X,
                ]
            )
        return rows

    def evidence(self) -> list[Row]:
        rows = []
        for cluster, outcome in self.places():
            page = f"outcome/{outcome}"
            for number, item in enumerate(self.answer(cluster, page, "evidence") or [], start=1):
                day = item.get("date")
                rows.append(
                    [
                        *self.names(cluster, outcome),
                        number,
                        *self.part(cluster, item, "title", page, "evidence"),
                        item.get("link", X),
                        datetime.fromisoformat(day) if day else X,
                        *self.part(cluster, item, "shows", page, "evidence"),
                    ]
                )
        return rows

    def evidence_files(self) -> list[Row]:
        rows = []
        for cluster, outcome in self.places():
            submission = self.counted(cluster)
            for file in submission.get("files", []) if submission else []:
                if file["page"] == f"outcome/{outcome}":
                    rows.append(
                        [*self.names(cluster, outcome), file["name"], "PDF", max(1, round(file["size"] / 1000))]
                    )
        return rows

    # What was said last year

    def action_before(self, cluster: str, outcome: str) -> tuple[str, str] | None:
        """The action that a cluster gave the year before, and its language."""
        submission = self.counted(cluster, "sr-2025")
        page = submission["pages"].get(f"outcome/{outcome}") if submission else None
        return (page["answers"]["action"], page["written_in"]["action"]) if page else None

    def followed(self) -> list[tuple[str, str]]:
        every = [outcome["id"] for outcome in self.framework["outcomes"]]
        return [(code, outcome) for code in self.clusters for outcome in every if self.action_before(code, outcome)]

    def actions_of_last_year(self) -> list[Row]:
        rows = []
        every = [outcome["id"] for outcome in self.framework["outcomes"]]
        for outcome in ("", *every):
            places = [place for place in self.followed() if outcome in ("", place[1])]
            if places:
                responded = [place for place in places if self.counted(place[0])]
                told = [self.answer(code, "last_year", f"went-{about}") for code, about in responded]
                numbers = [told.count(way) for way in WAYS]
                name = [outcome, self.outcome(outcome)] if outcome else [Z, self.together]
                row = [*name, len(places), len(responded), *numbers, told.count(None)]
                clusters = len({code for (code, _), way in zip(responded, told, strict=True) if way})
                rows.append([*row, *(share(number, sum(numbers), clusters) for number in numbers)])
        return rows

    def words_on_actions_of_last_year(self) -> list[Row]:
        rows = []
        for code, outcome in self.followed():
            before = self.action_before(code, outcome)
            assert before is not None
            went = self.answer(code, "last_year", f"went-{outcome}")
            rows.append(
                [
                    *self.names(code, outcome),
                    *(before[0], self.language_name(before[1])),
                    self.text("self-reflection.last_year.went.options", went) if went else X,
                    *self.words_of(code, "last_year", f"went_comment-{outcome}"),
                ]
            )
        return rows

    def examples(self, cluster: str) -> list[dict[str, Any]]:
        return self.answer(cluster, "good_practice", "examples") or []

    def good_practice(self) -> list[Row]:
        rows = []
        for cluster in self.clusters:
            for number, example in enumerate(self.examples(cluster), start=1):
                if example.get("share") != "beyond":
                    continue
                row = [*self.names(cluster), number]
                served = [
                    self.text(f"self-reflection.good_practice.examples.outcomes.options.{code}")
                    for code in example.get("outcomes", [])
                ]
                row.append("; ".join(served) or X)
                for part in ("title", "problem", "done", "how_good", "learning", "contact"):
                    row += self.part(cluster, example, part)
                rows.append(row)
        return rows

    def part(
        self, cluster: str, example: dict[str, Any], part: str, page: str = "good_practice", group: str = "examples"
    ) -> Row:
        if part not in example:
            return [X, X]
        submission = self.counted(cluster)
        assert submission is not None
        marks = submission["pages"][page]["written_in"]
        return [example[part], self.language_name(marks[f"{group}/{example['id']}/{part}"])]

    def help_wanted(self) -> list[Row]:
        rows = []
        for cluster in self.clusters:
            wanted = self.answer(cluster, "enablers", "help_wanted")
            source = self.answer(cluster, "enablers", "help_from")
            if source:
                name = self.text(f"self-reflection.enablers.help_from.options.{source}")
            else:
                name = Z if self.counted(cluster) and wanted is None else X
            rows.append([*self.names(cluster), *self.words_of(cluster, "enablers", "help_wanted"), name])
        return rows

    def help_wanted_from(self) -> list[Row]:
        rows = []
        for board in ("", *BOARD_ORDER[self.language]):
            clusters = [code for code, names in CLUSTER_NAMES.items() if board in ("", names[0])]
            responded = [code for code in clusters if self.counted(code)]
            want = [code for code in responded if self.answer(code, "enablers", "help_wanted") is not None]
            sources = [self.answer(code, "enablers", "help_from") for code in want]
            counts = [sources.count(source) for source in SOURCES]
            rows.append(
                [
                    self.board(board) if board else self.wales,
                    len(clusters),
                    len(responded),
                    len(responded) - len(want),
                    *counts,
                    sources.count(None),
                    *(share(count, sum(counts)) for count in counts),
                ]
            )
        return rows


def climbed(states: dict[str, str]) -> str:
    """By hand: climb from foundation while everything relevant is in place. Criteria are named like `x.f1`."""
    reached = "working_towards"
    for level in LEVELS[1:]:
        of_level = [state for code, state in states.items() if code.split(".")[1][0] == level[0]]
        relevant = [state for state in of_level if state != "not_relevant"]
        if set(relevant) - {"in_place"}:
            break
        if relevant or reached != "working_towards":
            reached = level
    return reached


def share(numerator: int, denominator: int, clusters: int | None = None) -> float | str:
    """The fraction; where a cluster may count more than once, `clusters` says how many the denominator is of."""
    return numerator / denominator if (denominator if clusters is None else clusters) >= 5 else U


def uk_day(moment: str) -> datetime:
    local = datetime.fromisoformat(moment).astimezone(ZoneInfo("Europe/London"))
    return datetime(local.year, local.month, local.day)  # noqa: DTZ001 (a cell has no zone)
