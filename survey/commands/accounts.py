"""`flask accounts …`: who may sign in to the pages of the national team. Passwords never stand on the command line."""

import sys
from datetime import datetime

import click
from flask import current_app

from survey.collection.errors import DomainError
from survey.collection.near_names import near
from survey.collection.people.account_links import make_link, new_token
from survey.collection.people.account_resets import set_account_email
from survey.collection.people.accounts import (
    add_account,
    disable,
    enable,
    read_account,
    readable_accounts,
    set_password,
    set_role,
)
from survey.collection.people.permissions import ROLES
from survey.collection.people.second_factor import remove_second_factor
from survey.collection.people.sessions import ACCOUNT, end_sessions
from survey.collection.rounds.opening import newest_clusters
from survey.commands import terminal
from survey.commands.cli_i18n import Refusal, group, option
from survey.commands.environment import BY, REASON, note, now, open_repository, shelf, site_option, stated
from survey.languages import Language, Phrase

accounts = group("accounts", Phrase("command", "Say who may sign in, and as what"))

NAME = click.argument("name", metavar="NAME")
FROM_STDIN = option(
    "--password-stdin",
    about=Phrase("command", "Read the password from standard input, one line, in place of asking for it"),
    is_flag=True,
)
SITE = site_option(
    Phrase("command", "Address of the site, like https://survey.example; needed unless SURVEY_HOSTS is one host")
)
ROLE = option("--role", about=Phrase("command", "What the account may do"), type=click.Choice(ROLES), required=True)
BOARD = option("--health-board", "board", about=Phrase("command", "Code or short name of a team’s health board"))
LONGEST_LINE = 4096


@accounts.command("add", about=Phrase("command", "Add an account; its password is asked for twice"))
@NAME
@ROLE
@BOARD
@FROM_STDIN
@BY
def add(name: str, role: str, board: str | None, password_stdin: bool, language: Language) -> str:
    repository = open_repository()
    code = _board_code(board) if board is not None else None
    password = _password(language, from_stdin=password_stdin)
    add_account(repository, name, role, code, password, now(), demonstration=current_app.config["DEMO"])
    note(repository, "account_added", account=name, role=role)
    return language.pgettext("accounts command", "Added: %(account)s", account=name)


@accounts.command(
    "invite", about=Phrase("command", "Add an account, and print the link by which its owner chooses a password")
)
@NAME
@ROLE
@BOARD
@SITE
@BY
def invite(name: str, role: str, board: str | None, site: str, language: Language) -> str:
    repository = open_repository()
    code = _board_code(board) if board is not None else None
    add_account(repository, name, role, code, None, now(), demonstration=current_app.config["DEMO"])
    note(repository, "account_added", account=name, role=role)
    return _link(name, site, language)


@accounts.command(
    "link", about=Phrase("command", "Print a link, to be used once, by which an owner chooses a new password")
)
@NAME
@SITE
@BY
def link(name: str, site: str, language: Language) -> str:
    return _link(name, site, language)


@accounts.command(
    "change", about=Phrase("command", "Give an account another role or health board, and sign it out everywhere")
)
@NAME
@ROLE
@BOARD
@BY
def change(name: str, role: str, board: str | None, language: Language) -> str:
    repository = open_repository()
    set_role(repository, name, role, _board_code(board) if board is not None else None)
    note(repository, "account_changed", account=name, role=role)
    return language.pgettext("accounts command", "Changed: %(account)s", account=name)


@accounts.command(
    "email", about=Phrase("command", "Say where an account gets its e-mail; without an address, that it gets none")
)
@NAME
@click.argument("address", metavar="[ADDRESS]", default="")
@BY
def email(name: str, address: str, language: Language) -> str:
    repository = open_repository()
    if read_account(repository, name) is None:
        raise DomainError("unknown_account", account=name)
    set_account_email(repository, name, address.strip())
    note(repository, "account_email_changed", account=name)
    return language.pgettext("accounts command", "Changed: %(account)s", account=name)


@accounts.command("list", about=Phrase("command", "List the accounts"))
def list_(language: Language) -> str:
    all_accounts, unreadable = readable_accounts(open_repository())
    if not all_accounts and not unreadable:
        return language.pgettext("accounts command", "There are no accounts yet")
    heads = [
        language.pgettext("accounts command", "Account"),
        language.pgettext("accounts command", "Role"),
        language.pgettext("accounts command", "Health board"),
        language.pgettext("accounts command", "Added"),
        "",
    ]
    disabled = language.pgettext("accounts command", "disabled")
    rows = [
        [
            account.name,
            account.role,
            account.health_board or "–",
            terminal.moment(datetime.fromisoformat(account.added_at), language) if account.added_at else "–",
            disabled if account.disabled else "",
        ]
        for account in all_accounts
    ]
    listed = terminal.table([heads, *rows])
    if unreadable:
        click.echo(listed)
        raise Refusal(*map(str, unreadable))
    return listed


@accounts.command("disable", about=Phrase("command", "Let an account sign in no more, and sign it out everywhere"))
@NAME
@BY
def disable_(name: str, language: Language) -> str:
    repository = open_repository()
    disable(repository, name)
    note(repository, "account_disabled", account=name)
    return language.pgettext("accounts command", "Disabled: %(account)s", account=name)


@accounts.command("enable", about=Phrase("command", "Let a disabled account sign in again"))
@NAME
@BY
def enable_(name: str, language: Language) -> str:
    repository = open_repository()
    enable(repository, name)
    note(repository, "account_enabled", account=name)
    return language.pgettext("accounts command", "May sign in again: %(account)s", account=name)


@accounts.command("reset", about=Phrase("command", "Give an account a new password, and sign it out everywhere"))
@NAME
@option("--enable", "enabled", about=Phrase("command", "Also let it sign in again if it was disabled"), is_flag=True)
@FROM_STDIN
@BY
def reset(name: str, enabled: bool, password_stdin: bool, language: Language) -> str:
    repository = open_repository()
    if read_account(repository, name) is None:
        raise DomainError("unknown_account", account=name)
    set_password(repository, name, _password(language, from_stdin=password_stdin))
    if enabled:
        enable(repository, name)
    note(repository, "account_reset", account=name)
    return language.pgettext("accounts command", "New password: %(account)s", account=name)


@accounts.command(
    "take-factor", about=Phrase("command", "Take away a second factor that its owner has lost, and sign her out")
)
@NAME
@REASON
@BY
def take_factor(name: str, reason: str, language: Language) -> str:
    repository, reason = open_repository(), stated(reason, language)
    if not remove_second_factor(repository, name):
        raise DomainError("no_factor", account=name)
    end_sessions(repository, (ACCOUNT, name))
    note(repository, "second_factor_taken", account=name, reason=reason)
    return language.pgettext("accounts command", "Without a second factor: %(account)s", account=name)


def _link(name: str, site: str, language: Language) -> str:
    repository, token = open_repository(), new_token()
    make_link(repository, name, token, now())
    note(repository, "account_link_made", account=name)
    return f"{site.rstrip('/')}/{language.code}/manage/invitation/{name}/{token}"


def _board_code(given: str) -> str:
    clusters = newest_clusters(shelf())
    board = clusters.health_board(given)
    if board is None:
        boards = [each.short for each in clusters.health_boards]
        raise DomainError("unknown_health_board", board=given, near=near(given, boards))
    return board.code


def _password(language: Language, *, from_stdin: bool) -> str:
    if from_stdin:
        try:
            return sys.stdin.buffer.readline(LONGEST_LINE).decode("utf-8").removesuffix("\n").removesuffix("\r")
        except UnicodeDecodeError:
            raise Refusal(
                language.pgettext("accounts command", "The password is not in UTF-8. Nothing was changed.")
            ) from None
    if not sys.stdin.isatty():
        raise Refusal(
            language.pgettext(
                "accounts command", "There is no terminal to ask for the password at. Give it with --password-stdin."
            )
        )
    first = _ask(language.pgettext("accounts command", "Password"))
    if _ask(language.pgettext("accounts command", "The same password again")) != first:
        raise Refusal(language.pgettext("accounts command", "The two passwords are not the same. Nothing was changed."))
    return first


def _ask(question: str) -> str:
    # An empty answer is one too: the rules for passwords refuse it in words.
    answer: str = click.prompt(question, hide_input=True, default="", show_default=False, err=True)
    return answer
