"""timewright cover: who takes the lessons of absent teachers."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from api.console import Output
from api.errors import DONE, InputError, WrongUse
from api.interrupt import until_interrupted
from api.name import program
from api.opening import open_file, read_bytes
from api.saving import check_target, save
from models.cover.request import Absence, CoverRequest, CoverWeights, start_of_absences
from models.problem import Problem
from scheduling.cover_times import Said, cells_at, cells_by_teacher, week_named
from scheduling.substitution import Substitution, substitute
from scheduling.told import of_substitution
from solver.limits import Limits

EXPECTED = '; expected such as "T07: Mon"'


@dataclass(frozen=True)
class Asked:
    """What the options of the command say, as they were typed."""

    absent: tuple[str, ...]
    protected: tuple[str, ...]
    week: str | None
    earliest: str | None
    counts: Path | None
    weights: Path | None
    most_per_day: int
    most: int | None
    not_alone: tuple[str, ...]
    moves: bool


def cover(timetable: Path, asked: Asked, output: Path | None, limits: Limits, out: Output) -> int:
    if output is not None:
        check_target(output, (".xlsx", ".json"), source=timetable)
    opened = open_file(timetable)
    problem = opened.needed_problem()
    if opened.timetable is None:
        raise InputError(f"{timetable.name} holds no timetable", hint=f"make one first: {program()} solve {timetable}")
    try:
        with until_interrupted() as stopped:
            found = substitute(problem, opened.timetable, request_of(problem, asked), limits, stopped)
    except ValueError as error:
        raise WrongUse(str(error)) from error
    _tell(found, out)
    if output is not None:
        _save(output, found)
        out.say(f"Wrote {output}")
    out.result({**of_substitution(found), "output": None if output is None else str(output)})
    return DONE


def request_of(problem: Problem, asked: Asked) -> CoverRequest:
    """ValueError or CommandError naming the option that cannot be used."""
    away = cells_by_teacher(problem, _said(problem, asked.absent, "--absent"), EXPECTED)
    absences = tuple(Absence(teacher=teacher, cells=cells) for teacher, cells in away.items())
    first_day = start_of_absences(problem, absences)
    earliest = first_day if asked.earliest is None else cells_at(problem, asked.earliest, "--from")[0]
    return CoverRequest(
        absences=absences,
        week=week_named(problem, asked.week, "--week"),
        earliest=earliest,
        protected=cells_by_teacher(problem, _said(problem, asked.protected, "--protected"), EXPECTED),
        counts=_read_counts(asked.counts),
        weights=_read_weights(asked.weights),
        most_per_day=asked.most_per_day or None,
        most=asked.most,
        not_alone=asked.not_alone,
        moves=asked.moves,
    )


def _said(problem: Problem, texts: tuple[str, ...], option: str) -> Iterator[Said]:
    """Each "T07: Mon P1-P3" in its parts; a teacher alone is the whole week."""
    for text in texts:
        teacher, colon, when = (text, "", "") if text in problem.teacher else text.partition(":")
        yield f'{option} "{text}"', teacher.strip(), when.strip() if colon else None


def _read_counts(path: Path | None) -> dict[str, int]:
    counts = {} if path is None else _read_object(path)
    if path is not None and set(counts) == {"counts", "plan", "rows"}:
        counts = counts["counts"]
    for teacher, count in counts.items():
        if type(count) is not int or count < 0:
            raise InputError(f"{path}: the count of {teacher} is {count!r}, it must be a whole number from 0")
    return counts


def _read_weights(path: Path | None) -> CoverWeights:
    try:
        return CoverWeights() if path is None else CoverWeights.model_validate(_read_object(path))
    except ValidationError as error:
        faults = (f"{path}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise InputError(*faults) from error


def _read_object(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(read_bytes(path))
    except ValueError as error:
        raise InputError(f"{path} is not JSON: {error}") from error
    if not isinstance(content, dict):
        raise InputError(f"{path} holds no JSON object")
    return content


def _tell(found: Substitution, out: Output) -> None:
    out.say(found.summary, "bold")
    for sentence in found.sentences:
        out.say(f"  {sentence}")
    counts = sorted(found.plan.counts.items(), key=lambda pair: (-pair[1], pair[0]))
    if counts:
        out.say(f"Covered so far: {', '.join(f'{teacher} {count}' for teacher, count in counts)}")


def _save(path: Path, found: Substitution) -> None:
    rows = [asdict(row) for row in found.rows()]
    if path.suffix.lower() == ".xlsx":
        from formats.excel.write_cover import write_cover

        save(path, write_cover(found.summary, [tuple(row.values()) for row in rows]))
        return
    content = {"counts": found.counts, "plan": found.plan.model_dump(mode="json"), "rows": rows}
    save(path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
