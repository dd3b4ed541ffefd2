"""Every figure of the workforce workbook worked out a second time: plain Python over the stored JSON, by nothing of
`survey`. Numbers of people are rounded to multiples of `nearest`, and figures worked out from these. A figure is [u]
where rounding would make most of it, or nobody is left to work it out from."""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.reporting.workforce.survey_of_people import ROUND

Person = dict[str, Any]
IMPORTANCE = {"not_important": 1, "slightly_important": 2, "important": 3, "very_important": 4}
CONFIDENCE = {"not_confident": 1, "slightly_confident": 2, "confident": 3, "very_confident": 4}
AGREEMENT = {"strongly_disagree": 1, "disagree": 2, "neither": 3, "agree": 4, "strongly_agree": 5}
LEVELS = [f"level_{number}" for number in range(6)]
SKIPPED = "prefer_not_to_say"
U, LEAST_BASE = "[u]", 30


class Stored:
    """What is on the disk, and the words of one language."""

    def __init__(self, root: Path, language: str, words: Callable[[str, str], str], nearest: int) -> None:
        self.nearest = nearest
        self.exact: Stored = self if nearest == 1 else Stored(root, language, words, 1)
        folder = root / "rounds" / ROUND
        self.words, self.language = words, language
        self.texts = json.loads((folder / "frozen" / f"texts.{language}.json").read_text("utf-8"))
        self.definition = json.loads((folder / "frozen" / "definition.json").read_text("utf-8"))
        self.clusters = json.loads((folder / "frozen" / "clusters.json").read_text("utf-8"))
        self.people = [
            json.loads(path.read_text("utf-8"))["record"]["1"]
            for path in sorted((folder / "skills" / "responses").rglob("*.json"))
        ]
        self.board_of = {one["code"]: one["health_board"] for one in self.clusters["clusters"]}

    def text(self, *key: str) -> str:
        return str(self.texts["workforce-skills." + ".".join(key)])

    def question(self, section: str, name: str) -> dict[str, Any]:
        sections = {one["id"]: one for one in self.definition["sections"]}
        return next(one for one in sections[section]["questions"] if one["id"] == name)

    # Who

    def groups(self) -> list[tuple[str, str, list[Person]]]:
        """Breakdown, name and people of Wales, each health board, each profession."""
        wales = self.words("workbook", "Wales")
        found = [(wales, wales, self.people)]
        found += [(self.words("workbook", "Health board"), name, people) for name, people in self.boards()]
        found += [(self.words("workbook", "Profession"), name, people) for name, people in self.professions()]
        return found

    def boards(self) -> list[tuple[str, list[Person]]]:
        return [
            (
                board[f"name_{self.language}"],
                [person for person in self.people if self.board_of[person["cluster"]] == board["code"]],
            )
            for board in self.clusters["health_boards"]
        ]

    def professions(self) -> list[tuple[str, list[Person]]]:
        return [
            (
                self.text("role.profession.options", option["code"]),
                [person for person in self.people if answer(person, "role", "profession") == option["code"]],
            )
            for option in self.question("role", "profession")["options"]
        ]

    # What: rows as the sheets have them, without what is hidden

    def skills(self) -> list[list[Any]]:
        question = self.question("skills", "skills")
        rows = []
        for breakdown, name, people in self.groups():
            for row in question["rows"]:
                scores = [both for person in people if (both := self._scores(person, row["id"]))]
                importance, confidence = (self.mean([score[place] for score in scores]) for place in (0, 1))
                unknown = U in (importance, confidence)
                means = [importance, confidence, U if unknown else importance - confidence]
                means = [mean if mean == U else round(mean, 2) for mean in means]
                group = self.text("skills.skills.row_groups", row["group"])
                label = self.text("skills.skills.rows", row["id"])
                rows.append([breakdown, name, group, label, self.number(scores), *means])
        return rows

    def _scores(self, person: Person, row: str) -> tuple[int, int] | None:
        cells = (answer(person, "skills", "skills") or {}).get(row, {})
        importance, confidence = IMPORTANCE.get(cells.get("importance")), CONFIDENCE.get(cells.get("confidence"))
        return None if importance is None or confidence is None else (importance, confidence)

    def training(self) -> list[list[Any]]:
        rows = []
        for breakdown, name, people in self.groups():
            ranked = [found for person in people if (found := answer(person, "training", "training_needs"))]
            for option in self.question("training", "training_needs")["options"]:
                code = option["code"]
                at = [found.index(code) for found in ranked if code in found]
                base = self.number(ranked)
                rows.append(
                    [
                        breakdown,
                        name,
                        self.text("training.training_needs.options", code),
                        base,
                        self.share(found[0] == code for found in ranked),
                        self.share(code in found for found in ranked),
                        self._points(at, base),
                    ]
                )
        return rows

    def _points(self, at: list[int], base: int) -> Any:
        """What people gave who rank something at these places, times the share they are of the base."""
        if self.of_few(base) or not base:
            return U
        numbers = [self.number([one for one in at if one == place]) for place in range(5)]
        given = sum((5 - place) * number for place, number in enumerate(numbers))
        ranked = min(self.number(at), base)
        if not ranked:
            return 0
        return round(given / sum(numbers) * ranked / base, 2) if sum(numbers) else U

    def long(self, section: str, *questions: str) -> list[list[Any]]:
        """A row for each answer to each question, of one answer or of several."""
        rows = []
        for breakdown, name, people in self.groups():
            for question in questions:
                answers = [found for person in people if (found := self._several(person, section, question))]
                rows += [
                    [
                        breakdown,
                        name,
                        self.text(section, question, "label"),
                        self.text(section, question, "options", option["code"]),
                        self.number(answers),
                        self.share(option["code"] in found for found in answers),
                    ]
                    for option in self.question(section, question)["options"]
                    if option["code"] != SKIPPED
                ]
        return rows

    def others(self) -> list[list[Any]]:
        """A row for each answer to each question without a sheet of its own; not wanting to say is an answer here."""
        rows = []
        title = self.text("role", "title")
        for breakdown, name, people in self.groups():
            for question in ("employer", "years_in_role", "hours", "across_clusters"):
                given = [found for person in people if (found := answer(person, "role", question))]
                label = self.text("role", question, "label")
                for option in self.question("role", question)["options"]:
                    number = self.number([found for found in given if found == option["code"]])
                    base = self.number(given)
                    share = U if self.of_few(base) or not base else round(number / base, 2)
                    text = self.text("role", question, "options", option["code"])
                    rows.append([breakdown, name, title, label, "[z]", text, base, number, share])
        return rows

    def _several(self, person: Person, section: str, question: str) -> list[str]:
        found = answer(person, section, question)
        chosen = [found] if isinstance(found, str) else found or []
        return [] if SKIPPED in chosen else chosen

    def welsh(self, groups: Iterable[tuple[str, list[Person]]]) -> list[list[Any]]:
        return [
            [
                name,
                self.text("welsh", f"welsh_{skill}", "label"),
                *self._shares(people, "welsh", f"welsh_{skill}", LEVELS),
            ]
            for name, people in groups
            for skill in ("understanding", "reading", "writing")
        ]

    def stay(self) -> list[list[Any]]:
        codes = [option["code"] for option in self.question("staying", "stay")["options"]][:-1]
        return [
            [breakdown, name, *self._shares(people, "staying", "stay", codes)]
            for breakdown, name, people in self.groups()
        ]

    def wellbeing(self) -> list[list[Any]]:
        rows = []
        for breakdown, name, people in self.groups():
            for subject in ("workload", "support", "energy"):
                question = f"wellbeing_{subject}"
                base, *shares = self._shares(people, "staying", question, [*AGREEMENT])
                given = [answer(person, "staying", question) for person in people]
                mean = self.mean([AGREEMENT[code] for code in given if code in AGREEMENT])
                mean = mean if mean == U else round(mean, 2)
                rows.append([breakdown, name, self.text("staying", question, "label"), base, mean, *shares])
        return rows

    def _shares(self, people: list[Person], section: str, question: str, codes: list[str]) -> list[Any]:
        given = [found for person in people if (found := answer(person, section, question)) in codes]
        return [self.number(given), *(self.share(found == code for found in given) for code in codes)]

    # Numbers

    def number(self, people: Collection[Any]) -> int:
        return self.nearest * round(len(people) / self.nearest)

    def of_few(self, base: int) -> bool:
        return self.nearest > 1 and base < LEAST_BASE

    def share(self, chosen: Iterable[bool]) -> Any:
        found = list(chosen)
        base = self.number(found)
        if self.of_few(base) or not base:
            return U
        return round(self.number([one for one in found if one]) / base, 2)

    def mean(self, scores: Sequence[int]) -> Any:
        if self.of_few(self.number(scores)):
            return U
        numbers = {score: self.number([one for one in scores if one == score]) for score in set(scores)}
        base = sum(numbers.values())
        return sum(score * number for score, number in numbers.items()) / base if base else U


def answer(person: Person, section: str, question: str) -> Any:
    return person["pages"].get(section, {}).get("answers", {}).get(question)
