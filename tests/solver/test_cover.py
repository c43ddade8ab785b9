"""Cover plans: sound by the school's own rules, cheapest of all, and explained."""

from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from models.cover.check import faults
from models.cover.plan import CoverPlan, Decision, Duty, How
from models.cover.price import price
from models.cover.reasons import sentence
from models.cover.request import Absence, CoverRequest, CoverWeights
from models.cover.scene import Scene, Task
from models.cover.ways import candidates, ways
from models.problem import Lesson, Pin, Problem, Room, RoomRequest, SchoolClass, Teacher
from models.rules import AnyRule, Who
from models.rules.max_periods_per_day import MaxPeriodsPerDay
from models.rules.unavailable import Unavailable
from models.timetable import Placement, Timetable
from solver.cover import cover
from solver.limits import Limits
from tests.solver.brute_force import tiny_problem
from tests.solver.rooms_world import grid
from tests.strategies import changed, clash_free_timetable

EXACT = Limits(seconds=None, deterministic=20.0)


def at(lesson: str, start: int, *rooms: str, teachers: tuple[str, ...] = ()) -> Placement:
    return Placement(lesson=lesson, start=start, rooms=rooms, teachers=teachers)


def taught(id_: str, class_: str, *teachers: str, subject: str = "Math", duration: int = 1) -> Lesson:
    return Lesson(id=id_, subject=subject, classes=(class_,), teachers=teachers, duration=duration)


def school(*lessons: Lesson, rules: tuple[AnyRule, ...] = (), hours: int = 4, days: int = 1) -> Problem:
    """Classes A, B, C; teachers T (away in the tests), U and V teach Math, W teaches Art."""
    return Problem(
        grid=grid(days, hours),
        teachers=tuple(Teacher(id=t, subjects=("Art",) if t == "W" else ("Math",)) for t in "TUVW"),
        classes=tuple(SchoolClass(id=c, size=20) for c in "ABC"),
        lessons=lessons,
        rules=rules,
    )


def away(*cells: int, teacher: str = "T", **fields: object) -> CoverRequest:
    return CoverRequest.model_validate({"absences": (Absence(teacher=teacher, cells=cells),), **fields})


def plan(problem: Problem, placements: list[Placement], request: CoverRequest) -> CoverPlan:
    return cover(problem, Timetable(placements=tuple(placements)), request, EXACT)


def who(found: CoverPlan) -> dict[str, tuple[How, tuple[str, ...]]]:
    return {d.lesson: (d.how, tuple(duty.teacher for duty in d.duties)) for d in found.decisions}


ALL_DAY = (0, 1, 2, 3)


# ---- by trying everything ------------------------------------------------------------------------------------------


def cases() -> Iterator[tuple[Problem, Timetable, CoverRequest]]:
    """Tiny problems of any kind of grid and rule with one or two people away."""
    for seed in range(120):
        random = Random(seed)
        problem = tiny_problem(seed)
        timetable = clash_free_timetable(random, problem)
        ids = [t.id for t in problem.teachers]
        absences = tuple(
            Absence(teacher=t, cells=tuple(random.sample(range(problem.grid.size), (problem.grid.size + 1) // 2)))
            for t in random.sample(ids, min(len(ids), random.choice((1, 2))))
        )
        if absences:
            counts = {t: random.randrange(3) for t in ids}
            weights = CoverWeights(move=random.choice((3, 14)), fairness=random.choice((0, 2, 9)))
            most = random.choice((1, 2, None))
            request = CoverRequest(absences=absences, counts=counts, weights=weights, most_per_day=most)
            yield problem, timetable, request


def every_decision(scene: Scene, task: Task) -> list[Decision]:
    about = Decision(lesson=task.lesson.id, absent=task.absent, cells=task.cells, how=How.OPEN)
    found = [
        about.model_copy(update={"how": w.how, "start": w.start, "rooms": w.rooms, "other": w.other})
        for w in ways(scene, task)
    ]
    able = list(candidates(scene, task))
    for people in product(*([x for x in able if x.part == part] for part in task.parts)):
        duties = tuple(Duty(teacher=x.teacher, cells=x.part, freed=x.freed) for x in people)
        found.append(about.model_copy(update={"how": How.COVER, "duties": duties}))
    return found


def cheapest(scene: Scene) -> int | None:
    """The least price of a sound plan; None when there are too many to try."""
    options = [every_decision(scene, task) for task in scene.tasks]
    total = 1
    for decisions in options:
        total *= len(decisions)
    if total > 1500:
        return None
    priced = sorted((price(scene, chosen), n, chosen) for n, chosen in enumerate(product(*options)))
    return next(cost for cost, _, chosen in priced if not any(faults(scene, chosen)))


def test_no_plan_is_cheaper_than_the_one_found() -> None:
    judged = 0
    for problem, timetable, request in cases():
        scene = Scene(problem, timetable, request)
        least = cheapest(scene)
        if least is not None and scene.tasks:
            found = cover(problem, timetable, request, EXACT)
            assert (found.cost, found.proven) == (least, True)
            judged += 1
    assert judged >= 40


def test_a_plan_cut_short_is_still_sound() -> None:
    for problem, timetable, request in list(cases())[:10]:
        found = cover(problem, timetable, request, Limits(seconds=0.0))
        scene = Scene(problem, timetable, request)
        assert not list(faults(scene, found.decisions))
        assert found.bound <= found.cost == price(scene, found.decisions)


# ---- who stands in -------------------------------------------------------------------------------------------------


def test_somebody_who_teaches_the_subject_and_knows_the_class_comes_first() -> None:
    problem = school(taught("a", "A", "T"), taught("u", "A", "U"), taught("v", "B", "V"), taught("w", "A", "W"))
    found = plan(problem, [at("a", 0), at("u", 1), at("v", 1), at("w", 2)], away(*ALL_DAY, moves=False))
    assert who(found) == {"a": (How.COVER, ("U",))}
    assert found.cost == 10
    assert found.decisions[0].reasons == ("teaches Math", "knows the class", "has not covered yet")


def test_the_same_person_takes_consecutive_periods_of_a_class() -> None:
    lessons = [taught("a", "A", "T"), taught("b", "A", "T"), taught("u", "B", "U"), taught("v", "B", "V")]
    places = [at("a", 0), at("b", 1), at("u", 2), at("v", 3)]
    found = plan(school(*lessons), places, away(*ALL_DAY, moves=False))
    assert len({who(found)[x] for x in "ab"}) == 1
    # two parts of somebody who teaches Math and does not know the class, the second after one part of fairness
    assert found.cost == 2 * (10 + 4) + 2


def test_who_has_covered_more_is_spared() -> None:
    problem = school(taught("a", "A", "T"), taught("u", "B", "U"), taught("v", "B", "V"))
    places = [at("a", 0), at("u", 1), at("v", 2)]
    spared = {"U": "V", "V": "U"}
    for busy, other in spared.items():
        found = plan(problem, places, away(0, counts={busy: 1}, moves=False))
        assert who(found) == {"a": (How.COVER, (other,))}
        assert found.counts == {other: 1}


def test_nobody_covers_in_a_protected_or_closed_period_or_while_away() -> None:
    rule = Unavailable(who=Who(kind="teacher", ids=("V",)), cells=(0,))
    lessons = [taught("a", "A", "T"), taught("u", "B", "U"), taught("v", "B", "V"), taught("w", "B", "W")]
    places = [at("a", 0), at("u", 1), at("v", 2), at("w", 3)]
    absences = (Absence(teacher="T", cells=(0,)), Absence(teacher="W", cells=(0,)))
    request = CoverRequest(absences=absences, protected={"U": (0,)}, moves=False)
    found = plan(school(*lessons, rules=(rule,)), places, request)
    assert who(found) == {"a": (How.STUDY, ())}
    assert found.decisions[0].reasons == ("no colleague is free",)


@pytest.mark.parametrize(("most", "covered"), [(1, 1), (2, 2)])
def test_nobody_covers_more_often_a_day_than_allowed(most: int, covered: int) -> None:
    lessons = [taught("a", "A", "T"), taught("b", "B", "T"), taught("u", "C", "U")]
    away_too = {"absences": [{"teacher": t, "cells": ALL_DAY} for t in "TVW"], "moves": False, "most_per_day": most}
    found = plan(school(*lessons), [at("a", 0), at("b", 1), at("u", 2)], CoverRequest.model_validate(away_too))
    assert sum(how is How.COVER for how, _ in who(found).values()) == covered


def test_a_hard_rule_of_the_school_keeps_somebody_from_covering() -> None:
    """U has one lesson, and may have one or two a day."""
    lessons = [taught("a", "A", "T"), taught("u", "A", "U")]
    for limit, covering in ((1, "V"), (2, "U")):
        rule = MaxPeriodsPerDay(who=Who(kind="teacher", ids=("U",)), limit=limit)
        found = plan(school(*lessons, rules=(rule,)), [at("a", 0), at("u", 1)], away(0, moves=False))
        assert who(found)["a"][1] == (covering,)


def test_a_double_lesson_is_shared_when_nobody_has_time_for_all_of_it() -> None:
    lessons = [taught("a", "A", "T", duration=2), taught("u", "B", "U"), taught("v", "C", "V"), taught("w", "C", "W")]
    places = [at("a", 0), at("u", 0), at("v", 1), at("w", 0)]
    request = away(0, 1, moves=False, protected={"W": (1,)})
    found = plan(school(*lessons), places, request)
    assert who(found) == {"a": (How.COVER, ("V", "U"))}
    assert [duty.cells for duty in found.decisions[0].duties] == [(0,), (1,)]


def test_a_co_teacher_leaves_a_lesson_that_keeps_its_other_teacher() -> None:
    lessons = [taught("a", "A", "T"), taught("both", "B", "U", "W")]
    request = away(0, moves=False, protected={"V": (0,)})
    found = plan(school(*lessons), [at("a", 0), at("both", 0)], request)
    assert found.decisions[0].duties == (Duty(teacher="U", cells=(0,), freed="both"),)
    assert "leaves Math B to a co-teacher" in found.decisions[0].reasons


# ---- other ways ----------------------------------------------------------------------------------------------------


def only_way(found: CoverPlan) -> How:
    return found.decisions[0].how


def test_a_co_teacher_who_is_there_goes_on_alone() -> None:
    found = plan(school(taught("a", "A", "T", "U")), [at("a", 0)], away(0))
    assert (only_way(found), found.cost) == (How.ALONE, 5)


def test_a_lesson_moves_to_a_time_when_everybody_is_there() -> None:
    problem = school(taught("a", "A", "T"))
    found = plan(problem, [at("a", 0)], away(0, weights={"move": 1}))
    assert only_way(found) is How.MOVE
    assert found.decisions[0].start in (1, 2, 3)
    later = plan(problem, [at("a", 1)], away(1, earliest=3, weights={"move": 1}))
    assert later.decisions[0].start == 3


def test_a_pinned_lesson_does_not_move() -> None:
    pinned = taught("a", "A", "T").model_copy(update={"pin": Pin(start=0)})
    assert only_way(plan(school(pinned), [at("a", 0)], away(0, weights={"move": 1}))) is How.COVER


def test_two_lessons_of_a_class_change_places() -> None:
    lessons = [taught("a", "A", "T"), taught("u", "A", "U"), taught("x", "B", "V"), taught("y", "B", "W")]
    request = away(0, weights={"swap": 1, "move": 100, "cover": 50})
    found = plan(school(*lessons, hours=2), [at("a", 0), at("u", 1), at("x", 0), at("y", 1)], request)
    assert (only_way(found), found.decisions[0].other) == (How.SWAP, "u")
    assert "changes places with Math A" in sentence(_scene(school(*lessons, hours=2), request), found.decisions[0])


def _scene(problem: Problem, request: CoverRequest) -> Scene:
    places = (at("a", 0), at("u", 1), at("x", 0), at("y", 1))
    return Scene(problem, Timetable(placements=places), request)


@pytest.mark.parametrize(("seats", "how"), [(40, How.MERGE), (39, How.STUDY)])
def test_two_classes_are_taught_together_if_the_room_holds_both(seats: int, how: How) -> None:
    request = (RoomRequest(),)
    lessons = [taught(x, c, t).model_copy(update={"rooms": request}) for x, c, t in (("a", "A", "T"), ("b", "B", "U"))]
    rooms = (Room(id="R0", capacity=20), Room(id="R1", capacity=seats))
    problem = changed(school(*lessons), rooms=rooms)
    absent = away(0, protected={"V": (0,), "W": (0,)}, weights={"move": 999})
    found = plan(problem, [at("a", 0, "R0"), at("b", 0, "R1")], absent)
    assert only_way(found) is how


def test_a_class_that_must_not_be_left_alone_is_reported_open() -> None:
    problem = school(taught("a", "A", "T"))
    nobody = dict.fromkeys("UVW", (0,))
    assert only_way(plan(problem, [at("a", 0)], away(0, protected=nobody, moves=False))) is How.STUDY
    found = plan(problem, [at("a", 0)], away(0, protected=nobody, moves=False, not_alone=("A",)))
    assert (only_way(found), found.cost) == (How.OPEN, 1000)


# ---- what is asked -------------------------------------------------------------------------------------------------


def test_an_absence_without_lessons_needs_no_plan() -> None:
    assert plan(school(taught("u", "A", "U")), [at("u", 0)], away(0)) == CoverPlan(decisions=(), cost=0, bound=0)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"absences": ()}, "nobody is absent"),
        ({"absences": ({"teacher": "X", "cells": (0,)},)}, "unknown teacher 'X'"),
        ({"protected": {"Y": (0,)}}, "unknown teacher 'Y'"),
        ({"absences": ({"teacher": "T", "cells": (4,)},)}, "cell 4, the grid has 4"),
        ({"week": 1}, "week 1, the grid has 1"),
        ({"not_alone": ("Z",)}, "unknown class 'Z'"),
    ],
)
def test_what_the_school_does_not_know_is_refused(fields: dict[str, object], message: str) -> None:
    request = CoverRequest.model_validate({"absences": ({"teacher": "T", "cells": (0,)},), **fields})
    with pytest.raises(ValueError, match=message):
        plan(school(taught("a", "A", "T")), [at("a", 0)], request)


def test_an_absence_at_no_time_is_refused() -> None:
    with pytest.raises(ValueError, match="at no time"):
        Absence(teacher="T", cells=())
