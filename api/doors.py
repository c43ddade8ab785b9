"""A door: an HTTP application of its own with its routes, permissions and way of telling failures."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from api import problem_details
from api.describing import Described
from api.entrance import enter
from api.failures import Failure, failure_of
from api.permissions import Access
from api.services import Services
from scheduling.errors import SchedulingError

Render = Callable[[Request, Failure], Response]
"""Turns a failure into the door's answer."""

log = structlog.get_logger("timewright.door")


@dataclass(frozen=True)
class Door:
    """name: for the audit; base: where it is mounted, "" for the service itself; access: "METHOD /path" as in the
    routers, for each route; render: how it tells failures; failures: the same in words of OpenAPI."""

    name: str
    base: str
    routers: tuple[APIRouter, ...]
    access: Mapping[str, Access]
    render: Render = problem_details.render
    failures: Mapping[str, Any] = field(default_factory=problem_details.described)
    title: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


class CatchAll:
    """Answers a mistake of the program like any other failure: the framework's own handler breaks the connection."""

    def __init__(self, app: ASGIApp, render: Render) -> None:
        self.app, self.render = app, render

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Any) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            if scope["type"] != "http" or started:
                raise
            request = Request(scope)
            await _answer(request, error, self.render)(scope, receive, send)


def open_door(door: Door, services: Services, inner: Iterable[tuple[Door, FastAPI]] = (), **options: Any) -> FastAPI:
    """The door as an application. RuntimeError for a route without permission, or a permission without route.

    inner: doors behind this one, at bases where it has no routes itself; they are looked at first, as one look at a
    base spares many at routes.
    """
    app = Described(
        title=door.title or door.name,
        responses={"default": dict(door.failures)},
        dependencies=[Depends(enter)],
        redirect_slashes=False,
        **{"docs_url": None, "redoc_url": None, "openapi_url": None, **door.more, **options},
    )
    for behind, opened in inner:
        app.mount(behind.base, opened, name=behind.name)
    for router in door.routers:
        app.include_router(router)
    app.state.services, app.state.access, app.state.door = services, dict(door.access), door.name
    check_access(app, door.access)
    handle_failures(app, door.render)
    return app


def handle_failures(app: FastAPI, render: Render) -> None:
    async def handler(request: Request, error: Exception) -> Response:
        return _answer(request, await _first_refusal(request, error), render)

    for kind in (SchedulingError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, handler)
    app.add_middleware(CatchAll, render=render)


async def _first_refusal(request: Request, error: Exception) -> Exception:
    """A body that cannot be read is noticed before the entrance; strangers are still told to sign in first."""
    if isinstance(error, RequestValidationError) and not hasattr(request.state, "entered"):
        try:
            await enter(request)
        except SchedulingError as refusal:
            return refusal
    return error


def _answer(request: Request, error: Exception, render: Render) -> Response:
    failure = failure_of(error)
    if failure.code == "unavailable":
        log.error("unavailable", reason=failure.message, cause=_origin(error))
    elif failure.status >= 500:
        log.error("failed", code=failure.code, exc_info=error)
    return render(request, failure)


def _origin(error: BaseException) -> str:
    """What it began with, such as the words of the database's driver."""
    while error.__cause__ is not None:
        error = error.__cause__
    return f"{type(error).__name__}: {error}"


def routes_of(app: FastAPI) -> set[str]:
    """ "METHOD /path" of every route of the application itself, without those mounted in it."""
    routes = [context.original_route for context in iter_route_contexts(app.routes)]
    ours = [route for route in routes if isinstance(route, APIRoute)]
    return {f"{method} {route.path}" for route in ours for method in route.methods or ()}


def check_access(app: FastAPI, access: Mapping[str, Access]) -> None:
    routes = routes_of(app)
    for missing in sorted(routes - set(access)):
        raise RuntimeError(f"{missing} has no permission: add it to the access table of its door")
    for unused in sorted(set(access) - routes):
        raise RuntimeError(f"the access table names {unused}, which is no route")
