"""Every command says in the language of the machine what it is for, and refuses what it does not know with code 2."""

import os
import re
import subprocess
import sys
from importlib import import_module

import click
import pytest
from click.testing import CliRunner
from flask import has_app_context
from flask.cli import FlaskGroup

from survey.commands import GROUPS, is_one_asked_for
from survey.commands.cli_i18n import LocalisedOption
from survey.commands.usage import NO_COMMAND
from survey.config import ROOT
from survey.languages import language


def commands():
    for name in GROUPS:
        group = getattr(import_module(f"survey.commands.{name}"), name)
        yield pytest.param(group, (), id=name)
        for below, command in sorted(group.commands.items()):
            yield pytest.param(group, (below,), id=f"{name} {below}")
            assert isinstance(command, click.Command)


@pytest.mark.parametrize(("group", "arguments"), list(commands()))
def test_help_is_in_the_language_of_the_machine(group, arguments):
    command = group.commands[arguments[0]] if arguments else group
    phrases = [command.about, *(param.about for param in command.params if isinstance(param, LocalisedOption))]
    for code, usage in (("cy", "Defnydd: "), ("en", "Usage: ")):
        result = CliRunner().invoke(
            group,
            [*arguments, "--help"],
            env={"LC_ALL": code},
            prog_name="flask",
            terminal_width=1000,
            max_content_width=1000,
        )
        assert result.exit_code == 0
        assert result.stdout.startswith(usage)
        for phrase in phrases:
            assert " ".join(language(code).say(phrase).split()) in " ".join(result.stdout.split())
        options = "\n".join(line for line in result.stdout.splitlines() if line.startswith("  --"))
        assert not re.search(r"\[(required|default:)|--[a-z-]+ (TEXT|FILE|DIRECTORY|INTEGER)", options) or code == "en"


@pytest.mark.parametrize(("group", "arguments"), list(commands()))
def test_an_unknown_option_is_refused(group, arguments):
    result = CliRunner().invoke(group, [*arguments, "--no-such-thing"], env={"LC_ALL": "en"})
    assert (result.exit_code, result.stdout) == (2, "")
    assert "There is no option --no-such-thing" in result.stderr
    assert len(result.stderr.splitlines()) == 2


def test_the_commands_are_those_that_others_rely_on(desk):
    found = {
        name: set(getattr(import_module(f"survey.commands.{name}"), name).commands)
        for name in ("rounds", "clusters", "responses", "accounts", "data")
    }
    assert found["rounds"] >= {"create", "open", "close", "list", "status", "assign", "invite", "revoke", "reopen"}
    assert found["clusters"] == {"list", "check", "held", "export", "import"}
    assert found["responses"] == {"import", "export", "show", "erase", "take-in"}
    assert found["accounts"] >= {"add", "list", "disable", "reset"}
    assert found["data"] == {
        "check",
        "verify",
        "backup",
        "backups",
        "rehearse",
        "restore",
        "purge",
        "put-back",
        "accept-loss",
        "new-secret",
        "move",
        "upgrade",
    }


def test_the_program_itself_speaks_the_language_of_the_machine(desk):
    program = FlaskGroup(name="flask", create_app=lambda: desk.app)
    shown = CliRunner().invoke(program, ["--help"], prog_name="flask", env={"LC_ALL": "cy_GB"})
    assert (shown.exit_code, shown.stdout.count("Defnydd: flask --app wsgi GORCHYMYN …")) == (0, 1)
    assert [name for name in GROUPS if f"\n  {name}  " not in shown.stdout] == []
    assert "Show this message and exit" not in shown.stdout
    assert not has_app_context(), "what runs next would run in this one’s data folder"
    unknown = CliRunner().invoke(program, ["no-such"], prog_name="flask", env={"LC_ALL": "cy_GB"})
    said = language("cy").say(NO_COMMAND, name="no-such")
    assert (unknown.exit_code, unknown.stderr.splitlines()[0]) == (2, said)


@pytest.mark.parametrize(
    ("arguments", "is_ours"),
    [
        (["--app", "wsgi", "rounds", "list"], True),
        (["export", "workbook", "run"], True),
        (["--app", "wsgi", "run", "--host", "rounds"], False),
        (["routes"], False),
        (["--help"], False),
        ([], False),
    ],
)
def test_pages_are_left_out_for_our_own_commands_alone(arguments, is_ours):
    assert is_one_asked_for(arguments) is is_ours


def test_a_command_loads_no_page(tmp_path):
    code = (
        "import sys; from flask.cli import main; import wsgi; "
        "print('survey.web' in sys.modules, {*wsgi.app.blueprints}); main()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "--app", "wsgi", "rounds", "list", "--language", "en"],
        cwd=ROOT,
        env={**os.environ, "SURVEY_DATA": str(tmp_path), "FLASK_RUN_FROM_CLI": "true"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.splitlines()[0] == "False set()"
