"""timewright worker: does the long work of the service; as many as wanted, on any machine with the same database."""

import os
import signal
import sys
from functools import partial
from threading import Event, Thread

from api.console import Output
from api.posting import post_of
from api.verbs.operate import operating

CHECKPOINT = 1.0
"""Seconds between two checkpoints of SQLite's log."""
MAILS = 2.0
"""Seconds between looks for mails and webhooks."""
PRUNING = 900.0
"""Seconds between looks for what need not be kept any longer."""


def worker(database: str | None, at_once: int, threads: int, with_parent: bool, out: Output) -> int:
    """with_parent: ends when standard input is closed, as it is when the process that started it has gone."""
    from api.logs import configure
    from scheduling.jobs.chores import every
    from scheduling.jobs.worker import Worker
    from scheduling.outbox import Outbox
    from scheduling.pruning import prune
    from scheduling.webhooks.sending import Dispatcher

    configure(sys.stderr.isatty())
    stop = _until_asked(with_parent)
    with operating(database=database) as service:
        settings, store = service.settings, service.store
        chores = (
            every(CHECKPOINT, store.checkpoint),
            every(MAILS, Outbox(store, post_of(settings)).deliver),
            every(MAILS, Dispatcher(store, service.identity.sealer, settings.webhooks_private).deliver),
            every(PRUNING, partial(prune, store, settings.keep_sent_days)),
        )
        made = Worker(store, settings.database_url, at_once, threads, chores)
        out.say("Working on the jobs of the service. Ctrl-C ends it; what is under way goes on at the next worker.")
        made.run(stop)
    # A search may still be at work in its thread; what it would find is made again from its last slice.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _until_asked(with_parent: bool) -> Event:
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    if with_parent:
        Thread(target=_follow, args=(stop,), daemon=True).start()
    return stop


def _follow(stop: Event) -> None:
    sys.stdin.buffer.read()
    stop.set()
