"""The best timetable of a tiny problem by trying every one, judged by the definition of the rules alone."""

from collections.abc import Iterator
from itertools import product
from random import Random

from models.problem import Lesson, Problem
from models.rules.same_start import SameStart
from models.score import score
from models.timetable import Placement, Timetable
from tests.strategies import changed, random_problem, random_rules

Key = tuple[int, int, int]


def places(problem: Problem, lesson: Lesson) -> list[Placement]:
    """Every start with every choice of rooms and teachers that the lesson may have."""
    rooms = [(*problem.room_choices(r), *((None,) if r.optional else ())) for r in lesson.rooms]
    return [
        Placement(lesson=lesson.id, start=start, rooms=chosen, teachers=teachers)
        for start in problem.starts(lesson)
        for chosen in product(*rooms)
        for teachers in product(*lesson.any_teacher)
    ]


def timetables(problem: Problem) -> Iterator[Timetable]:
    """Every timetable, the incomplete ones too."""
    options = [[None, *places(problem, x)] for x in problem.lessons]
    for chosen in product(*options):
        yield Timetable(placements=tuple(p for p in chosen if p is not None))


def best_key(problem: Problem) -> Key | None:
    """(0, unplaced, soft) of the best timetable that keeps every hard rule; None if none does."""
    keys = (score(problem, t).key for t in timetables(problem))
    return min((key for key in keys if key[0] == 0), default=None)


def tiny_problem(seed: int, most: int = 2000) -> Problem:
    """As many lessons as leave at most so many timetables, and two or three rules of any kind.

    No hard `same_start`: such lessons are placed together or not at all, which the definition does not ask.
    """
    random = Random(seed)
    problem, lessons, total = random_problem(random), list[Lesson](), 1
    for lesson in sorted(problem.lessons, key=lambda x: len(places(problem, x))):
        total *= 1 + len(places(problem, lesson))
        if total > most:
            break
        lessons.append(lesson)
    problem = changed(problem, lessons=tuple(lessons))
    rules = (r for r in random_rules(random, problem, random.choice((2, 3))) if not _starts_together(r))
    return changed(problem, rules=(*problem.rules, *rules))


def _starts_together(rule: object) -> bool:
    return isinstance(rule, SameStart) and rule.weight is None
