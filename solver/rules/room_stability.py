"""CP-SAT twin of `models.rules.room_stability`."""

from models.rules.room_stability import RoomStability
from solver.variables import Variables


def encode(rule: RoomStability, v: Variables) -> None:
    rooms = dict.fromkeys(r for x in rule.lessons for options in v.domains.rooms[x] for r in options)
    used = [v.any_of(v.has_room(x, room) for x in rule.lessons) for room in rooms]
    v.at_most(rule, sum(used), rule.limit, most=len(used) - rule.limit)
