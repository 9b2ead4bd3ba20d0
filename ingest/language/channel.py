"""What a reader makes of a letter: costs of one word being read as another, in bits.

The counts come from this project's own rendered pages (`tools/learn_confusions.py`);
letters that were never seen confused get a small share by what they have in
common: the same letter under another tone, the same letter with another mark,
đ and d. Only what looks alike has a cost at all.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from ingest.language.spelling import fold

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WEIGHT = 150.0
"""How many sightings of a letter the general shares are worth."""
_OTHER_TONE, _OTHER_MARK, _OTHER_BOTH = 0.008, 0.005, 0.0015
_TAIL = 0.00002
_MOST_DOUBT, _LEAST_DOUBT = 2.5, -1.0


@dataclass(frozen=True, slots=True)
class Confusions:
    """Sightings: of each true letter, and of each (true, read) pair of letters or short groups."""

    seen: dict[str, int]
    pairs: dict[tuple[str, str], int]
    words: dict[int, tuple[int, int]]

    def alike(self) -> dict[str, tuple[str, ...]]:
        """For what was read (without marks), the groups of other letters that it may stand for."""
        found: dict[str, set[str]] = {}
        for true, read in self.pairs:
            left, right = fold(true), fold(read)
            if left != right and left and right:
                found.setdefault(right, set()).add(left)
        return {read: tuple(sorted(trues)) for read, trues in found.items()}

    def doubts(self, least: float, most: float) -> tuple[float, ...]:
        """For each tenth of the reader's confidence the bits by which misreading is likelier than on average."""
        right = sum(good for good, _ in self.words.values())
        wrong = sum(bad for _, bad in self.words.values())
        usual = (wrong + 1) / (right + 1)
        found = []
        for tenth in range(10):
            good, bad = self.words.get(tenth, (0, 0))
            odds = (bad + 20 * usual) / (good + 20)
            found.append(max(least, min(most, math.log2(odds / usual))))
        return tuple(found)


@cache
def confusions() -> Confusions:
    """The counts shipped with the program."""
    seen: dict[str, int] = {}
    pairs: dict[tuple[str, str], int] = {}
    words: dict[int, tuple[int, int]] = {}
    raw = files("ingest").joinpath("language", "data", "confusions.tsv").read_text(encoding="utf-8")
    for line in raw.splitlines():
        if not line or line.startswith("#"):
            continue
        parts = line.split("\t")
        if parts[0] == "@words":
            words[int(parts[1])] = (int(parts[2]), int(parts[3]))
        elif parts[0] == "@letter":
            seen[parts[1]] = int(parts[2])
        else:
            pairs[parts[0], parts[1]] = int(parts[2])
    return Confusions(seen, pairs, words)


@lru_cache(maxsize=4096)
def letter_cost(true: str, read: str) -> float:
    """Bits for a true letter being read as another."""
    if true == read:
        return 0.0
    counts = confusions()
    share = _share(true, read)
    seen = counts.seen.get(true, 0)
    return -math.log2((counts.pairs.get((true, read), 0) + _WEIGHT * share) / (seen + _WEIGHT))


def _share(true: str, read: str) -> float:
    if fold(true) != fold(read):
        return _TAIL
    base, tone = _parts(true)
    other, other_tone = _parts(read)
    if base == other:
        return _OTHER_TONE
    return _OTHER_MARK if tone == other_tone else _OTHER_BOTH


def _parts(letter: str) -> tuple[str, str]:
    """A letter without its tone, and the tone."""
    split = unicodedata.normalize("NFD", letter)
    return (
        unicodedata.normalize("NFC", "".join(c for c in split if c not in _TONES)),
        "".join(c for c in split if c in _TONES),
    )


@lru_cache(maxsize=65536)
def word_cost(true: str, read: str) -> float:
    """Bits for a true word being read as another, both in small letters.

    >>> word_cost("tổ", "tổ") == 0 < word_cost("tổ", "tô") < word_cost("tổ", "tạ")
    True
    """
    if true == read:
        return 0.0
    if len(true) == len(read):
        return sum(map(letter_cost, true, read))
    head = 0
    while head < min(len(true), len(read)) and true[head] == read[head]:
        head += 1
    tail = 0
    while tail < min(len(true), len(read)) - head and true[-1 - tail] == read[-1 - tail]:
        tail += 1
    left, right = true[head : len(true) - tail], read[head : len(read) - tail]
    count = confusions().pairs.get((left, right), 0)
    return -math.log2((count + _WEIGHT * _TAIL / 4) / (confusions().seen.get(left[:1], 0) + _WEIGHT))


def doubt(confidence: float) -> float:
    """Bits of evidence that a word of this confidence was misread, as seen on rendered pages.

    >>> doubt(0.3) >= doubt(0.85) > 0 > doubt(0.97)
    True
    """
    return _doubts()[min(9, max(0, int(confidence * 10)))]


@cache
def _doubts() -> tuple[float, ...]:
    return confusions().doubts(_LEAST_DOUBT, _MOST_DOUBT)
