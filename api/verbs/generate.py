"""timewright generate: a made-up school that certainly has a timetable."""

from pathlib import Path

from api.console import Output
from api.errors import DONE
from api.saving import check_target, save_problem
from api.summary import counts_of
from api.verbs.checkout import module


def generate(classes: int, seed: int, output: Path, force: bool, out: Output) -> int:
    check_target(output, (".xlsx", ".json"), replace=force)
    problem = module("datasets.generate").generate(classes, seed).problem
    save_problem(output, problem)
    out.say(f"Wrote {output}: {classes} classes, {len(problem.lessons):,} lessons")
    out.result({"output": str(output), "classes": classes, "seed": seed, "counts": counts_of(problem)})
    return DONE
