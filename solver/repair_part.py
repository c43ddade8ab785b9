"""What a model of a part of a repair looks at, and which rules can be said of a part."""

from dataclasses import dataclass
from typing import NamedTuple

from models.problem import Problem
from models.reach import ALONE, SIGHT, TOGETHER
from models.rules import ResourceRule, Rule
from models.timetable import Timetable
from solver.domains import Resource
from solver.facts import Fact

SHRINKING = frozenset(
    (
        "buffer",
        "different_day",
        "home_room",
        "lunch_break",
        "max_days",
        "max_in_a_row",
        "max_periods_per_day",
        "max_periods_per_week",
        "max_span_per_day",
        "min_reserve",
        "min_days_between",
        "not_overlapping",
        "not_twice_a_day",
        "preferred_rooms",
        "preferred_times",
        "room_capacity",
        "room_wanted",
        "same_day",
        "same_period",
        "same_start",
        "unavailable",
    )
)
"""Rules that hold for any of their lessons if they hold for all."""

NOT_OF_TIMES = TOGETHER | {"same_teacher"}
"""Rules that depend on who teaches, besides those on teachers."""


class Scope(NamedTuple):
    """What a part looks at. window: lessons that are free; around, facts: lessons and facts to be looked at besides
    those that share a teacher, students or a rule with the window. roomed: where all lessons keep their times, those
    whose rooms are looked at."""

    window: frozenset[str]
    around: frozenset[str] = frozenset()
    facts: frozenset[Fact] = frozenset()
    roomed: frozenset[str] = frozenset()

    def joined(self, other: "Scope") -> "Scope":
        window, around, facts, roomed = other
        return Scope(self.window | window, self.around | around, self.facts | facts, self.roomed | roomed)


@dataclass(frozen=True)
class Part:
    """problem: lessons that are free, and those around them. kept: whether no lesson may be given up.
    loose: id of a rule that says nothing once one of these lessons is given up. alone: resources on which lessons
    could clash, None: all."""

    problem: Problem
    window: frozenset[str]
    kept: bool
    loose: dict[int, frozenset[str]]
    alone: frozenset[Resource] | None = None

    def seen(self, timetable: Timetable) -> Timetable:
        """What the part shows of a timetable."""
        known = (p for p in timetable.placements if p.lesson in self.problem.lesson)
        shown = (p if self.problem.lesson[p.lesson].rooms else p.model_copy(update={"rooms": ()}) for p in known)
        return Timetable(placements=tuple(shown))


def sees_rooms(rule: Rule) -> bool:
    """Whether the rule can depend on the rooms of lessons at given times."""
    of_room = isinstance(rule, ResourceRule) and rule.who.kind == "room"
    return of_room or SIGHT.get(rule.name, ALONE.get(rule.name, "time")) != "time"
