"""The CP-SAT side: variables, one encoding per rule, search, repair and explanation."""

from solver.errors import InvalidModel, ScoreMismatch, SolverDisagreement, SolverError
from solver.limits import Limits
from solver.result import Progress, Result, Status
from solver.run import solve

__all__ = [
    "InvalidModel",
    "Limits",
    "Progress",
    "Result",
    "ScoreMismatch",
    "SolverDisagreement",
    "SolverError",
    "Status",
    "solve",
]
