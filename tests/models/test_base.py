"""What every value of the domain shares."""

from models.problem import Lesson


def test_a_copy_does_not_remember_what_was_true_of_the_original() -> None:
    lesson = Lesson(id="l", duration=1, tags=("lab",))
    assert "lab" in lesson.all_tags
    assert "gym" in lesson.model_copy(update={"tags": ("gym",)}).all_tags
    assert "gym" not in lesson.all_tags
