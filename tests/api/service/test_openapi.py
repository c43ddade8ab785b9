"""Whatever is sent to whatever route: answers are as documented, and no failure tells what is behind it.

Requests are made from the OpenAPI documents themselves, from a fixed seed, valid ones and others; each is sent as it
is, and once more with names and ids of things that exist.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from schemathesis import BaseSchema, Case
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import DIALECTS, SERVICE
from api.doors import Door, open_door
from api.services import services_for
from tests.api.service.optimizer import ended_job, problem, tenant_of, timetable, upload
from tests.dialects.director.access import other_ids
from tests.formats.little_school import PROBLEM
from tests.service import Service, settings_for

pytestmark = pytest.mark.slow

EXAMPLES = 8
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
INSIDE = re.compile(r"Traceback|File \"|sqlite|psycopg|sqlalchemy|SELECT .*FROM|INSERT INTO|\.py\b", re.IGNORECASE)
"""What is none of the clients' business."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Iterator[Service]:
    file = tmp_path_factory.mktemp("openapi") / "timewright.db"
    file.write_bytes(migrated_sqlite.read_bytes())
    service = Service(f"sqlite:///{file}")
    yield service
    service.close()


@pytest.fixture(scope="module")
def known(service: Service) -> Mapping[str, str]:
    """Names of fields and parameters, some with their path -> what exists."""
    ids = {name: values[0] for name, values in service.demo("director")["ids"].items()}
    tenant = tenant_of(service, "director", "director")
    placed = timetable(service, tenant)
    school = {"lesson": PROBLEM.lessons[0].id, "class": PROBLEM.classes[0].id, "teacher": PROBLEM.teachers[0].id}
    school |= {"room": PROBLEM.rooms[0].id, "at": "Mon P1", "times": "Mon", "number": "1", "day_of_week": "MONDAY"}
    made = {"problem": problem(service, tenant), "upload": upload(service, tenant), "job": ended_job(service, tenant)}
    return {
        **ids,
        **made,
        **{f"{kind}_id": id_ for kind, id_ in made.items()},
        **dict.fromkeys(("timetable", "timetable_id", "other_id", "before", "after", "start"), placed),
        **school,
        "/time-slots/{id}": ids["timeSlotId"],
        "/timetable/{id}": ids["entry_id"],
        "/teacher-timetable/{id}": ids["teacher_id"],
    }


@pytest.fixture(scope="module")
def foreign(service: Service) -> set[str]:
    """Ids of another organisation."""
    people = service.demo("director")["people"]
    of_others = {id_ for key, id_ in people.items() if key.startswith("other_tenant_")}
    return of_others | {id_ for several in other_ids(service).values() for id_ in several}


def document(door: Door) -> BaseSchema:
    generation = {"deterministic": True, "max-examples": EXAMPLES, "database": "none"}
    config = {"seed": 1, "generation": generation, "phases": {"coverage": {"enabled": False}}}
    app = open_door(door, services_for(settings_for("postgresql://nowhere")))
    told = {**app.openapi(), "servers": [{"url": door.base or "/"}]}
    return schemathesis.openapi.from_dict(told, config=SchemathesisConfig.from_dict(config))


@document(SERVICE).parametrize()
def test_the_service_answers_as_documented(
    case: Case, service: Service, known: Mapping[str, str], foreign: set[str]
) -> None:
    check(case, service, foreign)
    check(meant(case, known), service, foreign)


@document(DIALECTS[0]).parametrize()
def test_a_dialect_answers_as_documented(
    case: Case, service: Service, known: Mapping[str, str], foreign: set[str]
) -> None:
    check(case, service, foreign)
    check(meant(case, known), service, foreign)


def check(case: Case, service: Service, foreign: set[str]) -> None:
    token = service.demo("director")["tokens"]["director"]
    case.operation.app = case.operation.schema.app = service.app
    answer = case.call(headers={"Authorization": f"Bearer {token}"})
    case.validate_response(answer, checks=CHECKS)
    told = answer.content.decode(errors="replace")
    if answer.status_code >= 400:
        assert not INSIDE.search(told), told
    assert not [id_ for id_ in foreign if id_ in told]


def meant(case: Case, known: Mapping[str, str]) -> Case:
    """The same request about things that exist."""
    for name in case.path_parameters or {}:
        case.path_parameters[name] = known.get(case.operation.path, known.get(name, case.path_parameters[name]))
    case.body = replaced(case.body, known)
    return case


def replaced(value: Any, known: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [replaced(part, known) for part in value]
    if not isinstance(value, dict):
        return value
    return {
        name: known[name] if name in known and isinstance(part, str) else replaced(part, known)
        for name, part in value.items()
    }
