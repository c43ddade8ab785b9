"""CP-SAT twin of `models.rules.preferred_rooms`."""

from models.rules.preferred_rooms import PreferredRooms
from solver.variables import Variables


def encode(rule: PreferredRooms, v: Variables) -> None:
    for lesson in rule.lessons:
        v.cost(rule, v.placed(lesson) - v.any_of(v.in_rooms(lesson, rule.rooms)))
