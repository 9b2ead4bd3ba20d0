"""Numbers and days filled in by hand in a letter's head: found, read where that is possible, always marked.

`filled_in` takes the words of a straightened page before they are laid out. Where
a hand wrote between the print of "Số: …/…" or "ngày … tháng … năm …" the words read
there are replaced by one, the figures that the networks read, or "…" where they
are not sure; print loses what was glued to it. Each such blank is a mark of kind
"handwriting" with its place on the page as it was scanned, whatever was read:
the mark's text names the blank and the figures ("Số: 651", "ngày: …"). Printed
numbers and empty blanks are left as they are. Whether a reading is believed is
decided where the whole letter is known (nlp.hands).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ingest.fragments import box_of
from ingest.hands.places import Print, Slot, find_slots
from ingest.types import Box, Mark, Word

if TYPE_CHECKING:
    from ingest.hands.strokes import Fill
    from ingest.prepare import Turn

NAMES = {"number": "Số", "day": "ngày", "month": "tháng"}
"""What a mark's text calls each blank."""
ZOOMS = (0.94, 0.97, 1.03, 1.06)
"""How much smaller and larger a blank is looked at again."""
UNREAD = "…"
"""What stands for figures that could not be read."""
SHOWN = 0.9
"""Readings less probable than this do not stand in the text, only in the mark."""
ALONE = 0.85
"""A number or day of one figure is against the form ("05", Nghị định 30/2020/NĐ-CP, Phụ lục I), and a stray stroke looks like 1."""
LEAST = 0.3
"""Readings less probable than this are not even offered to the letter's checks."""
_FORM = 0.85
"""The confidence of the form's own words once they are parted from what the hand wrote."""
_PRINT_SURE = 0.85
"""The reader's confidence from which figures of about the print's shape are print."""

Runs = list[list[Word]]


def filled_in(
    runs: Sequence[Sequence[Word]], image: Any, turn: Turn, width: float, height: float
) -> tuple[Runs, list[Mark]]:
    """The lines with their hand-filled blanks read, and a mark for each blank.

    `image` is the page as scanned (RGB or grey), `turn` how the words' page lies
    over it; `width` and `height` are the page's, in points.
    """
    from ingest.hands.strokes import fill_of, row_of

    filled: list[tuple[Slot, Word]] = []
    marks: list[Mark] = []
    unit = image.shape[1] / width
    for slot in find_slots([word for run in runs for word in run], height):
        fill = fill_of(row_of(image, turn, unit, slot), slot)
        if not fill.shapes or _is_print(fill, slot):
            continue
        views = [fill, *(fill_of(row_of(image, turn, unit, slot, zoom), slot) for zoom in ZOOMS)]
        text, probability = _figures(views, slot)
        marks.append(
            Mark("handwriting", _place(slot, turn, unit), f"{NAMES[slot.kind]}: {text}", probability)
        )
        shown = text if probability >= SHOWN else UNREAD
        filled.append((slot, Word(shown, _inner(slot), probability)))
    return rewritten(runs, filled), marks


def fits(kind: str) -> Callable[[str], bool]:
    """Whether figures can stand in a blank: a number, a day of a month, a month.

    >>> fits("day")("31"), fits("day")("32"), fits("number")("0")
    (True, False, False)
    """
    longest, most = {"number": (5, 99999), "day": (2, 31), "month": (2, 12)}[kind]
    return lambda text: len(text) <= longest and 1 <= int(text) <= most


def _is_print(fill: Fill, slot: Slot) -> bool:
    """Whether a blank holds print: by its looks, or because the reader is sure of figures as large and broad as print."""
    from ingest.hands.strokes import ROOM

    if fill.coloured:
        return False
    # The ink of print is narrower than its room, most where a 1 stands at an end.
    as_broad = slot.read.isdecimal() and -0.55 < fill.breadth - ROOM * len(slot.read) < 0.15
    return fill.printed or (fill.level and as_broad and _sureness(slot) >= _PRINT_SURE)


def _sureness(slot: Slot) -> float:
    """The reader's confidence in what it read in the blank."""
    words = [*slot.inside]
    words += [slot.left.word] if slot.left.after else []
    words += [slot.right.word] if slot.right.start else []
    return min((word.confidence for word in words), default=0.0)


def _figures(views: Sequence[Fill], slot: Slot) -> tuple[str, float]:
    """The figures of a blank and how probable they are; "…" where they cannot be told."""
    from ingest.hands.figures import trusted
    from ingest.hands.reading import read_figures

    found = None if views[0].torn else read_figures([view.shapes for view in views], fits(slot.kind))
    if found is None or found[1] < LEAST:
        return UNREAD, 0.0
    probability = trusted(found[1], slot.kind)
    if len(found[0]) == 1 and slot.kind != "month":
        probability *= ALONE
    return found[0], round(probability, 4)


def _inner(slot: Slot) -> Box:
    """The blank on the straightened page, as high as its print."""
    return Box(slot.x0, slot.baseline - 0.68 * slot.size, slot.x1, slot.baseline)


def _place(slot: Slot, turn: Turn, unit: float) -> Box:
    """The blank on the page as scanned, with room for what hands write above and below the line."""
    box = (slot.x0, slot.baseline - 1.05 * slot.size, slot.x1, slot.baseline + 0.35 * slot.size)
    return Box(*(value / unit for value in turn.back(*(value * unit for value in box))))


def rewritten(runs: Sequence[Sequence[Word]], filled: Sequence[tuple[Slot, Word]]) -> Runs:
    """The lines with one word in each filled blank, and nothing else of what was read there."""
    gone = {id(each) for slot, _ in filled for each in slot.inside}
    cuts: dict[int, list[_Cut]] = {}
    for slot, word in filled:
        left, right = slot.left, slot.right
        same = left.word is right.word
        cuts.setdefault(id(left.word), []).append(
            _Cut(left.end, right.start if same else len(left.word.text), slot.x0, slot.x1, word)
        )
        if not same:
            cuts.setdefault(id(right.word), []).append(_Cut(0, right.start, slot.x0, slot.x1, None))
    written = {id(slot.right.word): slot.right for slot, _ in filled}
    found = []
    for run in runs:
        line: list[Word] = []
        for each in run:
            if id(each) not in gone:
                line += _pieces(each, cuts.get(id(each), []), written.get(id(each)))
        if line:
            found.append(line)
    return _joined(found, filled)


def _joined(runs: Runs, filled: Sequence[tuple[Slot, Word]]) -> Runs:
    """The lines with what follows a blank on its own line behind it, where it was read as a line of its own."""
    for slot, word in filled:
        ends = next((run for run in runs if run[-1] is word), None)
        rest = next((run for run in runs if _begins(run[0], slot)), None) if ends else None
        if ends and rest and rest is not ends:
            runs = [[*run, *rest] if run is ends else run for run in runs if run is not rest]
    return runs


def _begins(word: Word, slot: Slot) -> bool:
    """Whether a word is the print right of a blank."""
    return word is slot.right.word or (
        word.text == slot.right.label + slot.right.after and abs(box_of(word).y0 - box_of(slot.right.word).y0) < 1
    )


@dataclass(frozen=True, slots=True)
class _Cut:
    """Characters of a word that a hand wrote, their place across, and the word that takes it (one border's word does)."""

    start: int
    end: int
    x0: float
    x1: float
    word: Word | None


def _pieces(word: Word, cuts: Sequence[_Cut], right: Print | None) -> list[Word]:
    """A word parted at its cuts; what is left keeps the reader's confidence."""
    if not cuts:
        return [word]
    box = box_of(word)
    found: list[Word] = []
    at, x = 0, box.x0
    for cut in sorted(cuts, key=lambda each: each.start):
        if cut.start > at:
            edge = (
                min(box.x1, max(x + 1, cut.x0)) if cut.end < len(word.text) or cut.end > cut.start else box.x1
            )
            # What is left is a word of the form ("ngày"), whatever it was glued to.
            found.append(
                replace(
                    word,
                    confidence=max(word.confidence, _FORM),
                    text=word.text[at : cut.start],
                    box=replace(box, x0=x, x1=max(x + 0.5, edge)),
                )
            )
        if cut.word is not None:
            found.append(cut.word)
        if cut.end > cut.start:
            x = min(box.x1 - 1, max(box.x0, cut.x1))
        at = cut.end
    if at < len(word.text):
        text = right.label + right.after if right and right.start == at else word.text[at:]
        sure = max(word.confidence, _FORM) if right and not right.written else word.confidence
        found.append(replace(word, confidence=sure, text=text, box=replace(box, x0=x)))
    return found
