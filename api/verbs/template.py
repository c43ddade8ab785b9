"""timewright template"""

from pathlib import Path

from api.console import Output
from api.errors import DONE
from api.name import program
from api.saving import check_target, save
from api.verbs.checkout import module

EXAMPLE = (6, 1)
"""Classes and seed of the example school."""


def template(output: Path, example: bool, force: bool, out: Output) -> int:
    check_target(output, (".xlsx",), replace=force)
    save(output, _example() if example else _empty())
    out.say(f"Wrote {output}")
    out.say(
        f"Fill it in, then check it: {program()} check {output}" if not example else f"Try: {program()} solve {output}"
    )
    out.result({"output": str(output), "example": example})
    return DONE


def _empty() -> bytes:
    from formats.excel.template import write_template

    return write_template()


def _example() -> bytes:
    from formats.excel.write_input import write_input

    school = module("datasets.generate").generate(*EXAMPLE, "Example school")
    return write_input(school.problem)
