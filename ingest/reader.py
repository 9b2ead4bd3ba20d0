"""Read one file in this process: sniff it, open it, give its pages.

Hostile files may take this process down; use `ingest.pool.ReaderPool` for
anything that comes from outside.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ingest import failures, sniff
from ingest.errors import DondocError
from ingest.pages import Keep, Progress
from ingest.types import Limits, Page, Reading


def read_file(
    path: str | Path,
    *,
    limits: Limits,
    name: str | None = None,
    progress: Progress | None = None,
    known: Mapping[int, Page] | None = None,
    keep: Keep | None = None,
) -> Reading:
    """All pages of a file of any type we read, decided by its content.

    `name` is what people call the file; it is kept, and used in messages, as
    evidence of nothing. `progress(done, total)` is called before each page and
    at the end. Pages `known` from a try before are not read again; `keep` is given
    each page of a PDF or of images as it is read. A page that cannot be read is
    empty, with a note of the reason. Raises `BadFile` or `LimitExceeded`, whose
    message names the file, where no page could be read.
    """
    path = Path(path)
    shown = name or path.name
    spent: dict[str, float] = {}
    started = time.perf_counter()
    kind = sniff.sniff(path, name=shown)
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise failures.too_large(shown, size, limits.file_bytes)
    digest = sha256_of(path)
    spent["sniff"] = time.perf_counter() - started
    try:
        pages = _pages(kind.media_type, path, shown, limits, progress, spent, known, keep)
    except MemoryError as error:
        raise failures.too_hungry(shown, limits.memory_bytes) from error
    except RecursionError as error:
        raise failures.damaged(shown, sniff.LABELS[kind.media_type], "lồng nhau quá sâu") from error
    except DondocError:
        raise
    if kind.note and pages:
        pages = (replace(pages[0], notes=(*pages[0].notes, kind.note)), *pages[1:])
    spent["total"] = time.perf_counter() - started
    seconds = tuple((stage, round(value, 4)) for stage, value in spent.items())
    return Reading(shown, digest, kind.media_type, pages, seconds)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pages(
    media_type: str,
    path: Path,
    name: str,
    limits: Limits,
    progress: Progress | None,
    spent: dict[str, float],
    known: Mapping[int, Page] | None,
    keep: Keep | None,
) -> tuple[Page, ...]:
    # Each reader is imported when needed: a text file need not load pdfium.
    if media_type == sniff.PDF:
        from ingest.pdf import read_pdf

        return read_pdf(
            path, name=name, limits=limits, progress=progress, spent=spent, known=known, keep=keep
        )
    if media_type in sniff.IMAGES:
        from ingest.images import read_images

        return read_images(
            path, name=name, limits=limits, progress=progress, spent=spent, known=known, keep=keep
        )
    if media_type == sniff.DOCX:
        from ingest.word_file import read_docx

        return read_docx(path, name=name, limits=limits, progress=progress, spent=spent)
    from ingest.plain import read_text

    return read_text(path, name=name, limits=limits, progress=progress, spent=spent)
