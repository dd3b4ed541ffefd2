"""Every record that is kept, read and held against its definition, and what a command says of it."""

from survey.collection.earlier_secrets import of_another_secret
from survey.collection.missing_records import is_log_gone, lost_links, missing_records, short_rounds
from survey.collection.soundness import sound
from survey.commands import terminal
from survey.languages import Language, Phrase
from survey.storage.repository import Repository
from survey.storage.verification import Verification, verify

VERIFYING = Phrase("data command", "Reading every record")
GONE = Phrase(
    "data command",
    "%(record)s: the log says that it was there, and it is gone. Put it back from a backup, or give it up with "
    "“data accept-loss RECORD --reason …”.",
)
SHORT = Phrase(
    "data command", "%(round)s: anonymous responses that are gone since the round closed: %(n)s. Restore a backup."
)
LINKS_GONE = Phrase(
    "data command",
    "%(round)s: the log says that links were given out, and all are gone. Put the file people.tinydb of the round back "
    "from a backup; links that are made anew are others than those on the posters.",
)
LOG_GONE = Phrase(
    "data command",
    "log/events: there are accounts, and the log says of none that it was made: it is gone, or was begun anew. Put it "
    "back from a backup, or give it up with “data accept-loss log/events --reason …”. Nothing else tells what is gone.",
)
OTHER_SECRET = Phrase(
    "data command",
    "%(round)s: codes that were made with another secret than those kept here, and let nobody in: %(n)s. Put the "
    "secret that they were made with back from a backup.",
)


def verified(repository: Repository, language: Language) -> tuple[Verification, list[str]]:
    """What was read, and a line for each fault: unreadable, wrong, or gone."""
    with terminal.progress_bar(language.say(VERIFYING)) as progress:
        report = verify(repository, sound(repository, language), progress)
    unreadable = [str(fault) for fault in (*report.unreadable, *report.unreadable_log_lines)]
    wrong = [
        f"{'/'.join((*record.place, record.key))}: {reason}" for record in report.wrong for reason in record.reasons
    ]
    return report, [*unreadable, *wrong, *_gone(repository, language), *_of_another_secret(repository, language)]


def counted(report: Verification, language: Language) -> str:
    """How much was read, and how much of it is wrong, in one line."""
    return language.pgettext(
        "data command",
        "Records read: %(records)s. Log entries read: %(entries)s. Unreadable: %(unreadable)s. Wrong: %(wrong)s.",
        records=language.number(report.records),
        entries=language.number(report.log_entries),
        unreadable=language.number(len(report.unreadable) + len(report.unreadable_log_lines)),
        wrong=language.number(len(report.wrong)),
    )


def _gone(repository: Repository, language: Language) -> list[str]:
    return [
        *(language.say(GONE, record="/".join((*place, key))) for place, key in missing_records(repository)),
        *(
            language.say(SHORT, round=round_id, n=language.number(lost))
            for round_id, lost in short_rounds(repository).items()
        ),
        *(language.say(LINKS_GONE, round=round_id) for round_id in lost_links(repository)),
        *([language.say(LOG_GONE)] if is_log_gone(repository) else []),
    ]


def _of_another_secret(repository: Repository, language: Language) -> list[str]:
    strange = of_another_secret(repository, repository.key_ring())
    return [
        language.say(OTHER_SECRET, round=round_id, n=language.number(number)) for round_id, number in strange.items()
    ]
