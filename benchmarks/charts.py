"""Small charts as SVG: steps over time, bars, points. Equal data gives equal text."""

from collections.abc import Iterator, Sequence
from math import log10
from typing import NamedTuple
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 760, 380
LEFT, RIGHT, TOP, BOTTOM = 60, 190, 66, 52
"""Margins around the plotted area."""
ROW = 20
"""Height of a bar with the space around it."""
NAMES = 250
"""Width of the names of bars."""
LETTER = 6.2
"""Width of a letter of a name, at most."""
INK, QUIET, LINE, PAPER = "#1F2933", "#66717D", "#E3E8ED", "#FFFFFF"
COLOURS = ("#1F5FA8", "#D9772B", "#3C9A6B", "#8A5FB0", "#B0413E")
FONT = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
TICKS = (0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000)
"""Seconds that are marked on an axis of time, which is logarithmic."""


class Series(NamedTuple):
    """times: seconds at which a case was solved, for those that were; total: all cases."""

    label: str
    times: Sequence[float]
    total: int


class Bar(NamedTuple):
    """share: length, cut at that of the axis; said: text behind it."""

    label: str
    share: float
    said: str


class Point(NamedTuple):
    """x, y: seconds, None if never; label: shown when pointed at."""

    x: float | None
    y: float | None
    label: str


def steps(title: str, subtitle: str, series: Sequence[Series], limit: float) -> str:
    """Share of cases solved against time. limit: seconds at the right edge."""
    across = _LogAxis(limit, LEFT, WIDTH - RIGHT)
    shapes = [*_time_axis(across, limit), *_share_axis()]
    ends = []
    for number, one in enumerate(series):
        colour = COLOURS[number % len(COLOURS)]
        solved = sorted(t for t in one.times if t <= limit)
        shapes.append(_staircase(solved, one.total, across, limit, colour))
        share = len(solved) / one.total if one.total else 0.0
        ends.append((_height(share), f"{one.label} {share:.0%}", colour))
    return _document(title, subtitle, HEIGHT, [*shapes, *_labels(ends)])


def bars(title: str, subtitle: str, rows: Sequence[Bar]) -> str:
    """Horizontal bars, one under the other; the axis ends at the longest, but not beyond 100 %."""
    longest = min(1.0, max([r.share for r in rows], default=0.0)) or 1.0
    width, bottom = WIDTH - NAMES - 90, TOP + ROW * len(rows)
    shapes = [_line(NAMES, TOP - 6, NAMES, bottom + 2, QUIET)]
    for number, row in enumerate(rows):
        y = TOP + ROW * number
        length = width * min(row.share, longest) / longest
        colour = COLOURS[0] if row.share <= longest else COLOURS[1]
        shapes.append(_text(NAMES - 8, y + 13, _short(row.label), INK, 12, "end"))
        shapes.append(f'<rect x="{NAMES}" y="{y + 3}" width="{length:.1f}" height="{ROW - 6}" rx="2" fill="{colour}"/>')
        shapes.append(_text(NAMES + length + 6, y + 13, row.said, QUIET, 11))
    return _document(title, subtitle, bottom + 20, shapes)


def points(title: str, subtitle: str, names: tuple[str, str], found: Sequence[Point], limit: float) -> str:
    """Two times of each case against one another; what is not solved within the limit stands on the far edge. Cases
    that neither solves are left out. names: of the axes, across and up."""
    top, bottom = TOP + 16, TOP + 16 + SQUARE
    across, up = _LogAxis(limit, LEFT, LEFT + SQUARE), _LogAxis(limit, bottom, top)
    far = limit * EDGE
    shapes = [*_square(across, up, limit), _line(LEFT, bottom, LEFT + SQUARE, top, QUIET)]
    shapes.append(_text(LEFT + SQUARE / 2, bottom + 38, f"{names[0]}, seconds", INK, 12, "middle"))
    shapes.append(_text(LEFT - 30, top - 8, f"{names[1]}, seconds", INK, 12))
    sooner = dict.fromkeys(COLOURS[:2], 0)
    for point in found:
        x, y = point.x or far, point.y or far
        if min(x, y) < far:
            colour = COLOURS[0] if y < x else COLOURS[1]
            sooner[colour] += 1
            shapes.append(_dot(across.at(x), up.at(y), colour, point.label))
    for number, (colour, name) in enumerate(zip(COLOURS, reversed(names), strict=False)):
        said = f"{name} sooner: {sooner[colour]} cases"
        y = top + 24 + 24 * number
        shapes += [_dot(LEFT + SQUARE + 34, y - 4, colour, said), _text(LEFT + SQUARE + 46, y, said, INK, 12)]
    return _document(title, subtitle, bottom + 56, shapes)


EDGE = 1.25
"""Where, in limits, stands what was not solved within it."""
SQUARE = 400
"""Side of the area of points."""


def _square(across: "_LogAxis", up: "_LogAxis", limit: float) -> Iterator[str]:
    for tick in across.ticks(limit):
        x, y = across.at(tick), up.at(tick)
        yield _line(x, up.start, x, up.end, LINE)
        yield _line(across.start, y, across.end, y, LINE)
        yield _text(x, up.start + 18, f"{tick:g}", QUIET, 11, "middle")
        yield _text(LEFT - 8, y + 4, f"{tick:g}", QUIET, 11, "end")


def _dot(x: float, y: float, colour: str, label: str) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{colour}" fill-opacity="0.7">'
        f"<title>{escape(label)}</title></circle>"
    )


class _LogAxis:
    """Places seconds between two coordinates, from the first tick to a little beyond the limit."""

    def __init__(self, limit: float, start: float, end: float) -> None:
        self.low, self.high = log10(TICKS[0]), log10(max(limit, 1.0) * EDGE)
        self.start, self.end = start, end

    def at(self, seconds: float) -> float:
        share = (log10(max(seconds, TICKS[0])) - self.low) / (self.high - self.low)
        return self.start + (self.end - self.start) * min(1.0, share)

    def ticks(self, limit: float) -> list[float]:
        """The limit, and the round numbers well below it."""
        return [*(t for t in TICKS if t < limit / 1.5), limit]


def _time_axis(across: _LogAxis, limit: float) -> Iterator[str]:
    for tick in across.ticks(limit):
        yield _line(across.at(tick), TOP, across.at(tick), HEIGHT - BOTTOM, LINE)
        yield _text(across.at(tick), HEIGHT - BOTTOM + 18, f"{tick:g} s", QUIET, 11, "middle")


def _share_axis() -> Iterator[str]:
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        yield _line(LEFT, _height(share), WIDTH - RIGHT, _height(share), LINE)
        yield _text(LEFT - 8, _height(share) + 4, f"{share:.0%}", QUIET, 11, "end")


def _height(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)


def _staircase(solved: Sequence[float], total: int, across: _LogAxis, limit: float, colour: str) -> str:
    path = [f"M{LEFT} {_height(0):.1f}"]
    for number, moment in enumerate(solved, 1):
        path.append(f"H{across.at(moment):.1f}V{_height(number / total):.1f}")
    return f'<path d="{"".join(path)}H{across.at(limit):.1f}" fill="none" stroke="{colour}" stroke-width="2.2"/>'


def _labels(ends: Sequence[tuple[float, str, str]]) -> Iterator[str]:
    """At the ends of the lines, moved down where they would touch."""
    lowest = 0.0
    for y, text, colour in sorted(ends):
        lowest = max(y + 4, lowest + 15)
        yield _text(WIDTH - RIGHT + 8, lowest, text, colour, 12)


def _document(title: str, subtitle: str, height: float, shapes: Sequence[str]) -> str:
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" '
            f'height="{height:g}" font-family="{FONT}" role="img">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{WIDTH}" height="{height:g}" fill="{PAPER}"/>',
            _text(16, 24, title, INK, 16, bold=True),
            _text(16, 43, subtitle, QUIET, 12),
            *shapes,
            "</svg>\n",
        ]
    )


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def _text(x: float, y: float, text: str, colour: str, size: int, anchor: str = "start", bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"{weight}>'
        f"{escape(text)}</text>"
    )


def _short(label: str) -> str:
    """The end of a long name, which tells it from others."""
    most = int((NAMES - 16) / LETTER)
    return label if len(label) <= most else f"…{label[1 - most :]}"
