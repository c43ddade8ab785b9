"""A week for the terminal, as a coloured table."""

from rich.align import Align
from rich.style import Style
from rich.table import Table
from rich.text import Text

from formats.colours import text_on
from formats.grid import Layout, Row, Tile
from models.time import PeriodKind

FAINT = Style(dim=True)


def render(layout: Layout) -> Table:
    """The week as a table. Rich cannot join rows: a lesson over several periods goes on below as a row of dots."""
    table = Table(title=layout.title, title_style="bold", caption=layout.subtitle, show_lines=True, padding=0)
    table.add_column("", no_wrap=True)
    for day in layout.days:
        table.add_column(day, justify="center", min_width=10)
    columns = range(len(layout.days))
    tiles = {(r, c): t for t in layout.tiles for r in _rows(t) for c in range(t.column, t.column + t.columns)}
    for number, row in enumerate(layout.rows):
        texts = [_lines(tiles[number, c], number) for c in columns]
        height = max(2, *map(len, texts))
        cells = [_cell(text, _style(tiles[number, c]), height) for c, text in zip(columns, texts, strict=True)]
        table.add_row(_header(row), *cells)
    return table


def _rows(tile: Tile) -> range:
    return range(tile.row, tile.row + tile.rows)


def _header(row: Row) -> Text:
    style = "bold" if row.kind is PeriodKind.LESSON else "dim"
    return Text.assemble((f" {row.label}\n", style), (f" {row.time} ", "dim"))


def _lines(tile: Tile, row: int) -> list[str]:
    if row > tile.row:
        return ["⋮"]
    time = [tile.time] if tile.time else []
    if tile.kind != "lesson":
        return [*time, tile.text]
    if len(tile.entries) > 1:
        return [*time, *(" ".join((e.heading, *e.brief)) for e in tile.entries)]
    return [*time, *(line for e in tile.entries for line in (e.heading, *e.details))]


def _style(tile: Tile) -> Style:
    """Lessons of one subject on its colour; everything else faint."""
    if tile.kind != "lesson":
        return FAINT
    colour = tile.colour
    return Style(color=text_on(colour), bgcolor=colour)


def _cell(lines: list[str], style: Style, height: int) -> Align:
    """The lines centred on a ground that fills the cell, the first one bold."""
    first, *others = lines
    text = Text.assemble((first, "bold" if style.bgcolor else ""), *(f"\n{line}" for line in others), justify="center")
    return Align.center(text, style=style, vertical="middle", height=height)
