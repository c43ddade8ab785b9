"""CP-SAT twin of `models.rules.min_slots_used`."""

from models.rules.min_slots_used import MinSlotsUsed
from solver.variables import Variables


def encode(rule: MinSlotsUsed, v: Variables) -> None:
    raise NotImplementedError
