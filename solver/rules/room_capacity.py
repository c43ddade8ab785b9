"""CP-SAT twin of `models.rules.room_capacity`."""

from models.rules.room_capacity import RoomCapacity
from solver.variables import Variables


def encode(rule: RoomCapacity, v: Variables) -> None:
    raise NotImplementedError
