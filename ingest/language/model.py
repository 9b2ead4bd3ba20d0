"""What syllable follows which: a trigram model of office language, in one small file.

Costs are bits (minus log2 of a probability). The file is made by
`tools/learn_syllables.py` from counts of public legal texts and this project's
own letters; it holds no text. Interpolated absolute discounting, written as a
back-off model: a trigram that was pruned costs the back-off of its first two
words and the bigram of its last two.

The layout, after the line of magic, is a zlib stream of: four little-endian
32-bit counts (forms, bigrams, trigrams, bytes of forms), the forms parted by
line feeds, per form its cost and back-off (one byte each, eighths of a bit) and the
first of its bigrams (32 bits, one more at the end), per bigram its second form (16 bits), cost, back-off and
the first of its trigrams, per trigram its third form and cost.
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

MAGIC = b"dondoc syllables 1\n"
UNIT = 8
"""Steps in one bit of cost."""
UNKNOWN = -1
"""Number of a form the model does not know."""
_UNKNOWN_COST = 23.0
_AFTER_UNKNOWN = 3 * UNIT
"""An unknown word before is no help: what follows it costs as after a word never seen with it."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """The trigram model; forms are numbered, `UNKNOWN` stands for all others."""

    forms: tuple[str, ...]
    numbers: dict[str, int]
    cost1: bytes
    back1: bytes
    start1: array[int]
    second: array[int]
    cost2: bytes
    back2: bytes
    start2: array[int]
    third: array[int]
    cost3: bytes

    def number(self, form: str) -> int:
        """The number of a form, or `UNKNOWN`."""
        return self.numbers.get(form, UNKNOWN)

    def pair(self, first: int, second: int) -> int:
        """The place of a bigram, or -1 where it was not seen."""
        if first < 0 or second < 0:
            return -1
        low, high = self.start1[first], self.start1[first + 1]
        at = bisect_left(self.second, second, low, high)
        return at if at < high and self.second[at] == second else -1

    def cost(self, before: int, first: int, second: int) -> float:
        """Bits that `second` costs after `before first`."""
        if second < 0:
            return _UNKNOWN_COST
        spent = 0
        pair = self.pair(before, first)
        if pair >= 0:
            low, high = self.start2[pair], self.start2[pair + 1]
            at = bisect_left(self.third, second, low, high)
            if at < high and self.third[at] == second:
                return self.cost3[at] / UNIT
            spent = self.back2[pair]
        here = self.pair(first, second)
        if here >= 0:
            return (spent + self.cost2[here]) / UNIT
        spent += self.back1[first] if first >= 0 else _AFTER_UNKNOWN
        return (spent + self.cost1[second]) / UNIT


def pack(
    forms: list[str],
    cost1: bytes,
    back1: bytes,
    start1: list[int],
    second: list[int],
    cost2: bytes,
    back2: bytes,
    start2: list[int],
    third: list[int],
    cost3: bytes,
) -> bytes:
    """The file of a model."""
    names = "\n".join(forms).encode()
    parts = [
        struct.pack("<4I", len(forms), len(second), len(third), len(names)),
        names,
        cost1,
        back1,
        _bytes("I", start1),
        _bytes("H", second),
        cost2,
        back2,
        _bytes("I", start2),
        _bytes("H", third),
        cost3,
    ]
    return MAGIC + zlib.compress(b"".join(parts), 9)


def unpack(data: bytes) -> Model:
    """The model of a file; `ValueError` where it is none."""
    if not data.startswith(MAGIC):
        raise ValueError("no syllable model")
    raw = zlib.decompress(data[len(MAGIC) :])
    count, pairs, triples, length = struct.unpack_from("<4I", raw)
    at = 16

    def take(size: int) -> bytes:
        nonlocal at
        at += size
        return raw[at - size : at]

    forms = tuple(take(length).decode().split("\n"))
    cost1, back1 = take(count), take(count)
    start1 = _array("I", take(4 * (count + 1)))
    second = _array("H", take(2 * pairs))
    cost2, back2 = take(pairs), take(pairs)
    start2 = _array("I", take(4 * (pairs + 1)))
    third = _array("H", take(2 * triples))
    cost3 = take(triples)
    if at != len(raw) or len(forms) != count:
        raise ValueError("a damaged syllable model")
    numbers = {form: number for number, form in enumerate(forms)}
    return Model(forms, numbers, cost1, back1, start1, second, cost2, back2, start2, third, cost3)


@cache
def model() -> Model:
    """The model shipped with the program, read once when first needed."""
    return unpack(files("ingest").joinpath("language", "data", "syllables.bin").read_bytes())


def _bytes(code: str, values: list[int]) -> bytes:
    packed = array(code, values)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _array(code: str, data: bytes) -> array[int]:
    values = array(code)
    values.frombytes(data)
    if sys.byteorder == "big":
        values.byteswap()
    return values
