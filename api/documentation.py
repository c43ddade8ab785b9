"""GET /docs: the routes to read about and to try, with scripts of our own house: nothing is loaded from elsewhere."""

from importlib.resources import files

from fastapi import APIRouter, Response
from fastapi.openapi.docs import get_swagger_ui_html

from api.permissions import PUBLIC, Access
from scheduling.errors import NotFound

router = APIRouter(prefix="/docs", include_in_schema=False)

ACCESS: dict[str, Access] = {"GET /docs": PUBLIC, "GET /docs/{name}": PUBLIC}
ASSETS = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "favicon-32x32.png": "image/png",
}
"""Files of the package that carries Swagger UI, with their types."""
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@router.get("")
def documentation() -> Response:
    page = get_swagger_ui_html(
        openapi_url="/openapi.json",
        title="Timewright",
        swagger_js_url="/docs/swagger-ui-bundle.js",
        swagger_css_url="/docs/swagger-ui.css",
        swagger_favicon_url="/docs/favicon-32x32.png",
    )
    page.headers["Content-Security-Policy"] = POLICY
    return page


@router.get("/{name}")
def asset(name: str) -> Response:
    if name not in ASSETS:
        raise NotFound("There is nothing at this address.")
    content = files("fastapi_swagger.resources").joinpath(name).read_bytes()
    return Response(content, media_type=ASSETS[name], headers={"Cache-Control": "public, max-age=86400"})
