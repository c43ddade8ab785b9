"""What has served its purpose goes: mails, deliveries and logins that ended long ago, and answers nobody may ask for
again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

import structlog
from sqlalchemy import ColumnElement, SQLColumnExpression, delete, or_, select

from scheduling.answers import forget_expired
from scheduling.store import Store, StoreSession
from scheduling.store.base import Base
from scheduling.store.tables import LoginFailure, LoginSession, Mail, WebhookDelivery

AT_ONCE = 1000
"""Rows of one transaction, so that nobody waits long."""

log = structlog.get_logger("timewright.pruning")


class Ended(NamedTuple):
    """Rows that are history. key: their primary key; since: their end, by which the oldest go first."""

    table: type[Base]
    key: SQLColumnExpression[str]
    since: SQLColumnExpression[datetime]
    condition: ColumnElement[bool]


def prune(store: Store, days: float) -> int:
    """How many rows are gone. days: since the last attempt, how long a mail or a delivery is kept after its end, and a
    login after it ended or expired."""
    before = store.clock() - timedelta(days=days)
    gone = sum(_until_none(store, partial(_forget, ended=ended)) for ended in _ended(before))
    gone += _until_none(store, forget_expired)
    if gone:
        log.info("pruned", rows=gone)
    return gone


def _ended(before: datetime) -> list[Ended]:
    sent = Mail.status.in_(("sent", "given up")) & (Mail.next_at < before)
    delivered = WebhookDelivery.status.in_(("delivered", "given up")) & (WebhookDelivery.next_at < before)
    over = or_(LoginSession.expires_at < before, LoginSession.ended_at < before)
    unlocked = or_(LoginFailure.locked_until.is_(None), LoginFailure.locked_until < before)
    return [
        Ended(Mail, Mail.id, Mail.next_at, sent),
        Ended(WebhookDelivery, WebhookDelivery.id, WebhookDelivery.next_at, delivered),
        Ended(LoginSession, LoginSession.id, LoginSession.expires_at, over),
        Ended(LoginFailure, LoginFailure.key, LoginFailure.last_at, (LoginFailure.last_at < before) & unlocked),
    ]


def _until_none(store: Store, forget: Callable[[StoreSession], int]) -> int:
    total = 0
    while True:
        with store.write_across() as session:
            gone = forget(session)
        total += gone
        if gone < AT_ONCE:
            return total


def _forget(session: StoreSession, ended: Ended) -> int:
    """The oldest first. What somebody sends again meanwhile stays."""
    old = select(ended.key).where(ended.condition).order_by(ended.since, ended.key).limit(AT_ONCE)
    keys = session.scalars(old).all()
    session.execute(delete(ended.table).where(ended.key.in_(keys), ended.condition))
    return len(keys)
