"""For those who run the service: GET /healthz, /readyz and /metrics."""

import shutil

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from api.entrance import Found
from api.permissions import PUBLIC, Access
from api.settings import Settings
from scheduling.errors import Unavailable

router = APIRouter(tags=["operation"])

ACCESS: dict[str, Access] = {"GET /healthz": PUBLIC, "GET /readyz": PUBLIC, "GET /metrics": PUBLIC}


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """The process is alive."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(found: Found) -> dict[str, str]:
    """Requests can be served: the database answers and there is room to write. 503 otherwise."""
    found.store.ping()
    check_disk(found.settings)
    return {"status": "ready", "database": found.store.dialect}


@router.get("/metrics", response_class=PlainTextResponse)
def metrics(found: Found) -> Response:
    """For Prometheus."""
    return Response(found.metrics.text(), media_type=found.metrics.media_type)


def check_disk(settings: Settings) -> None:
    """Unavailable when the disk of the data folder is nearly full."""
    folder = next(place for place in (settings.data.absolute(), *settings.data.absolute().parents) if place.exists())
    free = shutil.disk_usage(folder).free
    if free < settings.least_free_disk:
        raise Unavailable(f"The disk is nearly full: {free // 1_000_000} MB are free.")
