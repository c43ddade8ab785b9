"""Rate limits per person (per address where nobody is signed in) and bucket. Buckets do not draw on each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from threading import Lock
from time import time
from typing import Literal

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.storage.memory import Entry
from limits.strategies import MovingWindowRateLimiter

from scheduling.errors import TooMany

LIMITS: dict[str, dict[str, str]] = {
    "": {
        "general": "6000/minute",
        "booking": "6000/minute",
        "availability": "6000/minute",
        "login": "60/minute",
        "public": "600/minute",
        "feed": "60/minute",
    },
    "academy": {"general": "100/minute; 1000/hour", "booking": "60/minute", "availability": "300/minute"},
}
"""By dialect and bucket; "" for dialects and buckets not named."""


IN_MEMORY = "memory://"
FORGET = 60.0
"""Seconds between two looks for requests that count no longer."""


@dataclass(frozen=True)
class Left:
    """limit: requests per window; remaining: of the tightest window; reset: Unix seconds when it is whole again."""

    limit: int
    remaining: int
    reset: int

    def headers(self) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(self.reset),
        }


class RateLimited(TooMany):
    """left: of the window that is full."""

    def __init__(self, message: str, retry_after: int, left: Left) -> None:
        super().__init__(message, retry_after)
        self.left = left


class Memory(MemoryStorage):
    """Moving windows of this process. What counts no longer is forgotten by whoever asks, now and then; its base starts
    a thread for that at nearly every request, which costs a tenth of the answer."""

    STORAGE_SCHEME: list[str] = []  # noqa: RUF012  # not to be had by an address

    def __init__(self) -> None:
        super().__init__()
        self.lock, self.forgotten_at = Lock(), time()

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        now, oldest = time(), limit - amount
        with self.lock:
            if now - self.forgotten_at >= FORGET:
                self._forget(now)
            latest = self.events.setdefault(key, [])
            free = oldest >= 0 and (len(latest) <= oldest or latest[oldest].atime < now - expiry)
            if free:
                latest[:0] = [Entry(expiry)] * amount
        return free

    def _forget(self, now: float) -> None:
        counting = {key: [entry for entry in latest if entry.expiry > now] for key, latest in self.events.items()}
        self.events, self.forgotten_at = {key: entries for key, entries in counting.items() if entries}, now


class Limiter:
    """changed: what differs from LIMITS, or "off"; storage: address for the limits library."""

    def __init__(self, changed: Mapping[str, Mapping[str, str]] | Literal["off"], storage: str) -> None:
        self.off = changed == "off"
        self.storage = _storage(storage)
        self.strategy = MovingWindowRateLimiter(self.storage)
        given = {} if isinstance(changed, str) else changed
        self.limits = {name: {**LIMITS.get(name, {}), **given.get(name, {})} for name in {*LIMITS, *given}}
        self.parsed: dict[tuple[str, str], list[RateLimitItem]] = {}

    def hit(self, dialect: str, bucket: str, who: str) -> Left | None:
        """Counts one request. RateLimited when a window is full; None when limits are off."""
        if self.off:
            return None
        items = self._items(dialect, bucket)
        # All windows are asked before any counts, so that a refused request uses up nothing.
        for item in items:
            if not self.strategy.test(item, bucket, who):
                raise self._refusal(item, bucket, who)
        for item in items:
            if not self.strategy.hit(item, bucket, who):
                raise self._refusal(item, bucket, who)
        return min((self._left(item, bucket, who) for item in items), key=lambda left: left.remaining)

    def _items(self, dialect: str, bucket: str) -> list[RateLimitItem]:
        if (dialect, bucket) not in self.parsed:
            text = self.limits.get(dialect, {}).get(bucket) or self.limits[""][bucket]
            self.parsed[dialect, bucket] = parse_many(text)
        return self.parsed[dialect, bucket]

    def _left(self, item: RateLimitItem, bucket: str, who: str) -> Left:
        window = self.strategy.get_window_stats(item, bucket, who)
        return Left(item.amount, max(0, window.remaining), ceil(window.reset_time))

    def _refusal(self, item: RateLimitItem, bucket: str, who: str) -> RateLimited:
        left = self._left(item, bucket, who)
        wait = min(max(1, ceil(left.reset - time())), item.get_expiry())
        text = f"Rate limit exceeded: at most {item.amount} requests per {item.get_expiry()} s; try again in {wait} s."
        return RateLimited(text, wait, left)


def _storage(address: str) -> Storage:
    if address == IN_MEMORY:
        return Memory()
    return storage_from_string(address)  # type: ignore[return-value]  # async ones have other names
