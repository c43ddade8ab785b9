"""Sets of lessons that must keep apart, against the days and periods there are."""

from collections.abc import Iterator

from models.diagnose.facts import Facts, unique
from models.diagnose.finding import Finding, listed, times
from models.diagnose.flow import bits, shortage
from models.problem import Lesson
from models.rules.base import LessonRule, counted
from models.rules.different_day import DifferentDay
from models.rules.max_simultaneous import MaxSimultaneous
from models.rules.min_days_between import MinDaysBetween
from models.rules.not_overlapping import NotOverlapping
from models.rules.not_twice_a_day import NotTwiceADay


def groups(facts: Facts) -> Iterator[Finding]:
    for rule in facts.problem.rules:
        if isinstance(rule, LessonRule) and rule.weight is None:
            for week, lessons in _by_week(facts, rule):
                if isinstance(rule, MinDaysBetween) and rule.days > 1:
                    yield from _too_close(facts, rule, week, lessons)
                elif isinstance(rule, (DifferentDay, MinDaysBetween)):
                    yield from _too_few_days(facts, rule, week, lessons, 1)
                elif isinstance(rule, NotTwiceADay):
                    yield from _too_few_days(facts, rule, week, lessons, rule.limit)
                elif isinstance(rule, (NotOverlapping, MaxSimultaneous)):
                    yield from _too_few_cells(facts, rule, week, lessons)


def _by_week(facts: Facts, rule: LessonRule) -> Iterator[tuple[int, list[Lesson]]]:
    """(week, lessons of the rule in it that can be placed), equal weeks once."""
    seen: set[tuple[str, ...]] = set()
    for week in range(len(facts.grid.weeks)):
        lessons = [facts.problem.lesson[x] for x in dict.fromkeys(rule.lessons)]
        lessons = [x for x in lessons if facts.domains.starts[x.id] and week in facts.problem.weeks_of(x)]
        key = tuple(x.id for x in lessons)
        if key not in seen:
            seen.add(key)
            yield week, lessons


def _days(facts: Facts, lesson: Lesson) -> int:
    """Mask of the days on which the lesson can be."""
    return sum(1 << day for day in {facts.grid.cells[c].day for c in facts.domains.starts[lesson.id]})


def _too_few_days(facts: Facts, rule: LessonRule, week: int, lessons: list[Lesson], limit: int) -> Iterator[Finding]:
    needs: dict[int, int] = {}
    for x in lessons:
        days = _days(facts, x)
        needs[days] = needs.get(days, 0) + 1
    found = shortage(needs, [limit] * len(facts.grid.day_cells))
    if found is not None:
        members = [x for x in lessons if _days(facts, x) in found.needs]
        names = [facts.grid.day_names[d] for d in bits(found.places)]
        asked = "must be on different days" if limit == 1 else f"may be at most {limit} a day"
        sentence = (
            f"{len(members)} lessons ({listed(x.title for x in members)}) {asked}{facts.in_week(week)}, "
            f"but only {counted(len(names), 'day')} would do: {listed(names)}"
        )
        yield _finding(facts, "days", rule, sentence, members)


def _too_close(facts: Facts, rule: MinDaysBetween, week: int, lessons: list[Lesson]) -> Iterator[Finding]:
    """Lessons `days` apart within a span of n days are n / days, rounded up, at most."""
    days = 0
    for x in lessons:
        days |= _days(facts, x)
    possible = list(bits(days))
    span = possible[-1] - possible[0] + 1 if possible else 0
    fit = -(-span // rule.days)
    if len(lessons) > fit:
        sentence = (
            f"{len(lessons)} lessons ({listed(x.title for x in lessons)}) must be {rule.days} days "
            f"apart{facts.in_week(week)}, no more than {fit} of them fit into {counted(span, 'day')}"
        )
        yield _finding(facts, "days", rule, sentence, lessons)


def _too_few_cells(
    facts: Facts, rule: NotOverlapping | MaxSimultaneous, week: int, lessons: list[Lesson]
) -> Iterator[Finding]:
    limit = rule.limit if isinstance(rule, MaxSimultaneous) else 1
    counted = rule.cells if isinstance(rule, MaxSimultaneous) else ()
    capacity = [len(lessons) if counted and c not in counted else limit for c in range(facts.grid.size)]
    needs: dict[int, int] = {}
    for x in lessons:
        needs[facts.cells[x.id]] = needs.get(facts.cells[x.id], 0) + x.duration
    found = shortage(needs, capacity)
    if found is not None:
        members = [x for x in lessons if facts.cells[x.id] in found.needs]
        sentence = (
            f"{len(members)} lessons with {sum(x.duration for x in members)} periods "
            f"({listed(x.title for x in members)}), at most {limit} at a time{facts.in_week(week)}, "
            f"fit only into {times(facts.grid, bits(found.places))}, which is too little"
        )
        yield _finding(facts, "squeeze", rule, sentence, members)


def _finding(facts: Facts, kind: str, rule: LessonRule, sentence: str, lessons: list[Lesson]) -> Finding:
    sources = unique([rule.source, *facts.sources(lessons, restricted=True)])
    return Finding(kind, "proof", sentence, sources, tuple(x.id for x in lessons))
