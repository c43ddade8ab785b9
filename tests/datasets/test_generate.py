"""Generated schools: a timetable is certain, equal arguments give equal schools, and they look like real ones."""

from functools import cache

import pytest

from datasets.generate import Generated, generate
from datasets.sample import sample
from models.problem import Problem
from models.rules import AnyRule
from models.score import score, violations

SIZES = ((3, 5), (4, 0), (6, 0), (6, 1), (7, 2), (11, 3), (12, 0), (17, 4), (24, 2), (60, 1), (93, 0))
"""Classes and seed."""


@cache
def school(classes: int, seed: int) -> Generated:
    return generate(classes, seed)


def rules(problem: Problem, kind: str, hard: bool = True) -> list[AnyRule]:
    return [r for r in problem.rules if r.kind == kind and (r.weight is None) == hard]


def busy(made: Generated) -> dict[str, set[int]]:
    """Teacher and room -> cells in which they are used in the hidden timetable."""
    found: dict[str, set[int]] = {}
    for lesson in made.problem.lessons:
        placement = made.timetable.placement[lesson.id]
        for who in (*lesson.teachers, *placement.teachers, *(r for r in placement.rooms if r)):
            found.setdefault(who, set()).update(range(placement.start, placement.start + lesson.duration))
    return found


@pytest.mark.parametrize(("classes", "seed"), SIZES)
def test_the_hidden_timetable_keeps_every_hard_rule_and_places_every_lesson(classes: int, seed: int) -> None:
    made = school(classes, seed)
    broken = [v.sentence for v in violations(made.problem, made.timetable) if v.rule.weight is None]
    assert broken == []
    assert score(made.problem, made.timetable).key[:2] == (0, 0)


def test_the_sample_has_the_size_of_a_real_school() -> None:
    problem, timetable = sample()
    whole = [c for c in problem.classes if c.part_of is None]
    assert score(problem, timetable).complete
    assert len(whole) == 24
    assert 40 <= len(problem.teachers) <= 50
    assert 27 <= len(problem.rooms) <= 34
    assert 700 <= len(problem.lessons) <= 760
    assert problem.name == "Riverside Secondary School"


def test_equal_arguments_make_equal_schools_and_another_seed_another_one() -> None:
    assert generate(6, 0) == school(6, 0)
    assert generate(6, 1).problem.lessons != school(6, 0).problem.lessons


def test_a_class_is_taught_28_to_32_periods_of_every_week_without_a_gap() -> None:
    problem, timetable = school(24, 2)
    parts: dict[str, str] = {c.id: c.part_of or c.id for c in problem.classes}
    for week in (0, 1):
        cells: dict[str, set[int]] = {}
        for lesson in problem.lessons:
            if week in problem.weeks_of(lesson):
                start = timetable.placement[lesson.id].start
                for c in lesson.classes:
                    cells.setdefault(parts[c], set()).update(range(start, start + lesson.duration))
        assert sorted({len(taken) for taken in cells.values()}) == [28, 30, 32]


def test_large_schools_have_the_lessons_of_large_schools() -> None:
    problem = school(93, 0).problem
    assert len(problem.lessons) >= 30 * 93
    assert {r.site for r in problem.rooms} == {"North", "South"}
    assert rules(problem, "max_site_changes", hard=False)


def test_teachers_are_loaded_like_real_ones() -> None:
    made = school(60, 1)
    load = {t.id: len(busy(made)[t.id]) for t in made.problem.teachers}
    closed = made.problem.closed
    open_ = {t.id: 40 - len(closed.get(("teacher", t.id), ())) for t in made.problem.teachers}
    assert max(load.values()) <= 26
    assert sum(x >= 18 for x in load.values()) > len(load) / 2
    assert 0.55 <= sum(load.values()) / sum(open_.values()) <= 0.75
    assert {len([s for s in t.subjects if s != "PSH"]) for t in made.problem.teachers} == {1, 2}


def test_labs_and_halls_are_scarce() -> None:
    made = school(60, 1)
    in_school = set().union(*busy(made).values())
    for kind in ("lab", "gym"):
        rooms = [r.id for r in made.problem.rooms if kind in r.features]
        use = sum(len(busy(made)[r]) for r in rooms) / len(rooms)
        # The last period is one in which hardly a class is in school; it counts in the 40 periods of the week.
        assert 0.65 * len(in_school) <= use <= 0.9 * len(in_school)


def test_everything_a_timetabler_meets_occurs() -> None:
    problem = school(24, 2).problem
    lessons = problem.lessons
    assert {x.duration for x in lessons} == {1, 2}
    assert {x.weeks for x in lessons} == {(), (0,), (1,)}
    assert any(len(x.classes) > 1 and len(x.teachers) > 1 for x in lessons)
    assert any(x.any_teacher for x in lessons)
    assert {c.split for c in problem.classes} == {"", "Languages", "Sport", "Halves"}
    hard = {r.kind for r in problem.rules if r.weight is None}
    soft = {r.kind for r in problem.rules if r.weight is not None}
    assert hard >= {
        "day_starts_early", "lunch_break", "max_days", "max_gaps_per_week", "max_periods_per_day", "not_twice_a_day",
        "room_capacity", "same_start", "unavailable",
    }  # fmt: skip
    assert soft >= {"max_gaps_per_week", "max_in_a_row", "min_days_between", "preferred_times", "unavailable"}


def test_candidates_of_an_open_teacher_are_qualified_and_free_of_the_lessons_beside() -> None:
    problem = school(60, 1).problem
    together = {x: set(r.lessons) - {x} for r in rules(problem, "same_start") for x in r.lessons}  # type: ignore[union-attr]
    for lesson in problem.lessons:
        for candidate in (c for choice in lesson.any_teacher for c in choice):
            assert lesson.subject in problem.teacher[candidate].subjects
            assert all(candidate not in problem.lesson[x].teachers for x in together.get(lesson.id, ()))


def test_less_than_three_classes_are_refused() -> None:
    with pytest.raises(ValueError, match="least is 3"):
        generate(2, 0)


def test_every_subject_has_a_name_and_a_colour_of_its_own() -> None:
    subjects = school(6, 0).problem.subjects
    assert all(s.name for s in subjects)
    assert len({s.colour for s in subjects}) == len(subjects)
