"""What several verbs say to people: a school, its score, the broken rules."""

from api.console import Output
from api.errors import InputError
from api.opening import Opened
from api.summary import counts_of
from formats.excel.rule_names import BY_KIND, spoken
from models.diagnose import diagnose, told
from models.problem import Problem
from models.rules import STRUCTURAL
from models.rules.base import counted
from models.score import RuleScore, Score, score, violations
from models.timetable import Timetable

MOST_WISHES = 15
"""Unmet wishes told one by one."""
UNITS = {rule.name: rule.unit for rule in STRUCTURAL} | {kind: rule.unit for kind, rule in BY_KIND.items()}


def judge(problem: Problem, timetable: Timetable) -> Score:
    """The score; InputError when the timetable is not for this problem."""
    try:
        return score(problem, timetable)
    except ValueError as error:
        raise InputError(f"the timetable does not belong to this school: {error}") from error


def proofs_of(problem: Problem) -> tuple[list[str], list[str]]:
    """(why no complete timetable can exist, what is worth a look), as sentences."""
    found = diagnose(problem)
    return told(f for f in found if f.severity == "proof"), told(f for f in found if f.severity != "proof")


def tell_school(opened: Opened, out: Output) -> None:
    """Its name, its size, and what was left out in reading it."""
    problem = opened.needed_problem()
    counts = ", ".join(f"{number:,} {kind.replace('_', ' ')}" for kind, number in counts_of(problem).items() if number)
    out.say(f"{problem.name.strip() or opened.path.name}: {counts}")
    tell_left_out(opened, out)


def tell_left_out(opened: Opened, out: Output) -> None:
    out.lines("Left out", (f"{name}: {count}" for name, count in opened.unsupported), "yellow")
    out.lines("Notes", opened.notes)


def tell_score(problem: Problem, timetable: Timetable, judged: Score, out: Output) -> None:
    """In one line, then rule by rule, then each hard violation and the dearest wishes not met."""
    out.say(f"{placed(problem, timetable)}, {hard(judged)}, penalty {judged.soft}")
    tell_rules(judged.rules, out)
    found = violations(problem, timetable)
    out.lines("Hard rules broken", (v.sentence for v in found if v.rule.weight is None), "red")
    wishes = sorted((v for v in found if v.rule.weight), key=lambda v: -v.penalty)
    out.lines("Wishes not met", (f"{v.sentence} ({v.penalty})" for v in wishes), most=MOST_WISHES)


def placed(problem: Problem, timetable: Timetable) -> str:
    number, lessons = len(timetable.placements), len(problem.lessons)
    return f"all {lessons} lessons placed" if number == lessons else f"{number} of {lessons} lessons placed"


def hard(judged: Score) -> str:
    return f"hard rules broken by {judged.hard}" if judged.hard else "all hard rules kept"


def tell_rules(rules: tuple[RuleScore, ...], out: Output) -> None:
    """The rules that are broken, the dearest first."""
    broken = sorted((r for r in rules if r.amount), key=lambda r: (not r.hard, -r.penalty))
    if broken:
        rows = ((spoken(r.name), counted(r.amount, UNITS[r.name]), "hard" if r.hard else r.penalty) for r in broken)
        out.table(("Rule", "broken by", "penalty"), rows)


def archive_cost(opened: Opened, timetable: Timetable) -> str | None:
    """What a timetable costs as other evaluators of its archive count, e.g. 0.00041; None where it is of none."""
    if opened.archive is None:
        return None
    from formats.xhstt import costs_of

    return str(costs_of(opened.data, opened.archive, timetable))
