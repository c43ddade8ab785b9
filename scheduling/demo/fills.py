"""What fills the demo organisation of each dialect, as an explicit list; a dialect not named has people alone."""

from scheduling.demo import director
from scheduling.demo.roles import people_as
from scheduling.demo.scene import Fill

FILLS: dict[str, Fill] = {
    "academy": people_as(instructor_id="instructor", student_id="student", parent_id="parent"),
    "fitness": people_as(trainer_id="trainer"),
    "director": director.fill,
    "culturebridge": people_as(coach_id="coach", client_id="client"),
    "estuary": people_as(practitioner_id="practitioner"),
}
