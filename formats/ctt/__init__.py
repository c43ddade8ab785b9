"""Curriculum-based course timetabling (ITC-2007): .ctt and .ectt files in as a problem, solution files in and out."""

from formats.ctt.formulations import Formulation
from formats.ctt.read import read_ctt
from formats.ctt.solution import read_solution, write_solution

__all__ = ["Formulation", "read_ctt", "read_solution", "write_solution"]
