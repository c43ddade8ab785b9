"""What routes begin with: a problem or a timetable of the store, read in one view."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from api.entrance import ForTenant, Found
from models.problem import Problem
from models.timetable import Timetable
from scheduling import library
from scheduling.store import StoreSession
from scheduling.store.tables import StoredProblem, StoredTimetable


@dataclass(frozen=True)
class HeldProblem:
    row: StoredProblem
    problem: Problem


@dataclass(frozen=True)
class HeldTimetable:
    """problem: the one it is of."""

    row: StoredTimetable
    problem: Problem
    timetable: Timetable


def _problem(problem_id: str, tenant: ForTenant, found: Found) -> HeldProblem:
    with found.store.read(tenant) as session:
        row = library.problem_row(session, problem_id)
        return HeldProblem(row, library.problem_in(row))


def _timetable(timetable_id: str, tenant: ForTenant, found: Found) -> HeldTimetable:
    with found.store.read(tenant) as session:
        return held(session, timetable_id)


def held(session: StoreSession, timetable_id: str) -> HeldTimetable:
    row = library.timetable_row(session, timetable_id)
    problem = library.problem_in(library.problem_row(session, row.problem_id))
    return HeldTimetable(row, problem, library.timetable_in(row))


OfProblem = Annotated[HeldProblem, Depends(_problem)]
"""Parameter of a route with {problem_id}."""
OfTimetable = Annotated[HeldTimetable, Depends(_timetable)]
"""Parameter of a route with {timetable_id}."""
