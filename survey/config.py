"""Settings: one table of what may be set, how it is read, and what holds when it is not set.

Operators set `SURVEY_<NAME>` in the environment. A name that is not in the table, or a value that cannot
be read, is a fault; all faults are reported at once.
"""

import re
import shlex
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

PREFIX = "SURVEY"
ROOT = Path(__file__).resolve().parent.parent


@lru_cache(maxsize=1)
def software_version() -> str:
    """Name and version of this software."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return f"{project['name'].capitalize()} {project['version']}"


class SettingsError(ValueError):
    """One or more settings cannot be used. `faults` holds one plain line for each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Setting:
    """`read` turns text into the value and raises ValueError saying what is expected instead."""

    name: str
    read: Callable[[str], Any]
    default: Any
    description: str


def _yes_or_no(text: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}
    if text.lower() not in known:
        raise ValueError("true or false")
    return known[text.lower()]


def _whole_number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,12}", text) or not least <= int(text) <= most:
            raise ValueError(f"a whole number from {least} to {most}")
        return int(text)

    return read


def _folder(text: str) -> Path:
    if not text or "\0" in text:
        raise ValueError("the path of a folder")
    return Path(text).absolute()


def _secret(text: str) -> str:
    if len(text) < 32:
        raise ValueError("at least 32 random characters")
    return text


def _secrets(text: str) -> list[str]:
    return [_secret(secret) for secret in text.split()]


def _email(text: str) -> str:
    if not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+", text):
        raise ValueError("an e-mail address")
    return text


def _ascii_email(text: str) -> str:
    if not text.isascii():
        raise ValueError("an e-mail address without letters like ŵ")
    return _email(text)


def _security(text: str) -> str:
    if text.lower() not in ("starttls", "tls", "none"):
        raise ValueError("starttls, tls or none")
    return text.lower()


def _hosts(text: str) -> list[str] | None:
    hosts = text.split()
    if not all(re.fullmatch(r"\.?[a-zA-Z0-9.-]+(:[0-9]+)?", host) for host in hosts):
        raise ValueError("host names with spaces between them")
    return hosts or None


def _log_level(text: str) -> str:
    levels = ("DEBUG", "INFO", "WARNING", "ERROR")
    if text.upper() not in levels:
        raise ValueError("one of " + ", ".join(levels))
    return text.upper()


def _file(text: str) -> Path:
    if not text or "\0" in text:
        raise ValueError("the path of a file")
    return Path(text).absolute()


def _issuer(text: str) -> str:
    if not re.fullmatch(r"https://[^\s?#]+|http://(127\.0\.0\.1|localhost)(:[0-9]+)?(/[^\s?#]*)?", text):
        raise ValueError("the https address of the issuer")
    return text


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _name(text: str) -> str:
    if not re.fullmatch(r"\S{1,200}", text):
        raise ValueError("one word")
    return text


def _database(text: str) -> str | None:
    if not text:
        return None
    if not re.fullmatch(r"postgres(ql)?://[^\s]+", text):
        raise ValueError("the address of a PostgreSQL database, postgresql://…")
    from psycopg import conninfo, errors

    try:
        conninfo.conninfo_to_dict(text)
    except errors.ProgrammingError:
        # What it says of the address may hold the password.
        raise ValueError(
            "an address that PostgreSQL can read: in user and password %40 stands for @, %2F for / and %25 for %, and "
            "after ? only its own parameters"
        ) from None
    return text


def _recipients(text: str) -> tuple[str, ...]:
    # Whether it is one is said by what encrypts for it.
    if not all(re.fullmatch(r"age1[0-9a-z]{20,2000}", part) for part in text.split()):
        raise ValueError("recipients of age, age1…, with spaces between")
    return tuple(text.split())


def _keep(text: str) -> dict[str, int]:
    given = {name: number for name, _, number in (part.partition("=") for part in text.split())}
    wrong = given.keys() - {"days", "weeks", "months"}
    if wrong or not all(re.fullmatch(r"[0-9]{1,3}", number) for number in given.values()):
        raise ValueError("for example days=14 weeks=4 months=0")
    numbers = {name: int(given.get(name, 0)) for name in ("days", "weeks", "months")}
    if not any(numbers.values()):
        raise ValueError("for example days=14 weeks=4 months=0, and not 0 of all three")
    return numbers


def _program(text: str) -> tuple[str, ...]:
    try:
        words = shlex.split(text)
    except ValueError:
        words = []
    if not words or not words[0].startswith("/"):
        raise ValueError("the path of a program, from / on, with what it is to be told after it")
    return tuple(words)


def _groups(text: str) -> dict[str, tuple[str, str]]:
    """“group=role” or “group=health_board:code”, with spaces between; the first that somebody is in counts."""
    groups = {}
    for part in text.split():
        match = re.fullmatch(r"([^=]+)=(?:(national|translator|author|reader)|(health_board):([A-Za-z0-9-]+))", part)
        if match is None:
            raise ValueError("group=role, or group=health_board:code, with spaces between")
        groups[match[1]] = (match[2] or match[3], match[4] or "")
    return groups


SETTINGS = (
    Setting("DATA", _folder, ROOT / "instance" / "data", "Folder that holds everything people have answered."),
    Setting(
        "DATABASE",
        _database,
        None,
        "Address of the PostgreSQL database that holds it instead, postgresql://…, for a service of several hosts; "
        "unset or empty: the folder.",
    ),
    Setting(
        "BACKUPS",
        _folder,
        None,
        "Folder of the backups; unset: beside the data folder, with “-backups” after its name.",
    ),
    Setting(
        "BACKUP_RECIPIENTS",
        _recipients,
        (),
        "For whom backups are encrypted: recipients of age (age1…), with spaces between; unset: they lie in clear.",
    ),
    Setting(
        "BACKUP_IDENTITY",
        _file,
        None,
        "File of the key that opens encrypted backups, on a machine that restores them; never on the server.",
    ),
    Setting(
        "BACKUP_KEEP",
        _keep,
        {"days": 14, "weeks": 4, "months": 0},
        "Of how many days, weeks and months the last backup is kept. Of the newest it always is.",
    ),
    Setting(
        "BACKUP_HOOK",
        _program,
        None,
        "Program that is run after each backup and is told its folder last, to copy it to another place; unset: none.",
    ),
    Setting("EXPORTS", _folder, ROOT / "exports", "Folder that the command line writes workbooks to."),
    Setting(
        "SECRET_KEY",
        _secret,
        None,
        "Signs sessions and forms; at least 32 random characters. Unset: one that is made at the first start "
        "and kept in the data folder.",
    ),
    Setting(
        "SECRET_KEY_FALLBACKS",
        _secrets,
        [],
        "Earlier values of SURVEY_SECRET_KEY, with spaces between, whose signatures are still believed.",
    ),
    Setting("DEMO", _yes_or_no, False, "A demonstration on one machine: no https needed, made-up data allowed."),
    Setting("PSEUDO", _yes_or_no, False, "Also serve /en-XA/, where untranslated text shows. For testing."),
    Setting(
        "PREVIEW",
        _yes_or_no,
        False,
        "Show questionnaires at /cy/preview/ and /en/preview/ to anybody, not only to accounts. Always on in a "
        "demonstration.",
    ),
    Setting(
        "PUBLIC_RELEASES",
        _yes_or_no,
        False,
        "Show anybody, at /cy/releases/ and /en/releases/, the releases that the national team has published. Always "
        "on in a demonstration.",
    ),
    Setting(
        "HTTPS",
        _yes_or_no,
        None,
        "Secure cookies and strict transport security. On unless this is a demonstration.",
    ),
    Setting(
        "TRUSTED_PROXIES",
        _whole_number(0, 9),
        0,
        "How many proxies in front of the service set X-Forwarded-… headers.",
    ),
    Setting("HOSTS", _hosts, None, "Host names the service answers to, with spaces between; unset: any."),
    Setting(
        "MAX_CONTENT_LENGTH",
        _whole_number(10_000, 100_000_000),
        1_000_000,
        "Largest request taken, in bytes. A larger one is refused with a plain page.",
    ),
    Setting(
        "REQUESTS_AT_WORK",
        _whole_number(1, 64),
        4,
        "Requests that a process works on at a time; the others wait. Each may need a connection to the database, of "
        "which a process has 8.",
    ),
    Setting(
        "REQUESTS_WAITING",
        _whole_number(0, 1000),
        24,
        "Requests that may wait in a process; whoever comes after them is told with status 503 to come again. Together "
        "with those at work fewer than gunicorn has threads.",
    ),
    Setting(
        "OFFLINE",
        _yes_or_no,
        True,
        "Let browsers keep the pages of a cluster’s reflection, so that it can go on without a network.",
    ),
    Setting(
        "EVIDENCE_FILES",
        _whole_number(0, 20),
        3,
        "Files that a cluster may attach to each outcome as evidence; 0: none, which switches files off.",
    ),
    Setting(
        "EVIDENCE_FILE_SIZE",
        _whole_number(10_000, 20_000_000),
        4_000_000,
        "Largest file that may be attached, in bytes.",
    ),
    Setting("SESSION_HOURS", _whole_number(1, 168), 12, "Hours after which a person signs in again."),
    Setting(
        "SMALLEST_GROUP",
        _whole_number(3, 100),
        5,
        "Smallest number of people of whom figures are shown. A smaller group shows nothing. A round keeps the number "
        "that it closed with.",
    ),
    Setting(
        "OPERATOR",
        str.strip,
        "",
        "Who runs commands on this machine, for the log, as a command’s --by says it; unset: nobody is named.",
    ),
    Setting(
        "OIDC_ISSUER",
        _issuer,
        None,
        "Address of the OpenID Connect provider by which accounts sign in, as it calls itself; unset: by passwords.",
    ),
    Setting("OIDC_CLIENT_ID", _name, None, "What this service is known as at the provider."),
    Setting("OIDC_SECRET_FILE", _file, None, "File with the secret that the provider gave this service."),
    Setting("OIDC_TENANT", _name, None, "Tenant that a token has to be of (its claim tid); unset: not asked."),
    Setting("OIDC_GROUPS_CLAIM", _name, "groups", "Claim of the token that lists a person’s groups, or app roles."),
    Setting(
        "OIDC_GROUPS",
        _groups,
        None,
        "Which group has which role: group=role or group=health_board:code, with spaces between; the first that "
        "somebody is in counts.",
    ),
    Setting(
        "PASSWORD_ACCOUNTS",
        _names,
        frozenset(),
        "Accounts that sign in with a password all the same where there is a provider, with spaces between: one for "
        "the day on which it is away.",
    ),
    Setting(
        "SECOND_FACTOR",
        _yes_or_no,
        False,
        "Accounts of the national team that sign in with a password need a code of an app, too.",
    ),
    Setting(
        "SMTP_HOST",
        _name,
        None,
        "Mail server by which invitations and reminders go out; unset: none are sent by e-mail.",
    ),
    Setting("SMTP_PORT", _whole_number(1, 65535), 587, "Port of the mail server."),
    Setting(
        "SMTP_SECURITY",
        _security,
        "starttls",
        "How the connection to the mail server is protected: starttls, tls, or none for one on this machine.",
    ),
    Setting("SMTP_USER", _name, None, "What this service signs in to the mail server as; unset: it does not."),
    Setting("SMTP_PASSWORD_FILE", _file, None, "File with the password for the mail server."),
    Setting("SMTP_SENDER", _ascii_email, None, "E-mail address that invitations and reminders come from."),
    Setting("SMTP_REPLY_TO", _ascii_email, None, "E-mail address that answers to them go to; unset: the sender."),
    Setting("CONTACT", _email, None, "E-mail address shown on the contact page."),
    Setting("LOG_LEVEL", _log_level, "INFO", "Least severe log line written: DEBUG, INFO, WARNING or ERROR."),
)


def settings_from(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return every setting by name, from `given` texts (name without prefix) or from its default.

    A value that is not text is taken as already read, so that tests and scripts can give paths and numbers.

    Raises:
        SettingsError: a name is not in the table, or a value cannot be read. All faults together.
    """
    known = {setting.name: setting for setting in SETTINGS}
    faults = [
        f"{PREFIX}_{name}: there is no such setting; the settings are {', '.join(sorted(known))}"
        for name in sorted(given)
        if name not in known
    ]
    settings: dict[str, Any] = {}
    for name, setting in known.items():
        value = given.get(name, setting.default)
        try:
            settings[name] = setting.read(value.strip()) if name in given and isinstance(value, str) else value
        except ValueError as expected:
            faults.append(f"{PREFIX}_{name}: this has to be {expected}")
    if settings.get("OIDC_ISSUER"):
        needed = (name for name in ("OIDC_CLIENT_ID", "OIDC_SECRET_FILE", "OIDC_GROUPS") if not settings.get(name))
        faults += [f"{PREFIX}_{name}: this is needed where {PREFIX}_OIDC_ISSUER is set" for name in needed]
    if settings.get("SMTP_HOST") and not settings.get("SMTP_SENDER"):
        faults.append(f"{PREFIX}_SMTP_SENDER: this is needed where {PREFIX}_SMTP_HOST is set")
    if settings.get("SMTP_USER") and not settings.get("SMTP_PASSWORD_FILE"):
        faults.append(f"{PREFIX}_SMTP_PASSWORD_FILE: this is needed where {PREFIX}_SMTP_USER is set")
    if faults:
        raise SettingsError(faults)
    if settings["HTTPS"] is None:
        settings["HTTPS"] = not settings["DEMO"]
    return settings
