"""E-mails to the contacts of clusters: plain text in both languages, the contact’s own first."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from survey.collection.people.contacts import Contact
from survey.collection.people.mail_server import MailServer
from survey.collection.people.messages import REMINDER, Message
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language, Phrase, language
from survey.reporting.files.mailing import ANONYMOUS, CLOSES, link_address

SUBJECTS = {
    False: Phrase("e-mail", "Invitation: %(title)s"),
    True: Phrase("e-mail", "Reminder: %(title)s"),
}
GREETING = Phrase("e-mail", "Dear %(name)s,")
CLUSTER = Phrase("e-mail", "Cluster: %(name)s")
YEAR = Phrase("e-mail", "Year: %(year)s")
ASKED = Phrase("e-mail", "We ask your cluster to reflect on its work of the year.")
SILENT = Phrase("e-mail", "We have not had your cluster’s answers yet.")
SIGN_IN = Phrase("e-mail", "Sign in here, with the access code that your cluster was given:")
NO_CODE = Phrase("e-mail", "If you cannot find the code, ask the national team for a new one.")
EVERYBODY = Phrase("e-mail", "Please pass this link on to everybody who works in your cluster:")
RULE = "-" * 60


def compose(
    snapshot: RoundSnapshot, message: Message, contact: Contact, server: MailServer, site: str, links: dict[str, str]
) -> EmailMessage:
    """An e-mail as it goes out. `site` is where the site is; `links` are those of an anonymous round, by cluster.

    The same message has the same Message-ID however often it is sent, so that mail programs can tell.
    """
    own, other = (language(code) for code in (("cy", "en") if contact.language == "cy" else ("en", "cy")))
    is_reminder = message.kind == REMINDER
    subjects = [
        spoken.say(SUBJECTS[is_reminder], title=snapshot.texts[spoken.code](snapshot.questionnaire.title))
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
    bodies = [_body(snapshot, is_reminder, contact, spoken, site, links) for spoken in (own, other)]
    made.set_content(f"\n{RULE}\n\n".join(bodies))
    # Setting the content takes away every header that begins with “Content-”.
    made["Content-Language"] = f"{own.code}, {other.code}"
    return made


def _body(
    snapshot: RoundSnapshot, is_reminder: bool, contact: Contact, spoken: Language, site: str, links: dict[str, str]
) -> str:
    of_round = snapshot.round
    if snapshot.questionnaire.respondent == "anonymous":
        address = link_address(site, spoken.code, links[contact.cluster])
        asked = [spoken.say(EVERYBODY), address, spoken.say(ANONYMOUS)]
    else:
        why = spoken.say(SILENT if is_reminder else ASKED)
        address = f"{site.rstrip('/')}/{spoken.code}/sign-in"
        asked = [why, spoken.say(SIGN_IN), address, spoken.say(NO_CODE)]
    closing = [spoken.say(CLOSES, time=spoken.datetime(of_round.closes))] if of_round.closes else []
    cluster = spoken.say(CLUSTER, name=snapshot.cluster(contact.cluster).name(spoken.code))
    head = f"{cluster}\n{spoken.say(YEAR, year=of_round.reporting_year)}"
    return "\n\n".join((spoken.say(GREETING, name=contact.name), head, *asked, *closing)) + "\n"
