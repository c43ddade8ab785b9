"""CP-SAT twin of `models.rules.min_rest`."""

from models.rules.min_rest import MinRest
from solver.variables import Variables


def encode(rule: MinRest, v: Variables) -> None:
    """Rest of a periods in the evening and b in the morning lacks as many to the limit as there are numbers
    n < limit with a <= n and b <= limit - 1 - n."""
    for line, times in v.lines(rule):
        for today, tomorrow in rule.nights(len(v.week_days)):
            evening, morning = v.grid.day_cells[today], v.grid.day_cells[tomorrow]
            for n in range(rule.periods):
                late = line.busy_from(today, evening.stop - 1 - n)
                early = line.busy_until(tomorrow, morning.start + rule.periods - 1 - n)
                v.forbid(rule, [late, early], times=times)
