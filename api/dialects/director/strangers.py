"""What people are told who belong to an organisation that is no school."""

from dataclasses import replace

from fastapi import Request

from api.failures import Failure
from scheduling.identity import Caller

BY_ROUTE = {
    "/timetable-options": "Error fetching timetable options",
    "/timetable": "User not found or invalid school data",
    "/create-timetable": "School does not exist",
}
"""Route -> what its clients expect; all others say it as SCHOOL."""
SCHOOL = "School not found"
LEADING = frozenset({"super_admin", "owner", "director"})
"""Roles that would be enough, were there a school."""


def without_school(request: Request, failure: Failure) -> Failure:
    """A refusal for somebody with a leading role elsewhere says that the school is missing, not the right."""
    caller: Caller | None = getattr(request.state, "caller", None)
    if failure.code != "forbidden" or caller is None or caller.dialect == "director" or not caller.roles & LEADING:
        return failure
    path = getattr(request.scope.get("route"), "path", "")
    return replace(failure, code="invalid", message=BY_ROUTE.get(path, SCHOOL))
