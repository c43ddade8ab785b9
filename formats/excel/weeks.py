"""Sheets of weeks: a coloured grid for each class, teacher or room, one under the other, each on a page of its own.

Pages are laid out to the point, because spreadsheets ignore page breaks on sheets that are scaled to fit.
"""

from collections.abc import Iterable

from xlsxwriter.worksheet import Worksheet

from formats.colours import INK, PAPER, text_on
from formats.excel.book import A4, LINE, Book, Range, Run, header_text
from formats.excel.fitting import LEAST_LEGIBLE, Space, font_size
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
QUIET = "#6B7682"
BAND = "#EEF1F4"
ABSENT = "#F7F8FA"


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
    runs: list[Run] = [
        (dict(font_size=18, bold=True), layout.title),
        (dict(font_color=QUIET), f"    {layout.subtitle}"),
    ]
    book.rich(sheet, top, 0, runs)
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
        space = Space(_column_width(len(layout.days)) * 0.75, sum(heights[tile.row : tile.row + tile.rows]))
        _write_tile(book, sheet, cells, tile, space)


def _write_time(book: Book, sheet: Worksheet, row: int, label: str, time: str, lesson: bool) -> None:
    edge = dict(align="center", text_wrap=True, bottom=1, bottom_color=LINE)
    if lesson:
        runs: list[Run] = [(dict(bold=True, font_size=11), label), (dict(font_size=8, font_color=QUIET), f"\n{time}")]
        book.rich(sheet, row, 0, runs, **edge)
    else:
        book.text(sheet, row, 0, time, font_size=8, font_color=QUIET, bg_color=BAND, **edge)


def _write_tile(book: Book, sheet: Worksheet, cells: Range, tile: Tile, space: Space) -> None:
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
        _write_lessons(book, sheet, cells, tile, space, **edge)


def _write_lessons(book: Book, sheet: Worksheet, cells: Range, tile: Tile, space: Space, **edge: object) -> None:
    alone = len(tile.entries) == 1
    titles, size = _fitted(tile, space)
    colour = text_on(tile.colour)
    larger = alone and len(tile.entries[0].details) < 3
    bold = dict(bold=True, font_size=size + larger, font_color=colour)
    plain = dict(font_size=size - 0.5, font_color=colour)
    ground = {**edge, "bg_color": tile.colour, "font_color": colour, "border_color": PAPER}
    if (cells.top, cells.left) != (cells.bottom, cells.right):
        book.merge(sheet, cells, "", **ground)
    runs: list[Run] = [(plain, f"{tile.time}\n")] if tile.time else []
    for number, (entry, title) in enumerate(zip(tile.entries, titles, strict=True)):
        runs += [(bold, ("\n" if number else "") + title), (plain, _below(entry, alone))]
    book.rich(sheet, cells.top, cells.left, runs, **ground)


def _fitted(tile: Tile, space: Space) -> tuple[list[str], float]:
    """(titles, font size) of the lessons; codes in place of names where names would be too small to read."""
    time = [tile.time] if tile.time else []
    names, codes = ([e.heading for e in tile.entries], [e.code for e in tile.entries])
    size = font_size([*time, *_lines(tile, names)], space)
    if len(tile.entries) == 1 or size >= LEAST_LEGIBLE:
        return names, size
    return codes, font_size([*time, *_lines(tile, codes)], space)


def _lines(tile: Tile, titles: list[str]) -> list[str]:
    """The text of a tile, line by line."""
    if len(tile.entries) == 1:
        return [titles[0], *tile.entries[0].details]
    return [f"{title}  {' '.join(e.brief)}" for title, e in zip(titles, tile.entries, strict=True)]


def _below(entry: Entry, alone: bool) -> str:
    """What follows the title; never empty, which a spreadsheet would refuse."""
    return "\n" + "\n".join(entry.details) if alone else "  " + " ".join(entry.brief)
