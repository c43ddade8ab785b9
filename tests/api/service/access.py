"""Examples of calls, for the table of route × role × {own, other person, other tenant}.

Every route that is not public has an example. A dialect lists its own in a file beside its tests and adds them to
EXAMPLES.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import Mount

from api.permissions import Access
from tests.api.service.examples import Call, Example, plain
from tests.api.service.optimizer import EXAMPLES as OPTIMIZER_EXAMPLES
from tests.dialects.director.access import EXAMPLES as DIRECTOR_EXAMPLES
from tests.service import Service


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


def token_of(service: Service, dialect: str, owner: str) -> Call:
    """Revoking a token of the owner, not the one that signs the request."""
    client = service.client(dialect, owner)
    client.post("/auth/tokens", json={"name": "x"})
    spare = next(token["id"] for token in client.get("/auth/tokens").json() if token["name"] == "x")
    return Call(f"/auth/tokens/{spare}")


EXAMPLES: dict[str, Example] = {
    **DIRECTOR_EXAMPLES,
    **OPTIMIZER_EXAMPLES,
    "GET /auth/me": plain("/auth/me"),
    "POST /auth/logout": plain("/auth/logout"),
    "GET /auth/tokens": plain("/auth/tokens"),
    "POST /auth/tokens": Example(lambda *_: Call("/auth/tokens", {"name": "x"}), objects=False),
    "DELETE /auth/tokens/{token_id}": Example(token_of),
}
