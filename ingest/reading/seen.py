"""What a reader saw in one image, and what of it can be print at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.fragments import box_of, letter_height, split
from ingest.types import Box, Word

_SPECKS = frozenset("`´ˆ˜¬_|~°º¡„›‹»«®^¦¨¸\\=<>")
"""Marks no letter prints by themselves: what Tesseract makes of dirt."""
_COVERED, _MOSTLY = 0.8, 0.3
"""Shares of a word's breadth: under its neighbours, and left of what is read within it."""
STANDING_ALONE = frozenset(("-", "–", "+", "/", "./."))
"""What stands by itself in letters and has neither letter nor digit."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in one image: words in pixels of that image, and which of them share a line."""

    words: tuple[Word, ...]
    lines: tuple[tuple[Word, ...], ...]

    @staticmethod
    def of(lines: Iterable[Sequence[Word]]) -> Seen:
        """The words line by line; empty lines are left out."""
        kept = tuple(tuple(line) for line in lines if line)
        return Seen(tuple(word for line in kept for word in line), kept)


def sensible(seen: Seen, dpi: int) -> Seen:
    """Without what no letter has: specks read as words, and words larger than any print."""
    unit = dpi / 72

    def keep(word: Word) -> bool:
        if word.box is None:
            return False
        height, width = (word.box.y1 - word.box.y0) / unit, (word.box.x1 - word.box.x0) / unit
        if height > 60 or width < 0.3 or height < 0.3:
            return False
        has_letters = any(char.isalnum() for char in word.text)
        # Ruled lines and the rims of seals are read as a few marks with low confidence.
        return has_letters or word.confidence > 0.3 or word.text in STANDING_ALONE

    return Seen.of(_trimmed(_apart(_once([word for word in line if keep(word)]))) for line in seen.lines)


def _once(line: Sequence[Word]) -> list[Word]:
    """A line without pieces of a word read twice: what lies under its neighbours and says no more than one of them."""
    kept = []
    for word in line:
        box = box_of(word)
        over = [other for other in line if other is not word and _common(box_of(other), box) > 0]
        broader = [other for other in over if box_of(other).x1 - box_of(other).x0 > box.x1 - box.x0]
        said = len(word.text) <= 2 and any(word.text in other.text for other in broader)
        if not (said and sum(_common(box_of(other), box) for other in over) > _COVERED * (box.x1 - box.x0)):
            kept.append(word)
    return kept


def _apart(line: Sequence[Word]) -> list[Word]:
    """A line whose words end where a word within their box begins: Tesseract draws boxes over the dash or figure behind."""
    result = []
    for word in line:
        box = box_of(word)
        within = [
            box_of(other).x0
            for other in line
            if other is not word
            and box_of(other).x0 > box.x0
            and _common(box_of(other), box) > 0.3 * (box_of(other).x1 - box_of(other).x0)
            and box_of(other).x1 - box_of(other).x0 < box.x1 - box.x0
        ]
        end = min(within, default=box.x1)
        mostly = end > box.x0 + _MOSTLY * (box.x1 - box.x0)
        result.append(replace(word, box=replace(box, x1=end)) if mostly and end < box.x1 else word)
    return result


def _common(one: Box, other: Box) -> float:
    return min(one.x1, other.x1) - max(one.x0, other.x0)


def _trimmed(line: list[Word]) -> tuple[Word, ...]:
    """A line without dirt behind its last word; in front it may be a misread bullet or number and stays."""
    while line and not set(line[-1].text) - _SPECKS:
        line.pop()
    return tuple(line)


def trust(words: Sequence[Word]) -> float:
    """The mean confidence of the words of two letters and more, 0 where there are none."""
    counted = [word for word in words if sum(char.isalpha() for char in word.text) > 1]
    return sum(word.confidence for word in counted) / len(counted) if counted else 0.0


def parted(seen: Seen) -> Seen:
    """The same with lines cut where columns part: a recipient and the signature beside it are two lines."""
    height = letter_height(seen.words)
    return Seen.of(part.words for line in seen.lines for part in split(line, height))


def scaled(seen: Seen, scale_x: float, scale_y: float) -> Seen:
    """The same with every box multiplied: from pixels to points, from one image to another."""

    def of(word: Word) -> Word:
        if word.box is None:
            return word
        box = word.box
        return replace(word, box=Box(box.x0 * scale_x, box.y0 * scale_y, box.x1 * scale_x, box.y1 * scale_y))

    return Seen.of(tuple(of(word) for word in line) for line in seen.lines)


def moved(seen: Seen, x: float, y: float) -> Seen:
    """The same with every box moved: from a patch to the image it was cut from."""

    def of(word: Word) -> Word:
        if word.box is None:
            return word
        box = word.box
        return replace(word, box=Box(box.x0 + x, box.y0 + y, box.x1 + x, box.y1 + y))

    return Seen.of(tuple(of(word) for word in line) for line in seen.lines)
