"""How many statements a request costs, whatever the size of the school: none of them asks row by row."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from scheduling.school.clock import WEEKDAYS
from scheduling.store.tables import SchoolClass, SchoolTeacher, TimetableEntry
from tests.service import Service

SIGNING_IN = 1
STATE = 1
"""How often the school has changed."""
CLASSES = 40


@pytest.fixture
def service(sqlite_database: str) -> Iterator[Service]:
    service = Service(sqlite_database)
    yield service
    service.close()


@contextmanager
def statements(service: Service) -> Iterator[list[str]]:
    """What is asked of the database meanwhile, without transactions."""
    told: list[str] = []

    def hear(_: Any, __: Any, statement: str, *___: Any) -> None:
        told.append(statement)

    engines = {service.services.store.engines.read, service.services.store.engines.write}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", hear)
    yield told
    for engine in engines:
        event.remove(engine, "before_cursor_execute", hear)


def asked(told: list[str]) -> list[str]:
    return [x for x in told if not x.startswith(("BEGIN", "COMMIT", "PRAGMA"))]


def fill(service: Service, ids: dict[str, list[str]]) -> None:
    """1,000 entries: every slot of the week in 40 classes with 40 teachers."""
    with service.services.store.write(service.tenant("director")) as session:
        classes = [SchoolClass(name=f"JSS 2 C{n}", code=f"C{n}", updated_at=session.now) for n in range(CLASSES)]
        teachers = [
            SchoolTeacher(first_name="T", last_name=str(n), email="", updated_at=session.now) for n in range(CLASSES)
        ]
        session.add_all([*classes, *teachers])
        session.flush()
        for class_, teacher in zip(classes, teachers, strict=True):
            session.add_all(
                TimetableEntry(
                    class_id=class_.id,
                    subject_id=ids["subject_id"][0],
                    teacher_id=teacher.id,
                    time_slot_id=slot,
                    academic_session_id=ids["academic_session_id"][0],
                    day=day,
                    room="Hall",
                    updated_at=session.now,
                )
                for day in WEEKDAYS
                for slot in ids["timeSlotId"][:5]
            )


def wish(ids: dict[str, list[str]], **changed: Any) -> dict[str, Any]:
    names = ("class_id", "subject_id", "teacher_id", "timeSlotId")
    return {**{name: ids[name][0] for name in names}, "day_of_week": "MONDAY", **changed}


def test_reading_slots_costs_one_statement(service: Service, director: TestClient) -> None:
    for more in (1, 0):  # the second answer is the first one again
        with statements(service) as told:
            assert director.get("time-slots").status_code == 200
        assert len(asked(told)) == SIGNING_IN + STATE + more


def test_a_week_costs_as_many_statements_in_a_large_school(
    service: Service, director: TestClient, ids: dict[str, list[str]]
) -> None:
    fill(service, ids)
    for level in ("jss3", "jss2"):
        with statements(service) as told:
            rows = director.post("timetable", json={"class": level}).json()["data"]["schedule"]["MONDAY"]
        assert len(asked(told)) == SIGNING_IN + STATE + 5, asked(told)
    assert len(rows) == CLASSES * 5 + 1


def test_making_an_entry_costs_as_many_statements_in_a_large_school(
    service: Service, director: TestClient, ids: dict[str, list[str]]
) -> None:
    fill(service, ids)
    with statements(service) as told:
        answer = director.post("create-timetable", json=wish(ids, room="Hall"))
    assert answer.json()["data"]["warnings"] == ["Hall is already used in this time slot and day"]
    # What it refers to, its neighbours; the entry, the audit, the mail, the count of changes.
    reads, writes = SIGNING_IN + 2, 4
    assert len(asked(told)) == reads + writes, asked(told)


def test_a_refusal_costs_no_more(service: Service, director: TestClient, ids: dict[str, list[str]]) -> None:
    director.post("create-timetable", json=wish(ids))
    with statements(service) as told:
        assert director.post("create-timetable", json=wish(ids)).status_code == 400
    assert len(asked(told)) == SIGNING_IN + 2


def test_no_statement_looks_through_all_entries(
    service: Service, director: TestClient, ids: dict[str, list[str]]
) -> None:
    fill(service, ids)
    with statements(service) as told:
        director.post("timetable", json={"class": "jss3"})
        director.post("create-timetable", json=wish(ids, room="Hall"))
    about = [x for x in told if "FROM timetable_entries" in x]
    assert len(about) == 2
    with service.services.store.read_across() as session:
        for statement in about:
            raw = session.connection().connection.cursor()
            raw.execute(f"EXPLAIN QUERY PLAN {statement}", ["x"] * statement.count("?"))
            plan = [str(row[3]) for row in raw.fetchall() if "timetable_entries" in str(row[3])]
            assert plan
            assert all("USING INDEX" in line for line in plan), plan
