"""One reader process: started, watched, killed on a limit, replaced.

It has no secrets in its environment, no network where possible, and limits on
time per page and on memory, its Tesseract children counted in.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ingest
from ingest import errors, failures
from ingest.frames import Unpacker, pack
from ingest.types import Limits

Progress = Callable[[int, int], None]

_START_SECONDS = 120.0
_TICK = 0.05
_JOBS_PER_WORKER = 200
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "HOME", "TESSDATA_PREFIX", "LD_LIBRARY_PATH", "VIRTUAL_ENV",
              "PYTHONHOME", "SYSTEMROOT")  # fmt: skip
"""Environment a worker gets; settings and passwords of the program stay out."""


class Slot:
    """One place in the pool and the worker that sits in it, if any. Used by one thread at a time."""

    def __init__(self, limits: Limits, closed: threading.Event) -> None:
        self._limits = limits
        self._closed = closed
        self._process: subprocess.Popen[bytes] | None = None
        self._unpacker = Unpacker()
        self._folder = ""
        self._jobs = 0
        self._lock = threading.Lock()

    @property
    def pid(self) -> int | None:
        """The process's id while it runs."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def call(
        self,
        request: dict[str, Any],
        name: str,
        progress: Progress | None,
        pages: int,
        keep: dict[int, Any] | None,
    ) -> tuple[Any, bytes]:
        """What the process answers to a request; pages it is done with go to `keep` as plain data."""
        if self._process is None or self._process.poll() is not None or self._jobs >= _JOBS_PER_WORKER:
            self._start(name)
        try:
            return self._once(request, name, progress, pages, keep)
        except _DiedIdle:
            # Killed from outside between two files: one new worker, one new try.
            self._start(name)
        try:
            return self._once(request, name, progress, pages, keep)
        except _DiedIdle as error:
            self.drop()
            raise failures.crashed(name, "not started") from error

    def _once(
        self,
        request: dict[str, Any],
        name: str,
        progress: Progress | None,
        pages: int,
        keep: dict[int, Any] | None,
    ) -> tuple[Any, bytes]:
        self._jobs += 1
        process = self._process
        if process is None:  # dropped this moment: the pool is being closed
            raise _DiedIdle
        try:
            self._write(process, request)
        except OSError as error:
            raise _DiedIdle from error
        try:
            return self._wait(process, name, progress, pages, keep)
        except errors.DondocError as error:
            if getattr(error, "_worker_lost", False):
                self.drop()
            raise
        except _DiedIdle:
            raise
        except BaseException:
            # Ctrl-C, or the caller's own progress failed: the worker is in mid-file.
            self.drop()
            raise

    @staticmethod
    def _write(process: Any, request: dict[str, Any]) -> None:
        process.stdin.write(pack(request))
        process.stdin.flush()

    def _start(self, name: str) -> None:
        self.drop()
        if self._closed.is_set():
            raise stopped(name)
        root = str(Path(ingest.__file__).resolve().parent.parent)
        self._folder = tempfile.mkdtemp(prefix="dondoc-reader-")
        environment = {key: os.environ[key] for key in _PASSED_ON if key in os.environ}
        environment |= {
            "PYTHONPATH": root, "TMPDIR": self._folder, "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1",
            "MALLOC_ARENA_MAX": "2", "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip
        with self._lock:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ingest.worker"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env=environment, cwd=self._folder, start_new_session=True,
            )  # fmt: skip
        self._unpacker = Unpacker()
        self._jobs = 0
        try:
            self._write(self._process, {"limits": dataclasses.asdict(self._limits)})
            message = self._next(self._process, time.monotonic() + _START_SECONDS)
        except (BrokenPipeError, OSError, ValueError, _Lost):
            message = None
        if message is None or message[0].get("event") != "ready":
            self.drop()
            raise errors.Unavailable(
                "reader-unavailable",
                f"Không khởi động được trình đọc cho tệp “{name}”.",
                f"No reader process could be started for the file “{name}”.",
                advice="Hãy kiểm tra bộ nhớ còn trống và thử lại.",
                advice_en="Check the free memory and try again.",
                retry=True,
            )

    def drop(self) -> None:
        """Kill the worker with its whole group and remove its temporary files."""
        with self._lock:
            process, self._process = self._process, None
            folder, self._folder = self._folder, ""
        if process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError, ValueError):
                        stream.close()
        if folder:
            shutil.rmtree(folder, ignore_errors=True)

    def _next(self, process: Any, until: float) -> tuple[dict[str, Any], bytes] | None:
        """The next message, None when `until` passed first; raises `_Lost` when the worker is gone."""
        while True:
            message = self._unpacker.take()
            if message is not None:
                return message
            left = until - time.monotonic()
            if left <= 0:
                return None
            ready, _, _ = select.select([process.stdout], [], [], left)
            if ready:
                data = os.read(process.stdout.fileno(), 1 << 20)
                if not data:
                    raise _Lost
                self._unpacker.feed(data)

    def _wait(
        self, process: Any, name: str, progress: Progress | None, pages: int, keep: dict[int, Any] | None
    ) -> tuple[Any, bytes]:
        limit = self._limits.seconds_per_page * max(1, pages)
        deadline = time.monotonic() + limit
        page: int | None = None
        total = 0
        begun = False
        while True:
            try:
                message = self._next(process, min(deadline, time.monotonic() + _TICK))
            except (_Lost, ValueError, OSError) as error:
                if not begun:
                    raise _DiedIdle from error
                ending = _ending(process)
                # Killed from outside: the page is not at fault.
                raise _lost(
                    failures.crashed(name, ending), None if ending == "SIGKILL" else page, total
                ) from error
            if message is None:
                if memory_of(process.pid) > self._limits.memory_bytes:
                    raise _lost(failures.too_hungry(name, self._limits.memory_bytes), page, total)
                if time.monotonic() >= deadline:
                    raise _lost(failures.too_slow(name, page, self._limits.seconds_per_page), page, total)
                continue
            body, blob = message
            event = body.get("event")
            if event == "begun":
                begun = True
            elif event == "progress":
                deadline = time.monotonic() + limit
                page, total = int(body["done"]) + 1, int(body["total"])
                if progress:
                    progress(int(body["done"]), total)
            elif event == "page":
                if keep is not None:
                    keep[int(body["page"]["number"])] = body["page"]
            elif event == "done":
                return body.get("result"), blob
            elif event == "error":
                raise _error(body)
            elif event == "memory":
                raise _lost(failures.too_hungry(name, self._limits.memory_bytes), page, total)
            else:
                raise _lost(failures.crashed(name, str(body.get("reason", "?"))), page, total)


class _Lost(Exception):
    """The worker closed its end."""


class _DiedIdle(Exception):
    """The worker was gone before it began this file."""


def stopped(name: str) -> errors.Unavailable:
    """The pool was closed while it read the file."""
    return errors.Unavailable(
        "reader-stopped",
        f"Chương trình đang dừng nên chưa đọc xong tệp “{name}”.",
        f"The program is stopping; the file “{name}” was not read to its end.",
        advice="Không mất gì: tệp sẽ được đọc lại khi chương trình chạy lại.",
        advice_en="Nothing is lost: the file is read when the program runs again.",
        retry=True,
    )


def _lost(error: errors.DondocError, page: int | None = None, total: int = 0) -> errors.DondocError:
    """Mark that the worker must not be used again, and which page of how many did that (None: none)."""
    error._worker_lost = True  # type: ignore[attr-defined]
    error._page_lost = (page, total)  # type: ignore[attr-defined]
    return error


def _ending(process: Any) -> str:
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(2)
    code = process.returncode
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit {code}"


def _error(body: dict[str, Any]) -> errors.DondocError:
    kinds = {"BadFile", "LimitExceeded", "Confined", "Unavailable", "BadRequest"}
    kind = getattr(errors, body["kind"]) if body.get("kind") in kinds else errors.BadFile
    state = body.get("state", {})
    error: errors.DondocError = kind(
        str(state.get("code", "file-damaged")), str(state.get("message", "")), str(state.get("message_en", "")),
        advice=str(state.get("advice", "")), advice_en=str(state.get("advice_en", "")),
        retry=bool(state.get("retry", False)),
    )  # fmt: skip
    return error


def memory_of(pid: int) -> int:
    """Bytes of resident memory of a process and its children, 0 once it is gone."""
    total, waiting = 0, [pid]
    page_size = os.sysconf("SC_PAGE_SIZE")
    while waiting:
        current = waiting.pop()
        try:
            total += int(Path(f"/proc/{current}/statm").read_text().split()[1]) * page_size
            for task in Path(f"/proc/{current}/task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text().split()]
        except (OSError, IndexError, ValueError):
            continue
    return total
