"""Following a search from outside: its news become the job's progress, and it ends when the job does."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import update

from scheduling.errors import Unavailable
from scheduling.jobs.priority import step_back
from scheduling.jobs.standing import Standing
from scheduling.store import Store, Tenant
from scheduling.store.base import Json
from scheduling.store.tables import Job

if TYPE_CHECKING:
    from solver import Progress

T = TypeVar("T")

LOOK = 0.25
"""Seconds between looks at the job."""
NEWS, TELL = 1.0, 2.0
"""Seconds after which progress is told if there is news, and if there is none."""


@dataclass
class Watch:
    """One slice of a job at one worker. leaving: set when the worker is asked to end; before: None for a task.

    After `follow`, `lost` says whether the job was cancelled, or taken over by another worker."""

    store: Store
    tenant: Tenant
    job_id: str
    worker: str
    leaving: Event
    before: Standing | None
    stop: Event = field(default_factory=Event)
    last: "Progress | None" = None
    told: "Progress | None" = None
    told_at: float = 0.0
    lost: bool = False

    def follow(self, search: Callable[[], T]) -> T:
        """Runs the search in a thread of its own, behind all others. search: ends soon after `stop` is set."""
        began = time.monotonic()
        with ThreadPoolExecutor(1, "search", step_back) as threads:
            future = threads.submit(search)
            try:
                while not _done(future):
                    self._look(time.monotonic() - began)
            finally:
                self.stop.set()
        return future.result()

    def _look(self, seconds: float) -> None:
        if self.leaving.is_set():
            self.stop.set()
        try:
            progress = None if self.lost else self._progress()
            self.lost = progress is None
            if progress is None:
                self.stop.set()
            elif seconds - self.told_at >= (TELL if self.last is self.told else NEWS):
                self._tell(progress, seconds)
        except Unavailable:
            pass  # searching goes on without the database; it is asked again at the next look

    def _progress(self) -> Json | None:
        """As it was told last; None when the job is not ours any more."""
        with self.store.read(self.tenant) as session:
            job = session.get_one(Job, self.job_id)
            return job.progress if job.status == "running" and job.progress.get("worker") == self.worker else None

    def _tell(self, before: Json, seconds: float) -> None:
        """In one statement: a search beside it leaves this thread little time, and nobody shall wait for that."""
        news = self.last
        ours = (Job.id == self.job_id, Job.status == "running", Job.progress["worker"].as_string() == self.worker)
        now = {**before, **progress_of(self.before, news, seconds)}
        with self.store.write_alone(self.tenant) as session:
            session.execute(update(Job).where(*ours).values(progress=now).execution_options(synchronize_session=False))
        self.told, self.told_at = news, seconds


def progress_of(before: Standing | None, news: "Progress | None", seconds: float) -> Json:
    """objective: penalty of the best timetable; unplaced: periods; placed: lessons; seconds: of search in all."""
    if before is None:
        return {"seconds": round(seconds, 1)}
    found: Json = {"seconds": round(before.seconds + seconds, 1), "bound": before.bound, "slices": before.slices}
    if news is None:
        return found
    return found | {
        "objective": news.objective,
        "bound": max(before.bound, news.bound or 0),
        "hard": news.hard,
        "unplaced": news.unplaced,
        "placed": news.placed,
        "found_by": news.source,
    }


def _done(future: Future[T]) -> bool:
    try:
        future.exception(LOOK)
    except NotYet:
        return False
    return True
