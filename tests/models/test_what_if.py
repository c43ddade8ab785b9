"""What a move would change, as `WhatIf` tells it without judging the whole timetable, against the whole judged."""

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from models.problem import Problem
from models.reach import ALONE, SIGHT
from models.rules import RULES, Rule, Violation
from models.rules.same_start import SameStart
from models.score import Score, score, violations
from models.timetable import Timetable
from models.what_if import Place, WhatIf
from tests.strategies import changed, random_problem, random_rule, random_rules, random_timetable


def moved(timetable: Timetable, place: Place) -> Timetable:
    """The timetable after the move."""
    gone = {p.lesson for p in place.placements}
    kept = tuple(p for p in timetable.placements if p.lesson not in gone)
    return Timetable(placements=(*kept, *place.placements))


def difference(problem: Problem, before: Score, timetable: Timetable, place: Place) -> tuple[int, int, int]:
    after = score(problem, moved(timetable, place))
    return after.hard - before.hard, after.unplaced - before.unplaced, after.soft - before.soft


def told(place: Place) -> tuple[int, int, int]:
    return place.hard, place.unplaced, place.soft


def worlds(kind: type[Rule], seeds: int) -> Iterator[tuple[Random, Problem, Timetable]]:
    """Problems with a hard and a soft rule of the kind among others, and timetables with clashes and gaps."""
    for seed in range(seeds):
        random = Random(f"{kind.__name__} {seed}")
        problem = random_problem(random)
        rules = (random_rule(random, problem, kind, True), random_rule(random, problem, kind, False))
        problem = changed(problem, rules=(*problem.rules, *rules, *random_rules(random, problem, 2)))
        yield random, problem, random_timetable(random, problem)


@pytest.mark.parametrize("kind", RULES, ids=lambda kind: kind.__name__)
def test_the_change_told_is_the_change_of_the_whole_score(kind: type[Rule]) -> None:
    seen: Counter[bool] = Counter()
    for random, problem, timetable in worlds(kind, seeds=5):
        before, what_if = score(problem, timetable), WhatIf(problem, timetable)
        for lesson in random.sample(problem.lessons, 2):
            answer = what_if.why_not(lesson.id)
            for place in (*answer.places, *(swap.place for swap in answer.swaps)):
                assert told(place) == difference(problem, before, timetable, place), (lesson.id, place)
                seen[told(place) == (0, 0, 0)] += 1
    assert seen[False] > 20


def together(random: Random, problem: Problem) -> Problem:
    """With lessons that must start together, as many as there are, at most four."""
    chosen = random.sample(problem.lessons, min(4, len(problem.lessons)))
    return changed(problem, rules=(*problem.rules, SameStart(lessons=tuple(x.id for x in chosen))))


def breaches(problem: Problem, timetable: Timetable) -> Counter[tuple[str, int | None, int, str]]:
    return Counter(map(words, violations(problem, timetable)))


def words(violation: Violation) -> tuple[str, int | None, int, str]:
    return violation.rule.name, violation.rule.weight, violation.amount, violation.sentence


@pytest.mark.parametrize("kind", RULES, ids=lambda kind: kind.__name__)
def test_lessons_that_start_together_change_what_the_whole_timetable_tells(kind: type[Rule]) -> None:
    """Word by word: which breaches come and which go."""
    sizes: Counter[int] = Counter()
    for random, plain, timetable in worlds(kind, seeds=3):
        problem = together(random, plain)
        before, what_if = breaches(problem, timetable), WhatIf(problem, timetable)
        leader = next(x for x in what_if.domains.blocks if len(what_if.domains.blocks[x]) > 1)
        answer = what_if.why_not(leader)
        for place in (*answer.places, *(swap.place for swap in answer.swaps)):
            after = breaches(problem, moved(timetable, place))
            new, gone = Counter(map(words, place.new)), Counter(map(words, place.gone))
            assert (new - gone, gone - new) == (after - before, before - after), place
            sizes[len(place.placements)] += 1
    assert max(sizes) > 2


OF_ROOMS = [kind for kind in RULES if kind.model_fields["kind"].default in (*ALONE, *SIGHT, "max_gaps_per_day")]


@pytest.mark.parametrize("kind", OF_ROOMS, ids=lambda kind: kind.__name__)
def test_no_other_room_is_better_at_the_time_of_a_place(kind: type[Rule]) -> None:
    """The last of the rules lets a room gain by a lesson, so that the first free one need not be the best."""
    for random, problem, timetable in worlds(kind, seeds=4):
        what_if = WhatIf(problem, timetable)
        alone = [x for x in problem.lessons if len(x.rooms) == 1 and len(what_if._group(x)) == 1 and not x.any_teacher]
        for lesson in random.sample(alone, min(2, len(alone))):
            rooms = what_if.domains.rooms[lesson.id][0]
            tried = [what_if.why_not(lesson.id, room=room) for room in rooms]
            for place in what_if.why_not(lesson.id, swaps=False).places:
                others = (answer.at(place.start) for answer in tried)
                assert all((place.hard, place.soft) <= (p.hard, p.soft) for p in others if p is not None)
