"""Certificates beside results."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from api.saving import save
from models.certificate import Claim, certify
from models.problem import Problem
from models.timetable import Timetable

if TYPE_CHECKING:
    from solver.result import Result


def save_certificate(path: Path, problem: Problem, timetable: Timetable | None, result: "Result") -> None:
    """timetable: the one that was saved, if any."""
    claim = Claim(
        status=str(result.status),
        bound=result.bound,
        seed=result.seed,
        workers=result.workers,
        limits=asdict(result.limits),
        seconds=round(result.seconds_total, 3),
    )
    save(path, (certify(problem, timetable, claim).model_dump_json(indent=1) + "\n").encode())
