"""The names of courses and lessons."""

from formats.excel.lesson_names import LONGEST, LessonNames


def test_course_is_named_by_class_and_subject_and_its_lessons_are_counted() -> None:
    names = LessonNames()
    assert names.course(("7A",), "MATH", ("SMI",)) == "7A-MATH"
    assert names.lessons("7A-MATH", 3) == ["7A-MATH-1", "7A-MATH-2", "7A-MATH-3"]


def test_second_course_of_a_class_in_a_subject_adds_its_teacher_and_the_third_a_number() -> None:
    names = LessonNames()
    courses = [names.course(("7A",), "MATH", ("SMI",)) for _ in range(3)]
    assert courses == ["7A-MATH", "7A-MATH-SMI", "7A-MATH-SMI.2"]


def test_lesson_never_takes_the_name_of_a_course() -> None:
    names = LessonNames()
    assert names.course(("7A",), "MATH-1", ()) == "7A-MATH-1"
    assert names.lessons(names.course(("7A",), "MATH", ()), 1) == ["7A-MATH-1.2"]


def test_many_classes_and_long_codes_are_cut() -> None:
    names = LessonNames()
    assert names.course(("7A", "7B", "7C", "7D", "7E"), "PE", ()) == "7A+7B+7C+7D+more-PE"
    long = names.course(("x" * 90, "y" * 90), "PE", ())
    assert len(long) == LONGEST
    assert names.course(("x" * 90, "y" * 90), "ART", ()) == f"{long}.2"
