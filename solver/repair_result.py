"""What a repair hands back, and how a director would say it."""

from dataclasses import dataclass
from functools import cached_property

from models.problem import Problem
from models.rules.base import counted
from models.timetable import Change, Timetable
from solver.old_places import Amount, Person
from solver.result import Status


@dataclass(frozen=True)
class Repair:
    """status: OPTIMAL (fewest changes, proven), FEASIBLE (a repair), INFEASIBLE (proven twice: no repair exists) or
    UNKNOWN. timetable: the repaired one. amount: what it changes. at_least: so many lessons must move to another time
    in any repair. changes: from the old timetable. affected: teachers and classes whose lessons change.
    most: how many lessons were allowed to move. problem: with locked lessons pinned, for an explanation.
    """

    status: Status
    problem: Problem
    timetable: Timetable | None = None
    amount: Amount | None = None
    at_least: int = 0
    changes: tuple[Change, ...] = ()
    affected: frozenset[Person] = frozenset()
    most: int | None = None
    seconds: float = 0.0

    @property
    def proven(self) -> bool:
        """Whether no repair changes less."""
        return self.status is Status.OPTIMAL

    @property
    def allowed(self) -> bool:
        """Whether a repair was found that moves no more lessons than allowed."""
        return self.amount is not None and (self.most is None or self.amount.moves <= self.most)

    @cached_property
    def sentence(self) -> str:
        """What the repair does and what is proven about it."""
        if self.amount is None:
            return self._without_repair()
        if not self.changes:
            return "Nothing has to change."
        verb = "moves" if self.amount.moves == 1 else "move"
        told = [f"{counted(self.amount.moves, 'lesson')} {verb}"] if self.amount.moves else []
        given = ((self.amount.teachers, "teacher"), (self.amount.rooms, "room"))
        told += [f"{counted(n, what)} {'changes' if n == 1 else 'change'}" for n, what in given if n]
        told += [f"{self.amount.makeshift} of these makeshift"] if self.amount.makeshift else []
        told += self._added_and_removed()
        claim = f"best found, at least {self.at_least} must move"
        if self.proven:
            claim = "fewer is impossible"
        elif self.amount.moves and self.amount.moves == self.at_least:
            claim = "no fewer lessons can move, other changes are the fewest found"
        over = "" if self.allowed else f"; only {self.most} may move"
        return f"{', '.join([*told, self._people()])}; {claim}{over}."

    def _added_and_removed(self) -> list[str]:
        added, removed = (sum(p is None for p in places) for places in zip(*(c[1:] for c in self.changes), strict=True))
        found = [(added, "placed anew"), (removed, "gone")]
        return [f"{counted(n, 'lesson')} {'is' if n == 1 else 'are'} {what}" for n, what in found if n]

    def _people(self) -> str:
        kinds = [kind for kind, _ in self.affected]
        teachers, classes = kinds.count("teacher"), kinds.count("class")
        named = [counted(teachers, "teacher")] if teachers else []
        named += [f"{classes} {'class' if classes == 1 else 'classes'}"] if classes else []
        return f"{' and '.join(named) or 'nobody'} {'is' if len(kinds) < 2 else 'are'} affected"

    def _without_repair(self) -> str:
        if self.status is Status.INFEASIBLE:
            return "No repair exists: there is no timetable that keeps every rule."
        needed = f"at least {counted(self.at_least, 'lesson')} must move"
        if self.most is not None and self.at_least > self.most:
            return f"No repair is within the limit: {needed}, only {self.most} may."
        return f"No repair was found in time; {needed}."
