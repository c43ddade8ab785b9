"""A problem as the rows of the school workbook."""

from collections.abc import Iterator

from formats.errors import Unsupported
from formats.excel.course_rows import Courses, course_row
from formats.excel.placed import class_text, day_text, period_text, placed_rows, week_text
from formats.excel.read_school import MOST_WEEKS
from formats.excel.rule_rows import RuleRows, rule_rows
from formats.excel.school_book import Tables
from formats.excel.sheets import MOST_DAYS
from formats.excel.write_table import Row
from models.problem import Lesson, Problem
from models.time import PeriodGrid, clock
from models.timetable import Timetable


def school_tables(problem: Problem, courses: Courses, timetable: Timetable | None) -> Tables:
    """Sheet name -> its rows. Raises Unsupported for what the workbook cannot say."""
    grid = period_grid(problem)
    rules = rule_rows(problem, grid, courses)
    return {
        "School": list(_settings(problem.name, grid)),
        "Periods": list(_periods(grid)),
        "Subjects": list(_subjects(problem, rules)),
        "Teachers": list(_teachers(problem, rules)),
        "Rooms": list(_rooms(problem)),
        "Classes": list(_classes(problem)),
        "Lessons": [course_row(problem, row) for row in courses.rows],
        "Unavailable": rules.unavailable,
        "Rules": rules.rules,
        "Fixed": [_fixed(problem, x, courses.name[x.id]) for x in problem.lessons if x.pin.start is not None],
        "Timetable": list(_placed(problem, courses, timetable)) if timetable else [],
    }


def period_grid(problem: Problem) -> PeriodGrid:
    grid = problem.grid
    if not isinstance(grid, PeriodGrid):
        raise Unsupported("grid", [("dates with clock times", 1)], "days of the week and periods")
    if len(grid.days) > MOST_DAYS:
        raise Unsupported("grid", [("day", len(grid.days))], f"at most {MOST_DAYS} days")
    if len(grid.weeks) > MOST_WEEKS:
        raise Unsupported("grid", [("week", len(grid.weeks))], f"at most {MOST_WEEKS} weeks")
    return grid


def _settings(name: str, grid: PeriodGrid) -> Iterator[Row]:
    yield {"Setting": "School", "Value": name}
    yield {"Setting": "Days", "Value": ", ".join(grid.day_names)}
    yield {"Setting": "Week pattern", "Value": "/".join(grid.weeks) if len(grid.weeks) > 1 else "1"}


def _periods(grid: PeriodGrid) -> Iterator[Row]:
    for p in grid.periods:
        times = {"Start": clock(p.start), "End": clock(p.end)}
        yield {"Label": p.id, **times, "Kind": p.kind.value, "Days": ", ".join(p.days)}


def _subjects(problem: Problem, rules: RuleRows) -> Iterator[Row]:
    """Those of the problem, then those that only lessons, teachers or rules name."""
    for s in problem.subjects:
        yield {"Code": s.id, "Name": s.name, "Colour": s.colour, "Max per day": rules.day_limits.get(s.id)}
    named = (
        *(x.subject for x in problem.lessons),
        *(s for t in problem.teachers for s in t.subjects),
        *rules.day_limits,
    )
    known = {s.id for s in problem.subjects}
    for subject in dict.fromkeys(s for s in named if s and s not in known):
        yield {"Code": subject, "Max per day": rules.day_limits.get(subject)}


def _teachers(problem: Problem, rules: RuleRows) -> Iterator[Row]:
    for t in problem.teachers:
        limits = rules.limits.get(t.id, {})
        yield {"Code": t.id, "Name": t.name, "Email": t.email, "Subjects": ", ".join(t.subjects), **limits}


def _rooms(problem: Problem) -> Iterator[Row]:
    for r in problem.rooms:
        yield {"Code": r.id, "Name": r.name, "Capacity": r.capacity, "Type": ", ".join(r.features), "Site": r.site}


def _classes(problem: Problem) -> Iterator[Row]:
    for c in problem.classes:
        yield {
            "Code": c.id,
            "Name": c.name,
            "Level": c.level,
            "Size": c.size or None,
            "Part of": c.part_of,
            "Split": c.split,
            "Student sets": ", ".join(c.students),
        }


def _fixed(problem: Problem, x: Lesson, name: str) -> Row:
    start, rooms, teachers = x.pin.start, x.pin.rooms or (), x.pin.teachers or ()
    assert start is not None
    if None in rooms:
        raise Unsupported(
            f"lesson {x.id}", [("pin that leaves out a room", 1)], "a room for each request, or none at all"
        )
    return {
        "Class": class_text(x),
        "Subject": x.subject,
        "Day": day_text(problem, start),
        "Period": period_text(problem, start, x.duration),
        "Room": ", ".join(r for r in rooms if r),
        "Teacher": ", ".join((*x.teachers, *teachers)),
        "Week": week_text(problem, x),
        "Lesson": name,
    }


def _placed(problem: Problem, courses: Courses, timetable: Timetable) -> Iterator[Row]:
    for row in placed_rows(problem, timetable):
        yield {**row, "Lesson": courses.name[str(row["Lesson"])]}
