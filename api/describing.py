"""What the OpenAPI document of a door says at every route: how it fails, how to sign in, and how to repeat a POST."""

from typing import Any

from fastapi import FastAPI

from api.entrance import COOKIE
from api.once import HEADER, KEY
from api.permissions import Access

SCHEMES: dict[str, Any] = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "An API token, or the access_token of a login.",
    },
    "session": {"type": "apiKey", "in": "cookie", "name": COOKIE, "description": "Set by a login."},
}
REPEATING: dict[str, Any] = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "pattern": f"^{KEY.pattern}$"},
    "description": "The same key and body again within 24 hours: the first answer, and nothing happens twice.",
}


class Described(FastAPI):
    """state.access tells of each route what it asks for."""

    def openapi(self) -> dict[str, Any]:
        fresh = self.openapi_schema is None
        document = super().openapi()
        if fresh:
            document.setdefault("components", {})["securitySchemes"] = SCHEMES
            for path, operations in document["paths"].items():
                for method, operation in operations.items():
                    _describe(operation, method, self.state.access[f"{method.upper()} {path}"])
        return document


def _describe(operation: dict[str, Any], method: str, access: Access) -> None:
    if access.roles is None:
        return
    operation["security"] = [{name: []} for name in SCHEMES]
    if method == "post" and access.key:
        operation.setdefault("parameters", []).append(REPEATING)
