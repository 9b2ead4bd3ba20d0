"""What a clerk should know of a page's image.

Nghị định 30/2020/NĐ-CP, Phụ lục I asks for colour at 200 dpi or more. Below that,
or where much was read with doubt, the page is told of at once: a letter scanned
again costs a minute, a wrong number costs more. So is a page that was read by one
reader only, because the other one is damaged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.pages import FAILED, ONE_READER
from ingest.types import Quality

LEAST_DPI = 200
"""The resolution the decree asks for (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II)."""

Fault = Literal[
    "page-damaged",
    "page-too-large",
    "unreadable",
    "cut-off",
    "one-reader",
    "low-resolution",
    "many-doubtful",
    "faint",
    "skewed",
    "speckled",
]

_FAILURES: dict[str, Fault] = {
    "limit-time": "unreadable", "limit-pixels": "page-too-large", "limit-memory": "page-too-large",
}  # fmt: skip
"""What is wrong with a page that failed with an error of this code; with any other it is damaged."""
_CUT_OFF = "cut-off "
_ROUNDED = 4
"""A page scanned at 200 dpi may be reckoned a little less: margins are cut."""
_MANY = 0.12
_FAINT = 0.35
_SKEWED = 3.0
_SPECKLED = 30.0


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something wrong with a page's image: what, on which page, and the figure that says so (None: no figure)."""

    fault: Fault
    page: int
    figure: float | None = None


def complaints(number: int, notes: Sequence[str], quality: Quality | None) -> tuple[Complaint, ...]:
    """What is wrong with the image of page `number`, the worst first; () where no image was read."""
    for note in notes:
        if note.startswith(FAILED):
            return (Complaint(_FAILURES.get(note.removeprefix(FAILED), "page-damaged"), number),)
    if "unreadable" in notes:
        return (Complaint("unreadable", number),)
    found = [
        Complaint("cut-off", number, float(note.removeprefix(_CUT_OFF).rstrip("%")))
        for note in notes
        if note.startswith(_CUT_OFF)
    ]
    if ONE_READER in notes:
        found.append(Complaint("one-reader", number))
    if quality is None:
        return tuple(found)
    if quality.dpi is not None and quality.dpi < LEAST_DPI - _ROUNDED:
        found.append(Complaint("low-resolution", number, quality.dpi))
    if quality.doubtful > _MANY:
        found.append(Complaint("many-doubtful", number, quality.doubtful))
    if quality.contrast < _FAINT:
        found.append(Complaint("faint", number, quality.contrast))
    if abs(quality.skew) > _SKEWED:
        found.append(Complaint("skewed", number, quality.skew))
    if quality.speckle > _SPECKLED:
        found.append(Complaint("speckled", number, quality.speckle))
    return tuple(found)
