"""A week as a picture (SVG): rounded tiles in subject colours on a quiet grid."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from formats.colours import INK, PAPER, text_on
from formats.grid import Entry, Layout, Tile
from models.time import PeriodKind

MARGIN = 28
HEAD = 96
"""Height of title and day names."""
TIMES = 104
"""Width of the column of periods and times."""
COLUMN = 172
HEIGHT = {PeriodKind.LESSON: 68, PeriodKind.BREAK: 24, PeriodKind.LUNCH: 38, PeriodKind.ASSEMBLY: 38}
"""Height of a row by its kind."""
GAP = 3
"""Space around a tile."""
PADDING = 11
"""Space between the edge of a tile and its text."""
MOST_LANES = 2
"""Lessons side by side in a tile; more are put one under the other."""
LONGEST_IN_STRIP = 10
"""Letters of a title that leave room for the rest of the line."""
QUIET = "#75808C"
LINE = "#E6EAEE"
BAND = "#F3F5F7"
FONT = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
GLYPH = 0.56
"""Mean width of a letter, as a share of the font size."""


def draw(layout: Layout) -> str:
    """The week as an SVG document; the same layout always gives the same text."""
    tops = [MARGIN + HEAD]
    for row in layout.rows:
        tops.append(tops[-1] + HEIGHT[row.kind])
    width = 2 * MARGIN + TIMES + COLUMN * len(layout.days)
    height = tops[-1] + MARGIN
    shapes = [*_head(layout), *_times(layout, tops), *(s for tile in layout.tiles for s in _tile(tile, tops))]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
            f'height="{height}" font-family="{FONT}" role="img">',
            f"<title>{escape(layout.title)}</title>",
            _box(0, 0, width, height, PAPER, 14),
            *shapes,
            "</svg>\n",
        ]
    )


def _head(layout: Layout) -> Iterator[str]:
    yield _text(MARGIN, MARGIN + 24, layout.title, 26, INK, bold=True)
    yield _text(MARGIN, MARGIN + 48, layout.subtitle, 14, QUIET)
    for number, day in enumerate(layout.days):
        middle = _left(number) + COLUMN / 2
        yield _text(middle, MARGIN + HEAD - 12, day, 15, INK, bold=True, anchor="middle")


def _times(layout: Layout, tops: list[int]) -> Iterator[str]:
    """The lines between the rows, with label and time of each period."""
    right = _left(len(layout.days))
    for row, top, bottom in zip(layout.rows, tops, tops[1:], strict=False):
        yield f'<line x1="{MARGIN}" y1="{top}" x2="{right}" y2="{top}" stroke="{LINE}"/>'
        middle = (top + bottom) / 2
        if row.kind is PeriodKind.LESSON:
            yield _text(MARGIN, middle - 2, row.label, 15, INK, bold=True)
            yield _text(MARGIN, middle + 16, row.time, 12, QUIET)
        else:
            yield _text(MARGIN, middle + 4, row.time, 12, QUIET)


def _left(column: int) -> int:
    return MARGIN + TIMES + COLUMN * column


def _tile(tile: Tile, tops: list[int]) -> Iterator[str]:
    left, top = _left(tile.column), tops[tile.row]
    width, height = COLUMN * tile.columns, tops[tile.row + tile.rows] - top
    if tile.kind == "band":
        yield _box(left + GAP, top + GAP, width - 2 * GAP, height - 2 * GAP, BAND, 6)
        text = " ".join(filter(None, (tile.text, tile.time)))
        yield _text(left + width / 2, top + height / 2 + 4, text, 12, QUIET, anchor="middle")
    elif tile.kind == "absent":
        yield _box(left + GAP, top + GAP, width - 2 * GAP, height - 2 * GAP, "#FAFBFC", 6)
    if len(tile.entries) > MOST_LANES:
        strip = (height - 2 * GAP) / len(tile.entries)
        for number, entry in enumerate(tile.entries):
            yield from _strip(entry, left + GAP, top + GAP + number * strip, width - 2 * GAP, strip - 1.5)
        return
    lane = (width - GAP) / max(1, len(tile.entries))
    for number, entry in enumerate(tile.entries):
        yield from _entry(entry, left + GAP + number * lane, top + GAP, lane - GAP, height - 2 * GAP, tile.time)


def _strip(entry: Entry, left: float, top: float, width: float, height: float) -> Iterator[str]:
    """A lesson in one line, for many at the same time."""
    yield _box(left, top, width, height, entry.colour, min(6, height / 3))
    yield _box(left, top + 3, 3.5, height - 6, entry.accent, 1.75)
    size = min(12, height * 0.7)
    title = entry.code if len(entry.heading) > LONGEST_IN_STRIP else entry.heading
    most = int((width - PADDING - 3) / (GLYPH * size)) - len(title)
    beside = " ".join(entry.brief)
    shown = beside if len(beside) <= most else beside[: max(0, most - 1)].rstrip() + "…"
    yield (
        f'<text x="{left + PADDING:g}" y="{top + height / 2 + size * 0.35:g}" font-size="{size:.4g}" '
        f'fill="{text_on(entry.colour)}"><tspan font-weight="600">{escape(title)}</tspan> '
        f'<tspan dx="2" font-size="{size - 1:.4g}">{escape(shown)}</tspan></text>'
    )


def _entry(entry: Entry, left: float, top: float, width: float, height: float, time: str) -> Iterator[str]:
    yield _box(left, top, width, height, entry.colour, 8)
    yield _box(left, top + 8, 3.5, height - 16, entry.accent, 1.75)
    alone = width > COLUMN / 2
    size = 15 if alone else 13
    details = [time, *entry.details] if time else [*(entry.details if alone else entry.brief)]
    lines = _fit(details, most=int((height - size - 10) // (size + 2)))
    baseline = top + (height - size - (size + 2) * len(lines)) / 2 + size * 0.86
    space = width - PADDING - 4
    colour = text_on(entry.colour)
    title = entry.heading if alone or len(entry.heading) * size * GLYPH * 0.8 <= space else entry.code
    yield _text(left + PADDING, baseline, title, size, colour, bold=True, space=space)
    for number, line in enumerate(lines, start=1):
        yield _text(left + PADDING, baseline + number * (size + 2), line, size - 2, colour, space=space)


def _fit(lines: list[str], most: int) -> list[str]:
    """The lines, the last ones joined where there are more than `most`."""
    most = max(1, most)
    return lines if len(lines) <= most else [*lines[: most - 1], " · ".join(lines[most - 1 :])]


def _box(x: float, y: float, width: float, height: float, fill: str, radius: float) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius:g}" fill="{fill}"/>'


def _text(
    x: float, y: float, text: str, size: float, fill: str, bold: bool = False, anchor: str = "start", space: float = 0
) -> str:
    """One line of text; where it is longer than `space` (0: any) it is set smaller, by a fifth at most, then cut."""
    if space:
        size = max(size * 0.8, min(size, space / (GLYPH * max(1, len(text)))))
        most = int(space / (GLYPH * size) + 1e-6)
        text = text if len(text) <= most else text[: most - 1].rstrip() + "…"
    weight = ' font-weight="600"' if bold else ""
    side = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:.4g}" fill="{fill}"{weight}{side}>{escape(text)}</text>'
