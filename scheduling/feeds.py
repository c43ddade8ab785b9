"""Secret calendar addresses: whose week they show, who may have one, and what is in force from when to when."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models.problem import Problem
from scheduling import library
from scheduling.errors import Conflict, Forbidden, Invalid, NotFound
from scheduling.identity.people import own_organisation
from scheduling.identity.secrets import digest, new_secret
from scheduling.store import Store, StoreSession, Tenant
from scheduling.store.audit import record
from scheduling.store.base import canonical
from scheduling.store.tables import Feed, Organisation, Person, Version
from scheduling.versions import history

if TYPE_CHECKING:
    from formats.ics import Term

Kind = Literal["class", "teacher", "room"]
MOST = 10_000
"""Feeds of one organisation that are not revoked."""
DAY = timedelta(days=1)
LAYOUT = "1"
"""Raised when the same lessons would be written differently, so that nobody keeps an old copy."""


@dataclass(frozen=True)
class Span:
    """A version in force from first to last (None: until further notice)."""

    version: Version
    first: date
    last: date | None


def spans(versions: list[Version], today: date) -> list[Span]:
    """What is in force today, and what will be: of versions with one date the one published last counts."""
    latest = {version.effective_from: version for version in sorted(versions, key=lambda version: version.number)}
    dates = sorted(latest)
    following = dict(pairwise(dates))
    found = [Span(latest[day], day, following[day] - DAY if day in following else None) for day in dates]
    return [span for span in found if span.last is None or span.last >= today]


def create_feed(session: StoreSession, person_id: str, kind: Kind, subject: str) -> str:
    """The secret, which is not stored. kind, subject: after `check_subject`. NotFound, Conflict."""
    if session.get(Person, person_id) is None:
        raise NotFound("The person does not exist.")
    if len(session.scalars(select(Feed.id).where(Feed.revoked_at.is_(None)).limit(MOST)).all()) == MOST:
        raise Conflict(f"There are {MOST} feeds already; revoke some first.")
    secret = new_secret()
    feed = Feed(person_id=person_id, kind=kind, subject=subject, digest=digest(secret))
    session.add(feed)
    session.flush()
    record(session, "created", "feed", feed.id, None, {"person": person_id, "kind": kind, "subject": subject})
    return secret


def check_subject(session: StoreSession, kind: Kind, subject: str, email: str | None = None) -> None:
    """Takes its time: not in a transaction that writes. email: None for those who may see everybody's week; else the
    subject must be the teacher of this address. Conflict, Invalid, Forbidden."""
    current = spans(history(session), local_date(session))
    if not current:
        raise Conflict("No timetable has been published yet.")
    problems = [_problem_of(session, span.version) for span in current]
    known = [problem for problem in problems if subject in _names(problem, kind)]
    if not known:
        raise Invalid(f"The published timetable knows no {kind} {subject!r}.", {"name": "unknown"})
    if email is not None and not any(_is_own(problem, kind, subject, email) for problem in known):
        raise Forbidden("You may only have a calendar of your own lessons.")


def _names(problem: Problem, kind: Kind) -> set[str]:
    names = {"class": set(problem.class_), "teacher": set(problem.teacher), "room": set(problem.room)}
    return names[kind]


def _is_own(problem: Problem, kind: Kind, subject: str, email: str) -> bool:
    return kind == "teacher" and problem.teacher[subject].email.strip().casefold() == email.casefold()


def local_date(session: StoreSession) -> date:
    """Today, where the organisation is."""
    return session.now.astimezone(ZoneInfo(own_organisation(session).zone)).date()


def _problem_of(session: StoreSession, version: Version) -> Problem:
    timetable = library.timetable_row(session, version.timetable_id)
    return library.problem_in(library.problem_row(session, timetable.problem_id))


def feeds_of(session: StoreSession, person_id: str | None) -> list[Feed]:
    """Of a person, or of all; oldest first, revoked ones included."""
    wanted = select(Feed).order_by(Feed.created_at, Feed.id)
    return list(session.scalars(wanted if person_id is None else wanted.where(Feed.person_id == person_id)))


def find_feed(session: StoreSession, feed_id: str, person_id: str | None) -> Feed:
    """person_id: None for those who may touch the feeds of everybody."""
    feed = session.get(Feed, feed_id)
    if feed is None or person_id not in (None, feed.person_id):
        raise NotFound("There is no feed of this id.")
    return feed


def rotate_feed(session: StoreSession, feed: Feed) -> str:
    """A new secret; the old address is gone at once. Conflict for a revoked feed."""
    if feed.revoked_at is not None:
        raise Conflict("This feed was revoked; make a new one.")
    secret = new_secret()
    feed.digest = digest(secret)
    record(session, "rotated", "feed", feed.id)
    return secret


def revoke_feed(session: StoreSession, feed: Feed) -> None:
    """For good; once more is fine."""
    if feed.revoked_at is None:
        feed.revoked_at = session.now
        record(session, "revoked", "feed", feed.id)


# ---- reading ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Subscription:
    """What an address shows now. tag: equal as long as the calendar is; changed_at: when it became so."""

    feed: Feed
    zone: str
    current: list[Span]
    anchor: date
    tag: str
    changed_at: datetime


def subscription(store: Store, secret: str) -> Subscription:
    """NotFound for an address that never was, was rotated or revoked, or is of somebody who may not sign in."""
    with store.read_across() as session:
        feed = session.scalar(select(Feed).where(Feed.digest == digest(secret), Feed.revoked_at.is_(None)))
        person = session.get(Person, feed.person_id) if feed else None
        if feed is None or person is None or not person.active:
            raise NotFound("There is no calendar at this address.")
        zone = session.get_one(Organisation, feed.organisation_id).zone
    with store.read(_reader(feed)) as session:
        versions = history(session)
        now = session.now.astimezone(ZoneInfo(zone))
    current = spans(versions, now.date())
    anchor = min((version.effective_from for version in versions), default=now.date())
    content = [LAYOUT, feed.kind, feed.subject, zone, anchor.isoformat(), [_key(span) for span in current]]
    return Subscription(feed, zone, current, anchor, digest(canonical(content))[:32], _changed_at(feed, current, now))


def _reader(feed: Feed) -> Tenant:
    return Tenant(feed.organisation_id, "feed")


def _key(span: Span) -> list[str | None]:
    return [span.version.id, span.first.isoformat(), span.last.isoformat() if span.last else None]


def _changed_at(feed: Feed, current: list[Span], now: datetime) -> datetime:
    """The latest of: it was made, something was published, a version came into force."""
    begun = [datetime.combine(span.first, time(), now.tzinfo) for span in current if span.first <= now.date()]
    return max([feed.created_at, *(span.version.published_at for span in current), *begun]).replace(microsecond=0)


def calendar_of(store: Store, of: Subscription) -> bytes:
    """The lessons of what is in force, and of what will be."""
    from formats.ics import write_ics

    kind: Kind = of.feed.kind  # type: ignore[assignment]  # checked when the feed was made
    with store.read(_reader(of.feed)) as session:
        terms = [_term(session, span, of.anchor) for span in of.current]
    return write_ics(terms, kind, of.feed.subject, of.zone)


def _term(session: StoreSession, span: Span, anchor: date) -> "Term":
    from formats.ics import Term

    version = span.version
    row = library.timetable_row(session, version.timetable_id)
    problem = library.problem_in(library.problem_row(session, row.problem_id))
    timetable = library.timetable_in(row)
    return Term(problem, timetable, span.first, span.last, anchor, version.id, version.number, version.published_at)
