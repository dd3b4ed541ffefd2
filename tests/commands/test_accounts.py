"""`flask accounts …`: passwords never stand on the command line, nor in what is printed or logged."""

import sys

import pytest

from survey.collection.errors import DomainError
from survey.collection.people.account_links import take_link
from survey.collection.people.account_resets import account_email
from survey.collection.people.accounts import read_account, sign_in
from tests.collection.example import NORTH

PASSWORD = "llyfr gwyrdd ar y bwrdd"
ADD = ("accounts", "add", "eira", "--role", "national", "--password-stdin")


def signs_in(desk, password=PASSWORD, name="eira"):
    try:
        return sign_in(desk.kept, name, password, demonstration=False).name == name
    except DomainError:
        return False


@pytest.mark.parametrize("ending", ["", "\n", "\r\n", "\nsecond line\n"])
def test_add_reads_one_line(desk, ending):
    assert desk.done(*ADD, stdin=PASSWORD + ending) == "Added: eira\n"
    assert signs_in(desk)
    assert desk.log == [("command line", "account_added")]
    log = (desk.data / "log" / "events.log").read_text()
    assert PASSWORD not in log


def test_a_board_is_given_by_code_or_short_name_and_kept_by_code(desk):
    for name, board in (("one", "north"), ("two", NORTH)):
        add = ("accounts", "add", name, "--role", "health_board", "--health-board", board, "--password-stdin")
        desk.done(*add, stdin=PASSWORD)
        account = read_account(desk.kept, name)
        assert account is not None
        assert account.health_board == NORTH


@pytest.mark.parametrize(
    ("arguments", "password", "fault"),
    [
        (("Eira", "--role", "national"), PASSWORD, "This cannot be the name of an account: Eira."),
        (("eira", "--role", "health_board"), PASSWORD, "needs the code of its health board"),
        (("eira", "--role", "national", "--health-board", "north"), PASSWORD, "no other account has one"),
        (("eira", "--role", "health_board", "--health-board", "east"), PASSWORD, "There is no health board"),
        (("eira", "--role", "national"), "short", "Choose a password of 12 characters or more."),
        (("eira", "--role", "national"), "", "Choose a password of 12 characters or more."),
        (("eira", "--role", "national"), "x" * 1000, "Choose a password of 200 characters or fewer."),
        (("eira", "--role", "national"), b"\xff" * 20, "The password is not in UTF-8."),
    ],
)
def test_add_refuses_what_cannot_be_an_account(desk, arguments, password, fault):
    assert fault in desk.refused("accounts", "add", *arguments, "--password-stdin", stdin=password)


def test_add_refuses_an_unknown_role_as_wrong_usage(desk):
    refused = desk.refused("accounts", "add", "eira", "--role", "queen", code=2)
    assert "--role has to be one of: national, health_board, translator, author, reader" in refused


def test_a_name_that_is_taken_keeps_its_password(desk):
    desk.done(*ADD, stdin=PASSWORD)
    assert desk.refused(*ADD, stdin="another long password") == "There is an account with this name already: eira."
    assert signs_in(desk)


def test_without_a_terminal_the_password_has_to_come_from_standard_input(desk):
    assert "Give it with --password-stdin" in desk.refused(*ADD[:-1], stdin=PASSWORD)


def test_at_a_terminal_the_password_is_asked_for_twice_and_not_shown(desk, monkeypatch):
    monkeypatch.setattr("survey.commands.accounts.sys", Terminal)
    result = desk.run(*ADD[:-1], stdin=f"{PASSWORD}\n{PASSWORD}\n")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "Added: eira")
    assert PASSWORD not in result.output
    assert signs_in(desk)
    result = desk.run("accounts", "reset", "eira", stdin=f"{PASSWORD}!\n{PASSWORD}?\n")
    assert result.exit_code == 1
    assert result.stderr.endswith("The two passwords are not the same. Nothing was changed.\n")
    assert signs_in(desk)


class Terminal:
    class stdin:  # noqa: N801
        @staticmethod
        def isatty():
            return True


def test_list_shows_no_secrets(desk):
    assert desk.done("accounts", "list") == "There are no accounts yet\n"
    desk.done(*ADD, stdin=PASSWORD)
    desk.done("accounts", "disable", "eira")
    (line,) = desk.done("accounts", "list").splitlines()[1:]
    assert line.split() == ["eira", "national", "–", "1", "October", "2026", "at", "10:00", "disabled"]


def test_disable_and_reset(desk):
    desk.done(*ADD, stdin=PASSWORD)
    assert desk.done("accounts", "disable", "eira") == "Disabled: eira\n"
    assert not signs_in(desk)
    desk.done("accounts", "reset", "eira", "--password-stdin", stdin="another long password")
    assert not signs_in(desk, "another long password")
    desk.done("accounts", "reset", "eira", "--password-stdin", "--enable", stdin="another long password")
    assert signs_in(desk, "another long password")
    assert desk.log[1:] == [("command line", what) for what in ("account_disabled", "account_reset", "account_reset")]


@pytest.mark.parametrize("command", [("disable",), ("reset", "--password-stdin")])
def test_an_account_that_is_not_there_is_not_changed(desk, command):
    name, *options = command
    refused = desk.refused("accounts", name, "nobody", *options, stdin=PASSWORD)
    assert refused == "There is no account with this name: nobody."


def test_sys_is_what_the_command_reads_from():
    import survey.commands.accounts as module

    assert module.sys is sys


def test_an_invitation_is_a_link_by_which_a_password_is_chosen_and_the_log_has_no_secret(desk):
    site = ("--site", "https://reflect.example")
    link = desk.done("accounts", "invite", "nia", "--role", "reader", *site).strip()
    assert link.startswith("https://reflect.example/en/manage/invitation/nia/")
    token = link.rpartition("/")[2]
    take_link(desk.kept, "nia", token, PASSWORD, desk.now)
    assert signs_in(desk, name="nia")
    desk.done("accounts", "link", "nia", *site)
    assert [what for _, what in desk.log] == ["account_added", "account_link_made", "account_link_made"]
    assert token not in (desk.data / "log" / "events.log").read_text()
    assert "There is no account" in desk.refused("accounts", "link", "nobody", *site)


def test_a_role_is_changed_and_a_disabled_account_let_in_again(desk):
    desk.done(*ADD, stdin=PASSWORD)
    desk.done("accounts", "change", "eira", "--role", "health_board", "--health-board", "north")
    assert read_account(desk.kept, "eira").health_board == NORTH
    assert "needs the code of its health board" in desk.refused("accounts", "change", "eira", "--role", "health_board")
    desk.done("accounts", "disable", "eira")
    assert not signs_in(desk)
    desk.done("accounts", "enable", "eira")
    assert signs_in(desk)


def test_where_an_account_gets_its_e_mail_is_said_and_taken_back(desk):
    desk.done("accounts", "invite", "gwen", "--role", "reader")
    assert "e-mail address" in desk.refused("accounts", "email", "gwen", "gwen@nowhere")
    desk.done("accounts", "email", "gwen", "gwen@nhs.example")
    assert account_email(desk.kept, "gwen") == "gwen@nhs.example"
    desk.done("accounts", "email", "gwen")
    assert account_email(desk.kept, "gwen") == ""
    assert desk.log[-1] == ("command line", "account_email_changed")
