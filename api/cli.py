"""The command line. What a verb needs is imported when it is called, so that help comes at once.

Exit codes: 0 done, 1 a mistake of the program, 2 wrong use, 3 errors in the input, 4 proven infeasible, 5 nothing
complete found in time, 130 stopped.
"""

import json as json_module
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from api import infeasible_cli, insight_cli, service_cli
from api.errors import DONE, STOPPED, WRONG_USE, CommandError, WrongUse
from api.name import program
from formats import FORMATS, WORKBOOK

if TYPE_CHECKING:
    from api.console import Output

app = typer.Typer(
    name="timewright",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Makes, checks and shows school timetables.",
    epilog="Exit codes: 0 done, 2 wrong use, 3 errors in the input, 4 proven infeasible, "
    "5 nothing complete found in time.",
)

OTHERS = [ending for each in FORMATS if each is not WORKBOOK for ending in each.read]

File = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help=f"Workbook (.xlsx, .ods, a folder or .zip of .csv), {', '.join(OTHERS[:-1])} or {OTHERS[-1]}.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else on standard output.")]
Ignore = Annotated[
    bool, typer.Option("--ignore-unsupported", help="Leave out what a file asks for and no rule expresses.")
]
Wishes = Annotated[
    Literal["UD1", "UD2", "UD3", "UD4", "UD5"],
    typer.Option("--formulation", help="Whose wishes count in a .ctt or .ectt file.", metavar="UD1..UD5"),
]
Seed = Annotated[int, typer.Option(min=0, help="Seed of everything random.", metavar="N")]
Certificate = Annotated[
    Path | None, typer.Option(help="Write what `verify` checks: hash, versions, score.", metavar="FILE")
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the file if it exists.")]


def _output(json: bool) -> "Output":
    from api.console import Output

    return Output(json)


@app.command()
def template(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Workbook to write.")] = Path(
        "school.xlsx"
    ),
    example: Annotated[bool, typer.Option("--example", help="Fill it with a small example school.")] = False,
    force: Force = False,
    json: Json = False,
) -> None:
    """Write an empty school workbook to fill in."""
    from api.verbs.template import template as verb

    raise typer.Exit(verb(output, example, force, _output(json)))


@app.command()
def check(
    file: File,
    annotate: Annotated[
        Path | None, typer.Option(help="Write a copy of the workbook with its problems marked (.xlsx).", metavar="FILE")
    ] = None,
    ignore_unsupported: Ignore = False,
    formulation: Wishes = "UD2",
    json: Json = False,
) -> None:
    """Read a file and report errors, proofs that no timetable can exist, and the score of its timetable."""
    from api.verbs.check import check as verb

    raise typer.Exit(verb(file, annotate, ignore_unsupported, _output(json), formulation))


@app.command()
def solve(
    file: File,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Where the timetable goes: .xlsx, .json, .fet for a .fet file, .xml for an .xml file, "
            ".sol for a .ctt or .ectt file. "
            "By default FILE-timetable.xlsx in the current folder.",
            show_default=False,
        ),
    ] = None,
    seconds: Annotated[float, typer.Option(min=0.1, help="Time limit.", metavar="SECONDS")] = 60.0,
    workers: Annotated[int, typer.Option(min=0, help="Threads; 0: one per core.", metavar="N")] = 0,
    seed: Seed = 0,
    first: Annotated[bool, typer.Option("--first", help="Stop at the first complete timetable.")] = False,
    gap: Annotated[
        float | None, typer.Option(min=0, help="Stop this close to the proven bound: 0.05 is 5 %.", metavar="SHARE")
    ] = None,
    patience: Annotated[
        float | None, typer.Option(min=0, help="Stop after so long without a better timetable.", metavar="SECONDS")
    ] = None,
    ignore_unsupported: Ignore = False,
    formulation: Wishes = "UD2",
    certificate: Certificate = None,
    json: Json = False,
) -> None:
    """Make the timetable. Ctrl-C ends the search and keeps the best one so far."""
    from api.verbs.solve import solve as verb
    from solver.limits import Limits

    limits = Limits(seconds=seconds, workers=workers, seed=seed, first=first, gap=gap, no_improvement=patience)
    raise typer.Exit(verb(file, output, limits, ignore_unsupported, _output(json), formulation, certificate))


@app.command()
def score(
    problem: File,
    timetable: Annotated[
        Path | None,
        typer.Argument(metavar="TIMETABLE", help="File with the timetable, if it is another one.", show_default=False),
    ] = None,
    ignore_unsupported: Ignore = False,
    formulation: Wishes = "UD2",
    json: Json = False,
) -> None:
    """Judge a timetable by every rule."""
    from api.verbs.score import score as verb

    raise typer.Exit(verb(problem, timetable, ignore_unsupported, _output(json), formulation))


@app.command()
def convert(
    source: File,
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="File to write: .xlsx (school workbook) or .json.")],
    ignore_unsupported: Ignore = False,
    formulation: Wishes = "UD2",
    json: Json = False,
) -> None:
    """Write a school, with its timetable if it has one, in another format."""
    from api.verbs.convert import convert as verb

    raise typer.Exit(verb(source, target, ignore_unsupported, _output(json), formulation))


@app.command()
def show(
    timetable: Annotated[
        Path, typer.Argument(metavar="FILE", help="Finished workbook, school workbook with a timetable, or .json.")
    ],
    class_: Annotated[str | None, typer.Option("--class", help="Class to show.", metavar="NAME")] = None,
    teacher: Annotated[str | None, typer.Option(help="Teacher to show.", metavar="NAME")] = None,
    room: Annotated[str | None, typer.Option(help="Room to show.", metavar="NAME")] = None,
    problem: Annotated[
        Path | None, typer.Option(help="The school, if the file holds a timetable alone.", metavar="FILE")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write a file instead: .svg, .html or .pdf (to print), .ics."
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Show the week of a class, teacher or room; without one, of the first class, and in .html and .pdf of all."""
    from api.verbs.show import Wanted
    from api.verbs.show import show as verb

    wanted: list[Wanted] = [("class", class_)] if class_ is not None else []
    wanted += [("teacher", teacher)] if teacher is not None else []
    wanted += [("room", room)] if room is not None else []
    if len(wanted) > 1:
        raise WrongUse("give one of --class, --teacher and --room")
    raise typer.Exit(verb(timetable, problem, wanted[0] if wanted else None, output, _output(json)))


@app.command()
def repair(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Finished workbook, school workbook with a timetable, .fet or .json.")
    ],
    timetable: Annotated[
        Path | None,
        typer.Argument(metavar="TIMETABLE", help="File with the timetable, if it is another one.", show_default=False),
    ] = None,
    change: Annotated[
        list[str] | None,
        typer.Option(
            help='What changes: "teacher T07 absent Mon P1-P4", "room R3 closed Tue", '
            '"teacher, class or room NAME unavailable TIMES", "remove lesson ID", "resize lesson ID to 2", '
            '"unpin lesson ID", "add lesson like ID". Any number of times.',
            metavar="WORDS",
        ),
    ] = None,
    changes: Annotated[Path | None, typer.Option(help="JSON: a list of changes.", metavar="FILE")] = None,
    locked: Annotated[
        list[str] | None, typer.Option(help="Lesson that stays as it is. Any number of times.", metavar="LESSON")
    ] = None,
    earliest: Annotated[
        str | None,
        typer.Option("--from", help='Nothing before this time changes: "Wed", "2026-03-02".', metavar="TIME"),
    ] = None,
    most: Annotated[int | None, typer.Option(min=0, help="Lessons that may move to another time.", metavar="N")] = None,
    seconds: Annotated[float, typer.Option(min=0.1, help="Time limit.", metavar="SECONDS")] = 60.0,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write the repaired timetable: .xlsx or .json."),
    ] = None,
    workers: Annotated[int, typer.Option(min=0, help="Threads; 0: one per core.", metavar="N")] = 0,
    seed: Seed = 0,
    ignore_unsupported: Ignore = False,
    json: Json = False,
) -> None:
    """Repair a timetable with the fewest changes, and say whether fewer are impossible."""
    from api.verbs.repair import Asked
    from api.verbs.repair import repair as verb
    from solver.limits import Limits

    asked = Asked(tuple(change or ()), changes, tuple(locked or ()), earliest, most)
    limits = Limits(seconds=seconds, workers=workers, seed=seed)
    raise typer.Exit(verb(file, timetable, asked, output, limits, ignore_unsupported, _output(json)))


@app.command()
def cover(
    timetable: Annotated[
        Path, typer.Argument(metavar="FILE", help="Finished workbook, school workbook with a timetable, .fet or .json.")
    ],
    absent: Annotated[
        list[str], typer.Option(help='Who is away, and when: "T07", "T07: Mon", "T07: Mon P1-P3, Tue".', metavar="WHO")
    ],
    protected: Annotated[
        list[str] | None, typer.Option(help='Times that stay free for a teacher: "T03: Wed P5".', metavar="WHO")
    ] = None,
    week: Annotated[
        str | None, typer.Option(help="The week of the absences, where weeks differ.", metavar="NAME")
    ] = None,
    earliest: Annotated[
        str | None,
        typer.Option(
            "--from", help="No lesson is moved to an earlier time. Default: the first day away.", metavar="WHEN"
        ),
    ] = None,
    counts: Annotated[
        Path | None,
        typer.Option(
            help="JSON: how often each teacher has covered lately, or the plan written last time.", metavar="FILE"
        ),
    ] = None,
    weights: Annotated[
        Path | None, typer.Option(help="JSON: prices other than the usual ones.", metavar="FILE")
    ] = None,
    most_per_day: Annotated[int, typer.Option(min=0, help="Periods a person covers a day; 0: any.", metavar="N")] = 2,
    most: Annotated[
        int | None, typer.Option(min=1, help="Periods a person covers in the whole plan.", metavar="N")
    ] = None,
    not_alone: Annotated[
        list[str] | None, typer.Option(help="Class that is never left to supervised study.", metavar="CLASS")
    ] = None,
    moves: Annotated[bool, typer.Option(help="Whether lessons may be moved, swapped or taught together.")] = True,
    seconds: Annotated[float, typer.Option(min=0.1, help="Time limit.", metavar="SECONDS")] = 30.0,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the plan: .xlsx or .json.")
    ] = None,
    json: Json = False,
) -> None:
    """Plan who takes the lessons of absent teachers."""
    from api.verbs.cover import Asked
    from api.verbs.cover import cover as verb
    from solver.limits import Limits

    asked = Asked(
        absent=tuple(absent),
        protected=tuple(protected or ()),
        week=week,
        earliest=earliest,
        counts=counts,
        weights=weights,
        most_per_day=most_per_day,
        most=most,
        not_alone=tuple(not_alone or ()),
        moves=moves,
    )
    raise typer.Exit(verb(timetable, asked, output, Limits(seconds=seconds), _output(json)))


@app.command()
def demo(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FOLDER", help="Folder of the files it writes, or writes anew.")
    ] = Path("timewright-demo"),
    seconds: Annotated[float, typer.Option(min=0.1, help="How long to improve it.", metavar="SECONDS")] = 20.0,
    json: Json = False,
) -> None:
    """Make the timetable of the sample school, from its workbook to printable weeks."""
    from api.verbs.demo import demo as verb

    raise typer.Exit(verb(output, seconds, _output(json)))


@app.command()
def generate(
    classes: Annotated[int, typer.Option(min=6, max=200, help="Number of classes.", metavar="N")] = 24,
    seed: Seed = 1,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="File to write: .xlsx or .json.")
    ] = Path("school.xlsx"),
    force: Force = False,
    json: Json = False,
) -> None:
    """Make up a school that certainly has a timetable."""
    from api.verbs.generate import generate as verb

    raise typer.Exit(verb(classes, seed, output, force, _output(json)))


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    options_metavar="SUITE [OPTIONS]",
)
def bench(context: typer.Context) -> None:
    """Run the benchmarks (in a checkout only); `bench --help` names suites and options."""
    from api.verbs.bench import bench as verb

    raise typer.Exit(verb(context.args))


infeasible_cli.register(app)
insight_cli.register(app)
service_cli.register(app)


UsageError: Any = typer.BadParameter.__base__
"""What the library raises for arguments it cannot use; it does not export the name."""


def main() -> None:
    """Runs a command; what is wrong with the input is said in sentences, never as a traceback."""
    json = "--json" in sys.argv[1:]
    try:
        sys.exit(app(prog_name=program(), standalone_mode=not json))
    except CommandError as error:
        _output(json).complain(error.problems, error.hint)
        sys.exit(_failed(json, error.code, *error.problems, **error.more))
    except UsageError as error:
        sys.exit(_failed(json, WRONG_USE, error.format_message()))
    except KeyboardInterrupt:
        sys.exit(_failed(json, STOPPED, "stopped"))
    except BrokenPipeError:
        # The reader of a pipe has seen enough; nothing may be written at exit either.
        sys.stdout = None
        sys.exit(DONE)


def _failed(json: bool, code: int, *problems: str, **more: Any) -> int:
    """The exit code, after the one JSON object where it is asked for."""
    if json:
        answer = {"errors": [{"message": problem} for problem in problems], "exit_code": code, **more}
        sys.stdout.write(json_module.dumps(answer, ensure_ascii=False) + "\n")
    return code


if __name__ == "__main__":
    main()
