"""Write the parts of these pages that say what the program says itself: `make docs`.

Each stands between two comments, `<!-- generated: NAME -->` and `<!-- end of NAME -->`; what is around them is written
by hand. `tests/test_docs.py` tells when one is behind.
"""

import ast
import json
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from survey.catalogues.wording import BAD_FILE, WORDING
from survey.collection.people.permissions import ACTIONS, ROLES
from survey.commands import GROUPS
from survey.commands.cli_i18n import output_language
from survey.config import PREFIX, ROOT, SETTINGS, settings_from
from survey.questionnaire.shape import schema_path

DOCS = Path(__file__).parent
SCHEMA = json.loads(schema_path("questionnaire").read_text("utf-8"))
PARTS = SCHEMA["$defs"]
# A date has no properties of its own, so these are what every question may have.
COMMON = PARTS["date"]["properties"]
# Their descriptions go on to explain each value, which has a place of its own.
EXPLAINED_ELSEWHERE = ("type", "measure")

Rows = Iterator[tuple[str, ...]]


def settings() -> Rows:
    yield "setting", "what it does", "if it is not set"
    defaults = settings_from({})
    for setting in SETTINGS:
        yield f"`{PREFIX}_{setting.name}`", setting.description, _default(defaults[setting.name])


def _default(value: object) -> str:
    if isinstance(value, Path):
        return f"`{value.relative_to(ROOT)}/`"
    if value is None or value == frozenset():
        return "none"
    return str(value).lower() if isinstance(value, bool) else str(value)


def commands() -> Rows:
    yield "command", "what it does"
    for group in GROUPS:
        for name, command in getattr(import_module(f"survey.commands.{group}"), group).commands.items():
            yield f"`{group} {name}`", command.about.english


def permissions() -> Rows:
    yield "to", *(f"`{role}`" for role in ROLES)
    for action in ACTIONS.values():
        yield action.about, *("yes" if role in action.roles else "–" for role in ROLES)


def answer_types() -> Rows:
    yield "type", "what it takes", "properties of its own"
    for name in PARTS["typeName"]["enum"]:
        own = {own: schema for own, schema in PARTS[name]["properties"].items() if own not in COMMON}
        said = (
            f"`{own}`: {schema['description']}" if "description" in schema else f"`{own}`."
            for own, schema in own.items()
        )
        yield f"`{name}`", PARTS[name]["description"], " ".join(said) or "None."


def properties(part: dict[str, Any]) -> Callable[[], Rows]:
    """The properties that a part of the schema has."""

    def rows() -> Rows:
        yield "property", "what it says"
        for name, schema in part["properties"].items():
            text = schema.get("description") or PARTS[schema["$ref"].rpartition("/")[2]].get("description", "")
            yield f"`{name}`", text.partition(". ")[0] + "." if name in EXPLAINED_ELSEWHERE else text

    return rows


def gate_rules(code: str) -> Callable[[], Rows]:
    """The rules of the translation gate, in the words that it uses itself."""

    def rows() -> Rows:
        yield {"cy": ("rheol y porth", "beth sydd o’i le"), "en": ("rule of the gate", "what is wrong")}[code]
        language = output_language(code)
        for rule, phrase in {**WORDING, "bad-file": BAD_FILE}.items():
            yield f"`{rule}`", language.say(phrase, detail="…", form="…", reason="…")

    return rows


def modules() -> Rows:
    """Every module of the product that has something in it: what it is about, and the names that others may use."""
    yield "file", "what it is about", "what is in it"
    for path in sorted((ROOT / "survey").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        names = [name for node in tree.body for name in _names(node) if not name.startswith("_")]
        about = " ".join((ast.get_docstring(tree) or "").split())
        if about:
            yield f"`{path.relative_to(ROOT)}`", _first_sentence(about), ", ".join(f"`{name}`" for name in names)


def scripts() -> Rows:
    """Every script of the pages, and what it is about."""
    yield "file", "what it is about"
    for path in sorted([*ROOT.glob("survey/web/scripts/*.js"), *ROOT.glob("survey/web/static/*.js")]):
        comment = re.match(r"(?://.*\n)+", path.read_text("utf-8"))
        about = " ".join(comment.group().replace("//", "").split()) if comment else ""
        yield f"`{path.relative_to(ROOT)}`", _first_sentence(about)


def _names(node: ast.stmt) -> list[str]:
    """What a statement at the top of a module defines."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    parts = [part for target in targets for part in (target.elts if isinstance(target, ast.Tuple) else [target])]
    return [part.id for part in parts if isinstance(part, ast.Name)]


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.?])\s", text, maxsplit=1)[0]


GENERATED: dict[str, dict[str, Callable[[], Rows]]] = {
    "settings.md": {"settings": settings},
    "national-team.md": {"permissions": permissions},
    "operators.md": {"commands": commands},
    "authors.md": {
        "file": properties(SCHEMA),
        "level rule": properties(PARTS["levelRule"]),
        "section": properties(PARTS["section"]),
        "question": properties(PARTS["date"]),
        "types": answer_types,
        "option": properties(PARTS["optionToTick"]),
        "listed option": properties(PARTS["listedOption"]),
        "other": properties(PARTS["optionToTick"]["properties"]["other"]),
        "row": properties(PARTS["row"]),
        "column": properties(PARTS["column"]),
        "condition": properties(PARTS["condition"]),
    },
    "files.md": {"modules": modules, "scripts": scripts},
    "translators.md": {"rheolau": gate_rules("cy"), "rules": gate_rules("en")},
}


def generated(page: str) -> str:
    """Return a page with its generated parts as they should be. Raises ValueError where one has no place."""
    text = (DOCS / page).read_text("utf-8")
    for name, rows in GENERATED[page].items():
        begin, end = f"<!-- generated: {name} -->\n", f"<!-- end of {name} -->\n"
        before, _, rest = text.partition(begin)
        _, place, after = rest.partition(end)
        if not place:
            raise ValueError(f"{page} has no place for “{name}”")
        text = f"{before}{begin}\n{_table(rows())}\n{end}{after}"
    return text


def _table(rows: Rows) -> str:
    head, *body = (" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows)
    rule = " | ".join("---" for _ in head.split(" | "))
    return "".join(f"| {line} |\n" for line in (head, rule, *body))


if __name__ == "__main__":
    for page in GENERATED:
        (DOCS / page).write_text(generated(page), "utf-8")
