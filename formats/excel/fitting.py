"""How large text may be to fit into a cell: spreadsheets wrap text or shrink it, never both."""

from typing import NamedTuple

LARGEST, LEAST_LEGIBLE, SMALLEST = 10.0, 7.0, 5.5
"""Font sizes in points."""
LEADING = 1.22
"""Height of a line as a share of the font size."""
GLYPH = 0.54
"""Mean width of a letter as a share of the font size."""
PADDING = 4.0
"""Points of a cell's width that text cannot use."""


class Space(NamedTuple):
    """Width and height of a tile in points."""

    width: float
    height: float


def font_size(lines: list[str], space: Space) -> float:
    """Points, so that all lines fit, the long ones wrapped; at least 5.5."""
    size = LARGEST
    while size > SMALLEST and sum(_wrapped(line, size, space.width) for line in lines) * size * LEADING > space.height:
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
