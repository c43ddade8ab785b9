"""Limits per day and week against the periods they must leave room for."""

from collections.abc import Iterator, Sequence

from models.base import ResourceKind
from models.diagnose.facts import Demand, Facts, unique
from models.diagnose.finding import Finding, capital
from models.diagnose.flow import bits
from models.diagnose.resources import stretches, subject
from models.problem import Lesson
from models.rules.base import ResourceRule, counted
from models.rules.lunch_break import LunchBreak
from models.rules.max_days import MaxDays
from models.rules.max_in_a_row import MaxInARow
from models.rules.max_periods_per_day import MaxPeriodsPerDay
from models.rules.max_periods_per_week import MaxPeriodsPerWeek
from models.rules.max_span_per_day import MaxSpanPerDay
from models.rules.min_days import MinDays
from models.rules.min_periods_per_day import MinPeriodsPerDay

Rules = Sequence[ResourceRule]
DAILY = (LunchBreak, MaxInARow, MaxPeriodsPerDay, MaxSpanPerDay)
UPPER = (*DAILY, MaxDays, MaxPeriodsPerWeek)
LOWER = (MinDays, MinPeriodsPerDay)


def limits(facts: Facts) -> Iterator[Finding]:
    for (kind, row), rules in _limited(facts).items():
        for tags in dict.fromkeys(rule.tags for rule in rules):
            for week, demands in facts.by_week(_counted(facts, kind, row, tags)):
                upper = [r for r in rules if isinstance(r, UPPER) and _speaks_of(r, tags)]
                lower = [r for r in rules if isinstance(r, LOWER) and r.tags == tags]
                yield from _too_much(facts, kind, row, week, demands, upper)
                if demands:
                    yield from _too_little(facts, kind, row, week, lower)


def _limited(facts: Facts) -> dict[tuple[ResourceKind, str], list[ResourceRule]]:
    """Resource -> the hard limits on it."""
    found: dict[tuple[ResourceKind, str], list[ResourceRule]] = {}
    for rule in facts.problem.rules:
        if isinstance(rule, (*UPPER, *LOWER)) and rule.weight is None:
            for row in facts.problem.rows(rule.who):
                found.setdefault((rule.who.kind, row), []).append(rule)
    return found


def _counted(facts: Facts, kind: ResourceKind, row: str, tags: tuple[str, ...]) -> list[Demand]:
    """What only this resource can meet, of the lessons that carry one of the tags."""
    demands = facts.demands[kind].get(frozenset((row,)), [])
    return [d for d in demands if not tags or d.lesson.all_tags.intersection(tags)]


def _speaks_of(rule: ResourceRule, tags: tuple[str, ...]) -> bool:
    """Whether the rule counts every lesson that carries one of the tags (no tags: every lesson)."""
    return not rule.tags or (bool(tags) and set(tags) <= set(rule.tags))


# ---- too many periods ------------------------------------------------------------------------------------------------


def _too_much(
    facts: Facts, kind: ResourceKind, row: str, week: int, demands: list[Demand], rules: Rules
) -> Iterator[Finding]:
    need, usable = sum(d.lesson.duration for d in demands), 0
    for d in demands:
        usable |= d.cells
    usable &= facts.open(kind, row)
    if need <= usable.bit_count() and need > _room_left(facts, usable, rules):
        rules = _needed(facts, usable, rules, need)
        sentence = (
            f"{subject(facts, kind, frozenset((row,)))} has {counted(need, 'period')}{facts.in_week(week)}, "
            f"but {' and '.join(_words(r) for r in rules)} leave room for {_room_left(facts, usable, rules)}"
        )
        lessons = [d.lesson for d in demands]
        sources = [*(r.source for r in rules), *facts.sources_of(kind, [row]), *facts.sources(lessons)]
        yield Finding("limit", "proof", capital(sentence), unique(sources), tuple(x.id for x in lessons), (row,))


def _needed(facts: Facts, usable: int, rules: Rules, need: int) -> Rules:
    """As few of the rules as still leave too little room: each is dropped if it can be."""
    kept = list(rules)
    for rule in rules:
        rest = [r for r in kept if r is not rule]
        if need > _room_left(facts, usable, rest):
            kept = rest
    return kept


def _room_left(facts: Facts, usable: int, rules: Rules) -> int:
    """Upper bound of the periods per week that the rules allow in the usable cells: the best days, each with what
    the strictest daily rule allows."""
    per_day = []
    for day, cells in enumerate(facts.grid.day_cells):
        here = usable & (((1 << len(cells)) - 1) << cells.start)
        per_day.append(min([here.bit_count(), *(_per_day(facts, rule, here, day) for rule in rules)]))
    days = min((r.limit for r in rules if isinstance(r, MaxDays)), default=len(per_day))
    best = sum(sorted(per_day, reverse=True)[:days])
    return min([best, *(r.limit for r in rules if isinstance(r, MaxPeriodsPerWeek))])


def _per_day(facts: Facts, rule: ResourceRule, usable: int, day: int) -> int:
    """Upper bound of the periods that one rule allows in the usable cells of a day."""
    match rule:
        case MaxPeriodsPerDay():
            return rule.limit
        case MaxSpanPerDay():
            cells = facts.grid.day_cells[day]
            return max(((usable >> first & ((1 << rule.limit) - 1)).bit_count() for first in cells), default=0)
        case MaxInARow():
            return sum(length - length // (rule.limit + 1) for length in stretches(facts, usable))
        case LunchBreak():
            return usable.bit_count() - _eaten(facts, rule, usable, day)
    return usable.bit_count()


def _eaten(facts: Facts, rule: LunchBreak, usable: int, day: int) -> int:
    """Least number of usable cells that the lunch break takes on a day."""
    here = usable >> facts.grid.day_cells[day].start
    return min((sum(here >> p & 1 for p in window) for window in rule.windows(facts.grid, day) or ()), default=0)


def _words(rule: ResourceRule) -> str:
    match rule:
        case MaxPeriodsPerDay():
            return f"at most {rule.limit} a day"
        case MaxPeriodsPerWeek():
            return f"at most {rule.limit} a week"
        case MaxDays():
            return f"at most {counted(rule.limit, 'day')}"
        case MaxSpanPerDay():
            return f"at most {rule.limit} from first to last on a day"
        case MaxInARow():
            return f"at most {rule.limit} in a row"
        case LunchBreak():
            return f"a lunch break of {rule.periods}"
    return rule.name


# ---- too few periods -------------------------------------------------------------------------------------------------


def _too_little(facts: Facts, kind: ResourceKind, row: str, week: int, rules: Rules) -> Iterator[Finding]:
    """What the resource could have at most, against what the rules ask of a week in which it has something."""
    who = subject(facts, kind, frozenset((row,)))
    least_days = max((r.limit for r in rules if isinstance(r, MinDays)), default=1)
    open_days = len({facts.grid.cells[c].day for c in bits(facts.open(kind, row))})
    for rule in rules:
        lessons = _possible(facts, kind, row, week, rule.tags)
        sentence = ""
        if isinstance(rule, MinDays) and min(open_days, len(lessons)) < rule.limit:
            sentence = f"should have lessons on {rule.limit} days, at most {min(open_days, len(lessons))} would do"
        elif isinstance(rule, MinPeriodsPerDay):
            days, have = least_days if rule.empty_days else len(facts.grid.day_cells), sum(x.duration for x in lessons)
            if have < rule.limit * days:
                asked = f"{rule.limit} a day on at least {counted(days, 'day')}"
                sentence = f"should have {asked}, but has {counted(have, 'period')}"
        if sentence:
            sources = [*(r.source for r in rules), *facts.sources_of(kind, [row]), *facts.sources(lessons)]
            sentence = capital(f"{who} {sentence}{facts.in_week(week)}")
            yield Finding("limit", "proof", sentence, unique(sources), tuple(x.id for x in lessons), (row,))


def _possible(facts: Facts, kind: ResourceKind, row: str, week: int, tags: tuple[str, ...]) -> list[Lesson]:
    """Lessons that the rule could count for the resource in the week."""
    lessons = [facts.problem.lesson[x] for x in facts.domains.users.get((kind, row), ())]
    return [x for x in lessons if week in facts.problem.weeks_of(x) and (not tags or not x.all_tags.isdisjoint(tags))]
