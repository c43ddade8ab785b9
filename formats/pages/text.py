"""Text on a PDF page: in the order it is drawn, wrapped and made smaller until it fits."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import bidirectional

from arabic_reshaper import reshape
from bidi.algorithm import get_display
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from formats.pages.fonts import Run, runs_of

LEADING = 1.17
"""Distance of lines, as a share of the size."""
FIRST_STRONG = {"R": True, "AL": True, "L": False}


class Line(NamedTuple):
    """size: in points, as a share of the tile's."""

    text: str
    bold: bool = False
    share: float = 1.0


@lru_cache(8192)
def _drawn(text: str, bold: bool) -> tuple[tuple[Run, ...], float]:
    """The runs from left to right, and their width at size 1. Arabic letters are joined, right-to-left parts turned."""
    words = " ".join(text.split())
    joined = words if words.isascii() else str(reshape(words))
    # Signs that only steer the direction go with those that cannot be seen: the algorithm knows not all of them.
    seen = "".join(letter for letter in joined if letter.isprintable())
    runs = tuple(runs_of(seen if seen.isascii() else str(get_display(seen)), bold))
    return runs, sum(stringWidth(run.text, run.font, 1000) for run in runs) / 1000


def width_of(text: str, size: float, bold: bool = False) -> float:
    return _drawn(text, bold)[1] * size


def put(canvas: Canvas, x: float, y: float, text: str, size: float, bold: bool = False) -> float:
    """Draws the text from x on, with its baseline at y; where it ends."""
    for run in _drawn(text, bold)[0]:
        canvas.setFont(run.font, size)
        canvas.drawString(x, y, run.text)
        x += stringWidth(run.text, run.font, size)
    return x


def put_middle(canvas: Canvas, x: float, y: float, text: str, size: float, bold: bool = False) -> None:
    put(canvas, x - width_of(text, size, bold) / 2, y, text, size, bold)


def put_right(canvas: Canvas, x: float, y: float, text: str, size: float, bold: bool = False) -> None:
    put(canvas, x - width_of(text, size, bold), y, text, size, bold)


def cut(text: str, space: float, size: float, bold: bool = False) -> str:
    """As much of the text as the space holds, with dots where something is left out."""
    if width_of(text, size, bold) <= space:
        return text
    while text and width_of(text + "…", size, bold) > space:
        text = text[:-1].rstrip()
    return text + "…"


def fitted(
    lines: Sequence[Line], width: float, height: float, largest: float, least: float
) -> tuple[list[Line], float]:
    """The lines wrapped to the width at the largest size at which they fit the height; at the least size the rest is
    cut."""
    size = largest
    while size > least:
        wrapped = [part for line in lines for part in wrap(line, width, size)]
        if height_of(wrapped, size) <= height and all(
            width_of(x.text, size * x.share, x.bold) <= width for x in wrapped
        ):
            return wrapped, size
        size -= 0.5
    kept: list[Line] = []
    for line in lines:
        if height_of([*kept, line], least) > height and kept:
            break
        kept.append(line._replace(text=cut(line.text, width, least * line.share, line.bold)))
    return kept, least


def height_of(lines: Sequence[Line], size: float) -> float:
    return sum(size * line.share * LEADING for line in lines)


def wrap(line: Line, width: float, size: float) -> list[Line]:
    """The line in several where it is wider; a single word stays whole."""
    found: list[str] = []
    for word in line.text.split():
        longer = f"{found[-1]} {word}" if found else word
        if found and width_of(longer, size * line.share, line.bold) <= width:
            found[-1] = longer
        else:
            found.append(word)
    return [line._replace(text=text) for text in found]


def is_right_to_left(text: str) -> bool:
    """By its first letter that has a direction."""
    return next((FIRST_STRONG[kind] for x in text if (kind := bidirectional(x)) in FIRST_STRONG), False)
