"""Examples of the director's routes, for the table of route × role × {own, other person, other tenant}."""

from dataclasses import replace
from itertools import count
from typing import Any

from scheduling import library
from scheduling.school.generating import Asked, draft
from tests.api.service.examples import Call, Example
from tests.api.service.optimizer import ended_job, tenant_of
from tests.service import Service

BASE = "/director/schedules"
_hours = count(13 * 60, 2)


def ids(service: Service, dialect: str, who: str) -> dict[str, list[str]]:
    """Those of the person's own organisation: the demo, or the other one."""
    if not who.startswith("other_tenant_"):
        found: dict[str, list[str]] = service.demo("director")["ids"]
        return found
    return other_ids(service)


def other_ids(service: Service) -> dict[str, list[str]]:
    """Of the demo's other organisation."""
    client = service.client("director", "other_tenant_director")
    data = client.get(f"{BASE}/timetable-options").json()["data"]
    names = {"class_id": "classes", "subject_id": "subjects", "teacher_id": "teachers", "timeSlotId": "timeSlots"}
    return {name: [row["id"] for row in data[rows]] for name, rows in names.items()}


def director_of(who: str) -> str:
    return "other_tenant_director" if who.startswith("other_tenant_") else "director"


def new_slot(service: Service, who: str) -> str:
    """A slot of two minutes nobody else has."""
    start = next(_hours)
    body = {"startTime": f"{start // 60}:{start % 60:02d}", "endTime": f"{(start + 1) // 60}:{(start + 1) % 60:02d}"}
    answer = service.client("director", director_of(who)).post(f"{BASE}/create-time-slot", json={**body, "label": "X"})
    found: str = answer.json()["data"]["id"]
    return found


def new_entry(service: Service, dialect: str, who: str) -> dict[str, Any]:
    """A body that can be stored, in a slot of its own."""
    known = ids(service, dialect, who)
    body = {name: known[name][0] for name in ("class_id", "subject_id", "teacher_id")}
    return {**body, "timeSlotId": new_slot(service, who), "day_of_week": "MONDAY"}


def stored_entry(service: Service, dialect: str, who: str) -> str:
    body = new_entry(service, dialect, who)
    answer = service.client("director", director_of(who)).post(f"{BASE}/create-timetable", json=body)
    found: str = answer.json()["data"]["id"]
    return found


def own_teacher(service: Service, who: str) -> str:
    """The teacher the person is, or the first one."""
    known = ids(service, "director", who)["teacher_id"]
    if who.startswith("other_tenant_"):
        return known[0]
    return service.demo("director")["ids"]["teacher_id"][1 if who == "teacher_2" else 0]


def job(service: Service, dialect: str, who: str) -> str:
    return ended_job(service, tenant_of(service, "director", director_of(who)))


def present(service: Service, dialect: str, who: str) -> str:
    """A timetable of the entries as they are."""
    tenant = tenant_of(service, "director", director_of(who))
    with service.services.store.write(tenant) as session:
        compiled = draft(session, Asked()).compiled
        problem = library.keep_problem(session, compiled.problem, "School", compiled.keys.report())
        judged = library.judge(compiled.problem, compiled.timetable)
        return library.keep_timetable(session, problem.id, compiled.timetable, judged, "manual").id


def with_lessons(service: Service, dialect: str, who: str) -> str:
    stored_entry(service, dialect, who)
    return ids(service, dialect, who)["teacher_id"][0]


WORKBOOK = {"content": b"Class,Subject\n7A,MAT\n"}
"""Read, found wanting, and reported."""

_EXAMPLES = {
    f"GET {BASE}/time-slots": Example(lambda *_: Call("/time-slots"), objects=False),
    f"GET {BASE}/timetable-options": Example(lambda *_: Call("/timetable-options"), objects=False),
    f"GET {BASE}/subjects-with-teachers": Example(lambda *_: Call("/subjects-with-teachers"), objects=False),
    f"POST {BASE}/timetable": Example(lambda *_: Call("/timetable", {"class": "jss1"}), objects=False),
    f"POST {BASE}/create-time-slot": Example(
        lambda s, d, who: Call("/create-time-slot", {"startTime": "6:00", "endTime": "6:00", "label": "X"}),
        objects=False,
        fine=(400,),
    ),
    f"PATCH {BASE}/time-slots/{{id}}": Example(
        lambda s, d, who: Call(f"/time-slots/{new_slot(s, who)}", {"label": "Y"})
    ),
    f"DELETE {BASE}/time-slots/{{id}}": Example(lambda s, d, who: Call(f"/time-slots/{new_slot(s, who)}")),
    f"POST {BASE}/create-timetable": Example(
        lambda s, d, who: Call("/create-timetable", new_entry(s, d, who)), hidden=(400,)
    ),
    f"POST {BASE}/validate-entry": Example(
        lambda s, d, who: Call("/validate-entry", new_entry(s, d, who)), objects=False
    ),
    f"POST {BASE}/bulk-create-timetable": Example(
        lambda s, d, who: Call("/bulk-create-timetable", {"entries": [new_entry(s, d, who)]}), objects=False
    ),
    f"PATCH {BASE}/timetable/{{id}}": Example(
        lambda s, d, who: Call(f"/timetable/{stored_entry(s, d, who)}", {"room": "Z"})
    ),
    f"DELETE {BASE}/timetable/{{id}}": Example(lambda s, d, who: Call(f"/timetable/{stored_entry(s, d, who)}")),
    f"POST {BASE}/import": Example(lambda *_: Call("/import?dry_run=true", content=WORKBOOK), objects=False),
    f"POST {BASE}/generate": Example(lambda *_: Call("/generate", {"seconds": 5}), objects=False),
    f"GET {BASE}/generate/{{job_id}}": Example(lambda s, d, who: Call(f"/generate/{job(s, d, who)}")),
    f"DELETE {BASE}/generate/{{job_id}}": Example(lambda s, d, who: Call(f"/generate/{job(s, d, who)}")),
    f"POST {BASE}/repair": Example(
        lambda s, d, who: Call("/repair", {"changes": [{"teacher_id": with_lessons(s, d, who), "days": ["MONDAY"]}]}),
        hidden=(400,),
    ),
    f"GET {BASE}/timetable/print": Example(
        lambda s, d, who: Call(f"/timetable/print?teacher_id={own_teacher(s, who)}"),
    ),
    f"POST {BASE}/publish": Example(
        lambda s, d, who: Call("/publish", {"timetable_id": present(s, d, who), "incomplete": True})
    ),
    f"GET {BASE}/teacher-timetable/{{id}}": Example(
        lambda s, d, who: Call(f"/teacher-timetable/{own_teacher(s, who)}")
    ),
}
EXAMPLES = {key: replace(example, strangers=(400, 403)) for key, example in _EXAMPLES.items()}
"""Leading people of other dialects are told that they have no school."""
