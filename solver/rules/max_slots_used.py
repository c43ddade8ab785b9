"""CP-SAT twin of `models.rules.max_slots_used`."""

from models.rules.max_slots_used import MaxSlotsUsed
from solver.variables import Variables


def encode(rule: MaxSlotsUsed, v: Variables) -> None:
    raise NotImplementedError
