"""The demo school of the director's dialect."""

from datetime import date, timedelta

from scheduling.demo.scene import Ids, Scene
from scheduling.demo.teaching import plan_demo
from scheduling.school.clock import minutes
from scheduling.store import StoreSession
from scheduling.store.tables import (
    AcademicSession,
    SchoolClass,
    SchoolSubject,
    SchoolTeacher,
    SubjectTeacher,
    TimeSlot,
    TimetableEntry,
)

BELL = (
    ("08:00", "08:45", "First Period"),
    ("08:45", "09:30", "Second Period"),
    ("09:30", "10:00", "Break"),
    ("10:00", "10:45", "Third Period"),
    ("10:45", "11:30", "Fourth Period"),
    ("11:30", "12:15", "Fifth Period"),
)
CLASSES = ("JSS 1A", "JSS 1B", "JSS 2A", "JSS 3A", "SS 1A", "SS 2A", "SS 3A")
SUBJECTS = (
    ("Mathematics", "MATH101", "#FF5733"),
    ("English Language", "ENG101", "#3498DB"),
    ("Physics", "PHY101", "#2ECC71"),
    ("Biology", "BIO101", "#8E44AD"),
    ("History", "HIS101", "#F39C12"),
)
STAFF = (
    ("John", "Doe", "male"),
    ("Jane", "Smith", "female"),
    ("Bob", "Johnson", "male"),
    ("Amina", "Bello", "female"),
    ("Chidi", "Okafor", "male"),
    ("Grace", "Adeyemi", "female"),
)


def fill(session: StoreSession, scene: Scene) -> Ids:
    """Everything an entry needs, a plan of what is to be taught, and one entry: the second class, first teacher, last
    slot of Friday."""
    current = _academic_session(session, scene)
    slots = _slots(session, scene)
    teachers = _teachers(session, scene)
    classes = _classes(session, scene)
    subjects = _subjects(session, scene, teachers)
    entry = TimetableEntry(
        id=scene.id(),
        class_id=classes[1],
        subject_id=subjects[0],
        teacher_id=teachers[0],
        time_slot_id=slots[-1],
        academic_session_id=current,
        day="FRIDAY",
        room="Room 102",
        updated_at=session.now,
    )
    session.add(entry)
    session.flush()
    plan_demo(session, scene)
    return {
        "class_id": classes,
        "subject_id": subjects,
        "teacher_id": teachers,
        "timeSlotId": slots,
        "academic_session_id": [current],
        "entry_id": [entry.id],
    }


def _academic_session(session: StoreSession, scene: Scene) -> str:
    """The year around today."""
    first = date(scene.today.year, 1, 1)
    made = AcademicSession(
        id=scene.id(),
        name=str(first.year),
        starts_on=first,
        ends_on=first + timedelta(days=364),
        current=True,
        updated_at=session.now,
    )
    session.add(made)
    session.flush()
    return made.id


def _slots(session: StoreSession, scene: Scene) -> list[str]:
    rows = [
        TimeSlot(
            id=scene.id(),
            starts=minutes(start),
            ends=minutes(end),
            label=label,
            position=position,
            updated_at=session.now,
        )
        for position, (start, end, label) in enumerate(BELL, start=1)
    ]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def _teachers(session: StoreSession, scene: Scene) -> list[str]:
    """The first ones are those who sign in."""
    people = [scene.people[role].id for role in ("teacher", "teacher_2") if role in scene.people]
    rows = [
        SchoolTeacher(
            id=scene.id(),
            person_id=people[number] if number < len(people) else None,
            first_name=first,
            last_name=last,
            email=f"{first}.{last}@{scene.organisation.id[:8]}.example".lower(),
            phone_number=f"+23480{scene.random.randrange(10**8):08d}",
            gender=gender,
            code=last[:3].upper(),
            updated_at=session.now,
        )
        for number, (first, last, gender) in enumerate(STAFF)
    ]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def _classes(session: StoreSession, scene: Scene) -> list[str]:
    rows = [
        SchoolClass(id=scene.id(), name=name, code=name.replace(" ", ""), level=_level(name), updated_at=session.now)
        for name in CLASSES
    ]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def _subjects(session: StoreSession, scene: Scene, teachers: list[str]) -> list[str]:
    """Each with two teachers, the last one with none."""
    rows = [
        SchoolSubject(id=scene.id(), name=name, code=code, color=color, updated_at=session.now)
        for name, code, color in SUBJECTS
    ]
    session.add_all(rows)
    session.flush()
    for number, row in enumerate(rows[:-1]):
        session.add_all(SubjectTeacher(subject_id=row.id, teacher_id=t) for t in teachers[number : number + 2])
    return [row.id for row in rows]


def _level(name: str) -> str:
    """ "JSS 1A" -> "JSS 1" """
    return name[:-1]
