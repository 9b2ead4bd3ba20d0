"""A prepared page read: Tesseract, bad places again, doubtful words by the second reader, within the time there is."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from ingest.grids import Grid
from ingest.pages import ONE_READER
from ingest.prepare import is_blank, median3
from ingest.reading.again import read_again
from ingest.reading.bullets import with_bullets
from ingest.reading.cells import read_cells, without_cells
from ingest.reading.romans import with_romans
from ingest.reading.second import Unusable
from ingest.reading.seen import Seen, parted, sensible, trust
from ingest.reading.tesseract import Unfinished, recognise
from ingest.reading.weighing import reread

_SECONDS = 30.0
"""A page's share of time at most, whatever the limit: no page may keep people waiting longer."""
_HOPELESS = 0.45
"""Mean confidence under which a page is upside down or no text at all: its words are not worth a second look."""


def read(
    grey: Any, dpi: int, seconds: float, grids: Sequence[Grid] = ()
) -> tuple[Seen | None, tuple[str, ...]]:
    """What was seen and notes on how; None where Tesseract finished neither try.

    The cells of `grids`, the ruled tables (in pixels), are read by themselves.

    A page that runs out of time gets one more try on simpler settings (median
    filter, one block of text). Bad places and doubtful words are read again only
    while there is time. Without a second reader the words stay, and the note
    `ONE_READER` says so.
    """
    started = time.monotonic()
    most = min(seconds, _SECONDS)
    try:
        seen = _all(grey, dpi, most * 0.5, grids)
    except Unfinished:
        try:
            seen = recognise(median3(grey), dpi=dpi, seconds=most * 0.25, psm=6)
        except Unfinished:
            return None, ()
        return sensible(seen, dpi), ("second-try",)
    seen = sensible(seen, dpi)
    until = started + most * 0.6

    def again(patch: Any) -> Seen:
        left = until - time.monotonic()
        try:
            return (
                recognise(patch, dpi=dpi, seconds=min(left, most * 0.1), psm=6) if left > 0 else Seen((), ())
            )
        except Unfinished:
            return Seen((), ())

    seen, image, lines = read_again(grey, parted(seen), dpi, again)
    notes = (f"read-again {lines}",) if lines else ()
    if trust(seen.words) < _HOPELESS or time.monotonic() > until:
        return seen, notes
    seen = with_romans(image, with_bullets(image, seen))
    try:
        seen, words = reread(image, seen)
    except Unusable:
        return seen, (*notes, ONE_READER)
    return seen, (*notes, f"second-reader {words}") if words else notes


def _all(grey: Any, dpi: int, seconds: float, grids: Sequence[Grid]) -> Seen:
    """The words of the page, those of tables cell by cell."""
    if not grids:
        return recognise(grey, dpi=dpi, seconds=seconds)

    def block(image: Any) -> Seen:
        return recognise(image, dpi=dpi, seconds=seconds * 0.5, psm=6)

    def figure(image: Any) -> Seen:
        return recognise(image, dpi=dpi, seconds=seconds * 0.05, psm=7)

    outside = without_cells(grey, grids)
    rest = () if is_blank(outside) else recognise(outside, dpi=dpi, seconds=seconds * 0.5).lines
    return Seen.of([*rest, *read_cells(grey, grids, dpi, block, figure)])
