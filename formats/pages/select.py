"""Which weeks are printed, and how a grid of many days is cut into pages."""

from collections.abc import Iterator

from formats.grid import Frame, Layout, Tile, bookings_of, lay_out, pages
from models.base import ResourceKind
from models.board import Board
from models.problem import Problem
from models.timetable import Timetable

MOST_DAYS = 7
"""Columns of a page."""


def weeks(
    problem: Problem, timetable: Timetable, kind: ResourceKind | None = None, id_: str | None = None
) -> Iterator[Layout]:
    """The pages: of one resource; of all of a kind; or of all classes, teachers and rooms that have lessons.

    ValueError when the timetable does not belong to the problem.
    """
    board = Board(problem, timetable)
    frame = Frame(board)
    for each, ids in _wanted(board, kind, id_):
        for one in ids:
            yield from cut(lay_out(frame, each, one))


def _wanted(board: Board, kind: ResourceKind | None, id_: str | None) -> Iterator[tuple[ResourceKind, list[str]]]:
    if kind is not None and id_ is not None:
        yield kind, [id_]
        return
    problem = board.problem
    names: tuple[tuple[ResourceKind, list[str]], ...] = (
        ("class", pages(board)),
        ("teacher", list(problem.teacher)),
        ("room", list(problem.room)),
    )
    for each, ids in names:
        if kind in (None, each):
            yield each, [x for x in ids if kind or bookings_of(board, each, x)]


def cut(layout: Layout, most: int = MOST_DAYS) -> Iterator[Layout]:
    """The same in pages of at most so many days."""
    for first in range(0, len(layout.days), most):
        last = min(first + most, len(layout.days))
        tiles = tuple(part for tile in layout.tiles for part in _within(tile, first, last))
        yield layout._replace(days=layout.days[first:last], tiles=tiles)


def _within(tile: Tile, first: int, last: int) -> Iterator[Tile]:
    """What of the tile lies in these columns."""
    left, right = max(tile.column, first), min(tile.column + tile.columns, last)
    if left < right:
        yield tile._replace(column=left - first, columns=right - left)
