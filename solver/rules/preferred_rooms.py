"""CP-SAT twin of `models.rules.preferred_rooms`."""

from models.rules.preferred_rooms import PreferredRooms
from solver.variables import Variables


def encode(rule: PreferredRooms, v: Variables) -> None:
    for lesson in rule.lessons:
        good = v.any_of(literal for room in rule.rooms for literal in v.uses(lesson, "room", room))
        v.cost(rule, v.placed(lesson) - good)
