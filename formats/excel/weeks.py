"""Sheets of weeks: a coloured grid for each class, teacher or room, one under the other, each on a page of its own.

Pages are laid out to the point, because spreadsheets ignore page breaks on sheets that are scaled to fit.
"""

from collections.abc import Iterable

from xlsxwriter.worksheet import Worksheet

from formats.colours import INK, PAPER, text_on
from formats.excel.book import A4, LINE, Book, Range, header_text
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


def _set_up(book: Book, sheet: Worksheet, frame: Frame, height: float) -> None:
    days = len(frame.days)
    column = max(LEAST_WIDTH, (WIDTH - TIMES) // days)
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
    title, quiet = book.style(font_size=18, bold=True), book.style(font_size=10, font_color=QUIET)
    runs = [title, layout.title, *([quiet, f"    {layout.subtitle}"] if layout.subtitle else [])]
    if len(runs) > 2:
        sheet.write_rich_string(top, 0, *runs, book.style())
    else:
        book.text(sheet, top, 0, layout.title, font_size=18, bold=True)
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
        _write_tile(book, sheet, cells, tile, sum(heights[tile.row : tile.row + tile.rows]))


def _write_time(book: Book, sheet: Worksheet, row: int, label: str, time: str, lesson: bool) -> None:
    edge = dict(align="center", text_wrap=True, bottom=1, bottom_color=LINE)
    if lesson:
        bold, quiet = book.style(bold=True, font_size=11), book.style(font_size=8, font_color=QUIET)
        sheet.write_rich_string(row, 0, bold, label, quiet, f"\n{time}", book.style(**edge))
    else:
        book.text(sheet, row, 0, time, font_size=8, font_color=QUIET, bg_color=BAND, **edge)


def _write_tile(book: Book, sheet: Worksheet, cells: Range, tile: Tile, height: float) -> None:
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
        _write_lessons(book, sheet, cells, tile, height, **edge)


def _write_lessons(book: Book, sheet: Worksheet, cells: Range, tile: Tile, height: float, **edge: object) -> None:
    size = _font_size(tile, height)
    colour = text_on(tile.colour)
    bold = book.style(bold=True, font_size=size + 1, font_color=colour)
    plain = book.style(font_size=size - 0.5, font_color=colour)
    ground = dict(bg_color=tile.colour, font_color=colour, **edge)
    if (cells.top, cells.left) != (cells.bottom, cells.right):
        book.merge(sheet, cells, "", **ground)
    runs: list[object] = [plain, f"{tile.time}\n"] if tile.time else []
    for number, entry in enumerate(tile.entries):
        runs += [bold, ("\n" if number else "") + entry.heading, plain, _below(entry, alone=len(tile.entries) == 1)]
    sheet.write_rich_string(cells.top, cells.left, *runs, book.style(**ground))


def _below(entry: Entry, alone: bool) -> str:
    """What follows the title; never empty, which a spreadsheet would refuse."""
    return "\n" + "\n".join(entry.details) if alone else "  " + " ".join(entry.brief)


def _font_size(tile: Tile, height: float) -> float:
    """Points, so that all lines of the tile fit into its height."""
    alone = len(tile.entries) == 1
    lines = 1 + len(tile.entries[0].details) if alone else len(tile.entries)
    lines += bool(tile.time)
    return max(6.0, min(10.0, int(2 * height / (1.3 * lines)) / 2 - 1))
