"""Secret calendar addresses: they show what is in force, are kept as digests, and end when they are revoked."""

import re
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from models.timetable import Timetable
from scheduling import library, versions
from scheduling.feeds import spans
from scheduling.identity.people import own_organisation
from scheduling.store.tables import AuditEntry, Feed, Person, Version
from tests.api.service.optimizer import published, tenant_of
from tests.formats.little_school import PROBLEM, TIMETABLE
from tests.service import Service

ADE = {"kind": "teacher", "name": "ADE"}


@pytest.fixture
def client(service: Service) -> TestClient:
    """A director whose school has published a timetable today."""
    published(service, "director", "director")
    return service.client("director", "director")


def path_of(answer: Any) -> str:
    assert answer.status_code in (200, 201), answer.text
    return re.sub(r"^http://testserver", "", answer.json()["url"])


def publish(service: Service, timetable: Timetable, on: date) -> None:
    tenant = tenant_of(service, "director", "director")
    with service.services.store.write(tenant) as session:
        kept = library.keep_problem(session, PROBLEM, "Little school", {}).id
        placed = library.keep_timetable(session, kept, timetable, library.judge(PROBLEM, timetable), "upload").id
        versions.publish(session, placed, on)


def test_the_address_shows_the_lessons_to_whoever_has_it(service: Service, client: TestClient) -> None:
    calendar = service.nobody.get(path_of(client.post("/v1/feeds", json=ADE)))
    assert calendar.status_code == 200
    assert calendar.headers["content-type"] == "text/calendar; charset=utf-8"
    assert calendar.text.count("BEGIN:VEVENT") == 3
    assert "SUMMARY:Physics · 7B" in calendar.text
    assert calendar.headers["cache-control"] == "private, no-cache"


def test_only_a_digest_is_stored_and_no_list_tells_the_secret(service: Service, client: TestClient) -> None:
    path = path_of(client.post("/v1/feeds", json=ADE))
    secret = path.removeprefix("/v1/calendars/").removesuffix(".ics")
    assert secret not in client.get("/v1/feeds").text
    with service.services.store.read(service.tenant("director")) as session:
        (feed,) = session.scalars(select(Feed))
        assert secret not in feed.digest
        told = [str((entry.old, entry.new)) for entry in session.scalars(select(AuditEntry)) if entry.kind == "feed"]
        assert told
        assert not any(secret in text or feed.digest in text for text in told)


def test_a_revoked_or_rotated_address_is_as_one_that_never_was(service: Service, client: TestClient) -> None:
    first = path_of(client.post("/v1/feeds", json=ADE))
    (feed,) = client.get("/v1/feeds").json()
    second = path_of(client.post(f"/v1/feeds/{feed['id']}/rotate"))
    assert (service.nobody.get(first).status_code, service.nobody.get(second).status_code) == (404, 200)
    for _ in range(2):
        assert client.delete(f"/v1/feeds/{feed['id']}").status_code == 204
    gone, never = (service.nobody.get(path) for path in (second, "/v1/calendars/nothing.ics"))
    assert (gone.status_code, never.status_code) == (404, 404)
    assert gone.json()["detail"] == never.json()["detail"]
    assert client.post(f"/v1/feeds/{feed['id']}/rotate").status_code == 409
    assert client.get("/v1/feeds").json()[0]["revoked_at"]


def test_who_may_no_longer_sign_in_has_no_calendar(service: Service, client: TestClient) -> None:
    path = path_of(client.post("/v1/feeds", json=ADE))
    with service.services.store.write(service.tenant("director")) as session:
        session.get_one(Person, service.demo("director")["people"]["director"]).active = False
    assert service.nobody.get(path).status_code == 404


def test_what_is_known_already_is_not_sent_again(service: Service, client: TestClient) -> None:
    path = path_of(client.post("/v1/feeds", json=ADE))
    first = service.nobody.get(path)
    tag, changed = first.headers["etag"], first.headers["last-modified"]
    for known in ({"If-None-Match": tag}, {"If-None-Match": f'"x", W/{tag}'}, {"If-Modified-Since": changed}):
        again = service.nobody.get(path, headers=known)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    for unknown in ({"If-None-Match": '"x"', "If-Modified-Since": changed}, {"If-Modified-Since": "yesterday"}):
        assert service.nobody.get(path, headers=unknown).status_code == 200


def test_it_follows_what_is_published(service: Service, client: TestClient) -> None:
    path = path_of(client.post("/v1/feeds", json=ADE))
    first = service.nobody.get(path)
    service.clock.move(minutes=5)
    today = service.clock.now.date()
    publish(service, Timetable(placements=TIMETABLE.placements[:1]), today + timedelta(days=30))
    later = service.nobody.get(path)
    assert later.headers["etag"] != first.headers["etag"]
    assert parsedate_to_datetime(later.headers["last-modified"]) > parsedate_to_datetime(first.headers["last-modified"])
    assert (later.text.count("BEGIN:VEVENT"), later.text.count("UNTIL=")) == (4, 3)
    service.clock.move(days=31)
    in_force = service.nobody.get(path, headers={"If-Modified-Since": later.headers["last-modified"]})
    assert (in_force.status_code, in_force.text.count("BEGIN:VEVENT")) == (200, 1)
    publish(service, TIMETABLE, today + timedelta(days=31))
    assert "UNTIL" not in service.nobody.get(path).text


def test_a_teacher_subscribes_to_her_own_week_only(service: Service) -> None:
    published(service, "director", "teacher")
    teacher = service.client("director", "teacher")
    assert service.nobody.get(path_of(teacher.post("/v1/feeds", json=ADE))).text.count("BEGIN:VEVENT") == 3
    for other in ({"kind": "teacher", "name": "BEN"}, {"kind": "class", "name": "7A"}, {"kind": "room", "name": "R1"}):
        assert teacher.post("/v1/feeds", json=other).status_code == 403
    director = service.demo("director")["people"]["director"]
    teacher.post("/v1/feeds", json={**ADE, "person": director})
    assert {feed["person"] for feed in teacher.get("/v1/feeds").json()} == {
        service.demo("director")["people"]["teacher"]
    }
    assert service.client("director", "teacher_2").get("/v1/feeds").json() == []


def test_planners_make_feeds_for_others(service: Service, client: TestClient) -> None:
    teacher = service.demo("director")["people"]["teacher"]
    path_of(client.post("/v1/feeds", json={"kind": "class", "name": "7A", "person": teacher}))
    (feed,) = service.client("director", "teacher").get("/v1/feeds").json()
    assert (feed["kind"], feed["name"], feed["person"]) == ("class", "7A", teacher)
    foreign = service.demo("director")["people"]["other_tenant_teacher"]
    assert client.post("/v1/feeds", json={**ADE, "person": foreign}).status_code == 404


def test_there_must_be_such_a_week_and_a_published_timetable(service: Service, client: TestClient) -> None:
    for wrong in ({"kind": "teacher", "name": "X"}, {"kind": "desk", "name": "ADE"}, {"kind": "room"}):
        assert client.post("/v1/feeds", json=wrong).status_code == 422
    elsewhere = service.client("director", "other_tenant_director")
    assert elsewhere.post("/v1/feeds", json=ADE).status_code == 409


def test_times_are_those_of_the_organisation(service: Service, client: TestClient) -> None:
    path = path_of(client.post("/v1/feeds", json=ADE))
    before = service.nobody.get(path)
    with service.services.store.write(service.tenant("director")) as session:
        own_organisation(session).zone = "Africa/Lagos"
    after = service.nobody.get(path, headers={"If-None-Match": before.headers["etag"]})
    assert "TZID=Africa/Lagos:" in after.text


def test_of_versions_with_one_date_the_last_counts_and_what_is_over_is_left_out() -> None:
    day = date(2027, 1, 11)

    def version(number: int, later: int) -> Version:
        return Version(number=number, effective_from=day + timedelta(days=later))

    made = [version(4, 0), version(3, 20), version(2, 10), version(1, 0)]
    found = [(span.version.number, span.first, span.last) for span in spans(made, day)]
    assert found == [
        (4, day, day + timedelta(days=9)),
        (2, day + timedelta(days=10), day + timedelta(days=19)),
        (3, day + timedelta(days=20), None),
    ]
    assert [span.version.number for span in spans(made, day + timedelta(days=9))] == [4, 2, 3]
    assert [span.version.number for span in spans(made, day + timedelta(days=10))] == [2, 3]
    assert [span.version.number for span in spans(made, day - timedelta(days=9))] == [4, 2, 3]
    assert spans([], day) == []
