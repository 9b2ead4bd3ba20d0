"""Roman numbers of parts and quarters, of which Tesseract loses or joins strokes: "III." is read as "II." or "HI.".

One to three strokes are counted in the picture; they stand closer than the stems
of any two letters (a third to six tenths of their height apart, those of "TL" or "11"
two thirds and more). Numbers with V or X are left to the second reader. Only
where a Roman number is at home: before a heading, behind "quý", "loại", "chương".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from ingest.fragments import box_of, fold
from ingest.reading import second
from ingest.reading.pictures import picture
from ingest.reading.seen import Seen
from ingest.types import Box, Word

_STROKES = re.compile(r"(?=.*[][IHNU])(?P<core>[][IHLTJNUl1|!]{1,4})(?P<marks>[.,:;)–-]*)")
_LETTERS = re.compile(r"(?=.*[VX])(?P<core>[IHLTJl1|VX]{1,5})(?P<marks>[.,:;)–-]*)")
_NUMBERS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX")  # fmt: skip
_AS_STROKES = str.maketrans({"H": "II", "L": "I", "T": "I", "J": "I", "l": "I", "1": "I", "|": "I"})
_BEFORE = frozenset(["quy", "loai", "chuong", "phan", "muc", "luc", "khoa", "cap", "hang", "nhom", "vung", "bang", "dot", "tap", "thu"])
"""Words, folded, behind which a Roman number may stand."""
_BANDS = ((0.22, 0.42), (0.44, 0.56), (0.6, 0.8))
"""Parts of a capital's height without serifs and full stops."""
_THROUGH, _BARRED = 0.6, 0.7
"""Shares of a band's height that a stroke going through it fills, and of the room between stems that a bar does."""
_DARK = 0.6
_THIN, _THICK = 0.05, 0.36
"""Breadth of a stroke in heights."""
_CLOSE = 0.64
"""Heights between the beginnings of two strokes, at most."""
_APART, _SURE, _ONE_MORE = 6.0, 0.5, 5.0
"""Bits by which the second reader must prefer another number, and what its own reading may cost."""
_CONFIDENCE = 0.85


def with_romans(grey: Any, seen: Seen) -> Seen:
    """The words with Roman numbers put right where the picture says so."""
    lines = []
    for line in seen.lines:
        ordered = sorted(line, key=lambda word: box_of(word).x0)
        found = {at: number for at in range(len(ordered)) if (number := _number(grey, ordered, at)) is not None}
        lines.append(
            tuple(
                replace(word, text=found[at], confidence=_CONFIDENCE) if at in found else word
                for at, word in enumerate(ordered)
            )
            if found
            else line
        )
    return Seen.of(lines)


def _number(grey: Any, line: Sequence[Word], at: int) -> str | None:
    """What stands at a place where a Roman number was misread, None where it was not."""
    text = line[at].text
    begins = at == 0 or (at == 1 and not any(char.isalnum() for char in line[0].text))
    heading = begins and len(line) > at + 1 and line[at + 1].text[:1].isupper()
    if not heading and not (at and fold(line[at - 1].text).strip("(“\"") in _BEFORE):
        return None
    if match := _STROKES.fullmatch(text):
        if heading and not (match["marks"] or match["core"][-1] in "Ll" or line[at + 1].text.isupper()):
            return None
        count = strokes(grey, box_of(line[at]))
        # The foot of an L is the full stop, and so is a comma.
        marks = (match["marks"] or ".").replace(",", ".") if heading else match["marks"]
        number = "I" * count + marks
        return number if count and number != text else None
    if match := _LETTERS.fullmatch(text):
        found = _by_second(grey, line, at, match["core"], match["marks"]) or text
        if heading and match["marks"] == "," and found[:-1] in _NUMBERS:
            found = found[:-1] + "."
        return found if found != text else None
    return None


def _by_second(grey: Any, line: Sequence[Word], at: int, core: str, marks: str) -> str | None:
    """The number that the second reader plainly prefers: the same with strokes for letters, or with one stroke more."""
    other = core.translate(_AS_STROKES)
    more = core + "I"
    texts = [text + marks for text in dict.fromkeys((other, more)) if text in _NUMBERS and text != core]
    if not texts:
        return None
    try:
        steps = second.look([picture(grey, line, at)])[0]
    except second.Unusable:
        return None
    read, *costs = second.bits(steps, [core + marks, *texts])
    cost, text = min(zip(costs, texts, strict=True))
    if text == more + marks and core in _NUMBERS:
        return text if cost <= _SURE and read - cost >= _ONE_MORE else None
    return text if read - cost >= _APART else None


def strokes(grey: Any, box: Box) -> int:
    """How many upright strokes stand close together in a box, 0 where there are none or more than three, or other letters."""
    y0, y1 = max(0, int(box.y0)), int(box.y1) + 1
    part = grey[y0:y1, max(0, int(box.x0) - 2) : int(box.x1) + 3]
    height = part.shape[0]
    if height < 8 or part.shape[1] < 3:
        return 0
    dark = part < float(np.percentile(part, 95)) * _DARK
    upper, middle, lower = (_runs(dark[int(a * height) : int(b * height)], height) for a, b in _BANDS)
    close = all(after[0] - before[0] <= _CLOSE * height for before, after in pairwise(upper))
    if not close or not 1 <= len(upper) <= 3 or any(b - a > _THICK * height for a, b in upper):
        return 0
    between = [dark[int(0.35 * height) : int(0.65 * height), before[1] : after[0]] for before, after in pairwise(upper)]
    if any(gap.size and gap.mean(axis=1).max() > _BARRED for gap in between):
        return 0  # the bar of an H
    # The slanting stroke of an N stands between its stems; behind the last stroke a hyphen may.
    alike = len(middle) >= len(upper) and all(
        abs(sum(one) - sum(other)) < 0.12 * height for one, other in zip(upper, middle, strict=False)
    )
    # The tail of a comma may stand in the lower band.
    return len(upper) if alike and len(upper) <= len(lower) <= len(upper) + 1 else 0


def _runs(band: Any, height: int) -> list[tuple[int, int]]:
    """The strokes that go through a band: where each begins and ends."""
    columns = band.mean(axis=0) > _THROUGH
    edges = np.nonzero(np.diff(columns.astype(np.int8), prepend=0, append=0))[0]
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= _THIN * height]
