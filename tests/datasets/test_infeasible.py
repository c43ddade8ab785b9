"""Schools with a planted contradiction."""

import pytest

from datasets.infeasible import NAMES, SEEDS, infeasible
from solver.facts import facts_of


@pytest.mark.parametrize("kind", NAMES)
def test_every_planted_fact_is_a_fact_of_the_school(kind: str) -> None:
    for seed in SEEDS:
        school = infeasible(kind, 6, seed)
        sources = [f.source for f in facts_of(school.problem)]
        assert set(school.planted) <= set(sources)
        assert len(school.planted) >= 2


def test_equal_arguments_make_equal_schools() -> None:
    assert infeasible("no_lunch", 6, 1) == infeasible("no_lunch", 6, 1)
    assert infeasible("no_lunch", 6, 1).problem != infeasible("no_lunch", 6, 2).problem


def test_some_contradictions_take_many_facts() -> None:
    assert sum(len(infeasible(kind, 6, 1).planted) > 2 for kind in NAMES) >= 5


def test_an_unknown_kind() -> None:
    with pytest.raises(KeyError):
        infeasible("bad_luck", 6, 1)
