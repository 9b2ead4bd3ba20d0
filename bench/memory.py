"""Peak memory: of a piece of this process exactly, of another process and its children by looking often."""

from __future__ import annotations

import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MB = 1_000_000
_STEP = 0.05


class Peaks:
    """Highest resident memory seen within each named piece of this process, in bytes."""

    def __init__(self) -> None:
        self.bytes: dict[str, int] = {}

    @contextmanager
    def within(self, name: str, *, children: bool = False) -> Iterator[None]:
        """Keep the peak of what runs inside; with `children` the largest child's peak is added.

        The kernel's own high-water mark is set back first, so nothing between
        two looks is missed.
        """
        _reset()
        try:
            yield
        finally:
            seen = high_water()
            if children:
                seen += resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
            self.bytes[name] = max(self.bytes.get(name, 0), seen)


def _reset() -> None:
    # proc(5): writing 5 to clear_refs resets the peak resident set size.
    Path("/proc/self/clear_refs").write_text("5")


def high_water() -> int:
    """The highest resident memory of this process since it began or since `_reset`, in bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


class Watch:
    """Looks at a process and all below it twenty times a second; `peak` is the most memory seen, in bytes."""

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._pid = pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        from ingest.pool import memory_of

        while not self._stop.wait(_STEP):
            self.peak = max(self.peak, memory_of(self._pid))
