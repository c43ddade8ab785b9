"""Days, periods and weeks as the cells of a workbook name them."""

import re
from dataclasses import dataclass, field

from formats.excel.days import DAY_NUMBER
from formats.excel.parts import Broken
from formats.excel.rows import Row
from formats.excel.sheets import key
from formats.excel.values import Unreadable, fold, split_list, text_of
from models.time import PeriodGrid

_ALL = frozenset({"", "all", "every", "everyday", "alldays", "daily", "alle", "taglich", "tous", "todos", "tutti"})
_BOTH = _ALL | {"both", "ab", "beide", "deux", "ambas", "ambos", "entrambe", "everyweek", "allweeks"}
_DASHES = re.compile(r"\s*[-–—]\s*")

MOST_WORDS = 12
"""Words of an item that are tried as days and periods."""


@dataclass
class Times:
    """days: names; labels: all periods in the order of the day; lessons: those of kind lesson; grid: None if the
    sheets School and Periods have errors (then no cells are known, but names are)."""

    days: list[str]
    labels: list[str]
    lessons: frozenset[str]
    weeks: list[str]
    grid: PeriodGrid | None
    _places: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def day(self, text: str) -> str | None:
        """A day by its name, its name in another language, or its number from 1."""
        return self._day_by_key.get(key(text)) if text else None

    def __post_init__(self) -> None:
        named = {key(d): d for d in self.days}
        numbers = {DAY_NUMBER[k]: d for k, d in named.items() if k in DAY_NUMBER}
        spoken = {k: numbers[n] for k, n in DAY_NUMBER.items() if n in numbers}
        counted = {str(n + 1): d for n, d in enumerate(self.days)}
        self._day_by_key = {**counted, **spoken, **named}
        self._label_by_fold = {fold(label): label for label in reversed(self.labels)}
        bare = {fold(label).lstrip("p"): label for label in self.labels if re.fullmatch(r"[Pp]\d+", label)}
        self._label_by_fold = {**bare, **{f"period {k}": v for k, v in bare.items()}, **self._label_by_fold}

    def label(self, text: str) -> str | None:
        """A period by its label; "3" means P3 where labels are P1, P2, ..."""
        return self._label_by_fold.get(fold(text))

    def days_in(self, text: str) -> list[str]:
        """A day, a list or a range of days, or all. Raises Unreadable."""
        if key(text) in _ALL:
            return list(self.days)
        found: list[str] = []
        for item in split_list(text.replace("/", ",")):
            found.extend(self._day_range(item))
        return list(dict.fromkeys(found))

    def _day_range(self, item: str) -> list[str]:
        day = self.day(item)
        if day is not None:
            return [day]
        ends = [self.day(x) for x in _DASHES.split(item)]
        if len(ends) == 2 and ends[0] is not None and ends[1] is not None:
            first, last = self.days.index(ends[0]), self.days.index(ends[1])
            if first <= last:
                return self.days[first : last + 1]
        raise Unreadable(f"days of {', '.join(self.days)}")

    def labels_in(self, text: str) -> list[str]:
        """A period, a list or a range of periods, or all. Raises Unreadable."""
        if key(text) in _ALL:
            return [label for label in self.labels if label in self.lessons]
        found: list[str] = []
        for item in split_list(text):
            found.extend(self._label_range(item))
        return list(dict.fromkeys(found))

    def _label_range(self, item: str) -> list[str]:
        """Numbered: 1. a label as it stands; 2. a range, wherever a dash cuts it into two labels, breaks left out;
        3. several labels separated by spaces or slashes."""
        label = self.label(item)
        if label is not None:
            return [label]
        for cut in _DASHES.finditer(item):
            first, last = self.label(item[: cut.start()]), self.label(item[cut.end() :])
            if first is not None and last is not None:
                a, b = self.labels.index(first), self.labels.index(last)
                if a <= b:
                    return [x for x in self.labels[a : b + 1] if x in self.lessons or x in (first, last)]
        several = [self.label(x) for x in re.split(r"[\s/]+", item)]
        if len(several) > 1 and all(several):
            return [x for x in several if x]
        raise Unreadable(f"periods of {', '.join(x for x in self.labels if x in self.lessons)}")

    def places_in(self, text: str) -> list[tuple[str, str]]:
        """(day, period) pairs: "Mon P3-P4, Tue, P8, Mon-Wed P1"; a day alone is all day, a period alone every day.
        Raises Unreadable."""
        if not self.days or not self.labels:
            return []
        if text not in self._places:
            found: list[tuple[str, str]] = []
            days: list[str] = []
            for item in split_list(text):
                days, labels = self._place(item, days)
                found += [(d, label) for d in days or self.days for label in labels]
            self._places[text] = list(dict.fromkeys(found))
        return self._places[text]

    def _place(self, item: str, before: list[str]) -> tuple[list[str], list[str]]:
        """Days and periods of one item; without a day, those of the item before ("Mon P1, P2")."""
        words = item.split()[:MOST_WORDS]
        for count in range(len(words), 0, -1):
            try:
                days = self.days_in(" ".join(words[:count]).rstrip(":"))
            except Unreadable:
                continue
            if self.label(item) is None:
                return days, self.labels_in(" ".join(words[count:]))
        return before, self.labels_in(item)

    def cells(self, places: list[tuple[str, str]]) -> tuple[int, ...]:
        """Cells of the grid at these places; places that do not exist (a short Friday) are left out."""
        if self.grid is None:
            return ()
        found = (self.grid.cell_at(day, label) for day, label in places)
        return tuple(sorted({cell for cell in found if cell is not None}))

    def weeks_in(self, text: str) -> tuple[int, ...]:
        """Positions of the weeks; all of them: empty. Raises Unreadable."""
        whole = key(text).removeprefix("week").removeprefix("woche").removeprefix("semaine").removeprefix("semana")
        if whole in _BOTH and not (len(self.weeks) == 1 and whole == "ab"):
            return ()
        known = {key(w): n for n, w in enumerate(self.weeks)}
        items = [key(x) for x in re.split(r"[,;/+&\s]+", text) if key(x) not in ("", "week", "woche", "semaine")]
        if not items or any(item not in known for item in items):
            raise Unreadable(f"one of {', '.join(self.weeks)}, both" if len(self.weeks) > 1 else "blank: every week")
        positions = tuple(sorted({known[item] for item in items}))
        return () if len(positions) == len(self.weeks) else positions

    def read_days(self, row: Row, column: str) -> list[str] | None:
        return row.read(column, lambda cell: self.days_in(text_of(cell))) if self.days else None

    def read_weeks(self, row: Row, column: str) -> tuple[int, ...]:
        return row.read(column, lambda cell: self.weeks_in(text_of(cell))) or ()

    def read_labels(self, row: Row, column: str) -> list[str] | None:
        """Periods a cell lists; what is no period is reported with the closest one."""
        if not self.labels:
            return None
        cell = row.raw(column)
        if isinstance(cell, Broken):
            row.broken(column, cell)
            return None
        text = text_of(cell)
        try:
            return self.labels_in(text)
        except Unreadable as error:
            row.error(column, f'{column} is "{text}"', str(error), row.hint(column, text, self.labels))
            return None

    def read_start(self, row: Row) -> tuple[int, int] | None:
        """(cell, number of periods) from the columns Day and Period; 0 periods: a single label, any length."""
        days = self.read_days(row, "Day")
        labels = self.read_labels(row, "Period")
        if days is None or labels is None or self.grid is None:
            return None
        if len(days) != 1:
            row.error("Day", f'Day is "{row.text("Day")}"', "one day")
            return None
        start = self.grid.cell_at(days[0], labels[0])
        if start is None:
            row.error("Period", f"{days[0]} has no lesson in {labels[0]}", self._periods_of(days[0]))
            return None
        if len(labels) == 1:
            return start, 0
        cells = self.cells([(days[0], label) for label in labels])
        if cells != tuple(range(start, start + len(labels))) or not self.grid.fits(start, len(labels)):
            row.error("Period", f'Period is "{row.text("Period")}"', "periods that follow each other without lunch")
            return None
        return start, len(labels)

    def _periods_of(self, day: str) -> str:
        return f"one of {', '.join(x for x in self.labels if x in self.lessons and self.cells([(day, x)]))}"
