"""The verbs that look into timetables: why-not, alternatives, diff, robustness, verify."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from api.console import Output

School = Annotated[Path, typer.Argument(metavar="FILE", help="The school, with its timetable if it holds one.")]
Held = Annotated[
    Path | None,
    typer.Argument(metavar="TIMETABLE", help="File with the timetable, if it is another one.", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else on standard output.")]
Ignore = Annotated[
    bool, typer.Option("--ignore-unsupported", help="Leave out what a file asks for and no rule expresses.")
]


def _output(json: bool) -> "Output":
    from api.console import Output

    return Output(json)


def why_not(
    file: School,
    lesson: Annotated[str, typer.Argument(metavar="LESSON", help="Id or title of the lesson.")],
    timetable: Held = None,
    at: Annotated[str | None, typer.Option(help='A time, such as "Mon P3"; else all.', metavar="TIME")] = None,
    room: Annotated[str | None, typer.Option(help="This room; else the best for each time.", metavar="NAME")] = None,
    exact: Annotated[
        float | None,
        typer.Option(min=0.1, help="With --at: let others make way, search so long.", metavar="SECONDS"),
    ] = None,
    ignore_unsupported: Ignore = False,
    json: Json = False,
) -> None:
    """Tell for each place of a lesson what blocks it, what is in the way and what it costs; rank places and swaps."""
    from api.errors import WrongUse
    from api.verbs.why_not import Question
    from api.verbs.why_not import why_not as verb

    if exact is not None and at is None:
        raise WrongUse("--exact needs a time: --at")
    raise typer.Exit(verb(file, timetable, Question(lesson, at, room, exact), ignore_unsupported, _output(json)))


def alternatives(
    file: School,
    count: Annotated[int, typer.Option(min=2, max=20, help="How many timetables.", metavar="N")] = 3,
    apart: Annotated[
        int, typer.Option(min=1, help="At least so many lessons at other times in any two.", metavar="N")
    ] = 10,
    goal: Annotated[
        list[str] | None,
        typer.Option(
            help="What to trade off, up to three times: a goal or a rule.", metavar="NAME", show_default=False
        ),
    ] = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FOLDER", help="Folder for the finished workbooks.")
    ] = Path("alternatives"),
    seconds: Annotated[float, typer.Option(min=1, help="Time limit for all.", metavar="SECONDS")] = 120.0,
    workers: Annotated[int, typer.Option(min=0, help="Threads; 0: one per core.", metavar="N")] = 0,
    seed: Annotated[int, typer.Option(min=0, help="Seed of everything random.", metavar="N")] = 0,
    ignore_unsupported: Ignore = False,
    json: Json = False,
) -> None:
    """Make several timetables that really differ, and compare them side by side."""
    from api.verbs.alternatives import Wanted
    from api.verbs.alternatives import alternatives as verb
    from solver.limits import Limits

    limits = Limits(seconds=seconds, workers=workers, seed=seed)
    wanted = Wanted(count, apart, tuple(goal or ()))
    raise typer.Exit(verb(file, wanted, output, limits, ignore_unsupported, _output(json)))


def diff(
    file: School,
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help="A timetable of the school.")],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="Another one.")],
    ignore_unsupported: Ignore = False,
    json: Json = False,
) -> None:
    """Compare two timetables of a school, lesson by lesson and rule by rule."""
    from api.verbs.diff import diff as verb

    raise typer.Exit(verb(file, before, after, ignore_unsupported, _output(json)))


def robustness(file: School, timetable: Held = None, ignore_unsupported: Ignore = False, json: Json = False) -> None:
    """Tell who and what is free in each period, and which periods are weak."""
    from api.verbs.robustness import report as verb

    raise typer.Exit(verb(file, timetable, ignore_unsupported, _output(json)))


def verify(
    certificate: Annotated[Path, typer.Argument(metavar="CERTIFICATE", help="Written by solve --certificate.")],
    school: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The school, or the finished workbook.", show_default=False)
    ] = None,
    timetable: Held = None,
    ignore_unsupported: Ignore = False,
    json: Json = False,
) -> None:
    """Check a certificate by the definitions of the rules, without a solver."""
    from api.verbs.verify import verify as verb

    raise typer.Exit(verb(certificate, school, timetable, ignore_unsupported, _output(json)))


def register(app: typer.Typer) -> None:
    """Adds these verbs to the command line."""
    app.command("why-not")(why_not)
    for command in (alternatives, diff, robustness, verify):
        app.command()(command)
