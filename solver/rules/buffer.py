"""CP-SAT twin of `models.rules.buffer`."""

from collections import defaultdict

from models.problem import Lesson
from models.rules.buffer import Buffer
from solver.statements import Lit, negation
from solver.variables import Variables

Use = tuple[Lesson, int, Lit]
"""(lesson, slot, "the lesson starts there and uses the resource")"""


def encode(rule: Buffer, v: Variables) -> None:
    for row in v.problem.rows(rule.who):
        by_day: dict[int, list[Use]] = defaultdict(list)
        for id_ in v.lessons_of(rule.who.kind, row, rule.tags):
            lesson = v.problem.lesson[id_]
            for cell, literal in v.attends(rule.who.kind, row, id_).items():
                for week in v.problem.weeks_of(lesson):
                    slot = week * v.grid.size + cell
                    by_day[v.day_of(slot)].append((lesson, slot, literal))
        for day, uses in by_day.items():
            if rule.weight is None:
                _keep_apart(rule, v, day, uses)
            else:
                _price_pauses(rule, v, row, day, uses)


def _keep_apart(rule: Buffer, v: Variables, day: int, uses: list[Use]) -> None:
    """A pause is long enough when it is for the earlier lesson and for the later one. So at most one lesson, made
    longer by the pause after it, covers the start of a slot; and at most one, made longer by the pause before it, the
    end of a slot."""
    cells, size = v.grid.cells, v.grid.size
    spans = [(v.grid.span(slot % size, x.duration), x, literal) for x, slot, literal in uses]
    for slot in v.day_slots(day):
        start, end = cells[slot % size].start, cells[slot % size].end
        after = [(s, y) for s, x, y in spans if s.start <= start < s.end + max(rule.minutes, x.buffer_after)]
        if any(s.end <= start for s, _ in after):
            v.at_most(rule, sum(y for _, y in after), 1, most=1)
        before = [(s, y) for s, x, y in spans if s.start - x.buffer_before < end <= s.end]
        if any(s.start >= end for s, _ in before):
            v.at_most(rule, sum(y for _, y in before), 1, most=1)


def _price_pauses(rule: Buffer, v: Variables, row: str, day: int, uses: list[Use]) -> None:
    """Prices each too short pause between a lesson that ends with one slot and the next one, in another slot."""
    cells, size = v.grid.cells, v.grid.size
    ends: dict[tuple[int, int], list[Lit]] = defaultdict(list)
    begins: dict[tuple[int, int], list[Lit]] = defaultdict(list)
    for x, slot, literal in uses:
        ends[slot + x.duration - 1, x.buffer_after].append(literal)
        begins[slot, x.buffer_before].append(literal)
    week = day // len(v.week_days)
    line = v.line((rule.who.kind, row), week, rule.tags)
    busy = {slot: line.busy(slot % size) for slot in v.day_slots(day)}
    starting = {key: v.one_of(literals) for key, literals in begins.items()}
    for (last, asked_after), literals in ends.items():
        ending = v.one_of(literals)
        for (start, asked_before), begin in starting.items():
            pause = cells[start % size].start - cells[last % size].end
            missing = rule.minutes_needed(asked_after, asked_before) - pause
            if last < start and missing > 0:
                between = [negation(busy[slot]) for slot in range(last + 1, start)]
                v.forbid(rule, [ending, begin, *between], amount=missing)
