"""Periods needed against periods free, for every teacher, student set, room, and pool of rooms or teachers."""

from collections.abc import Iterator

from models.base import ResourceKind
from models.diagnose.facts import Demand, Facts, unique
from models.diagnose.finding import Finding, capital, listed, times
from models.diagnose.flow import bits, shortage
from models.problem import Lesson

Pool = frozenset[str]

VERBS: dict[ResourceKind, str] = {"class": "needs", "teacher": "teaches", "room": "is needed for"}


def overloads(facts: Facts) -> Iterator[Finding]:
    """One finding at most for each pool; a pool that contains one already found says nothing new."""
    for kind in VERBS:
        found: list[Pool] = []
        said: set[tuple[object, ...]] = set()
        for pool in facts.pools(kind):
            if any(known <= pool for known in found):
                continue
            finding = min(_judged(facts, kind, pool), key=lambda f: f.severity != "proof", default=None)
            if finding is not None:
                if finding.severity == "proof":
                    found.append(pool)
                trouble = _trouble(facts, kind, pool, finding)
                if trouble not in said:
                    yield finding
                said.add(trouble)


def _trouble(facts: Facts, kind: ResourceKind, pool: Pool, finding: Finding) -> tuple[object, ...]:
    """Findings that are equal in this are told once: the student sets of a class mostly have the same trouble."""
    if kind != "class":
        return (pool,)
    (row,) = pool
    return facts.problem.students.classes_of[row][0], finding.kind, len(finding.lessons)


def _judged(facts: Facts, kind: ResourceKind, pool: Pool) -> Iterator[Finding]:
    capacity = capacities(facts, kind, pool)
    for week, demands in facts.by_week(facts.within(kind, pool)):
        need, have = _periods(demands), sum(capacity)
        if need > have:
            yield _total(facts, kind, pool, week, demands, have)
        else:
            yield from _squeezed(facts, kind, pool, week, demands, capacity)
            yield from _blocks(facts, kind, pool, week, demands)
            if need == have and kind != "class":
                yield _full(facts, kind, pool, week, demands)


def capacities(facts: Facts, kind: ResourceKind, pool: Pool) -> list[int]:
    """For each cell, how many of the pool can be used then."""
    result = [0] * facts.grid.size
    for row in pool:
        for cell in bits(facts.open(kind, row)):
            result[cell] += 1
    return result


def _periods(demands: list[Demand]) -> int:
    return sum(d.lesson.duration for d in demands)


def subject(facts: Facts, kind: ResourceKind, pool: Pool) -> str:
    names = [facts.name(kind, row) for row in sorted(pool)]
    return f"{kind} {names[0]}" if len(names) == 1 else f"the {len(names)} {kind}s {listed(names)}"


def _total(facts: Facts, kind: ResourceKind, pool: Pool, week: int, demands: list[Demand], have: int) -> Finding:
    who, need, when = subject(facts, kind, pool), _periods(demands), facts.in_week(week)
    if len(pool) > 1:
        sentence = f"{len(demands)} lessons need one of {who} for {need} periods{when}, only {have} are free"
    else:
        offered = f"the week has {have}" if have == facts.grid.size else f"is free in only {have}"
        sentence = f"{who} {VERBS[kind]} {need} periods{when}, {offered}"
    return _finding(facts, "load", sentence, kind, pool, [d.lesson for d in demands])


def _squeezed(
    facts: Facts, kind: ResourceKind, pool: Pool, week: int, demands: list[Demand], capacity: list[int]
) -> Iterator[Finding]:
    """Lessons whose possible times together offer too few periods (Hall's condition over the cells)."""
    needs: dict[int, int] = {}
    for d in demands:
        needs[d.cells] = needs.get(d.cells, 0) + d.lesson.duration
    found = shortage(needs, capacity)
    if found is not None:
        members = [d for d in demands if d.cells in found.needs]
        have = sum(capacity[c] for c in bits(found.places))
        names = listed(d.lesson.title for d in members)
        sentence = (
            f"{len(members)} lessons with {_periods(members)} periods ({names}) must share "
            f"{subject(facts, kind, pool)} on {times(facts.grid, bits(found.places))}{facts.in_week(week)}, "
            f"where only {have} can be had"
        )
        yield _finding(facts, "squeeze", sentence, kind, pool, [d.lesson for d in members], restricted=True)


def _blocks(facts: Facts, kind: ResourceKind, pool: Pool, week: int, demands: list[Demand]) -> Iterator[Finding]:
    """Long lessons that do not fit into the free stretches, though their periods would."""
    for length in sorted({d.lesson.duration for d in demands} - {1}):
        members = [d for d in demands if d.lesson.duration >= length]
        usable = 0
        for d in members:
            usable |= d.cells
        fit = sum(stretch // length for row in pool for stretch in stretches(facts, usable & facts.open(kind, row)))
        if len(members) > fit:
            sentence = (
                f"{subject(facts, kind, pool)} should have {len(members)} lessons of {length} or more periods in a "
                f"row{facts.in_week(week)}, the free stretches hold only {fit}"
            )
            yield _finding(facts, "blocks", sentence, kind, pool, [d.lesson for d in members], restricted=True)
            return


def stretches(facts: Facts, cells: int) -> list[int]:
    """Lengths of the unbroken stretches among the cells."""
    found: list[int] = []
    before = -2
    for cell in bits(cells):
        if cell == before + 1 and facts.grid.cells[cell].joined:
            found[-1] += 1
        else:
            found.append(1)
        before = cell
    return found


def _full(facts: Facts, kind: ResourceKind, pool: Pool, week: int, demands: list[Demand]) -> Finding:
    who, need = subject(facts, kind, pool), _periods(demands)
    sentence = f"{who} is needed in every one of the {need} free periods{facts.in_week(week)}; nothing can be moved"
    lessons = [d.lesson for d in demands]
    return _finding(facts, "full", sentence, kind, pool, lessons)._replace(severity="warning")


def _finding(
    facts: Facts,
    kind: str,
    sentence: str,
    resource: ResourceKind,
    pool: Pool,
    lessons: list[Lesson],
    restricted: bool = False,
) -> Finding:
    sources = unique([*facts.sources_of(resource, pool), *facts.sources(lessons, restricted or len(pool) > 1)])
    return Finding(kind, "proof", capital(sentence), sources, unique(x.id for x in lessons), tuple(sorted(pool)))
