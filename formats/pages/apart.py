"""A PDF drawn by a process of its own: a long one keeps nobody else waiting, and its memory goes with the process."""

import os
import pickle
import resource
import signal
import subprocess
import sys
from collections.abc import Iterable
from math import ceil

from formats.grid import Layout
from formats.pages.pdf import draw_pdf

MOST_MEMORY = 2 * 10**9
"""Bytes of address space; a school of 200 classes takes a tenth."""
NICENESS = 5
"""Drawing steps back behind answering."""


class TookTooLong(Exception):
    """The pages were not drawn in time."""


def draw_apart(name: str, layouts: Iterable[Layout], seconds: float) -> bytes:
    """As `draw_pdf`. TookTooLong; RuntimeError with what the process said when it failed."""
    sent = pickle.dumps((name, tuple(layouts)))
    command = [sys.executable, "-m", "formats.pages.apart", str(ceil(seconds))]
    try:
        done = subprocess.run(command, input=sent, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as expired:
        raise TookTooLong from expired
    if done.returncode != 0:
        raise RuntimeError(f"drawing ended with {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout


def main(seconds: int) -> None:
    """Reads from standard input what its own program sent, writes the PDF to standard output."""
    signal.alarm(seconds + 1)  # also when whoever asked has gone
    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    name, layouts = pickle.load(sys.stdin.buffer)
    sys.stdout.buffer.write(draw_pdf(name, layouts))


if __name__ == "__main__":
    main(int(sys.argv[1]))
