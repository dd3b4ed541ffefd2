"""`flask data …`: looking after the data folder: read it all, copy it, put a copy back, clear away what is over."""

from datetime import timedelta
from pathlib import Path

import click
from flask import current_app

from survey.collection.aside import REASON
from survey.collection.backup import backup, check_archive, restore
from survey.collection.clearing import clear, clear_stale_drafts, stale_drafts, stale_limits
from survey.collection.data_folder import open_data_folder
from survey.collection.repository import Place
from survey.collection.soundness import sound
from survey.collection.verify import Report, set_aside, verify
from survey.commands import keeping, speaking
from survey.languages import Language, Phrase
from survey.web.clock import now

data = speaking.group("data", Phrase("command", "Check, back up, restore and tidy what is kept"))

VERIFYING = Phrase("data command", "Reading every record")
BACKING_UP = Phrase("data command", "Writing the backup")
RESTORING = Phrase("data command", "Restoring")
REMOVED = Phrase("data command", "Removed; no submitted answer was touched:")
WOULD_REMOVE = Phrase("data command", "Would be removed; no submitted answer would be touched:")
SETTLE = Phrase(
    "data command",
    "What was set aside stays in these reports until it is settled. Mend its file in the folder set-aside and run "
    "“data put-back RECORD”, or give it up with “data accept-loss RECORD --reason …”.",
)
RECORD = click.argument("record", metavar="RECORD")
KEEP_LIMITS = timedelta(days=1)


@data.spoken("verify", Phrase("command", "Read every record and hold it against what its round was opened with"))
@speaking.option(
    "--set-aside",
    "aside",
    about=Phrase("command", "Move records that cannot be read to the folder set-aside; nothing is deleted"),
    is_flag=True,
)
@speaking.language_option
@keeping.in_plain_words
def verify_(aside: bool, language: Language) -> None:
    kept = keeping.repository()
    with keeping.bar(VERIFYING, language) as progress:
        report = verify(kept, sound(kept, language), progress)
    moved = set_aside(kept, report.unreadable, now()) if aside else []
    for path in moved:
        keeping.say(language.pgettext("data command", "Moved to %(file)s", file=str(path)))
    if report.is_clean:
        keeping.say(_counted(report, language))
        return
    settle = [language.say(SETTLE)] if moved or any(one.reason == REASON for one in report.unreadable) else []
    raise speaking.Refusal(*_faults(report), _counted(report, language), *settle)


@data.spoken("put-back", Phrase("command", "Put back a record that was set aside and has been mended"))
@RECORD
@speaking.language_option
@keeping.in_plain_words
def put_back(record: str, language: Language) -> None:
    kept = keeping.repository()
    place, key = _aside(record, language)
    if not kept.put_back(place, key):
        raise _not_aside(record, language)
    keeping.note(kept, "record_put_back", place="/".join(place), key=key)
    keeping.say(language.pgettext("data command", "It is back in its place: %(record)s", record=record))
    reasons = sound(kept, language)(place, key, kept.read(place, key) or {})
    if reasons:
        raise speaking.Refusal(*(f"{record}: {reason}" for reason in reasons))


@data.spoken(
    "accept-loss",
    Phrase("command", "Report a record that was set aside no more; its place is free, its file is kept"),
)
@RECORD
@speaking.option("--reason", about=Phrase("command", "Why; it is kept in the log"), required=True)
@speaking.language_option
@keeping.in_plain_words
def accept_loss(record: str, reason: str, language: Language) -> None:
    if not reason.strip():
        raise speaking.Refusal(language.pgettext("data command", "Give the reason. It is kept in the log."))
    kept = keeping.repository()
    place, key = _aside(record, language)
    path = kept.accept_loss(place, key)
    if path is None:
        raise _not_aside(record, language)
    keeping.note(kept, "loss_accepted", place="/".join(place), key=key, reason=reason.strip())
    keeping.say(language.pgettext("data command", "Its place is free. The file is kept as %(file)s", file=str(path)))


@data.spoken("backup", Phrase("command", "Copy everything into one file, while the site runs"))
@speaking.option(
    "--output",
    about=Phrase("command", "The file to write, .zip; without it, a new one beside the data folder. Keep it safe"),
    type=click.Path(path_type=Path, dir_okay=False),
)
@speaking.language_option
@keeping.in_plain_words
def backup_(output: Path | None, language: Language) -> None:
    root: Path = current_app.config["DATA"]
    target = output or root.with_name(f"{root.name}-{now():%Y%m%d-%H%M%S}.zip")
    kept = keeping.repository()
    keeping.note(kept, "backed_up", file=target.name)
    with keeping.bar(BACKING_UP, language) as progress:
        manifest = backup(root, target, progress)
    keeping.say(
        language.npgettext(
            "data command",
            "%(n)s file backed up and read back: %(file)s",
            "%(n)s files backed up and read back: %(file)s",
            len(manifest.files),
            file=str(target),
        )
    )


@data.spoken("restore", Phrase("command", "Put a backup in the place of the data folder; stop the site first"))
@click.argument("file", metavar="FILE.zip", type=click.Path(path_type=Path))
@speaking.option(
    "--overwrite",
    about=Phrase("command", "Even if the data folder holds data; it is kept beside under another name"),
    is_flag=True,
)
@speaking.language_option
@keeping.in_plain_words
def restore_(file: Path, overwrite: bool, language: Language) -> None:
    root: Path = current_app.config["DATA"]
    with keeping.bar(RESTORING, language) as progress:
        check_archive(file, progress)
        before = restore(file, root, replace=overwrite, progress=progress)
    kept = open_data_folder(root)
    keeping.note(kept, "restored", file=file.name)
    if before is not None:
        keeping.say(language.pgettext("data command", "What was there before is kept in %(file)s", file=str(before)))
    with keeping.bar(VERIFYING, language) as progress:
        report = verify(kept, sound(kept, language), progress)
    if not report.is_clean:
        raise speaking.Refusal(*_faults(report), _counted(report, language))
    keeping.say(_counted(report, language))
    keeping.say(language.pgettext("data command", "Restored. Start the site again now."))


@data.spoken(
    "purge",
    Phrase("command", "Remove what is over: files of writers that died, failed tries older than a day, old drafts"),
)
@speaking.option("--dry-run", about=Phrase("command", "Only say what would be removed"), is_flag=True)
@speaking.language_option
@keeping.in_plain_words
def purge(dry_run: bool, language: Language) -> None:
    # Opening the data folder sweeps the temporary files of writers that died; that is all it removes.
    kept = keeping.repository()
    tries, drafts = stale_limits(kept, now() - KEEP_LIMITS), stale_drafts(kept, now())
    over = sum(len(found) for found in drafts.values())
    if not dry_run:
        clear(kept, tries)
        clear_stale_drafts(kept, drafts)
        keeping.note(kept, "purged", limits=str(len(tries)), drafts=str(over))
    keeping.say(language.say(WOULD_REMOVE if dry_run else REMOVED))
    keeping.say(language.pgettext("data command", "Counts of failed tries: %(n)s", n=language.number(len(tries))))
    keeping.say(
        language.pgettext("data command", "Anonymous drafts older than 14 days: %(n)s", n=language.number(over))
    )


def _aside(record: str, language: Language) -> tuple[Place, str]:
    """Place and key of a record, named as `data verify` names it."""
    *place, key = record.split("/")
    if not place:
        raise _not_aside(record, language)
    return tuple(place), key


def _not_aside(record: str, language: Language) -> speaking.Refusal:
    return speaking.Refusal(
        language.pgettext("data command", "There is no such record in the folder set-aside: %(record)s.", record=record)
    )


def _counted(report: Report, language: Language) -> str:
    return language.pgettext(
        "data command",
        "Records read: %(records)s. Log entries read: %(entries)s. Unreadable: %(unreadable)s. Wrong: %(wrong)s.",
        records=language.number(report.records),
        entries=language.number(report.log_entries),
        unreadable=language.number(len(report.unreadable) + len(report.unreadable_log_lines)),
        wrong=language.number(len(report.wrong)),
    )


def _faults(report: Report) -> list[str]:
    unreadable = [str(one) for one in (*report.unreadable, *report.unreadable_log_lines)]
    wrong = [f"{'/'.join((*one.place, one.key))}: {reason}" for one in report.wrong for reason in one.reasons]
    return [*unreadable, *wrong]
