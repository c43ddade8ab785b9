"""XHSTT, the XML of high-school timetabling archives: instances in as problems, solutions in and out, and judged."""

from formats.xhstt.costs import ConstraintCost, Costs
from formats.xhstt.read import XhsttImport, read_xhstt
from formats.xhstt.solution import costs_of, costs_of_solution, read_solution, read_solved, write_xhstt

__all__ = [
    "ConstraintCost",
    "Costs",
    "XhsttImport",
    "costs_of",
    "costs_of_solution",
    "read_solution",
    "read_solved",
    "read_xhstt",
    "write_xhstt",
]
