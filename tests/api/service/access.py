"""Examples of calls, for the table of route × role × {own, other person, other tenant}.

Every route that is not public has an example. A dialect lists its own in a file beside its tests and adds them to
EXAMPLES.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import Mount

from api.permissions import Access
from tests.service import Service


@dataclass(frozen=True)
class Call:
    """path: below the door's base; json: None for no body."""

    path: str
    json: Any = None
    content: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Example:
    """make: given the service, a dialect and whose it shall be ("director", "teacher_2", "other_tenant_teacher"), makes
    an object of that person, through the store or the API, and returns the call that uses it. objects: False for routes
    that name no object, so that there is nothing of others to reach. fine: statuses of a success."""

    make: Callable[[Service, str, str], Call]
    objects: bool = True
    fine: tuple[int, ...] = (200, 201, 202, 204)
    hidden: tuple[int, ...] = (403, 404)


@dataclass(frozen=True)
class Route:
    """key: "METHOD /path" with the door's base."""

    key: str
    base: str
    method: str
    access: Access
    endpoint: APIRoute


def routes(app: FastAPI, base: str = "") -> Iterator[Route]:
    """Of the service and all its doors."""
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, Mount) and isinstance(route.app, FastAPI):
            yield from routes(route.app, base + route.path)
        if isinstance(route, APIRoute):
            for method in sorted(route.methods or ()):
                access = app.state.access[f"{method} {route.path}"]
                yield Route(f"{method} {base}{route.path}", base, method, access, route)


def plain(path: str) -> Example:
    """A call that names no object."""
    return Example(lambda *_: Call(path), objects=False)


EXAMPLES: dict[str, Example] = {
    "GET /auth/me": plain("/auth/me"),
    "POST /auth/logout": plain("/auth/logout"),
}
