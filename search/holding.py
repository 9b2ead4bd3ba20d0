"""For which rows of the embedded index the text part of a plan holds.

Single words are answered by bits, phrases and beginnings of words by FTS5; what a
query asks for more than once (as its condition and again for the order) is found once.
"""

from __future__ import annotations

import sqlite3
from functools import partial, reduce

import numpy as np

from search.columns import Mask
from search.fts import expression, table_of
from search.plan import All, Any, Match, Node
from search.sqlite_store import table
from search.types import Kind
from search.word_rows import rows_with, word_of


class Holding:
    """The rows of one kind and generation, inside one read transaction; `size` is their number, empty ones included."""

    def __init__(self, connection: sqlite3.Connection, kind: Kind, generation: int, size: int) -> None:
        self._connection, self._size = connection, size
        self.table = partial(table, kind, generation=generation)
        self._known: dict[Match, Mask] = {}

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

    def _leaf(self, node: Match) -> Mask:
        word = word_of(node)
        if word is not None:
            return rows_with(self._connection, self.table("words"), self.table("columns"), word, self._size)
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
    """Whether a node is answered without FTS5 passing over a large register's texts: words, and what stands in titles."""
    match node:
        case Match():
            return word_of(node) is not None or table_of(node) == "titles"
        case All(parts) | Any(parts):
            return all(map(is_cheap, parts))
        case _:
            return True
