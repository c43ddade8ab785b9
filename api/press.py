"""Draws PDFs for the service: short ones at once, long ones one after the other in processes of their own."""

from collections.abc import Iterable
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from scheduling.errors import TooMany, Unavailable

if TYPE_CHECKING:
    from formats.grid import Layout

SHORT = 4
"""Pages that take less time than starting a process."""
AT_ONCE = 1
"""Long documents of one server; others wait."""
PATIENCE = 10.0
"""Seconds that a request waits for its turn."""


class Press:
    """seconds: the longest that drawing may take."""

    def __init__(self, seconds: float, patience: float = PATIENCE) -> None:
        self.seconds, self.patience = seconds, patience
        self.turns = BoundedSemaphore(AT_ONCE)

    def draw(self, name: str, layouts: "Iterable[Layout]") -> bytes:
        """A PDF; name: of the school. TooMany while others print; Unavailable when it takes too long."""
        pages = list(layouts)
        if len(pages) > SHORT:
            return self._long(name, pages)
        from formats.pages.pdf import draw_pdf

        return draw_pdf(name, pages)

    def _long(self, name: str, pages: "list[Layout]") -> bytes:
        from formats.pages.apart import TookTooLong, draw_apart

        if not self.turns.acquire(timeout=self.patience):
            raise TooMany("Others are printing; try again shortly, or print one class or teacher.", retry_after=10)
        try:
            return draw_apart(name, pages, self.seconds)
        except TookTooLong as error:
            raise Unavailable(
                f"Drawing {len(pages)} pages took longer than {self.seconds:g} s; print fewer, or as .html."
            ) from error
        finally:
            self.turns.release()
