"""Files, problems and timetables are kept; publishing puts a timetable in force from a date on."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select

from models.timetable import Placement, Timetable
from scheduling import library, versions
from scheduling.errors import NotFound
from scheduling.store import Store, Tenant
from scheduling.store.tables import AuditEntry, Upload, Version
from tests.formats.little_school import PROBLEM

FIRST_DAY, WINTER, SPRING = date(2026, 9, 1), date(2026, 12, 1), date(2027, 3, 1)


@pytest.fixture
def timetables(store: Store, first: Tenant) -> list[str]:
    """Ids of three timetables of the little school, each with one lesson more."""
    with store.write(first) as session:
        problem = library.keep_problem(session, PROBLEM, "Little school", {})
        lessons = [lesson.id for lesson in PROBLEM.lessons]
        made = [Timetable(placements=tuple(Placement(lesson=x, start=0) for x in lessons[:n])) for n in range(3)]
        return [library.keep_timetable(session, problem.id, t, {}, "upload").id for t in made]


def test_what_is_kept_comes_back_as_it_was(store: Store, first: Tenant) -> None:
    timetable = Timetable(placements=(Placement(lesson=PROBLEM.lessons[0].id, start=0, rooms=(None,)),))
    with store.write(first) as session:
        upload = library.keep_upload(session, "school.xlsx", b"bytes")
        problem = library.keep_problem(session, PROBLEM, "Little school", {"findings": []}, upload.id)
        made = library.keep_timetable(session, problem.id, timetable, library.judge(PROBLEM, timetable), "upload")
    with store.read(first) as session:
        assert session.get_one(Upload, upload.id).content == b"bytes"
        assert library.problem_in(library.problem_row(session, problem.id)) == PROBLEM
        kept = library.timetable_row(session, made.id)
        assert library.timetable_in(kept) == timetable
        assert set(kept.score) == {"hard", "unplaced", "soft", "rules"}


def test_equal_problems_have_equal_hashes(store: Store, first: Tenant) -> None:
    with store.write(first) as session:
        same = [library.keep_problem(session, PROBLEM, name, {}) for name in ("one", "two")]
        other = library.keep_problem(session, PROBLEM.model_copy(update={"name": "Another"}), "three", {})
    assert same[0].id != same[1].id
    assert same[0].hash == same[1].hash != other.hash


def test_others_cannot_see_or_publish_them(store: Store, other: Tenant, timetables: list[str]) -> None:
    with store.read(other) as session, pytest.raises(NotFound):
        library.timetable_row(session, timetables[0])
    with pytest.raises(NotFound), store.write(other) as session:
        versions.publish(session, timetables[0], FIRST_DAY)


def in_force(store: Store, tenant: Tenant, on: date) -> str | None:
    with store.read(tenant) as session:
        found = versions.in_force(session, on)
        return found.timetable_id if found else None


def publish(store: Store, tenant: Tenant, timetable: str, day: date) -> int:
    with store.write(tenant) as session:
        return versions.publish(session, timetable, day).number


def test_a_version_is_in_force_from_its_date_to_the_next(store: Store, first: Tenant, timetables: list[str]) -> None:
    autumn, winter, _ = timetables
    assert publish(store, first, autumn, FIRST_DAY) == 1
    assert publish(store, first, winter, WINTER) == 2
    assert in_force(store, first, date(2026, 8, 31)) is None
    assert in_force(store, first, FIRST_DAY) == autumn
    assert in_force(store, first, date(2026, 11, 30)) == autumn
    assert in_force(store, first, WINTER) == winter


def test_a_correction_leaves_what_is_planned_for_later(store: Store, first: Tenant, timetables: list[str]) -> None:
    autumn, winter, corrected = timetables
    publish(store, first, autumn, FIRST_DAY)
    publish(store, first, winter, WINTER)
    publish(store, first, corrected, date(2026, 10, 1))
    assert in_force(store, first, date(2026, 11, 30)) == corrected
    assert in_force(store, first, WINTER) == winter


def test_undo_is_publishing_an_older_one(store: Store, first: Tenant, timetables: list[str]) -> None:
    autumn, mistake, _ = timetables
    publish(store, first, autumn, FIRST_DAY)
    publish(store, first, mistake, WINTER)
    assert publish(store, first, autumn, WINTER) == 3
    assert in_force(store, first, SPRING) == autumn
    with store.read(first) as session:
        assert [version.number for version in versions.history(session)] == [3, 2, 1]
        published = select(AuditEntry).where(AuditEntry.action == "published").order_by(AuditEntry.id)
        entry = session.scalars(published).all()[-1]
        assert entry.old == {"number": 2, "timetable": mistake}
        assert entry.new == {"number": 3, "timetable": autumn, "effective_from": "2026-12-01"}


def test_publishing_at_once_gives_each_a_number(store: Store, first: Tenant, timetables: list[str]) -> None:
    with ThreadPoolExecutor(8) as pool:
        numbers = pool.map(lambda _: publish(store, first, timetables[0], FIRST_DAY), range(12))
        assert sorted(numbers) == list(range(1, 13))


def test_the_organisations_count_for_themselves(store: Store, first: Tenant, other: Tenant) -> None:
    for tenant in (first, other):
        with store.write(tenant) as session:
            problem = library.keep_problem(session, PROBLEM, "Little school", {})
            made = library.keep_timetable(session, problem.id, Timetable(), {}, "upload")
        assert publish(store, tenant, made.id, FIRST_DAY) == 1
    with store.read_across() as session:
        assert len(session.scalars(select(Version)).all()) == 2
