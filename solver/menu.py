"""What a menu of fixes holds, and which of the fixes found are on it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from models.problem import Problem
from models.timetable import Timetable
from solver.explain import Explanation
from solver.loosen import ALIKE, Change, Key
from solver.result import Status


@dataclass(frozen=True)
class Fix:
    """changes: all are needed; timetable: keeps every hard rule of the changed problem and places every lesson."""

    changes: tuple[Change, ...]
    timetable: Timetable

    @property
    def price(self) -> int:
        return sum(c.price for c in self.changes)

    @property
    def sentence(self) -> str:
        return "; ".join(str(c) for c in self.changes)

    def apply(self, problem: Problem) -> Problem:
        """The changed problem. `problem`: the one the fix was found for."""
        for change in self.changes:
            problem = change.edit(problem)
        return problem


@dataclass(frozen=True)
class Menu:
    """status: INFEASIBLE; FEASIBLE: nothing needs to be fixed; UNKNOWN: neither is known. fixes: different ones, the
    cheapest first, fewer than asked for when time is up or there are no more. explanation: what they mend."""

    status: Status
    fixes: tuple[Fix, ...]
    explanation: Explanation
    seconds: float


class Found(NamedTuple):
    """ways: all that the fix makes use of."""

    fix: Fix
    ways: frozenset[Key]

    def spares(self, price: int, ways: frozenset[Key], sentence: str = "") -> bool:
        """Whether it does with the same ways, or with fewer, and costs no more; or says the same."""
        return (self.ways <= ways and self.fix.price <= price) or self.fix.sentence == sentence


def different(found: Sequence[Found], count: int) -> tuple[Fix, ...]:
    """So many of the fixes, the cheapest first; one of a kind that is there already must be cheaper than another."""
    left, chosen, seen = sorted(found, key=lambda f: (f.fix.price, f.fix.sentence)), list[Fix](), Counter[str]()
    while left and len(chosen) < count:
        best = min(left, key=lambda f: (f.fix.price + ALIKE * seen[_kinds(f)], f.fix.price, f.fix.sentence))
        left.remove(best)
        chosen.append(best.fix)
        seen[_kinds(best)] += 1
    return tuple(sorted(chosen, key=lambda f: (f.price, f.sentence)))


def _kinds(found: Found) -> str:
    return ", ".join(sorted(kind for kind, *_ in found.ways))
