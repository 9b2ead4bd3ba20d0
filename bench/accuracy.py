"""How much of a known text was read: word recall, and character errors of the body."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+")


def word_recall(known: str, read: str) -> tuple[int, int]:
    """How many of the known words were read, and how many there are; order and punctuation do not count."""
    want, got = Counter(_WORD.findall(_plain(known))), Counter(_WORD.findall(_plain(read)))
    return (want & got).total(), want.total()


def character_errors(paragraphs: Sequence[str], read: str) -> tuple[int, int]:
    """Edits that turn the best place of the read text into each paragraph, and the characters there are.

    Each paragraph is sought by itself, so the order of columns and blocks is
    not judged, only what was read.
    """
    text = _plain(read)
    wanted = [_plain(paragraph) for paragraph in paragraphs]
    return sum(best_place(want, text) for want in wanted), sum(map(len, wanted))


def best_place(wanted: str, text: str) -> int:
    """The least edit distance of `wanted` to any piece of `text`.

    >>> best_place("tổ chức", "Sở tố chức họp")
    1
    """
    import numpy

    if not wanted:
        return 0
    letters = numpy.array([ord(char) for char in text], dtype=numpy.int32)
    steps = numpy.arange(len(text) + 1, dtype=numpy.int32)
    row = numpy.zeros(len(text) + 1, dtype=numpy.int32)  # a piece may begin anywhere
    for count, char in enumerate(wanted, 1):
        new = numpy.empty_like(row)
        new[0] = count
        new[1:] = numpy.minimum(row[:-1] + (letters != ord(char)), row[1:] + 1)
        # Characters too many in the text: each costs one more than its left neighbour.
        row = numpy.minimum.accumulate(new - steps) + steps
    return int(row.min())


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
