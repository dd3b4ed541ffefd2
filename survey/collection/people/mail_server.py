"""Handing messages to a mail server by SMTP, and what became of each.

Whether a message was taken is known only when the server has answered its last line. A connection that ends before
that line was sent has sent nothing; one that ends after it is uncertain.
"""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

AGAIN = "again"
TIMEOUT = 60.0


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where messages go out, and from whom. `security` is “starttls”, “tls”, or “none” for a server beside this one."""

    host: str
    port: int
    security: str
    sender: str
    reply_to: str = ""
    user: str = ""
    password: str = ""
    timeout: float = TIMEOUT


@dataclass(frozen=True, slots=True)
class DeliveryOutcome:
    """What became of a message: “sent”, “bounced”, “failed”, “uncertain” or, when it may be tried later, “again”.
    `away` says that the server could not be spoken to at all."""

    state: str
    said: str
    away: bool = False


class Connection:
    """A connection to a mail server that is made when it is needed, and made anew after it broke."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        self._smtp: smtplib.SMTP | None = None

    def deliver(self, message: EmailMessage) -> DeliveryOutcome:
        """Hand over a message to its one recipient. Nothing is raised: every fault is an outcome."""
        last_line_sent = False
        try:
            smtp = self._smtp = self._smtp or self._connected()
        except smtplib.SMTPResponseException as refusal:
            return DeliveryOutcome(AGAIN, _said(refusal.smtp_code, refusal.smtp_error), away=True)
        except (OSError, smtplib.SMTPException) as fault:
            return DeliveryOutcome(AGAIN, _fault(fault), away=True)
        try:
            for state, (code, said) in (
                ("failed", smtp.mail(self.server.sender)),
                ("bounced", smtp.rcpt(message["To"].addresses[0].addr_spec)),
            ):
                if code >= 300:
                    return self._refused(state, code, said)
            code, said = smtp.docmd("data")
            if code != 354:
                return self._refused("failed", code, said)
            lines = message.as_bytes(policy=SMTP).replace(b"\r\n.", b"\r\n..")
            last_line_sent = True
            smtp.send(lines + b".\r\n")
            code, said = smtp.getreply()
        except (OSError, smtplib.SMTPException) as fault:
            self.close()
            return DeliveryOutcome("uncertain" if last_line_sent else AGAIN, _fault(fault), away=not last_line_sent)
        return DeliveryOutcome("sent", _said(code, said)) if code < 300 else self._refused("failed", code, said)

    def close(self) -> None:
        """End the connection, if there is one."""
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (OSError, smtplib.SMTPException):
                self._smtp.close()
            self._smtp = None

    def _connected(self) -> smtplib.SMTP:
        server, context = self.server, ssl.create_default_context()
        smtp: smtplib.SMTP
        if server.security == "tls":
            smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=context)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        try:
            if server.security == "starttls":
                smtp.starttls(context=context)
            smtp.ehlo_or_helo_if_needed()
            if server.user:
                smtp.login(server.user, server.password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _refused(self, state: str, code: int, said: bytes) -> DeliveryOutcome:
        """5xx is for good, 4xx for now (421 ends the connection). The next message begins a connection anew."""
        self.close()
        return DeliveryOutcome(AGAIN if code < 500 else state, _said(code, said))


def _said(code: int, said: bytes | str) -> str:
    return f"{code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"


def _fault(fault: Exception) -> str:
    return str(fault) or type(fault).__name__
