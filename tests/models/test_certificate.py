"""Certificates: what they hold, and that anything tampered with is named."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from models.certificate import Certificate, Claim, certify, differences, hash_of, sealed
from models.problem import Problem
from models.score import score
from models.timetable import Placement, Timetable
from tests.formats.little_school import PROBLEM, TIMETABLE
from tests.strategies import changed

ROOT = Path(__file__).resolve().parents[2]
STATUS = "feasible" if score(PROBLEM, TIMETABLE).complete else "partial"


def certificate(**fields: Any) -> Certificate:
    made = certify(PROBLEM, TIMETABLE, Claim(status=STATUS, bound=0, seed=7))
    return sealed(Certificate.model_validate({**made.model_dump(), **fields}))


def sentences(
    made: Certificate, problem: Problem | None = PROBLEM, timetable: Timetable | None = TIMETABLE
) -> list[str]:
    return [d.sentence for d in differences(made, problem, timetable)]


def moved(number: int) -> Timetable:
    """With one lesson a period later."""
    places = list(TIMETABLE.placements)
    old = places[number]
    places[number] = Placement(lesson=old.lesson, start=old.start + 1, rooms=old.rooms, teachers=old.teachers)
    return Timetable(placements=tuple(places), unplaced=TIMETABLE.unplaced)


def test_what_was_certified_agrees_also_after_writing_and_reading() -> None:
    again = Certificate.model_validate_json(certificate().model_dump_json())
    assert again == certificate()
    assert sentences(again) == []
    assert sentences(again, None, None) == []


def test_it_holds_hash_versions_and_claim() -> None:
    made = certificate()
    assert made.problem == hash_of(PROBLEM)
    assert made.versions["python"] == ".".join(map(str, sys.version_info[:3]))
    assert (made.claim.seed, made.claim.bound) == (7, 0)


def test_another_problem_is_named_by_its_part() -> None:
    rules = tuple(r.model_copy(update={"weight": 99}) if r.weight else r for r in PROBLEM.rules)
    found = sentences(certificate(), changed(PROBLEM, rules=rules), None)
    assert found[0] == "the rules of the problem are not those certified"
    assert all("certified" in sentence for sentence in found)


def test_a_moved_lesson_is_named_with_both_places() -> None:
    first = TIMETABLE.placements[0]
    here, there = (PROBLEM.grid.label(c) for c in (first.start, first.start + 1))
    (sentence,) = sentences(certificate(), PROBLEM, moved(0))
    assert sentence.startswith(f"lesson {first.lesson}: {there}")
    assert f"certified: {here}" in sentence


def test_a_lesson_left_out_is_nowhere() -> None:
    fewer = Timetable(placements=TIMETABLE.placements[1:])
    assert sentences(certificate(), PROBLEM, fewer)[0].startswith(f"lesson {TIMETABLE.placements[0].lesson}: nowhere")


def test_a_tampered_score_is_judged_again() -> None:
    total = certificate().score
    assert total is not None
    found = sentences(certificate(score={**total.model_dump(), "soft": total.soft + 1}))
    assert f"soft is {total.soft}, certified: {total.soft + 1}" in found
    assert "the penalties of the rules do not add up to that of the timetable" in found


def test_a_timetable_exchanged_in_the_certificate_is_found_by_its_score() -> None:
    # all lessons at once, so that classes clash
    first = (Placement(lesson=p.lesson, start=0, rooms=p.rooms, teachers=p.teachers) for p in TIMETABLE.placements)
    found = sentences(certificate(timetable={"placements": [p.model_dump() for p in first]}), PROBLEM, None)
    assert any(sentence.startswith("hard is ") for sentence in found)
    assert any(sentence.startswith("rule class_clash (hard): amount ") for sentence in found)


def test_a_change_that_alters_no_score_breaks_the_seal() -> None:
    made = certificate().model_copy(update={"claim": Claim(status=STATUS, bound=0, seed=8)})
    assert sentences(made) == ["the certificate has been changed since it was written"]


@pytest.mark.parametrize("status", ["optimal", "feasible", "partial", "infeasible", "unknown"])
def test_a_status_must_fit_the_timetable(status: str) -> None:
    complete = score(PROBLEM, TIMETABLE).complete
    fits = (status in ("optimal", "feasible")) == complete
    found = sentences(certificate(claim={"status": status}))
    assert (found == []) == fits
    assert fits or found[0].startswith(f"the status is {status}, but the timetable is ")


def test_without_a_timetable_the_problem_alone_is_checked() -> None:
    made = certify(PROBLEM, None, Claim(status="infeasible"))
    assert sentences(made, PROBLEM, None) == []
    assert sentences(made) == ["the certificate is of a search without a timetable"]


BLOCKED = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("ortools", "numba", "numpy"):
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Blocked())
sys.argv = ["timewright", "verify", *sys.argv[1:]]
from api.cli import main
main()
"""


def test_verify_needs_neither_ortools_nor_numba(tmp_path: Path) -> None:
    (tmp_path / "certificate.json").write_text(certificate().model_dump_json(), encoding="utf-8")
    (tmp_path / "problem.json").write_text(PROBLEM.model_dump_json(), encoding="utf-8")
    for timetable, code in ((TIMETABLE, 0), (moved(0), 3)):
        (tmp_path / "timetable.json").write_text(timetable.model_dump_json(), encoding="utf-8")
        files = [str(tmp_path / f"{name}.json") for name in ("certificate", "problem", "timetable")]
        ended = subprocess.run(
            [sys.executable, "-c", BLOCKED, *files], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert ended.returncode == code, ended.stderr
