"""A worker: takes jobs, and takes over those of workers that died."""

import time
from datetime import timedelta
from threading import Event
from uuid import uuid4

import structlog
from sqlalchemy import select

from scheduling.errors import Unavailable
from scheduling.jobs.alive import liveness
from scheduling.jobs.chores import Chore, begin, every
from scheduling.jobs.ending import give_up
from scheduling.jobs.engine import AT_ONCE, Engine
from scheduling.jobs.turns import take_next
from scheduling.jobs.workshop import Workshop
from scheduling.store import Store
from scheduling.store.tables import Job

PAUSE = 0.3
"""Seconds between looks for work."""
LOOK_AROUND = 2.0
"""Seconds between looks for workers that died."""
FORGETTING = 900.0
"""Seconds between looks for jobs that the engine need not know any longer."""
KNOWN = timedelta(days=1)
"""How long the engine knows a job after its end."""
LAST_WORDS = 3.0
"""Seconds that searches get to end when the worker is asked to."""

log = structlog.get_logger("timewright.worker")


class Worker:
    """at_once: jobs at the same time; threads: of each search, 0: one per core; chores: done beside the jobs."""

    def __init__(
        self, store: Store, url: str, at_once: int = 1, threads: int = 0, chores: tuple[Chore, ...] = ()
    ) -> None:
        self.store, self.at_once, self.chores = store, at_once, chores
        self.name = f"worker-{uuid4().hex}"
        self.workshop = Workshop(store, self.name, threads=threads)
        self.liveness = liveness(url, self.name)
        self.liveness.hold()
        self.engine = Engine(url, self.workshop)
        self.looked_around = 0.0

    def run(self, stop: Event) -> None:
        """Until stop is set. What is under way then goes on in another worker, or in the next one."""
        log.info("ready", worker=self.name)
        begin((*self.chores, every(FORGETTING, self.forget)), stop)
        waiting = False
        while not stop.wait(PAUSE):
            try:
                self.look()
                waiting = False
            except Unavailable as error:
                if not waiting:
                    log.warning("waiting for the database", reason=error.message)
                waiting = True
        self.leave()

    def look(self) -> None:
        if time.monotonic() - self.looked_around >= LOOK_AROUND:
            self.liveness.hold()
            self.look_around()
            self.looked_around = time.monotonic()
        while len(self.engine.active) < self.at_once:
            taken = take_next(self.store, self.name)
            if taken is None:
                return
            self.engine.start(*taken)

    def look_around(self) -> None:
        """Takes up what nobody works at any more."""
        with self.store.read_across() as session:
            running = session.scalars(select(Job).where(Job.status == "running")).all()
        left = [job for job in running if job.id not in self.engine.active and self._is_left(job)]
        for worker in {str(job.progress["worker"]) for job in left}:
            self.engine.recover(worker)
        for job in left:
            self._take_over(job)

    def _is_left(self, job: Job) -> bool:
        owner = str(job.progress["worker"])
        return owner == self.name or self.liveness.is_dead(owner)

    def _take_over(self, job: Job) -> None:
        status = self.engine.status(job.id)
        if status is None:  # it died between taking the job and beginning it
            self.engine.start(job.id, job.organisation_id)
        elif status not in ("PENDING", "ENQUEUED"):
            give_up(self.store, job.id, job.organisation_id)

    def forget(self) -> None:
        while self.engine.forget(self.store.clock() - KNOWN) == AT_ONCE:
            pass

    def leave(self) -> None:
        """Ends searches; their slices are stored with what they found."""
        self.workshop.leaving.set()
        end = time.monotonic() + LAST_WORDS
        while self.engine.active and time.monotonic() < end:
            time.sleep(0.05)
        self.liveness.release()
        log.info("ended", worker=self.name)
