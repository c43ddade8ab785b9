"""CP-SAT twin of `models.rules.room_stability`."""

from models.rules.room_stability import RoomStability
from solver.variables import Variables


def encode(rule: RoomStability, v: Variables) -> None:
    rooms = dict.fromkeys(r for x in rule.lessons for options in v.domains.rooms[x] for r in options)
    used = [v.any_of(y for x in rule.lessons for y in v.in_rooms(x, (room,))) for room in rooms]
    v.at_most(rule, sum(used), rule.limit, most=len(used) - rule.limit)
