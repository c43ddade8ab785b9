"""Every rule of the catalogue can be said on the sheet Rules."""

from typing import Any

import pytest

from models.rules import RULES
from models.rules.travel_time import Travel
from tests.formats.excel.school import errors, imported

HEAD = ["Rule", "Applies to", "Value", "Weight"]

WAYS = (Travel(a="Main", b="North", minutes=20),)

SAID: dict[str, tuple[str, Any, dict[str, Any]]] = {
    "buffer": ("all teachers", 10, {"minutes": 10}),
    "compactness": ("all classes", "", {}),
    "consecutive": ("7A MATH + 7A CHEM", "", {"lessons": ("7A-MATH-1", "7A-MATH-2", "7A-MATH-3", "7A-CHEM-1")}),
    "day_ends": ("all classes", "10:45; 1", {"until": 645, "late_days": 1}),
    "day_starts_early": ("7A, 7B", 2, {"late_days": 2}),
    "different_day": ("MATH", "", {"lessons": ("7A-MATH-1", "7A-MATH-2", "7A-MATH-3")}),
    "ends_day": ("7B ART", "", {"lessons": ("7B-ART-1",)}),
    "grouped": ("subject MATH", "", {}),
    "home_room": ("SMI", "R2", {"room": "R2"}),
    "interval_max_days": ("all teachers", "P4; 2", {"cells": (3, 7, 11, 15), "limit": 2}),
    "lunch_break": ("all teachers", "P2-P3", {"cells": (1, 2, 5, 6, 9, 10, 13, 14, 17, 18), "periods": 1}),
    "max_busy_in_times": ("all teachers", "Mon P1-P2; 1", {"cells": (0, 1), "limit": 1}),
    "max_days": ("SMI", 3, {"limit": 3}),
    "max_days_between": ("7A MATH", 2, {"days": 2}),
    "max_gaps_per_day": ("teacher:SMI", 1, {"limit": 1}),
    "max_gaps_per_week": ("level 7", 0, {"limit": 0}),
    "max_in_a_row": ("all teachers", 3, {"limit": 3}),
    "max_long_days": ("all teachers", "span=3; limit=1", {"span": 3, "limit": 1}),
    "max_periods_per_day": ("all classes", "2; subject=MATH", {"limit": 2, "tags": ("subject:MATH",)}),
    "max_periods_per_week": ("JON", 20, {"limit": 20}),
    "max_room_changes": ("all teachers", "limit=2; per week", {"limit": 2, "per": "week"}),
    "max_simultaneous": ("MATH, ART", 1, {"limit": 1, "cells": ()}),
    "max_site_changes": ("all teachers", "1; per=day", {"limit": 1, "per": "day"}),
    "max_slots_used": ("MATH", "limit=5; times=Mon, Tue", {"limit": 5, "cells": tuple(range(8))}),
    "max_span_per_day": ("all classes", 4, {"limit": 4}),
    "max_total_in_times": ("all lessons", "Fri; 3", {"cells": (16, 17, 18), "limit": 3}),
    "min_days": ("SMI", 2, {"limit": 2}),
    "min_days_between": ("all courses", 1, {"days": 1}),
    "min_gap_after": (
        "all classes", "2; later=subject:ART; subject=MATH",
        {"periods": 2, "later": ("subject:ART",), "tags": ("subject:MATH",)},
    ),
    "min_gap_between": ("7A MATH + 7A CHEM", 1, {"periods": 1}),
    "min_periods_per_day": ("all classes", "2; empty days=no", {"limit": 2, "empty_days": False}),
    "min_reserve": ("all teachers", "Mon P1-P2; 2", {"cells": (0, 1), "limit": 2}),
    "min_rest": ("SMI", 3, {"periods": 3}),
    "min_simultaneous": ("MATH", "Mon P1; 2", {"cells": (0,), "limit": 2}),
    "min_slots_used": ("MATH", "Mon-Tue; 4", {"cells": tuple(range(8)), "limit": 4}),
    "min_working_days": ("7A MATH", 3, {"days": 3}),
    "not_overlapping": ("teacher SMI", "", {}),
    "not_twice_a_day": ("class 7B", "", {"limit": 1}),
    "ordered": ("7A-MATH-1 + 7A-CHEM-1", "same day only", {"same_day_only": True}),
    "preferred_rooms": ("7A MATH", "R1, R2", {"rooms": ("R1", "R2")}),
    "preferred_times": ("MATH", "Mon P1-P2, Tue P1; whole", {"cells": (0, 1, 4), "whole": True}),
    "room_capacity": ("all lessons", "", {}),
    "room_stability": ("all courses", "", {"limit": 1}),
    "room_wanted": ("MATH", "", {}),
    "same_day": ("7A MATH", "", {}),
    "same_period": ("7A MATH", "", {}),
    "same_room_if_consecutive": ("MATH", "", {}),
    "same_start": ("7A MATH, 7B MATH", "", {"lessons": ("7A-MATH-1", "7B-MATH-1")}),
    "same_teacher": ("7A MATH", "", {}),
    "side_by_side": ("7A MATH", "", {"lessons": ("7A-MATH-1", "7A-MATH-2", "7A-MATH-3")}),
    "together_if_same_day": ("MATH", "", {}),
    "travel_time": ("all teachers", "15; Main-North=20", {"minutes": 15, "pairs": WAYS}),
    "unavailable": ("7B", "Mon P1, P2", {"cells": (0, 1)}),
}  # fmt: skip


def said(name: str, who: str, value: Any, weight: Any = "") -> list[Any]:
    result = imported(Rules=[HEAD, [name, who, value, weight]])
    assert errors(result) == []
    assert result.problem is not None
    return [r for r in result.problem.rules if r.source == "Rules!A2"]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: str(r.model_fields["kind"].default))
def test_every_rule_can_be_said(rule: Any) -> None:
    kind = rule.model_fields["kind"].default
    who, value, fields = SAID[kind]
    rules = said(kind.replace("_", " "), who, value, 7)
    assert rules
    assert all((r.kind, r.weight) == (kind, 7) for r in rules)
    assert {name: getattr(rules[0], name) for name in fields} == fields


@pytest.mark.parametrize(
    "name",
    ["Max Gaps per Day", "max_gaps_per_day", "maximum gap per day", "Max. gaps per days", "max windows per day"],
)
def test_names_are_read_tolerantly(name: str) -> None:
    assert [r.kind for r in said(name, "all teachers", 1)] == ["max_gaps_per_day"]


def test_a_rule_on_courses_holds_for_each_by_itself() -> None:
    assert [r.lessons[0] for r in said("same day", "MATH", "")] == ["7A-MATH-1", "7B-MATH-1"]


def test_a_rule_that_counts_takes_all_lessons_at_once() -> None:
    assert [len(r.lessons) for r in said("max simultaneous", "MATH, CHEM", 2)] == [7]


def test_teachers_and_classes_in_one_cell_make_two_rules() -> None:
    assert [(r.who.kind, r.who.ids) for r in said("max days", "SMI, 7A", 3)] == [
        ("teacher", ("SMI",)),
        ("class", ("7A",)),
    ]


def test_a_blank_weight_is_hard() -> None:
    assert said("max days", "SMI", 3)[0].weight is None
