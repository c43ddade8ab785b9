"""Goals as families of rules, and two timetables side by side."""

import pytest

from models.compare import apart, compare, where
from models.goals import GOALS, goal, goals_of
from models.rules import RULES
from models.score import score
from models.timetable import Placement, Timetable
from tests.formats.little_school import PROBLEM, TIMETABLE


def moved() -> Timetable:
    first, *rest = TIMETABLE.placements
    later = Placement(lesson=first.lesson, start=first.start + 1, rooms=first.rooms, teachers=first.teachers)
    return Timetable(placements=(later, *rest), unplaced=TIMETABLE.unplaced)


def test_every_kind_of_a_goal_is_in_the_catalogue() -> None:
    known = {rule.model_fields["kind"].default for rule in RULES}
    assert all(g.kinds <= known for g in GOALS)


def test_goals_are_found_by_name_or_by_rule() -> None:
    assert goal("Teacher-Gaps").name == "teacher gaps"
    assert goal("max_gaps_per_week").kinds == {"max_gaps_per_week"}


def test_an_unknown_goal_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="there is no goal 'joy'; goals are teacher gaps, class gaps"):
        goal("joy")


def test_only_soft_rules_on_the_right_resources_belong_to_a_goal() -> None:
    for known in goals_of(PROBLEM):
        covered = [r for r in PROBLEM.rules if known.covers(r)]
        assert covered
        assert all(r.weight is not None for r in covered)
    names = [g.name for g in GOALS]
    assert [g.name for g in goals_of(PROBLEM)] == [n for n in names if n in {g.name for g in goals_of(PROBLEM)}]


def test_the_penalty_of_a_goal_is_that_of_its_rules() -> None:
    judged = {r.name: r.penalty for r in score(PROBLEM, TIMETABLE).rules if not r.hard}
    assert any(judged.values())
    for name, penalty in judged.items():
        assert goal(name).penalty(PROBLEM, TIMETABLE) == penalty


def test_a_comparison_counts_moves_and_rules() -> None:
    found = compare(PROBLEM, TIMETABLE, moved())
    assert (found.moved, len(found.changes), apart(TIMETABLE, moved())) == (1, 1, 1)
    assert found.before == score(PROBLEM, TIMETABLE)
    assert found.after == score(PROBLEM, moved())
    assert all(r.before != r.after for r in found.rules)
    assert sum(r.penalty_after - r.penalty_before for r in found.rules) == found.after.soft - found.before.soft


def test_another_room_is_a_change_but_no_move() -> None:
    number = next(i for i, p in enumerate(TIMETABLE.placements) if p.rooms)
    places = list(TIMETABLE.placements)
    places[number] = places[number].model_copy(update={"rooms": (None,) * len(places[number].rooms)})
    found = compare(PROBLEM, TIMETABLE, Timetable(placements=tuple(places), unplaced=TIMETABLE.unplaced))
    assert (found.moved, len(found.changes)) == (0, 1)


def test_places_are_said_in_words() -> None:
    assert where(PROBLEM, None) == "not placed"
    assert where(PROBLEM, Placement(lesson="x", start=0, rooms=("LAB", None), teachers=("EVA",))) == (
        f"{PROBLEM.grid.label(0)} in LAB with EVA"
    )
