"""Which documents hold a word, as bits: the commonest question, answered without a look at any place in a text.

For every block of rows (see `search.columns`) and every word there is one blob:
short lists of rows where the word is rare, a bit for each row where it is not. A word counts
in four *scopes*: spelled or folded, anywhere or in the title.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from search.columns import ROWS, Mask
from search.fts import COLUMNS
from search.plan import Match

SCOPES: dict[frozenset[str], str] = {
    frozenset(("title_folded", "body_folded")): "f",
    frozenset(("title_exact", "body_exact")): "x",
    frozenset(("title_folded",)): "F",
    frozenset(("title_exact",)): "X",
}
"""The mark before a word, by the fields it is asked in."""

_STREAMS = {mark: [COLUMNS.index(field) for field in fields] for fields, mark in SCOPES.items()}
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


class WordWriter:
    """Gathers which rows get and lose which words in one transaction; `flush` writes every blob that is touched once."""

    def __init__(self, connection: sqlite3.Connection, words: str) -> None:
        self._connection, self._words = connection, words
        self._pending: dict[int, _Block] = {}

    def put(self, row: int, streams: Sequence[str]) -> None:
        """A row holds the words of these streams from now on."""
        block, place = divmod(row, ROWS)
        pending = self._pending.setdefault(block, _Block())
        pending.rows.add(place)
        _note(pending.added, place, streams)

    def remove(self, row: int, streams: Sequence[str]) -> None:
        """A row does not hold the words of these streams any more."""
        block, place = divmod(row, ROWS)
        if block in self._pending and place in self._pending[block].rows:
            self._write(block, self._pending.pop(block))
        _note(self._pending.setdefault(block, _Block()).removed, place, streams)

    def flush(self) -> None:
        """Write what was gathered."""
        for block, pending in self._pending.items():
            self._write(block, pending)
        self._pending.clear()

    def _write(self, block: int, pending: _Block) -> None:
        words = sorted({*pending.added, *pending.removed})
        known: dict[str, bytes] = dict(
            self._connection.execute(
                f"SELECT word, held FROM {self._words} WHERE block = ? AND word IN (SELECT value FROM json_each(?))",
                (block, json.dumps(words)),
            )
        )
        kept, gone = [], []
        for word in words:
            blob = known.get(word, b"")
            if word in pending.removed:
                blob = without(blob, pending.removed[word])
            if word in pending.added:
                blob = with_rows(blob, pending.added[word])
            if blob:
                kept.append((block, word, blob))
            else:
                gone.append((block, word))
        self._connection.executemany(f"INSERT OR REPLACE INTO {self._words} VALUES (?, ?, ?)", kept)
        self._connection.executemany(f"DELETE FROM {self._words} WHERE block = ? AND word = ?", gone)


_Changes = defaultdict[str, list[int]]
"""Places in a block by word."""


@dataclass(slots=True)
class _Block:
    """What changes in a block: what rows lose comes before what rows get."""

    removed: _Changes = field(default_factory=lambda: defaultdict(list))
    added: _Changes = field(default_factory=lambda: defaultdict(list))
    rows: set[int] = field(default_factory=set)
    """The rows that get something."""


def _note(changes: _Changes, place: int, streams: Sequence[str]) -> None:
    for mark, columns in _STREAMS.items():
        text = " ".join([streams[column] for column in columns if streams[column]])
        if text:
            for word in set(f"{mark}{text.replace(' ', f' {mark}')}".split(" ")):
                changes[word].append(place)


def with_rows(blob: bytes, places: Sequence[int]) -> bytes:
    """A blob with some rows of its block added."""
    if len(blob) == _BITMAP:
        bits = bytearray(blob)
        for place in places:
            bits[place >> 3] |= 1 << (place & 7)
        return bytes(bits)
    rows = sorted({*_listed(blob), *places})
    return array("H", rows).tobytes() if len(rows) < _LISTED else with_rows(bytes(_BITMAP), rows)


def without(blob: bytes, places: Sequence[int]) -> bytes:
    """A blob with some rows of its block taken out; empty where none is left."""
    if len(blob) == _BITMAP:
        bits = bytearray(blob)
        for place in places:
            bits[place >> 3] &= ~(1 << (place & 7))
        return bytes(bits) if any(bits) else b""
    return array("H", sorted({*_listed(blob)} - {*places})).tobytes()


def _listed(blob: bytes) -> array[int]:
    return array("H", blob)
