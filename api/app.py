"""The application: create_app(settings) makes everything it needs and keeps no globals."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from api import auth, documentation, health, optimizer, tokens
from api.dialects.director import DIRECTOR
from api.doors import Door, open_door
from api.observing import Observing
from api.once import Running
from api.services import Services, services_for
from api.settings import Settings
from api.sized import Sized
from scheduling.clock import Clock, utc_now

SERVICE = Door(
    name="service",
    base="",
    routers=(health.router, documentation.router, auth.router, tokens.router, *optimizer.ROUTERS),
    access={**health.ACCESS, **documentation.ACCESS, **auth.ACCESS, **tokens.ACCESS, **optimizer.ACCESS},
    title="Timewright",
    more={"openapi_url": "/openapi.json", "version": "1"},
)
"""Health, signing in, and the optimizer's routes."""

DIALECTS: tuple[Door, ...] = (DIRECTOR,)
"""The products, each behind its own door."""


class WithoutSlash:
    """A path means the same with a slash at its end; a redirect would lose the body of a POST."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and len(scope["path"]) > 1 and scope["path"].endswith("/"):
            scope["path"] = scope["path"].rstrip("/") or "/"
        await self.app(scope, receive, send)


def create_app(settings: Settings, dialects: Sequence[Door] = DIALECTS, clock: Clock = utc_now) -> FastAPI:
    """dialects: the doors beside the service's own."""
    services = services_for(settings, clock)
    inner = [(door, open_door(door, services)) for door in dialects]
    app = open_door(SERVICE, services, inner, lifespan=_lifespan(services))
    running = Running()
    for opened in (app, *(opened for _, opened in inner)):
        opened.state.running = running
    app.add_middleware(WithoutSlash)
    app.add_middleware(Sized, limit=settings.largest_upload)
    app.add_middleware(Observing, metrics=services.metrics)
    return app


def _lifespan(services: Services):  # type: ignore[no-untyped-def]  # FastAPI's own type of it is private
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        services.store.close()

    return lifespan
