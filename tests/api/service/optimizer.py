"""Examples of the optimizer's routes, for the table of route × role × {own, other person, other tenant}."""

import json
from collections.abc import Callable
from datetime import date
from functools import cache

from formats.excel.write_input import write_input
from models.problem import Teacher
from scheduling import feeds, jobs, library, versions
from scheduling.jobs import Wishes
from scheduling.store import Tenant
from scheduling.tasks import Fixes
from scheduling.webhooks import hooks
from tests.api.service.examples import Call, Example, plain
from tests.formats.little_school import PROBLEM, TIMETABLE, changed
from tests.service import Service

Path = Callable[[Service, Tenant], str]
FILE = {"content": json.dumps({"problem": PROBLEM.model_dump(mode="json"), "timetable": None}).encode()}


def tenant_of(service: Service, dialect: str, owner: str) -> Tenant:
    """The organisation of a person of the demo."""
    return service.services.identity.recognise(service.demo(dialect)["tokens"][owner]).tenant("test", "example")


@cache
def workbook() -> bytes:
    return write_input(PROBLEM)


def problem(service: Service, tenant: Tenant) -> str:
    with service.services.store.write(tenant) as session:
        upload = library.keep_upload(session, "school.xlsx", workbook())
        return library.keep_problem(session, PROBLEM, "Little school", {}, upload.id).id


def upload(service: Service, tenant: Tenant) -> str:
    with service.services.store.write(tenant) as session:
        return library.keep_upload(session, "school.xlsx", workbook()).id


def timetable(service: Service, tenant: Tenant) -> str:
    kept = problem(service, tenant)
    with service.services.store.write(tenant) as session:
        judged = library.judge(PROBLEM, TIMETABLE)
        return library.keep_timetable(session, kept, TIMETABLE, judged, "upload").id


def ended_job(service: Service, tenant: Tenant) -> str:
    kept = problem(service, tenant)
    with service.services.store.write(tenant) as session:
        job = jobs.submit(session, kept, Wishes())
        return jobs.cancel(session, job.id).id


def call(make: Path, path: str, body: object = None) -> Example:
    """path: with {} for the id of what is made."""

    def example(service: Service, dialect: str, owner: str) -> Call:
        return Call(path.format(make(service, tenant_of(service, dialect, owner))), body)

    return Example(example)


def asking(make: Path, path: str, field: str, **more: object) -> Example:
    """A body that names what is made."""

    def example(service: Service, dialect: str, owner: str) -> Call:
        return Call(path, {field: make(service, tenant_of(service, dialect, owner)), **more})

    return Example(example)


def two(service: Service, dialect: str, owner: str) -> Call:
    tenant = tenant_of(service, dialect, owner)
    return Call("/v1/diff", {"before": timetable(service, tenant), "after": timetable(service, tenant)})


def found_fixes(service: Service, tenant: Tenant) -> str:
    """A job that has found a fix."""
    kept = problem(service, tenant)
    with service.services.store.write(tenant) as session:
        proof = library.keep_timetable(session, kept, TIMETABLE, library.judge(PROBLEM, TIMETABLE), "fixes").id
        job = jobs.submit_task(session, Fixes(problem=kept))
        fix = {"number": 1, "changes": [{"sentence": "Less is taught"}], "problem": kept, "timetable": proof}
        job.status, job.result = "done", {"status": "infeasible", "sentence": "", "fixes": [fix]}
        return job.id


def published(service: Service, dialect: str, owner: str) -> Tenant:
    """A timetable in force in which the owner is the teacher ADE."""
    tenant = tenant_of(service, dialect, owner)
    email = service.demo(dialect)["logins"][owner]["email"]
    school = changed(teachers=(Teacher(id="ADE", name="Ade", email=email), *PROBLEM.teachers[1:]))
    with service.services.store.write(tenant) as session:
        kept = library.keep_problem(session, school, "Little school", {}).id
        placed = library.keep_timetable(session, kept, TIMETABLE, library.judge(school, TIMETABLE), "upload").id
        versions.publish(session, placed, feeds.local_date(session))
    return tenant


def new_feed(service: Service, dialect: str, owner: str) -> Call:
    published(service, dialect, owner)
    return Call("/v1/feeds", {"kind": "teacher", "name": "ADE"})


def with_feed(path: str) -> Example:
    """path: with {} for the id of a feed of the owner."""

    def example(service: Service, dialect: str, owner: str) -> Call:
        tenant = published(service, dialect, owner)
        with service.services.store.write(tenant) as session:
            feeds.create_feed(session, str(tenant.actor_id), "teacher", "ADE")
            feed = feeds.feeds_of(session, tenant.actor_id)[-1].id
        return Call(path.format(feed))

    return Example(example)


def with_webhook(path: str, body: object = None) -> Example:
    """path: with {} for the id of a webhook, {delivery} for that of a delivery of it."""

    def example(service: Service, dialect: str, owner: str) -> Call:
        tenant, sealer = tenant_of(service, dialect, owner), service.services.identity.sealer
        with service.services.store.write(tenant) as session:
            webhook, _ = hooks.add(session, sealer, "https://example.org/hook", ["job.finished"], private=False)
            delivery = hooks.try_out(session, webhook)
            return Call(path.format(webhook.id, delivery=delivery.id), body)

    return Example(example)


def new_webhook(service: Service, dialect: str, owner: str) -> Call:
    """None is left, so that there is room for another one."""
    with service.services.store.write(tenant_of(service, dialect, owner)) as session:
        for webhook in hooks.webhooks(session):
            hooks.remove(session, webhook)
    return Call("/v1/webhooks", {"url": "https://example.org/hook", "events": ["job.finished"]})


def difference(service: Service, dialect: str, owner: str) -> Call:
    tenant = tenant_of(service, dialect, owner)
    return Call(f"/v1/timetables/{timetable(service, tenant)}/diff/{timetable(service, tenant)}")


EXAMPLES: dict[str, Example] = {
    "POST /v1/problems": Example(lambda *_: Call("/v1/problems", content=FILE), objects=False),
    "GET /v1/problems": plain("/v1/problems"),
    "GET /v1/timetables": plain("/v1/timetables"),
    "GET /v1/jobs": plain("/v1/jobs"),
    "GET /v1/problems/{problem_id}/workbook": call(problem, "/v1/problems/{}/workbook"),
    "GET /v1/problems/{problem_id}": call(problem, "/v1/problems/{}"),
    "GET /v1/problems/{problem_id}/annotated": call(problem, "/v1/problems/{}/annotated"),
    "GET /v1/problems/{problem_id}/proofs": call(problem, "/v1/problems/{}/proofs"),
    "GET /v1/uploads/{upload_id}/annotated": call(upload, "/v1/uploads/{}/annotated"),
    "POST /v1/problems/{problem_id}/solve": call(problem, "/v1/problems/{}/solve", {"seconds": 5}),
    "GET /v1/jobs/{job_id}": call(ended_job, "/v1/jobs/{}"),
    "GET /v1/jobs/{job_id}/events": call(ended_job, "/v1/jobs/{}/events"),
    "DELETE /v1/jobs/{job_id}": call(ended_job, "/v1/jobs/{}"),
    "GET /v1/timetables/{timetable_id}": call(timetable, "/v1/timetables/{}"),
    "GET /v1/timetables/{timetable_id}/score": call(timetable, "/v1/timetables/{}/score"),
    "GET /v1/timetables/{timetable_id}/diff/{other_id}": Example(difference),
    "POST /v1/timetables/{timetable_id}/publish": call(
        timetable, "/v1/timetables/{}/publish", {"effective_from": date(2027, 1, 11).isoformat()}
    ),
    "GET /v1/timetables/{timetable_id}/robustness": call(timetable, "/v1/timetables/{}/robustness"),
    "POST /v1/repair": asking(timetable, "/v1/repair", "timetable"),
    "POST /v1/explain": asking(problem, "/v1/explain", "problem"),
    "POST /v1/fixes": asking(problem, "/v1/fixes", "problem"),
    "POST /v1/alternatives": asking(problem, "/v1/alternatives", "problem", apart=2),
    "POST /v1/cover": asking(timetable, "/v1/cover", "timetable", absent=[{"teacher": "ADE"}], week="A"),
    "POST /v1/why-not": asking(timetable, "/v1/why-not", "timetable", lesson="m1"),
    "POST /v1/why-not/exact": asking(timetable, "/v1/why-not/exact", "timetable", lesson="m1", at="Wed P1"),
    "POST /v1/diff": Example(two),
    "POST /v1/jobs/{job_id}/fixes/{number}": call(found_fixes, "/v1/jobs/{}/fixes/1"),
    "POST /v1/webhooks": Example(new_webhook, objects=False),
    "GET /v1/webhooks": plain("/v1/webhooks"),
    "GET /v1/webhooks/{webhook_id}": with_webhook("/v1/webhooks/{}"),
    "PATCH /v1/webhooks/{webhook_id}": with_webhook("/v1/webhooks/{}", {"active": False}),
    "DELETE /v1/webhooks/{webhook_id}": with_webhook("/v1/webhooks/{}"),
    "POST /v1/webhooks/{webhook_id}/secret": with_webhook("/v1/webhooks/{}/secret"),
    "POST /v1/webhooks/{webhook_id}/test": with_webhook("/v1/webhooks/{}/test"),
    "GET /v1/webhooks/{webhook_id}/deliveries": with_webhook("/v1/webhooks/{}/deliveries"),
    "POST /v1/webhooks/{webhook_id}/deliveries/{delivery_id}": with_webhook("/v1/webhooks/{}/deliveries/{delivery}"),
    "POST /v1/feeds": Example(new_feed, objects=False),
    "GET /v1/feeds": plain("/v1/feeds"),
    "POST /v1/feeds/{feed_id}/rotate": with_feed("/v1/feeds/{}/rotate"),
    "DELETE /v1/feeds/{feed_id}": with_feed("/v1/feeds/{}"),
    "GET /v1/versions": Example(lambda *_: Call("/v1/versions"), objects=False),
    "POST /v1/check": Example(lambda *_: Call("/v1/check", content=FILE), objects=False),
}
