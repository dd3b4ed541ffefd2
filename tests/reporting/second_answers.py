"""The sheets of answers by type worked out a second time, for the questions that have no sheets of their own."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from statistics import mean, quantiles
from typing import Any

from tests.reporting.second_path import RATINGS, Row, Stored, U, X, Z, share
from tests.reporting.second_responses import TEXTS, options_of, value, variables
from tests.reporting.small_wales import BOARD_ORDER, CLUSTER_NAMES

Variable = dict[str, Any]
OTHERS = {
    "about": {"participants", "participants_others", "how_done", "population", "change"},
    "enablers": {
        "other_enablers",
        "other_barriers",
        *(
            f"enabler_{name}_comment"
            for name in ("facilitating", "leading", "learning", "engaging", "funding", "evaluating")
        ),
    },
    "good_practice": {"outcomes", "share"},
    "sign_off": {"role", "date", "agreed", "reservations"},
}
"""The questions of the self-reflection without sheets of their own, by section; whatever is invented has none."""
Subject = tuple[str, int]


def others(stored: Stored) -> list[tuple[dict[str, Any], list[Variable]]]:
    """Each question as the definition has it, with its variables; items of a group one after the other."""
    found = []
    key = ("page", "question", "child")
    listed = sorted(_numbered(stored), key=lambda numbered: numbered[0])
    for _, group in groupby(listed, key=lambda numbered: [numbered[1].get(part) for part in key]):
        parts = [variable for _, variable in group]
        asked = parts[0].get("child", parts[0]["question"])
        section = parts[0]["page"].split("/")[0]
        if section == "invented" or asked in OTHERS.get(section, ()):
            found.append((_question(stored, parts[0]), parts))
    return found


def _numbered(stored: Stored) -> Iterator[tuple[tuple[int, ...], Variable]]:
    """Every variable after those of its question before it: a child of a group in the order of children."""
    first: dict[tuple[Any, ...], int] = {}
    for place, variable in enumerate(variables(stored)):
        key = (variable["page"], variable["question"], variable.get("child"))
        yield (first.setdefault(key, place), place), variable


def _question(stored: Stored, variable: Variable) -> dict[str, Any]:
    section = next(one for one in stored.definition["sections"] if one["id"] == variable["page"].split("/")[0])
    questions = {question["id"]: question for question in section["questions"]}
    name = variable["question"]
    if name not in questions:
        asked, _, code = name.rpartition("_")
        other = next(option for option in questions[asked]["options"] if option["code"] == code)
        return {"id": name, "type": "short_text", "label": other["other"]["label"]}
    if "child" in variable:
        return next(child for child in questions[name]["questions"] if child["id"] == variable["child"])
    return dict(questions[name])


def absent(held: Any) -> bool:
    """Whether it is the shorthand itself, which somebody may also have typed."""
    return held is X or held is Z


def subjects(stored: Stored, parts: list[Variable], board: str) -> list[Subject]:
    """Who is asked: clusters that the page is put to, or the items that each gave."""
    page = parts[0]["page"]
    clusters = [
        code
        for code, (of_board, *_) in CLUSTER_NAMES.items()
        if board in ("", of_board) and ("/" not in page or page.split("/")[1] in stored.assigned(code))
    ]
    if "item" not in parts[0]:
        return [(code, 0) for code in clusters]
    given = {code: len(stored.answer(code, page, parts[0]["question"]) or ()) for code in clusters}
    return [(code, item) for code in clusters for item in range(1, given[code] + 1)]


def _parts_of(parts: list[Variable]) -> list[Variable]:
    """The parts of a question once, whatever the number of items."""
    return [part for part in parts if part.get("item", 1) == 1]


def _value(stored: Stored, subject: Subject, part: Variable) -> Any:
    code, item = subject
    return value(stored, code, part | {"item": item} if "item" in part else part)


def answers(stored: Stored) -> list[Row]:
    rows = []
    for board in ("", *BOARD_ORDER[stored.language]):
        for question, every in others(stored):
            parts, who = _parts_of(every), subjects(stored, every, board)
            if not who and board:
                continue
            silent = [one for one in who if not stored.counted(one[0])]
            given = {one: [_value(stored, one, part) for part in parts] for one in who if one not in silent}
            unasked = [one for one, held in given.items() if held[0] is Z]
            for part, label, base, chosen in _answers(stored, question, parts, given):
                missing = len(who) - len(silent) - len(unasked) - len(base)
                names = [*_names(stored, board, question, every), part, _unit(stored, every), label]
                figures = [len(who), len(silent), len(unasked), missing, len(base), len(chosen)]
                out_of = base
                if label == stored.words("workbook answer", "Any answer"):
                    out_of = [one for one in who if one not in silent and one not in unasked]
                rows.append([*names, *figures, share(len(chosen), len(out_of), len({code for code, _ in out_of}))])
    return rows


Given = dict[Subject, Row]
Found = tuple[str, str, list[Subject], list[Subject]]


def _answers(  # noqa: C901 (a case for each type)
    stored: Stored, question: dict[str, Any], parts: list[Variable], given: Given
) -> Iterator[Found]:
    """Part, answer, who is in its base, and who gave it."""

    def having(place: int) -> dict[Subject, Any]:
        return {one: held[place] for one, held in given.items() if not absent(held[place])}

    options = options_of(stored, question)
    match question["type"]:
        case "single_choice" | "scale" | "calculated":
            found = having(0)
            for option in options:
                yield Z, _option(stored, question, parts[0], option), [*found], _of(found, option["code"])
        case "multiple_choice":
            base = [*having(0)]
            for place, option in enumerate(options):
                yield Z, _option(stored, question, parts[0], option), base, _of(having(place), 1)
        case "ranking":
            base = sorted({one for place in range(len(parts)) for one in having(place)})
            # Zero is the rank of what was left out of a ranking that was given.
            first, ranked = (stored.words("workbook answer", text) for text in ("Ranked first", "Ranked at all"))
            for place, option in enumerate(options):
                yield first, _option(stored, question, parts[0], option), base, _of(having(place), 1)
            for place, option in enumerate(options):
                yield (
                    ranked,
                    _option(stored, question, parts[0], option),
                    base,
                    [one for one, rank in having(place).items() if rank],
                )
        case "matrix":
            for place, (label, column) in enumerate(_cells(stored, question)):
                found = having(place)
                for option in options_of(stored, column):
                    text = stored.text("self-reflection.option_sets", column["option_set"], option["code"])
                    yield label, text, [*found], _of(found, option["code"])
        case kind:
            found = having(0)
            yield Z, stored.words("workbook answer", "Any answer"), [*found], [*found]
            for month in _months(stored, parts) if kind == "date" else ():
                yield Z, _month(stored, month), [*found], [one for one, day in found.items() if day[:7] == month]


def _months(stored: Stored, parts: list[Variable]) -> list[str]:
    """Those that any cluster gave, whatever its health board."""
    given = (_value(stored, one, parts[0]) for one in subjects(stored, parts, ""))
    return sorted({day[:7] for day in given if not absent(day)})


def _cells(stored: Stored, question: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The name and the column of each cell of a matrix."""
    pattern, place = stored.words("workbook", "%(row)s: %(column)s"), "self-reflection.invented.table"
    return [
        (
            pattern
            % {
                "row": stored.text(place, "rows", row["id"]),
                "column": stored.text(place, "columns", column["id"], "label"),
            },
            column,
        )
        for row in question["rows"]
        for column in question["columns"]
    ]


def _of(found: dict[Subject, Any], wanted: Any) -> list[Subject]:
    return [one for one, held in found.items() if held == wanted]


MONTHS = {
    "en": "January February March April May June July August September October November December",
    "cy": "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr",
}


def _month(stored: Stored, month: str) -> str:
    day = date.fromisoformat(f"{month}-01")
    return f"{MONTHS[stored.language].split()[day.month - 1]} {day.year}"


def _key(stored: Stored, question: dict[str, Any], variable: Variable) -> tuple[str, ...]:
    section = variable["page"].split("/")[0]
    of_group = (variable["question"],) if "child" in variable else ()
    return ("self-reflection", section, *of_group, question["id"])


def _option(stored: Stored, question: dict[str, Any], variable: Variable, option: dict[str, Any]) -> str:
    if "option_set" in question:
        return stored.text("self-reflection.option_sets", question["option_set"], option["code"])
    return stored.text(*_key(stored, question, variable), "options", option["code"])


def _names(stored: Stored, board: str, question: dict[str, Any], parts: list[Variable]) -> Row:
    return [stored.board(board) if board else stored.wales, *_asked(stored, question, parts)]


def _asked(stored: Stored, question: dict[str, Any], parts: list[Variable]) -> Row:
    section, _, outcome = parts[0]["page"].partition("/")
    title = stored.text("self-reflection", section, "title")
    if outcome:
        pattern = stored.words("workbook", "%(section)s: %(outcome)s")
        title = pattern % {"section": title, "outcome": stored.outcome(outcome)}
    return [title, stored.text(*_key(stored, question, parts[0]), "label")]


def _unit(stored: Stored, parts: list[Variable]) -> str:
    text = "Entries that clusters make" if "item" in parts[0] else "Clusters"
    return stored.words("workbook what is counted", text)


def numbers(stored: Stored) -> list[Row]:
    rows = []
    for board in ("", *BOARD_ORDER[stored.language]):
        for question, every in others(stored):
            who = subjects(stored, every, board)
            for part, of_part in _number_parts(stored, question, _parts_of(every)):
                if not who and board:
                    continue
                given = {
                    one: held
                    for one in who
                    if stored.counted(one[0]) and not absent(held := _value(stored, one, of_part))
                    if question["type"] != "ranking" or held
                }
                found = sorted(RATINGS.get(held, held) for held in given.values())
                few = len({code for code, _ in given}) < 5
                names = [*_names(stored, board, question, every), part, _unit(stored, every), len(who), len(found)]
                rows.append([*names, *([U] * 7 if few else _figures(found))])
    return rows


def _figures(found: list[float]) -> Row:
    return [
        float(mean(found)),
        *map(float, (min(found), *quantiles(found, method="inclusive"), max(found), sum(found))),
    ]


def _number_parts(stored: Stored, question: dict[str, Any], parts: list[Variable]) -> Iterator[tuple[str, Variable]]:
    match question["type"]:
        case "whole_number" | "decimal" | "year" | "scale":
            yield Z, parts[0]
        case "ranking":
            for part, option in zip(parts, options_of(stored, question), strict=True):
                yield _option(stored, question, part, option), part
        case "matrix":
            for part, (label, column) in zip(parts, _cells(stored, question), strict=True):
                if column["id"] == "then":
                    yield label, part


def written(stored: Stored) -> list[Row]:
    rows = []
    for question, parts in others(stored):
        if question["type"] not in TEXTS:
            continue
        for code in stored.clusters:
            for part in parts:
                held = value(stored, code, part)
                if absent(held):
                    continue
                submission = stored.counted(code)
                assert submission is not None
                marks = submission["pages"][part["page"]]["written_in"]
                mark = part["question"]
                if "item" in part:
                    item = stored.answer(code, part["page"], mark)[part["item"] - 1]
                    mark = f"{mark}/{item['id']}/{part['child']}"
                language = stored.language_name(marks.get(mark, submission["submitted_in"]))
                names = [*_asked(stored, question, parts), *stored.names(code)]
                rows.append([*names, part.get("item", Z), held, language])
    return rows
