"""How good the timetable is, rule by rule, and what could not be placed: the sheets `Quality` and `Unplaced`."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from formats.excel.book import Book
from formats.excel.course_rows import teacher_text
from formats.excel.placed import class_text
from formats.excel.rule_names import spoken
from formats.excel.write_table import plain_table, set_up_report
from models.board import Board
from models.problem import Problem
from models.rules import Rule, Violation
from models.score import all_rules, unplaced_lessons
from models.timetable import Timetable

MOST_NAMED = 6
"""Names in one cell before the rest is counted."""
HEADERS = ("Rule", "Weight", "Amount", "Unit", "Penalty", "Who")
HEADERS_EACH = (*HEADERS[:-1], "What is not as wished")
QUALITY_WIDTHS = (30, 10, 10, 10, 10, 80)
UNPLACED = ("Class", "Subject", "Teacher", "Periods", "Reason", "Lesson")
UNPLACED_WIDTHS = (18, 14, 22, 10, 70, 26)
"""Of the columns, in characters."""


class Line(NamedTuple):
    """All rules of one kind and weight. weight: None for hard rules."""

    name: str
    weight: int | None
    unit: str
    amount: int
    penalty: int
    who: Counter[str]


def write_quality(book: Book, board: Board, bound: int | None) -> None:
    rules = list(all_rules(board.problem))
    broken = [v for rule in rules for v in rule.violations(board)]
    sheet = book.sheet("Quality")
    set_up_report(sheet, QUALITY_WIDTHS)
    book.text(sheet, 0, 0, "Quality of the timetable", font_size=16, bold=True)
    top = 2
    for top, (what, value) in enumerate(summary(board, broken, bound), start=2):
        book.text(sheet, top, 0, what)
        book.value(sheet, top, 1, value, bold=True, align="left")
    lines = quality_lines(rules, broken)
    rows = [(spoken(x.name), x.weight or "hard", x.amount, x.unit, x.penalty, named(x.who)) for x in lines]
    top = plain_table(book, sheet, top + 2, HEADERS, QUALITY_WIDTHS, rows)
    each = sorted(broken, key=lambda v: (v.rule.weight is not None, -v.penalty))
    details = [
        (spoken(v.rule.name), v.rule.weight or "hard", v.amount, v.rule.unit, v.penalty, v.sentence) for v in each
    ]
    if details:
        plain_table(book, sheet, top + 1, HEADERS_EACH, QUALITY_WIDTHS, details)


def summary(board: Board, broken: Sequence[Violation], bound: int | None) -> Iterator[tuple[str, str | int]]:
    lessons = len(board.problem.lessons)
    penalty = sum(v.penalty for v in broken)
    yield "Lessons placed", f"{len(board.placed)} of {lessons}"
    yield "Hard violations", sum(v.amount for v in broken if v.rule.weight is None)
    yield "Penalty of soft rules", penalty
    if bound is not None:
        yield "No timetable has less than", bound
        yield "Distance to that bound", penalty - bound


def quality_lines(rules: Sequence[Rule], broken: Sequence[Violation]) -> list[Line]:
    """Every kind of rule with its weight, the kept ones too; the most expensive first, after them the hard ones."""
    lines: dict[tuple[str, int | None], Line] = {}
    for rule in rules:
        lines.setdefault((rule.name, rule.weight), Line(rule.name, rule.weight, rule.unit, 0, 0, Counter()))
    for v in broken:
        line = lines[v.rule.name, v.rule.weight]
        line.who.update(dict.fromkeys(v.who, v.amount))
        lines[v.rule.name, v.rule.weight] = line._replace(
            amount=line.amount + v.amount, penalty=line.penalty + v.penalty
        )
    return sorted(lines.values(), key=lambda x: (x.weight is None, -x.penalty, -x.amount, x.name))


def named(who: Counter[str]) -> str:
    """The names with their amounts, the most concerned first, the rest counted."""
    ranked = sorted(who.items(), key=lambda item: (-item[1], item[0]))
    text = ", ".join(f"{name} ({amount})" for name, amount in ranked[:MOST_NAMED])
    return text + (f" and {len(ranked) - MOST_NAMED} more" if len(ranked) > MOST_NAMED else "")


def write_unplaced(book: Book, problem: Problem, timetable: Timetable) -> None:
    sheet = book.sheet("Unplaced")
    set_up_report(sheet, UNPLACED_WIDTHS)
    rows = list(_unplaced(problem, timetable))
    plain_table(book, sheet, 0, UNPLACED, UNPLACED_WIDTHS, rows)
    if not rows:
        book.text(sheet, 1, 0, "Every lesson has its place.")


def _unplaced(problem: Problem, timetable: Timetable) -> Iterator[tuple[object, ...]]:
    reasons = {u.lesson: u.reason for u in timetable.unplaced}
    for id_ in unplaced_lessons(problem, timetable):
        x = problem.lesson[id_]
        yield class_text(x), x.subject, teacher_text(x), x.duration, reasons.get(id_, ""), id_
