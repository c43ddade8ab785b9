"""A workbook that fills the school's master data."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from api.dialects.director.roles import DIRECTING
from api.dialects.director.shapes import Shape, envelope
from api.entrance import ForTenant, Found
from api.once import Answer
from api.optimizer.received import SCHEMA, File
from api.summary import of_finding
from scheduling.school.importing import Imported, Workbook, WorkbookRefused, import_workbook, read_workbook
from scheduling.store import Store, Tenant

router = APIRouter()

ACCESS = {"POST /import": DIRECTING}


TRIED: dict[int | str, dict[str, Any]] = {
    200: {"description": "What an import would do.", "content": {"application/json": {}}}
}
"""The answer of a dry run, for OpenAPI."""


@router.post("/import", status_code=201, openapi_extra=SCHEMA, responses=TRIED)
def import_file(
    file: File,
    answer: Answer,
    tenant: ForTenant,
    found: Found,
    dry_run: Annotated[bool, Query(description="Only report; keep nothing.")] = False,
    replace: Annotated[bool, Query(description="Put slots out of use that are not in the workbook.")] = False,
) -> Response:
    """All of the workbook or nothing: classes, teachers, subjects, slots, and what is to be taught."""
    workbook = read_workbook(file.name, file.data)
    if dry_run:
        return JSONResponse(_tried(found.store, tenant, workbook, replace))
    return answer(
        lambda session: envelope(
            "Workbook imported successfully", _told(workbook, import_workbook(session, workbook, replace))
        ),
        201,
    )


def _tried(store: Store, tenant: Tenant, workbook: Workbook, replace: bool) -> Shape:
    """What an import would do; all it wrote is taken back."""
    try:
        with store.write(tenant) as session, session.begin_nested() as attempt:
            made = import_workbook(session, workbook, replace)
            attempt.rollback()
    except WorkbookRefused as refused:
        errors = [of_finding(x) for x in refused.errors]
        data = {"dryRun": True, "valid": False, "errors": errors, "warnings": _warnings(workbook)}
        return envelope("Workbook cannot be imported", data)
    told = _told(workbook, made) | {"dryRun": True, "planId": None, "timetableId": None}
    return envelope("Workbook can be imported", told)


def _told(workbook: Workbook, made: Imported) -> Shape:
    return {
        "dryRun": False,
        "valid": True,
        "imported": {what: asdict(tally) for what, tally in made.tallies.items()},
        "lessons": made.lessons,
        "planId": made.problem_id,
        "timetableId": made.timetable_id,
        "errors": [],
        "warnings": _warnings(workbook),
        "proofs": list(workbook.proofs),
        "notes": list(made.notes),
    }


def _warnings(workbook: Workbook) -> list[dict[str, str]]:
    return [of_finding(x) for x in workbook.read.findings if not x.is_error]
