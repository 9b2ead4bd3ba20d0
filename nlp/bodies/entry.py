"""One body as an entry of a list, and the two things every reader of bodies asks of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.bodies.lexicon import Head, Scan, lexicon


@dataclass(frozen=True, slots=True)
class Item:
    """A body as one entry. `prefix` is title and quantifier, `core` the head word as printed,
    `name` what completes it; `group` for common nouns; `complete` where a name or tail closes it.
    """

    text: str
    start: int
    end: int
    head: Head | None = None
    position: str | None = None
    prefix: str = ""
    core: str = ""
    named_at: int | None = None
    place_at: int | None = None
    group: bool = False
    plural: bool = False
    complete: bool = True


def squeeze(text: str) -> str:
    """One space for every run of white space; long dashes as hyphens."""
    return re.sub(r"\s*[–—]\s*", " - ", " ".join(text.split()))


def is_stop(scan: Scan, at: int) -> bool:
    """True where a verb or particle in lower case begins, at which a name ends."""
    return at < len(scan.text) and not scan.text[at].isupper() and lexicon().stops.at(scan, at) is not None
