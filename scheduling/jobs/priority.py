"""Searching steps back behind answering, thread by thread: whoever writes into the database holds others up for as long
as he waits for his turn at the processor, so that only threads that search are put back."""

import os
import sys
import threading

NICENESS = 10
"""How far, as `nice` counts."""
BY_THREADS = sys.platform == "linux"
"""Whether a thread can step back without its process."""


def step_back() -> None:
    """Of the calling thread and those that it starts from now on; nothing where only whole processes can."""
    if BY_THREADS:
        thread = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + NICENESS)
