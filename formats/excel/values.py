"""One raw cell as a typed value. Every function raises `Unreadable` with what was expected."""

import datetime as dt
import re
from collections.abc import Iterable
from difflib import get_close_matches

from formats.excel.parts import Broken
from formats.excel.sheets import key
from formats.excel.table import Cell


class Unreadable(ValueError):
    """A cell does not hold what its column needs. The text of the error is what was expected."""


_EPOCHS = (1899, 1900, 1904)
_CLOCK = re.compile(r"^(\d{1,2})\s*[:.hH]\s*(\d{2})?(?::\d{2}(?:\.0+)?)?\s*(?:h|Uhr)?\s*([AaPp])?\.?\s*(?:[Mm]\.?)?$")
_YES_WORDS = "yes y true 1 x ja j wahr oui o vrai si s verdadero sim verdadeiro vero naam on active aktiv"
_NO_WORDS = "no n false 0 nein falsch non faux falso nao la off inactive inaktiv"
_YES, _NO = frozenset(_YES_WORDS.split()), frozenset(_NO_WORDS.split())


def text_of(cell: Cell) -> str:
    """What a person reads in the cell; whole numbers without decimals."""
    if isinstance(cell, str):
        return cell.strip().strip("\u200b\ufeff")
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d %H:%M}" if cell.time() != dt.time() else f"{cell:%Y-%m-%d}"
    if isinstance(cell, dt.time):
        return f"{cell:%H:%M}"
    return str(cell)


def fold(text: str) -> str:
    """Letter case and spaces do not distinguish codes."""
    return " ".join(text.casefold().split())


def whole_number(cell: Cell) -> int:
    """4, 4.0, "4", "4.0", "4,0"."""
    if isinstance(cell, bool | Broken):
        raise Unreadable("a whole number")
    if isinstance(cell, int | float):
        number = float(cell)
    else:
        try:
            number = float(text_of(cell).replace(",", "."))
        except ValueError:
            raise Unreadable("a whole number") from None
    if not number.is_integer():
        raise Unreadable("a whole number")
    return int(number)


def minutes(cell: Cell) -> int:
    """Minutes since midnight from an Excel time, a fraction of a day, or text such as 8:00, 08.00, 8h30, 2:15 pm."""
    if isinstance(cell, dt.datetime):
        cell = cell.time()
    if isinstance(cell, dt.time):
        return cell.hour * 60 + cell.minute + (cell.second >= 30)
    if isinstance(cell, dt.timedelta):
        return _within_a_day(round(cell.total_seconds() / 60))
    if isinstance(cell, str):
        return _clock_text(cell.strip())
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if cell >= 1 and not float(cell).is_integer():
            raise Unreadable("a time such as 08:00")  # 8.5 may be 8:30 or 8:50
        return _within_a_day(round(cell * 1440)) if cell < 1 else _clock_text(text_of(cell))
    raise Unreadable("a time such as 08:00")


def _clock_text(text: str) -> int:
    match = _CLOCK.match(text)
    if match:
        hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
    elif text.isdecimal() and len(text) in (3, 4):
        hour, minute = int(text[:-2]), int(text[-2:])
    else:
        try:
            fraction = float(text.replace(",", "."))
        except ValueError:
            raise Unreadable("a time such as 08:00") from None
        if not 0 < fraction < 1:
            raise Unreadable("a time such as 08:00")
        return _within_a_day(round(fraction * 1440))
    if minute > 59:
        raise Unreadable("a time such as 08:00")
    return _within_a_day(hour * 60 + minute)


def _within_a_day(minute: int) -> int:
    if not 0 <= minute <= 1440:
        raise Unreadable("a time from 00:00 to 24:00")
    return minute


def yes_no(cell: Cell) -> bool:
    word = key(text_of(cell))
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable("yes or no")


def colour(cell: Cell) -> str:
    """#RRGGBB; RRGGBB and #RGB are completed."""
    text = text_of(cell).removeprefix("#")
    if re.fullmatch(r"[0-9A-Fa-f]{3}", text):
        text = "".join(2 * sign for sign in text)
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", text):
        raise Unreadable("a colour such as #4E79A7")
    return f"#{text.upper()}"


def split_list(text: str) -> list[str]:
    """Items between , ; and line breaks."""
    return [item for item in (x.strip() for x in re.split(r"[,;\n]", text)) if item]


def blocks(cell: Cell, total: int) -> list[int]:
    """Lengths of the lessons, e.g. "2+1+1", "2,2", "2x2+1"; they must add up to `total` periods."""
    expected = f"lengths that add up to {total}, such as {_example(total)}"
    lengths: list[int] = []
    for item in re.split(r"[+,;/\s]+", text_of(cell).strip()):
        match = re.fullmatch(r"(?:(\d{1,2})[x*×])?(\d{1,2})", item)
        if match is None or int(match[2]) < 1:
            raise Unreadable(expected)
        lengths += [int(match[2])] * int(match[1] or 1)
    if sum(lengths) != total:
        raise Unreadable(expected)
    return lengths


def _example(total: int) -> str:
    return "+".join(["2"] * (total > 2) + ["1"] * (total - 2 * (total > 2)))


def was_a_date(cell: Cell) -> bool:
    """Whether Excel has turned a code such as 1-2 or 3/4 into a date."""
    return isinstance(cell, dt.date) and not (isinstance(cell, dt.datetime) and cell.year in _EPOCHS)


def codes_before_date(cell: Cell) -> list[str]:
    """What may have been typed before Excel made a date of it, likeliest first: 2-1, 1-2, 2/1, 1/2, 2.1, Jan2, ..."""
    if not isinstance(cell, dt.date):
        return []
    day, month = cell.day, cell.month
    name = cell.strftime("%b")
    pairs = [f"{a}{sign}{b}" for sign in "-/." for a, b in ((day, month), (month, day))]
    words = [f"{name}{day}", f"{name}-{day}", f"{name.upper()}{day}", f"{day}{name}", f"{name} {day}"]
    return list(dict.fromkeys([*pairs, *words]))


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """The sentence that offers the closest known word, or nothing."""
    by_fold = {fold(k): k for k in known}
    close = get_close_matches(fold(text), list(by_fold), n=1, cutoff=0.6)
    return f'Did you mean "{by_fold[close[0]]}"?' if close else ""
