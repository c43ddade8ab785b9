"""XHSTT, the XML of high-school timetabling archives: instances in as problems, solutions in and out."""

from formats.xhstt.read import XhsttImport, read_xhstt
from formats.xhstt.solution import read_solution, write_xhstt

__all__ = ["XhsttImport", "read_solution", "read_xhstt", "write_xhstt"]
