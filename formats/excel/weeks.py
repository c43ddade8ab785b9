"""Sheets of weeks: a coloured grid for each class, teacher or room, one under the other, each on a page of its own.

Pages are laid out to the point, because spreadsheets ignore page breaks on sheets that are scaled to fit.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from xlsxwriter.worksheet import Worksheet

from formats.colours import INK, PAPER, text_on
from formats.excel.book import A4, LINE, Book, Range, Run, header_text
from formats.grid import Entry, Frame, Layout, Tile, lay_out
from models.base import ResourceKind
from models.time import PeriodKind

WIDTH = 970
"""Printed width of a page in pixels of 1/96 inch: A4 landscape less margins and a reserve of 7 %, as programs
measure the width of a digit differently."""
HEIGHT = 510.0
"""Printed height in points of 1/72 inch."""
MARGIN = 0.4
"""Inches."""
TIMES = 92
"""Width of the column of periods, in pixels."""
LEAST_WIDTH = 70
TITLE, HEAD, TOP = 30.0, 20.0, 16.0
"""Heights in points of the title of a week, its row of days, and the sheet's repeated first row."""
HEIGHTS = {PeriodKind.BREAK: 15.0, PeriodKind.LUNCH: 22.0, PeriodKind.ASSEMBLY: 22.0}
LEAST_HEIGHT, MOST_HEIGHT = 26.0, 68.0
LARGEST, LEAST_LEGIBLE, SMALLEST = 10.0, 7.0, 5.5
"""Font sizes in points."""
LEADING = 1.22
"""Height of a line as a share of the font size."""
GLYPH = 0.54
"""Mean width of a letter as a share of the font size."""
PADDING = 4.0
"""Points of a cell's width that text cannot use."""
QUIET = "#6B7682"
BAND = "#EEF1F4"
ABSENT = "#F7F8FA"


class Room(NamedTuple):
    """Width and height of a tile in points."""

    width: float
    height: float


def write_weeks(book: Book, name: str, frame: Frame, kind: ResourceKind, ids: Iterable[str]) -> dict[str, int]:
    """Add a sheet with the weeks of the resources; gives the row of each one's title, counted from 0."""
    school = frame.board.problem.name
    sheet = book.sheet(name)
    heights = _heights(frame)
    _set_up(book, sheet, frame, sum(heights))
    book.text(sheet, 0, 0, " · ".join(filter(None, (school, name))), font_size=9, font_color=QUIET)
    sheet.set_row(0, TOP)
    tops: dict[str, int] = {}
    top = 1
    for id_ in ids:
        tops[id_] = top
        _write_week(book, sheet, lay_out(frame, kind, id_), top, heights)
        top += len(heights) + 2
    sheet.set_h_pagebreaks(list(tops.values())[1:])
    return tops


def _heights(frame: Frame) -> list[float]:
    """Height in points of each row of a week: the page shared out among the lessons."""
    given = [HEIGHTS.get(row.kind, 0.0) for row in frame.rows]
    lessons = given.count(0.0)
    share = (HEIGHT - TITLE - HEAD - TOP - sum(given)) / max(1, lessons)
    return [h or min(MOST_HEIGHT, max(LEAST_HEIGHT, share)) for h in given]


def _column_width(days: int) -> int:
    """Pixels of a day's column."""
    return max(LEAST_WIDTH, (WIDTH - TIMES) // days)


def _set_up(book: Book, sheet: Worksheet, frame: Frame, height: float) -> None:
    days = len(frame.days)
    column = _column_width(days)
    sheet.set_column_pixels(0, 0, TIMES)
    sheet.set_column_pixels(1, days, column)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=MARGIN, right=MARGIN, top=MARGIN, bottom=0.6)
    scale = min(1.0, WIDTH / (TIMES + days * column), HEIGHT / (TOP + TITLE + HEAD + height))
    sheet.set_print_scale(max(10, int(100 * scale)))
    sheet.center_horizontally()
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L&8{header_text(frame.board.problem.name)}&R&8&A · &P / &N", {"margin": 0.3})
    sheet.freeze_panes(1, 1)


def _write_week(book: Book, sheet: Worksheet, layout: Layout, top: int, heights: list[float]) -> None:
    sheet.set_row(top, TITLE)
    title: dict[str, Any] = dict(font_size=18, bold=True)
    if layout.subtitle:
        runs: list[Run] = [(title, layout.title), (dict(font_color=QUIET), f"    {layout.subtitle}")]
        book.rich(sheet, top, 0, runs)
    else:
        book.text(sheet, top, 0, layout.title, **title)
    sheet.set_row(top + 1, HEAD)
    for column, text in enumerate(["", *layout.days]):
        book.value(sheet, top + 1, column, text, bold=True, font_size=11, align="center", bottom=2, bottom_color=INK)
    first = top + 2
    for number, (row, height) in enumerate(zip(layout.rows, heights, strict=True)):
        sheet.set_row(first + number, height)
        _write_time(book, sheet, first + number, row.label, row.time, row.kind is PeriodKind.LESSON)
    for tile in layout.tiles:
        left = tile.column + 1
        cells = Range(first + tile.row, left, first + tile.row + tile.rows - 1, left + tile.columns - 1)
        room = Room(_column_width(len(layout.days)) * 0.75, sum(heights[tile.row : tile.row + tile.rows]))
        _write_tile(book, sheet, cells, tile, room)


def _write_time(book: Book, sheet: Worksheet, row: int, label: str, time: str, lesson: bool) -> None:
    edge = dict(align="center", text_wrap=True, bottom=1, bottom_color=LINE)
    if lesson:
        runs: list[Run] = [(dict(bold=True, font_size=11), label), (dict(font_size=8, font_color=QUIET), f"\n{time}")]
        book.rich(sheet, row, 0, runs, **edge)
    else:
        book.text(sheet, row, 0, time, font_size=8, font_color=QUIET, bg_color=BAND, **edge)


def _write_tile(book: Book, sheet: Worksheet, cells: Range, tile: Tile, room: Room) -> None:
    edge = dict(border=1, border_color=LINE, align="center", text_wrap=True)
    if tile.kind == "band":
        text = " ".join(filter(None, (tile.text, tile.time)))
        book.merge(sheet, cells, text, bg_color=BAND, font_color=QUIET, font_size=8, **edge)
    elif tile.kind != "lesson":
        ground = ABSENT if tile.kind == "absent" else PAPER
        book.merge(
            sheet, cells, tile.time, bg_color=ground, font_color=QUIET, font_size=7, **(edge | {"valign": "top"})
        )
    else:
        _write_lessons(book, sheet, cells, tile, room, **edge)


def _write_lessons(book: Book, sheet: Worksheet, cells: Range, tile: Tile, room: Room, **edge: object) -> None:
    several = len(tile.entries) > 1
    titles = [e.heading for e in tile.entries]
    size = font_size([*([tile.time] if tile.time else []), *_lines(tile, titles)], room)
    if several and size < LEAST_LEGIBLE:
        titles = [e.code for e in tile.entries]
        size = font_size([*([tile.time] if tile.time else []), *_lines(tile, titles)], room)
    colour = text_on(tile.colour)
    bold = dict(bold=True, font_size=size if several else size + 1, font_color=colour)
    plain = dict(font_size=size - 0.5, font_color=colour)
    ground = {**edge, "bg_color": tile.colour, "font_color": colour, "border_color": PAPER}
    if (cells.top, cells.left) != (cells.bottom, cells.right):
        book.merge(sheet, cells, "", **ground)
    runs: list[Run] = [(plain, f"{tile.time}\n")] if tile.time else []
    for number, (entry, title) in enumerate(zip(tile.entries, titles, strict=True)):
        runs += [(bold, ("\n" if number else "") + title), (plain, _below(entry, alone=not several))]
    book.rich(sheet, cells.top, cells.left, runs, **ground)


def _lines(tile: Tile, titles: list[str]) -> list[str]:
    """The text of a tile, line by line."""
    if len(tile.entries) == 1:
        return [titles[0], *tile.entries[0].details]
    return [f"{title}  {' '.join(e.brief)}" for title, e in zip(titles, tile.entries, strict=True)]


def _below(entry: Entry, alone: bool) -> str:
    """What follows the title; never empty, which a spreadsheet would refuse."""
    return "\n" + "\n".join(entry.details) if alone else "  " + " ".join(entry.brief)


def font_size(lines: list[str], room: Room) -> float:
    """Points, so that all lines fit, the long ones wrapped; at least 5.5."""
    size = LARGEST
    while size > SMALLEST and sum(_wrapped(line, size, room.width) for line in lines) * size * LEADING > room.height:
        size -= 0.5
    return size


def _wrapped(line: str, size: float, width: float) -> int:
    """Lines a text takes when it is wrapped between words."""
    letters = max(1, int((width - PADDING) / (size * GLYPH)))
    lines, left = 1, letters
    for word in line.split():
        if len(word) > left and left < letters:
            lines, left = lines + 1, letters
        lines += (len(word) - 1) // letters
        left -= len(word) % letters + 1
    return lines
