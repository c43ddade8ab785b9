"""Mistakes of the solver itself. None of them is ever shown as an answer."""


class SolverError(Exception):
    """Something inside the solver is wrong; the problem is not to blame."""


class InvalidModel(SolverError):
    """CP-SAT refused the model."""


class ScoreMismatch(SolverError):
    """A timetable does not cost what the solver said it would."""


class SolverDisagreement(SolverError):
    """One solve proved the problem impossible, another one found a timetable."""
