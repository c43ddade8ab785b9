"""CP-SAT twin of `models.rules.max_room_changes`."""

from models.rules.max_room_changes import MaxRoomChanges
from solver.variables import Variables


def encode(rule: MaxRoomChanges, v: Variables) -> None:
    raise NotImplementedError
