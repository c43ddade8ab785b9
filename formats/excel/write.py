"""The finished timetable as a workbook: to print, to read, to start a repair from."""

from formats.excel.book import Book
from formats.excel.carried import write_carried
from formats.excel.master import write_master
from formats.excel.placed import placed_rows
from formats.excel.quality import write_quality, write_unplaced
from formats.excel.sheets import TIMETABLE
from formats.excel.weeks import write_weeks
from formats.excel.write_table import write_table
from formats.grid import Frame, pages
from models.board import Board
from models.problem import Problem
from models.timetable import Timetable


def write_timetable(problem: Problem, timetable: Timetable, bound: int | None = None) -> bytes:
    """The .xlsx file. bound: no timetable has a smaller penalty; None where it is not known.

    Equal input gives equal bytes. ValueError when the timetable does not belong to the problem.
    """
    book = Book(problem.name)
    board = Board(problem, timetable)
    frame = Frame(board)
    classes = write_weeks(book, "Classes", frame, "class", pages(board))
    write_weeks(book, "Teachers", frame, "teacher", [t.id for t in problem.teachers])
    write_weeks(book, "Rooms", frame, "room", [r.id for r in problem.rooms])
    write_master(book, frame, classes)
    write_table(book, book.sheet("List"), TIMETABLE, placed_rows(problem, timetable))
    write_quality(book, board, bound)
    write_unplaced(book, problem, timetable)
    write_carried(book, problem)
    return book.finish()
