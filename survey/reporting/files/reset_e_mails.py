"""The e-mail by which the owner of an account chooses a new password: plain text in both languages."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from survey.collection.people.account_links import LASTS
from survey.collection.people.account_resets import send_resets
from survey.collection.people.accounts import note
from survey.collection.people.mail_server import Connection, DeliveryOutcome, MailServer
from survey.languages import LANGUAGES, Language, Phrase, language
from survey.reporting.files.e_mails import RULE
from survey.storage.repository import Repository

SUBJECT = Phrase("e-mail", "A new password for Myfyrio")
ASKED = Phrase("e-mail", "Somebody asked for a new password for this account: %(account)s.")
CHOOSE = Phrase("e-mail", "Choose it here. The link can be used once, until %(time)s:")
NOT_YOU = Phrase("e-mail", "If it was not you, do nothing: your password stays as it is.")


def send_waiting(repository: Repository, server: MailServer, site: str, now: datetime) -> None:
    """Send every reset that waits. What the mail server cannot take now goes on waiting for a while."""
    connection = Connection(server)

    def deliver(name: str, email: str, token: str) -> DeliveryOutcome:
        return connection.deliver(reset_e_mail(name, email, token, server, site, now))

    try:
        for name in send_resets(repository, deliver, now):
            note(repository, now, "clock", "reset_sent", account=name)
    finally:
        connection.close()


def reset_e_mail(name: str, email: str, token: str, server: MailServer, site: str, now: datetime) -> EmailMessage:
    """The e-mail with the link of an account; `site` is where the site is."""
    made = EmailMessage()
    made["Subject"] = " / ".join(language(code).say(SUBJECT) for code in LANGUAGES)
    made["From"] = server.sender
    made["To"] = email
    made["Date"] = format_datetime(now)
    made["Message-ID"] = make_msgid(domain=server.sender.rpartition("@")[2])
    made["Auto-Submitted"] = "auto-generated"
    address = f"{site.rstrip('/')}/%s/manage/invitation/{name}/{token}"
    made.set_content(f"\n{RULE}\n\n".join(_body(language(code), name, address % code, now) for code in LANGUAGES))
    made["Content-Language"] = ", ".join(LANGUAGES)
    return made


def _body(spoken: Language, name: str, address: str, now: datetime) -> str:
    choose = spoken.say(CHOOSE, time=spoken.datetime(now + LASTS))
    return "\n\n".join((spoken.say(ASKED, account=name), choose, address, spoken.say(NOT_YOU))) + "\n"
