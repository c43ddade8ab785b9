"""Menus of fixes held against every timetable of tiny problems: dates and clock times with buffers, and periods."""

import datetime as dt
from collections.abc import Iterator
from itertools import product
from random import Random

from models.board import Board
from models.problem import Lesson, Pin, Problem, Teacher
from models.rules import Who
from models.rules.buffer import Buffer
from models.rules.unavailable import Unavailable
from models.score import score
from models.time import ClockGrid, Opening
from models.timetable import Timetable
from solver import Limits, Status
from solver.facts import Fact, facts_of
from solver.fixes import fixes
from solver.loosen import FREE, SOFTEN, UNPIN
from tests.solver.brute_force import places, tiny_problem
from tests.strategies import changed, random_rules

EXACT = Limits(seconds=None, deterministic=20.0)
NEVER = 10**6
"""The price of what must hold."""


def cases(clock: bool, seeds: int) -> Iterator[Problem]:
    for seed in range(seeds):
        problem = tiny_problem(seed, most=150)
        if problem.lessons and isinstance(problem.grid, ClockGrid) == clock:
            hard = tuple(changed(r, weight=None) for r in random_rules(Random(seed), problem, 2))
            yield changed(problem, rules=(*problem.rules, *hard))


def price(problem: Problem, board: Board, facts: list[Fact]) -> int:
    """Of making a timetable right by pins taken away, closed times opened and rules made wishes alone."""
    return sum(_price(problem, board, f) for f in facts if not f.holds(board))


def _price(problem: Problem, board: Board, fact: Fact) -> int:
    if fact.kind != "rule":
        return UNPIN if fact.kind == "pin" else NEVER
    rule = fact.rule
    if not isinstance(rule, Unavailable):
        return SOFTEN
    bookings = [b for row in problem.rows(rule.who) for b in board.of(rule.who.kind, row, rule.tags)]
    used = {s % problem.grid.size for b in bookings for s in range(b.start, b.end)}
    return min(SOFTEN, FREE * len(used.intersection(rule.cells)))


def cheapest(problem: Problem) -> int:
    free = changed(problem, lessons=tuple(changed(x, pin=Pin()) for x in problem.lessons))
    every = (Timetable(placements=chosen) for chosen in product(*(places(free, x) for x in problem.lessons)))
    facts = facts_of(problem)
    return min((price(problem, Board(problem, t), facts) for t in every), default=NEVER)


def held_to_every_timetable(problems: Iterator[Problem]) -> int:
    """How many menus were held to it."""
    menus = 0
    for problem in problems:
        menu = fixes(problem, EXACT, 3)
        if menu.status is not Status.INFEASIBLE:
            continue
        assert all(score(f.apply(problem), f.timetable).complete for f in menu.fixes)
        least = cheapest(problem)
        assert least >= NEVER or menu.fixes[0].price <= least
        menus += 1
    return menus


def test_with_clock_times_nothing_is_cheaper_than_the_first_fix() -> None:
    assert held_to_every_timetable(cases(clock=True, seeds=80)) >= 10


def test_with_periods_nothing_is_cheaper_than_the_first_fix() -> None:
    assert held_to_every_timetable(cases(clock=False, seeds=40)) >= 10


def test_a_buffer_between_sessions_needs_one_more_half_hour() -> None:
    """From 9 to 11 there is room for two half hours with half an hour between; T is away from 10 to 10:30 and 10:30
    to 11, so the second session needs one of these."""
    day = ClockGrid(openings=(Opening(date=dt.date(2030, 1, 7), start=540, end=660),), step=30)
    lessons = tuple(Lesson(id=f"L{i}", teachers=("T",), buffer_after=30) for i in range(2))
    away = Unavailable(who=Who(kind="teacher", ids=("T",)), cells=(2, 3))
    rules = (Buffer(who=Who(kind="teacher", ids=("T",))), away)
    problem = Problem(grid=day, teachers=(Teacher(id="T"),), lessons=lessons, rules=rules)
    first, *others = fixes(problem, EXACT).fixes
    assert first.price == FREE
    assert first.sentence in ("Make T available on 2030-01-07 10:00", "Make T available on 2030-01-07 10:30")
    assert len(others) >= 2
    assert all(score(f.apply(problem), f.timetable).complete for f in (first, *others))
