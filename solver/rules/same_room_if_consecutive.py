"""CP-SAT twin of `models.rules.same_room_if_consecutive`."""

from models.rules.same_room_if_consecutive import SameRoomIfConsecutive
from solver.variables import Variables


def encode(rule: SameRoomIfConsecutive, v: Variables) -> None:
    raise NotImplementedError
