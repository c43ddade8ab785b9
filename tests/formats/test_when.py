"""Times as people write them, on both kinds of grid."""

import datetime as dt

import pytest

from formats.when import cells_named
from models.time import ClockGrid, Day, Opening, Period, PeriodGrid

WEEK = PeriodGrid(
    days=(Day(id="Mon"), Day(id="Tue")),
    periods=tuple(Period(id=f"P{n}", start=480 + 60 * n, end=540 + 60 * n) for n in (1, 2, 3)),
)
DATES = ClockGrid(
    openings=tuple(Opening(date=dt.date(2026, 3, day), start=540, end=660) for day in (2, 3)),
    step=30,
)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Mon", (0, 1, 2)),
        ("Mon P2", (1,)),
        ("Mon P1-P2, Tue P3", (0, 1, 5)),
        ("Tue 1", (3,)),
        ("Mon-Tue P1", (0, 3)),
        ("P3", (2, 5)),
    ],
)
def test_days_and_periods(text: str, cells: tuple[int, ...]) -> None:
    assert cells_named(WEEK, text) == cells


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("2026-03-02", (0, 1, 2, 3)),
        ("2026-03-03 09:30-10:00", (5,)),
        ("2026-03-02 09:45-10:15", (1, 2)),
        ("2026-03-02 10:30-11:00, 2026-03-03 09:00-09:30", (3, 4)),
    ],
)
def test_dates_and_clock_times(text: str, cells: tuple[int, ...]) -> None:
    assert cells_named(DATES, text) == cells


@pytest.mark.parametrize("text", ["Sun", "Mon P9", "P3-P1", "", " , "])
def test_what_is_no_time_of_the_week_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="time of the timetable"):
        cells_named(WEEK, text)


@pytest.mark.parametrize("text", ["2026-03-04", "Mon", "2026-03-02 10:00-09:00", "2026-03-02 20:00-21:00"])
def test_what_is_no_time_of_the_dates_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="time of the timetable"):
        cells_named(DATES, text)
