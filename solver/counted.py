"""Counting proofs about some facts alone: far quicker than a solve, and mostly all that is needed."""

from collections.abc import Callable, Collection

from models.diagnose import proofs
from models.problem import Problem
from solver.facts import Fact, part_of


def counted_out(
    whole: Problem,
    facts: Collection[Fact],
    within: frozenset[str] | None = None,
    on_step: Callable[[], None] = lambda: None,
) -> bool:
    """Whether counting proves that the facts cannot hold together. within: look at these lessons alone, for which the
    facts must come from `facts_within`. on_step: called many times during the work; what it raises ends it."""
    if not facts:
        return False
    part, alone = part_of(whole, facts, within)
    part.__dict__.pop("closed")  # what is closed without a fact that says so is open here
    return bool(proofs(part, on_step, alone))
