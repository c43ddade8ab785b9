"""What is claimed about a result, in a form that can be checked again by the definitions of the rules alone."""

import hashlib
import json
import platform
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Literal, NamedTuple

from pydantic import JsonValue, NonNegativeInt

from models.base import Value
from models.problem import Problem
from models.score import Score, score
from models.timetable import Placement, Timetable

PACKAGES = ("timewright", "ortools", "numba")
COMPLETE = ("optimal", "feasible")


class RuleTotal(Value):
    """Of one kind of rule, as in `score.RuleScore`."""

    name: str
    hard: bool
    amount: NonNegativeInt
    penalty: NonNegativeInt


class Total(Value):
    """As in `score.Score`; rules: those that are broken."""

    hard: NonNegativeInt
    unplaced: NonNegativeInt
    soft: NonNegativeInt
    rules: tuple[RuleTotal, ...] = ()


class Claim(Value):
    """What is not seen in the timetable but known from making it.

    status: optimal, feasible, partial, infeasible or unknown. bound: no timetable has a smaller penalty. limits: those
    of the search. seconds: it took.
    """

    status: str
    bound: int | None = None
    seed: int = 0
    workers: int = 0
    limits: dict[str, JsonValue] = {}  # noqa: RUF012  pydantic copies it
    seconds: float = 0.0


class Certificate(Value):
    """problem: SHA-256 of the problem; parts: of each of its fields, so that a difference can be named. versions:
    package -> version; missing: not installed. timetable and score: None, if there was no timetable. seal: SHA-256 of
    all else, against changes by mistake; it is no signature."""

    schema_version: Literal[1] = 1
    problem: str
    parts: dict[str, str]
    versions: dict[str, str]
    claim: Claim
    timetable: Timetable | None = None
    score: Total | None = None
    seal: str = ""


class Difference(NamedTuple):
    """about: certificate, problem, timetable, score or claim. sentence: what differs."""

    about: str
    sentence: str


def certify(problem: Problem, timetable: Timetable | None, claim: Claim) -> Certificate:
    """ValueError when the timetable does not belong to the problem."""
    judged = None if timetable is None else total_of(score(problem, timetable))
    return sealed(
        Certificate(
            problem=hash_of(problem),
            parts=hashes_of(problem),
            versions=versions(),
            claim=claim,
            timetable=timetable,
            score=judged,
        )
    )


def sealed(certificate: Certificate) -> Certificate:
    return certificate.model_copy(update={"seal": seal_of(certificate)})


def seal_of(certificate: Certificate) -> str:
    return _hash(certificate.model_dump(mode="json", exclude={"seal"}))


def differences(
    certificate: Certificate, problem: Problem | None = None, timetable: Timetable | None = None
) -> list[Difference]:
    """What is not as the certificate says; empty: all that was given agrees. timetable: one to compare with that of
    the certificate. Proofs are not repeated: bound and impossibility are taken as they are, if they fit the rest."""
    found = list(_of_claim(certificate))
    if problem is not None:
        found += _of_problem(certificate, problem)
        found += _of_score(certificate, problem)
    if timetable is not None:
        found += _of_timetable(certificate, timetable, problem)
    return found


def hash_of(value: Value) -> str:
    """SHA-256 of the value as JSON with sorted keys and no spaces."""
    return _hash(value.model_dump(mode="json"))


def hashes_of(problem: Problem) -> dict[str, str]:
    """Field -> its SHA-256."""
    return {name: _hash(content) for name, content in problem.model_dump(mode="json").items()}


def _hash(content: object) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def versions() -> dict[str, str]:
    """Of Python and of the packages that decide what a search does, as far as they are installed."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def total_of(judged: Score) -> Total:
    rules = sorted((r for r in judged.rules if r.amount), key=lambda r: (r.name, r.hard))
    return Total(
        hard=judged.hard,
        unplaced=judged.unplaced,
        soft=judged.soft,
        rules=tuple(RuleTotal(name=r.name, hard=r.hard, amount=r.amount, penalty=r.penalty) for r in rules),
    )


# ---- what can differ ---------------------------------------------------------------------------------------------


def _of_problem(certificate: Certificate, problem: Problem) -> Iterator[Difference]:
    now = hashes_of(problem)
    for name in dict.fromkeys((*now, *certificate.parts)):
        if now.get(name) != certificate.parts.get(name):
            yield Difference("problem", f"the {name.replace('_', ' ')} of the problem are not those certified")
    if hash_of(problem) != certificate.problem and now == certificate.parts:
        yield Difference("problem", "the hash of the problem does not fit the hashes of its parts")


def _of_timetable(certificate: Certificate, timetable: Timetable, problem: Problem | None) -> Iterator[Difference]:
    if certificate.timetable is None:
        yield Difference("timetable", "the certificate is of a search without a timetable")
        return

    def told(place: Placement | None) -> str:
        if place is None:
            return "nowhere"
        fits = problem is not None and place.start < problem.grid.size
        when = problem.grid.label(place.start) if problem is not None and fits else f"cell {place.start}"
        with_whom = (*(r or "no room" for r in place.rooms), *place.teachers)
        return f"{when}{f' ({chr(44).join(with_whom)})' if with_whom else ''}"

    for lesson, certified, now in certificate.timetable.diff(timetable):
        yield Difference("timetable", f"lesson {lesson}: {told(now)}, certified: {told(certified)}")


def _of_score(certificate: Certificate, problem: Problem) -> Iterator[Difference]:
    """The score that the rules give, beside the one certified."""
    if certificate.timetable is None or certificate.score is None:
        return
    try:
        judged = total_of(score(problem, certificate.timetable))
    except ValueError as error:
        yield Difference("timetable", f"the certified timetable does not belong to the problem: {error}")
        return
    for name in ("hard", "unplaced", "soft"):
        now, certified = getattr(judged, name), getattr(certificate.score, name)
        if now != certified:
            yield Difference("score", f"{name} is {now}, certified: {certified}")
    yield from _of_rules(judged, certificate.score)


def _of_rules(judged: Total, certified: Total) -> Iterator[Difference]:
    now, then = ({(r.name, r.hard): (r.amount, r.penalty) for r in x.rules} for x in (judged, certified))
    for name, hard in dict.fromkeys((*now, *then)):
        (amount, penalty), (amount_then, penalty_then) = (x.get((name, hard), (0, 0)) for x in (now, then))
        if (amount, penalty) != (amount_then, penalty_then):
            kind = "hard" if hard else "soft"
            yield Difference(
                "score",
                f"rule {name} ({kind}): amount {amount}, penalty {penalty}; "
                f"certified: amount {amount_then}, penalty {penalty_then}",
            )


def _of_claim(certificate: Certificate) -> Iterator[Difference]:
    """Whether status, bound and score fit each other."""
    claim, total = certificate.claim, certificate.score
    if certificate.seal != seal_of(certificate):
        yield Difference("certificate", "the certificate has been changed since it was written")
    if (total is None) != (certificate.timetable is None):
        yield Difference("claim", "a timetable and its score are certified together or not at all")
    complete = total is not None and not total.hard and not total.unplaced
    for wrong, sentence in CONTRADICTIONS:
        if wrong(claim, total, complete):
            yield Difference("claim", f"the status is {claim.status}, but {sentence}")
    if total is not None and total.soft != sum(r.penalty for r in total.rules):
        yield Difference("score", "the penalties of the rules do not add up to that of the timetable")


CONTRADICTIONS: tuple[tuple[Callable[[Claim, Total | None, bool], bool], str], ...] = (
    (lambda claim, total, complete: claim.status in COMPLETE and not complete, "the timetable is not complete"),
    (lambda claim, total, complete: claim.status not in COMPLETE and complete, "the timetable is complete"),
    (
        lambda claim, total, complete: (
            complete and total is not None and claim.bound is not None and claim.bound > total.soft
        ),
        "the timetable has a smaller penalty than the bound",
    ),
)
"""(whether they contradict each other, how)"""
