"""CP-SAT twin of `models.rules.max_span_per_day`."""

from models.rules.max_span_per_day import MaxSpanPerDay
from solver.variables import Variables


def encode(rule: MaxSpanPerDay, v: Variables) -> None:
    """A day has as many periods above the limit as there are slots s such that it is busy in or before s, and again
    `limit` slots after s or later."""
    who, tags = rule.who, rule.tags
    for row in v.problem.rows(who):
        for day in v.days:
            for slot in v.day_slots(day)[: -rule.limit]:
                before = v.busy_until(who.kind, row, day, slot, tags)
                v.forbid(rule, [before, v.busy_from(who.kind, row, day, slot + rule.limit, tags)])
