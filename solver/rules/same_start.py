"""CP-SAT twin of `models.rules.same_start`. Hard groups share their literals, so only soft ones are said here."""

from models.rules.same_start import SameStart
from solver.variables import Variables


def encode(rule: SameStart, v: Variables) -> None:
    for a, b in v.pairs(rule.lessons):
        if v.starts(a) is v.starts(b):
            continue
        for cell, literal in v.starts(a).items():
            elsewhere = [x for c, x in v.starts(b).items() if c != cell]
            v.forbid(rule, [literal, v.one_of(elsewhere)])
