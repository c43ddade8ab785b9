"""What a file becomes, what is refused and where the message points."""

import gzip
import random
from pathlib import Path

import pytest

from formats.ctt import Formulation, read_ctt
from formats.errors import FormatError
from models.rules.side_by_side import SideBySide
from tests.formats.ctt.tiny import PLAIN, TINY


def test_courses_become_lessons_curricula_classes() -> None:
    problem = read_ctt(TINY.encode())
    assert problem.name == "Tiny"
    assert [x.id for x in problem.lessons] == ["Alg-1", "Alg-2", "Alg-3", "Bio-1", "Bio-2", "Che-1"]
    first = problem.lessons[0]
    assert (first.course, first.teachers, first.students, first.duration) == ("Alg", ("Ann",), 30, 1)
    assert first.classes == ("first", "again")
    assert [(r.id, r.capacity, r.site) for r in problem.rooms] == [("A", 25, "0"), ("B", 40, "1")]
    assert (problem.grid.size, problem.grid.label(5)) == (8, "day 1 period 1")


def test_gzip_tabs_and_dos_lines_read_the_same() -> None:
    plain = read_ctt(PLAIN.encode())
    for data in (
        gzip.compress(PLAIN.encode()),
        PLAIN.replace(" ", "\t").encode(),
        PLAIN.replace("\n", "\r\n").encode(),
    ):
        assert read_ctt(data) == plain


def test_plain_and_extended_files_are_one_problem_for_ud2() -> None:
    plain, extended = read_ctt(PLAIN.encode()), read_ctt(TINY.encode())
    assert plain.rules == extended.rules
    assert plain.lessons == extended.lessons


def test_an_old_copy_reads_as_the_new_one(instances: Path) -> None:
    """Its rooms have tabs and lack the leading r."""
    folder = instances / "itc2007-cbctt"
    old, new = read_ctt(folder / "variants/comp01_tab_rooms.ctt"), read_ctt(folder / "comp01.ctt")
    assert (old.lessons, old.rules) == (new.lessons, new.rules)
    assert [f"r{r.id}" for r in old.rooms] == [r.id for r in new.rooms]


@pytest.mark.parametrize("formulation", ["UD3", "UD4", "UD5"])
def test_a_plain_file_lacks_what_later_formulations_ask(formulation: Formulation) -> None:
    with pytest.raises(FormatError, match="Min_Max_Daily_Lectures"):
        read_ctt(PLAIN.encode(), formulation)


def test_double_lectures_count_in_ud4() -> None:
    asking = TINY.replace("Alg Ann 3 2 30 0", "Alg Ann 3 2 30 1").encode()
    assert not any(isinstance(r, SideBySide) for r in read_ctt(asking, "UD5").rules)
    assert [r.lessons for r in read_ctt(asking, "UD4").rules if isinstance(r, SideBySide)] == [
        ("Alg-1", "Alg-2", "Alg-3")
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Courses: 3", "Courses: 4", r"line 11: found 3 rows in COURSES, expected 4, as line 2 says"),
        ("Courses: 3", "Courses: x", r"line 2: found 'x', expected a whole number"),
        ("Courses: 3\n", "", r"the header: found no Courses:"),
        ("Days: 2", "Days: 0", r"line 4: found 0, expected a number from 1 to 366"),
        ("Days: 2", "Days: 9999", r"line 4: found 9999"),
        ("Days: 2", "Tage: 2", r"line 4: found Tage:"),
        ("Alg Ann 3 2 30 0", "Alg Ann 3 2 30", r"line 12: found 'Alg Ann 3 2 30', expected course teacher lectures"),
        ("Alg Ann 3 2 30 0", "Alg Ann 9 2 30 0", r"line 12: found 9 lectures, expected 1 to 8 in a week"),
        ("Alg Ann 3 2 30 0", "Alg Ann 3 2 30 2", r"line 12: found 2, expected a whole number from 0 to 1"),
        ("Bio Bob", "Alg Bob", r"line 13: found 'Alg' again, expected every name once"),
        ("B 40 1", "A 40 1", r"line 18: found 'A' again"),
        ("A 25 0", "A many 0", r"line 17: found 'many'"),
        ("first 2 Alg", "first 3 Alg", r"line 21: found 4 words"),
        ("first 2 Alg", "first 2 Art", r"line 21: found 'Art', expected the name of a course"),
        ("Che 0 3", "Che 2 0", r"line 26: found 2, expected a day from 0 to 1"),
        ("Che 0 3", "Che 0 4", r"line 26: found 4, expected a period from 0 to 3"),
        ("Alg A\n", "Alg C\n", r"line 29: found 'C', expected the name of a room"),
        ("END.", "", r"line 30: found the end of the file, expected END."),
        ("END.", "END.\nmore", r"line 33: found 'more', expected nothing after END."),
        ("ROOMS:", "COURSES:", r"line 16: found COURSES: again, expected it once \(line 11\)"),
        ("Name: Tiny", "\x89PNG", r"line 1: found words too long or unprintable"),
        ("Name: Tiny", "Tiny", r"line 1: found 'Tiny', expected one of Name:"),
    ],
)
def test_damage_is_named_with_its_line(old: str, new: str, message: str) -> None:
    assert old in TINY
    with pytest.raises(FormatError, match=message):
        read_ctt(TINY.replace(old, new, 1).encode("latin-1"))


def test_a_file_cut_after_any_line_is_refused() -> None:
    rows = TINY.splitlines(keepends=True)
    for count in range(rows.index("END.\n")):
        with pytest.raises(FormatError):
            read_ctt("".join(rows[:count]).encode())


def test_damaged_gzip_is_refused() -> None:
    packed = gzip.compress(TINY.encode())
    for data in (packed[:-9], packed[:20] + b"\0\0\0" + packed[23:], packed[:2]):
        with pytest.raises(FormatError, match="gzip"):
            read_ctt(data)


def test_any_two_words_swapped_give_a_problem_or_an_error() -> None:
    draw = random.Random(1)
    words = TINY.replace("\n", " \n ").split(" ")
    places = [i for i, word in enumerate(words) if word.strip()]
    refused = 0
    for _ in range(300):
        a, b = draw.sample(places, 2)
        swapped = list(words)
        swapped[a], swapped[b] = words[b], words[a]
        try:
            read_ctt(" ".join(swapped).encode(), "UD5")
        except FormatError:
            refused += 1
    assert refused > 200


@pytest.mark.slow
def test_every_instance_is_read(instances: Path) -> None:
    files = [*instances.glob("itc2007-cbctt/*.*ctt"), *instances.glob("cbctt-more/*/*.ectt*")]
    assert len(files) == 49
    for file in files:
        problem = read_ctt(file)
        assert problem.lessons
        assert problem.classes
