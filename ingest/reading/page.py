"""A prepared page read: Tesseract, bad places again, doubtful words by the second reader, within the time there is."""

from __future__ import annotations

import time
from typing import Any

from ingest.prepare import median3
from ingest.reading.again import read_again
from ingest.reading.bullets import with_bullets
from ingest.reading.seen import Seen, parted, sensible, trust
from ingest.reading.tesseract import Unfinished, recognise
from ingest.reading.weighing import reread

_HOPELESS = 0.45
"""Mean confidence under which a page is upside down or no text at all: its words are not worth a second look."""


def read(grey: Any, dpi: int, seconds: float) -> tuple[Seen | None, tuple[str, ...]]:
    """What was seen and notes on how; None where Tesseract finished neither try.

    A page that runs out of time gets one more try on simpler settings (median
    filter, one block of text). Bad places and doubtful words are read again only
    where half of the time is left.
    """
    started = time.monotonic()
    try:
        seen = recognise(grey, dpi=dpi, seconds=seconds * 0.5)
    except Unfinished:
        try:
            seen = recognise(median3(grey), dpi=dpi, seconds=seconds * 0.25, psm=6)
        except Unfinished:
            return None, ()
        return sensible(seen, dpi), ("second-try",)
    seen = sensible(seen, dpi)
    if time.monotonic() - started > seconds * 0.4:
        return seen, ()

    def again(patch: Any) -> Seen:
        try:
            return recognise(patch, dpi=dpi, seconds=seconds * 0.05, psm=6)
        except Unfinished:
            return Seen((), ())

    seen, image, lines = read_again(grey, parted(seen), dpi, again)
    if trust(seen.words) < _HOPELESS:
        return seen, ((f"read-again {lines}",) if lines else ())
    seen, words = reread(image, with_bullets(image, seen))
    notes = ((f"read-again {lines}",) if lines else ()) + ((f"second-reader {words}",) if words else ())
    return seen, notes
