"""The CP-SAT side: variables, one encoding per rule, search, repair and explanation."""

from solver.limits import Limits
from solver.result import Progress, Result, Status

__all__ = ["Limits", "Progress", "Result", "Status"]
