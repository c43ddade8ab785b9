"""CP-SAT twin of `models.rules.day_starts_early`."""

from models.rules.day_starts_early import DayStartsEarly
from solver.statements import Lit, negation
from solver.variables import Variables


def encode(rule: DayStartsEarly, v: Variables) -> None:
    """A day starts n periods late when it starts after its n-th open slot."""
    for row in v.problem.rows(rule.who):
        for week in range(len(v.grid.weeks)):
            late: list[Lit] = []
            for day in v.days_of_week(week):
                slots = v.open_slots(rule.who.kind, row, day)
                late += [v.when_all(starts_after(rule, v, row, slot)) for slot in slots[:1]]
                for slot in slots[1:2] if rule.weight is None else slots[1:]:
                    v.forbid(rule, starts_after(rule, v, row, slot))
            late = [x for x in late if x is not False]
            v.at_most(rule, sum(late), rule.late_days, most=len(late) - rule.late_days)


def starts_after(rule: DayStartsEarly, v: Variables, row: str, slot: int) -> list[Lit]:
    """All true when the resource is busy on the day of the slot, but only after it."""
    kind, tags = rule.who.kind, rule.tags
    now, before = v.busy(kind, row, slot, tags), v.earlier(kind, row, slot, tags)
    return [v.later(kind, row, slot, tags), negation(now), negation(before)]
