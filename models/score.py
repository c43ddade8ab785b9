"""How good a timetable is: every rule judged by its own definition."""

from collections.abc import Iterator
from typing import NamedTuple

from models.board import Board
from models.problem import Problem
from models.rules import STRUCTURAL, Rule, Violation
from models.timetable import Timetable


class RuleScore(NamedTuple):
    """Total of one kind of rule. amount: in the rules' own unit; penalty: weighted, 0 for hard rules."""

    name: str
    hard: bool
    amount: int
    penalty: int


class Score(NamedTuple):
    """hard: summed amount of hard violations; unplaced: periods of lessons without a place; soft: weighted sum.

    Scores compare like tuples: hard first, then unplaced, then soft.
    """

    hard: int
    unplaced: int
    soft: int
    rules: tuple[RuleScore, ...] = ()

    @property
    def complete(self) -> bool:
        return self.hard == 0 and self.unplaced == 0

    @property
    def key(self) -> tuple[int, int, int]:
        return self.hard, self.unplaced, self.soft


def all_rules(problem: Problem) -> Iterator[Rule]:
    yield from STRUCTURAL
    yield from problem.rules


def violations(problem: Problem, timetable: Timetable) -> list[Violation]:
    """Every breach of every rule. ValueError when the timetable does not belong to the problem."""
    board = Board(problem, timetable)
    return [v for rule in all_rules(problem) for v in rule.violations(board)]


def unplaced_lessons(problem: Problem, timetable: Timetable) -> list[str]:
    return [x.id for x in problem.lessons if x.id not in timetable.placement]


def score(problem: Problem, timetable: Timetable) -> Score:
    totals: dict[tuple[str, bool], list[int]] = {}
    for rule in all_rules(problem):
        totals.setdefault((rule.name, rule.weight is None), [0, 0])
    for v in violations(problem, timetable):
        total = totals[v.rule.name, v.rule.weight is None]
        total[0] += v.amount
        total[1] += v.penalty
    rules = tuple(RuleScore(name, hard, a, p) for (name, hard), (a, p) in totals.items())
    return Score(
        hard=sum(r.amount for r in rules if r.hard),
        unplaced=sum(problem.lesson[x].duration for x in unplaced_lessons(problem, timetable)),
        soft=sum(r.penalty for r in rules),
        rules=rules,
    )
