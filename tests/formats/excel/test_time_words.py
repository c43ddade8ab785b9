"""Times in words, as short as they can be said without being misread."""

import pytest

from formats.excel.time_words import TimeWords
from models.time import Day, PeriodGrid
from tests.formats.little_school import GRID, LONG_DAYS, cell

WORDS = TimeWords(GRID)


def cells(*places: str) -> list[int]:
    return [cell(*place.split()) for place in places]


@pytest.mark.parametrize(
    ("places", "text"),
    [
        (("Mon P1",), "Mon P1"),
        (("Mon P1", "Mon P2", "Mon P3", "Mon P5"), "Mon P1-P3, Mon P5"),
        (("Fri P1", "Fri P2", "Fri P3", "Fri P4"), "Fri"),
        (tuple(f"{d} P6" for d in LONG_DAYS), "Mon-Thu P6"),
        (("Mon P6", "Wed P6", "Thu P6"), "Mon P6, Wed-Thu P6"),
        (("Tue P2", "Mon P2"), "Mon-Tue P2"),
    ],
)
def test_neighbouring_periods_and_days_become_ranges(places: tuple[str, ...], text: str) -> None:
    assert WORDS.text(cells(*places)) == text


def test_days_with_dashes_in_their_names_are_named_one_by_one() -> None:
    grid = PeriodGrid(days=(Day(id="Segunda-feira"), Day(id="Sexta-feira")), periods=GRID.periods[:4])
    assert TimeWords(grid).text([0, 3]) == "Segunda-feira P1, Sexta-feira P1"


def test_rows_join_the_days_that_have_the_same_periods() -> None:
    found = WORDS.rows(cells("Mon P1", "Mon P2", "Wed P1", "Wed P2", "Fri P4"))
    assert found == [("Mon, Wed", "P1-P2"), ("Fri", "P4")]
