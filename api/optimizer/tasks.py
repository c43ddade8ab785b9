"""Repair, explain, fixes, alternatives, cover and the exact cost of a place: jobs that end with a result and with
timetables; POST /v1/jobs/{id}/fixes/{number} carries out a fix that was found."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response
from pydantic import BaseModel

from api.entrance import ForTenant, Found
from api.once import Answer
from api.optimizer.jobs import JobOut, job_out
from api.permissions import PLANNING, Access
from api.services import Services
from scheduling import jobs
from scheduling.errors import Invalid
from scheduling.fixing import apply_fix
from scheduling.store import StoreSession, Tenant
from scheduling.tasks import Alternatives, Cover, ExactPlace, Explain, Fixes, Refused, Repair, Task

router = APIRouter(prefix="/v1", tags=["tasks"])

ACCESS: dict[str, Access] = {
    "POST /v1/repair": PLANNING,
    "POST /v1/explain": PLANNING,
    "POST /v1/fixes": PLANNING,
    "POST /v1/alternatives": PLANNING,
    "POST /v1/cover": PLANNING,
    "POST /v1/why-not/exact": PLANNING,
    "POST /v1/jobs/{job_id}/fixes/{number}": PLANNING,
}


@dataclass(frozen=True)
class Asking:
    """Begins a job, after what can be checked without a search."""

    services: Services
    tenant: Tenant
    answer: Answer

    def __call__(self, task: Task) -> Response:
        with self.services.store.read(self.tenant) as session:
            material = jobs.material_of(session, task)
        try:
            task.check(material)
        except Refused as refused:
            raise Invalid(refused.sentence) from refused
        return self.answer(lambda session: job_out(jobs.submit_task(session, task)), 202)


async def _asking(found: Found, tenant: ForTenant, answer: Answer) -> Asking:
    return Asking(found, tenant, answer)


Ask = Annotated[Asking, Depends(_asking)]
"""Parameter of a route that begins the job of a task."""
begins = partial(router.post, status_code=202, response_model=JobOut)
"""Declares such a route."""


@begins("/repair")
def repair(body: Repair, ask: Ask) -> Response:
    """The timetable that keeps all hard rules after changes, with the fewest lessons moved, and whether fewer are
    impossible. Its result names the new timetable and, where the school changed, the new problem."""
    return ask(body)


@begins("/explain")
def explain(body: Explain, ask: Ask) -> Response:
    """Why there is no timetable: the few facts that cannot hold together, each with its sheet and cell."""
    return ask(body)


@begins("/fixes")
def fixes(body: Fixes, ask: Ask) -> Response:
    """The cheapest changes that would make a timetable possible, each proven by one."""
    return ask(body)


@begins("/alternatives")
def alternatives(body: Alternatives, ask: Ask) -> Response:
    """Several timetables that really differ, along the trade-off of a few goals."""
    return ask(body)


@begins("/cover")
def cover(body: Cover, ask: Ask) -> Response:
    """Who takes the lessons of absent teachers, for all absences together."""
    return ask(body)


@begins("/why-not/exact")
def exact_place(body: ExactPlace, ask: Ask) -> Response:
    """What it costs to have a lesson at a time when all others may make way."""
    return ask(body)


class Applied(BaseModel):
    """problem: the new version of the school; timetable: one that proves it possible; changes: in a sentence."""

    problem: str
    name: str
    hash: str
    timetable: str
    changes: str


@router.post("/jobs/{job_id}/fixes/{number}", status_code=201, response_model=Applied)
def apply(job_id: str, number: Annotated[int, Path(ge=1, le=1000)], answer: Answer) -> Response:
    """Carries out a fix: a new version of the school, beside the old one."""
    return answer(lambda session: _applied(session, job_id, number), 201)


def _applied(session: StoreSession, job_id: str, number: int) -> Applied:
    problem, timetable, changes = apply_fix(session, job_id, number)
    return Applied(problem=problem.id, name=problem.name, hash=problem.hash, timetable=timetable.id, changes=changes)
