"""Writes the generated parts of the documentation: python -m scripts.write_docs

A page marks each of them with a line <!-- generated: NAME --> and a line <!-- end -->; what stands between is replaced.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import typer.main
from pydantic import SecretStr
from pydantic_core import PydanticUndefined

from api import cli
from api.limiting import LIMITS
from api.settings import PREFIX, Settings
from benchmarks.report import pictures, report
from formats import FORMATS
from formats.excel import defaults
from formats.excel.rule_names import BY_KIND, spoken
from formats.excel.rule_values import expects, fields_of
from formats.excel.sheets import SETTINGS, SHEETS, Sheet
from formats.excel.write_table import note
from models.base import Value
from models.problem import Problem
from models.rules import Rule
from models.rules.base import LessonRule, ResourceRule
from models.timetable import Timetable
from tests.formats.excel.test_rule_kinds import SAID

ROOT = Path(__file__).resolve().parent.parent
MARK = re.compile(r"(<!-- generated: (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)
TYPES = {
    "number": "whole number",
    "times": "list of cells",
    "yes/no": "`true` or `false`",
    "clock": "minutes since midnight",
    "room": "room id",
    "rooms": "list of room ids",
    "tags": "list of strings",
    "sites": 'list of `{"a": site, "b": site, "minutes": number}`',
}
"""What the fields of a rule are in JSON, by the form they have in the workbook."""


def pages() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def written(text: str) -> str:
    """The page with its generated parts as they should be."""
    return MARK.sub(lambda m: f"{m[1]}\n{part(m[2])}\n\n{m[3]}", text)


def part(name: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(PARTS[name]()).strip()) or "None yet."


def schemas() -> dict[Path, str]:
    """The JSON schemas of what is exchanged, by file."""
    folder = ROOT / "docs" / "schema"
    kinds: dict[str, type[Value]] = {"problem-1.json": Problem, "timetable-1.json": Timetable}
    return {folder / name: json.dumps(kind.model_json_schema(), indent=1) + "\n" for name, kind in kinds.items()}


def plots() -> dict[Path, str]:
    """The pictures of the committed results, by file."""
    return {ROOT / "docs" / "images" / name: text for name, text in pictures().items()}


def fresh() -> dict[Path, str]:
    """Every file with a generated part, as it should be."""
    return {page: written(page.read_text(encoding="utf-8")) for page in pages()} | schemas() | plots()


def outdated() -> list[Path]:
    """Pictures of results that are no longer there."""
    return sorted(set((ROOT / "docs" / "images").glob("benchmark-*.svg")) - plots().keys())


def main() -> None:
    for path in outdated():
        path.unlink()
    for path, text in fresh().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")


def row(*cells: object) -> str:
    return f"| {' | '.join(str(c).replace('|', chr(92) + '|').replace(chr(10), ' ') for c in cells)} |"


def head(*cells: str) -> Iterator[str]:
    yield row(*cells)
    yield row(*("---" for _ in cells))


# ---- rules ----------------------------------------------------------------


def sentence(rule: type[Rule]) -> str:
    """What the rule asks for, from the docstring of its module."""
    return (sys.modules[rule.__module__].__doc__ or "").strip().split("\n\n")[0].replace("\n", " ")


def rule_list() -> Iterator[str]:
    yield from head("Rule", "What it asks for", "About", "Unit of the amount")
    for kind, rule in sorted(BY_KIND.items()):
        yield row(f"[{spoken(kind)}](#{kind.replace('_', '-')})", sentence(rule), about(rule), rule.unit)


def about(rule: type[Rule]) -> str:
    if issubclass(rule, ResourceRule):
        return "teachers, classes, rooms"
    return "lessons" if issubclass(rule, LessonRule) else "all lessons or some"


def rule_details() -> Iterator[str]:
    for kind, rule in sorted(BY_KIND.items()):
        who, value, _ = SAID[kind]
        yield f"\n### {spoken(kind)}\n"
        yield f"{sentence(rule)}\n"
        yield f"{meaning(rule)}\n"
        forms = fields_of(rule)
        if forms:
            yield from head("Field", "Type", "Default")
            for name, form in forms.items():
                yield row(f"`{name}`", type_of(form), default_of(rule, name))
            yield ""
        yield f"Value in the workbook: {expects(rule)}.\n"
        yield from head("Rule", "Applies to", "Value", "Weight")
        yield row(spoken(kind), who, value, 10)


def default_of(rule: type[Rule], name: str) -> str:
    info = rule.model_fields[name]
    return "needed" if info.is_required() else f"`{json.dumps(info.default)}`"


def meaning(rule: type[Rule]) -> str:
    """The docstring of the rule: fields as code, nothing that only a reader of the source would look up."""
    text = re.sub(r" \((?:see )?`[^`]+`\)", "", " ".join((rule.__doc__ or "").split()))
    fields = "|".join(name for name in rule.model_fields if name not in ("kind", "source"))
    return re.sub(rf"(?<![`\w])({fields}):", r"`\1`:", text)


def type_of(form: str) -> str:
    """What a field is in JSON. form: how the workbook has it."""
    return TYPES.get(form) or " or ".join(f'`"{choice}"`' for choice in form.split("|"))


# ---- workbook ----------------------------------------------------------------


def sheets() -> Iterator[str]:
    for sheet in SHEETS:
        yield f"\n### {sheet.name}\n"
        yield f"One row is {sheet.row}. {'Needed.' if sheet.required else 'May be missing.'}\n"
        yield from columns(sheet)


def columns(sheet: Sheet) -> Iterator[str]:
    yield from head("Column", "What it holds", "Example")
    for column in sheet.columns:
        name = f"**{column.name}**" if column.required else column.name
        yield row(name, note(column).replace(" Required.", ""), f"`{column.example}`" if column.example else "")


def formats() -> Iterator[str]:
    yield from head("Format", "Read", "Timetables written by `solve`")
    for each in FORMATS:
        alone = f"timetables alone: {endings(each.solutions)}" if each.solutions else ""
        written = f"{endings(each.solved)}{' for a school of this format' if each.own else ''}"
        yield row(
            each.name, "; ".join(filter(None, (endings(each.read), each.reading, alone))), f"{written}: {each.writing}"
        )


def endings(several: Iterable[str]) -> str:
    return ", ".join(f"`{ending}`" for ending in several)


def settings() -> Iterator[str]:
    yield from head("Setting", "What it is", "Example")
    for setting in SETTINGS:
        yield row(setting.name, setting.note, f"`{setting.example}`")


def default_rules() -> Iterator[str]:
    """The table in the docstring of the module that has them."""
    yield from (line for line in (defaults.__doc__ or "").splitlines() if line.startswith("|"))


# ---- commands ----------------------------------------------------------------


def verbs() -> Iterator[str]:
    yield from head("Verb", "What it does")
    for name, command in commands().items():
        yield row(f"`{name}`", command.help)


def commands() -> dict[str, Any]:
    """By what is typed: "solve", "db upgrade"."""
    group: Any = typer.main.get_command(cli.app)
    found: dict[str, Any] = {}
    for name, command in group.commands.items():
        inner = getattr(command, "commands", None)
        found |= {f"{name} {verb}": part for verb, part in inner.items()} if inner else {name: command}
    return found


def service_settings() -> Iterator[str]:
    yield from head("Variable", "Meaning", "Default")
    for name, info in Settings.model_fields.items():
        default = (
            ""
            if info.is_required() or info.default in ((), "", SecretStr(""), PydanticUndefined)
            else f"`{info.default}`"
        )
        yield row(f"`{PREFIX}{name.upper()}`", str(info.description), default)


def rate_limits() -> Iterator[str]:
    yield from head("Dialect", "Bucket", "At most")
    for dialect, buckets in LIMITS.items():
        for bucket, limit in buckets.items():
            yield row(dialect or "all others", bucket, limit)


def command_reference() -> Iterator[str]:
    for name, command in commands().items():
        arguments = [p for p in command.params if p.param_type_name == "argument"]
        usage = " ".join(p.metavar if p.required else f"[{p.metavar}]" for p in arguments)
        yield f"\n### {name}\n"
        yield f"`{' '.join(filter(None, ('timewright', name, usage, '[OPTIONS]')))}`\n"
        yield f"{command.help}\n"
        if command.params:
            yield from head("Argument or option", "Meaning", "Default")
            for parameter in command.params:
                yield row(*described(parameter))


def described(parameter: Any) -> tuple[str, str, str]:
    if parameter.param_type_name == "argument":
        return f"`{parameter.metavar}`", parameter.help, "" if not parameter.required else "needed"
    names = " ".join(f"`{name}`" for name in parameter.opts)
    value = "" if parameter.is_flag else f" {parameter.metavar}"
    default = "" if parameter.is_flag or parameter.default is None else f"`{parameter.default}`"
    return names + value, parameter.help, default


PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "rule-list": rule_list,
    "rule-details": rule_details,
    "sheets": sheets,
    "formats": formats,
    "settings": settings,
    "default-rules": default_rules,
    "verbs": verbs,
    "commands": command_reference,
    "service-settings": service_settings,
    "rate-limits": rate_limits,
    "measured": report,
}

if __name__ == "__main__":
    main()
