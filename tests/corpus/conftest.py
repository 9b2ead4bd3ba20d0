from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.fixture
def shared() -> Path:
    """The folder of real annotated letters beside the project; the test is skipped without it."""
    folder = Path(__file__).resolve().parents[3] / "shared"
    if not (folder / "score.py").is_file():
        pytest.skip("../shared is not here")
    return folder


@pytest.fixture
def write_gold(tmp_path: Path):
    """Write gold dicts by name into a folder of their own."""

    def write(**letters: dict) -> Path:
        for name, gold in letters.items():
            (tmp_path / f"{name}.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
        return tmp_path

    return write
