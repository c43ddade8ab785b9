"""Mails leave through real conversations with an SMTP server, and wait when it is not there."""

import email.policy
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage

import pytest
import structlog
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from scheduling.outbox import AT_ONCE, PAUSES, Outbox, Post
from scheduling.store import Store, Tenant
from scheduling.store.tables import Mail
from tests.service import StandingClock

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


@dataclass
class Mailbox:
    """What the server accepted, and what it answers with instead of accepting, by recipient."""

    mails: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        self.mails.append(message_from_bytes(content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def clock(store: Store) -> StandingClock:
    store.clock = StandingClock()
    return store.clock


@pytest.fixture
def server(mailbox: Mailbox) -> Iterator[Controller]:
    """Asks for name and password."""

    def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        return AuthResult(success=data == LoginPassword(b"ann", b"secret"), handled=False)

    controller = Controller(
        mailbox, "127.0.0.1", free_port(), authenticator=authenticate, auth_required=True, auth_require_tls=False
    )
    controller.start()
    yield controller
    controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def post(port: int, password: str = "secret") -> Post:
    return Post("127.0.0.1", port, "ann", password, "none", "School <school@example.org>")


def write(store: Store, tenant: Tenant, recipient: str = "tia@example.org", **more: str) -> str:
    with store.write(tenant) as session:
        mail = Mail(recipient=recipient, subject="Grüße", text="Liebe Tia,\n…\n", next_at=session.now, **more)
        session.add(mail)
        session.flush()
        return mail.id


def found(store: Store, tenant: Tenant, mail_id: str) -> Mail:
    with store.read(tenant) as session:
        return session.get_one(Mail, mail_id)


def test_a_mail_arrives_once_with_all_its_parts(
    store: Store, clock: StandingClock, first: Tenant, server: Controller, mailbox: Mailbox
) -> None:
    sent = write(store, first, html="<p>Liebe Tia</p>", calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    outbox = Outbox(store, post(server.port))
    assert [outbox.deliver(), outbox.deliver()] == [1, 0]
    (mail,) = mailbox.mails
    assert (mail["From"], mail["To"], mail["Subject"]) == ("School <school@example.org>", "tia@example.org", "Grüße")
    assert mail["Message-ID"] == f"<{sent}@example.org>"
    kinds = [part.get_content_type() for part in mail.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    row = found(store, first, sent)
    assert (row.status, row.sent_at, row.attempts) == ("sent", clock.now, 1)


def test_mails_of_all_organisations_leave(
    store: Store, first: Tenant, other: Tenant, server: Controller, mailbox: Mailbox
) -> None:
    write(store, first, "one@example.org")
    write(store, other, "two@example.org")
    assert Outbox(store, post(server.port)).deliver() == 2
    assert sorted(str(mail["To"]) for mail in mailbox.mails) == ["one@example.org", "two@example.org"]


def test_without_a_server_they_wait_longer_and_longer_and_are_given_up(
    store: Store, clock: StandingClock, first: Tenant
) -> None:
    mail = write(store, first)
    outbox = Outbox(store, post(free_port()))
    for number, pause in enumerate(PAUSES, start=1):
        assert outbox.deliver() == 0
        waiting = found(store, first, mail)
        assert (waiting.status, waiting.attempts) == ("waiting", number)
        assert waiting.next_at == clock.now + timedelta(seconds=pause)
        clock.move(seconds=pause - 1)
        outbox.deliver()
        assert found(store, first, mail).attempts == number
        clock.move(seconds=1)
    outbox.deliver()
    assert found(store, first, mail).status == "given up"


def test_it_arrives_when_the_server_is_back(
    store: Store, clock: StandingClock, first: Tenant, server: Controller, mailbox: Mailbox
) -> None:
    mail = write(store, first)
    Outbox(store, post(free_port())).deliver()
    clock.move(seconds=PAUSES[0])
    assert Outbox(store, post(server.port)).deliver() == 1
    assert found(store, first, mail).error is None


def test_a_refusal_for_good_ends_it_and_one_for_now_does_not(
    store: Store, first: Tenant, server: Controller, mailbox: Mailbox
) -> None:
    mailbox.answers = {"gone@example.org": "550 no such user", "full@example.org": "452 mailbox full"}
    gone, full, fine = (write(store, first, f"{name}@example.org") for name in ("gone", "full", "fine"))
    assert Outbox(store, post(server.port)).deliver() == 1
    statuses = [(found(store, first, mail).status, found(store, first, mail).error) for mail in (gone, full, fine)]
    assert statuses == [("given up", "550 no such user"), ("waiting", "452 mailbox full"), ("sent", None)]


def test_a_wrong_password_does_not_lose_a_mail(store: Store, first: Tenant, server: Controller) -> None:
    mail = write(store, first)
    assert Outbox(store, post(server.port, "wrong")).deliver() == 0
    assert found(store, first, mail).status == "waiting"


def test_an_address_cannot_add_headers(store: Store, first: Tenant, server: Controller, mailbox: Mailbox) -> None:
    bad, fine = write(store, first, "a@example.org\nBcc: b@example.org"), write(store, first)
    assert Outbox(store, post(server.port)).deliver() == 1
    assert found(store, first, bad).status == "given up"
    assert [str(mail["To"]) for mail in mailbox.mails] == [found(store, first, fine).recipient]


def test_what_one_worker_is_sending_another_leaves_alone(
    store: Store, clock: StandingClock, first: Tenant, server: Controller
) -> None:
    write(store, first)
    assert len(Outbox(store, post(server.port))._claim()) == 1
    assert Outbox(store, post(server.port)).deliver() == 0
    clock.move(minutes=10)
    assert Outbox(store, post(server.port)).deliver() == 1


def test_many_leave_in_several_conversations(store: Store, first: Tenant, server: Controller, mailbox: Mailbox) -> None:
    for number in range(AT_ONCE + 2):
        write(store, first, f"p{number}@example.org")
    outbox = Outbox(store, post(server.port))
    assert [outbox.deliver(), outbox.deliver(), outbox.deliver()] == [AT_ONCE, 2, 0]


def test_without_a_host_it_is_told_once(store: Store, first: Tenant) -> None:
    outbox = Outbox(store, Post())
    with structlog.testing.capture_logs() as logs:
        outbox.deliver()
        write(store, first)
        for _ in range(3):
            assert outbox.deliver() == 0
    assert [entry["event"] for entry in logs] == ["mails are waiting: set TIMEWRIGHT_SMTP_HOST to have them sent"]
