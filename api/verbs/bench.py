"""timewright bench: the benchmarks of the project, with their own options."""

from collections.abc import Sequence

from api.verbs.checkout import module


def bench(arguments: Sequence[str]) -> int:
    return int(module("benchmarks.cli").main(list(arguments)))
