"""The verbs for schools without a timetable: explain, fixes."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from api.console import Output

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="Workbook (.xlsx, .ods, a folder or .zip of .csv), .fet or .json.")
]
Ignore = Annotated[
    bool, typer.Option("--ignore-unsupported", help="Leave out what a file asks for and no rule expresses.")
]
Workers = Annotated[int, typer.Option(min=0, help="Threads; 0: one per core.", metavar="N")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of everything random.", metavar="N")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else on standard output.")]


def _output(json: bool) -> "Output":
    from api.console import Output

    return Output(json)


def explain(
    file: File,
    cores: Annotated[int, typer.Option(min=1, max=9, help="Contradictions to look for, at most.", metavar="N")] = 1,
    seconds: Annotated[float, typer.Option(min=0.1, help="Time limit.", metavar="SECONDS")] = 120.0,
    workers: Workers = 0,
    seed: Seed = 0,
    ignore_unsupported: Ignore = False,
    json: Json = False,
) -> None:
    """Say why there is no timetable: the few facts that cannot hold together, with their cells."""
    from api.verbs.explain import explain as verb
    from solver.limits import Limits

    limits = Limits(seconds=seconds, workers=workers, seed=seed)
    raise typer.Exit(verb(file, cores, limits, ignore_unsupported, _output(json)))


def fixes(
    file: File,
    count: Annotated[int, typer.Option(min=1, max=20, help="Fixes to look for, at most.", metavar="N")] = 5,
    apply: Annotated[
        int | None, typer.Option(min=1, help="Carry out this one of the fixes.", metavar="N", show_default=False)
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Where the changed school goes: .xlsx or .json.", show_default=False
        ),
    ] = None,
    seconds: Annotated[float, typer.Option(min=0.1, help="Time limit.", metavar="SECONDS")] = 300.0,
    workers: Workers = 0,
    seed: Seed = 0,
    ignore_unsupported: Ignore = False,
    json: Json = False,
) -> None:
    """List the cheapest changes that would make a timetable possible, each proven by one."""
    from api.verbs.fixes import fixes as verb
    from solver.limits import Limits

    limits = Limits(seconds=seconds, workers=workers, seed=seed)
    raise typer.Exit(verb(file, count, apply, output, limits, ignore_unsupported, _output(json)))


def register(app: typer.Typer) -> None:
    """Adds the verbs."""
    for verb in (explain, fixes):
        app.command()(verb)
