"""Times of the week in words that a cell can hold: "Mon-Wed P1-P3, Thu P5, Fri"."""

from collections.abc import Iterable
from itertools import groupby, pairwise

from models.time import PeriodGrid, PeriodKind


class TimeWords:
    """Periods of one grid in words. Ranges run over the lesson periods in the order in which the days start them."""

    def __init__(self, grid: PeriodGrid) -> None:
        self.grid = grid
        early = sorted((p for p in grid.periods if p.kind is PeriodKind.LESSON), key=lambda p: (p.start, p.end))
        self._position = {label: n for n, label in enumerate(dict.fromkeys(p.id for p in early))}

    def by_day(self, cells: Iterable[int]) -> dict[str, tuple[str, ...]]:
        """Day -> its periods among the cells, as ranges; none where they are all periods of the day."""
        found: dict[int, list[int]] = {}
        for cell in sorted(set(cells)):
            found.setdefault(self.grid.cells[cell].day, []).append(cell)
        whole = {day for day, its in found.items() if len(its) == len(self.grid.day_cells[day])}
        names = self.grid.day_names
        return {names[day]: () if day in whole else self._ranges(its) for day, its in found.items()}

    def _ranges(self, cells: list[int]) -> tuple[str, ...]:
        labels = sorted((self.grid.cells[c].label for c in cells), key=self._position.__getitem__)
        runs = [[labels[0]]]
        for before, label in pairwise(labels):
            if self._position[label] == self._position[before] + 1:
                runs[-1].append(label)
            else:
                runs.append([label])
        return tuple(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)

    def rows(self, cells: Iterable[int]) -> list[tuple[str, str]]:
        """(days, periods) that together are the cells; days with the same periods share a row."""
        days: dict[tuple[str, ...], list[str]] = {}
        for day, ranges in self.by_day(cells).items():
            days.setdefault(ranges, []).append(day)
        return [(", ".join(names), ", ".join(ranges)) for ranges, names in days.items()]

    def text(self, cells: Iterable[int]) -> str:
        """All cells in one text; each range names its days, for "Mon 1-2, 4-5" could mean Thursday and Friday."""
        days = self.by_day(cells)
        alike = (list(names) for _, names in groupby(self.grid.day_names, key=days.get))
        runs = [(run, days[run[0]]) for run in alike if run[0] in days]
        said = ((span, ranges) for run, ranges in runs for span in self._spans(run))
        return ", ".join(item for span, ranges in said for item in ([f"{span} {r}" for r in ranges] or [span]))

    def _spans(self, days: list[str]) -> list[str]:
        """Neighbouring days as one range, unless their names have dashes of their own."""
        plain = not any("-" in day for day in self.grid.day_names)
        return [f"{days[0]}-{days[-1]}"] if plain and len(days) > 1 else days
