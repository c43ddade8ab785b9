"""The suite of generated schools."""

from functools import partial

from benchmarks.plots import bound_plot, target_plot
from benchmarks.solving import Case, Opened, solving_suite
from datasets.generate import generate
from datasets.sample import sample

SIZES = (6, 12, 50, 100, 200)
"""Classes of the generated schools beside the sample, which has 24."""


def cases() -> list[Case]:
    """The sample and other generated schools, whose names are size-seed."""
    return [Case("sample", lambda: Opened(sample().problem)), *(Case(f"{n}-1", partial(_open, n, 1)) for n in SIZES)]


def _open(classes: int, seed: int) -> Opened:
    return Opened(generate(classes, seed).problem)


SUITE = solving_suite(
    "schools", "generated schools of 6 to 200 classes", 60.0, cases, plots=(target_plot(), bound_plot())
)
