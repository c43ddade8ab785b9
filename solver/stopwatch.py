"""Time that passed, and how much of it was spent working: a busy machine makes the first longer, not the second."""

import time


class Stopwatch:
    """Runs from when it is made."""

    def __init__(self) -> None:
        self._began, self._began_working = time.monotonic(), time.process_time()

    @property
    def elapsed(self) -> float:
        """Seconds of wall-clock time."""
        return time.monotonic() - self._began

    @property
    def worked(self) -> float:
        """Processor seconds of this process with all its threads, at most those that passed."""
        return min(self.elapsed, time.process_time() - self._began_working)
