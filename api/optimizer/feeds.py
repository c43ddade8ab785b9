"""Calendars to subscribe to: secret addresses are made, rotated and revoked, and read by calendar programs."""

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.entrance import ForTenant, Found, Reaching, Signed
from api.permissions import PUBLIC, VIEWING, Access, Reach, in_bucket
from scheduling import feeds
from scheduling.feeds import Kind
from scheduling.identity import Caller
from scheduling.store.tables import Feed

router = APIRouter(prefix="/v1", tags=["calendars"])

# An answer that is kept for Idempotency-Key would keep the secret, of which only a digest may be stored.
MAKING = Access(VIEWING.roles, key=False)
ACCESS: dict[str, Access] = {
    "POST /v1/feeds": MAKING,
    "GET /v1/feeds": VIEWING,
    "POST /v1/feeds/{feed_id}/rotate": MAKING,
    "DELETE /v1/feeds/{feed_id}": VIEWING,
    "GET /v1/calendars/{secret}.ics": in_bucket(PUBLIC, "feed"),
}
ICS = "text/calendar"
HEADERS = {
    "Cache-Control": "private, no-cache",
    "X-Robots-Tag": "noindex",
    "Content-Disposition": 'inline; filename="timetable.ics"',
}


class NewFeed(BaseModel):
    """kind and name: whose week, of the published timetable; person: whose feed it is (those who make timetables may
    name somebody else)."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    name: Annotated[str, Field(min_length=1, max_length=200)]
    person: Annotated[str, Field(max_length=36)] | None = None


class FeedOut(BaseModel):
    id: str
    person: str
    kind: str
    name: str
    created_at: datetime
    revoked_at: datetime | None


class Address(BaseModel):
    """url: shown this once; whoever has it can see the calendar."""

    url: str


@router.post("/feeds", status_code=201)
def make_feed(
    body: NewFeed, caller: Signed, reach: Reaching, tenant: ForTenant, found: Found, request: Request
) -> Address:
    """A secret address of a calendar that always shows what is in force. Teachers get that of their own lessons: the
    timetable must know them by their e-mail address."""
    everybody = reach is Reach.ALL
    with found.store.read(tenant) as session:
        feeds.check_subject(session, body.kind, body.name, None if everybody else caller.email)
    person = body.person if everybody and body.person else caller.person_id
    with found.store.write(tenant) as session:
        return _address(request, feeds.create_feed(session, person, body.kind, body.name))


@router.get("/feeds")
def get_feeds(caller: Signed, reach: Reaching, tenant: ForTenant, found: Found) -> list[FeedOut]:
    """One's own, or for those who make timetables everybody's; without their secrets."""
    with found.store.read(tenant) as session:
        return [_out(feed) for feed in feeds.feeds_of(session, _whose(caller, reach))]


@router.post("/feeds/{feed_id}/rotate")
def rotate_feed(
    feed_id: str, caller: Signed, reach: Reaching, tenant: ForTenant, found: Found, request: Request
) -> Address:
    """A new address; the old one ends at once."""
    with found.store.write(tenant) as session:
        feed = feeds.find_feed(session, feed_id, _whose(caller, reach))
        return _address(request, feeds.rotate_feed(session, feed))


@router.delete("/feeds/{feed_id}", status_code=204)
def revoke_feed(feed_id: str, caller: Signed, reach: Reaching, tenant: ForTenant, found: Found) -> Response:
    """The address ends at once and for good; once more is fine."""
    with found.store.write(tenant) as session:
        feeds.revoke_feed(session, feeds.find_feed(session, feed_id, _whose(caller, reach)))
    return Response(status_code=204)


@router.get(
    "/calendars/{secret}.ics",
    response_class=Response,
    responses={200: {"content": {ICS: {}}}, 304: {"description": "The calendar is as it was."}},
)
def get_calendar(
    secret: str,
    found: Found,
    if_none_match: Annotated[str, Header()] = "",
    if_modified_since: Annotated[str, Header()] = "",
) -> Response:
    """The lessons of what is in force now, and of what will be, for calendar programs."""
    of = feeds.subscription(found.store, secret)
    tag = f'"{of.tag}"'
    headers = {
        **HEADERS,
        "ETag": tag,
        "Last-Modified": format_datetime(of.changed_at.astimezone(UTC), usegmt=True),
    }
    if _is_known(tag, of.changed_at, if_none_match, if_modified_since):
        return Response(status_code=304, headers=headers)
    return Response(feeds.calendar_of(found.store, of), headers=headers, media_type=ICS)


def _is_known(tag: str, changed_at: datetime, if_none_match: str, if_modified_since: str) -> bool:
    """Whether the reader has it already. The tag decides where one is given."""
    if if_none_match:
        return if_none_match.strip() == "*" or tag in [x.strip().removeprefix("W/") for x in if_none_match.split(",")]
    try:
        return bool(if_modified_since) and parsedate_to_datetime(if_modified_since) >= changed_at
    except (TypeError, ValueError):
        return False


def _whose(caller: Caller, reach: Reach) -> str | None:
    """None: everybody's."""
    return None if reach is Reach.ALL else caller.person_id


def _out(feed: Feed) -> FeedOut:
    return FeedOut(
        id=feed.id,
        person=feed.person_id,
        kind=feed.kind,
        name=feed.subject,
        created_at=feed.created_at,
        revoked_at=feed.revoked_at,
    )


def _address(request: Request, secret: str) -> Address:
    return Address(url=f"{str(request.base_url).rstrip('/')}/v1/calendars/{secret}.ics")
