"""template, generate, demo, bench, help, and the program as a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from api import cli
from datasets.generate import generate
from formats.excel.sheets import SHEETS
from tests.api.command import Command

ROOT = Path(__file__).resolve().parent.parent.parent
VERBS = {command.name or command.callback.__name__ for command in cli.app.registered_commands if command.callback}


def process(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "api.cli", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


def test_help_names_every_verb() -> None:
    found = process("--help")
    assert found.returncode == 0
    assert all(f"│ {verb} " in found.stdout for verb in VERBS)


def test_help_needs_neither_the_solver_nor_the_domain() -> None:
    code = (
        "import sys, api.cli; print(sorted({'pydantic', 'ortools', 'numba', 'openpyxl', 'models'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


def test_without_arguments_it_shows_the_help(command: Command) -> None:
    found = command()
    assert found.code == 2
    assert "Usage: timewright" in found.out + found.err


def test_an_empty_template_can_be_checked(command: Command) -> None:
    assert command("template", "--json").json == {"output": "school.xlsx", "example": False}
    sheets = load_workbook(command.folder / "school.xlsx").sheetnames
    assert [s.name for s in SHEETS] == sheets[1:-1]
    assert command("check", "school.xlsx").code == 3  # nothing is filled in yet
    assert command("template").code == 2
    assert command("template", "--force").code == 0


def test_the_example_is_a_school_without_errors(command: Command) -> None:
    assert command("template", "--example", "-o", "example.xlsx").code == 0
    found = command("check", "example.xlsx", "--json")
    assert (found.code, found.json["errors"], found.json["proofs"]) == (0, [], [])


@pytest.mark.parametrize("ending", ["xlsx", "json"])
def test_generate_writes_the_school_of_its_seed(command: Command, ending: str) -> None:
    found = command("generate", "--classes", 6, "--seed", 4, "-o", f"six.{ending}", "--json").json
    assert (found["classes"], found["seed"], found["counts"]["classes"]) == (6, 4, 6)
    assert found["counts"]["lessons"] == len(generate(6, 4).problem.lessons)
    assert command("check", f"six.{ending}").code == 0


def test_the_demo_goes_the_whole_way(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a small school in place of the sample, whose solving is measured elsewhere."""
    monkeypatch.setattr("datasets.sample.sample", lambda: generate(3, 2))
    found = command("demo", "--seconds", 4)
    assert found.code == 0
    folder = command.folder / "timewright-demo"
    assert {p.name for p in folder.iterdir()} == {"school.xlsx", "timetable.xlsx", "timetable.svg"}
    for text in ("all hard rules kept", "Mon", "08:30–09:15", "Next:", "timewright show"):
        assert text in found.out
    again = command("demo", "--seconds", 2, "--json")
    assert again.json["picture"] == str(Path("timewright-demo/timetable.svg"))
    assert again.json["hard"] == 0


def test_bench_passes_its_arguments_on(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[str]] = []

    def main(arguments: list[str]) -> int:
        given.append(arguments)
        return 1

    monkeypatch.setattr("benchmarks.cli.main", main)
    assert command("bench", "compare", "a.jsonl", "b.jsonl", "--seconds=3").code == 1
    assert given == [["compare", "a.jsonl", "b.jsonl", "--seconds=3"]]


def test_bench_answers_programs_with_one_object(command: Command) -> None:
    run = {"suite": "schools", "case": "c", "solver": "timewright", "seconds": 1.0, "seed": 0, "workers": 1}
    worse = {**run, "complete": False}
    for name, record in (("before.jsonl", {**run, "complete": True}), ("after.jsonl", worse)):
        (command.folder / name).write_text(json.dumps(record) + "\n")
    assert command("bench", "table", "after.jsonl", "--json").json == {"runs": [worse]}
    compared = command("bench", "compare", "before.jsonl", "after.jsonl", "--json")
    assert (compared.code, len(compared.json["worse"])) == (1, 1)


def test_a_closed_pipe_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "api.cli", "--help"]
    found = subprocess.run(command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert b"Traceback" not in found.stderr


def test_hints_can_be_typed_as_they_are(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "check it: timewright check a.xlsx" in command("template", "-o", "a.xlsx").out
    monkeypatch.setenv("TIMEWRIGHT_NAME", "./tw")
    assert "check it: ./tw check b.xlsx" in command("template", "-o", "b.xlsx").out
    assert "Usage: ./tw solve" in command("solve").err
