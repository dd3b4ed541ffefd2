"""The activity log by commands: listed, looked for, and written as the page writes it."""

import csv
import inspect
import json
import sys
from importlib import import_module
from io import StringIO

import pytest

from survey.collection.people.accounts import note
from survey.collection.people.begun_acts import BEGUN_ACTS
from survey.commands import GROUPS
from survey.commands.environment import _answered_for, _named
from survey.storage.repository import StorageFull
from survey.storage.tinydb_files.repository import FileRepository
from tests.collection.example import NOW, ROUND


@pytest.fixture
def logged(desk):
    note(desk.kept, NOW, "eira", "response_viewed", round=ROUND, cluster="arfon")
    note(desk.kept, NOW, "gwyn", "workbook_downloaded", round="sr-1", reason="=1+1")
    return desk


def test_it_is_listed_in_words_and_reading_it_is_in_it(logged):
    listed = logged.done("log", "list").splitlines()
    assert [line.split("  ")[1] for line in listed] == ["eira", "gwyn"]
    assert "A cluster’s response read" in listed[0]
    assert "cluster=arfon" in listed[0]
    assert "Darllenwyd" in logged.done("log", "list", "--who", "EIRA", "--language", "cy").splitlines()[0]
    assert logged.log[-1] == ("command line", "log_viewed")


def test_what_is_looked_for_is_found_as_on_the_page(logged):
    (one,) = json.loads(logged.done("log", "list", "--what", "taken-out", "--format", "json"))
    assert (one["who"], one["what"], one["round"]) == ("gwyn", "workbook_downloaded", "sr-1")
    assert json.loads(logged.done("log", "list", "--since", "2 January 2030", "--format", "json")) == []
    assert "Nothing in the log" in logged.done("log", "list", "--round", "nowhere")
    assert "workbook_downloaded" in logged.refused("log", "list", "--what", "downloads")
    assert "same day" in logged.refused("log", "list", "--since", "2/1/2030", "--until", "1/1/2030")
    assert "This is not a day" in logged.refused("log", "list", "--since", "some day")


def test_it_is_written_as_csv_where_nothing_is_yet(logged):
    file = logged.root / "log.csv"
    assert logged.done("log", "export", "--round", "sr-1", "--output", file) == "1 line written\n"
    (row,) = csv.DictReader(StringIO(file.read_text("utf-8-sig")))
    assert (row["who"], row["reason"]) == ("gwyn", "'=1+1")
    assert logged.log[-1] == ("command line", "log_downloaded")
    before = file.read_bytes()
    assert "There is a file already" in logged.refused("log", "export", "--output", file)
    assert file.read_bytes() == before


def test_whoever_has_a_line_written_in_the_log_can_say_who_and_is_kept_as_begun_meanwhile():
    """Not what is under `data`: a restore or a move would take what is begun away with the rest."""
    lacking = {
        f"{name} {below}"
        for name in set(GROUPS) - {"data"}
        for below, command in _commands_of(name)
        if _writes_a_line(command) and not any(param.callback in (_named, _answered_for) for param in command.params)
    }
    assert lacking == set()
    assert all(_writes_a_line(command) for below, command in _commands_of("accounts") if below != "list")


def _commands_of(name):
    return getattr(import_module(f"survey.commands.{name}"), name).commands.items()


def _writes_a_line(command):
    """Whether a command, or a function of its module that it calls, has a line written."""
    asked = inspect.unwrap(command.callback)
    module, waiting, seen = sys.modules[asked.__module__], [asked], set()
    while waiting:
        names = set(waiting.pop().__code__.co_names)
        if "note" in names:
            return True
        called = [vars(module).get(name) for name in names - seen]
        seen |= names
        waiting += [each for each in called if inspect.isfunction(each) and each.__module__ == module.__name__]
    return False


@pytest.mark.parametrize(
    "arguments",
    [
        ("accounts", "email", "eira", "eira@myfyrio.example"),
        ("links", "revoke", ROUND, "--cluster", "arfon"),
        ("sessions", "end", "--account", "eira"),
    ],
)
def test_commands_that_are_stopped_before_their_line_are_kept_as_begun_with_who_did_it(desk, monkeypatch, arguments):
    desk.opened()
    desk.done("accounts", "add", "eira", "--role", "national", "--password-stdin", stdin="llyfr gwyrdd ar y bwrdd\n")
    with monkeypatch.context() as stopped:
        stopped.setattr("survey.commands.environment.end_act", lambda *_: None)
        desk.done(*arguments, "--by", "Nia")
    ((_, begun),) = desk.kept.read_all(BEGUN_ACTS)
    assert (begun["who"], begun["act"].endswith(" ".join(arguments[:2]))) == ("Nia (command line)", True)


@pytest.mark.parametrize("fault", [StorageFull("no room"), KeyboardInterrupt()])
def test_a_command_whose_line_cannot_be_written_stays_begun_and_one_that_is_refused_does_not(desk, monkeypatch, fault):
    desk.opened()
    desk.done("accounts", "add", "eira", "--role", "national", "--password-stdin", stdin="llyfr gwyrdd ar y bwrdd\n")
    desk.refused("accounts", "disable", "nobody", "--by", "Nia")
    assert list(desk.kept.read_all(BEGUN_ACTS)) == []

    def broken(*_arguments, **_details):
        raise fault

    with monkeypatch.context() as full:
        full.setattr("survey.commands.environment.accounts.note", broken)
        assert desk.run("accounts", "disable", "eira", "--by", "Nia").exit_code == 1
    ((_, begun),) = desk.kept.read_all(BEGUN_ACTS)
    assert (begun["who"], begun["act"].endswith("accounts disable")) == ("Nia (command line)", True)


def test_what_was_done_is_acknowledged_although_its_mark_cannot_be_removed(desk, monkeypatch):
    delete = FileRepository.delete

    def broken(self, place, key):
        if place == BEGUN_ACTS:
            raise StorageFull("no room")
        return delete(self, place, key)

    monkeypatch.setattr(FileRepository, "delete", broken)
    desk.done("accounts", "add", "eira", "--role", "national", "--password-stdin", stdin="llyfr gwyrdd ar y bwrdd\n")
