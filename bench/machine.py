"""What a figure was taken on: class of the machine, versions, and whether it was idle. No names of machines."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

IDLE_LOAD = 0.5
"""Runnable processes per core, a minute's mean, under which a machine counts as idle before a run."""


def describe() -> dict[str, Any]:
    """Cores, memory, system, versions, date and load, taken before anything is measured."""
    cores = len(os.sched_getaffinity(0))
    load = os.getloadavg()[0]
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": cores,
        "processor": _processor(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3, 1),
        "system": _system(),
        "python": platform.python_version(),
        "tesseract": first_line("tesseract", "--version"),
        "ocrmypdf": first_line("ocrmypdf", "--version"),
        "load_before": round(load, 2),
        "idle": load / cores < IDLE_LOAD,
    }


def busy_cores(seconds: float = 3.0) -> float:
    """How many cores are at work for others, over some seconds; the load of the last minutes would count what was just measured."""

    def worked() -> int:
        user, nice, system, _, _, *rest = map(int, Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:])
        return user + nice + system + sum(rest[:3])

    before = worked()
    time.sleep(seconds)
    return (worked() - before) / os.sysconf("SC_CLK_TCK") / seconds


def first_line(*command: str) -> str | None:
    """The first line a program prints of itself; None where it is not installed."""
    if shutil.which(command[0]) is None:
        return None
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    lines = (done.stdout or done.stderr).splitlines()
    return lines[0].strip() if lines else None


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    except OSError:
        return platform.system()
