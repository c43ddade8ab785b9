"""Fonts for PDF: those of the system, chosen letter by letter, so that names of every script can be printed."""

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
    Path("/Library/Fonts"),
    Path("/System/Library/Fonts"),
    Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",
)
BASIC = (
    ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    ("arial.ttf", "arialbd.ttf"),
    ("Arial.ttf", "Arial Bold.ttf"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
)
"""Regular and bold; the first pair that is there is the usual font."""
FURTHER = ("DejaVuSans.ttf", "Arial Unicode.ttf", "Nirmala.ttf", "DroidSansFallbackFull.ttf", "wqy-microhei.ttc")
"""For letters that the usual font has not; after these every NotoSans*-Regular.ttf."""
SHIPPED = ("Vera.ttf", "VeraBd.ttf")
"""With the library: Latin letters only."""
ASIAN = (("STSong-Light", 0x2E80, 0x9FFF), ("HYSMyeongJo-Medium", 0xAC00, 0xD7AF), ("HeiseiMin-W3", 0x3040, 0x30FF))
"""Names that PDF viewers know, with their letters: used where no font of the system has them."""
REPLACEMENT = "?"


class Face(NamedTuple):
    """A registered font. letters: code points it has; None: those from first to last."""

    name: str
    letters: frozenset[int] | None
    first: int = 0
    last: int = 0

    def has(self, letter: str) -> bool:
        code = ord(letter)
        return code in self.letters if self.letters is not None else self.first <= code <= self.last


@cache
def faces(bold: bool) -> tuple[Face, ...]:
    """In the order of preference; looked for once."""
    return tuple(_faces(bold))


def _faces(bold: bool) -> Iterator[Face]:
    files = _files()
    pair = next((pair for pair in BASIC if all(name in files for name in pair)), None)
    if pair is not None:
        yield from _registered(files[pair[bold]])
    noto = sorted(name for name in files if name.startswith("NotoSans") and name.endswith("-Regular.ttf"))
    further = [*(["DejaVuSans-Bold.ttf"] if bold else []), *FURTHER, *noto]
    for name in further:
        if name in files and name != (pair or ("", ""))[bold]:
            yield from _registered(files[name])
    yield from _registered(Path(reportlab.__file__).parent / "fonts" / SHIPPED[bold])
    for name, first, last in sorted(ASIAN, key=lambda found: found[1] == 0x2E80):
        pdfmetrics.registerFont(UnicodeCIDFont(name))
        yield Face(name, None, first, last)


@cache
def _files() -> dict[str, Path]:
    """Name -> where it lies, of every font of the system that can be embedded."""
    found: dict[str, Path] = {}
    for folder in FOLDERS:
        for path in sorted(folder.rglob("*.tt[fc]")) if folder.is_dir() else ():
            found.setdefault(path.name, path)
    return found


def _registered(path: Path) -> Iterator[Face]:
    """Nothing for a file that cannot be used."""
    name = f"timewright {path.stem}"
    try:
        font = TTFont(name, str(path))
    except (TTFError, OSError):
        return
    pdfmetrics.registerFont(font)
    yield Face(sys.intern(name), frozenset(font.face.charToGlyph))


class Run(NamedTuple):
    """Letters of one font, in the order they are drawn."""

    font: str
    text: str


def runs_of(text: str, bold: bool) -> list[Run]:
    """text: in the order it is drawn. Letters that no font has become question marks."""
    found: list[Run] = []
    for letter in text:
        font, shown = _face_of(letter, bold)
        if found and found[-1].font == font:
            found[-1] = Run(font, found[-1].text + shown)
        else:
            found.append(Run(font, shown))
    return found


@cache
def _face_of(letter: str, bold: bool) -> tuple[str, str]:
    known = faces(bold)
    face = next((face for face in known if face.has(letter)), None)
    return (face.name, letter) if face is not None else (known[0].name, REPLACEMENT)
