"""Cover for absent teachers: the use case behind the command line and the service."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from models.cover.plan import CoverPlan, Decision, How
from models.cover.reasons import sentence, what
from models.cover.request import CoverRequest
from models.cover.scene import Scene
from models.problem import Problem
from models.rules.base import counted
from models.timetable import Timetable
from solver.cover import cover
from solver.limits import Limits

LIMITS = Limits(seconds=30.0)


@dataclass(frozen=True)
class Substitution:
    """A plan with the timetable it is for."""

    problem: Problem
    timetable: Timetable
    request: CoverRequest
    plan: CoverPlan

    @cached_property
    def _scene(self) -> Scene:
        return Scene(self.problem, self.timetable, self.request)

    @property
    def sentences(self) -> list[str]:
        """Each decision in one line, by time."""
        return [sentence(self._scene, decision) for decision in self.plan.decisions]

    @property
    def summary(self) -> str:
        """What the plan does, and what is proven about it."""
        decisions = self.plan.decisions
        if not decisions:
            return "No lesson needs cover."
        told = [f"{n} {WORDS[how]}" for how in How if (n := sum(d.how is how for d in decisions))]
        claim = (
            "no other plan costs less" if self.plan.proven else f"best found, none costs less than {self.plan.bound}"
        )
        return f"{counted(len(decisions), 'lesson')}: {', '.join(told)}. Cost {self.plan.cost}; {claim}."

    @property
    def counts(self) -> dict[str, int]:
        """Teacher -> parts covered, this plan included: the counts of the next request in the same window."""
        return {**self.request.counts, **self.plan.counts}

    def rows(self) -> list["Row"]:
        """The plan as a table, one row for each person or way."""
        return [row for decision in self.plan.decisions for row in self._rows(decision)]

    def _rows(self, decision: Decision) -> Iterable["Row"]:
        scene, lesson = self._scene, self.problem.lesson[decision.lesson]
        place = scene.board.placed[lesson.id]
        rooms = ", ".join(r for r in place.rooms if r is not None)
        about = (", ".join(lesson.classes), lesson.subject, rooms, ", ".join(decision.absent))
        why = ", ".join(decision.reasons)
        if decision.how is not How.COVER:
            yield Row(scene.grid.label(decision.cells[0]), *about, what(scene, decision), why)
        for duty in decision.duties:
            yield Row(scene.grid.label(duty.cells[0]), *about, duty.teacher, why)


@dataclass(frozen=True)
class Row:
    """when: first period; what: who covers, or what happens instead."""

    when: str
    classes: str
    subject: str
    rooms: str
    absent: str
    what: str
    why: str


WORDS = {
    How.COVER: "covered",
    How.ALONE: "by the co-teacher",
    How.MOVE: "moved",
    How.SWAP: "swapped",
    How.MERGE: "taught together",
    How.STUDY: "left to supervised study",
    How.OPEN: "open",
}


def substitute(
    problem: Problem,
    timetable: Timetable,
    request: CoverRequest,
    limits: Limits = LIMITS,
    cancel: Callable[[], bool] = lambda: False,
) -> Substitution:
    """The cheapest joint plan for all absences. ValueError for a request that does not fit the problem."""
    return Substitution(problem, timetable, request, cover(problem, timetable, request, limits, cancel))
