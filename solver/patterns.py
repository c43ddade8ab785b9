"""Demands that several lesson rules share, said once."""

from collections.abc import Callable, Iterator, Sequence

from models.rules import LessonRule
from solver.statements import Expr
from solver.variables import Variables


def agree(rule: LessonRule, v: Variables, value: Callable[[int], int]) -> None:
    """Any two of the lessons should start in cells of one value; amount: pairs that do not.

    If a starts at a value, b starts at it too or has no place.
    """
    groups: dict[int, list[int]] = {}
    for cell in range(v.grid.size):
        groups.setdefault(value(cell), []).append(cell)
    for a, b in v.pairs(rule.lessons):
        if v.starts(a) is not v.starts(b):
            for cells in groups.values():
                here, there = v.starting_in(a, cells), v.starting_in(b, cells)
                if here:
                    v.at_most(rule, sum(here) + v.placed(b) - sum(there), 1, most=1)


def spread(rule: LessonRule, v: Variables, days: int) -> None:
    """Any two of the lessons that share a week should be `days` days apart; amount: missing days over the pairs.

    1. Two lessons t < days days apart lie together in exactly days - t windows of `days` neighbouring days, if
    windows may hang over the ends of the week. So the amount is the number of pairs in each window, summed.
    2. n lessons make n(n-1)/2 pairs: 1 for the second, 2 for the third, ...: the sum of what n has above 1, 2, 3, ...
    3. Hard: at most one lesson per window; the overhanging windows say nothing new.
    """
    day_count, hard = len(v.grid.day_cells), rule.weight is None
    firsts = range(max(1, day_count - days + 1)) if hard else range(1 - days, day_count)
    for lessons in _spread_groups(rule, v):
        for first in firsts:
            window = range(max(0, first), min(day_count, first + days))
            rows = [[y for d in window for y in v.on_day(id_, d)] for id_ in lessons]
            here = [x for row in rows for x in row]
            count = sum(min(len(v.members(id_)), len(row)) for id_, row in zip(lessons, rows, strict=True))
            for most in range(1, 2 if hard else count):
                v.at_most_true(rule, here, most, most=count - most)


def _spread_groups(rule: LessonRule, v: Variables) -> Iterator[tuple[str, ...]]:
    """Sets of lessons in which all pairs count; a soft rule must count each pair in one set only."""
    pairs = list(v.pairs(rule.lessons, same_week=True))
    if len(pairs) == len(list(v.pairs(rule.lessons))):
        yield rule.lessons
    elif rule.weight is None:
        yield from v.by_week(rule.lessons)
    else:
        yield from pairs


def chain(rule: LessonRule, v: Variables, cells: range, over_breaks: bool = False) -> None:
    """The lessons that start in some neighbouring cells should form one unbroken chain; amount: missing joins.

    For two lessons: if a starts at c, then b starts there nowhere but right after or right before it. For more,
    joins are counted: a cell is one only if one lesson ends and another starts there.
    """
    if len(rule.lessons) == 2:
        a, b = rule.lessons
        for cell, literal in v.starts(a).items():
            if cell in cells:
                v.at_most(rule, literal + _starting(v, b, cells) - sum(_beside(v, a, b, cell, over_breaks)), 1, most=1)
        return
    here = sum(_starting(v, x, cells) for x in rule.lessons)
    v.at_least(rule, sum(_joins(rule.lessons, v, cells, over_breaks)), here - 1, most=len(rule.lessons) - 1)


def _starting(v: Variables, lesson: str, cells: range) -> Expr:
    """Whether the lesson starts in the cells."""
    return v.placed(lesson) if len(cells) == v.grid.size else sum(v.starting_in(lesson, cells))


def _beside(v: Variables, a: str, b: str, cell: int, over_breaks: bool) -> Sequence[Expr]:
    """Start literals of b right after and right before a lesson a that starts at the cell."""
    duration, before = v.problem.lesson[a].duration, cell - v.problem.lesson[b].duration
    after = [cell + duration] if v.grid.adjoins(cell + duration, over_breaks) else []
    return v.starting_in(b, [*after, *([before] if v.grid.adjoins(cell, over_breaks) else [])])


def _joins(lessons: Sequence[str], v: Variables, cells: range, over_breaks: bool) -> Iterator[Expr]:
    """For each cell in which a join is possible, a literal that is true at most when there is one."""
    for cell in cells:
        if v.grid.adjoins(cell, over_breaks):
            starting = [y for x in lessons for y in v.starting_in(x, [cell])]
            ending = [y for x in lessons for y in v.starting_in(x, [cell - v.problem.lesson[x].duration])]
            if starting and ending:
                join = v.model.new_bool_var("")
                v.model.add(join <= sum(starting))
                v.model.add(join <= sum(ending))
                yield join
