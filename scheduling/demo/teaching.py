"""What is to be taught in the demo school: 70 periods a week, as a director's workbook would say it."""

from collections.abc import Iterator

from models.problem import Lesson, Problem, SchoolClass, Subject, Teacher
from models.rules import AnyRule
from models.rules.not_twice_a_day import NotTwiceADay
from scheduling import library
from scheduling.demo.scene import Scene
from scheduling.school.clock import WEEKDAYS
from scheduling.school.grid import SlotGrid, slot_grid
from scheduling.school.holdings import Holdings, holdings
from scheduling.school.keys import Keys
from scheduling.school.problem import DEFAULTS
from scheduling.store import StoreSession

PER_WEEK: dict[str, tuple[int, ...]] = {
    "MATH101": (1, 1, 1),
    "ENG101": (1, 1, 1),
    "PHY101": (2,),
    "BIO101": (1, 1),
}
"""Subject -> lengths of its lessons in every class, in periods."""
BEGINS = {"ENG101": 1}
"""Subject -> which of its teachers has the first class, if not the first one: nobody has more than 21 periods."""
SPREAD = 20
"""Price of two lessons of a subject on one day."""


def plan_demo(session: StoreSession, scene: Scene) -> None:
    """The teachers of a subject take turns from class to class."""
    held = holdings(session)
    assert held.current is not None
    grid = slot_grid(held.slots, WEEKDAYS)
    problem = _problem(scene.organisation.name, held, grid)
    keys = Keys(
        classes={x.code: x.id for x in held.classes},
        teachers={x.code or x.name: x.id for x in held.teachers},
        subjects={x.code or x.name: x.id for x in held.subjects},
        cells=grid.cells,
        state=held.state,
    )
    held.current.plan_id = library.keep_problem(session, problem, problem.name, keys.report()).id


def _problem(name: str, held: Holdings, grid: SlotGrid) -> Problem:
    lessons = tuple(_lessons(held))
    return Problem(
        name=name,
        grid=grid.grid,
        subjects=tuple(Subject(id=x.code or x.name, name=x.name) for x in held.subjects),
        teachers=tuple(Teacher(id=x.code or x.name, name=x.name) for x in held.teachers),
        classes=tuple(SchoolClass(id=x.code, name=x.name, level=x.level) for x in held.classes),
        lessons=lessons,
        rules=(*DEFAULTS, *_spread(lessons)),
    )


def _lessons(held: Holdings) -> Iterator[Lesson]:
    names = {x.id: x.code or x.name for x in held.teachers}
    for subject in held.subjects:
        code = subject.code or subject.name
        staff = sorted(names[t] for s, t in held.assigned if s == subject.id)
        for number, class_ in enumerate(held.classes, start=BEGINS.get(code, 0)):
            for part, duration in enumerate(PER_WEEK.get(code, ()), start=1):
                yield Lesson(
                    id=f"{class_.code} {code} {part}",
                    subject=code,
                    course=f"{class_.code} {code}",
                    duration=duration,
                    classes=(class_.code,),
                    teachers=(staff[(number + 1) % len(staff)],),
                )


def _spread(lessons: tuple[Lesson, ...]) -> Iterator[AnyRule]:
    courses: dict[str, list[str]] = {}
    for lesson in lessons:
        courses.setdefault(lesson.course, []).append(lesson.id)
    for ids in courses.values():
        if len(ids) > 1:
            yield NotTwiceADay(lessons=tuple(ids), weight=SPREAD)
