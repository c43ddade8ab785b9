"""CP-SAT twin of `models.rules.min_reserve`."""

from collections import Counter

from models.rules.min_reserve import MinReserve
from solver.variables import Variables


def encode(rule: MinReserve, v: Variables) -> None:
    """In every slot, no more of the group are busy than can be without touching the reserve."""
    kind = rule.who.kind
    rows = v.problem.rows(rule.who)
    for week in range(len(v.grid.weeks)):
        for cell in sorted(set(rule.cells)) or range(v.grid.size):
            open_ = [row for row in rows if cell not in v.problem.closed.get((kind, row), frozenset())]
            lines = Counter(v.line((kind, row), week, rule.tags) for row in open_)
            busy = sum(times * sum(line.covers[cell]) for line, times in lines.items())
            spare = max(0, len(open_) - rule.limit)
            v.at_most(rule, busy, spare, most=len(open_) - spare)
