"""CP-SAT twin of `models.rules.room_stability`."""

from models.rules.room_stability import RoomStability
from solver.variables import Variables


def encode(rule: RoomStability, v: Variables) -> None:
    raise NotImplementedError
