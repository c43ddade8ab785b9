"""CP-SAT twin of `models.rules.min_rest`."""

from itertools import pairwise

from models.rules.min_rest import MinRest
from solver.variables import Variables


def encode(rule: MinRest, v: Variables) -> None:
    """Rest of a periods in the evening and b in the morning lacks as many to the limit as there are numbers
    n < limit with a <= n and b <= limit - 1 - n."""
    kind, tags = rule.who.kind, rule.tags
    for row in v.problem.rows(rule.who):
        for week in range(len(v.grid.weeks)):
            for today, tomorrow in pairwise(v.days_of_week(week)):
                evening, morning = v.day_slots(today), v.day_slots(tomorrow)
                for n in range(rule.periods):
                    late = v.busy_from(kind, row, today, evening.stop - 1 - n, tags)
                    early = v.busy_until(kind, row, tomorrow, morning.start + rule.periods - 1 - n, tags)
                    v.forbid(rule, [late, early])
