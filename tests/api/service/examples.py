"""How to call a route, for the table of permissions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

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
    that name no object, so that there is nothing of others to reach. fine: statuses of a success; hidden: of
    an object out of reach; strangers: where the role may not at all."""

    make: Callable[[Service, str, str], Call]
    objects: bool = True
    fine: tuple[int, ...] = (200, 201, 202, 204)
    hidden: tuple[int, ...] = (403, 404)
    strangers: tuple[int, ...] = (403,)


def plain(path: str) -> Example:
    """A call that names no object."""
    return Example(lambda *_: Call(path), objects=False)
