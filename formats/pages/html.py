"""Weeks as one HTML document that needs nothing else: to look at, and to print, a page of A4 for each week."""

from collections.abc import Iterable
from functools import cache
from itertools import groupby, pairwise
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
    """anchor: of its place in the document; fine: many short rows; heights: of the rows; rows: each with the number of
    rows its label stands for, 0 for none, and its tiles, each with the time to be told."""

    anchor: str
    layout: Layout
    fine: bool
    heights: str
    rows: list[tuple[Row, int, list[tuple[Tile, str]]]]


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
    labels = dict(labels_of(layout))
    rows: list[tuple[Row, int, list[tuple[Tile, str]]]] = []
    for number, row in enumerate(layout.rows):
        tiles = [(tile, time_of(layout, tile)) for tile in layout.tiles if tile.row == number]
        rows.append((row, labels.get(number, 0), tiles))
    return Page(anchor, layout, is_fine(layout), heights, rows)


def is_fine(layout: Layout) -> bool:
    """Whether the rows are too many to have their times beside them."""
    return len(layout.rows) > MOST_LABELS


def labels_of(layout: Layout) -> list[tuple[int, int]]:
    """Rows that have a label, each with the number of rows it stands for: all, or those of full hours."""
    count = len(layout.rows)
    marked = [n for n in range(count) if not is_fine(layout) or layout.rows[n].label.endswith(":00")]
    return [(n, after - n) for n, after in pairwise([*marked, count])]


def time_of(layout: Layout, tile: Tile) -> str:
    """The time that is told in a tile: where it differs from that of its row, and where rows are fine that of each
    lesson."""
    if not is_fine(layout) or tile.kind != "lesson":
        return tile.time
    begin, end = layout.rows[tile.row].time, layout.rows[tile.row + tile.rows - 1].time
    return f"{begin.partition('–')[0]}–{end.partition('–')[2]}"
