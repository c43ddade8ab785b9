"""timewright diff: what differs between two timetables of a school, lesson by lesson and rule by rule."""

from pathlib import Path

from api.console import Output
from api.errors import DONE
from api.opening import open_file, open_timetable
from api.telling import hard, judge
from formats.excel.rule_names import spoken
from models.compare import Comparison, RuleChange, compare, where
from models.problem import Problem
from models.rules.base import counted
from models.score import Score
from models.timetable import Change
from scheduling.told import of_comparison


def diff(file: Path, before: Path, after: Path, ignore_unsupported: bool, out: Output) -> int:
    problem = open_file(file, ignore_unsupported).needed_problem()
    first, second = open_timetable(before, problem), open_timetable(after, problem)
    for timetable in (first, second):
        judge(problem, timetable)
    found = compare(problem, first, second)
    tell(problem, found, out)
    out.result({**of_comparison(problem, found), "exit_code": DONE})
    return DONE


def tell(problem: Problem, found: Comparison, out: Output) -> None:
    if not found.changes:
        out.say("Both timetables are the same.")
        return
    rest = len(found.changes) - found.moved
    out.say(f"{counted(found.moved, 'lesson')} at another time, {rest} in other rooms or with other teachers", "bold")
    out.say(f"before: {_in_words(found.before)}; after: {_in_words(found.after)}")
    if found.rules:
        out.table(("Rule (hard: amount, else penalty)", "before", "after"), map(_row, found.rules))
    out.lines("Changes", (_sentence(problem, change) for change in found.changes))


def _row(rule: RuleChange) -> tuple[object, ...]:
    if rule.hard:
        return f"{spoken(rule.name)} (hard)", rule.before, rule.after
    return spoken(rule.name), rule.penalty_before, rule.penalty_after


def _sentence(problem: Problem, change: Change) -> str:
    title = problem.lesson[change.lesson].title
    return f"{title} ({change.lesson}): {where(problem, change.before)} -> {where(problem, change.after)}"


def _in_words(judged: Score) -> str:
    unplaced = f"{judged.unplaced} periods unplaced, " if judged.unplaced else ""
    return f"{hard(judged)}, {unplaced}penalty {judged.soft}"
