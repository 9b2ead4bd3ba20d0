"""The reader process: takes requests on standard input, gives frames on standard output.

Started by `ingest.pool` as ``python -m ingest.worker``. It has no network where
the kernel lets it go without, a limit on memory, no core dumps, and dies with
its whole group (Tesseract too) as soon as its parent is gone.
"""

from __future__ import annotations

import ctypes
import os
import queue
import resource
import signal
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO

from ingest.errors import DondocError
from ingest.frames import pack, read_message
from ingest.types import Limits, Page

_VIRTUAL_MARGIN = 1024**3
"""Bytes of address space beyond the memory limit: libraries map far more than they use."""
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000

Message = tuple[dict[str, Any], bytes]


def main() -> None:
    """Serve requests until standard input ends."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # What libraries print must not mix with the frames.
    os.dup2(2, 1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    _leave_network()
    first = read_message(requests)
    if first is None:
        return
    limits = Limits(**first[0]["limits"])
    _limit(limits)
    waiting: queue.Queue[Message] = queue.Queue()
    threading.Thread(target=_listen, args=(requests, waiting), daemon=True).start()
    _load()
    _send(answers, {"event": "ready"})
    while True:
        message, _ = waiting.get()
        _serve(message, limits, answers)


def _leave_network() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "unshare"):
        return
    # Best effort: containers may forbid it, and then the file readers' own
    # abstinence remains (none of them opens connections).
    if libc.unshare(_CLONE_NEWNET) != 0 and os.geteuid() != 0:
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _limit(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    space = limits.memory_bytes + _VIRTUAL_MARGIN
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = limits.pixels


def _load() -> None:
    """Import what most letters need once, so that a page's time is its own."""
    import numpy
    import pdfplumber
    import pypdfium2
    import pytesseract
    from PIL import Image

    import ingest.images
    import ingest.pdf
    import ingest.reader

    del numpy, pdfplumber, pypdfium2, pytesseract, Image, ingest


def _listen(requests: BinaryIO, waiting: queue.Queue[Message]) -> None:
    while (message := read_message(requests)) is not None:
        waiting.put(message)
    # The parent is gone or has closed the pool: take Tesseract along.
    os.killpg(os.getpgrp(), signal.SIGKILL)


def _send(answers: BinaryIO, message: dict[str, Any], blob: bytes = b"") -> None:
    answers.write(pack(message, blob))
    answers.flush()


def _serve(message: dict[str, Any], limits: Limits, answers: BinaryIO) -> None:
    _send(answers, {"event": "begun"})
    try:
        result, blob = _do(message, limits, answers)
    except DondocError as error:
        kind = type(error).__name__
        _send(answers, {"event": "error", "kind": kind, "state": dict(error.__dict__)})
    except MemoryError:
        _send(answers, {"event": "memory"})
    except Exception as error:  # the boundary of the process: told, and the process given up
        _send(answers, {"event": "defect", "reason": f"{type(error).__name__}: {error}"[:500]})
    else:
        _send(answers, {"event": "done", "result": result}, blob)


def _do(message: dict[str, Any], limits: Limits, answers: BinaryIO) -> tuple[Any, bytes]:
    path = Path(message["path"])
    if message["do"] == "read":
        from ingest.jsonform import page_from_json, page_to_json, reading_to_json
        from ingest.reader import read_file

        def progress(done: int, total: int) -> None:
            _send(answers, {"event": "progress", "done": done, "total": total})

        def keep(page: Page) -> None:
            _send(answers, {"event": "page", "page": page_to_json(page)})

        known = {page.number: page for page in map(page_from_json, message["known"])}
        reading = read_file(
            path, limits=limits, name=message["name"], progress=progress, known=known, keep=keep
        )
        return reading_to_json(reading), b""
    if message["do"] == "page-image":
        from ingest.render import page_image

        return None, page_image(
            path, message["media_type"], message["page"], message["dpi"], limits=limits, name=message["name"]
        )
    if message["do"] == "searchable":
        from ingest.jsonform import reading_from_json
        from ingest.searchable import write_searchable

        written = write_searchable(
            path,
            reading_from_json(message["reading"]),
            Path(message["out"]),
            pdfa=message["pdfa"],
            limits=limits,
        )
        return [written.signatures, *written.missing_fonts], b""
    if message["do"] == "arrange":
        from ingest.arrange import Part, write_arranged

        parts = [Part(*each) for each in message["parts"]]
        return write_arranged(parts, Path(message["out"]), name=message["name"], limits=limits), b""
    raise ValueError(f"unknown request {message['do']!r}")


if __name__ == "__main__":
    # Frames go out by their own descriptor; a closed pipe simply ends us.
    try:
        main()
    except BrokenPipeError:
        sys.exit(1)
