"""Demo organisations of all dialects: who is in them, and that they can sign in."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from scheduling.dialects import DIALECTS
from scheduling.school.generating import Asked, draft
from scheduling.store import Tenant
from scheduling.store.tables import AcademicSession
from tests.service import Service

DEMOS = [dialect for dialect in DIALECTS if dialect.demo]


@pytest.fixture
def service(sqlite_database: str) -> Iterator[Service]:
    service = Service(sqlite_database)
    yield service
    service.close()


@pytest.mark.parametrize("dialect", DEMOS, ids=lambda x: x.name)
def test_everybody_signs_in_by_token_and_cookie(service: Service, dialect: Any) -> None:
    demo = service.demo(dialect.name)
    for key in demo["tokens"]:
        role = key.removeprefix("other_tenant_").removesuffix("_2")
        for client in (service.client(dialect.name, key), service.with_cookie(dialect.name, key)):
            told = client.get("/auth/me").json()
            assert told["roles"] == [role]
            assert (told["organisation"] == demo["organisation"]) == (not key.startswith("other_tenant_"))


def test_dialects_without_routes_list_the_ids_of_their_people(service: Service) -> None:
    coaches = service.demo("culturebridge")
    assert coaches["ids"]["coach_id"] == [coaches["people"]["coach"], coaches["people"]["coach_2"]]
    trainers = service.demo("fitness")
    assert trainers["ids"]["trainer_id"] == [trainers["people"]["trainer"], trainers["people"]["trainer_2"]]
    assert all(isinstance(x, int) for x in trainers["ids"]["trainer_id"])


def test_ids_have_the_names_of_the_bodies(service: Service) -> None:
    assert set(service.demo("director")["ids"]) == {
        *("class_id", "subject_id", "teacher_id", "timeSlotId", "academic_session_id", "entry_id")
    }


def test_the_school_is_of_today_and_can_be_taught(service: Service) -> None:
    tenant = Tenant(service.demo("director")["organisation"], "test")
    with service.services.store.read(tenant) as session:
        current = session.scalars(select(AcademicSession)).one()
        drawn = draft(session, Asked())
    assert current.starts_on <= service.clock().date() <= max(current.ends_on, date(current.ends_on.year, 12, 31))
    assert drawn.proofs == ()
    assert sum(x.duration for x in drawn.compiled.problem.lessons) == 70
