"""`data rotate-secret`, `drop-secrets`, `new-secret`: the secrets kept with the data, replaced and forgotten."""

from contextlib import suppress
from datetime import timedelta

from flask import current_app

from survey.collection.earlier_secrets import StillNeeded, drop_earlier, still_needed
from survey.commands.cli_i18n import Refusal, option
from survey.commands.data_group import data, data_folder
from survey.commands.environment import REASON, note, now, open_repository, stated
from survey.languages import Language, Phrase
from survey.storage.key_ring import SPREADS_IN, new_ring
from survey.storage.repository import StorageError
from survey.storage.tinydb_files.data_format import replace_key_ring, secret_of

STILL_NEEDED = Phrase("data command", "The earlier secrets are still needed, so nothing was changed:")
ANYWAY = Phrase("data command", "If they have become known to somebody, give all this up with --anyway.")
SIGNED_IN = Phrase("data command", "Sign-ins and forms may have been begun with them until %(time)s.")
CODE = Phrase("data command", "%(round)s: the code of %(cluster)s. It is hashed anew when somebody signs in with it.")
PACKS = Phrase("data command", "%(round)s: meeting packs that were made before. Close the round, or give them up.")
REVOKED = Phrase(
    "data command", "%(round)s: the code of %(cluster)s opens nothing any more. Give the cluster another one."
)


@data.command(
    "rotate-secret",
    about=Phrase("command", "Sign and hash with a new secret; what was made with earlier ones stays valid"),
)
@REASON
def rotate_secret(reason: str, language: Language) -> str:
    reason = stated(reason, language)
    repository, moment = open_repository(), now()
    ring = repository.change_key_ring(lambda ring: ring.rotated(moment))
    note(repository, "secret_rotated", reason=reason)
    return language.npgettext(
        "data command",
        "There is a new secret, in use from %(time)s. %(n)s earlier one is believed until “data drop-secrets”. "
        "Make a backup.",
        "There is a new secret, in use from %(time)s. %(n)s earlier ones are believed until “data drop-secrets”. "
        "Make a backup.",
        len(ring.secrets) - 1,
        time=language.datetime(moment + SPREADS_IN),
    )


@data.command("drop-secrets", about=Phrase("command", "Forget the secrets before the newest, when nothing needs them"))
@REASON
@option(
    "--anyway",
    about=Phrase("command", "Even if something does: who signed in is signed out, and codes open nothing"),
    is_flag=True,
)
def drop_secrets(reason: str, anyway: bool, language: Language) -> str:
    reason = stated(reason, language)
    repository, moment = open_repository(), now()
    session = timedelta(hours=current_app.config["SESSION_HOURS"])
    needed = still_needed(repository, repository.key_ring(), moment, session)
    if not (needed.is_nothing or anyway):
        raise Refusal(language.say(STILL_NEEDED), *_said(needed, language), language.say(ANYWAY))
    revoked = drop_earlier(repository, moment)
    note(repository, "secrets_dropped", reason=reason, codes=str(len(revoked)))
    lines = [language.say(REVOKED, round=round_id, cluster=cluster) for round_id, cluster in revoked]
    return "\n".join([*lines, language.pgettext("data command", "The earlier secrets are forgotten. Make a backup.")])


@data.command(
    "new-secret",
    about=Phrase("command", "Replace a secret that was lost or damaged; every access code has to be issued anew"),
)
@REASON
def new_secret(reason: str, language: Language) -> str:
    reason = stated(reason, language)
    root = data_folder(language)
    with suppress(StorageError):
        secret_of(root)
        raise Refusal(language.pgettext("data command", "The secret is there and can be read. Nothing was changed."))
    replace_key_ring(root, new_ring())
    note(open_repository(), "secret_replaced", reason=reason)
    return language.pgettext(
        "data command",
        "There is a new secret. Start the site again, and issue new access codes: the old ones open nothing.",
    )


def _said(needed: StillNeeded, language: Language) -> list[str]:
    """What is needed, a line each."""
    return [
        *([language.say(SIGNED_IN, time=language.datetime(needed.signed_in_until))] if needed.signed_in_until else []),
        *(language.say(CODE, round=round_id, cluster=cluster) for round_id, cluster in needed.codes),
        *(
            language.npgettext(
                "data command",
                "%(round)s: %(n)s code to go on with an unnamed survey.",
                "%(round)s: %(n)s codes to go on with an unnamed survey.",
                number,
                round=round_id,
            )
            for round_id, number in needed.resume_codes.items()
        ),
        *(language.say(PACKS, round=round_id) for round_id in needed.rounds_with_packs),
    ]
