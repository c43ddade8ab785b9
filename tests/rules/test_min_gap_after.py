"""A wait after lessons of one sort, and the number of long days. T is the teacher judged, z the innocent."""

import pytest

from models.problem import Lesson
from models.rules.base import Who
from models.rules.max_long_days import MaxLongDays
from models.rules.min_gap_after import MinGapAfter
from tests.rules.lesson_week import both_twins_find, lesson, taught

T = Who(kind="teacher", ids=("T",))
GAP = MinGapAfter(who=T, tags=("lab",), later=("test",), periods=2)
ANY = MinGapAfter(who=T, tags=("lab",), periods=1)
TAGS = {"l": ("lab",), "t": ("test",), "u": ("test",), "b": ("lab", "test")}


def tagged(written: str) -> tuple[Lesson, ...]:
    """Lessons of T: l is a lab, t and u are tests, b is both, others are neither; z has another teacher."""
    each = (x.split(" ")[0] for x in written.split(", "))
    return tuple(
        lesson(x, teachers=("U",) if id_[0] == "z" else ("T",), tags=TAGS.get(id_[0], ()))
        for x, id_ in zip(written.split(", "), each, strict=True)
    )


@pytest.mark.parametrize(
    ("rule", "lessons", "expected"),
    [
        (GAP, "l@A Mon1, t@A Mon4, a@A Mon2, z@A Mon2", 0),
        (GAP, "l@A Mon1, t@A Mon3", 1),
        (GAP, "l*2@A Mon1, t@A Mon3", 2),
        (GAP, "l@A Mon1, t@A Mon2, u@A Mon3", 3),  # 2 and 1
        (GAP, "t@A Mon1, l@A Mon2", 0),
        (GAP, "l@A Mon5, t@A Tue1", 0),
        (GAP, "l@A Mon1, t@B Mon2", 0),
        (GAP, "l Mon1, t@B Mon2, z Mon2", 2),
        (GAP, "b@A Mon1, t@A Mon4", 0),
        (ANY, "l@A Mon1, a@A Mon2", 1),
        (ANY, "l@A Mon1, a@A Mon3, z@A Mon2", 0),
    ],
    ids=str,
)
def test_both_sides_of_the_wait(rule: MinGapAfter, lessons: str, expected: int) -> None:
    both_twins_find(expected, rule, tagged(lessons))


@pytest.mark.parametrize(
    ("rule", "lessons", "expected"),
    [
        (MaxLongDays(who=T, span=3), "a@A Mon1, b@A Mon3, z@A Mon5", 0),
        (MaxLongDays(who=T, span=3), "a@A Mon1, b@A Mon4", 1),
        (MaxLongDays(who=T, span=3, limit=1), "a@A Mon1, b@A Mon4, c@A Tue1, d@A Wed1", 0),
        (MaxLongDays(who=T, span=3, limit=1), "a@A Mon1, b@A Mon4, c@A Tue1, d*2@A Tue4", 1),
        (MaxLongDays(who=T, span=1), "a*2 Mon1", 2),  # in each week
    ],
    ids=str,
)
def test_both_sides_of_long_days(rule: MaxLongDays, lessons: str, expected: int) -> None:
    both_twins_find(expected, rule, taught(lessons))
