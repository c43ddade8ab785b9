"""The outbox: mails stored with the change that causes them leave from here, tried again until they are accepted."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import format_datetime, parseaddr
from typing import Literal

import structlog
from sqlalchemy import Select, select, update

from scheduling.store import Store
from scheduling.store.tables import Mail

PAUSES = (60, 300, 1800, 7200, 6 * 3600, 24 * 3600)
"""Seconds until the next attempt after each that failed; then the mail is given up."""
AT_ONCE = 50
"""Mails of one conversation."""
CLAIM = timedelta(minutes=10)
"""How long a mail is one worker's; if that dies on the way, the mail may arrive twice rather than never."""
PATIENCE = 20.0
"""Seconds for each answer of the server."""

log = structlog.get_logger("timewright.outbox")


@dataclass(frozen=True)
class Post:
    """host: of the SMTP server, "" for none: mails stay waiting; tls: "starttls", "tls" from the start, or "none";
    sender: the address mails come from, with or without a name."""

    host: str = ""
    port: int = 587
    user: str = ""
    password: str = ""
    tls: Literal["starttls", "tls", "none"] = "starttls"
    sender: str = "Timewright <timewright@localhost>"


class Outbox:
    """Of one worker."""

    def __init__(self, store: Store, post: Post) -> None:
        self.store, self.post, self.told = store, post, False

    def deliver(self) -> int:
        """Sends what is due; how many were accepted. Without a host nothing is sent, which is told once."""
        if not self.post.host:
            self._tell_once()
            return 0
        if not self._waiting():
            return 0
        mails = self._claim()
        if not mails:
            return 0
        try:
            with connection(self.post) as server:
                return sum(self._send(server, mail) for mail in mails)
        except (OSError, smtplib.SMTPException) as error:
            log.warning("the mail server cannot be reached", host=self.post.host, reason=str(error))
            for mail in mails:
                self._later(mail.id, f"the server cannot be reached: {error}")
            return 0

    def _tell_once(self) -> None:
        if self.told:
            return
        if self._waiting():
            log.warning("mails are waiting: set TIMEWRIGHT_SMTP_HOST to have them sent")
            self.told = True

    def _waiting(self) -> bool:
        with self.store.read_across() as session:
            return session.scalar(_due(session.now).limit(1)) is not None

    def _claim(self) -> list[Mail]:
        """Mails that are due; nobody else takes them for a while."""
        with self.store.write_across() as session:
            session.lock("outbox")
            mails = list(session.scalars(_due(session.now).limit(AT_ONCE)))
            for mail in mails:
                mail.next_at = session.now + CLAIM
            return mails

    def _send(self, server: smtplib.SMTP, mail: Mail) -> bool:
        try:
            server.send_message(message_of(mail, self.post.sender))
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused, ValueError) as error:
            self._refused(mail.id, error)
            return False
        with self.store.write_across() as session:
            sent = session.get_one(Mail, mail.id)
            sent.status, sent.sent_at, sent.error, sent.attempts = "sent", session.now, None, sent.attempts + 1
        return True

    def _refused(self, mail_id: str, error: Exception) -> None:
        """For good, or for now: servers say 4xx when it may be tried again."""
        code, said = _answer(error)
        if 400 <= code < 500:
            self._later(mail_id, f"{code} {said}")
        else:
            self._end(mail_id, f"{code or ''} {said}".strip())

    def _later(self, mail_id: str, reason: str) -> None:
        with self.store.write_across() as session:
            mail = session.get_one(Mail, mail_id)
            if mail.status != "waiting":
                return
            mail.attempts, mail.error = mail.attempts + 1, reason[:1000]
            if mail.attempts > len(PAUSES):
                mail.status = "given up"
            else:
                mail.next_at = session.now + timedelta(seconds=PAUSES[mail.attempts - 1])

    def _end(self, mail_id: str, reason: str) -> None:
        log.warning("a mail was refused", mail=mail_id, reason=reason)
        with self.store.write_across() as session:
            session.execute(
                update(Mail)
                .where(Mail.id == mail_id)
                .values(status="given up", error=reason[:1000], attempts=Mail.attempts + 1)
            )


def _due(now: datetime) -> Select[Mail]:
    due = select(Mail).where(Mail.status == "waiting", Mail.next_at <= now)
    return due.order_by(Mail.next_at, Mail.id)


def _answer(error: Exception) -> tuple[int, str]:
    """Code and words of the server; 0 where it was not asked."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return code, _words(said)
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code, _words(error.smtp_error)
    return 0, str(error)


def _words(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said


@contextmanager
def connection(post: Post) -> Iterator[smtplib.SMTP]:
    """Signed in where there is a user. OSError and SMTPException when that fails."""
    context = ssl.create_default_context()
    server = (
        smtplib.SMTP_SSL(post.host, post.port, timeout=PATIENCE, context=context)
        if post.tls == "tls"
        else smtplib.SMTP(post.host, post.port, timeout=PATIENCE)
    )
    with server:
        if post.tls == "starttls":
            server.starttls(context=context)
        if post.user:
            server.login(post.user, post.password)
        yield server


def message_of(mail: Mail, sender: str) -> EmailMessage:
    """ValueError for an address or subject that would break out of its header."""
    message = EmailMessage(policy=WIRE)
    message["From"], message["To"], message["Subject"] = sender, mail.recipient, mail.subject
    message["Date"] = format_datetime(mail.created_at)
    # Equal at every attempt, so that whoever gets it twice can tell.
    message["Message-ID"] = f"<{mail.id}@{_domain(sender)}>"
    message.set_content(mail.text)
    if mail.html is not None:
        message.add_alternative(mail.html, subtype="html")
    if mail.calendar is not None:
        message.add_attachment(mail.calendar, subtype="calendar", filename="invite.ics", params={"method": "REQUEST"})
    return message


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"
