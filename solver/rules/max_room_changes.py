"""CP-SAT twin of `models.rules.max_room_changes`."""

from models.rules.max_room_changes import MaxRoomChanges
from solver.moves import limit_changes, room_marks
from solver.variables import Variables


def encode(rule: MaxRoomChanges, v: Variables) -> None:
    limit_changes(v, rule, rule.limit, rule.per, room_marks)
