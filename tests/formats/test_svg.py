"""The picture of a week."""

from defusedxml.ElementTree import fromstring

from formats.grid import Frame, lay_out
from formats.svg import draw
from models.base import ResourceKind
from models.board import Board
from tests.formats.little_school import PROBLEM, TIMETABLE, changed

SVG = "{http://www.w3.org/2000/svg}"
FRAME = Frame(Board(PROBLEM, TIMETABLE))


def texts(kind: ResourceKind, id_: str) -> list[str | None]:
    root = fromstring(draw(lay_out(FRAME, kind, id_)))
    return [t.text for t in root.iter(f"{SVG}text")]


def test_picture_says_everything_about_the_week() -> None:
    found = texts("class", "7A")
    assert {"Form 7A", "Mon", "P1", "08:00–08:40", "Lunch", "Mathematics", "Ade Bello", "French", "7A-F"} <= set(found)


def test_names_are_escaped_and_cut_where_they_do_not_fit() -> None:
    found = texts("class", "7B")
    assert "Art (A)" in found
    whole = texts("teacher", "CHI")
    assert '=HYPERLINK("http://x") (CHI)' in whole


def test_long_title_is_cut_with_an_ellipsis() -> None:
    lessons = tuple(x.model_copy(update={"subject": "A subject with a very long code"}) for x in PROBLEM.lessons)
    problem = changed(lessons=lessons)
    root = fromstring(draw(lay_out(Frame(Board(problem, TIMETABLE)), "class", "7A")))
    cut = {t.text for t in root.iter(f"{SVG}text") if t.text and t.text.startswith("A subject")}
    assert cut
    assert all(t.endswith("…") for t in cut)


def test_every_tile_lies_within_the_picture() -> None:
    root = fromstring(draw(lay_out(FRAME, "class", "7A")))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for box in root.iter(f"{SVG}rect"):
        assert float(box.attrib["x"]) + float(box.attrib["width"]) <= width
        assert float(box.attrib["y"]) + float(box.attrib["height"]) <= height


def test_same_week_gives_the_same_text() -> None:
    assert draw(lay_out(FRAME, "room", "R1")) == draw(lay_out(Frame(Board(PROBLEM, TIMETABLE)), "room", "R1"))
