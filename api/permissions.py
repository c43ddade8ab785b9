"""Who may call which route. Every route of every door has an entry; a door with a route without one does not open."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

from scheduling.dialects import DIALECTS
from scheduling.identity import Caller


class Reach(IntEnum):
    """How far a role reaches: what concerns the person alone, or all of the organisation."""

    OWN = 1
    ALL = 2


OWN, ALL = Reach.OWN, Reach.ALL

Roles = Mapping[str, Mapping[str, Reach]]
"""Dialect, then role of that dialect."""


@dataclass(frozen=True)
class Access:
    """roles: None: anybody, signed in or not; bucket: of the rate limits; key: whether a POST takes an Idempotency-Key
    (False needs a reason at the place); writes: None: by the method, False for a POST that only reads."""

    roles: Roles | None
    bucket: str = "general"
    key: bool = True
    writes: bool | None = None

    def reach(self, caller: Caller) -> Reach | None:
        """The farthest of the caller's roles; None: not allowed."""
        granted = (self.roles or {}).get(caller.dialect, {})
        return max((granted[role] for role in caller.roles if role in granted), default=None)

    def scope(self, method: str) -> str:
        """What an API token needs: "read" or "write"."""
        writes = method not in ("GET", "HEAD", "OPTIONS") if self.writes is None else self.writes
        return "write" if writes else "read"


def roles_of(dialect: str, **reaches: Reach) -> Roles:
    """For a door of one dialect: roles_of("director", director=ALL, teacher=OWN)."""
    return {dialect: reaches}


def every_role(reach: Reach) -> Roles:
    """Everybody who is signed in, of any dialect."""
    return {dialect.name: dict.fromkeys(dialect.roles, reach) for dialect in DIALECTS}


PLANNERS: Roles = {
    "academy": {"super_admin": ALL, "program_admin": ALL},
    "fitness": {"admin": ALL},
    "director": {"super_admin": ALL, "owner": ALL, "director": ALL},
    "culturebridge": {"admin": ALL},
    "estuary": {"admin": ALL, "staff": ALL},
    "optimizer": {"admin": ALL, "planner": ALL},
}
"""Those who make timetables, in the words of each dialect."""

ADMINS: Roles = {
    "academy": {"super_admin": ALL},
    "fitness": {"admin": ALL},
    "director": {"super_admin": ALL, "owner": ALL, "director": ALL},
    "culturebridge": {"admin": ALL},
    "estuary": {"admin": ALL},
    "optimizer": {"admin": ALL},
}
"""Those who look after people and settings."""

PUBLIC = Access(None)
SIGNED_IN = Access(every_role(OWN))
PLANNING = Access(PLANNERS)
VIEWING = Access({**every_role(OWN), **{name: {**every_role(OWN)[name], **roles} for name, roles in PLANNERS.items()}})
ADMINISTERING = Access(ADMINS)


def in_bucket(access: Access, bucket: str) -> Access:
    return replace(access, bucket=bucket)
