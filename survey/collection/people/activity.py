"""Who did, saw and took out what, when and why: the log of events, which is kept apart from the answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from heapq import merge

from survey.collection.people.accounts import EVENTS, LOG
from survey.collection.people.begun_acts import stopped_acts
from survey.languages import UK, Language, Phrase
from survey.storage.repository import Record, Repository

STOPPED = "act_stopped"
"""Of what was begun and has no line of its own in the log."""

TAKEN_OUT = "taken-out"
"""All events of `EXPORTS` together, as something to look for."""

EXPORTS: Mapping[str, Phrase] = {
    "exported": Phrase("export log", "Written by a command"),
    "exported_single_responses": Phrase("export log", "Single responses of people"),
    "exported_exact_figures": Phrase("export log", "Exact figures of people, for restricted use"),
    "exported_comments": Phrase("export log", "Comments of people that were released"),
    "comments_viewed": Phrase("export log", "Comments or texts read"),
    "data_asked_for": Phrase("export log", "Data asked for"),
    "data_downloaded": Phrase("export log", "Data downloaded"),
    "workbook_downloaded": Phrase("export log", "Workbook downloaded"),
    "status_downloaded": Phrase("export log", "List of clusters and their progress downloaded"),
    "response_downloaded": Phrase("export log", "A cluster’s response downloaded"),
    "response_printed": Phrase("export log", "A cluster’s response printed"),
    "evidence_file_downloaded": Phrase("export log", "File of evidence downloaded"),
    "document_downloaded": Phrase("export log", "Report, clusters’ words or peer review pack downloaded"),
    "meeting_pack_downloaded": Phrase("export log", "Meeting pack downloaded"),
    "responses_exported": Phrase("export log", "Responses of clusters written by a command"),
    "released": Phrase("export log", "Figures released"),
    "release_corrected": Phrase("export log", "Released figures corrected or made final"),
    "cluster_taken_out": Phrase("export log", "Everything held about a cluster taken out"),
    "release_published": Phrase("manage activity", "Release published"),
    "log_downloaded": Phrase("manage activity", "Activity log downloaded"),
    "indicators_taken": Phrase("export log", "Feed of indicators taken"),
    "backed_up": Phrase("export log", "Backup of everything"),
}
"""What was taken out of the service, by the code of its event."""

EVENT_WORDS: Mapping[str, Phrase] = {
    **EXPORTS,
    "signed_in": Phrase("manage activity", "Signed in"),
    "password_chosen": Phrase("manage activity", "Password chosen by a link"),
    "password_changed": Phrase("manage activity", "Own password changed"),
    "reset_asked_for": Phrase("manage activity", "New password asked for by e-mail"),
    "reset_sent": Phrase("manage activity", "E-mail with a link for a new password sent"),
    "account_email_changed": Phrase("manage activity", "E-mail address of an account changed"),
    "second_factor_set": Phrase("manage activity", "Second factor set"),
    "second_factor_taken": Phrase("manage activity", "Second factor taken away"),
    "accounts_viewed": Phrase("manage activity", "Accounts looked at"),
    "account_added": Phrase("manage activity", "Account added"),
    "account_link_made": Phrase("manage activity", "Link for an account made"),
    "account_changed": Phrase("manage activity", "Role of an account changed"),
    "account_disabled": Phrase("manage activity", "Account disabled"),
    "account_enabled": Phrase("manage activity", "Account let in again"),
    "account_reset": Phrase("manage activity", "Password of an account replaced"),
    "sessions_ended": Phrase("manage activity", "Signed out everywhere"),
    STOPPED: Phrase("manage activity", "Begun, and the service was stopped: it may have been done or not"),
    "log_viewed": Phrase("manage activity", "Activity log read"),
    "feed_keys_viewed": Phrase("manage activity", "Keys for the feed of indicators looked at"),
    "feed_key_made": Phrase("manage activity", "Key for the feed of indicators made"),
    "feed_key_revoked": Phrase("manage activity", "Key for the feed of indicators revoked"),
    "dashboard_viewed": Phrase("manage activity", "Dashboard looked at"),
    "dashboard_asked_for": Phrase("manage activity", "Figures of a dashboard asked for"),
    "status_viewed": Phrase("manage activity", "Progress looked at"),
    "response_viewed": Phrase("manage activity", "A cluster’s response read"),
    "response_shown": Phrase("manage activity", "A cluster’s response shown by a command"),
    "story_viewed": Phrase("manage activity", "A cluster’s story read"),
    "submitted": Phrase("manage activity", "Submitted by a cluster"),
    "response_reopened": Phrase("manage activity", "Response reopened"),
    "response_erased": Phrase("manage activity", "Response erased"),
    "responses_imported": Phrase("manage activity", "Responses taken in from a file"),
    "pack_taken_in": Phrase("manage activity", "Meeting pack taken in"),
    "round_created": Phrase("manage activity", "Round created"),
    "outcomes_assigned": Phrase("manage activity", "Outcomes assigned"),
    "round_opened": Phrase("manage activity", "Round opened"),
    "round_rescheduled": Phrase("manage activity", "Times of a round changed"),
    "round_extended": Phrase("manage activity", "Closed round extended"),
    "round_deleted": Phrase("manage activity", "Draft of a round deleted"),
    "grace_given": Phrase("manage activity", "A cluster given more time"),
    "grace_ended": Phrase("manage activity", "More time of a cluster ended"),
    "round_reworded": Phrase("manage activity", "Wording of a round corrected"),
    "round_closed": Phrase("manage activity", "Round closed"),
    "clusters_taken_in": Phrase("manage activity", "List of clusters taken in"),
    "contact_added": Phrase("manage activity", "Contact of a cluster added"),
    "contact_changed": Phrase("manage activity", "Contact of a cluster changed"),
    "contacts_taken_in": Phrase("manage activity", "Contacts of clusters taken in"),
    "contacts_viewed": Phrase("manage activity", "Contacts of clusters looked at"),
    "post_viewed": Phrase("manage activity", "E-mails to clusters looked at"),
    "invitations_queued": Phrase("manage activity", "Invitations by e-mail queued"),
    "reminders_queued": Phrase("manage activity", "Reminders by e-mail queued"),
    "answers_compared": Phrase("manage activity", "Answers of clusters read side by side"),
    "queries_viewed": Phrase("manage activity", "Questions to clusters looked at"),
    "query_asked": Phrase("manage activity", "Cluster asked about an answer"),
    "query_answered": Phrase("manage activity", "Question about an answer answered by a cluster"),
    "query_closed": Phrase("manage activity", "Question about an answer closed"),
    "query_e_mails_queued": Phrase("manage activity", "News of a question by e-mail queued"),
    "sign_in_link_queued": Phrase("manage activity", "Link to sign in by e-mail queued"),
    "sign_in_link_made": Phrase("manage activity", "Link to sign in made for a cluster"),
    "signed_in_by_link": Phrase("manage activity", "Signed in by a one-time link"),
    "code_issued": Phrase("manage activity", "Access code issued"),
    "code_revoked": Phrase("manage activity", "Access code revoked"),
    "links_listed": Phrase("manage activity", "Links of a survey listed"),
    "posters_written": Phrase("manage activity", "Posters written"),
    "link_revoked": Phrase("manage activity", "Link of a survey revoked"),
    "messages_sent": Phrase("manage activity", "E-mails sent to clusters"),
    "message_queued_again": Phrase("manage activity", "E-mail to a cluster queued again"),
    "contacts_erased": Phrase("manage activity", "Contacts of a cluster erased"),
    "workbook_asked_for": Phrase("manage activity", "Workbook asked for"),
    "document_asked_for": Phrase("manage activity", "Document asked for"),
    "report_file_given": Phrase("manage activity", "Word document given for the report"),
    "report_file_taken_back": Phrase("manage activity", "Word document for the report taken back"),
    "contributions_asked_for": Phrase("manage activity", "What clusters say of outcomes asked for"),
    "contribution_changed": Phrase("manage activity", "The team’s words for the report changed"),
    "comment_waiting": Phrase("manage activity", "Comment or text put back to wait"),
    "comment_released": Phrase("manage activity", "Comment or text released"),
    "comment_withheld": Phrase("manage activity", "Comment or text withheld"),
    "themes_changed": Phrase("manage activity", "Themes changed"),
    "release_asked_for": Phrase("manage activity", "Release of figures asked for"),
    "correction_drafted": Phrase("manage activity", "Correction of figures tried"),
    "correction_asked_for": Phrase("manage activity", "Correction of figures asked for"),
    "release_withdrawn": Phrase("manage activity", "Published release withdrawn"),
    "retention_settled": Phrase("manage activity", "Settled until when a round is kept"),
    "round_purged": Phrase("manage activity", "Round removed: its time was over"),
    "translations_changed": Phrase("manage activity", "Welsh texts changed"),
    "catalogue_uploaded": Phrase("manage activity", "Welsh texts uploaded"),
    "edition_changed": Phrase("manage activity", "Edition of a questionnaire added or changed"),
    "edition_withdrawn": Phrase("manage activity", "Edition of a questionnaire taken away"),
    "comment_added": Phrase("manage activity", "Comment on a Welsh text added"),
    "comment_settled": Phrase("manage activity", "Comment on a Welsh text settled"),
    "backup_not_copied": Phrase("manage activity", "Backup not copied to another place: the program for it failed"),
    "backup_rehearsed": Phrase("manage activity", "Backup restored for practice"),
    "restored": Phrase("manage activity", "Backup restored"),
    "upgraded": Phrase("manage activity", "Everything brought into the form of a new release"),
    "moved": Phrase("manage activity", "Everything moved into a database"),
    "purged": Phrase("manage activity", "What was over removed"),
    "record_put_back": Phrase("manage activity", "Unreadable record put back"),
    "loss_accepted": Phrase("manage activity", "Loss of a record accepted"),
    "secret_replaced": Phrase("manage activity", "Secret of the data folder replaced"),
    "secret_rotated": Phrase("manage activity", "New secret put to use"),
    "secrets_dropped": Phrase("manage activity", "Earlier secrets forgotten"),
}
"""Every event, by its code, in words."""


def _moment(entry: Record) -> datetime:
    return datetime.fromisoformat(entry["at"])


SAID_APART = frozenset(("at", "who", "what", "round", "reason", "sha256"))
MOMENTS = frozenset(("as_at", "until", "opens", "closes"))
"""Details that are times or days."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A line of the log: when, who, what, of which round and why. `details` are what else it says, each by its name."""

    at: datetime
    who: str
    what: str
    round: str
    reason: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which entries somebody wants to see; empty means any. `what` is an event or `TAKEN_OUT`, `who` a part of a name;
    `since` and `until` are days in the United Kingdom, both included."""

    who: str = ""
    what: str = ""
    round: str = ""
    since: date | None = None
    until: date | None = None

    def fits(self, entry: LogEntry) -> bool:
        """Whether an entry is one of them."""
        day = entry.at.astimezone(UK).date()
        return (
            self.who in entry.who
            and self.round in ("", entry.round)
            and (self.what in ("", entry.what) or (self.what == TAKEN_OUT and entry.what in EXPORTS))
            and (self.since is None or self.since <= day)
            and (self.until is None or day <= self.until)
        )


def event_in_words(what: str, language: Language) -> str:
    """What happened; a code that an older or newer version wrote stays as it is."""
    return language.say(EVENT_WORDS[what]) if what in EVENT_WORDS else what


def entries(repository: Repository, now: datetime) -> Iterator[LogEntry]:
    """Every entry, oldest first; among them, as it was begun, what was stopped before it came to its line."""
    stopped = ({**begun, "what": STOPPED} for begun in stopped_acts(repository, now))
    for entry in merge(repository.entries(LOG, EVENTS), stopped, key=_moment):
        details = tuple((name, str(value)) for name, value in entry.items() if name not in SAID_APART and value)
        yield LogEntry(
            datetime.fromisoformat(entry["at"]),
            entry["who"],
            entry["what"],
            entry.get("round", ""),
            entry.get("reason", ""),
            details,
        )
