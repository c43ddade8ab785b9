from models.problem import Lesson
from models.rules.base import Who
from models.rules.max_site_changes import MaxSiteChanges
from tests.rules.rooms_day import amount, cheapest, lesson, violations

TEACHER = Who(kind="teacher", ids=("T",))
RULE = MaxSiteChanges(who=TEACHER, limit=0)


def day(*rooms: str) -> list[Lesson]:
    return [lesson(f"L{i}", i, room) for i, room in enumerate(rooms)]


def test_only_ways_between_sites_count() -> None:
    """north-north-south-north: two changes."""
    (found,) = violations(RULE, *day("N1", "N2", "S1", "N1"))
    assert (found.amount, found.who) == (2, ("T",))
    assert found.sentence == "T changes sites 2 times on Mon, at most 0 are allowed"


def test_limit_and_span() -> None:
    days = [*day("N1", "S1"), lesson("c", 4, "N1"), lesson("d", 6, "S1")]
    assert amount(MaxSiteChanges(who=TEACHER, limit=1), *days) == 0
    assert amount(MaxSiteChanges(who=TEACHER, limit=1, per="week"), *days) == 1
    assert cheapest(MaxSiteChanges(who=TEACHER, limit=1), *days) == 0
    assert cheapest(MaxSiteChanges(who=TEACHER, limit=1, per="week"), *days) is None
    assert cheapest(MaxSiteChanges(who=TEACHER, limit=1, per="week", weight=6), *days) == 6


def test_the_first_room_decides_and_missing_rooms_are_passed_over() -> None:
    lessons = lesson("a", 0, "N1", "S1"), lesson("b", 1, None), lesson("c", 2, None, "N2")
    assert amount(RULE, *lessons) == 0
    assert cheapest(RULE, *lessons) == 0
    assert amount(RULE, *lessons[:2], lesson("c", 2, None, "S1")) == 1
    assert cheapest(RULE, *lessons[:2], lesson("c", 2, None, "S1")) is None


def test_lessons_of_others_and_without_the_tag_do_not_count() -> None:
    tagged = MaxSiteChanges(who=TEACHER, limit=0, tags=("x",))
    lessons = lesson("a", 0, "N1", tags=("x",)), lesson("b", 1, "S1"), lesson("c", 2, "N1", tags=("x",))
    assert amount(tagged, *lessons) == 0
    assert cheapest(tagged, *lessons) == 0
    assert amount(RULE, lesson("a", 0, "N1"), lesson("b", 1, "S1", teachers=("U",))) == 0


def test_solver_groups_the_lessons_of_a_site() -> None:
    """Two lessons in the south on Monday, one in the north between P0 and P3: at best one change, and none when the
    one in the north may be on Tuesday."""
    south = [lesson("a", None, "S1"), lesson("b", None, "S1")]
    monday = [x.model_copy(update={"pin": x.pin.model_copy(update={"start": i})}) for i, x in enumerate(south)]
    assert cheapest(RULE, *monday, lesson("c", 2, "N1")) is None
    assert cheapest(MaxSiteChanges(who=TEACHER, limit=1), *monday, lesson("c", 2, "N1")) == 0
    assert cheapest(RULE, *monday, lesson("c", None, "N1")) == 0
