"""Weeks as one HTML document that needs nothing else: to look at, and to print, a page of A4 for each week."""

from collections.abc import Iterable
from functools import cache
from itertools import groupby
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from formats.colours import INK, PAPER, text_on
from formats.grid import Layout, Row, Tile
from models.time import PeriodKind

HEADINGS = {"class": "Classes", "teacher": "Teachers", "room": "Rooms"}
MOST_LABELS = 24
"""Rows that each have their time written beside them; of more, only full hours have."""
HEIGHTS = {PeriodKind.BREAK: "5mm", PeriodKind.LUNCH: "8mm", PeriodKind.ASSEMBLY: "8mm"}
"""Of rows other than lessons, which share what is left."""


class Page(NamedTuple):
    """anchor: of its place in the document; heights: of its rows; rows: each with whether its label is shown, and its
    tiles."""

    anchor: str
    layout: Layout
    heights: str
    rows: list[tuple[Row, bool, list[Tile]]]


def draw_html(name: str, layouts: Iterable[Layout]) -> str:
    """name: of the school. Equal input gives equal text."""
    pages = [_page(f"week-{n}", layout) for n, layout in enumerate(layouts, 1)]
    groups = [(HEADINGS[kind], list(found)) for kind, found in groupby(pages, key=lambda page: page.layout.kind)]
    return _template().render(name=name, groups=groups, pages=pages, ink=INK, paper=PAPER, text_on=text_on)


@cache
def _template() -> Template:
    found = Environment(
        loader=PackageLoader("formats.pages", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return found.get_template("weeks.html")


def _page(anchor: str, layout: Layout) -> Page:
    heights = " ".join(HEIGHTS.get(row.kind, "minmax(0,1fr)") for row in layout.rows)
    rows: list[tuple[Row, bool, list[Tile]]] = []
    for number, row in enumerate(layout.rows):
        rows.append((row, is_labelled(layout, row), [tile for tile in layout.tiles if tile.row == number]))
    return Page(anchor, layout, heights, rows)


def is_labelled(layout: Layout, row: Row) -> bool:
    """Whether there is room for the row's time beside it."""
    return len(layout.rows) <= MOST_LABELS or row.label.endswith(":00")
