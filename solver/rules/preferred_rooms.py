"""CP-SAT twin of `models.rules.preferred_rooms`."""

from models.rules.preferred_rooms import PreferredRooms
from solver.variables import Variables


def encode(rule: PreferredRooms, v: Variables) -> None:
    for lesson in rule.lessons:
        found = v.in_rooms(lesson, rule.rooms)
        v.cost(rule, v.present(lesson) - (sum(found) if len(v.domains.rooms[lesson]) == 1 else v.any_of(found)))
