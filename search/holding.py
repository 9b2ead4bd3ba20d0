"""For which rows of the embedded index the text part of a plan holds.

Single words are answered by bits, phrases by the places of their words, beginnings of words, names and numbers by FTS5; what a
query asks for more than once (as its condition and again for the order) is found once.
"""

from __future__ import annotations

import sqlite3
from functools import partial, reduce

import numpy as np
from numpy.typing import NDArray

from search.columns import Mask, Numbers
from search.fts import expression, table_of
from search.plan import All, Any, Match, Node
from search.sqlite_store import table
from search.types import Kind
from search.word_places import WordPlaces, form_of, rows_of, weights_of
from search.word_rows import rows_with, word_of


class Holding:
    """The rows of one kind and generation, inside one read transaction; `size` is their number, empty ones included."""

    def __init__(self, connection: sqlite3.Connection, kind: Kind, generation: int, size: int) -> None:
        self._connection, self._size = connection, size
        self.table = partial(table, kind, generation=generation)
        self._known: dict[Match, Mask] = {}
        self._places = WordPlaces(connection, self.table("places"), self.table("columns"))

    def rows(self, node: Node) -> Mask:
        """The rows for which a node over texts holds."""
        match node:
            case Match():
                if node not in self._known:
                    self._known[node] = self._leaf(node)
                return self._known[node]
            case All(parts):
                return reduce(np.logical_and, map(self.rows, parts))
            case Any(parts):
                return reduce(np.logical_or, map(self.rows, parts))
            case _:
                raise TypeError(f"not a text node: {node!r}")

    def knows(self, node: Node) -> bool:
        """Whether a node was answered before."""
        match node:
            case Match():
                return node in self._known
            case All(parts) | Any(parts):
                return all(map(self.knows, parts))
            case _:
                return False

    def count(self, node: Match) -> int:
        """For how many rows a leaf holds."""
        return int(np.count_nonzero(self.rows(node)))

    def often(self, node: Match, rows: Numbers, title: float) -> NDArray[np.float64]:
        """How often a leaf over titles and bodies holds in each of some rows, in a title counted `title` times."""
        return weights_of(self._places.of(node), self._size, title)[rows]

    def _leaf(self, node: Match) -> Mask:
        word = word_of(node)
        if word is not None:
            return rows_with(self._connection, self.table("words"), self.table("columns"), word, self._size)
        if form_of(node) is not None:
            return rows_of(self._places.of(node), self._size)
        fts = self.table(table_of(node))
        # One long string is handed over much more quickly than many small rows.
        text = self._connection.execute(
            f"SELECT group_concat(rowid, ' ') FROM {fts} WHERE {fts} MATCH ?", (expression(node),)
        ).fetchone()[0]
        held = np.zeros(self._size, bool)
        if text:
            held[np.fromstring(text, np.int64, sep=" ")] = True
        return held


def is_cheap(node: Node) -> bool:
    """Whether a node is answered by bits alone."""
    match node:
        case Match():
            return word_of(node) is not None
        case All(parts) | Any(parts):
            return all(map(is_cheap, parts))
        case _:
            return True
