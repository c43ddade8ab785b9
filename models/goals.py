"""Goals: families of rules that people speak of as one thing."""

from dataclasses import dataclass

from models.problem import Problem
from models.rules import RULES, ResourceRule, Rule
from models.score import violations
from models.timetable import Timetable

Kinds = frozenset[str]

GAPS: Kinds = frozenset({"compactness", "max_gaps_per_day", "max_gaps_per_week", "max_span_per_day"})
SPREAD: Kinds = frozenset(
    {"different_day", "max_days_between", "min_days_between", "min_working_days", "not_twice_a_day"}
)
TIMES: Kinds = frozenset({"preferred_times", "unavailable"})
ENDS: Kinds = frozenset({"day_ends", "interval_max_days", "max_total_in_times"})
STARTS: Kinds = frozenset({"day_starts_early"})
ROOMS: Kinds = frozenset(
    {"home_room", "max_room_changes", "preferred_rooms", "room_capacity", "room_stability", "room_wanted"}
)
LOAD: Kinds = frozenset({"max_in_a_row", "max_periods_per_day", "min_periods_per_day", "min_rest", "lunch_break"})
DAYS: Kinds = frozenset({"max_days", "min_days"})


@dataclass(frozen=True)
class Goal:
    """kinds: of rules; who: teacher, class or room, if only rules on these are meant."""

    name: str
    kinds: Kinds
    who: str = ""

    def covers(self, rule: Rule) -> bool:
        """Whether a soft rule belongs to it."""
        about = rule.who.kind if isinstance(rule, ResourceRule) else ""
        return rule.weight is not None and rule.name in self.kinds and self.who in ("", about)

    def penalty(self, problem: Problem, timetable: Timetable) -> int:
        return sum(v.penalty for v in violations(problem, timetable) if self.covers(v.rule))


GOALS = (
    Goal("teacher gaps", GAPS, "teacher"),
    Goal("class gaps", GAPS, "class"),
    Goal("spread", SPREAD),
    Goal("times", TIMES),
    Goal("early ends", ENDS),
    Goal("early starts", STARTS),
    Goal("rooms", ROOMS),
    Goal("load", LOAD),
    Goal("days", DAYS),
)


def goal(name: str) -> Goal:
    """One of `GOALS`, or a rule of the catalogue by its name; ValueError for anything else."""
    plain = " ".join(name.casefold().replace("_", " ").replace("-", " ").split())
    for known in GOALS:
        if known.name == plain:
            return known
    kind = plain.replace(" ", "_")
    if any(rule.model_fields["kind"].default == kind for rule in RULES):
        return Goal(plain, frozenset((kind,)))
    names = ", ".join(known.name for known in GOALS)
    raise ValueError(f"there is no goal {name!r}; goals are {names}, or any rule of the catalogue")


def goals_of(problem: Problem) -> list[Goal]:
    """The known goals that a soft rule of the problem belongs to."""
    return [known for known in GOALS if any(known.covers(rule) for rule in problem.rules)]
