"""Starting the program and its like as people do: as commands, in an environment of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

DONDOC = str(Path(sys.executable).with_name("dondoc"))
"""The program beside this interpreter."""


class Failed(Exception):
    """A command that is measured did not do its work: there is no figure to give."""


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """The environment without the office's own settings, with a data folder of the bench."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("DONDOC_")}
    return kept | {"DONDOC_DATA_DIR": str(folder / "data"), "OMP_THREAD_LIMIT": "1", "NO_COLOR": "1"} | settings


def seconds_of(command: Sequence[str], env: dict[str, str], *, limit: float = 300) -> float:
    """The seconds of a command that must succeed; raises `Failed` with the end of what it said."""
    started = time.perf_counter()
    try:
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired as error:
        raise Failed(f"{Path(command[0]).name}: quá {limit:.0f} giây (more than {limit:.0f} seconds)") from error
    spent = time.perf_counter() - started
    if done.returncode:
        raise Failed(f"{Path(command[0]).name}: mã {done.returncode}: {(done.stderr or done.stdout)[-400:]}")
    return spent
