"""The optimizer over HTTP: problems in, jobs, timetables out. Thin routes, one small file per topic."""

from fastapi import APIRouter

from api.optimizer import check, jobs, problems, timetables, versions
from api.permissions import Access

ROUTERS: tuple[APIRouter, ...] = (
    problems.router,
    jobs.router,
    timetables.router,
    versions.router,
    check.router,
)
ACCESS: dict[str, Access] = {
    **problems.ACCESS,
    **jobs.ACCESS,
    **timetables.ACCESS,
    **versions.ACCESS,
    **check.ACCESS,
}
