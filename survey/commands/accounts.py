"""`flask accounts …`: who may sign in to the pages of the national team. Passwords never stand on the command line."""

import sys
from datetime import datetime

import click
from flask import current_app

from survey.collection import accounts as kept_accounts
from survey.collection.accounts import ROLES, add_account, disable, read_accounts, set_password
from survey.collection.clusters import clusters_from
from survey.collection.refusals import Refused
from survey.collection.sources import newest_cluster_list, read_cluster_list
from survey.commands import keeping, speaking
from survey.languages import Language, Phrase
from survey.web.clock import now

accounts = speaking.group("accounts", Phrase("command", "Say who may sign in, and as what"))

NAME = click.argument("name", metavar="NAME")
FROM_STDIN = speaking.option(
    "--password-stdin",
    about=Phrase("command", "Read the password from standard input, one line, in place of asking for it"),
    is_flag=True,
)
LONGEST_LINE = 4096


@accounts.spoken("add", Phrase("command", "Add an account; its password is asked for twice"))
@NAME
@speaking.option("--role", about=Phrase("command", "What the account may do"), type=click.Choice(ROLES), required=True)
@speaking.option("--health-board", "board", about=Phrase("command", "Code or short name of a team’s health board"))
@FROM_STDIN
@speaking.language_option
@keeping.in_plain_words
def add(name: str, role: str, board: str | None, password_stdin: bool, language: Language) -> None:
    kept = keeping.repository()
    code = _board_code(board) if board is not None else None
    password = _password(language, from_stdin=password_stdin)
    add_account(kept, name, role, code, password, now(), demonstration=current_app.config["DEMO"])
    keeping.note(kept, "account_added", account=name, role=role)
    keeping.say(language.pgettext("accounts command", "Added: %(account)s", account=name))


@accounts.spoken("list", Phrase("command", "List the accounts"))
@speaking.language_option
@keeping.in_plain_words
def list_(language: Language) -> None:
    found = read_accounts(keeping.repository())
    if not found:
        keeping.say(language.pgettext("accounts command", "There are no accounts yet"))
        return
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
            keeping.when(datetime.fromisoformat(account.added_at), language),
            disabled if account.disabled else "",
        ]
        for account in found
    ]
    keeping.say(keeping.table([heads, *rows]))


@accounts.spoken("disable", Phrase("command", "Let an account sign in no more, and sign it out everywhere"))
@NAME
@speaking.language_option
@keeping.in_plain_words
def disable_(name: str, language: Language) -> None:
    kept = keeping.repository()
    disable(kept, name)
    keeping.note(kept, "account_disabled", account=name)
    keeping.say(language.pgettext("accounts command", "Disabled: %(account)s", account=name))


@accounts.spoken("reset", Phrase("command", "Give an account a new password, and sign it out everywhere"))
@NAME
@speaking.option("--enable", about=Phrase("command", "Also let it sign in again if it was disabled"), is_flag=True)
@FROM_STDIN
@speaking.language_option
@keeping.in_plain_words
def reset(name: str, enable: bool, password_stdin: bool, language: Language) -> None:
    kept = keeping.repository()
    if name not in {account.name for account in read_accounts(kept)}:
        raise Refused("unknown_account", account=name)
    set_password(kept, name, _password(language, from_stdin=password_stdin))
    if enable:
        kept_accounts.enable(kept, name)
    keeping.note(kept, "account_reset", account=name)
    keeping.say(language.pgettext("accounts command", "New password: %(account)s", account=name))


def _board_code(given: str) -> str:
    folder = keeping.questionnaires()
    board = clusters_from(read_cluster_list(folder, newest_cluster_list(folder))).health_board(given)
    if board is None:
        raise Refused("unknown_health_board", board=given)
    return board.code


def _password(language: Language, *, from_stdin: bool) -> str:
    if from_stdin:
        try:
            return sys.stdin.buffer.readline(LONGEST_LINE).decode("utf-8").removesuffix("\n").removesuffix("\r")
        except UnicodeDecodeError:
            raise speaking.Refusal(
                language.pgettext("accounts command", "The password is not in UTF-8. Nothing was changed.")
            ) from None
    if not sys.stdin.isatty():
        raise speaking.Refusal(
            language.pgettext(
                "accounts command", "There is no terminal to ask for the password at. Give it with --password-stdin."
            )
        )
    first = _ask(language.pgettext("accounts command", "Password"))
    if _ask(language.pgettext("accounts command", "The same password again")) != first:
        raise speaking.Refusal(
            language.pgettext("accounts command", "The two passwords are not the same. Nothing was changed.")
        )
    return first


def _ask(question: str) -> str:
    # An empty answer is one too: the rules for passwords refuse it in words.
    answer: str = click.prompt(question, hide_input=True, default="", show_default=False, err=True)
    return answer
