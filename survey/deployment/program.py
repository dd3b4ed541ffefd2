"""`myfyrio`, the one command on a server: it reads the settings of the service and becomes its user, from anywhere.

Only root reads the settings (`/etc/myfyrio.env`), and what root writes into the data folder the service could not
change. So it is run as root: `sudo myfyrio rounds list`. What stands in the environment comes before the file. Two
names are for this program alone: `MYFYRIO_SETTINGS`, another file, and `MYFYRIO_USER`, another user.
"""

import os
import pwd
import re
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path

import click

from survey import create_program
from survey.commands.cli_i18n import Refusal, say
from survey.commands.root import Program
from survey.config import PREFIX, SettingsError
from survey.languages import Phrase

SETTINGS = "/etc/myfyrio.env"
USER = "myfyrio"
NO_SETTINGS = Phrase(
    "command",
    "There are no settings: %(file)s is not there. Without them this would work with another data folder than the "
    "service. Write them (docs/operators.md says how), or name another file with MYFYRIO_SETTINGS.",
)
NOT_READABLE = Phrase(
    "command",
    "The settings in %(file)s cannot be read: %(reason)s. Run this as the administrator of this machine; it "
    "becomes the user of the service by itself.",
)
NOT_A_SETTING = Phrase("command", "%(file)s, line %(n)s: this has to be NAME=VALUE. Nothing was done.")
NO_USER = Phrase(
    "command",
    "There is no user %(name)s on this machine. Make one, or name another with MYFYRIO_USER. Nothing was done.",
)


def main() -> None:
    """Run the command that was asked for. Exit codes as those of every command; 2 if a setting is wrong."""
    try:
        prepare(os.environ)
        with create_program().app_context():
            Program("myfyrio").main(prog_name="myfyrio")
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except SettingsError as error:
        click.echo(error, err=True)
        sys.exit(2)


def prepare(environment: MutableMapping[str, str]) -> None:
    """Put the settings of the service into the environment, and become its user if this is root. Raises Refusal."""
    for name, value in settings_of(environment).items():
        environment.setdefault(name, value)
    if "SUDO_USER" in environment:
        environment.setdefault(f"{PREFIX}_OPERATOR", environment["SUDO_USER"])
    if os.geteuid() == 0:
        become(environment.get("MYFYRIO_USER", USER), environment)


def become(name: str, environment: MutableMapping[str, str]) -> None:
    """Be this user from now on, with the groups of hers and no other. Raises Refusal if there is no such user."""
    try:
        user = pwd.getpwnam(name)
    except KeyError:
        raise Refusal(say(NO_USER, name=name)) from None
    os.initgroups(name, user.pw_gid)
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)
    os.umask(0o077)
    environment["HOME"] = user.pw_dir


def settings_in(text: str, file: Path) -> dict[str, str]:
    """The settings in a file that systemd reads too: NAME=VALUE in each line, perhaps in quotes. Raises Refusal."""
    settings = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith(("#", ";")):
            continue
        match = re.fullmatch(r"""\s*([A-Z_]+)=(?:"([^"]*)"|'([^']*)'|(.*?))\s*""", line)
        if match is None:
            raise Refusal(say(NOT_A_SETTING, file=file, n=number))
        settings[match[1]] = next(value for value in match.groups()[1:] if value is not None)
    return settings


def settings_of(environment: Mapping[str, str]) -> dict[str, str]:
    """The settings of the service: those of the file, and before them what the environment has. Raises Refusal."""
    path = Path(environment.get("MYFYRIO_SETTINGS", SETTINGS))
    ours = {name: value for name, value in environment.items() if name.startswith(f"{PREFIX}_")}
    return {**_in_file(path, environment), **ours}


def _in_file(path: Path, environment: Mapping[str, str]) -> dict[str, str]:
    is_told = f"{PREFIX}_DATA" in environment
    try:
        return settings_in(path.read_text("utf-8"), path)
    except OSError as error:
        # A timer of the service has been given all of them.
        if is_told:
            return {}
        missing = isinstance(error, FileNotFoundError)
        raise Refusal(say(NO_SETTINGS if missing else NOT_READABLE, file=path, reason=error.strerror)) from error


if __name__ == "__main__":
    main()
