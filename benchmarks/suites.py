"""What is measured: named suites of cases."""

from collections.abc import Callable, Sequence
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from typing import NamedTuple

from datasets.catalog import instances
from datasets.generate import generate
from datasets.sample import sample
from models.problem import Problem

SIZES = (6, 12, 50, 100, 200)
"""Classes of the generated schools beside the sample, which has 24."""
OFFICIAL = "FET-?-official/*"


class Opened(NamedTuple):
    """A case ready to be solved. path: its file where it has one; unsupported: what it asks for and we lack."""

    problem: Problem
    path: Path | None = None
    unsupported: tuple[str, ...] = ()


class Case(NamedTuple):
    name: str
    open: Callable[[], Opened]


class Suite(NamedTuple):
    """cases: in the order in which they run."""

    name: str
    about: str
    cases: Callable[[], Sequence[Case]]


def schools() -> list[Case]:
    """The sample and other generated schools, whose names are size-seed."""
    return [Case("sample", _open_sample), *(Case(f"{n}-1", partial(_open_generated, n, 1)) for n in SIZES)]


def _open_sample() -> Opened:
    return Opened(sample().problem)


def _open_generated(classes: int, seed: int) -> Opened:
    return Opened(generate(classes, seed).problem)


def fet() -> list[Case]:
    """The listed sample files of official mode, by path."""
    return [Case(i.name, partial(_open_fet, i.path)) for i in instances("fet") if fnmatch(i.name, OFFICIAL)]


def _open_fet(path: Path) -> Opened:
    from formats.fet import read_fet

    found = read_fet(path.read_bytes(), ignore_unsupported=True)
    return Opened(found.problem, path, tuple(f"{name} x {count}" for name, count in found.unsupported))


SUITES = (
    Suite("schools", "generated schools of 6 to 200 classes", schools),
    Suite("fet", "FET sample files of official mode", fet),
)


def suite(name: str) -> Suite:
    for known in SUITES:
        if known.name == name:
            return known
    raise KeyError(f"no suite {name!r}; there are {', '.join(s.name for s in SUITES)}")


def chosen(known: Suite, pattern: str) -> list[Case]:
    """Cases whose name fits the pattern (* and ? as in file names); all for an empty one."""
    return [c for c in known.cases() if not pattern or fnmatch(c.name, pattern)]
