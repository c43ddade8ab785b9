"""Schools of their own for tests, and solving without a worker."""

from datetime import date
from typing import Any
from uuid import uuid4

from fastapi.testclient import TestClient

from scheduling import library
from scheduling.identity.people import add_organisation, add_person
from scheduling.identity.tokens import create_token
from scheduling.school.sessions import start_session
from scheduling.store import Tenant
from scheduling.store.tables import Job
from tests.service import Service

BASE = "/director/schedules/"


class School:
    """An empty school and the client of its director; paths are below the dialect's base."""

    def __init__(self, service: Service, with_session: bool = True) -> None:
        self.service, name = service, f"School {uuid4().hex[:6]}"
        with service.services.store.write_across() as session:
            self.id = add_organisation(session, name, "director", "Europe/Berlin").id
        self.tenant = Tenant(self.id, "test")
        with service.services.store.write(self.tenant) as session:
            person = add_person(session, "Director", f"{self.id}@demo.example", ("director",), None)
            token = create_token(session, person.id, "test")
            if with_session:
                start_session(session, "2026", date(2026, 1, 1), date(2026, 12, 31))
        self.client = TestClient(
            service.app, headers={"Authorization": f"Bearer {token}"}, base_url="http://testserver"
        )
        self.client.base_url = self.client.base_url.join(BASE)

    def load(self, data: bytes, name: str = "school.xlsx", **query: str) -> dict[str, Any]:
        answer = self.client.post("import", params=query, files={"file": (name, data)})
        found: dict[str, Any] = {"status": answer.status_code, **answer.json()}
        return found

    def options(self) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get("timetable-options").json()["data"]
        return found

    def week(self, wanted: str) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = self.client.post("timetable", json={"class": wanted}).json()["data"][
            "schedule"
        ]
        return found


def solve_job(service: Service, tenant: Tenant, job_id: str) -> None:
    """What a worker does, in a second and without one."""
    from solver import Limits, solve

    with service.services.store.read(tenant) as session:
        job = session.get_one(Job, job_id)
        problem_id, seed = job.problem_id, int(job.parameters["seed"])
        problem = library.problem_in(library.problem_row(session, problem_id))
    result = solve(problem, Limits(seconds=20, first=True, workers=1, seed=seed))
    assert result.timetable is not None
    judged = library.judge(problem, result.timetable)
    with service.services.store.write(tenant) as session:
        job = session.get_one(Job, job_id)
        kept = library.keep_timetable(session, problem_id, result.timetable, judged, "solve")
        job.status, job.timetable_id = "done", kept.id
