"""Reader processes that are reused, watched, and killed on a limit.

Original files are hostile until read: each is parsed in a process of its own
that has no secrets in its environment, no network where possible, and limits on
time per page and on memory (its Tesseract children counted in). A worker that
dies or is killed is replaced; the call that lost it gets a clear `BadFile`.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ingest import errors, failures
from ingest.reader_process import Progress, Slot, memory_of, stopped
from ingest.types import Limits, Reading

if TYPE_CHECKING:
    from ingest.arrange import Part
    from ingest.searchable import Written

__all__ = ["ReaderPool", "memory_of"]

_MOST_LOST = 3
"""Pages of one file that may cost a worker its life before the file is given up."""


class ReaderPool:
    """A fixed number of reader processes; `read` may be called from any thread.

    Use as a context manager: at the end all workers are gone. Workers start
    when first needed.
    """

    def __init__(self, workers: int, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._slots: queue.LifoQueue[Slot] = queue.LifoQueue()
        self._closed = threading.Event()
        self._all = [Slot(self._limits, self._closed) for _ in range(max(1, workers))]
        for slot in self._all:
            self._slots.put(slot)

    def __enter__(self) -> ReaderPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Kill all workers. Calls under way fail with `Unavailable` "reader-stopped", for their files are not at fault."""
        self._closed.set()
        for slot in self._all:
            slot.drop()

    def pids(self) -> tuple[int, ...]:
        """The process ids of the workers that run now."""
        return tuple(pid for slot in self._all if (pid := slot.pid) is not None)

    def read(self, path: str | Path, name: str | None = None, progress: Progress | None = None) -> Reading:
        """Read one file in a worker. Raises `BadFile`, `LimitExceeded` or `Unavailable`.

        A page whose reading costs the worker its life is left empty, with a note,
        and the file read on from there; not more than `_MOST_LOST` times.
        """
        from ingest.jsonform import reading_from_json

        shown = name or Path(path).name
        known: dict[int, Any] = {}
        request = {"do": "read", "path": _absolute(path), "name": shown}
        for left in range(_MOST_LOST, -1, -1):
            try:
                message = {**request, "known": list(known.values())}
                result, _ = self._call(message, shown, progress, keep=known)
                break
            except errors.BadFile as error:
                if not left or not _go_on_after(error, known):
                    raise
        try:
            return reading_from_json(result)
        except ValueError as error:
            raise failures.crashed(shown, "bad answer") from error

    def page_image(
        self, path: str | Path, media_type: str, page: int, dpi: int = 110, name: str | None = None
    ) -> bytes:
        """One page (from 1) as PNG, for showing. Raises as `read` does, and `BadRequest` for no such page."""
        shown = name or Path(path).name
        request = {
            "do": "page-image", "path": _absolute(path), "media_type": media_type, "page": page, "dpi": dpi,
            "name": shown,
        }  # fmt: skip
        return self._call(request, shown, None)[1]

    def write_searchable(
        self, path: str | Path, reading: Reading, out: str | Path, *, pdfa: bool = False
    ) -> Written:
        """Write a searchable PDF of the file to `out` in a worker; see `ingest.searchable`."""
        from ingest.jsonform import reading_to_json
        from ingest.searchable import Written

        request = {
            "do": "searchable", "path": _absolute(path), "reading": reading_to_json(reading),
            "out": _absolute(out), "pdfa": pdfa,
        }  # fmt: skip
        signatures, *fonts = self._call(request, reading.name, None, pages=len(reading.pages))[0]
        return Written(int(signatures), tuple(map(str, fonts)))

    def arrange(self, parts: Sequence[Part], out: str | Path, name: str) -> None:
        """Put pages of files together as one PDF at `out` in a worker; see `ingest.arrange`."""
        request = {
            "do": "arrange", "path": _absolute(parts[0].path), "name": name, "out": _absolute(out),
            "parts": [(_absolute(each.path), each.page, each.turn) for each in parts],
        }  # fmt: skip
        self._call(request, name, None, pages=len(parts))

    def _call(
        self,
        request: dict[str, Any],
        name: str,
        progress: Progress | None,
        pages: int = 1,
        keep: dict[int, Any] | None = None,
    ) -> tuple[Any, bytes]:
        slot = self._slots.get()
        try:
            if self._closed.is_set():
                raise stopped(name)
            return slot.call(request, name, progress, pages, keep)
        except (errors.BadFile, errors.Unavailable):
            # The worker was killed because we stop: that says nothing about the file.
            if self._closed.is_set():
                raise stopped(name) from None
            raise
        finally:
            self._slots.put(slot)


def _go_on_after(error: errors.BadFile, known: dict[int, Any]) -> bool:
    """Note the page that cost a worker its life as failed; whether there are others worth reading."""
    from ingest.jsonform import page_from_json, page_to_json
    from ingest.pages import failed, is_failed

    page, total = getattr(error, "_page_lost", (None, 0))
    if page is None or not 1 <= page <= total:
        return False
    before = known.get(page - 1)
    known[page] = page_to_json(failed(page, error.code, page_from_json(before) if before else None))
    return len(known) < total or not all(is_failed(page_from_json(each)) for each in known.values())


def _absolute(path: str | Path) -> str:
    return str(Path(path).resolve())
