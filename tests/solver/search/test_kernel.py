"""The local search counts what the definitions count, whatever it does.

Where somebody is in two places at once, amounts may be counted otherwise, but never as zero. So is a hard `ends_day`,
which counts every student set, and a room used while it is closed, which its pool lacks too.
"""

from random import Random

import pytest

from models.problem import Problem
from models.rules import RULES
from models.rules.ends_day import EndsDay
from models.score import score
from solver.domains import Domains
from solver.search import layout as L  # noqa: N812
from solver.search.compile import Compiled
from solver.search.kernel import anneal, begin, chain, go_to_best, keep_best, refine, repick, shift, undo, vary
from solver.search.terms import COMPILERS
from tests.strategies import changed, random_problem, random_rule

SEEDS, MOST_SEEDS = 45, 300
"""Problems per rule, and how many more are tried until one breaks it without a clash."""
COUNTED_OTHERWISE = ("teacher_clash", "class_clash", "room_clash", "room_request", "ends_day", "unavailable")


def compiled(problem: Problem, seed: int = 1) -> Compiled:
    made = Compiled(problem, Domains(problem), seed)
    made.load(None)
    return made


def random_move(random: Random, c: Compiled) -> None:
    """A chain, a block taken out, another choice, or any of them taken back."""
    m = c.m
    begin(m)
    block = random.choice([m[m[L.MOVABLE] + i] for i in range(m[L.MOVABLE_COUNT])])
    starts = [m[m[L.STARTS] + i] for i in range(m[m[L.STARTS_PTR] + block], m[m[L.STARTS_PTR] + block + 1])]
    what = random.random()
    if what < 0.6:
        chain(m, block, random.choice(starts), 6, 0.5)
    elif what < 0.75:
        shift(m, block, -1, False)
    elif c.picks:
        pick = random.randrange(len(c.picks))
        repick(m, pick, random.randrange(len(c.picks[pick].options)))
        return
    if random.random() < 0.3:
        undo(m)


def assert_same_cost(c: Compiled) -> bool:
    """Whether the state breaks a rule without a clash; fails if search and definitions disagree."""
    timetable, conflicting = c.timetable(best=False)
    if conflicting:
        return False  # counted rooms that could not be handed out
    judged = score(c.problem, timetable)
    amounts = {rule.name: rule.amount for rule in judged.rules if rule.hard}
    assert (c.m[L.HARD] > 0) == (judged.hard > 0), judged
    if any(amounts.get(name) for name in COUNTED_OTHERWISE):
        return False
    assert (c.m[L.HARD_EVERY], c.m[L.SOFT]) == (judged.hard, judged.soft), judged
    return judged.hard + judged.soft > 0


@pytest.mark.parametrize(
    "kind", [r for r in RULES if r.model_fields["kind"].default in COMPILERS], ids=lambda r: r.__name__
)
def test_moves_change_the_cost_as_the_definition_does(kind: type) -> None:
    judged = 0
    for seed in range(MOST_SEEDS):
        if seed >= SEEDS and judged:
            break
        random = Random(seed)
        base = random_problem(random)
        problem = changed(base, rules=(*base.rules, random_rule(random, base, kind, hard=seed % 3 == 0)))
        c = compiled(problem)
        if c.unknown or c.doubled or not c.m[L.MOVABLE_COUNT]:
            continue
        for _ in range(25):
            random_move(random, c)
            if random.random() < 0.5:
                anneal(c.m, 50, 0.1, 1.0, 0.5, 6, 0.4, 0.6, False)
            if random.random() < 0.5:
                refine(c.m, 50, 1.0, 2.0, 0.3, 0.3, 0.5, 6)
            judged += assert_same_cost(c)
    assert judged or kind is EndsDay, "no rule was ever broken without a clash, so nothing was compared"


def test_ten_thousand_moves_end_where_a_fresh_start_would() -> None:
    random = Random(5)
    base = random_problem(random)
    problem = changed(base, rules=(*base.rules, *(random_rule(random, base, k, hard=False) for k in RULES[:12])))
    c = compiled(problem)
    for _ in range(10_000):
        random_move(random, c)
    fresh = compiled(problem)
    fresh.load(c.timetable(best=False)[0])
    out = [b for b in range(len(c.leaders)) if c.m[c.m[L.START] + b] < 0]
    for block in out:
        begin(fresh.m)
        shift(fresh.m, block, -1, False)
    assert (c.m[L.HARD], c.m[L.SOFT]) == (fresh.m[L.HARD], fresh.m[L.SOFT])


def test_annealing_returns_to_its_best_state() -> None:
    problem = random_problem(Random(11))
    c = compiled(problem)
    keep_best(c.m)
    anneal(c.m, 3000, 1.0, 1.0, 0.5, 6, 0.4, 0.6, False)
    best = c.m[L.BEST_HARD], c.m[L.BEST_SOFT]
    go_to_best(c.m)
    assert (c.m[L.HARD], c.m[L.SOFT]) == best
    assert_same_cost(c)


@pytest.mark.parametrize("seed", range(8))
def test_what_is_taken_back_leaves_no_trace(seed: int) -> None:
    """By what was overwritten, and where that was too much to remember, change by change."""
    random = Random(seed)
    base = random_problem(random)
    c = compiled(changed(base, rules=(*base.rules, *(random_rule(random, base, k, hard=False) for k in RULES))))
    for _ in range(50):
        before = state(c.m)
        begin(c.m)
        for _ in range(5):
            vary(c.m, 0.3, 0.3, 0.5, 6)
        if random.random() < 0.5:
            c.m[L.LOG_LENGTH] = L.LOG_SIZE + 1
        undo(c.m)
        assert state(c.m) == before
        vary(c.m, 0.3, 0.3, 0.5, 6)


def state(m: L.Memory) -> list[int]:
    """Where everything is, and what it costs."""
    sums = [m[L.HARD + i] for i in range(L.SUMS)]
    starts = [m[m[L.START] + b] for b in range(m[L.BLOCKS])]
    choices = [m[m[L.P_NOW] + p] for p in range(m[L.PICKS])]
    return [*sums, *starts, *choices, *(m[m[L.OCC] + i] for i in range(m[L.ROWS] * m[L.CELLS]))]


def test_refining_a_complete_timetable_keeps_its_best_state() -> None:
    problem = random_problem(Random(11))
    c = compiled(problem)
    keep_best(c.m)
    refine(c.m, 3000, 1.0, 1.0, 0.3, 0.3, 0.5, 6)
    best = c.m[L.BEST_HARD], c.m[L.BEST_SOFT]
    go_to_best(c.m)
    assert (c.m[L.HARD], c.m[L.SOFT]) == best
    assert_same_cost(c)


def test_pinned_blocks_never_move() -> None:
    random = Random(3)
    problem = random_problem(random)
    first = problem.lessons[0]
    cell = next(iter(Domains(problem).starts[first.id]))
    pinned = changed(first, pin=changed(first.pin, start=cell))
    c = compiled(changed(problem, lessons=(pinned, *problem.lessons[1:])))
    for _ in range(20):
        anneal(c.m, 100, 5.0, 1.0, 0.5, 6, 0.4, 0.6, False)
        refine(c.m, 100, 5.0, 1.0, 0.3, 0.3, 0.5, 6)
        placed = c.timetable(best=False)[0].placement
        assert placed[first.id].start == cell
