"""One page after another: a page that cannot be read is told of and left empty, the others are read.

Only where no page at all could be read is the file refused, with what was wrong
with its first page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ingest import failures
from ingest.errors import BadFile, DondocError, LimitExceeded
from ingest.types import Limits, Page

Progress = Callable[[int, int], None]
Keep = Callable[[Page], None]

FAILED = "failed "
"""How the note of a page begins that could not be read; the code of the error follows."""
ONE_READER = "one-reader"
"""Note on a page whose doubtful words nobody read a second time: the second reader is missing or damaged."""
_A4 = (595.0, 842.0)


def each_page(
    total: int,
    read: Callable[[int], Page],
    *,
    name: str,
    limits: Limits,
    progress: Progress | None = None,
    known: Mapping[int, Page] | None = None,
    keep: Keep | None = None,
) -> tuple[Page, ...]:
    """All pages, from 1 to `total`: those `known` already, the others by `read`; each new one is given to `keep`.

    Raises what is wrong with the file's first page where none could be read.
    """
    pages: list[Page] = []
    first: DondocError | None = None
    for number in range(1, total + 1):
        page = (known or {}).get(number)
        if page is None:
            if progress:
                progress(number - 1, total)
            try:
                page = read(number)
            except (BadFile, LimitExceeded) as error:
                first = first or error
                page = failed(number, error.code, pages[-1] if pages else None)
            except MemoryError:
                first = first or failures.too_hungry(name, limits.memory_bytes)
                page = failed(number, "limit-memory", pages[-1] if pages else None)
            if keep:
                keep(page)
        pages.append(page)
    if first is not None and all(map(is_failed, pages)):
        raise first
    if progress:
        progress(total, total)
    return tuple(pages)


def failed(number: int, code: str, like: Page | None = None) -> Page:
    """A page that could not be read, of the size of the one before it (else A4)."""
    width, height = (like.width, like.height) if like else _A4
    return Page(number, width, height, (), "ocr", notes=(FAILED + code,))


def is_failed(page: Page) -> bool:
    """Whether this is the page of a file that could not be read."""
    return any(note.startswith(FAILED) for note in page.notes)


def noted(page: Page, *notes: str) -> Page:
    """The page with more notes."""
    return replace(page, notes=(*page.notes, *notes))
