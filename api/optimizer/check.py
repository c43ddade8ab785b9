"""POST /v1/check: what is wrong with a file, whether a timetable can exist, how good it is. Nothing is kept."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from api.entrance import ForTenant, Found
from api.errors import InputError
from api.optimizer.access import COMPUTING
from api.optimizer.problems import erroneous
from api.optimizer.reading import read_file
from api.optimizer.received import SCHEMA, File
from api.permissions import Access
from api.summary import of_score
from api.telling import judge
from models.problem import Problem
from models.timetable import Timetable
from scheduling import library
from scheduling.errors import Invalid

router = APIRouter(prefix="/v1", tags=["problems"])

ACCESS: dict[str, Access] = {"POST /v1/check": COMPUTING}


@router.post("/check", openapi_extra=SCHEMA)
def check(
    file: File,
    request: Request,
    tenant: ForTenant,
    found: Found,
    problem: Annotated[
        str | None, Query(description="Id of the problem, for a file that is a timetable alone.")
    ] = None,
    ignore_unsupported: Annotated[bool, Query(description="Leave out what no rule expresses.")] = False,
) -> Response:
    """The report, with the score of the timetable in the file. 422 with the findings when it cannot be used."""
    if problem is not None:
        with found.store.read(tenant) as session:
            school = library.problem_in(library.problem_row(session, problem))
        return JSONResponse({"score": _score(school, file.data)})
    reading = read_file(file, ignore_unsupported)
    return erroneous(request, reading, None) if reading.problem is None else JSONResponse(reading.report)


def _score(problem: Problem, data: bytes) -> dict[str, Any]:
    try:
        content = json.loads(data)
        timetable = Timetable.model_validate(content.get("timetable", content) if isinstance(content, dict) else None)
        return of_score(problem, timetable, judge(problem, timetable))
    except ValidationError as error:
        places = {".".join(map(str, part["loc"])): str(part["msg"]) for part in error.errors()}
        raise Invalid("The timetable cannot be read.", places) from error
    except (ValueError, RecursionError) as error:
        raise Invalid("The body is no JSON; a timetable alone must be JSON.") from error
    except InputError as error:
        raise Invalid(f"{error}.") from error
