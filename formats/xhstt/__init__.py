"""XHSTT, the XML of high-school timetabling archives: instances in as problems, solutions in and out, and judged."""

from formats.xhstt.costs import ConstraintCost, Costs
from formats.xhstt.read import XhsttImport, read_xhstt
from formats.xhstt.solution import (
    costs_of,
    costs_of_solution,
    groups_in,
    read_solution,
    read_solved,
    solutions_in,
    write_xhstt,
)

__all__ = [
    "ConstraintCost",
    "Costs",
    "XhsttImport",
    "costs_of",
    "costs_of_solution",
    "groups_in",
    "read_solution",
    "read_solved",
    "read_xhstt",
    "solutions_in",
    "write_xhstt",
]
