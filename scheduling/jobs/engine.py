"""The durable engine (DBOS, in the same database): which slices of a job are done outlives the process."""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event, Lock

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetWorkflowID
from sqlalchemy import make_url

from scheduling.jobs.ending import finish
from scheduling.jobs.slices import run_slice
from scheduling.jobs.standing import Standing
from scheduling.jobs.workshop import Workshop
from scheduling.store.base import Json
from scheduling.store.engine import parse_url

VERSION = "solve-1"
"""Of the workflow: raised when a job begun by an older program could not be taken up by this one."""
ENDED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
AT_ONCE = 1000
"""Jobs that are forgotten in one transaction."""
MOST_ATTEMPTS = 5
"""Times a job may begin again after its worker ended."""


class Engine:
    """One per process. active: ids of jobs at work in this process."""

    def __init__(self, url: str, workshop: Workshop) -> None:
        self.workshop, self.active, self.lock = workshop, set[str](), Lock()
        logging.getLogger("dbos").setLevel(logging.ERROR)
        engine = DBOS(config=_config(url, workshop.name))
        self.workflow = _define(self)
        DBOS.launch()
        # It would look every second for workflows that are delayed or have a deadline, of which we have none; on SQLite
        # each look keeps all others from writing.
        engine._background_jobs_stop_event.set()

    def start(self, job_id: str, organisation_id: str) -> None:
        """Begins the job here, unless the engine knows it already."""
        with self.lock:
            self.active.add(job_id)
        try:
            with SetWorkflowID(job_id):
                DBOS.start_workflow(self.workflow, job_id, organisation_id)
        except BaseException:
            with self.lock:
                self.active.discard(job_id)
            raise

    def recover(self, worker: str) -> None:
        """Makes the jobs of a worker that is dead ready to be taken up; safe to be repeated by several."""
        DBOS._recover_pending_workflows([worker])

    def status(self, job_id: str) -> str | None:
        """As the engine sees it ("PENDING", "SUCCESS", ...); None: it was never started."""
        found = DBOS.list_workflows(workflow_ids=[job_id], load_input=False, load_output=False)
        return found[0].status if found else None

    def forget(self, before: datetime) -> int:
        """How many jobs that ended before then the engine no longer knows; what came of them is in their own rows."""
        end = before.isoformat()
        old = DBOS.list_workflows(
            status=ENDED, completed_before=end, limit=AT_ONCE, load_input=False, load_output=False
        )
        if old:
            DBOS.delete_workflows([x.workflow_id for x in old])
        return len(old)

    def solve(self, job_id: str, organisation_id: str, one_slice: Callable[[str, str, Json], Json]) -> None:
        standing = Standing()
        with self.lock:
            self.active.add(job_id)
        try:
            while not standing.over:
                if self.workshop.leaving.is_set():
                    self._park(job_id)
                standing = Standing.model_validate(one_slice(job_id, organisation_id, standing.model_dump(mode="json")))
            finish(self.workshop.store, job_id, organisation_id, standing, self.workshop.name)
        finally:
            with self.lock:
                self.active.discard(job_id)

    def _park(self, job_id: str) -> None:
        """For the rest of the process, which is about to end: the next worker goes on from here."""
        with self.lock:
            self.active.discard(job_id)
        Event().wait()


def _define(engine: Engine) -> Callable[[str, str], None]:
    """The workflow and its step, by the names under which they are stored."""

    @DBOS.step(name="slice")
    def one_slice(job_id: str, organisation_id: str, before: Json) -> Json:
        standing = Standing.model_validate(before)
        return run_slice(engine.workshop, job_id, organisation_id, standing).model_dump(mode="json")

    @DBOS.workflow(name="solve", max_recovery_attempts=MOST_ATTEMPTS)
    def solve(job_id: str, organisation_id: str) -> None:
        engine.solve(job_id, organisation_id, one_slice)

    return solve


def _config(url: str, worker: str) -> DBOSConfig:
    plain = make_url(parse_url(url)).set(drivername=parse_url(url).get_backend_name())
    return {
        "name": "timewright",
        "system_database_url": plain.render_as_string(hide_password=False),
        "sys_db_pool_size": 5,
        "application_version": VERSION,
        "executor_id": worker,
        "serializer": DBOSPortableJSONSerializer(),
        "log_level": "ERROR",
        "console_log_level": "ERROR",
    }
