"""A .fet file in which every activity is fixed holds a timetable."""

from formats.fet import read_fet, write_fet
from formats.fet.fixed import fixed_timetable
from tests.formats.fet.judge import timetable
from tests.formats.fet.tiny import activity, constraint, fet, fixed

ROOMS = constraint("ActivityPreferredRooms", ("Activity_Id", 1), ("Preferred_Room", ["R1", "R2"]))
DATA = fet([activity(1, duration=2), activity(2)], [], [ROOMS])


def test_what_was_written_is_there_again() -> None:
    problem = read_fet(DATA).problem
    solved = timetable(problem, {1: "Mon 1", 2: "Tue 1"}, {1: ("R2",)})
    found = fixed_timetable(read_fet(write_fet(DATA, problem, solved)).problem)
    assert found is not None
    assert found.placement == solved.placement


def test_a_time_or_a_room_to_choose_is_no_timetable() -> None:
    times = [fixed(1, "Mon 1"), fixed(2, "Tue 1")]
    assert fixed_timetable(read_fet(fet([activity(1), activity(2)], times)).problem) is not None
    assert fixed_timetable(read_fet(fet([activity(1), activity(2)], times[:1])).problem) is None
    assert fixed_timetable(read_fet(fet([activity(1), activity(2)], times, [ROOMS])).problem) is None
