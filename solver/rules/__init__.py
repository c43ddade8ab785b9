"""How each rule of the catalogue is said to CP-SAT: one module per rule, named like its definition."""

from collections.abc import Callable
from typing import Any

from solver.rules.max_gaps_per_day import encode as max_gaps_per_day
from solver.rules.min_days_between import encode as min_days_between
from solver.rules.preferred_rooms import encode as preferred_rooms
from solver.rules.preferred_times import encode as preferred_times
from solver.rules.same_start import encode as same_start
from solver.rules.unavailable import encode as unavailable

ENCODERS: dict[str, Callable[[Any, Any], None]] = {
    "max_gaps_per_day": max_gaps_per_day,
    "min_days_between": min_days_between,
    "preferred_rooms": preferred_rooms,
    "preferred_times": preferred_times,
    "same_start": same_start,
    "unavailable": unavailable,
}
"""Name of the rule -> its encoder, called with the rule and the `Variables`."""
