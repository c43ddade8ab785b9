"""Ways to loosen one fact of a contradiction, and what each of them costs.

Several ways may be taken at once, one for each contradiction; so each must bear that another one has changed the same
lessons before.

A price says how much a change asks of a school, in the price of moving one pin. The least that a way asks for is not
known before a timetable is there, so a way has two sides: a looser problem, in which every unit that is made use of
has its price, and the change that a timetable of it turns out to need.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from models.board import Board
from models.diagnose import proofs
from models.diagnose.finding import capital, times
from models.problem import Lesson, Pin, Problem, Room, RoomRequest
from models.rules import Rule, Who
from models.rules.base import counted
from models.rules.preferred_rooms import PreferredRooms
from models.rules.preferred_times import PreferredTimes
from models.rules.unavailable import Unavailable
from models.timetable import Timetable
from solver.edits import Edit, changed, replaced, with_lessons, without_lesson
from solver.explain import Core
from solver.facts import Fact

UNPIN, FREE, SPLIT, LATER, LIMIT, ROOM, HAND_OVER, ANY_ROOM, SOFTEN, LEAVE_OUT = 2, 3, 3, 3, 4, 5, 5, 6, 10, 25
"""Prices: of a pin; of a period in which someone or some room is used though not available; of a lesson in two parts;
of a further time for a lesson; of one more or less in a rule's number; of a further room for a period; of a period
handed to a colleague; of a lesson in any room; of a rule made a wish; of a period not taught."""

ALIKE = 3
"""What a second fix of one kind on a menu must be cheaper than something else."""

WISH = 10
"""Weight of a rule that is made a wish."""

MOST_HANDED = 4
"""So many lessons are handed over or left out at most."""

COLLEAGUES = 5
"""Candidates for a lesson that is handed over."""

SAFE_TO_SPLIT = ("not_twice_a_day", "min_days_between", "min_working_days", "preferred_times", "preferred_rooms")
"""Rules on lessons that go on meaning the same when only the first part of a divided lesson keeps to them."""

SPARE = "Extra room"

WHOLLY = ("wish", "unpin", "any room")
"""Kinds of ways that take a fact away altogether, whatever else is changed."""


@dataclass(frozen=True)
class Change:
    """One change of the input. sentence: for a director; source: the sheet and cell it is about, where known."""

    sentence: str
    price: int
    source: str
    edit: Edit

    def __str__(self) -> str:
        return f"{self.sentence} ({self.source})" if self.source else self.sentence


Key = tuple[str, str, str]
OnStep = Callable[[], None]


@dataclass(frozen=True)
class Way:
    """One way to loosen a fact. kind: what it does, in a word; least: the price it has at least; looser: the problem
    in which what is used of it is priced by soft rules, if it is measured; settle: the change that a timetable of it
    needs, None when it needs none of it; measured: whether the price depends on the timetable; sure: whether it takes
    the whole fact away, if need be; about: tells ways of one kind to loosen one fact apart."""

    fact: Fact
    kind: str
    least: int
    looser: Edit
    settle: Callable[[Problem, Timetable], Change | None]
    measured: bool = False
    sure: bool = True
    about: str = ""

    @property
    def key(self) -> Key:
        """The same for the same way to loosen a fact, whatever contradiction it was found in."""
        return self.kind, self.fact.sentence, self.about


def ways(problem: Problem, core: Core, on_step: OnStep = lambda: None) -> list[tuple[int, Way]]:
    """Every way to loosen one of the facts with its rank, the lowest first: its price, and something for each way of
    the kind before it, for a menu of different things. on_step: called many times during the work; what it raises ends
    it."""
    found = [way for fact in core.facts for way in _of_fact(problem, core, fact, on_step)]
    ordered = sorted([*found, *_splits(problem, core)], key=lambda w: (w.least, w.fact.sentence, w.kind))
    seen, ranked = Counter[str](), list[tuple[int, Way]]()
    for way in ordered:
        ranked.append((way.least + ALIKE * seen[way.kind], way))
        seen[way.kind] += 1
    return sorted(ranked, key=lambda r: r[0])


def _of_fact(problem: Problem, core: Core, fact: Fact, on_step: OnStep) -> Iterator[Way]:
    match fact.kind:
        case "pin":
            yield _fixed(fact, "unpin", _unpinned(problem, fact))
        case "rooms":
            yield _spare_room(problem, fact)
            yield _fixed(fact, "any room", _any_room(problem, fact))
        case "clash":
            yield from _fewer_lessons(problem, core, fact, on_step)
        case _:
            yield from _rule(fact)


def _fixed(fact: Fact, kind: str, change: Change, sure: bool = True) -> Way:
    """A way whose change is known beforehand."""
    about = change.sentence
    return Way(fact, kind, change.price, change.edit, lambda problem, timetable: change, sure=sure, about=about)


def elastic(problem: Problem, way: Way) -> Problem:
    """The problem without the fact of one of the ways WHOLLY, but with a price for each breach of it, near enough."""
    rule, fact = way.fact.rule, way.fact
    if rule is not None:
        price = {Unavailable: FREE, PreferredTimes: LATER}.get(type(rule), LIMIT if _number_of(rule) else SOFTEN)
        return replaced(problem, rule, [rule.model_copy(update={"weight": price})])
    looser = way.looser(problem)
    lessons = [problem.lesson[x] for x in sorted(fact.lessons) if x in problem.lesson]
    kept = [_wish_of(problem, x) for x in lessons]
    return changed(looser, rules=(*looser.rules, *(r for r in kept if r is not None)))


def _wish_of(problem: Problem, lesson: Lesson) -> Rule | None:
    """What a pin, or else a request for a room, says of a lesson, as a wish."""
    if lesson.pin.start is not None:
        return PreferredTimes(lessons=(lesson.id,), cells=(lesson.pin.start,), weight=UNPIN)
    if len(lesson.rooms) != 1:
        return None
    rooms = problem.room_choices(lesson.rooms[0])
    return PreferredRooms(lessons=(lesson.id,), rooms=rooms, weight=ANY_ROOM) if rooms else None


# ---- pins and rooms --------------------------------------------------------------------------------------------------


def _unpinned(problem: Problem, fact: Fact) -> Change:
    (id_,) = fact.lessons
    title = problem.lesson[id_].title

    def edit(p: Problem) -> Problem:
        return with_lessons(p, (x.model_copy(update={"pin": Pin()}) for x in p.lessons if x.id == id_))

    return Change(f"Do not pin {title}", UNPIN, fact.source, edit)


def _any_room(problem: Problem, fact: Fact) -> Change:
    titles = _titles(problem, fact)

    def edit(p: Problem) -> Problem:
        asking = (x for x in p.lessons if x.id in fact.lessons)
        return with_lessons(p, (_asking(x, lambda r: RoomRequest(optional=r.optional)) for x in asking))

    return Change(f"Let {titles} be in any room", ANY_ROOM * len(fact.lessons), fact.source, edit)


def _titles(problem: Problem, fact: Fact) -> str:
    return ", ".join(dict.fromkeys(problem.lesson[x].title for x in sorted(fact.lessons)))


def _asking(lesson: Lesson, request: Callable[[RoomRequest], RoomRequest]) -> Lesson:
    return lesson.model_copy(update={"rooms": tuple(request(r) for r in lesson.rooms)})


def _spare_room(problem: Problem, fact: Fact) -> Way:
    """A further room of the kind asked for, open only when it is needed."""
    asked = problem.lesson[min(fact.lessons)].rooms[0]
    models = [problem.room[r] for r in problem.room_choices(asked)]
    like = max(models, key=lambda r: (r.capacity is None, r.capacity or 0, r.id), default=None)
    spare = Room(
        id=f"{SPARE} for {min(fact.lessons)}",
        capacity=None if like is None else like.capacity,
        features=asked.features if like is None else like.features,
        site="" if like is None else like.site,
    )

    def open_(p: Problem, closed: tuple[int, ...], weight: int | None) -> Problem:
        if spare.id in p.room:  # two contradictions may both ask for it
            return p
        rule = Unavailable(who=Who(kind="room", ids=(spare.id,)), cells=closed, weight=weight)
        lessons = tuple(_asking(x, lambda r: _also(r, asked, spare.id)) for x in p.lessons)
        return changed(p, rooms=(*p.rooms, spare), lessons=lessons, rules=(*p.rules, rule))

    def looser(p: Problem) -> Problem:
        return open_(p, tuple(range(p.grid.size)), ROOM)

    def settle(p: Problem, timetable: Timetable) -> Change | None:
        used = _used(p, timetable, spare.id)
        if not used:
            return None
        rest = tuple(c for c in range(p.grid.size) if c not in used)
        kind = f"like {like.id}" if like is not None else f"with {', '.join(spare.features) or 'what is asked for'}"
        sentence = f"One more room {kind} on {times(p.grid, used)}"
        return Change(sentence, ROOM * len(used), fact.source, lambda q: open_(q, rest, None))

    return Way(fact, "room", ROOM, looser, settle, measured=True, sure=False)


def _also(request: RoomRequest, asked: RoomRequest, room: str) -> RoomRequest:
    """The same request, which the new room fulfils too when it is the one meant."""
    named = request == asked and request.any_of
    return request.model_copy(update={"any_of": (*request.any_of, room)}) if named else request


def _used(problem: Problem, timetable: Timetable, room: str) -> list[int]:
    lasting = {p.lesson: problem.lesson[p.lesson].duration for p in timetable.placements if room in p.rooms}
    starts = timetable.placement
    return sorted({c for x, n in lasting.items() for c in range(starts[x].start, starts[x].start + n)})


# ---- lessons of a teacher or class -----------------------------------------------------------------------------------


def _fewer_lessons(problem: Problem, core: Core, fact: Fact, on_step: OnStep) -> Iterator[Way]:
    ((kind, who),) = sorted(fact.rows)[:1]
    size = {x: min(len(f.lessons) for f in core.facts if x in f.lessons) for x in fact.lessons}
    order = sorted(fact.lessons, key=lambda x: (size[x], problem.lesson[x].duration, x))
    if kind == "teacher":
        able = [x for x in order if who in problem.lesson[x].teachers and _colleagues(problem, problem.lesson[x], who)]
        given = _enough(problem, fact, able, lambda ids: _handed_over(problem, fact, who, ids), on_step)
        yield from (_fixed(fact, "hand over", change, sure=False) for change in given)
    left_out = _enough(problem, fact, order, lambda ids: _left_out(problem, fact, ids), on_step)
    yield from (_fixed(fact, "leave out", change, sure=False) for change in left_out)


def _enough(
    problem: Problem, fact: Fact, lessons: list[str], change: Callable[[list[str]], Change], on_step: OnStep
) -> Iterator[Change]:
    """As few of the lessons as leave no counting proof about the lessons of the contradiction."""
    for count in range(1, min(MOST_HANDED, len(lessons)) + 1):
        made = change(lessons[:count])
        if all(fact.lessons.isdisjoint(f.lessons) for f in proofs(made.edit(problem), on_step)):
            yield made
            return


def _colleagues(problem: Problem, lesson: Lesson, teacher: str) -> list[str]:
    """Others who teach the subject, those with the fewest periods first."""
    load: dict[str, int] = defaultdict(int)
    able = {t.id for t in problem.teachers if lesson.subject in t.subjects}
    for x in problem.lessons:
        for t in x.teachers:
            load[t] += x.duration
            if x.subject == lesson.subject:
                able.add(t)
    return sorted(able - {teacher, *lesson.teachers}, key=lambda t: (load[t], t))[:COLLEAGUES]


def _handed_over(problem: Problem, fact: Fact, teacher: str, ids: list[str]) -> Change:
    lessons = [problem.lesson[x] for x in ids]
    candidates = {x.id: tuple(_colleagues(problem, x, teacher)) for x in lessons}

    def edit(p: Problem) -> Problem:
        return with_lessons(p, (_given(p.lesson[x], teacher, candidates[x]) for x in ids if x in p.lesson))

    told = "; ".join(f"{x.title} to {' or '.join(candidates[x.id])}" for x in lessons)
    price = HAND_OVER * sum(x.duration for x in lessons)
    return Change(f"Give from {teacher}: {told}", price, fact.source, edit)


def _given(lesson: Lesson, teacher: str, candidates: tuple[str, ...]) -> Lesson:
    if teacher not in lesson.teachers:
        return lesson
    pin = lesson.pin
    if pin.teachers is not None:
        pin = pin.model_copy(update={"teachers": None})
    teachers = tuple(t for t in lesson.teachers if t != teacher)
    return lesson.model_copy(
        update={"teachers": teachers, "any_teacher": (*lesson.any_teacher, candidates), "pin": pin}
    )


def _left_out(problem: Problem, fact: Fact, ids: list[str]) -> Change:
    def edit(p: Problem) -> Problem:
        for x in ids:
            p = without_lesson(p, x)
        return p

    lessons = [problem.lesson[x] for x in ids]
    periods = sum(x.duration for x in lessons)
    told = ", ".join(f"{x.title} ({x.id})" for x in lessons)
    return Change(f"Leave out {told}: {counted(periods, 'period')}", LEAVE_OUT * periods, fact.source, edit)


def _splits(problem: Problem, core: Core) -> Iterator[Way]:
    """A long lesson in two parts, where no rule ties it to others."""
    tied = {x for r in problem.rules if r.name not in SAFE_TO_SPLIT for x in getattr(r, "lessons", ())}
    few = [f for f in core.facts if len(f.lessons) <= COLLEAGUES]
    for id_ in sorted({x for f in few for x in f.lessons} - tied):
        lesson = problem.lesson[id_]
        part = f"{id_} (second part)"
        if lesson.duration > 1 and part not in problem.lesson:
            fact = next(f for f in few if id_ in f.lessons)
            sentence = f"Divide {lesson.title} ({lesson.duration} periods in a row) into 1 and {lesson.duration - 1}"
            change = Change(sentence, SPLIT, lesson.source, partial(_divided, id_=id_, part=part))
            yield _fixed(fact, "divide", change, sure=False)


def _divided(problem: Problem, id_: str, part: str) -> Problem:
    lesson = problem.lesson.get(id_)
    if lesson is None or part in problem.lesson:
        return problem
    first = lesson.model_copy(update={"duration": 1, "pin": Pin()})
    second = lesson.model_copy(update={"id": part, "duration": lesson.duration - 1, "pin": Pin()})
    lessons = [y for x in problem.lessons for y in ([first, second] if x.id == id_ else [x])]
    return changed(problem, lessons=tuple(lessons))


# ---- rules -----------------------------------------------------------------------------------------------------------


def _rule(fact: Fact) -> Iterator[Way]:
    rule = fact.rule
    if isinstance(rule, Unavailable):
        yield _measured(fact, rule, FREE, lambda p, b: _freed(p, b, fact, rule))
    elif isinstance(rule, PreferredTimes):
        yield _measured(fact, rule, LATER, lambda p, b: _more_times(p, b, fact, rule))
    elif rule is not None and _number_of(rule) is not None:
        yield _measured(fact, rule, LIMIT, lambda p, b: _other_limit(b, fact, rule))
    if rule is not None:
        yield _wish(fact, rule)


def _wish(fact: Fact, rule: Rule) -> Way:
    wish = rule.model_copy(update={"weight": WISH})
    change = Change(f"Only as a wish: {fact.sentence}", SOFTEN, fact.source, lambda p: replaced(p, rule, [wish]))
    return Way(fact, "wish", SOFTEN, lambda p: replaced(p, rule, []), lambda p, timetable: change)


def _measured(fact: Fact, rule: Rule, price: int, settle: Callable[[Problem, Board], Change | None]) -> Way:
    priced = rule.model_copy(update={"weight": price})
    return Way(
        fact,
        rule.name,
        price,
        lambda p: replaced(p, rule, [priced]),
        lambda p, timetable: settle(p, Board(p, timetable)),
        measured=True,
    )


def _freed(problem: Problem, board: Board, fact: Fact, rule: Unavailable) -> Change | None:
    used: set[int] = set()
    for row in problem.rows(rule.who):
        for b in board.of(rule.who.kind, row, rule.tags):
            used.update(s % problem.grid.size for s in range(b.start, b.end))
    cells = [c for c in rule.cells if c in used]
    if not cells:
        return None
    rest = tuple(c for c in rule.cells if c not in used)
    by = [rule.model_copy(update={"cells": rest})] if rest else []
    sentence = f"Make {rule.who.ids[0]} available on {times(problem.grid, cells)}"
    return Change(sentence, FREE * len(cells), rule.source, lambda p: replaced(p, rule, by))


def _more_times(problem: Problem, board: Board, fact: Fact, rule: PreferredTimes) -> Change | None:
    placed = [board.placed[x] for x in rule.lessons if x in board.placed]
    spans = [(p, range(p.start, p.start + (problem.lesson[p.lesson].duration if rule.whole else 1))) for p in placed]
    new = sorted({c for p, span in spans for c in span if c not in rule.cells})
    if not new:
        return None
    by = rule.model_copy(update={"cells": tuple(sorted({*rule.cells, *new}))})
    sentence = f"Allow {_titles(problem, fact)} also on {times(problem.grid, new)}"
    return Change(sentence, LATER * len(new), rule.source, lambda p: replaced(p, rule, [by]))


def _number_of(rule: Rule) -> tuple[str, int] | None:
    """The field with a rule's number, and the direction in which it asks for less."""
    direction = 1 if rule.name.startswith("max_") else -1 if rule.name.startswith("min_") else 0
    fields = [f for f in ("limit", "days", "periods") if f in type(rule).model_fields]
    return (fields[0], direction) if fields and direction else None


def _other_limit(board: Board, fact: Fact, rule: Rule) -> Change | None:
    by = max((v.amount for v in rule.violations(board)), default=0)
    found = _number_of(rule)
    if not by or found is None:
        return None
    field, direction = found
    number = getattr(rule, field) + direction * by
    new = [rule.model_copy(update={field: number})] if number > 0 or direction > 0 else []
    what = f"{number} instead of {getattr(rule, field)}" if new else "drop it"
    sentence = f"{capital(fact.sentence)}: {what}"
    return Change(sentence, LIMIT * by, rule.source, lambda p: replaced(p, rule, new))
