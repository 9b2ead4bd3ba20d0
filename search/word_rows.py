"""Which documents hold a word, as bits: the commonest question, answered without a look at any place in a text.

For every block of rows (see `search.columns`) and every word there is one blob:
short lists of rows where the word is rare, a bit for each row where it is not. A word counts
in five *scopes*: spelled or folded, anywhere or in the title, and as a word of more than one syllable.
"""

from __future__ import annotations

import sqlite3
from array import array

import numpy as np
from numpy.typing import NDArray

from search.columns import ROWS, Mask
from search.plan import Match

SCOPES: dict[frozenset[str], str] = {
    frozenset(("title_folded", "body_folded")): "f",
    frozenset(("title_exact", "body_exact")): "x",
    frozenset(("title_folded",)): "F",
    frozenset(("title_exact",)): "X",
    frozenset(("words",)): "w",
}
"""The mark before a word, by the fields it is asked in."""

_BITMAP = ROWS // 8
_LISTED = _BITMAP // 2
"""From so many rows on a list (two bytes a row) is not shorter than the bits."""


def word_of(node: Match) -> str | None:
    """What a leaf that asks for one whole word is kept under; None for any other leaf."""
    scope = SCOPES.get(frozenset(node.fields))
    return scope + node.tokens[0] if scope and len(node.tokens) == 1 and not node.prefix else None


def rows_with(connection: sqlite3.Connection, words: str, columns: str, word: str, size: int) -> Mask:
    """Of `size` rows those that hold a word in its scope."""
    held = np.zeros(size, bool)
    found = connection.execute(
        f"SELECT w.block, w.held FROM {columns} c CROSS JOIN {words} w ON w.block = c.block AND w.word = ?", (word,)
    )
    for block, blob in found:
        first = block * ROWS
        if len(blob) == _BITMAP:
            held[first : first + ROWS] = np.unpackbits(np.frombuffer(blob, np.uint8), bitorder="little")
        else:
            held[first + np.frombuffer(blob, np.uint16).astype(np.int64)] = True
    return held


def with_rows(blob: bytes, rows: NDArray[np.uint32]) -> bytes:
    """A blob with some rows of its block added."""
    if len(blob) != _BITMAP:
        listed = sorted({*_listed(blob), *rows.tolist()})  # a word like most of them, on a list that is short
        if len(listed) < _LISTED:
            return array("H", listed).tobytes()
    bits = _bits(blob)
    bits[rows] = True
    return np.packbits(bits, bitorder="little").tobytes()


def without_rows(blob: bytes, rows: NDArray[np.uint32]) -> bytes:
    """A blob with some rows of its block taken out; empty where none is left."""
    if len(blob) != _BITMAP:
        return array("H", sorted({*_listed(blob)} - {*rows.tolist()})).tobytes()
    bits = _bits(blob)
    bits[rows] = False
    return np.packbits(bits, bitorder="little").tobytes() if bits.any() else b""


def _listed(blob: bytes) -> array[int]:
    return array("H", blob)


def _bits(blob: bytes) -> Mask:
    if len(blob) == _BITMAP:
        return np.unpackbits(np.frombuffer(blob, np.uint8), bitorder="little").view(bool)
    bits = np.zeros(ROWS, bool)
    bits[_listed(blob)] = True
    return bits
