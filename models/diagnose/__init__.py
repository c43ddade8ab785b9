"""Counting proofs: why no complete timetable can exist, told before anything is solved.

Every count is a necessary condition that only hard rules enter. Passing them all proves nothing; failing one proves
that not all lessons can be placed.
"""

from collections.abc import Callable, Collection

from models.diagnose.facts import Facts
from models.diagnose.finding import Finding, Severity, told
from models.diagnose.groups import groups
from models.diagnose.limits import limits
from models.diagnose.pins import contradictions
from models.diagnose.resources import overloads
from models.domains import Resource
from models.problem import Problem

__all__ = ["Finding", "Severity", "diagnose", "proofs", "told"]

COUNTS = (contradictions, overloads, limits, groups)


def diagnose(
    problem: Problem, on_step: Callable[[], None] = lambda: None, alone: Collection[Resource] | None = None
) -> list[Finding]:
    """Proofs first, then warnings. No finding does not mean that a timetable exists. on_step: called many times during
    the work; what it raises ends it. alone: those that have one lesson at a time; None: everyone and every room."""
    facts = Facts(problem, on_step, alone)
    found = [finding for count in COUNTS for finding in count(facts)]
    return sorted(found, key=lambda f: f.severity != "proof")


def proofs(
    problem: Problem, on_step: Callable[[], None] = lambda: None, alone: Collection[Resource] | None = None
) -> list[Finding]:
    """Those findings by which no timetable exists. on_step, alone: see `diagnose`."""
    return [finding for finding in diagnose(problem, on_step, alone) if finding.severity == "proof"]
