"""What git tracks: no addresses of package registries, no paths of a developer's machine, no lost page."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REGISTRIES = [rb"pypi\.org", rb"pythonhosted\.org", rb"registry\.npmjs\.org", rb"deb\.debian\.org"]
MACHINE_PATHS = [rb"(?<![\w.*/-])/(?:work|root|home|opt|tmp/bash_jobs)/\w"]
FORBIDDEN = re.compile(b"|".join(REGISTRIES + MACHINE_PATHS))
MARKDOWN_LINK = re.compile(r"\]\((?!\w+:|#)([^)\s#]+)[^)]*\)")


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout")
    paths = (ROOT / name for name in listing.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


def links(page: Path) -> set[Path]:
    return {(page.parent / target).resolve() for target in MARKDOWN_LINK.findall(page.read_text(encoding="utf-8"))}


def test_no_registry_address_and_no_machine_path() -> None:
    hits = [
        f"{path.relative_to(ROOT)}: {match.group().decode()}"
        for path in tracked()
        if (match := FORBIDDEN.search(path.read_bytes()))
    ]
    assert not hits


def test_links_between_pages_lead_somewhere() -> None:
    pages = [path for path in tracked() if path.suffix == ".md"]
    broken = [f"{page.name} -> {target}" for page in pages for target in links(page) if not target.exists()]
    assert not broken


def test_every_page_of_the_documentation_is_reached_from_the_readme() -> None:
    pages = {path for path in tracked() if path.is_relative_to(ROOT / "docs") and path.suffix == ".md"}
    reached: set[Path] = set()
    ahead = {ROOT / "README.md"}
    while ahead:
        page = ahead.pop()
        reached.add(page)
        if page.is_file() and page.suffix == ".md":
            ahead |= links(page) - reached
    assert not pages - reached
