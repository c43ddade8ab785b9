"""/docs works without the internet."""

import re

from tests.service import Service


def test_the_page_loads_from_the_service_alone(service: Service) -> None:
    page = service.nobody.get("/docs")
    assert page.status_code == 200
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert sorted(addresses) == ["/docs/favicon-32x32.png", "/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css"]
    assert "//" not in re.sub(r"<!--.*?-->", "", page.text.replace("</", "<"))
    for address in addresses:
        assert len(service.nobody.get(address).content) > 100
    assert "connect-src 'self'" in page.headers["content-security-policy"]


def test_nothing_else_is_given_away(service: Service) -> None:
    for name in ("__init__.py", "..%2Fmain.py", "nothing"):
        assert service.nobody.get(f"/docs/{name}").status_code == 404


def test_every_route_of_the_optimizer_is_described(service: Service) -> None:
    document = service.nobody.get("/openapi.json").json()
    ours = {path: routes for path, routes in document["paths"].items() if path.startswith("/v1/")}
    assert {"/v1/repair", "/v1/feeds", "/v1/webhooks", "/v1/calendars/{secret}.ics"} <= set(ours)
    assert all(route.get("description") or route["summary"] for routes in ours.values() for route in routes.values())
