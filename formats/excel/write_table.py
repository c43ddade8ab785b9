"""Tables of the workbook: a styled header that says what a column means, rows of values, widths that fit."""

from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap

from xlsxwriter.worksheet import Worksheet

from formats.colours import INK, text_on
from formats.excel.book import A4, LINE, Book
from formats.excel.sheets import COMMENT_MARK, Column, Kind, Sheet

HEADER = "#DCE6F0"
OPTIONAL = "#F1F4F7"
REMARK = {"italic": True, "font_color": "#7A8591"}
LINE_HEIGHT = 13.5
"""Points."""
LEAST_WIDTH, MOST_WIDTH = 9, 44
"""Characters."""

Row = Mapping[str, str | int | None]
"""Column name -> value; a missing one is an empty cell."""


def write_table(book: Book, sheet: Worksheet, schema: Sheet, rows: Iterable[Row]) -> None:
    """A whole sheet of the school workbook: header with notes, then the rows."""
    filled = list(rows)
    write_header(book, sheet, schema)
    for number, row in enumerate(filled, start=1):
        style = {"align": "left", **(REMARK if _is_remark(row, schema) else {})}
        for position, column in enumerate(schema.columns):
            value = row.get(column.name)
            if value is not None and value != "":
                book.value(sheet, number, position, value, **{**style, **_ground(column, value)})
    fit_columns(sheet, [c.name for c in schema.columns], ([row.get(c.name) for c in schema.columns] for row in filled))


def _is_remark(row: Row, schema: Sheet) -> bool:
    return str(row.get(schema.columns[0].name) or "").startswith(COMMENT_MARK)


def _ground(column: Column, value: str | int) -> dict[str, str]:
    """A colour is shown in its own cell."""
    return {"bg_color": str(value), "font_color": text_on(str(value))} if column.kind is Kind.COLOUR else {}


def write_header(book: Book, sheet: Worksheet, schema: Sheet) -> None:
    """Required columns stand out; each has its note."""
    for number, column in enumerate(schema.columns):
        ground = HEADER if column.required else OPTIONAL
        book.text(sheet, 0, number, column.name, bold=column.required, bg_color=ground, bottom=1, bottom_color=INK)
        sheet.write_comment(0, number, note(column), {"author": "", "x_scale": 1.6, "font_size": 9})
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 20)
    _one_page_wide(sheet)
    sheet.repeat_rows(0)


def note(column: Column) -> str:
    """What a director is told about a column."""
    lines = [f"{column.note}." + (" Required." if column.required else "")]
    if column.kind is Kind.CHOICE and column.choices:
        lines.append(f"One of: {', '.join(column.choices)}.")
    if column.kind is Kind.NUMBER:
        lines.append(f"A whole number from {column.least} to {column.most}.")
    if column.refers:
        lines.append(f"Codes of the sheet {column.refers}.")
    if column.blank:
        lines.append(f"Empty: {column.blank}.")
    return "\n".join(lines)


def plain_table(
    book: Book,
    sheet: Worksheet,
    top: int,
    headers: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[object]],
) -> int:
    """A table of a report from row `top`; widths: of the columns, in characters; gives the row after it."""
    for column, header in enumerate(headers):
        book.text(sheet, top, column, header, bold=True, bg_color=HEADER, bottom=1, bottom_color=INK)
    line = dict(bottom=1, bottom_color=LINE, text_wrap=True, valign="top", align="left")
    for row in rows:
        top += 1
        grow(sheet, top, row, widths)
        for column, value in enumerate(row):
            book.value(sheet, top, column, value if isinstance(value, int) else str(value or ""), **line)
    return top + 1


def grow(sheet: Worksheet, row: int, texts: Sequence[object], widths: Sequence[int]) -> None:
    """Makes a row as high as its longest text needs, since not every program does so by itself."""
    lines = max(len(wrap(str(text or ""), width)) for text, width in zip(texts, widths, strict=True))
    if lines > 1:
        sheet.set_row(row, LINE_HEIGHT * lines)


def fit_columns(sheet: Worksheet, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns as wide as their longest text, within reason."""
    widths = [len(h) for h in headers]
    for row in rows:
        widths = [max(w, len(str(v or ""))) for w, v in zip(widths, row, strict=True)]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(MOST_WIDTH, max(LEAST_WIDTH, width + 3)))


def set_up_report(sheet: Worksheet, widths: Sequence[int]) -> None:
    """Column widths in characters; prints one page wide on A4 landscape."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    _one_page_wide(sheet)


def _one_page_wide(sheet: Worksheet) -> None:
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
