"""Deliveries leave from here, signed, and are tried again until the receiver has them."""

import base64
import hashlib
import hmac
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import httpx2
import structlog
from sqlalchemy import Select, select

from scheduling.identity.secrets import Sealer
from scheduling.store import Store, StoreSession
from scheduling.store.base import canonical
from scheduling.store.tables import Webhook, WebhookDelivery
from scheduling.webhooks.addresses import Refused, Resolve, Target, look_up, target_of
from scheduling.webhooks.hooks import name_of

PAUSES = (5, 60, 300, 1800, 7200, 6 * 3600, 24 * 3600)
"""Seconds until the next attempt after each that failed; then the delivery is given up."""
AT_ONCE = 50
SENDERS = 8
"""Deliveries under way at the same time: a slow receiver holds only one of them up."""
CLAIM = timedelta(minutes=10)
"""How long a delivery is one worker's; if that dies on the way, it may arrive twice rather than never."""
PATIENCE = 10.0
"""Seconds to connect, and for each part of the answer."""
GONE = 410
"""A receiver that says so is not asked again."""

log = structlog.get_logger("timewright.webhooks")


class Dispatcher:
    """Of one worker. private: whether private networks and plain HTTP are allowed; resolve: looks names up; trusted:
    certificates, None: those of the system."""

    def __init__(
        self,
        store: Store,
        sealer: Sealer,
        private: bool = False,
        resolve: Resolve = look_up,
        trusted: ssl.SSLContext | None = None,
    ) -> None:
        self.store, self.sealer, self.private, self.resolve, self.trusted = store, sealer, private, resolve, trusted

    def deliver(self) -> int:
        """Sends what is due; how many arrived."""
        with self.store.read_across() as session:
            if session.execute(waiting(session.now).limit(1)).first() is None:
                return 0
        due = self._claim()
        if not due:
            return 0
        with ThreadPoolExecutor(min(SENDERS, len(due)), "webhook") as threads:
            return sum(threads.map(lambda pair: self._send(*pair), due))

    def _claim(self) -> list[tuple[Webhook, WebhookDelivery]]:
        """What is due; nobody else takes it for a while. What was paused waits."""
        with self.store.write_across() as session:
            session.lock("webhooks")
            due = session.execute(waiting(session.now).limit(AT_ONCE))
            found = [(webhook, delivery) for webhook, delivery in due]
            for _, delivery in found:
                delivery.next_at = session.now + CLAIM
            return found

    def _send(self, webhook: Webhook, delivery: WebhookDelivery) -> bool:
        """The answer is looked at no further than its status: what is behind the address is not ours to show."""
        try:
            target = target_of(webhook.url, self.private, self.resolve)
            body = canonical(delivery.payload).encode()
            secret = self.sealer.open(webhook.sealed, name_of(webhook))
            headers = signed(delivery.id, self.store.clock(), body, secret)
            status = self._post(target, headers, body)
        except Refused as refused:
            return self._failed(delivery.id, f"refused: {refused}", for_good=True)
        except httpx2.HTTPError as error:
            return self._failed(delivery.id, f"not reached: {type(error).__name__}")
        except Exception as error:
            log.error("a delivery failed", delivery=delivery.id, exc_info=error)
            return self._failed(delivery.id, "not sent: a mistake of the program, which has been recorded")
        if 200 <= status < 300:
            return self._arrived(delivery.id)
        return self._failed(delivery.id, f"answered with status {status}", for_good=status == GONE)

    def _post(self, target: Target, headers: dict[str, str], body: bytes) -> int:
        """To the address that was checked, under the name that was asked for. Redirects are not followed, and proxies
        of the environment not used: both would lead elsewhere."""
        address = f"[{target.address}]" if ":" in target.address else target.address
        host = f"[{target.host}]" if ":" in target.host else target.host
        usual = target.port == (443 if target.secure else 80)
        headers = {**headers, "Host": host if usual else f"{host}:{target.port}"}
        url = f"{'https' if target.secure else 'http'}://{address}:{target.port}{target.path}"
        verify = self.trusted if self.trusted is not None else True
        with (
            httpx2.Client(verify=verify, trust_env=False, follow_redirects=False, timeout=PATIENCE) as client,
            client.stream(
                "POST", url, content=body, headers=headers, extensions={"sni_hostname": target.host}
            ) as answer,
        ):
            return int(answer.status_code)

    def _arrived(self, delivery_id: str) -> bool:
        def ended(session: StoreSession, row: WebhookDelivery) -> None:
            row.status, row.delivered_at, row.error = "delivered", session.now, None

        self._record(delivery_id, ended)
        return True

    def _failed(self, delivery_id: str, reason: str, for_good: bool = False) -> bool:
        def ended(session: StoreSession, row: WebhookDelivery) -> None:
            row.error = reason[:1000]
            if for_good or row.attempts > len(PAUSES):
                row.status = "given up"
            else:
                row.next_at = session.now + timedelta(seconds=PAUSES[row.attempts - 1])

        self._record(delivery_id, ended)
        return False

    def _record(self, delivery_id: str, ended: Callable[[StoreSession, WebhookDelivery], None]) -> None:
        """Nothing happens when it was deleted meanwhile."""
        with self.store.write_across() as session:
            row = session.get(WebhookDelivery, delivery_id)
            if row is not None and row.status == "waiting":
                row.attempts += 1
                ended(session, row)


def waiting(now: datetime) -> Select[Webhook, WebhookDelivery]:
    return (
        select(Webhook, WebhookDelivery)
        .join(WebhookDelivery, WebhookDelivery.webhook_id == Webhook.id)
        .where(Webhook.active, WebhookDelivery.status == "waiting", WebhookDelivery.next_at <= now)
        .order_by(WebhookDelivery.next_at, WebhookDelivery.id)
    )


def signed(delivery_id: str, now: datetime, body: bytes, secret: bytes) -> dict[str, str]:
    """Headers as https://www.standardwebhooks.com has them: id, time and signature of both with the body."""
    stamp = str(int(now.timestamp()))
    content = b".".join((delivery_id.encode(), stamp.encode(), body))
    signature = base64.b64encode(hmac.new(secret, content, hashlib.sha256).digest()).decode()
    return {
        "Content-Type": "application/json",
        "User-Agent": "Timewright",
        "webhook-id": delivery_id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{signature}",
    }
