"""Whatever stands in a cell: either a problem or errors, never a traceback."""

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from formats.excel.findings import Findings
from formats.excel.parts import Broken
from formats.excel.read import read_tables
from formats.excel.table import Table
from tests.formats.excel.school import tables

WORDS = """7A~7A, 7B~7Z~SMI~JON, SMI~MATH~any of~any of *~any of A|B~,~;~/~+~-~²~٣~type:~type:lab~type:+~R1 + R2~LAB1~
Mon~Mon-~Mon-Fri~P1~P1-P2~P4~Lunch~P9~Mon P1~=~limit=~limit=1~a-b=3~none~off~all teachers~all classes~all lessons~
teacher:~class:7A~level 7~7A MATH + 7B MATH~max gaps per day~same start~unavailable~travel time~preferred times~
home room~ordered~lunch break~A/B~both~2+1+1~0+4~1e5~#~yes~08:00~lunch~Code~Class~Days~X~tag=~per week~whole""".replace(
    "\n", ""
).split("~")
CELLS = st.one_of(
    st.sampled_from(WORDS),
    st.text(max_size=120),
    st.integers(-5, 400),
    st.floats(),
    st.booleans(),
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    st.times(),
    st.timedeltas(),
    st.just(Broken("#N/A")),
)
CHANGES = st.lists(
    st.tuples(st.sampled_from(sorted(tables())), st.integers(0, 6), st.integers(0, 10), CELLS), min_size=1, max_size=6
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(CHANGES)
def test_a_problem_or_errors(changes: list[tuple[str, int, int, Any]]) -> None:
    contents = tables()
    contents["Fixed"].append(["7B", "MATH", "Mon", "P1"])
    contents["Timetable"].append(["7B", "ART", "JON", "Mon", "P3"])
    contents["Rules"].append(["max gaps per day", "all teachers", 1])
    for sheet, row, column, value in changes:
        rows = contents[sheet]
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend([""] * (column + 1 - len(rows[row])))
        rows[row][column] = value
    result = read_tables([Table(name, rows) for name, rows in contents.items()], Findings())
    assert (result.problem is None) == bool(result.errors)
    assert all(f.sentence for f in result.findings)
