"""What the routes work with. Made once by create_app and found at `request.app.state`: there are no globals."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from fastapi import Request

from api.boards import Boards
from api.finished import Finished
from api.identifying import identity_for
from api.limiting import Limiter
from api.metrics import Metrics
from api.press import Press
from api.settings import Settings
from scheduling.clock import Clock, utc_now
from scheduling.identity import Identity
from scheduling.store import Store


@dataclass(frozen=True)
class Services:
    settings: Settings
    store: Store
    identity: Identity
    limiter: Limiter
    metrics: Metrics
    press: Press
    finished: Finished
    boards: Boards


def services_for(settings: Settings, clock: Clock = utc_now) -> Services:
    """Opens nothing yet but what a folder needs."""
    store = Store(settings.database_url, clock)
    return Services(
        settings,
        store,
        identity_for(settings, store),
        Limiter(settings.rate_limits, settings.rate_limit_storage),
        Metrics(),
        Press(settings.print_seconds),
        Finished(),
        Boards(),
    )


def services(request: Request) -> Services:
    """Of the app that serves the request, also inside a door."""
    found: Services = request.app.state.services
    return found


T = TypeVar("T")


def at_once(read: Callable[[Request], T]) -> Callable[[Request], Awaitable[T]]:
    """What `read` finds in a request, as a dependency: the framework would send a plain function to a thread, which
    costs more than all that these do."""

    async def dependency(request: Request) -> T:
        return read(request)

    return dependency
