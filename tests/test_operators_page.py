"""What docs/operators.md says is there, is there; and what is there, it says."""

import re
from importlib import import_module

import pytest

from survey.commands import GROUPS
from survey.config import PREFIX, ROOT, SETTINGS

PAGE = (ROOT / "docs" / "operators.md").read_text("utf-8")
COMMANDS = {
    f"{name} {below}": command
    for name in GROUPS
    for below, command in getattr(import_module(f"survey.commands.{name}"), name).commands.items()
}


def test_the_table_has_every_command_and_no_other():
    assert set(re.findall(r"^\| `([a-z]+ [a-z-]+)` \|", PAGE, re.MULTILINE)) == COMMANDS.keys()


def test_every_setting_that_is_named_is_one():
    named = set(re.findall(rf"\b{PREFIX}_([A-Z_]+)\b", PAGE))
    assert len(named) > 4
    assert named <= {setting.name for setting in SETTINGS}
    assert "`settings.md`" in PAGE


def usages():
    """Each command with options, as the page gives it: its name and its options."""
    text = PAGE.replace("\\\n", " ")
    for line in re.findall(r"^ {4}(.+)$|`([^`]+)`", text, re.MULTILINE):
        given = "".join(line).strip()
        words = given.split()
        name = " ".join(words[:2])
        if name in COMMANDS and len(words) > 2:
            yield pytest.param(name, re.findall(r"(?<=\s)--[a-z-]+", given), id=given[:60])


@pytest.mark.parametrize(("name", "options"), list(usages()))
def test_every_usage_has_the_options_of_its_command(name, options):
    known = {option for param in COMMANDS[name].params for option in param.opts}
    assert set(options) <= known


def test_there_are_usages_to_look_at():
    assert len(list(usages())) >= 6
