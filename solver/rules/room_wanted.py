"""CP-SAT twin of `models.rules.room_wanted`."""

from models.rules.room_wanted import RoomWanted
from solver.variables import Variables


def encode(rule: RoomWanted, v: Variables) -> None:
    raise NotImplementedError
