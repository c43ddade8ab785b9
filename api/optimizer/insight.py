"""What is answered at once: why not there, what differs between two timetables, how good and how robust one is."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.entrance import ForTenant, Found
from api.optimizer.access import COMPUTING, LOOKING
from api.optimizer.held import HeldTimetable, OfTimetable, held
from api.permissions import Access
from api.summary import of_score
from models.compare import compare
from models.robustness import robustness
from models.score import score, violations
from models.what_if import WhatIf
from scheduling.errors import Conflict, Invalid
from scheduling.tasks import Refused
from scheduling.tasks.base import Name, Ref, Times
from scheduling.tasks.place import answered, place_at
from scheduling.told import of_comparison, of_robustness, of_why_not

router = APIRouter(prefix="/v1", tags=["insight"])

ACCESS: dict[str, Access] = {
    "GET /v1/timetables/{timetable_id}/score": LOOKING,
    "GET /v1/timetables/{timetable_id}/diff/{other_id}": LOOKING,
    "GET /v1/timetables/{timetable_id}/robustness": LOOKING,
    "POST /v1/why-not": COMPUTING,
    "POST /v1/diff": COMPUTING,
}


class Question(BaseModel):
    """lesson: id or title; at: a time such as "Mon P3", else all; room: this one, else the best for each time."""

    model_config = ConfigDict(extra="forbid")

    timetable: Ref
    lesson: Name
    at: Times | None = None
    room: Name | None = None


class Two(BaseModel):
    """Ids of two timetables of one school."""

    model_config = ConfigDict(extra="forbid")

    before: Annotated[str, Field(max_length=36)]
    after: Annotated[str, Field(max_length=36)]


@router.post("/why-not")
def why_not(body: Question, tenant: ForTenant, found: Found) -> dict[str, Any]:
    """For each place of a lesson what speaks against it, what is in the way and what it costs; the best places and
    swaps. Nothing else moves; for that see /v1/why-not/exact."""
    with found.store.read(tenant) as session:
        board = found.boards.of(session, body.timetable, lambda: _laid_out(held(session, body.timetable)))
    problem = board.what_if.problem
    try:
        with board.alone:
            answer = answered(board.what_if, body.lesson, body.room)
        return of_why_not(problem, answer, None if body.at is None else place_at(problem, answer, body.at))
    except Refused as refused:
        raise Invalid(refused.sentence) from refused


def _laid_out(of: HeldTimetable) -> WhatIf:
    return WhatIf(of.problem, of.timetable)


@router.post("/diff")
def diff(body: Two, tenant: ForTenant, found: Found) -> dict[str, Any]:
    """As GET /v1/timetables/{before}/diff/{after}."""
    with found.store.read(tenant) as session:
        return _compared(held(session, body.before), held(session, body.after))


@router.get("/timetables/{timetable_id}/diff/{other_id}")
def get_difference(other_id: str, of: OfTimetable, tenant: ForTenant, found: Found) -> dict[str, Any]:
    """What changes from this timetable to the other, lesson by lesson and rule by rule."""
    with found.store.read(tenant) as session:
        return _compared(of, held(session, other_id))


def _compared(before: HeldTimetable, after: HeldTimetable) -> dict[str, Any]:
    try:
        return of_comparison(before.problem, compare(before.problem, before.timetable, after.timetable))
    except ValueError as error:
        raise Conflict(f"The two timetables are of different schools: {error}.") from error


@router.get("/timetables/{timetable_id}/score")
def get_score(of: OfTimetable) -> dict[str, Any]:
    """Judged anew by the definitions of the rules: in all, by rule, and each violation as a sentence."""
    judged = of_score(of.problem, of.timetable, score(of.problem, of.timetable))
    told = [
        {"rule": v.rule.name, "hard": v.rule.weight is None, "amount": v.amount, "penalty": v.penalty, "sentence": s}
        for v in violations(of.problem, of.timetable)
        if (s := v.sentence)
    ]
    return {**judged, "violations": told}


@router.get("/timetables/{timetable_id}/robustness")
def get_robustness(of: OfTimetable) -> dict[str, Any]:
    """Who and what is free in each period, and which periods are weak: nobody qualified free, no other room."""
    return of_robustness(robustness(of.problem, of.timetable))
