"""Seeded disruptions: the same every time, and true to their kind."""

import pytest

from api.changes import applied, changes_in
from datasets.disruptions import KINDS, disruption
from datasets.generate import generate
from models.score import score

MADE = generate(6, 2)


@pytest.mark.parametrize("kind", KINDS)
def test_a_disruption_is_the_same_every_time_and_another_for_each_number(kind: str) -> None:
    assert disruption(MADE, kind, 1) == disruption(MADE, kind, 1)
    assert any(disruption(MADE, kind, 1) != disruption(MADE, kind, n) for n in range(2, 6))


@pytest.mark.parametrize("kind", KINDS)
def test_a_disruption_can_be_applied_and_breaks_the_timetable(kind: str) -> None:
    found = disruption(MADE, kind, 3)
    listed = changes_in(list(found.changes), kind) if found.changes else []
    problem, timetable = applied(MADE.problem, found.timetable, [(kind, c) for c in listed])
    assert score(MADE.problem, MADE.timetable).complete
    assert not score(problem, timetable).complete


def test_a_new_class_has_lessons_of_its_own_and_teachers_who_teach_them() -> None:
    found = disruption(MADE, "class-added", 1)
    listed = changes_in(list(found.changes), "class-added")
    problem, _ = applied(MADE.problem, found.timetable, [("", c) for c in listed])
    new = [x for x in problem.lessons if x.id not in MADE.problem.lesson]
    assert len(new) >= 10
    for lesson in new:
        for teacher in lesson.any_teacher[0]:
            assert lesson.subject in problem.teacher[teacher].subjects
