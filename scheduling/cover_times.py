"""Who is away when, and in which week: what the command line and the service are told, as cells of the problem.

where: the option or field that is named in the ValueError about what cannot be used."""

from collections.abc import Iterable

from formats.when import cells_named
from models.problem import Problem

Said = tuple[str, str, str | None]
"""Where it is said, a teacher, and times such as "Mon P1-P3, Tue"; None: the whole week."""
Cells = tuple[int, ...]


def cells_by_teacher(problem: Problem, said: Iterable[Said], hint: str = "") -> dict[str, Cells]:
    """Sorted; a teacher who occurs twice has the cells of both. hint: ends the sentence about an unknown teacher."""
    found: dict[str, set[int]] = {}
    for where, teacher, times in said:
        if teacher not in problem.teacher:
            raise ValueError(f'{where}: there is no teacher "{teacher}"{hint}')
        cells = range(problem.grid.size) if times is None else cells_at(problem, times, where)
        found.setdefault(teacher, set()).update(cells)
    return {teacher: tuple(sorted(cells)) for teacher, cells in found.items()}


def cells_at(problem: Problem, times: str, where: str) -> Cells:
    try:
        return cells_named(problem.grid, times)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error


def week_named(problem: Problem, name: str | None, where: str) -> int:
    """The position of a week; its name may be left out where all weeks are alike."""
    weeks = problem.grid.weeks
    if name is None and len(weeks) > 1:
        raise ValueError(f"{where}: one of {', '.join(weeks)} is needed")
    if name is not None and name not in weeks:
        raise ValueError(f'{where}: "{name}" is unknown; expected one of {", ".join(weeks)}')
    return 0 if name is None else weeks.index(name)
