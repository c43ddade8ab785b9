"""The documentation: nothing is missing, nothing generated is stale, every command in it exists."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from api import errors
from formats import FORMATS
from formats.excel.rule_names import spoken
from formats.excel.sheets import SETTINGS, SHEETS
from models.rules import RULES, STRUCTURAL
from scripts.write_docs import MARK, PARTS, ROOT, commands, fresh, outdated, pages

PAGES = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in pages()}
DOCS = "\n".join(text for name, text in PAGES.items() if name.startswith("docs/"))
SHELL = [
    line
    for text in PAGES.values()
    for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    for line in block.splitlines()
]
CALLS = [line.split("#")[0].split(maxsplit=1) for line in SHELL if line.startswith(("timewright ", "./tw "))]


@pytest.mark.parametrize(("path", "text"), fresh().items(), ids=lambda x: x.name if isinstance(x, Path) else "")
def test_what_is_generated_is_fresh(path: Path, text: str) -> None:
    assert path.read_text(encoding="utf-8") == text, "call: python -m scripts.write_docs"


def test_no_picture_is_left_of_results_that_are_gone() -> None:
    assert outdated() == []


def test_every_generated_part_is_on_a_page() -> None:
    marks = [mark[1] for text in PAGES.values() for mark in MARK.findall(text)]
    assert sorted(marks) == sorted(PARTS)


@pytest.mark.parametrize("rule", [*RULES, *map(type, STRUCTURAL)], ids=lambda rule: str(rule.__name__))
def test_every_rule_is_documented(rule: Any) -> None:
    name = spoken(rule.model_fields["kind"].default)
    assert f"\n### {name}\n" in DOCS or f"*{name}*" in DOCS


def test_every_sheet_column_and_setting_is_documented() -> None:
    workbook = PAGES["docs/workbook.md"]
    for sheet in SHEETS:
        section = workbook.split(f"\n### {sheet.name}\n")[1].split("\n##")[0]
        for column in sheet.columns:
            assert f"| {'**' if column.required else ''}{column.name}" in section
    assert all(f"| {setting.name} |" in workbook for setting in SETTINGS)


def test_every_verb_and_option_is_documented() -> None:
    for name, command in commands().items():
        section = PAGES["docs/commands.md"].split(f"\n### {name}\n")[1].split("\n###")[0]
        assert all(
            f"`{option}`" in section for p in command.params if p.param_type_name == "option" for option in p.opts
        )
        assert f"| `{name}` |" in PAGES["README.md"]


def test_every_exit_code_is_documented() -> None:
    codes = [value for name, value in vars(errors).items() if name.isupper()]
    assert len(codes) == 6
    assert all(f"\n| {code} | " in PAGES["docs/commands.md"] for code in codes)


def test_every_format_is_documented() -> None:
    endings = {ending for each in FORMATS for ending in (*each.read, *each.solutions, *each.solved)}
    assert all(f"`{ending}`" in PAGES["docs/how-to.md"] for ending in (*endings, ".svg"))


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_commands_in_the_documentation_exist(call: list[str]) -> None:
    verb, *arguments = shlex.split(call[1])
    if verb in ("test", "ANYTHING"):
        return
    command = commands()[verb] if verb in commands() else commands()[f"{verb} {arguments.pop(0)}"]
    options = {option for parameter in command.params for option in parameter.opts}
    if verb != "bench":
        assert {a for a in arguments if a.startswith("-")} <= options


def test_the_picture_was_rendered_by_the_program() -> None:
    picture = (ROOT / "docs/images/timetable.svg").read_text(encoding="utf-8")
    assert "docs/images/timetable.svg" in PAGES["README.md"]
    assert picture.startswith("<svg")
    assert "Mathematics" in picture
