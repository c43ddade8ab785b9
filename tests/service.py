"""The service inside the test process, with demo data to sign in with."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import DIALECTS, create_app
from api.doors import Door
from api.services import Services
from api.settings import Settings, from_environment
from scheduling.demo import make
from scheduling.dialects import dialect
from scheduling.store import Tenant

SECRET = "0123456789-abcdefghijklmnopqrstuvwxyz"
CHEAP = {"argon2_time_cost": 1, "argon2_memory_cost": 8}


@dataclass
class StandingClock:
    """Stands still until it is moved."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


def settings_for(database: str, **changed: Any) -> Settings:
    return from_environment({}, **{"secret": SECRET, "database": database, "rate_limits": "off", **CHEAP, **changed})


class Service:
    """doors: beside the service's own; clock: stands still at the present unless moved."""

    def __init__(self, database: str, doors: Sequence[Door] = DIALECTS, **changed: Any) -> None:
        self.clock = StandingClock()
        self.settings = settings_for(database, **changed)
        self.app: FastAPI = create_app(self.settings, doors, self.clock)
        self.services: Services = self.app.state.services
        self._demos: dict[str, dict[str, Any]] = {}

    def demo(self, name: str) -> dict[str, Any]:
        """Demo data of a dialect, made at the first call: as `demo-data` prints it."""
        if name not in self._demos:
            self._demos |= make(self.services.store, self.services.identity, [dialect(name)], "tests")
        return self._demos[name]

    def client(self, name: str | None = None, key: str = "") -> TestClient:
        """A client with the token of a person of the demo ("director", "teacher_2"); without a name: nobody's."""
        token = self.demo(name)["tokens"][key] if name else None
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return TestClient(self.app, headers=headers, raise_server_exceptions=False)

    def with_cookie(self, name: str, key: str) -> TestClient:
        """A client with the session cookie of a person of the demo."""
        client = TestClient(self.app, raise_server_exceptions=False)
        client.cookies.set("session", self.demo(name)["cookies"][key])
        return client

    def tenant(self, name: str) -> Tenant:
        """The demo organisation of a dialect, to look into the store."""
        return Tenant(self.demo(name)["organisation"], "test")

    @cached_property
    def nobody(self) -> TestClient:
        return self.client()

    def close(self) -> None:
        self.services.store.close()
