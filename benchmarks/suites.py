"""The suites, by name.

A suite whose cases are problems to solve is made by `solving_suite` (benchmarks/solving.py): it lists cases that open
as problems, and has the usual columns unless it names others. benchmarks/schools.py is the shortest example.

Any other suite states for itself how a case runs and what its table shows:

    SUITE = Suite(
        name="repair",
        about="schools whose timetable an absence or a closed room breaks",
        seconds=10.0,
        cases=lambda: ["absence-24", "absence-50"],
        run=run,
        columns=(outcome("proven"), seconds("time", "seconds_total"), number("moves", "moves"), text("why", "reason")),
        worse=slower("seconds_total", "repaired after"),
    )

`run(case, asked) -> Record` is called in a process of its own that is held to `asked.workers` cores, and gives plain
JSON values: `status` (a word), `complete` (whether it succeeded), and whatever the columns show. Name, limit, seed,
command, memory peak, load and machine are added to it; an exception becomes the record's `error`. A column shows the
runs of a case over all seeds, numbers as their median; ready-made ones are in benchmarks/columns.py, any other is
Column(title, function from the runs to text). `summary`, `plots` and `worse` may be left out.

A new suite is one more line here.
"""

from benchmarks import cbctt, explain, fet, fixes, imports, repair, schools, service, why_not, xhstt
from benchmarks.suite import Suite

SUITES: tuple[Suite, ...] = (
    schools.SUITE,
    fet.SUITE,
    cbctt.SUITE,
    xhstt.SUITE,
    imports.SUITE,
    explain.SUITE,
    fixes.SUITE,
    repair.SUITE,
    why_not.SUITE,
    service.SUITE,
)


def suite(name: str) -> Suite:
    for known in SUITES:
        if known.name == name:
            return known
    raise ValueError(f"no suite {name!r}; there are {', '.join(s.name for s in SUITES)}")
