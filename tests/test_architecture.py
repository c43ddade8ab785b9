"""What import-linter cannot say: an allow-list for the domain's imports."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = sys.stdlib_module_names | {"models", "pydantic", "pydantic_core"}


def imported(source: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(str(node.module).split(".")[0])
    return names


@pytest.mark.parametrize("source", sorted((ROOT / "models").rglob("*.py")), ids=lambda path: path.stem)
def test_models_import_the_standard_library_and_pydantic_only(source: Path) -> None:
    assert imported(source) <= ALLOWED
