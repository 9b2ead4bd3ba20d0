"""How long a command takes before it does anything, and the smallest useful one."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

from bench.commands import DONDOC, environment, seconds_of


def measure(folder: Path, *, rounds: int) -> list[dict[str, Any]]:
    """Median and worst seconds of `dondoc --help` and of `dondoc extract` on one short text."""
    from corpus.specimen import letters

    text = folder / "letter.txt"
    text.write_text(letters()[0].text, encoding="utf-8")
    env = environment(folder)
    rows = []
    for name, arguments in (("dondoc --help", ["--help"]), ("dondoc extract NAME.txt", ["extract", str(text)])):
        seconds_of([DONDOC, *arguments], env)  # fills the system's file cache
        seconds = [seconds_of([DONDOC, *arguments], env) for _ in range(rounds)]
        rows.append(
            {"command": name, "median_s": round(statistics.median(seconds), 3), "worst_s": round(max(seconds), 3)}
        )
    return rows
