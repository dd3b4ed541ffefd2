"""E-mails to the contacts of clusters: plain text in both languages, the contact’s own first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from survey.collection.people.contact_checks import Contact
from survey.collection.people.mail_server import MailServer
from survey.collection.people.messages import INVITATION, LINK, QUERY, REMINDER, ContactMessage
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language, Phrase, language
from survey.reporting.files.mailing import ANONYMOUS, CLOSES, OPENS, link_address, sign_in_address

SUBJECTS: Mapping[str, Phrase] = {
    INVITATION: Phrase("e-mail", "Invitation: %(title)s"),
    REMINDER: Phrase("e-mail", "Reminder: %(title)s"),
    LINK: Phrase("e-mail", "Your link to sign in: %(title)s"),
    QUERY: Phrase("e-mail", "A question about your answers: %(title)s"),
}
WHY: Mapping[str, Phrase] = {
    INVITATION: Phrase("e-mail", "We ask your cluster to reflect on its work of the year."),
    REMINDER: Phrase("e-mail", "We have not had your cluster’s answers yet."),
    LINK: Phrase("e-mail", "Here is a new link to sign in."),
    QUERY: Phrase(
        "e-mail", "The national team has a question about your cluster’s answers. You find it after you have signed in."
    ),
}
"""What each kind says first to the contact of a cluster."""
NOT_AGAIN = Phrase(
    "e-mail",
    "Your cluster’s reflection was reopened, and has not been submitted again yet. Until then the earlier one counts.",
)
"""What a reminder says instead to a cluster that has submitted before."""
GREETING = Phrase("e-mail", "Dear %(name)s,")
CLUSTER = Phrase("e-mail", "Cluster: %(name)s")
YEAR = Phrase("e-mail", "Year: %(year)s")
BY_LINK = Phrase("e-mail", "Sign in with this link. It works once, until %(time)s:")
KEEP_IT = Phrase(
    "e-mail",
    "Keep the link to yourself: whoever has it can read and change your cluster’s answers.",
)
KEEP_IT_FOR_READING = Phrase("e-mail", "Keep the link to yourself: whoever has it can read your cluster’s answers.")
BY_CODE = Phrase("e-mail", "Later, and your colleagues at any time, sign in with your cluster’s access code:")
NO_CODE = Phrase("e-mail", "If you have no code, open the link above again: there you can ask for a new link.")
EVERYBODY = Phrase("e-mail", "Please pass this link on to everybody who works in your cluster:")
TIME_IS_OVER = Phrase(
    "e-mail",
    "The time for answers is over. You can still read what your cluster wrote, and answer questions about it.",
)
RULE = "-" * 60


@dataclass(frozen=True, slots=True)
class WayIn:
    """The link in an e-mail by its secret: until when a one-time link works, None for a survey’s, which lasts; until
    when answers are taken, None where no time is planned; and whether it leads to a reflection that was reopened.
    """

    token: str
    until: datetime | None = None
    closes: datetime | None = None
    to_reopened: bool = False


def compose(
    snapshot: RoundSnapshot, message: ContactMessage, contact: Contact, server: MailServer, site: str, way_in: WayIn
) -> EmailMessage:
    """An e-mail as it goes out. `site` is where the site is.

    The same message has the same Message-ID however often it is sent, so that mail programs can tell.
    """
    own, other = (language(code) for code in (("cy", "en") if contact.language == "cy" else ("en", "cy")))
    subjects = [
        spoken.say(SUBJECTS[message.kind], title=snapshot.texts[spoken.code](snapshot.questionnaire.title))
        for spoken in (own, other)
    ]
    made = EmailMessage()
    made["Subject"] = " / ".join(subjects)
    made["From"] = server.sender
    made["To"] = Address(contact.name, addr_spec=contact.email)
    if server.reply_to:
        made["Reply-To"] = server.reply_to
    made["Date"] = format_datetime(message.changed_at)
    made["Message-ID"] = f"<{message.key}.{snapshot.round.id}@{server.sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    bodies = [_body(snapshot, message, contact, spoken, site, way_in) for spoken in (own, other)]
    made.set_content(f"\n{RULE}\n\n".join(bodies))
    # Setting the content takes away every header that begins with “Content-”.
    made["Content-Language"] = f"{own.code}, {other.code}"
    return made


def _body(
    snapshot: RoundSnapshot, message: ContactMessage, contact: Contact, spoken: Language, site: str, way_in: WayIn
) -> str:
    is_over = way_in.closes is not None and way_in.closes <= message.changed_at
    if way_in.until is None:
        address = link_address(site, spoken.code, way_in.token)
        asked = [spoken.say(EVERYBODY), address, spoken.say(ANONYMOUS)]
    else:
        once = spoken.say(BY_LINK, time=spoken.datetime(way_in.until))
        by_link = [once, sign_in_address(site, spoken.code, way_in.token)]
        by_link.append(spoken.say(KEEP_IT_FOR_READING if is_over else KEEP_IT))
        by_code = [spoken.say(BY_CODE), sign_in_address(site, spoken.code), spoken.say(NO_CODE)]
        why = NOT_AGAIN if message.kind == REMINDER and way_in.to_reopened else WHY[message.kind]
        asked = [spoken.say(why), *by_link, *by_code]
    opens = snapshot.round.opens
    opening = [spoken.say(OPENS, time=spoken.datetime(opens))] if opens and opens > message.changed_at else []
    closing = [spoken.say(CLOSES, time=spoken.datetime(way_in.closes))] if way_in.closes else []
    if is_over:
        closing = [spoken.say(TIME_IS_OVER)]
    cluster = spoken.say(CLUSTER, name=snapshot.cluster(contact.cluster).name(spoken.code))
    head = f"{cluster}\n{spoken.say(YEAR, year=snapshot.round.reporting_year)}"
    return "\n\n".join((spoken.say(GREETING, name=contact.name), head, *opening, *asked, *closing)) + "\n"
