"""Writing which rows hold which words and where: gathered in a transaction, so that a blob is written once for many rows."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from search.columns import ROWS
from search.fts import COLUMNS
from search.word_places import BODY, MOST_TOKENS, PART_BITS, in_title, with_places, without_places
from search.word_rows import with_rows, without_rows

_FORMS: Mapping[str, tuple[tuple[int, int], ...]] = {
    mark: tuple((COLUMNS.index(column), first) for column, first in columns)
    for mark, columns in {
        "f": (("title_folded", 0), ("body_folded", BODY)),
        "x": (("title_exact", 0), ("body_exact", BODY)),
        "w": (("words", 0),),
    }.items()
}
"""The streams that count for a mark, with the number of their first place (see `search.word_places`)."""

_PART_BITS = np.uint32(PART_BITS)

MOST_GATHERED = 4_000_000
"""So many tokens are gathered at most (about 200 MB while they are written): long texts in one transaction do not fill the memory."""

_Blob = Callable[[bytes, NDArray[np.uint32]], bytes]
_Gathered = dict[str, NDArray[np.uint32]]
"""Numbers by word."""


class WordWriter:
    """What rows get and lose, for the tables `words` (see `search.word_rows`) and `places`; `flush` before the transaction ends."""

    def __init__(self, connection: sqlite3.Connection, words: str, places: str) -> None:
        self._connection, self._words, self._places = connection, words, places
        self._pending: dict[int, _Block] = {}
        self._gathered = 0

    def put(self, row: int, streams: Sequence[str]) -> None:
        """A row has these streams from now on."""
        block, place = divmod(row, ROWS)
        pending = self._pending.setdefault(block, _Block())
        pending.rows.add(place)
        self._note(pending.added, place, streams)

    def remove(self, row: int, streams: Sequence[str]) -> None:
        """A row does not have these streams any more."""
        block, place = divmod(row, ROWS)
        if block in self._pending and place in self._pending[block].rows:
            self._write(block, self._pending.pop(block))
        self._note(self._pending.setdefault(block, _Block()).removed, place, streams)

    def flush(self) -> None:
        """Write what was gathered."""
        for block, pending in self._pending.items():
            self._write(block, pending)
        self._pending.clear()
        self._gathered = 0

    def _note(self, part: _Part, place: int, streams: Sequence[str]) -> None:
        self._gathered += _note(part, place, streams)
        if self._gathered > MOST_GATHERED:
            self.flush()

    def _write(self, block: int, pending: _Block) -> None:
        added, removed = dict(_by_word(pending.added)), dict(_by_word(pending.removed))
        self._update(self._words, block, dict(_rows(added)), dict(_rows(removed)), with_rows, without_rows)
        self._update(self._places, block, dict(_places(added)), dict(_places(removed)), with_places, without_places)

    def _update(
        self, table: str, block: int, added: _Gathered, removed: _Gathered, with_: _Blob, without: _Blob
    ) -> None:
        words = sorted({*added, *removed})
        known: dict[str, bytes] = dict(
            self._connection.execute(
                f"SELECT word, held FROM {table} WHERE block = ? AND word IN (SELECT value FROM json_each(?))",
                (block, json.dumps(words)),
            )
        )
        kept, gone = [], []
        for word in words:
            blob = known.get(word, b"")
            if word in removed:
                blob = without(blob, removed[word])
            if word in added:
                blob = with_(blob, added[word])
            if blob:
                kept.append((block, word, blob))
            else:
                gone.append((block, word))
        self._connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", kept)
        self._connection.executemany(f"DELETE FROM {table} WHERE block = ? AND word = ?", gone)


class _Codes(dict[str, int]):
    """A number for each word, given when it is first met."""

    def __missing__(self, word: str) -> int:
        code = self[word] = len(self)
        return code


@dataclass(slots=True)
class _Tokens:
    """Tokens of some texts as codes, each with the number of its place."""

    codes: _Codes = field(default_factory=_Codes)
    tokens: array[int] = field(default_factory=partial(array, "L"))
    places: array[int] = field(default_factory=partial(array, "L"))


_Part = dict[str, _Tokens]
"""Tokens by the mark of their form."""


@dataclass(slots=True)
class _Block:
    """What changes in a block: what rows lose comes before what rows get."""

    removed: _Part = field(default_factory=lambda: {mark: _Tokens() for mark in _FORMS})
    added: _Part = field(default_factory=lambda: {mark: _Tokens() for mark in _FORMS})
    rows: set[int] = field(default_factory=set)
    """The rows that get something."""


def _note(part: _Part, place: int, streams: Sequence[str]) -> int:
    """Note the tokens of a row; how many."""
    noted_now = 0
    for mark, columns in _FORMS.items():
        noted = part[mark]
        for column, first in columns:
            if streams[column]:
                before = len(noted.tokens)
                noted.tokens.extend(map(noted.codes.__getitem__, streams[column].split(" ")))
                begin = place << PART_BITS | first
                count = len(noted.tokens) - before
                # What stands behind the last place there is has no place, but is a word of the row all the same.
                noted.places.extend(range(begin, begin + min(count, MOST_TOKENS)))
                noted.places.extend([begin + MOST_TOKENS] * (count - MOST_TOKENS))
                noted_now += count
    return noted_now


def _by_word(part: _Part) -> Iterator[tuple[str, NDArray[np.uint32]]]:
    """The places of each word with its mark, in order."""
    for mark, noted in part.items():
        words = [mark + word for word in noted.codes]
        both = np.array(noted.tokens, np.uint64) << np.uint64(32) | np.array(noted.places, np.uint64)
        both = in_order(both)
        codes = (both >> np.uint64(32)).astype(np.int64)
        bounds = np.searchsorted(codes, np.arange(1, len(words)))
        yield from zip(words, np.split(both.astype(np.uint32), bounds), strict=True) if words else ()


def in_order(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Numbers in order, each once. `np.unique` gathers them in a table of hashes first: many times as slow for millions."""
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return np.compress(first, ordered)


def _rows(gathered: _Gathered) -> Iterator[tuple[str, NDArray[np.uint32]]]:
    """The rows of each word in each of its scopes: anywhere, and in titles, in capitals."""
    for word, places in gathered.items():
        yield word, places >> _PART_BITS
        if word[0] in "fx":
            titles = places[in_title(places)]
            if len(titles):
                yield word[0].upper() + word[1:], titles >> _PART_BITS


def _places(gathered: _Gathered) -> Iterator[tuple[str, NDArray[np.uint32]]]:
    """The places of each word in titles and bodies, and those in titles once more."""
    for word, places in gathered.items():
        if word[0] in "fx":
            kept = places[places % BODY < MOST_TOKENS]
            for mark, some in ((word[0], kept), (word[0].upper(), kept[in_title(kept)])):
                if len(some):
                    yield mark + word[1:], some
