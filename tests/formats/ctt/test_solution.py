"""Solution files: in, out, and what is refused."""

from pathlib import Path

import pytest

from formats.ctt import read_ctt, read_solution, write_solution
from formats.errors import FormatError
from models.problem import Problem
from models.timetable import Placement, Timetable, Unplaced
from tests.formats.ctt.tiny import TINY


@pytest.fixture
def problem() -> Problem:
    return read_ctt(TINY.encode())


def test_lines_become_placements(problem: Problem) -> None:
    found = read_solution(b"Bio A 1 2\nAlg\tB 0 3\n\nBio B 0 0", problem)
    assert found.placements == (
        Placement(lesson="Bio-1", start=6, rooms=("A",)),
        Placement(lesson="Alg-1", start=3, rooms=("B",)),
        Placement(lesson="Bio-2", start=0, rooms=("B",)),
    )
    assert found.unplaced == tuple(Unplaced(lesson=x) for x in ("Alg-2", "Alg-3", "Che-1"))


def test_what_is_written_reads_the_same(problem: Problem) -> None:
    text = b"Alg B 0 3\nAlg A 1 1\nBio B 0 0\nChe A 1 3\n"
    found = read_solution(text, problem)
    assert write_solution(problem, found) == text


def test_a_published_solution_is_written_as_it_was(instances: Path) -> None:
    folder = instances / "itc2007-cbctt"
    problem, file = read_ctt(folder / "comp01.ctt"), folder / "solutions/comp01.sol"
    written = write_solution(problem, read_solution(file, problem))
    assert sorted(written.split(b"\n")) == sorted(
        [*(b" ".join(x.split()) for x in file.read_bytes().splitlines()), b""]
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Alg B 0", r"line 1: found 'Alg B 0', expected course room day period"),
        ("Alg B 0 0 0", r"line 1"),
        ("\nArt B 0 0", r"line 2: found 'Art', expected the name of a course"),
        ("Alg C 0 0", r"line 1: found 'C', expected the name of a room"),
        ("Alg B 2 0", r"line 1: found 2, expected a day from 0 to 1"),
        ("Alg B 0 -1", r"line 1: found '-1', expected a period"),
        ("Che B 0 1\nChe B 0 2", r"line 2: found 'Che' once more, expected its 1 lectures"),
    ],
)
def test_what_the_problem_lacks_is_refused(problem: Problem, text: str, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        read_solution(text.encode(), problem)


def test_a_lesson_without_a_room_cannot_be_written(problem: Problem) -> None:
    with pytest.raises(FormatError, match="Alg-1"):
        write_solution(problem, Timetable(placements=(Placement(lesson="Alg-1", start=0, rooms=(None,)),)))
