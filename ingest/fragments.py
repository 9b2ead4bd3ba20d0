"""From words to fragments: runs of words that stand together on one printed line.

A fragment never bridges a column gutter (its words are less than about one and
a half letter heights apart), so columns can be told apart afterwards. The same
code serves Tesseract's words and those of a text layer.
"""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.types import Box, Word

_TRAILING_BREADTH = 1.6
"""Widest gap between two words of one fragment, in letter heights (justified lines stretch to ~1.4)."""


def fold(text: str) -> str:
    """Lower case without diacritics and đ, for comparing what OCR may have misread."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(char for char in plain if not unicodedata.combining(char))


@dataclass(frozen=True)
class Fragment:
    """Words of one line, close together, left to right; at least one, all with boxes.

    What is worked out from the words is kept: the layout asks for it again and again.
    """

    words: tuple[Word, ...]
    box: Box

    @staticmethod
    def of(words: Sequence[Word]) -> Fragment:
        """A fragment of the words, sorted from left to right."""
        ordered = tuple(sorted(words, key=lambda word: box_of(word).x0))
        box = box_of(ordered[0])
        for word in ordered[1:]:
            box = box.union(box_of(word))
        return Fragment(ordered, box)

    @cached_property
    def text(self) -> str:
        """The words joined by spaces."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def folded(self) -> str:
        """The text folded, single spaces."""
        return re.sub(r"\s+", " ", fold(self.text)).strip()

    @cached_property
    def middle(self) -> float:
        """The vertical middle, as the median over the words (tall marks do not move it)."""
        return statistics.median((box_of(word).y0 + box_of(word).y1) / 2 for word in self.words)

    @cached_property
    def centre(self) -> float:
        """The horizontal centre."""
        return (self.box.x0 + self.box.x1) / 2

    @cached_property
    def height(self) -> float:
        """The usual height of its words."""
        return statistics.median(box_of(word).y1 - box_of(word).y0 for word in self.words)


def box_of(word: Word) -> Box:
    """The box of a word that must have one."""
    if word.box is None:
        raise ValueError("a word on a page must have a box")
    return word.box


def letter_height(words: Iterable[Word]) -> float:
    """The usual height of a word in points; 12 where there are no words."""
    heights = [box_of(word).y1 - box_of(word).y0 for word in words if len(word.text) > 1]
    return statistics.median(heights) if heights else 12.0


def overlap(a: Box, b: Box) -> float:
    """The share of the smaller height that two boxes have in common vertically."""
    common = min(a.y1, b.y1) - max(a.y0, b.y0)
    smaller = min(a.y1 - a.y0, b.y1 - b.y0)
    return common / smaller if smaller > 0 else 0.0


def chain(words: Sequence[Word]) -> list[list[Word]]:
    """Words joined to their right-hand neighbour on the same line, whatever the gap is.

    Each word goes to the run whose last words overlap it best vertically; this
    follows the bend of a warped page, unlike rows of fixed height.
    """
    height = letter_height(words)
    runs: list[list[Word]] = []
    ends: list[tuple[Box, Box]] = []  # of each run the boxes of its last word and of the one before
    for word in sorted(words, key=lambda item: box_of(item).x0):
        box = box_of(word)
        best, best_score = -1, 0.0
        for at, (last, before) in enumerate(ends):
            # Most runs stand above or below: that is told first, for this loop is the dearest of a page.
            if (last.y1 <= box.y0 or last.y0 >= box.y1) and (before.y1 <= box.y0 or before.y0 >= box.y1):
                continue
            if last.x0 > box.x0 or last.x1 - box.x0 > height:
                continue
            score = max(overlap(last, box), overlap(before, box))
            gap = box.x0 - last.x1
            if score > 0.45 and (best < 0 or score - gap / 500 > best_score):
                best, best_score = at, score - gap / 500
        if best < 0:
            runs.append([word])
            ends.append((box, box))
        else:
            runs[best].append(word)
            ends[best] = (box, ends[best][0])
    return runs


def split(run: Sequence[Word], height: float) -> list[Fragment]:
    """A run cut where the gap between two words is wider than any word space."""
    ordered = sorted(run, key=lambda word: box_of(word).x0)
    parts: list[list[Word]] = [[ordered[0]]]
    end = box_of(ordered[0]).x1
    for word in ordered[1:]:
        box = box_of(word)
        if box.x0 - end > _TRAILING_BREADTH * height:
            parts.append([])
        parts[-1].append(word)
        end = max(end, box.x1)
    return [Fragment.of(part) for part in parts]


def fragments(runs: Iterable[Sequence[Word]], height: float) -> list[Fragment]:
    """All fragments of the runs, from top to bottom."""
    found = [fragment for run in runs if run for fragment in split(run, height)]
    return sorted(found, key=lambda fragment: (fragment.middle, fragment.box.x0))
