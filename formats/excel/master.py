"""The whole school on one sheet: a row for each class, a column for each period of the week."""

from collections.abc import Iterator

from xlsxwriter.worksheet import Worksheet

from formats.colours import INK, text_on
from formats.excel.book import A3, LINE, RISKY, Book, Range, header_text
from formats.excel.fitting import Space, font_size
from formats.grid import Frame, Layout, Tile, lay_out

ROW = 30.0
"""Height of a class in points."""
WIDTH = 52
"""Width of a period in pixels."""
LEAST_LEGIBLE = 6.0
"""Font size in points; what would need a smaller one is left to the class's own week."""


def write_master(book: Book, frame: Frame, tops: dict[str, int]) -> None:
    """Add the sheet; tops: class -> row of its own week on the sheet Classes, to which its name links."""
    sheet = book.sheet("Master")
    columns = {(c.day, frame.row_of_cell[c.number]): c.number + 1 for c in frame.grid.cells}
    _write_head(book, sheet, frame)
    for row, (class_id, top) in enumerate(tops.items(), start=2):
        sheet.set_row(row, ROW)
        quoted = class_id.startswith(RISKY)
        link = book.style(bold=True, bottom=1, bottom_color=LINE, indent=1, quote_prefix=quoted)
        sheet.write_url(row, 0, f"internal:'Classes'!A{top + 1}", link, string=class_id, tip="To its own week")
        for cells, tile in _runs(lay_out(frame, "class", class_id), columns, row):
            _write_tile(book, sheet, cells, tile, cells.left - 1 in _first_cells(frame))
    _set_up(sheet, frame)


def _write_head(book: Book, sheet: Worksheet, frame: Frame) -> None:
    head = dict(bold=True, align="center", left=2, left_color=INK)
    for day, cells in enumerate(frame.grid.day_cells):
        if cells:
            book.merge(sheet, Range(0, cells.start + 1, 0, cells.stop), frame.days[day], font_size=12, **head)
    book.value(sheet, 1, 0, "", bottom=2, bottom_color=INK)
    for cell in frame.grid.cells:
        edge = dict(left=2, left_color=INK) if cell.number in _first_cells(frame) else {}
        book.text(
            sheet, 1, cell.number + 1, cell.label, font_size=8, align="center", bottom=2, bottom_color=INK, **edge
        )


def _first_cells(frame: Frame) -> set[int]:
    return {cells.start for cells in frame.grid.day_cells}


def _runs(layout: Layout, columns: dict[tuple[int, int], int], row: int) -> Iterator[tuple[Range, Tile]]:
    """The cells of this sheet that each tile of the class's week takes."""
    for tile in layout.tiles:
        taken = [columns[tile.column, r] for r in range(tile.row, tile.row + tile.rows) if (tile.column, r) in columns]
        if taken and tile.kind in ("lesson", "free"):
            yield Range(row, min(taken), row, max(taken)), tile


def _write_tile(book: Book, sheet: Worksheet, cells: Range, tile: Tile, first: bool) -> None:
    edge: dict[str, object] = dict(border=1, border_color=LINE, align="center", text_wrap=True, font_size=7)
    if first:
        edge |= dict(left=2, left_color=INK)
    if tile.kind == "free":
        book.value(sheet, cells.top, cells.left, None, **edge)
        return
    space = Space(WIDTH * (cells.right - cells.left + 1) * 0.75, ROW)
    text = _text(tile)
    size = min(7.0, font_size(text.split("\n"), space))
    if size < LEAST_LEGIBLE:
        text, size = text.split("\n")[0], LEAST_LEGIBLE
    edge |= dict(bg_color=tile.colour, font_color=text_on(tile.colour), font_size=size)
    book.merge(sheet, cells, text, **edge)


def _text(tile: Tile) -> str:
    """Subject, teacher and room of one lesson; the subjects of several."""
    if len(tile.entries) > 1:
        return " / ".join(dict.fromkeys(e.code for e in tile.entries))
    entry = tile.entries[0]
    return "\n".join(filter(None, (entry.code, " ".join(entry.brief[-2:]))))


def _set_up(sheet: Worksheet, frame: Frame) -> None:
    sheet.set_column_pixels(0, 0, 76)
    sheet.set_column_pixels(1, frame.grid.size, WIDTH)
    sheet.freeze_panes(2, 1)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.set_margins(left=0.3, right=0.3, top=0.3, bottom=0.5)
    sheet.repeat_rows(0, 1)
    sheet.repeat_columns(0)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L&8{header_text(frame.board.problem.name)}&R&8&A · &P / &N", {"margin": 0.25})
