"""What every request passes before its route: who is it, may they, not too often, and not from a foreign page."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from api.permissions import Access, Reach
from api.services import Services, at_once, services
from scheduling.errors import Forbidden, Unauthenticated
from scheduling.identity import Caller
from scheduling.store import Tenant

COOKIE = "session"
SAFE = ("GET", "HEAD", "OPTIONS")
SCHEMES = ("bearer", "token")


async def enter(request: Request) -> None:
    """A dependency of every door. Leaves the caller and the reach in request.state."""
    request.state.entered = True
    access: Access = request.app.state.access[f"{request.method} {request.scope['route'].path}"]
    found = services(request)
    if access.roles is None:
        bucket = access.bucket if access.bucket != "general" else "public"
        _count(request, found, "", bucket, f"address:{address(request)}")
        return
    caller = request.state.caller = await _recognised(request, found)
    _count(request, found, caller.dialect, access.bucket, f"person:{caller.person_id}")
    if caller.proof == "cookie" and request.method not in SAFE:
        check_origin(request, found)
    reach = access.reach(caller)
    if reach is None or not caller.allows(access.scope(request.method)):
        raise Forbidden
    request.state.reach = reach


async def _recognised(request: Request, found: Services) -> Caller:
    """In a thread only where the database may let it wait: threads wait for each other, longer than a look takes."""
    if found.store.waits_for_nobody:
        return recognise(request, found)
    return await run_in_threadpool(recognise, request, found)


def recognise(request: Request, found: Services) -> Caller:
    """The header goes before the cookie. Unauthenticated when there is neither."""
    scheme, _, credential = request.headers.get("authorization", "").partition(" ")
    if scheme:
        if scheme.lower() not in SCHEMES or not credential.strip():
            raise Unauthenticated
        return found.identity.recognise(credential.strip())
    cookie = request.cookies.get(COOKIE)
    if cookie:
        return found.identity.recognise_cookie(cookie)
    raise Unauthenticated


def check_origin(request: Request, found: Services) -> None:
    """A page of another site must not use the visitor's cookie. Programs, which send no origin, are no browsers."""
    source = request.headers.get("origin") or request.headers.get("referer")
    if source is None:
        foreign = request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
    else:
        parts = urlsplit(source)
        own = parts.netloc == request.headers.get("host") and parts.scheme in ("http", "https")
        foreign = not own and f"{parts.scheme}://{parts.netloc}" not in found.settings.origins
    if foreign:
        raise Forbidden("Requests with a session cookie are not accepted from pages of other sites.")


def address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _count(request: Request, found: Services, dialect: str, bucket: str, who: str) -> None:
    left = found.limiter.hit(dialect, bucket, who)
    if left is not None:
        request.state.headers.update(left.headers())


def caller_of(request: Request) -> Caller:
    found: Caller = request.state.caller
    return found


def reach_of(request: Request) -> Reach:
    found: Reach = request.state.reach
    return found


def tenant_of(request: Request) -> Tenant:
    return caller_of(request).tenant(request.app.state.door, request.state.request_id)


Found = Annotated[Services, Depends(at_once(services))]
"""Parameter of a route: the services."""
Signed = Annotated[Caller, Depends(at_once(caller_of))]
"""Parameter of a route: who asks."""
Reaching = Annotated[Reach, Depends(at_once(reach_of))]
"""Parameter of a route: OWN: show and change only what concerns the caller; ALL: everything of the organisation."""
ForTenant = Annotated[Tenant, Depends(at_once(tenant_of))]
"""Parameter of a route: for store.read and store.write."""
