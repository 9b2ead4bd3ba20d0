"""Where words stand in titles and bodies: what phrases and BM25 are worked out from, as arrays.

For every block of rows and every word, spelled or folded, there is one blob of numbers of four bytes, in order: the
row in its block, whether it is the body, and the number of the token there. Words that follow each
other so differ by one, and a phrase is a few intersections. FTS5 would walk through the documents one by one:
tenths of a second where a common phrase stands in a hundred thousand letters.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from search.columns import ROWS, Mask
from search.plan import Match

PART_BITS = 21
"""So many bits of a place tell the part (title or body) and the token; above them stands the row."""

BODY = 1 << (PART_BITS - 1)
"""The bit of the body."""

MOST_TOKENS = BODY - 1
"""Of a longer title or body only so many tokens are found as phrases; single words are found anywhere (`search.word_rows`)."""

_ROW = np.uint32(PART_BITS)

assert ROWS << PART_BITS <= 1 << 32

_FORMS: dict[str, tuple[str, str]] = {"f": ("title_folded", "body_folded"), "x": ("title_exact", "body_exact")}
"""Title and body by the mark before a word. What stands in titles is kept a second time, under the mark in capitals."""

Places = Mapping[int, NDArray[np.uint32]]
"""Places in order, by block."""


def form_of(node: Match) -> str | None:
    """The mark of the form a leaf asks for in title, body or both; None where it asks for something else."""
    if node.prefix:
        return None
    return next((mark for mark, fields in _FORMS.items() if set(node.fields) <= set(fields)), None)


class WordPlaces:
    """The places of one kind and generation, inside one read transaction; a phrase that is asked for twice is worked out once."""

    def __init__(self, connection: sqlite3.Connection, places: str, columns: str) -> None:
        self._connection = connection
        self._select = f"FROM {columns} c CROSS JOIN {places} p ON p.block = c.block AND p.word = ?"
        self._runs: dict[tuple[str, ...], Places] = {}

    def of(self, node: Match) -> Places:
        """Where the tokens of a leaf begin, in the fields it asks for. Raises KeyError for a leaf of other fields."""
        mark = form_of(node)
        if mark is None:
            raise KeyError(node.fields)
        title, body = (field in node.fields for field in _FORMS[mark])
        if not body:
            mark = mark.upper()
        words = tuple(mark + token for token in node.tokens)
        found = dict(self._read(words[0])) if len(words) == 1 else self._run(words)
        return found if title or not body else {block: some[~in_title(some)] for block, some in found.items()}

    def _run(self, words: tuple[str, ...]) -> Places:
        """Where words stand one after the other. The rarest come first: where they never meet, the others are not read."""
        if words in self._runs:
            return self._runs[words]
        order = sorted(range(len(words)), key=lambda at: self._length(words[at]))
        starts = {block: places - np.uint32(order[0]) for block, places in self._read(words[order[0]])}
        for at in order[1:]:
            if not starts:
                break
            both = {block: _in_both(starts[block], places, at) for block, places in self._read(words[at]) if block in starts}
            starts = {block: some for block, some in both.items() if len(some)}
        self._runs[words] = starts
        return starts

    def _length(self, word: str) -> int:
        (length,) = self._connection.execute(f"SELECT coalesce(sum(length(p.held)), 0) {self._select}", (word,)).fetchone()
        return int(length)

    def _read(self, word: str) -> Iterator[tuple[int, NDArray[np.uint32]]]:
        """The places of a word block by block: those of all blocks at once would be many megabytes, in each thread that searches."""
        for block, blob in self._connection.execute(f"SELECT p.block, p.held {self._select}", (word,)):
            yield block, np.frombuffer(blob, np.uint32)


def _in_both(starts: NDArray[np.uint32], places: NDArray[np.uint32], at: int) -> NDArray[np.uint32]:
    """Those of the starts that have a place `at` tokens behind."""
    wanted = starts + np.uint32(at)
    near = np.searchsorted(places, wanted)
    near[near == len(places)] = 0
    met: Mask = places[near] == wanted
    return np.compress(met, starts)


def rows_of(places: Places, size: int) -> Mask:
    """Of `size` rows those in which a place is."""
    held = np.zeros(size, bool)
    for block, some in places.items():
        held[block * ROWS + (some >> _ROW).astype(np.int64)] = True
    return held


def weights_of(places: Places, size: int, title: float) -> NDArray[np.float64]:
    """How often there is a place in each of `size` rows, those in titles counting `title` times."""
    weights = np.zeros(size)
    for block, some in places.items():
        own = weights[block * ROWS : (block + 1) * ROWS]
        own += np.bincount(some >> _ROW, minlength=ROWS)
        own += (title - 1) * np.bincount(some[in_title(some)] >> _ROW, minlength=ROWS)
    return weights


def in_title(places: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which of the places stand in titles."""
    titles: NDArray[np.bool_] = (places & np.uint32(BODY)) == 0
    return titles


def with_places(blob: bytes, places: NDArray[np.uint32]) -> bytes:
    """A blob with some places, in order, added."""
    kept = np.frombuffer(blob, np.uint32)
    if not len(kept) or kept[-1] < places[0]:  # new letters come behind the others
        return blob + places.tobytes()
    at, there = _sought(kept, places)
    return np.insert(kept, at[~there], places[~there]).tobytes()


def without_places(blob: bytes, places: NDArray[np.uint32]) -> bytes:
    """A blob with some places, in order, taken out; empty where none is left."""
    kept = np.frombuffer(blob, np.uint32)
    if not len(kept):
        return b""
    at, there = _sought(kept, places)
    return np.delete(kept, at[there]).tobytes()


def _sought(kept: NDArray[np.uint32], places: NDArray[np.uint32]) -> tuple[NDArray[np.intp], Mask]:
    """Where in what is kept, which is in order, each of the places stands or would stand, and whether it is there."""
    at = np.searchsorted(kept, places)
    return at, kept[np.minimum(at, len(kept) - 1)] == places
