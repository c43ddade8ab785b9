"""Answers kept with the effect they tell of, so that a repeated request gets the same one."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select

from scheduling.errors import InFlight, KeyReused
from scheduling.store import StoreSession
from scheduling.store.tables import StoredAnswer


@dataclass(frozen=True)
class Question:
    """person_id: keys of different people do not meet; place: method and path; key: the client's."""

    person_id: str
    place: str
    key: str


def kept(session: StoreSession, question: Question, fingerprint: str) -> StoredAnswer | None:
    """The answer given before. KeyReused when the request was another one; InFlight while it is being answered."""
    if not session.try_lock(f"answer:{question.person_id}:{question.place}:{question.key}"):
        raise InFlight
    found = session.scalar(
        select(StoredAnswer).where(
            StoredAnswer.person_id == question.person_id,
            StoredAnswer.place == question.place,
            StoredAnswer.key == question.key,
        )
    )
    if found is None:
        return None
    if found.expires_at <= session.now:
        session.delete(found)
        session.flush()
        return None
    if found.fingerprint != fingerprint:
        raise KeyReused
    return found


def keep(
    session: StoreSession,
    question: Question,
    fingerprint: str,
    status: int,
    media_type: str,
    body: bytes,
    time: timedelta,
) -> None:
    """time: how long the answer will be repeated."""
    session.add(
        StoredAnswer(
            person_id=question.person_id,
            place=question.place,
            key=question.key,
            fingerprint=fingerprint,
            status=status,
            media_type=media_type,
            body=body,
            expires_at=session.now + time,
        )
    )


def forget_expired(session: StoreSession) -> int:
    """In a transaction across organisations; how many are gone."""
    gone = session.execute(delete(StoredAnswer).where(StoredAnswer.expires_at <= session.now))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # of the cursor result that DELETE gives
