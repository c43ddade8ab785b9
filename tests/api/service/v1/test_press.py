"""Long documents are drawn beside the server: in turns, within a time, and with a sentence where that is not enough."""

import json
from collections.abc import Iterator

import pytest

from api.press import SHORT, Press
from formats.pages.pdf import draw_pdf
from formats.pages.select import weeks
from scheduling.errors import TooMany, Unavailable
from tests.formats.little_school import PROBLEM, TIMETABLE
from tests.service import Service

ALL = list(weeks(PROBLEM, TIMETABLE))


@pytest.fixture
def hasty(sqlite_database: str) -> Iterator[Service]:
    """A service that gives no time for drawing."""
    service = Service(sqlite_database, (), print_seconds=0.01)
    yield service
    service.close()


@pytest.mark.parametrize("pages", [SHORT, SHORT + 1])
def test_short_and_long_documents_are_the_same_as_elsewhere(pages: int) -> None:
    assert Press(60).draw("School", ALL[:pages]) == draw_pdf("School", ALL[:pages])


def test_only_long_documents_take_turns() -> None:
    press = Press(60, patience=0.01)
    with press.turns:
        assert press.draw("School", ALL[:SHORT]).startswith(b"%PDF")
        with pytest.raises(TooMany):
            press.draw("School", ALL)
    assert press.draw("School", ALL).startswith(b"%PDF")


def test_the_turn_is_given_back_after_a_failure() -> None:
    press = Press(0.01, patience=0.01)
    for _ in range(2):
        with pytest.raises(Unavailable, match=rf"Drawing {len(ALL)} pages took longer than 0.01 s"):
            press.draw("School", ALL)


def test_a_client_is_told_what_took_too_long(hasty: Service) -> None:
    client = hasty.client("director", "director")
    body = {"problem": PROBLEM.model_dump(mode="json"), "timetable": TIMETABLE.model_dump(mode="json")}
    kept = client.post("/v1/problems", content=json.dumps(body)).json()["timetable"]
    answer = client.get(f"/v1/timetables/{kept}", params={"format": "pdf"})
    assert answer.status_code == 503
    assert "print fewer, or as .html" in answer.json()["detail"]
    assert client.get(f"/v1/timetables/{kept}", params={"format": "pdf", "teacher": "ADE"}).status_code == 200
