"""The verbs of the service: db, user, token, demo-data, serve, worker."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.errors import WrongUse
from api.starting import without_collecting

if TYPE_CHECKING:
    from api.console import Output

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else on standard output.")]
Database = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="sqlite:///FILE or postgresql://...; by default TIMEWRIGHT_DATABASE, else a file in timewright-data.",
        show_default=False,
    ),
]
Organisation = Annotated[
    str | None, typer.Option(help="Name or id, where an address exists in several.", metavar="NAME", show_default=False)
]

db = typer.Typer(no_args_is_help=True, help="Create and upgrade the tables of the service.")
user = typer.Typer(no_args_is_help=True, help="People who use the service.")


def _output(json: bool) -> "Output":
    from api.console import Output

    return Output(json)


@db.command()
def upgrade(
    database: Database = None,
    to: Annotated[str | None, typer.Option(help="Revision; by default the newest.", metavar="REVISION")] = None,
    json: Json = False,
) -> None:
    """Bring the database to the tables this program expects."""
    from api.verbs.db import db_upgrade as verb

    raise typer.Exit(verb(database, to, _output(json)))


@db.command()
def downgrade(
    to: Annotated[str, typer.Option(help="Revision, or base for no tables at all.", metavar="REVISION")],
    database: Database = None,
    json: Json = False,
) -> None:
    """Bring the database back to an older revision; what newer tables hold is lost."""
    from api.verbs.db import db_downgrade as verb

    raise typer.Exit(verb(database, to, _output(json)))


@db.command()
def rotate_keys(database: Database = None, json: Json = False) -> None:
    """Sign logins with a new key from now on."""
    from api.verbs.db import db_rotate_keys as verb

    raise typer.Exit(verb(database, _output(json)))


@user.command()
def add(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="Address to sign in with.")],
    organisation: Annotated[
        str, typer.Option(help="Name or id; made if there is none of that name.", metavar="NAME", show_default=False)
    ],
    role: Annotated[list[str], typer.Option(help="Role in the dialect; may be repeated.", metavar="ROLE")],
    dialect: Annotated[str, typer.Option(help="Product the organisation uses.", metavar="NAME")] = "director",
    name: Annotated[str, typer.Option(help="Name of the person; by default the address.", metavar="NAME")] = "",
    zone: Annotated[str, typer.Option(help="Time zone of a new organisation.", metavar="ZONE")] = "UTC",
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input; else one is made.")
    ] = False,
    database: Database = None,
    json: Json = False,
) -> None:
    """Add a person, and their organisation if it is new."""
    from api.verbs.user import NewUser
    from api.verbs.user import user_add as verb

    wanted = NewUser(name or email, email, organisation, dialect, tuple(role), zone, password_stdin)
    raise typer.Exit(verb(wanted, database, _output(json)))


def token(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="Whose token.")],
    organisation: Organisation = None,
    name: Annotated[str, typer.Option(help="What the token is for.", metavar="TEXT")] = "command line",
    scope: Annotated[
        list[str] | None, typer.Option(help="read or write; by default all the person may do.", metavar="SCOPE")
    ] = None,
    days: Annotated[
        float | None, typer.Option(min=0.001, help="How long it is good for; by default until revoked.", metavar="DAYS")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the tokens of the person instead.")] = False,
    revoke: Annotated[str | None, typer.Option(help="Revoke the token of this id instead.", metavar="ID")] = None,
    database: Database = None,
    json: Json = False,
) -> None:
    """Make an API token, list tokens, or revoke one."""
    from api.verbs import user as verbs

    if list_ and revoke:
        raise WrongUse("give one of --list and --revoke")
    if list_:
        code = verbs.token_list(email, organisation, database, _output(json))
    elif revoke:
        code = verbs.token_revoke(email, organisation, revoke, database, _output(json))
    else:
        wanted = verbs.NewToken(name, tuple(scope or ()), days)
        code = verbs.token_create(email, organisation, wanted, database, _output(json))
    raise typer.Exit(code)


def demo_data(
    dialect: Annotated[str | None, typer.Option(help="Only this dialect; by default all.", metavar="NAME")] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, help="Equal seeds give equal ids and tokens; by default random.", metavar="N")
    ] = None,
    database: Database = None,
    json: Json = False,
) -> None:
    """Make demo organisations with people of every role, and print how to sign in."""
    from api.verbs.demo_data import demo_data as verb

    raise typer.Exit(verb(dialect, seed, database, _output(json)))


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; by default 127.0.0.1.", metavar="ADDRESS")
    ] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; by default 8000.", metavar="PORT")] = None,
    demo: Annotated[
        bool | None,
        typer.Option("--demo/--no-demo", help="Demo data into an empty database; by default if nothing is configured."),
    ] = None,
    workers: Annotated[
        int, typer.Option(min=0, help="Processes that make timetables; 0 where others do it.", metavar="N")
    ] = 1,
    database: Database = None,
) -> None:
    """Run the service."""
    with without_collecting():
        from api.verbs.serve import serve as verb

        raise typer.Exit(verb(host, port, database, demo, workers, _output(False)))


def worker(
    jobs: Annotated[int, typer.Option(min=1, help="Jobs at the same time.", metavar="N")] = 1,
    threads: Annotated[
        int, typer.Option(min=0, help="Threads of each search; by default one per core.", metavar="N")
    ] = 0,
    with_parent: Annotated[
        bool, typer.Option("--with-parent", help="End when standard input is closed.", hidden=True)
    ] = False,
    database: Database = None,
) -> None:
    """Make the timetables that the service is asked for; add as many workers as you like."""
    from api.verbs.worker import worker as verb

    raise typer.Exit(verb(database, jobs, threads, with_parent, _output(False)))


def register(app: typer.Typer) -> None:
    """Adds these verbs to the command line."""
    app.add_typer(db, name="db")
    app.add_typer(user, name="user")
    app.command()(token)
    app.command("demo-data")(demo_data)
    app.command()(serve)
    app.command()(worker)
