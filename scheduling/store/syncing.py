"""What was committed reaches the disk: one sync for all transactions that wait for it, while others go on writing."""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Lock


class Syncing:
    """log: SQLite's write-ahead log. A commit that does not sync it holds up nobody; who committed waits here.
    SQLite holds its locks on other files, so that closing this one lets go of none.

    opened: how often connections were; named: how often when the log's folder was synced."""

    def __init__(self, log: Path) -> None:
        self.log, self.one, self.counting = log, Lock(), Lock()
        self.asked = self.done = 0
        self.opened, self.named = 1, 0

    def renewed(self) -> None:
        """To be told when a connection is opened: the log may be a new file, whose name is not on the disk yet."""
        self.opened += 1

    def wait(self) -> None:
        """Returns when everything committed before has been synced. OSError."""
        with self.counting:
            self.asked += 1
            mine = self.asked
        with self.one:
            if self.done >= mine:
                return
            with self.counting:
                all_so_far = self.asked
            self._sync()
            self.done = all_so_far

    def _sync(self) -> None:
        """Without a log everything is in the database's file already, and synced."""
        opened = self.opened
        if not self.log.exists():
            return
        _sync(self.log, os.O_RDWR, getattr(os, "fdatasync", os.fsync))
        if opened != self.named and os.name != "nt":
            _sync(self.log.parent, os.O_RDONLY, os.fsync)
            self.named = opened


def _sync(path: Path, flags: int, sync: Callable[[int], None]) -> None:
    opened = os.open(path, flags)
    try:
        sync(opened)
    finally:
        os.close(opened)
