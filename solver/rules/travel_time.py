"""CP-SAT twin of `models.rules.travel_time`."""

from models.rules.travel_time import TravelTime
from solver.moves import Stays, site_marks, stays_of
from solver.statements import negation
from solver.variables import Variables


def encode(rule: TravelTime, v: Variables) -> None:
    sites = {room.site for room in v.problem.rooms}
    for row in v.problem.rows(rule.who):
        stays = stays_of(v, rule, row, site_marks)
        for day in v.days:
            for start in v.day_slots(day):
                for last in range(start - 1, v.day_slots(day).start - 1, -1):
                    if not any(rule.too_close(v.grid, last, start, a, b) for a in sites for b in sites):
                        break  # the pause only grows from here on
                    _keep_apart(rule, v, stays, last, start)


def _keep_apart(rule: TravelTime, v: Variables, stays: Stays, last: int, start: int) -> None:
    """Forbids a lesson that ends with slot `last` and the next one, in `start`, at sites too far from each other."""
    nothing_between = [negation(stays.starts(slot)) for slot in range(last + 1, start)]
    for a in stays.marks:
        far = [stays.begins(start, b) for b in stays.marks if rule.too_close(v.grid, last, start, a, b)]
        v.forbid(rule, [stays.ends(last, a), v.one_of([x for x in far if x is not False]), *nothing_between])
