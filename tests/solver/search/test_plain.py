"""Where nothing is compiled, the search takes the same steps, only slowly."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import cast

from models.rules import RULES
from solver.domains import Domains
from solver.search.compile import Compiled
from solver.search.jit import COMPILED
from solver.search.kernel import (
    anneal,
    anneal_by_swaps,
    construct,
    go_to_best,
    judge_soft,
    keep_best,
    learn,
    put_back,
    refine,
    strip,
)
from tests.strategies import changed, random_problem, random_rule

ROOT = Path(__file__).parents[3]
WITHOUT_NUMBA = """
import sys
sys.modules["numba"] = None
from tests.solver.search.test_plain import COMPILED, memories
assert not COMPILED
print(memories())
"""


def memory_after_a_search(seed: int) -> list[int]:
    """Everything the search remembers after some of each of its functions, wishes and learnt weights included."""
    random = Random(seed)
    base = random_problem(random)
    rules = (random_rule(random, base, kind, hard=i % 2 == 0) for i, kind in enumerate(RULES))
    c = Compiled(changed(base, rules=(*base.rules, *rules)), Domains(base), seed + 1)
    c.load(None)
    keep_best(c.m)
    judge_soft(c.m, True)
    anneal(c.m, 150, 0.5, 1.0, 0.5, 6, 0.3, 0.7, True)
    anneal_by_swaps(c.m, 300, 0.5, 1.0, 0.7)
    learn(c.m, 5)
    judge_soft(c.m, False)
    anneal(c.m, 150, 2.0, 1.0, 0.3, 6, 0.3, 0.7, False)
    refine(c.m, 300, 2.0, 1.0, 0.3, 0.3, 0.5, 6)
    go_to_best(c.m)
    strip(c.m, 3, 2, 1 << 30)
    strip(c.m, 1 << 30, 1 << 30, 0)
    put_back(c.m)
    construct(c.m)
    return [int(x) for x in cast(Sequence[int], c.m)]


def memories() -> str:
    return str([memory_after_a_search(seed) for seed in range(6)])


def test_compiled_and_plain_take_the_same_steps() -> None:
    plain = subprocess.run(
        [sys.executable, "-c", WITHOUT_NUMBA], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert plain.strip() == memories()
    assert COMPILED
