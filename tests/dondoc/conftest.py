"""The program as a user runs it: its own process, a data folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


def environment(data_dir: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DONDOC_")}
    return kept | {"DONDOC_DATA_DIR": str(data_dir), "DONDOC_WORKERS": "2", "OMP_THREAD_LIMIT": "1"}


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def dondoc(data_dir: Path) -> Iterator[Run]:
    """Run `dondoc` with arguments; standard output and error are captured."""

    def run(*args: str | Path, timeout: float = 240, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "dondoc", *map(str, args)],
            env=environment(data_dir) | env, capture_output=True, text=True, timeout=timeout, check=False,
        )  # fmt: skip

    return run
