"""The optimizer over HTTP: problems in, jobs, timetables out. Thin routes, one small file per topic."""

from fastapi import APIRouter

from api.optimizer import check, feeds, insight, jobs, kept, problems, tasks, timetables, versions, webhooks
from api.permissions import Access

ROUTERS: tuple[APIRouter, ...] = (
    problems.router,
    kept.router,
    jobs.router,
    timetables.router,
    insight.router,
    tasks.router,
    versions.router,
    check.router,
    feeds.router,
    webhooks.router,
)
ACCESS: dict[str, Access] = {
    **problems.ACCESS,
    **kept.ACCESS,
    **jobs.ACCESS,
    **timetables.ACCESS,
    **insight.ACCESS,
    **tasks.ACCESS,
    **versions.ACCESS,
    **check.ACCESS,
    **feeds.ACCESS,
    **webhooks.ACCESS,
}
