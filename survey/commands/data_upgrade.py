"""`data upgrade`: what is kept brought into the form of this release, before a service starts; or only said.

A service does the same at its start. By itself it takes as long as it takes: no worker waits for it and is given up.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from flask import current_app

from survey.commands.cli_i18n import option
from survey.commands.data_group import data
from survey.commands.environment import note, open_repository
from survey.languages import CountedPhrase, Language, Phrase
from survey.storage.backup import holds_data
from survey.storage.migrations import MIGRATIONS, copy_before, due
from survey.storage.occupancy import alone_with
from survey.storage.opening import check_database, formats_due
from survey.storage.tinydb_files.data_format import read_format, refuse_newer, secret_of

STEPS = {
    2: CountedPhrase(
        "data command",
        "Format %(to)s: %(n)s file of accounts, access codes and links becomes an entry of a table.",
        "Format %(to)s: %(n)s files of accounts, access codes and links become entries of tables.",
        "n",
    ),
    3: CountedPhrase(
        "data command",
        "Format %(to)s: %(n)s file that a page gave out is removed; it is made again when it is asked for.",
        "Format %(to)s: %(n)s files that pages gave out are removed; they are made again when they are asked for.",
        "n",
    ),
}
COPY = Phrase("data command", "Everything is copied to %(file)s.")
NOT_ENOUGH = Phrase(
    "data command",
    "There may be too little room: the copies need %(held)s MB, and %(free)s MB of the disk are free.",
)
IN_USE = Phrase(
    "data command", "A service is running on this data folder. Stop it before: until then nothing is upgraded."
)
NOTHING = Phrase("data command", "There is nothing to upgrade: what is kept has the form of this release.")
NOTHING_CHANGED = Phrase("data command", "Nothing was changed.")
IN_DATABASE = CountedPhrase(
    "data command",
    "The database is upgraded in %(n)s step. Stop the service on every host first.",
    "The database is upgraded in %(n)s steps. Stop the service on every host first.",
    "n",
)
MEGABYTE = 10**6


@data.command(
    "upgrade", about=Phrase("command", "Bring what is kept into the form of this release, after a copy of it")
)
@option("--dry-run", about=Phrase("command", "Only say what would be done"), is_flag=True)
def upgrade(dry_run: bool, language: Language) -> str:
    database = current_app.config["DATABASE"]
    root = current_app.config["DATA"]
    lines = _of_folder(root, language) if database is None else _of_database(database, root, language)
    if not lines:
        return language.say(NOTHING)
    if dry_run:
        return "\n".join([*lines, language.say(NOTHING_CHANGED)])
    note(open_repository(), "upgraded")
    return language.pgettext("data command", "What is kept has the form of this release now.")


def _of_database(database: str, root: Path, language: Language) -> list[str]:
    check_database(database)
    formats = formats_due(database)
    if not formats:
        return []
    from survey.storage.database_backup import file_before_upgrade

    return [
        language.say(COPY, file=file_before_upgrade(root, formats[0])),
        language.say(IN_DATABASE, n=len(formats)),
    ]


def _of_folder(root: Path, language: Language) -> list[str]:
    """What would be done with a data folder, and what stands in the way. Raises StorageError."""
    number = read_format(root)
    if number is None and not holds_data(root):
        return []
    refuse_newer(number or 0, f"The data folder {root}")
    secret_of(root)
    # One that has lost its format may be of any.
    steps = due(root) if number else MIGRATIONS
    lines = []
    for step in steps:
        lines.append(language.say(COPY, file=copy_before(root, step.to)))
        lines.append(language.say(STEPS[step.to], to=step.to, n=len(step.concerned(root))))
    return [*lines, *_in_the_way(root, len(steps), language)] if steps else []


def _in_the_way(root: Path, copies: int, language: Language) -> Iterator[str]:
    held = sum(path.stat().st_size for path in root.rglob("*") if path.is_file())
    free = shutil.disk_usage(root).free
    if held * copies > free:
        yield language.say(
            NOT_ENOUGH, held=language.number(held * copies // MEGABYTE + 1), free=language.number(free // MEGABYTE)
        )
    with alone_with(root) as is_alone:
        if not is_alone:
            yield language.say(IN_USE)
