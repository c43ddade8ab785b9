"""The timing of the parts around a search."""

from pathlib import Path

import pytest

from benchmarks import parts
from benchmarks.records import read_records


def test_every_part_is_timed_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PARTS", tuple(part._replace(classes=6) for part in parts.PARTS))
    told: list[str] = []
    records = parts.measure(tmp_path / "parts.jsonl", told.append)
    assert records == read_records(tmp_path / "parts.jsonl")
    assert [r["part"] for r in records] == [part.name for part in parts.PARTS]
    assert all(len(r["seconds"]) == parts.REPEATS and min(r["seconds"]) > 0 for r in records)
    assert len(told) == len(records)
    assert all(f"| {r['part']} | 6 | {r['lessons']} |" in parts.table(records) for r in records)
