"""Rules on busy times, asked once for all that are alike: by their own names and closed times, by day or week."""

from random import Random

import pytest

from models.board import Board
from models.busy_times import BusyTimes, Times, bits
from models.problem import Problem
from models.reach import OF_BUSY_TIMES, of_row
from models.rules import RULES, ResourceRule, Rule, Violation, Who
from models.rules.max_gaps_per_day import MaxGapsPerDay
from models.rules.unavailable import Unavailable
from models.score import violations
from models.timetable import Timetable
from models.weight import NOTHING
from tests.models.test_what_if import worlds
from tests.models.test_why_not import school

GAPS = MaxGapsPerDay(who=Who(kind="teacher", ids=("ANN", "BOB")), limit=0)
ANN_CLOSED = Unavailable(who=Who(kind="teacher", ids=("ANN",)), cells=(1,))


def said(problem: Problem, busy: int, teacher: str, times: BusyTimes) -> list[str]:
    """When the teacher, free before, is busy in some slots."""
    closed = problem.closed.get(("teacher", teacher), frozenset())
    part = of_row(GAPS, ("teacher", teacher), problem.lessons[0], closed)
    return [v.sentence for v in times.change(part, 0, busy).came]


def test_two_who_are_alike_are_told_by_their_own_names() -> None:
    problem = school(GAPS)
    times = BusyTimes(problem)
    told = [said(problem, 0b101, teacher, times) for teacher in ("ANN", "BOB", "ANN")]
    ann, bob = (f"{name} has 1 gaps on Mon, at most 0 are allowed" for name in ("ANN", "BOB"))
    assert told == [[ann], [bob], [ann]]


def test_who_is_closed_between_two_lessons_has_no_gap() -> None:
    problem = school(GAPS, ANN_CLOSED)
    times = BusyTimes(problem)
    assert [len(said(problem, 0b101, teacher, times)) for teacher in ("BOB", "ANN")] == [1, 0]


def test_only_the_day_that_changes_is_told() -> None:
    problem, part = school(GAPS), of_row(GAPS, ("teacher", "ANN"), school().lessons[0], frozenset())
    times = BusyTimes(problem)
    # gaps on both days before and after: on Tuesday, cells 3 to 5, nothing changes; on Monday the gap closes
    change = times.change(part, 0b101_101, 0b101_111)
    assert ([v.sentence for v in change.gone], change.came) == (["ANN has 1 gaps on Mon, at most 0 are allowed"], ())
    assert times.change(part, 0b001_111, 0b011_111) is NOTHING


@pytest.mark.parametrize("kind", [kind for kind in RULES if kind.model_fields["kind"].default in OF_BUSY_TIMES])
def test_every_rule_on_busy_times_begins_with_the_name_and_looks_at_nothing_else(kind: type[Rule]) -> None:
    """The same is said of a board on which nobody knows with what a resource is busy."""
    seen = 0
    for _, problem, timetable in worlds(kind, seeds=99):
        board, broken = Board(problem, timetable), violations(problem, timetable)
        for rule in (rule for rule in problem.rules if isinstance(rule, kind) and isinstance(rule, ResourceRule)):
            told = [v for row in problem.rows(rule.who) for v in without_lessons(board, rule, row)]
            assert [v.sentence for v in told] == [v.sentence for v in broken if v.rule is rule]
            assert all(v.sentence.startswith(f"{v.who[0]} ") for v in told)
            seen += len(told)
        if seen > 3:
            return
    pytest.fail("the rule is hardly ever broken")


def without_lessons(board: Board, rule: ResourceRule, row: str) -> list[Violation]:
    kind = rule.who.kind
    part = of_row(rule, (kind, row), board.problem.lessons[0], frozenset())
    return list(part.judge(Times(Board(board.problem, Timetable()), board.busy_mask(kind, row, rule.tags))))


def test_slots_are_read_from_a_number() -> None:
    chosen = sorted(Random(1).sample(range(200), 30))
    assert list(bits(sum(1 << slot for slot in chosen))) == chosen
    assert list(bits(0)) == []
