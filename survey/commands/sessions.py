"""`flask sessions …`: who is signed in, and ending that at once, wherever the cookies are."""

from survey.collection.people import sessions as kept
from survey.collection.people.sessions import ACCOUNT, CODE, Whose, end_sessions
from survey.commands import terminal
from survey.commands.cli_i18n import Refusal, group, option
from survey.commands.environment import BY, clusters_option, note, open_repository
from survey.languages import Language, Phrase

sessions = group("sessions", Phrase("command", "See who is signed in, and sign people out"))


@sessions.command("list", about=Phrase("command", "List who is signed in, and since when"))
def list_(language: Language) -> str:
    going_on = sorted(kept.sessions(open_repository()), key=lambda session: (session.whose, session.began))
    if not going_on:
        return language.pgettext("sessions command", "Nobody is signed in")
    heads = [
        language.pgettext("sessions command", "Account, or round and cluster"),
        language.pgettext("sessions command", "Signed in"),
    ]
    return terminal.table(
        [
            heads,
            *([" ".join(session.whose[1:]), terminal.moment(session.began, language)] for session in going_on),
        ]
    )


@sessions.command("end", about=Phrase("command", "Sign an account, clusters, or everybody out everywhere"))
@option("--account", about=Phrase("command", "Name of the account"))
@option("--round", "round_id", about=Phrase("command", "Id of the round whose clusters are signed out"))
@clusters_option(required=False)
@option("--everybody", about=Phrase("command", "All accounts and all clusters"), is_flag=True)
@BY
def end(
    account: str | None, round_id: str | None, clusters: tuple[str, ...], everybody: bool, language: Language
) -> str:
    if sum((account is not None, round_id is not None, everybody)) != 1 or (clusters and round_id is None):
        raise Refusal(
            language.pgettext(
                "sessions command", "Give one of --account, --everybody and --round; --cluster goes with --round"
            )
        )
    repository = open_repository()
    ended = sum(end_sessions(repository, whose) for whose in _chosen(account, round_id, clusters))
    note(repository, "sessions_ended", account=account or "", round=round_id or "", clusters=" ".join(clusters))
    return language.pgettext("sessions command", "Sign-ins ended: %(n)s", n=language.number(ended))


def _chosen(account: str | None, round_id: str | None, clusters: tuple[str, ...]) -> list[Whose]:
    if account is not None:
        return [(ACCOUNT, account)]
    if round_id is None:
        return [()]
    return [(CODE, round_id, cluster) for cluster in dict.fromkeys(clusters)] or [(CODE, round_id)]
