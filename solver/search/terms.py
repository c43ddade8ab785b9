"""Which term or set of the local search each rule of the catalogue becomes.

COMPILERS maps the name of a rule to the function that adds it; a rule that is not there, or whose function returns
False, has no evaluator here.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from models.problem import Lesson
from models.rules import Rule
from models.rules.base import ResourceRule
from solver.domains import Resource
from solver.pools import RoomSet
from solver.search import layout as L  # noqa: N812
from solver.search.parts import Member, Row, Set, Term
from solver.search.tagged import tagged_row

if TYPE_CHECKING:
    from solver.search.compile import Compiled


def add_rules(c: "Compiled") -> None:
    for rule in c.problem.rules:
        add = COMPILERS.get(rule.name)
        if add is None or not add(c, rule):
            c.unknown[rule.name] += 1


def price(rule: Rule) -> int:
    return rule.weight or 0


# ---- rules on resources ----------------------------------------------------------------


def rows_of(c: "Compiled", rule: ResourceRule) -> list[tuple[str, int]] | None:
    """(resource, first row) for each resource of the rule; None where tags cannot be told of what is chosen."""
    kind, result = rule.who.kind, []
    for name in c.problem.rows(rule.who):
        row = tagged_row(c, (kind, name), rule.tags) if rule.tags else c.resource_row((kind, name))
        if row is None:
            return None
        result.append((name, row))
    return result


def term(kind: int, limit: Callable[[Any], int], masks: str = "", extra: Callable[[Any], int] = lambda r: 0) -> Any:
    """A compiler that adds one term to each row; masks: "open" or "cells" of the rule."""

    def add(c: "Compiled", rule: Any) -> bool:
        rows = rows_of(c, rule)
        if rows is None:
            return False
        cells = c.day_masks(rule.cells) if masks == "cells" else None
        for name, row in rows:
            wanted = c.open_masks((rule.who.kind, name)) if masks == "open" else cells
            for each in c.group[row]:
                c.rows[each].terms.append(Term(kind, limit(rule), price(rule), extra(rule), wanted))
        return True

    return add


def day_ends(c: "Compiled", rule: Any) -> bool:
    rows = rows_of(c, rule)
    if rows is None:
        return False
    masks = c.day_masks(cell.number for cell in c.grid.cells if cell.end > rule.until)
    for _, row in rows:
        for each in c.group[row]:
            c.rows[each].terms.append(Term(L.DAYS_TOUCHING, rule.late_days, price(rule), 0, masks))
    return True


def min_rest(c: "Compiled", rule: Any) -> bool:
    """From the last day to the first there is no evaluator."""
    return not rule.circular and bool(term(L.REST_MIN, lambda r: r.periods)(c, rule))


def unavailable(c: "Compiled", rule: Any) -> bool:
    """A hard one on lessons that always use the resource is in their domains already."""
    rows = rows_of(c, rule)
    if rows is None:
        return False
    masks = c.day_masks(rule.cells)
    for name, row in rows:
        if rule.weight is not None or (rule.who.kind, name) in c.candidacies:
            for each in c.group[row]:
                c.rows[each].terms.append(Term(L.TOUCHED, 0, price(rule), 0, masks))
    return True


# ---- rules on lessons ----------------------------------------------------------------


def lesson_set(kind: int, limit: Callable[[Any], int] = lambda r: 0) -> Any:
    def add(c: "Compiled", rule: Any) -> bool:
        add_set(c, kind, limit(rule), rule, [c.member(x) for x in rule.lessons])
        return True

    return add


def add_set(c: "Compiled", kind: int, limit: int, rule: Rule, members: list[Member]) -> None:
    number = len(c.sets)
    c.sets.append(Set(kind, limit, price(rule), members))
    for member in members:
        if member.pick >= 0 and number not in c.picks[member.pick].sets:
            c.picks[member.pick].sets.append(number)


def same_start(c: "Compiled", rule: Any) -> bool:
    return True if rule.weight is None else bool(lesson_set(L.SAME_START)(c, rule))


def ordered(c: "Compiled", rule: Any) -> bool:
    return bool(lesson_set(L.ORDERED_SAME_DAY if rule.same_day_only else L.ORDERED)(c, rule))


def preferred_times(c: "Compiled", rule: Any) -> bool:
    if rule.weight is not None:
        for id_ in rule.lessons:
            lesson, block = c.problem.lesson[id_], c.block_of[id_]
            for cell in c.domains.starts[id_]:
                missed = rule.misses(lesson, cell)
                if missed:
                    c.start_cost[block, cell] += missed * rule.weight
    return True


def not_overlapping(c: "Compiled", rule: Any) -> bool:
    clash = rule.weight or -1
    c.counting_row([c.problem.lesson[x] for x in rule.lessons], Row(clash=clash))
    return True


def max_simultaneous(c: "Compiled", rule: Any) -> bool:
    if c.weeks > 1:
        return False
    lessons = [c.problem.lesson[x] for x in rule.lessons]
    everywhere = len(lessons)
    cells = [rule.limit if not rule.cells or k in rule.cells else everywhere for k in range(c.grid.size)]
    c.counting_row(lessons, Row(clash=rule.weight or -1, capacity=rule.limit, cells=cells))
    return True


def min_reserve(c: "Compiled", rule: Any) -> bool:
    """No more lessons of the group at a time than leave the reserve, where each lesson is of one of them."""
    kind, rows = rule.who.kind, c.problem.rows(rule.who)
    lessons = [x for row in rows for x in c.users.get((kind, row), [])]
    chosen = any((kind, row) in c.candidacies for row in rows)
    if c.weeks > 1 or chosen or len({x.id for x in lessons}) < len(lessons):
        return False
    shut = [c.problem.closed.get((kind, row), frozenset()) for row in rows]
    open_ = [sum(k not in cells for cells in shut) for k in range(c.grid.size)]
    spare = [max(0, n - rule.limit) if not rule.cells or k in rule.cells else len(rows) for k, n in enumerate(open_)]
    counted = [x for x in lessons if not rule.tags or x.all_tags.intersection(rule.tags)]
    c.counting_row(counted, Row(clash=rule.weight or -1, capacity=max(spare, default=0), cells=spare))
    return True


def max_slots_used(c: "Compiled", rule: Any) -> bool:
    if c.weeks > 1:
        return False
    masks = c.day_masks(rule.cells or range(c.grid.size))
    row = Row(terms=[Term(L.TOUCHED_MAX, rule.limit, price(rule), 0, masks)])
    c.counting_row([c.problem.lesson[x] for x in rule.lessons], row)
    return True


def max_total_in_times(c: "Compiled", rule: Any) -> bool:
    members = [c.member(x) for x in rule.lessons]
    if rule.starts:
        members = [replace(x, length=1) for x in members]
    c.sets.append(Set(L.TIMES_TOTAL, rule.limit, price(rule), members, c.day_masks(rule.cells)))
    return True


def min_slots_used(c: "Compiled", rule: Any) -> bool:
    masks = [int(rule.or_none), *c.day_masks(rule.cells)]
    c.sets.append(Set(L.SLOTS_MIN, rule.limit, price(rule), [c.member(x) for x in rule.lessons], masks))
    return True


def ends_day(c: "Compiled", rule: Any) -> bool:
    """The amount is counted per student set here, so soft ones are left to the definition."""
    if rule.weight is not None:
        return False
    enders: dict[str, list[Lesson]] = {}
    for id_ in rule.lessons:
        lesson = c.problem.lesson[id_]
        for students in c.problem.students.of(lesson.classes):
            enders.setdefault(students, []).append(lesson)
    for students, lessons in enders.items():
        rows = c.resource_row(("class", students))
        own = c.ends_row(lessons, rows)
        for row, marks in zip(c.group[rows], c.group[own], strict=True):
            c.rows[row].terms.append(Term(L.LAST_OF_DAY, 0, 0, marks))
    return True


# ---- rules on rooms and chosen teachers ----------------------------------------------------------------


def charge(c: "Compiled", lesson_id: str, cost: Callable[[str | None], int]) -> bool:
    """Put a price on the candidates of a lesson's only room request; False if it has several."""
    number = c.pick_of.get((lesson_id, "room", 0))
    if len(c.problem.lesson[lesson_id].rooms) > 1:
        return False
    if number is None:
        price_everywhere(c, lesson_id, cost(some_room(next(iter(c.room_sets.get((lesson_id, 0), ())), None))))
    else:
        pick = c.picks[number]
        pick.costs = [old + cost(some_room(option)) for old, option in zip(pick.costs, pick.options, strict=True)]
    return True


def some_room(option: RoomSet | str | None) -> str | None:
    """One of the rooms of an option: all look alike to every rule."""
    return min(option) if isinstance(option, frozenset) else option


def price_everywhere(c: "Compiled", lesson_id: str, price: int) -> None:
    """What the lesson costs wherever it is placed."""
    for cell in c.domains.starts[lesson_id]:
        c.start_cost[c.block_of[lesson_id], cell] += price


def charge_all(c: "Compiled", lessons: Iterable[str], cost: Callable[[str | None], int]) -> bool:
    """As `charge` for several lessons; every one is charged even if one cannot be."""
    return all([charge(c, x, cost) for x in lessons])  # noqa: C419


def preferred_rooms(c: "Compiled", rule: Any) -> bool:
    if rule.weight is None:
        lessons = [c.problem.lesson[x] for x in rule.lessons]
        return all(len(x.rooms) == 1 and not x.may_go_without(0) for x in lessons)
    return charge_all(c, rule.lessons, lambda room: 0 if room in rule.rooms else rule.weight)


def room_wanted(c: "Compiled", rule: Any) -> bool:
    if rule.weight is None:
        return False
    for id_ in rule.lessons:
        for i in range(len(c.problem.lesson[id_].rooms)):
            number = c.pick_of.get((id_, "room", i))
            if number is not None:
                pick = c.picks[number]
                pick.costs = [
                    x + (option is None) * rule.weight for x, option in zip(pick.costs, pick.options, strict=True)
                ]
    return True


def room_capacity(c: "Compiled", rule: Any) -> bool:
    if rule.weight is None:
        return all(len(c.problem.lesson[x].rooms) < 2 for x in rule.lessons or c.problem.lesson)
    done = True
    for id_ in rule.lessons or c.problem.lesson:
        heads = c.problem.head_count(c.problem.lesson[id_])

        def missing(room: str | None, heads: int = heads) -> int:
            capacity = None if room is None else c.problem.room[room].capacity
            return 0 if capacity is None else max(0, heads - capacity) * rule.weight

        done = charge(c, id_, missing) and done
    return done


def home_room(c: "Compiled", rule: Any) -> bool:
    if any((rule.who.kind, row) in c.candidacies for row in c.problem.rows(rule.who)):
        return False
    wanted = [x for x in sorted(c.domains.lessons_of(rule)) if rule.wanted_by(c.problem, c.problem.lesson[x])]
    if rule.weight is None:
        return all(c.domains.rooms[x] == ((rule.room,),) and not c.problem.lesson[x].may_go_without(0) for x in wanted)
    return charge_all(c, wanted, lambda room: 0 if room == rule.room else rule.weight)


def room_set(kind: int, limit: Callable[[Any], int]) -> Any:
    """A set over the only room of each lesson; lessons that ask for none do not count."""

    def add(c: "Compiled", rule: Any) -> bool:
        lessons = [x for x in (c.problem.lesson[id_] for id_ in rule.lessons) if x.rooms]
        picks = [c.pick_of_room(x) for x in lessons]
        if None in picks:
            return False
        members = [c.member(x.id, pick) for x, pick in zip(lessons, picks, strict=True) if pick is not None]
        if members:
            add_set(c, kind, limit(rule), rule, members)
        return True

    return add


def same_teacher(c: "Compiled", rule: Any) -> bool:
    """False where all teachers of a lesson count that chooses several."""
    choosing = {x: len(c.problem.lesson[x].any_teacher) for x in rule.lessons}
    if rule.position is None and any(number != 1 for number in choosing.values()):
        return False
    position = rule.position or 0
    picks = {x: c.pick_of[x, "teacher", position] for x, number in choosing.items() if number > position}
    if len(set(picks.values())) > 1:
        add_set(c, L.DISTINCT_PICKS, 1, rule, [c.member(x, pick) for x, pick in picks.items()])
    return True


# ---- rules on sites ----------------------------------------------------------------


def site_changes(c: "Compiled", rule: Any) -> bool:
    kind = L.SITES_DAY if rule.per == "day" else L.SITES_WEEK
    return on_sites(c, rule, Term(kind, rule.limit, price(rule)), 0, lambda a, b: 0)


def travel_time(c: "Compiled", rule: Any) -> bool:
    known = {(x, y): t.minutes for t in rule.pairs for x, y in ((t.a, t.b), (t.b, t.a))}
    term = Term(L.WAYS, 0, price(rule))
    return on_sites(c, rule, term, rule.periods, lambda a, b: known.get((a, b), rule.minutes))


def min_gap_after(c: "Compiled", rule: Any) -> bool:
    """One set for each resource: the earlier lessons, then those that wait."""
    kind = rule.who.kind
    rows = c.problem.rows(rule.who)
    if any((kind, row) in c.candidacies for row in rows):
        return False
    for row in rows:
        lessons = c.users.get((kind, row), [])
        earlier, later = (
            [c.member(x.id) for x in lessons if not tags or x.all_tags.intersection(tags)]
            for tags in (rule.tags, rule.later)
        )
        if earlier and later:
            c.sets.append(Set(L.GAP_AFTER, rule.periods, price(rule), [*earlier, *later], [len(earlier)]))
    return True


def site_follows(c: "Compiled", person: Resource, lessons: list[Lesson]) -> bool:
    """Whether choosing somebody for any of these lessons says where he is then: all lessons of one choice are among
    them and at one site."""
    known = {x.id for x in lessons if x.rooms and not x.may_go_without(0)}
    chosen = [x for x in lessons if person not in c.domains.fixed(x)]
    groups = [c.choosing[pick] for lesson in chosen for pick in c.choices_of(person, lesson)]
    sites = [
        {site for x in group for site in c.sites_of(x)} for group in groups if known.issuperset(x.id for x in group)
    ]
    return len(sites) == len(groups) and all(len(each) == 1 for each in sites)


def on_sites(c: "Compiled", rule: Any, like: Term, periods: int, minutes: Callable[[str, str], int]) -> bool:
    """A row for each site somebody is at, read by a term of a row of their own. False where a lesson's site follows
    from several rooms, or both its site and its teacher are chosen."""
    sites = sorted({room.site for room in c.problem.rooms})
    matrix = [minutes(a, b) for a in sites for b in sites]
    people = [(rule.who.kind, row) for row in c.problem.rows(rule.who)]
    if rule.who.kind == "room":
        return False
    users = {x: [c.problem.lesson[id_] for id_ in c.domains.users.get(x, ())] for x in people}
    lessons = {x: [y for y in each if not rule.tags or y.all_tags.intersection(rule.tags)] for x, each in users.items()}
    if any(len(x.rooms) > 1 for each in lessons.values() for x in each):
        return False
    if not all(site_follows(c, x, lessons[x]) for x in people if x in c.candidacies):
        return False
    for person in people:
        places = c.site_rows((person, rule.tags), lessons[person], sites)
        for n, row in enumerate(c.group[places.judge]):
            rows = [c.group[first][n] for first in places.sites]
            masks = [len(sites), periods, *rows, *matrix]
            c.rows[row].terms.append(Term(like.kind, like.limit, like.price, 0, masks))
    return True


COMPILERS: dict[str, Callable[["Compiled", Any], bool]] = {
    "compactness": term(L.ISOLATED, lambda r: 0),
    "consecutive": lesson_set(L.CONSECUTIVE, lambda r: int(r.over_breaks)),
    "day_ends": day_ends,
    "day_starts_early": term(L.EARLY, lambda r: r.late_days, masks="open"),
    "different_day": lesson_set(L.MIN_DAYS_BETWEEN, lambda r: 1),
    "ends_day": ends_day,
    "grouped": lesson_set(L.GROUPED, lambda r: int(r.over_breaks)),
    "home_room": home_room,
    "interval_max_days": term(L.DAYS_TOUCHING, lambda r: r.limit, masks="cells"),
    "lunch_break": term(L.FREE_RUN, lambda r: r.periods, masks="cells"),
    "max_busy_in_times": term(L.TOUCHED_MAX, lambda r: r.limit, masks="cells"),
    "max_days": term(L.DAYS_MAX, lambda r: r.limit),
    "max_days_between": lesson_set(L.MAX_DAYS_BETWEEN, lambda r: r.days),
    "max_gaps_per_day": term(L.GAPS_DAY, lambda r: r.limit, masks="open"),
    "max_gaps_per_week": term(L.GAPS_WEEK, lambda r: r.limit, masks="open"),
    "max_in_a_row": term(L.RUN_MAX, lambda r: r.limit),
    "max_long_days": term(L.LONG_DAYS, lambda r: r.limit, extra=lambda r: r.span),
    "max_periods_per_day": term(L.DAY_MAX, lambda r: r.limit),
    "max_periods_per_week": term(L.WEEK_MAX, lambda r: r.limit),
    "max_simultaneous": max_simultaneous,
    "max_site_changes": site_changes,
    "max_slots_used": max_slots_used,
    "max_span_per_day": term(L.SPAN_MAX, lambda r: r.limit),
    "max_total_in_times": max_total_in_times,
    "min_days": term(L.DAYS_MIN, lambda r: r.limit),
    "min_days_between": lesson_set(L.MIN_DAYS_BETWEEN, lambda r: r.days),
    "min_gap_after": min_gap_after,
    "min_gap_between": lesson_set(L.MIN_GAP, lambda r: r.periods),
    "min_periods_per_day": term(L.DAY_MIN, lambda r: r.limit, extra=lambda r: int(r.empty_days)),
    "min_reserve": min_reserve,
    "min_rest": min_rest,
    "min_slots_used": min_slots_used,
    "min_working_days": lesson_set(L.WORKING_DAYS, lambda r: r.days),
    "not_overlapping": not_overlapping,
    "not_twice_a_day": lesson_set(L.DAY_LIMIT, lambda r: r.limit),
    "ordered": ordered,
    "preferred_rooms": preferred_rooms,
    "preferred_times": preferred_times,
    "room_capacity": room_capacity,
    "room_stability": room_set(L.DISTINCT_PICKS, lambda r: r.limit),
    "room_wanted": room_wanted,
    "same_day": lesson_set(L.SAME_DAY),
    "same_period": lesson_set(L.SAME_PERIOD),
    "same_room_if_consecutive": room_set(L.SAME_PICK_IF_CONSECUTIVE, lambda r: 0),
    "same_start": same_start,
    "same_teacher": same_teacher,
    "together_if_same_day": lesson_set(L.TOGETHER),
    "travel_time": travel_time,
    "unavailable": unavailable,
}
