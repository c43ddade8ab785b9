"""One class's, teacher's or room's week as a table: rows are periods, columns are days.

The layout knows nothing of the medium; the workbook, the picture and the terminal draw it each in their way.
A lesson of several periods is one tile over several rows, also over a short break. Lessons at the same time
(parts of a class, weeks A and B) share a tile; where they overlap without being equally long, each period is a
tile of its own.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from formats.colours import MIXED, ground_and_accent, subject_colours
from formats.labels import brief, details, heading, subtitle, title
from models.base import ResourceKind
from models.board import Board, Booking
from models.time import ClockGrid, Period, PeriodKind, clock

TileKind = Literal["lesson", "free", "absent", "band"]
"""absent: the day has no such period; band: a break, lunch or assembly."""


class Entry(NamedTuple):
    """A lesson in a tile. subject: its code; details: with names; brief: the same in codes; week: name of the week
    it is in, empty for every week; colour, accent: #RRGGBB of the ground and of its edge."""

    lesson: str
    subject: str
    title: str
    details: tuple[str, ...]
    brief: tuple[str, ...]
    week: str
    colour: str
    accent: str

    @property
    def heading(self) -> str:
        """Title, with the week if it is not in all."""
        return f"{self.title} ({self.week})" if self.week else self.title

    @property
    def code(self) -> str:
        """The shortest title: the subject's code, with the week if it is not in all."""
        short = self.subject or self.title
        return f"{short} ({self.week})" if self.week else short


class Row(NamedTuple):
    """A period. time: HH:MM–HH:MM on most days."""

    label: str
    time: str
    kind: PeriodKind


class Tile(NamedTuple):
    """A rectangle of the table. time: given where it differs from that of its row; text: label of a band."""

    row: int
    column: int
    rows: int
    columns: int
    kind: TileKind
    entries: tuple[Entry, ...] = ()
    text: str = ""
    time: str = ""

    @property
    def colour(self) -> str:
        """That of the lessons if they agree, else neutral."""
        colours = {e.colour for e in self.entries}
        return colours.pop() if len(colours) == 1 else MIXED


class Layout(NamedTuple):
    """tiles cover the table without overlap, sorted by row and column."""

    kind: ResourceKind
    id: str
    title: str
    subtitle: str
    days: tuple[str, ...]
    rows: tuple[Row, ...]
    tiles: tuple[Tile, ...]


class Frame:
    """The empty table that all weeks of a problem share."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.grid = board.grid
        self.colours = {s: ground_and_accent(c) for s, c in subject_colours(board.problem).items()}
        self.days = self.grid.day_names
        self.periods = [{p.id: p for p in _periods(board, day)} for day in self.days]
        first = {p.id: p.start for day in reversed(self.periods) for p in day.values()}
        for day in self.periods:
            first.update({p.id: min(first[p.id], p.start) for p in day.values()})
        self.row = {label: n for n, label in enumerate(sorted(first, key=lambda label: first[label]))}
        self.rows = tuple(self._row(label) for label in self.row)
        self.row_of_cell = [self.row[c.label] for c in self.grid.cells]
        self.plain = [[_plain(self, r, c) for c in range(len(self.days))] for r in range(len(self.rows))]

    def _row(self, label: str) -> Row:
        found = [day[label] for day in self.periods if label in day]
        time = Counter(_time(p) for p in found).most_common(1)[0][0]
        kinds = {p.kind for p in found}
        return Row(label, time, PeriodKind.LESSON if PeriodKind.LESSON in kinds else found[0].kind)

    def period(self, row: int, column: int) -> Period | None:
        return self.periods[column].get(self.rows[row].label)

    def own_time(self, row: int, column: int) -> str:
        """The period's time if it differs from that of its row, else empty."""
        period = self.period(row, column)
        return _time(period) if period and _time(period) != self.rows[row].time else ""


class _Block(NamedTuple):
    """A lesson in a column: first row, row after the last, and the rows it uses."""

    top: int
    bottom: int
    rows: tuple[int, ...]
    entry: Entry


def lay_out(frame: Frame, kind: ResourceKind, id_: str) -> Layout:
    """The week of one class (with all its parts), teacher or room."""
    problem = frame.board.problem
    bookings = bookings_of(frame.board, kind, id_)
    blocks: list[list[_Block]] = [[] for _ in frame.days]
    for booking in bookings:
        day = frame.grid.cells[booking.placement.start].day
        blocks[day].append(_block(frame, kind, id_, booking))
    lessons = [tile for column, found in enumerate(blocks) for tile in _lesson_tiles(frame, column, found)]
    tiles = sorted([*lessons, *_rest(frame, lessons)], key=lambda t: (t.row, t.column))
    busy = len({slot for b in bookings for slot in problem.slots_of(b.lesson, b.placement.start)})
    text = subtitle(problem, kind, id_, busy)
    return Layout(kind, id_, heading(problem, kind, id_), text, frame.days, frame.rows, tuple(tiles))


def bookings_of(board: Board, kind: ResourceKind, id_: str) -> list[Booking]:
    """The resource's placed lessons, each once, early to late; a class has those of all its students."""
    rows: Iterable[str] = board.problem.students.of((id_,)) if kind == "class" else (id_,)
    found = {b.lesson.id: b for row in rows for b in board.of(kind, row)}
    return sorted(found.values(), key=lambda b: (b.placement.start, b.lesson.classes, b.lesson.weeks, b.lesson.id))


def pages(board: Board, crowd: int = 4) -> list[str]:
    """The classes that deserve a page of their own: those that are part of no other, in the problem's order;
    in place of a class with more than `crowd` lessons at once, its parts."""
    problem = board.problem
    parts: dict[str | None, list[str]] = {}
    for c in problem.classes:
        parts.setdefault(c.part_of, []).append(c.id)

    def split(c: str) -> Iterator[str]:
        if c in parts and _most_at_once(board, c) > crowd:
            for part in parts[c]:
                yield from split(part)
        else:
            yield c

    return [page for root in parts.get(None, ()) for page in split(root)]


def _most_at_once(board: Board, class_id: str) -> int:
    at_once: Counter[int] = Counter()
    for b in bookings_of(board, "class", class_id):
        at_once.update(board.problem.slots_of(b.lesson, b.placement.start))
    return max(at_once.values(), default=0)


def _block(frame: Frame, kind: ResourceKind, id_: str, booking: Booking) -> _Block:
    problem, lesson, start = frame.board.problem, booking.lesson, booking.placement.start
    weeks = problem.weeks_of(lesson)
    week = "" if len(weeks) == len(frame.grid.weeks) else "/".join(frame.grid.weeks[w] for w in weeks)
    rows = tuple(frame.row_of_cell[start : start + lesson.duration])
    names, codes = details(problem, kind, id_, booking), brief(problem, kind, id_, booking)
    first, colours = title(problem, kind, lesson), frame.colours[lesson.subject]
    entry = Entry(lesson.id, lesson.subject, first, names, codes, week, *colours)
    return _Block(min(rows), max(rows) + 1, rows, entry)


def _lesson_tiles(frame: Frame, column: int, blocks: list[_Block]) -> Iterator[Tile]:
    for group in _touching(blocks):
        spans = {(b.top, b.bottom) for b in group}
        if len(spans) == 1 and _is_solid(frame, column, group[0]):
            yield _tile(frame, column, group[0].top, group[0].bottom - group[0].top, group)
        else:
            for row in sorted({row for b in group for row in b.rows}):
                yield _tile(frame, column, row, 1, [b for b in group if row in b.rows])


def _tile(frame: Frame, column: int, row: int, rows: int, blocks: list[_Block]) -> Tile:
    entries = tuple(b.entry for b in blocks)
    return Tile(row, column, rows, 1, "lesson", entries, time=frame.own_time(row, column))


def _touching(blocks: list[_Block]) -> Iterator[list[_Block]]:
    """Groups of blocks that overlap, directly or through others."""
    group: list[_Block] = []
    bottom = 0
    for block in sorted(blocks, key=lambda b: b.top):
        if group and block.top >= bottom:
            yield group
            group, bottom = [], 0
        group.append(block)
        bottom = max(bottom, block.bottom)
    if group:
        yield group


def _is_solid(frame: Frame, column: int, block: _Block) -> bool:
    """Whether no other lesson period of the day lies between the block's own rows."""
    between = set(range(block.top, block.bottom)) - set(block.rows)
    periods = (frame.period(row, column) for row in between)
    return all(p is None or p.kind is not PeriodKind.LESSON for p in periods)


def _rest(frame: Frame, lessons: list[Tile]) -> Iterator[Tile]:
    """Tiles for what the lessons leave: free periods, bands over neighbouring days, and absent periods."""
    taken = {(row, t.column) for t in lessons for row in range(t.row, t.row + t.rows)}
    for row, tiles in enumerate(frame.plain):
        last: Tile | None = None
        for tile in tiles:
            free = (row, tile.column) not in taken
            if last and free and _goes_on(last, tile):
                last = last._replace(columns=last.columns + 1)
                continue
            if last:
                yield last
            last = tile if free else None
        if last:
            yield last


def _goes_on(band: Tile, tile: Tile) -> bool:
    """Whether the tile, of the next day, is more of the same break."""
    return (band.kind, band.text, band.time) == (tile.kind, tile.text, tile.time) and tile.kind == "band"


def _plain(frame: Frame, row: int, column: int) -> Tile:
    """The tile of a period without lessons."""
    period = frame.period(row, column)
    if period is None:
        return Tile(row, column, 1, 1, "absent")
    time = frame.own_time(row, column)
    if period.kind is PeriodKind.LESSON:
        return Tile(row, column, 1, 1, "free", time=time)
    return Tile(row, column, 1, 1, "band", text=period.id, time=time)


def _periods(board: Board, day: str) -> list[Period]:
    grid = board.grid
    if isinstance(grid, ClockGrid):
        column = grid.day_names.index(day)
        return [Period(id=c.label, start=c.start, end=c.end) for c in grid.cells if c.day == column]
    return grid.periods_of(day)


def _time(period: Period) -> str:
    return f"{clock(period.start)}–{clock(period.end)}"
