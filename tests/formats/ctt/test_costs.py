"""The problem made of a file is judged as the competition judges: costs by hand, published, and counted directly."""

import csv
import random
from pathlib import Path

import pytest

from formats.ctt import Formulation, read_ctt, read_solution
from formats.ctt.instance import Instance, read_instance
from models.score import Score, score
from tests.formats.ctt.tiny import DOUBLE, PARTS, TINY, Place, cost, fits, unsuitable


def judged(text: str, places: list[Place], formulation: Formulation = "UD2") -> Score:
    problem = read_ctt(text.encode(), formulation)
    rows = "".join(f"{c} {r} {d} {p}\n" for c, r, d, p in places)
    return score(problem, read_solution(rows.encode(), problem))


GOOD: list[Place] = [
    ("Alg", "B", 0, 0),
    ("Bio", "A", 0, 1),
    ("Alg", "B", 1, 0),
    ("Alg", "B", 1, 1),
    ("Bio", "A", 1, 2),
    ("Che", "B", 1, 3),
]
"""Sound and without a cost but for Che, which is alone in its curriculum: 2."""


def moved(old: Place, new: Place) -> list[Place]:
    assert old in GOOD
    return [new if place == old else place for place in GOOD]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (GOOD, 2),
        # 30 students in 25 seats: 5, and Alg in a second room: 1
        (moved(("Alg", "B", 0, 0), ("Alg", "A", 0, 0)), 2 + 5 + 1),
        # Alg on one day of two: 5; then Bio is alone on day 0, in two curricula: 2 * 2
        (moved(("Alg", "B", 0, 0), ("Alg", "B", 1, 3))[:5], 5 + 4),
        # Bio on day 0 moves off its neighbour: both are isolated, in two curricula: 2 * 2 * 2
        (moved(("Bio", "A", 0, 1), ("Bio", "A", 0, 2)), 2 + 8),
    ],
    ids=["good", "small room", "one day", "isolated"],
)
def test_costs_by_hand(places: list[Place], expected: int) -> None:
    found = judged(TINY, places)
    assert (found.hard, found.soft) == (0, expected)


@pytest.mark.parametrize(
    ("place", "rule"),
    [
        (("Che", "A", 0, 3), "preferred_times"),
        (("Che", "A", 1, 0), "teacher_clash"),
        (("Che", "A", 1, 2), "room_clash"),
    ],
)
def test_hard_demands(place: Place, rule: str) -> None:
    found = judged(TINY, moved(("Che", "B", 1, 3), place))
    assert [r.name for r in found.rules if r.hard and r.amount] == [rule]


def test_courses_of_a_curriculum_clash() -> None:
    found = judged(TINY, moved(("Bio", "A", 0, 1), ("Bio", "A", 0, 0)))
    assert [r.name for r in found.rules if r.hard and r.amount] == ["class_clash"]


def test_unsuitable_rooms_are_forbidden_in_ud4() -> None:
    found = judged(TINY, moved(("Che", "B", 1, 3), ("Che", "A", 1, 3)), "UD4")
    assert [(r.name, r.amount) for r in found.rules if r.hard and r.amount] == [("preferred_rooms", 1)]


def test_published_cost(instances: Path) -> None:
    folder = instances / "itc2007-cbctt"
    published = list(csv.DictReader((folder / "solutions/costs.csv").read_text().splitlines()))
    known = csv.DictReader((folder / "best_known.csv").read_text().splitlines())
    best = {row["instance"]: int(row["best_known"]) for row in known}
    for row in published:
        problem = read_ctt(folder / f"{row['instance']}.ctt")
        found = score(problem, read_solution(folder / f"solutions/{row['instance']}.sol", problem))
        penalty = {rule.name: rule.penalty for rule in found.rules}
        assert found.hard == int(row["hard_violations"])
        assert penalty["room_capacity"] == int(row["room_capacity"])
        assert penalty["min_working_days"] == int(row["min_days"])
        assert penalty["compactness"] == int(row["compactness"])
        assert penalty["room_stability"] == int(row["room_stability"])
        assert best[row["instance"]] <= found.soft == int(row["total"])
    assert published


def drawn(instance: Instance, draw: random.Random) -> list[Place] | None:
    """A random sound timetable, or None when a lecture finds no place."""
    places: list[Place] = []
    courses = [c for c in instance.courses.values() for _ in range(c.lectures)]
    courses.sort(key=lambda c: -len(instance.closed.get(c.id, ())) - c.lectures)
    free = [(r, d, p) for r in instance.rooms for d in range(instance.days) for p in range(instance.periods)]
    for course in courses:
        options = draw.sample(free, len(free))
        place = next(((course.id, *o) for o in options if fits(instance, places, (course.id, *o))), None)
        if place is None:
            return None
        places.append(place)
    return places


@pytest.mark.parametrize("formulation", list(PARTS))
def test_costs_equal_a_direct_count(formulation: Formulation) -> None:
    instance, draw = read_instance(DOUBLE.encode()), random.Random(7)
    tables = [places for _ in range(60) if (places := drawn(instance, draw))]
    assert len(tables) > 30
    for places in tables:
        found = judged(DOUBLE, places, formulation)
        hard = unsuitable(instance, places) if formulation == "UD4" else 0
        assert (found.hard, found.unplaced, found.soft) == (hard, 0, cost(instance, places, formulation))
    assert len({cost(instance, places, formulation) for places in tables}) > 5


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Test/toy", "Test/test1", "DDS/DDS3"])
def test_costs_of_real_instances_equal_a_direct_count(name: str, instances: Path) -> None:
    text = (instances / f"cbctt-more/{name}.ectt").read_text()
    instance, draw = read_instance(text.encode()), random.Random(3)
    places = next((found for _ in range(40) if (found := drawn(instance, draw))), None)
    assert places is not None
    for formulation in PARTS:
        hard = unsuitable(instance, places) if formulation == "UD4" else 0
        assert judged(text, places, formulation).key == (hard, 0, cost(instance, places, formulation))
