"""What was read and is no text: strokes of signatures, specks, rims of seals, marks in the margins, tiny running heads.

On a page that holds no text at all (a photo, a night sky, a carpet of dots)
Tesseract makes scraps all the same; such a page is left without lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from ingest.fragments import Fragment, box_of, letter_height, overlap, split
from ingest.hands.places import breadth
from ingest.types import Box, Mark, Page, Word

NO_TEXT = "no-text"
"""Note on a page of which only scraps were read; they are kept as a mark of kind "image"."""

_FEW = 12
"""A page of fewer words is never taken for scraps: it may be a title."""
_SHARE = 0.1
_SURE = 0.7

_LOW = 0.55
"""Share of the usual height of words under which a letter or two are specks, whatever they were read as."""
_UNREADABLE = 0.15
_HEAD, _FOOT, _TINY = 0.1, 0.93, 0.65
"""Shares of the page in which running heads and feet stand, and of the page's usual type size that theirs is."""
_NUMBER = 5
"""Letters of a page number with its dashes, at most."""
_BULLETS = frozenset(("-", "–", "+", "*", "•", "/"))
_NARROW = 0.22
"""Share of the usual height of words that a dash is at least long."""
_FULL_LINES = 6
"""Lines that must end at the same place for it to be the right margin."""


def scribbles_out(
    runs: Sequence[Sequence[Word]], height: float, tables: Sequence[Box] = ()
) -> tuple[list[list[Word]], list[Mark]]:
    """The lines without scraps, and the scraps as marks of kind "image", for they are no text of the letter.

    A scrap has no letters or digits, or few of them and read with little
    confidence, and stands on a row of its own; or it is lower than any letter; or
    a single letter by itself outside of `tables`. `height` is the page's.
    """
    words = [word for run in runs for word in run]
    size = letter_height(words)
    pieces = [piece for run in runs for piece in split(run, size)]
    em = median(map(_em, pieces)) if pieces else 0.0
    marks: list[Mark] = []
    taken: set[int] = set()
    for piece in pieces:
        if any(_inside(piece, table) for table in tables) or not _is_scrap(piece, pieces, size, em, height):
            continue
        taken |= {id(word) for word in piece.words}
        sure = sum(word.confidence for word in piece.words) / len(piece.words)
        marks.append(Mark("image", piece.box, piece.text, round(sure, 4)))
    kept = [[word for word in run if id(word) not in taken] for run in runs]
    return [run for run in kept if run], marks


def _em(piece: Fragment) -> float:
    """About the type size of a fragment, by its breadth."""
    return (piece.box.x1 - piece.box.x0) / max(0.2, breadth(piece.text))


def _is_scrap(
    piece: Fragment, pieces: Sequence[Fragment], size: float, em: float, height: float
) -> bool:
    count = sum(char.isalnum() for char in piece.text)
    sure = sum(word.confidence for word in piece.words) / len(piece.words)
    low = piece.box.y1 - piece.box.y0
    if not count and len(piece.text) <= 2:
        bullet = piece.text in _BULLETS and piece.box.x1 - piece.box.x0 >= _NARROW * size
        behind = [other for other in pieces if other.box.x0 > piece.box.x0]
        return not bullet or not any(_neighbours(piece, other, size) for other in behind)
    if count and ((count <= 2 and low < _LOW * size) or (count <= 3 and sure < _UNREADABLE)):
        return True
    if count >= 3 and (piece.box.y1 < _HEAD * height or piece.box.y0 > _FOOT * height) and _em(piece) < _TINY * em:
        beside = [other for other in pieces if _em(other) >= _TINY * em and len(other.text) > _NUMBER]
        return not any(overlap(other.box, piece.box) > 0.3 for other in beside)
    lone = all(sum(char.isalnum() for char in word.text) == 1 and word.text.isalpha() for word in piece.words)
    if count and (count > 8 or sure > 0.45) and (count > 2 or sure > _SURE) and not lone:
        return False
    return not any(_neighbours(piece, other, size) for other in pieces if other is not piece)


def _inside(piece: Fragment, table: Box) -> bool:
    return table.x0 < piece.centre < table.x1 and table.y0 < piece.middle < table.y1


def _neighbours(piece: Fragment, other: Fragment, size: float) -> bool:
    """Whether a scrap stands on a line of text: a bullet before it, a symbol or a hand-written number behind "Số:"."""
    if overlap(other.box, piece.box) <= 0.3 or (len(other.text) <= 3 and not other.text.endswith(":")):
        return False
    if sum(word.confidence for word in other.words) <= 0.5 * len(other.words):
        return False
    gap = max(other.box.x0 - piece.box.x1, piece.box.x0 - other.box.x1)
    return gap < (6 * size if piece.box.x0 < other.box.x0 or other.text.endswith(":") else 3 * size)


def beside_out(runs: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """The lines without single marks in the margins: what a streak or the page's edge leaves behind justified text.

    The margins are where most of the longer lines begin and end; without such
    lines nothing is taken away.
    """
    ordered = [sorted(run, key=lambda word: box_of(word).x0) for run in runs]
    size = letter_height([word for run in ordered for word in run])
    cores = [core for run in ordered if (core := [word for word in run if _is_word(word)])]
    if not cores:
        return ordered
    breadth = [box_of(core[-1]).x1 - box_of(core[0]).x0 for core in cores]
    full = [core for core, wide in zip(cores, breadth, strict=True) if wide > 0.8 * max(breadth)]
    left = _edge([box_of(core[0]).x0 for core in full], size)
    right = _edge([box_of(core[-1]).x1 for core in full], size)
    result = []
    for run in ordered:
        kept = [
            word
            for word in run
            if _is_word(word)
            or (not (right is not None and box_of(word).x0 > right + 0.25 * size)
            and not (left is not None and box_of(word).x1 < left - 0.25 * size))
        ]
        # A line of its own in the margin is another matter.
        result.append(kept or run)
    return result


def _edge(places: Sequence[float], size: float) -> float | None:
    """The place at which most lines begin or end, None where they do not agree."""
    if len(places) < _FULL_LINES:
        return None
    middle = median(places)
    same = [place for place in places if abs(place - middle) < 0.5 * size]
    return median(same) if len(same) >= max(_FULL_LINES, 0.6 * len(places)) else None


def _is_word(word: Word) -> bool:
    return sum(char.isalnum() for char in word.text) > 1 or any(char.isdigit() for char in word.text)


def without_scraps(page: Page) -> Page:
    """The page without lines where next to nothing on it is a word read with some confidence."""
    words = page.words
    if len(words) < _FEW or sum(map(_clear, words)) >= _SHARE * len(words):
        return page
    scraps = Mark("image", None, " ".join(word.text for word in words), 0.0)
    return replace(page, lines=(), marks=(*page.marks, scraps), notes=(*page.notes, NO_TEXT))


def _clear(word: Word) -> bool:
    letters = sum(char.isalnum() for char in word.text)
    return letters > 2 and letters > 0.7 * len(word.text) and word.confidence >= _SURE
