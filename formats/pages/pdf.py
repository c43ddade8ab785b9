"""Weeks as a PDF file: A4 landscape, a page for each week, with bookmarks."""

from collections.abc import Iterable
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from formats.colours import INK, text_on
from formats.grid import Entry, Layout, Tile
from formats.pages.html import HEADINGS, is_fine, labels_of, time_of
from formats.pages.text import Line, cut, fitted, height_of, is_right_to_left, put, put_middle, put_right
from models.time import PeriodKind

WIDTH, HEIGHT = landscape(A4)
MARGIN = 26.0
TITLE, HEAD, FOOT = 30.0, 17.0, 12.0
"""Points for the title, the names of the days, and the line at the bottom."""
TIMES = 54.0
"""Width of the column of periods."""
GAP = 1.4
"""Space around a tile."""
PADDING = 5.0
RADIUS = 4.0
HEIGHTS = {PeriodKind.BREAK: 14.0, PeriodKind.LUNCH: 22.0, PeriodKind.ASSEMBLY: 22.0}
"""Of rows other than lessons, which share what is left."""
LARGEST, LEAST = 11.0, 5.0
"""Sizes of the title of a lesson."""
STRIP, LOW = 8.0, 22.0
"""Size of a lesson in one line; height below which it has no room for more."""
MOST_LANES = 2
"""Lessons side by side in a tile; more are put one under the other."""
Box = tuple[float, float, float, float]
"""Left, bottom, width, height."""
QUIET, RULE, BAND, ABSENT = "#5B6670", "#DDE2E7", "#F1F3F6", "#F7F8FA"


def draw_pdf(name: str, layouts: Iterable[Layout]) -> bytes:
    """name: of the school. Equal input gives equal bytes on one machine: the fonts are those of the system."""
    data = BytesIO()
    canvas = Canvas(data, (WIDTH, HEIGHT), invariant=1)
    canvas.setTitle(name or "Timetable")
    canvas.setCreator("Timewright")
    canvas.setAuthor("")
    last = ""
    for number, layout in enumerate(layouts, 1):
        last = _bookmark(canvas, layout, number, last)
        _draw(canvas, name, layout, number)
        canvas.showPage()
    if not last:
        put(canvas, MARGIN, HEIGHT - MARGIN - 18, "There is nothing to print.", 12)
    canvas.save()
    return data.getvalue()


def _bookmark(canvas: Canvas, layout: Layout, number: int, last: str) -> str:
    """An entry for the week under one for its kind; the heading it stands under."""
    key, heading = f"week-{number}", HEADINGS[layout.kind]
    canvas.bookmarkPage(key)
    if heading != last:
        canvas.addOutlineEntry(heading, key, 0, closed=True)
    canvas.addOutlineEntry(layout.title, key, 1)
    return heading


def _draw(canvas: Canvas, name: str, layout: Layout, number: int) -> None:
    tops = _tops(layout)
    column = (WIDTH - 2 * MARGIN - TIMES) / max(1, len(layout.days))
    _head(canvas, name, layout, column)
    _times(canvas, layout, tops)
    for tile in layout.tiles:
        left, top = MARGIN + TIMES + tile.column * column, tops[tile.row]
        width, height = tile.columns * column - 2 * GAP, top - tops[tile.row + tile.rows] - 2 * GAP
        box = (left + GAP, top - GAP - height, width, height)
        _tile(canvas, tile._replace(time=time_of(layout, tile)), box)
    canvas.setFillColor(HexColor(QUIET))
    put_right(canvas, WIDTH - MARGIN, MARGIN - 8, str(number), 7)


def _tops(layout: Layout) -> list[float]:
    """Of each row, and the bottom of the last."""
    top = HEIGHT - MARGIN - TITLE - HEAD
    given = [HEIGHTS.get(row.kind, 0.0) for row in layout.rows]
    share = (top - MARGIN - FOOT / 2 - sum(given)) / max(1, given.count(0.0))
    tops = [top]
    for height in given:
        tops.append(tops[-1] - (height or share))
    return tops


def _head(canvas: Canvas, name: str, layout: Layout, column: float) -> None:
    baseline = HEIGHT - MARGIN - 16
    half = (WIDTH - 2 * MARGIN) / 2
    canvas.setFillColor(HexColor(INK))
    end = put(canvas, MARGIN, baseline, cut(layout.title, half, 18, bold=True), 18, bold=True)
    canvas.setFillColor(HexColor(QUIET))
    end = put(canvas, end + 10, baseline, cut(layout.subtitle, half / 2, 9), 9)
    put_right(canvas, WIDTH - MARGIN, baseline, cut(name, WIDTH - MARGIN - end - 12, 9), 9)
    canvas.setFillColor(HexColor(INK))
    for number, day in enumerate(layout.days):
        middle = MARGIN + TIMES + (number + 0.5) * column
        put_middle(canvas, middle, HEIGHT - MARGIN - TITLE - HEAD + 6, cut(day, column, 11, bold=True), 11, bold=True)


def _times(canvas: Canvas, layout: Layout, tops: list[float]) -> None:
    canvas.setStrokeColor(HexColor(RULE))
    canvas.setLineWidth(0.5)
    fine = is_fine(layout)
    for number, rows in labels_of(layout):
        row, top, bottom = layout.rows[number], tops[number], tops[number + 1 if not fine else number + min(2, rows)]
        canvas.line(MARGIN, top, WIDTH - MARGIN, top)
        lines = [] if fine else [Line(row.time, share=0.7)]
        if row.kind is PeriodKind.LESSON:
            lines.insert(0, Line(row.label, bold=True))
        found, size = fitted(lines, TIMES - 4, max(top - bottom, 8), 11, 5)
        _lines(canvas, found, size, (MARGIN, bottom, TIMES - 4, top - bottom), INK)


def _tile(canvas: Canvas, tile: Tile, box: Box) -> None:
    left, bottom, width, height = box
    if tile.kind in ("band", "absent"):
        canvas.setFillColor(HexColor(BAND if tile.kind == "band" else ABSENT))
        canvas.roundRect(left, bottom, width, height, min(RADIUS, height / 2), stroke=0, fill=1)
    if tile.kind == "band":
        canvas.setFillColor(HexColor(QUIET))
        text = " ".join(filter(None, (tile.text, tile.time)))
        put_middle(canvas, left + width / 2, bottom + height / 2 - 2.5, cut(text, width - 4, 7.5), 7.5)
    elif tile.kind == "free" and tile.time:
        canvas.setFillColor(HexColor(QUIET))
        put(canvas, left + 2, bottom + height - 8, tile.time, 6.5)
    for entry, place in zip(tile.entries, _places(len(tile.entries), box), strict=True):
        _entry(canvas, entry, place, tile)


def _places(count: int, box: Box) -> list[Box]:
    """Of the lessons of a tile: two side by side, more one under the other."""
    left, bottom, width, height = box
    if count <= MOST_LANES:
        lane = (width + GAP) / max(1, count)
        return [(left + n * lane, bottom, lane - GAP, height) for n in range(count)]
    strip = (height + GAP) / count
    return [(left, bottom + height - (n + 1) * strip + GAP, width, strip - GAP) for n in range(count)]


def _entry(canvas: Canvas, entry: Entry, box: Box, tile: Tile) -> None:
    left, bottom, width, height = box
    radius = min(RADIUS, height / 3)
    canvas.saveState()
    shape = canvas.beginPath()
    shape.roundRect(left, bottom, width, height, radius)
    canvas.clipPath(shape, stroke=0, fill=0)
    canvas.setFillColor(HexColor(entry.colour))
    canvas.rect(left, bottom, width, height, stroke=0, fill=1)
    canvas.setFillColor(HexColor(entry.accent))
    canvas.rect(left, bottom, 2.6, height, stroke=0, fill=1)
    inside = (left + PADDING, bottom, width - PADDING - 3, height)
    if len(tile.entries) > MOST_LANES:
        _strip(canvas, entry, entry.code, entry.brief, inside)
    elif height < LOW:
        rest = entry.details if len(tile.entries) == 1 else entry.brief
        _strip(canvas, entry, entry.heading, (tile.time, *rest) if tile.time else rest, inside)
    else:
        found, size = fitted(_text(entry, tile), inside[2] - 1, height - 2, LARGEST, LEAST)
        _lines(canvas, found, size, inside, text_on(entry.colour))
    canvas.restoreState()


def _strip(canvas: Canvas, entry: Entry, title: str, rest: tuple[str, ...], box: Box) -> None:
    """A lesson in one line, for many at the same time and for short ones."""
    left, bottom, width, height = box
    size = min(STRIP, height * 0.75)
    canvas.setFillColor(HexColor(text_on(entry.colour)))
    at = bottom + height / 2 - size * 0.35
    end = put(canvas, left, at, cut(title, width, size, bold=True), size, bold=True) + 3
    put(canvas, end, at, cut("  ".join(rest), left + width - end, size * 0.92), size * 0.92)


def _text(entry: Entry, tile: Tile) -> list[Line]:
    """A lesson alone has its names, two side by side their codes."""
    first = [Line(tile.time, share=0.7)] if tile.time else []
    if len(tile.entries) > 1:
        return [*first, Line(entry.code, bold=True), *(Line(x, share=0.8) for x in entry.brief)]
    return [*first, Line(entry.heading, bold=True), *(Line(x, share=0.8) for x in entry.details)]


def _lines(canvas: Canvas, lines: list[Line], size: float, box: Box, colour: str) -> None:
    """One under the other, in the middle of the height; right-to-left text at the right."""
    left, bottom, width, height = box
    canvas.setFillColor(HexColor(colour))
    y = bottom + (height + height_of(lines, size)) / 2
    right = is_right_to_left(lines[0].text) if lines else False
    for line in lines:
        y -= size * line.share * 1.17
        at = y + size * line.share * 0.25
        if right:
            put_right(canvas, left + width, at, line.text, size * line.share, line.bold)
        else:
            put(canvas, left, at, line.text, size * line.share, line.bold)
