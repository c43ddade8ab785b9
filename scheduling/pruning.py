"""What has served its purpose goes: mails and deliveries that ended long ago, and answers nobody may ask for again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import delete, select

from scheduling.answers import forget_expired
from scheduling.store import Store, StoreSession
from scheduling.store.tables import Mail, WebhookDelivery

AT_ONCE = 1000
"""Rows of one transaction, so that nobody waits long."""
Kind = type[Mail] | type[WebhookDelivery]
ENDED: dict[Kind, tuple[str, ...]] = {Mail: ("sent", "given up"), WebhookDelivery: ("delivered", "given up")}
"""Statuses after which a row is history."""

log = structlog.get_logger("timewright.pruning")


def prune(store: Store, days: float) -> int:
    """How many rows are gone. days: since the last attempt, how long a mail or a delivery is kept after its end."""
    before = store.clock() - timedelta(days=days)
    gone = sum(_until_none(store, partial(_forget, kind=kind, before=before)) for kind in ENDED)
    gone += _until_none(store, forget_expired)
    if gone:
        log.info("pruned", rows=gone)
    return gone


def _until_none(store: Store, forget: Callable[[StoreSession], int]) -> int:
    total = 0
    while True:
        with store.write_across() as session:
            gone = forget(session)
        total += gone
        if gone < AT_ONCE:
            return total


def _forget(session: StoreSession, kind: Kind, before: datetime) -> int:
    """The oldest first. What somebody sends again meanwhile stays."""
    old = select(kind.id).where(kind.status.in_(ENDED[kind]), kind.next_at < before)
    ids = session.scalars(old.order_by(kind.next_at, kind.id).limit(AT_ONCE)).all()
    session.execute(delete(kind).where(kind.id.in_(ids), kind.status.in_(ENDED[kind])))
    return len(ids)
