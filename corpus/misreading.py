"""How much of a known page was misread: characters, marks, words, numbers, order.

The measures are those of the literature on OCR (character and word error rate),
taken twice: *in place*, each paragraph against its best place in what was read,
which judges the letters, and *in order*, the whole page against the whole text,
which judges the layout as well. The error of marks is what is wrong in place
only because of a diacritic.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_CODE = re.compile(r"\d+(?:[/-][^\s,;:()]+)+|\d+(?:[.,]\d+)+%?|\d+%?")
_HAND = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Misread:
    """Counts over some pages; `+` adds them up.

    `letters` characters of the truth and of them wrong in place (`wrong`), wrong
    though marks are left out (`unmarked`), wrong in order (`disordered`); `words`
    and of them read (`found`); numbers and codes (`codes`, `codes_found`).
    """

    pages: int = 0
    letters: int = 0
    wrong: int = 0
    unmarked: int = 0
    disordered: int = 0
    words: int = 0
    found: int = 0
    codes: int = 0
    codes_found: int = 0

    def __add__(self, other: Misread) -> Misread:
        """The counts of both."""
        return Misread(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    def rates(self) -> dict[str, float]:
        """Shares of 1: errors in place, of marks, in order, of words; numbers and codes read."""
        letters = max(self.letters, 1)
        return {
            "character": self.wrong / letters,
            "diacritic": (self.wrong - self.unmarked) / letters,
            "order": self.disordered / letters,
            "word": (self.words - self.found) / max(self.words, 1),
            "code": self.codes_found / self.codes if self.codes else 1.0,
        }


def misread(paragraphs: Sequence[str], read: str) -> Misread:
    """What is wrong in the reading of one page whose paragraphs, in reading order, are known.

    >>> misread(["Về việc tổ chức họp"], "Về việc tố chức họp").rates()["word"]
    0.2
    """
    wanted = list(filter(None, map(plain, paragraphs)))
    text = plain(read)
    bare, whole = folded(text), " ".join(wanted)
    words, got = Counter(_WORD.findall(whole)), Counter(_WORD.findall(text))
    codes, codes_got = Counter(_CODE.findall(whole)), Counter(_CODE.findall(text))
    return Misread(
        pages=1,
        letters=sum(map(len, wanted)),
        wrong=sum(best_place(want, text) for want in wanted),
        unmarked=sum(best_place(folded(want), bare) for want in wanted),
        disordered=distance(whole, text),
        words=words.total(),
        found=(words & got).total(),
        codes=codes.total(),
        codes_found=(codes & codes_got).total(),
    )


def truth_of(text: str) -> list[str]:
    """The paragraphs of a transcribed page: one a line; `#STAMP:` lines and what is written by hand ({…}) left out."""
    lines = (_HAND.sub("", line) for line in text.splitlines() if not line.startswith("#STAMP:"))
    return [line for line in lines if line.strip()]


def total(counts: Iterable[Misread]) -> Misread:
    """All counts added up."""
    return sum(counts, Misread())


def plain(text: str) -> str:
    """NFC with single spaces: what is compared."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def folded(text: str) -> str:
    """The text without diacritics, case kept."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in bare if not unicodedata.combining(char))


def distance(wanted: str, text: str) -> int:
    """The least number of letters to change, add or drop."""
    from rapidfuzz.distance import Levenshtein

    return int(Levenshtein.distance(wanted, text))


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
