"""Which of the documents found come first: tiers, then BM25, then the newest.

The tiers are added one after the other, first those that are answered at once, then the heaviest, and what
the rest and BM25 can no longer bring onto the page is left alone. Few documents are looked at by their
streams, many by FTS5; both give the same figures.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from search.columns import Mask, Numbers
from search.fts import COLUMNS, TABLES, expression
from search.holding import Holding, is_cheap
from search.plan import RELEVANCE, TITLE_WEIGHT, WORDS, All, Any, Match, Node, Plan, Tier, implies
from search.shared import NO_DAY
from search.sqlite_rows import few
from search.sqlite_store import unpack_streams

FEW = 300
"""Up to so many documents are looked at one by one."""
_K1, _B = 1.2, 0.75
_LEAST_IDF = 1e-6
"""What FTS5's bm25() has: its constants, and the least weight of a word that is nearly everywhere."""
_COLUMN_WEIGHTS = {"title_folded": TITLE_WEIGHT, "body_folded": 1.0}
_WEIGHTS = ", ".join(str(_COLUMN_WEIGHTS[column]) for column in TABLES["folded"])

Scores = NDArray[np.float64]
Last = tuple[float, str, str]
"""Score, day of issue and id of the last hit of the page before."""


class Ranking:
    """The order of the rows of one query."""

    def __init__(
        self, connection: sqlite3.Connection, plan: Plan, issued: NDArray[np.int32], holding: Holding
    ) -> None:
        self._connection, self._plan, self._issued, self._holding = connection, plan, issued, holding
        self._docs, self._stored, self._fts = (holding.table(what) for what in ("docs", "stored", "folded"))
        self._streams: dict[int, dict[str, str]] = {}
        self._tiers = sorted(plan.tiers, key=lambda tier: (not self._at_once(tier), -tier.weight))

    def first(self, rows: Numbers, count: int, after: Last | None) -> list[tuple[int, float]]:
        """The first rows behind a place in the order, with their scores."""
        rows, scores = self._scored(*self._best(rows, count, after[0] if after else math.inf))
        if after is not None:
            rows, scores = rows[scores <= after[0]], scores[scores <= after[0]]
        elif len(rows) > count:
            # Names are looked up only for those that may come onto the page.
            least = np.partition(scores, len(scores) - count)[len(scores) - count]
            rows, scores = rows[scores >= least], scores[scores >= least]
        names = dict(few(self._connection, f"SELECT d.rowid, d.id FROM {self._docs} d", rows))
        days = self._issued[rows].tolist()
        order = sorted(
            (-score, -day, names[row], row)
            for row, score, day in zip(rows.tolist(), scores.tolist(), days, strict=True)
        )
        if after is not None:
            last = 0 if after[1] == NO_DAY else date.fromisoformat(after[1]).toordinal()
            order = [one for one in order if one[:3] > (-after[0], -last, after[2])]
        return [(row, -score) for score, _, _, row in order[:count]]

    def scores(self, rows: Sequence[int]) -> dict[int, float]:
        """The scores of a few rows, for hits in another order."""
        given = np.array(rows, np.int64)
        sums = np.zeros(len(given))
        for tier in self._tiers:
            sums = sums + tier.weight * self._held(tier.node, given)
        found, scores = self._scored(given, sums)
        return dict(zip(found.tolist(), scores.tolist(), strict=True))

    def _best(self, rows: Numbers, count: int, below: float) -> tuple[Numbers, Scores]:
        """The rows among which are the first `count` whose score is not above `below`, with the sums of their tiers."""
        sums, rest = np.zeros(len(rows)), np.full(len(rows), float(sum(tier.weight for tier in self._tiers)))
        held = [np.zeros(len(rows), bool) for _ in self._tiers]
        for at, tier in enumerate(self._tiers):
            rest -= tier.weight * ~held[at]  # what was implied is counted already
            if not held[at].all():
                now = self._held(tier.node, rows)
                sums += tier.weight * (now & ~held[at])
                held[at] = now
            for later in range(at + 1, len(self._tiers)):
                weight, node = self._tiers[later].weight, self._tiers[later].node
                if implies(tier.node, node):
                    more = held[at] & ~held[later]
                    sums += weight * more
                    rest -= weight * more
                    held[later] |= more
            most = sums + rest + WORDS  # no more can be added by the other tiers and BM25
            needed = sums <= below
            sure = sums[most <= below]
            if len(sure) >= count:
                needed &= most > np.partition(sure, len(sure) - count)[len(sure) - count]
            if not needed.all():
                rows, sums, rest, held = rows[needed], sums[needed], rest[needed], [one[needed] for one in held]
        return rows, sums

    def _at_once(self, tier: Tier) -> bool:
        return is_cheap(tier.node) or self._holding.knows(tier.node)

    def _held(self, node: Node, rows: Numbers) -> Mask:
        """For which of the rows a tier holds."""
        if len(rows) > FEW or is_cheap(node) or self._holding.knows(node):
            return self._holding.rows(node)[rows]
        return np.array([_holds(node, streams) for streams in self._look(rows)], bool)

    # -- BM25 ------------------------------------------------------------------------------------

    def _scored(self, rows: Numbers, sums: Scores) -> tuple[Numbers, Scores]:
        """The rows with their scores."""
        must = self._plan.must
        if must is None or not len(rows) or not any(map(_is_scored, _phrases(must))):
            return rows, sums
        relevance = self._relevance_of_few(rows) if len(rows) <= FEW else self._relevance_of_many(rows)
        shares = np.array([relevance[row] for row in rows.tolist()])
        return rows, np.round(RELEVANCE * shares + sums, 6)

    def _relevance_of_many(self, rows: Numbers) -> dict[int, float]:
        """As FTS5 has it. The "+" keeps SQLite from asking FTS5 for one row after the other."""
        assert self._plan.must is not None
        leaves = list(_phrases(self._plan.must))
        scored = tuple(filter(_is_scored, leaves))
        asked = self._plan.must if len(scored) == len(leaves) else Any(scored)
        found = self._connection.execute(
            f"SELECT rowid, -bm25({self._fts}, {_WEIGHTS}) FROM {self._fts}"
            f" WHERE {self._fts} MATCH ? AND +rowid IN (SELECT value FROM json_each(?))",
            (expression(asked), json.dumps(rows.tolist())),
        )
        return dict.fromkeys(rows.tolist(), 0.0) | dict(found.fetchall())

    def _relevance_of_few(self, rows: Numbers) -> dict[int, float]:
        """The same, worked out from the streams: without a look at every document that has the words."""
        assert self._plan.must is not None
        documents, tokens = self._sizes()
        phrases = [
            (self._idf(phrase, documents), phrase)
            for phrase in _phrases(self._plan.must)
            if _is_scored(phrase)
        ]
        found: dict[int, float] = {}
        for row, streams in zip(rows.tolist(), self._look(rows), strict=True):
            length = sum(_length(streams[field]) for field in _COLUMN_WEIGHTS)
            spread = _K1 * (1 - _B + _B * length / (tokens / documents))
            relevance = 0.0
            for idf, phrase in phrases:
                often = sum(
                    _COLUMN_WEIGHTS.get(field, 0.0) * _count(phrase.tokens, streams[field]) for field in phrase.fields
                )
                relevance += idf * (often * (_K1 + 1)) / (often + spread)
            found[row] = relevance
        return found

    def _idf(self, phrase: Match, documents: int) -> float:
        having = self._holding.count(phrase)
        idf = math.log((documents - having + 0.5) / (having + 0.5))
        return idf if idf > 0 else _LEAST_IDF

    def _sizes(self) -> tuple[int, int]:
        """How many documents and tokens FTS5 has, from the record it keeps of them."""
        record = self._connection.execute(f"SELECT block FROM {self._fts}_data WHERE id = 1").fetchone()[0]
        numbers = list(_varints(record))
        return max(1, numbers[0]), max(1, sum(numbers[1:]))

    def _look(self, rows: Numbers) -> list[dict[str, str]]:
        """The streams of rows, with a space at both ends."""
        missing = [row for row in rows.tolist() if row not in self._streams]
        for row, blob in few(self._connection, f"SELECT d.rowid, d.streams FROM {self._stored} d", missing):
            streams = unpack_streams(blob)
            self._streams[row] = {name: f" {stream} " for name, stream in zip(COLUMNS, streams, strict=True)}
        return [self._streams[row] for row in rows.tolist()]


def _is_scored(phrase: Match) -> bool:
    return any(field in _COLUMN_WEIGHTS for field in phrase.fields)


def _holds(node: Node, streams: dict[str, str]) -> bool:
    match node:
        case Match(fields, tokens):
            wanted = f" {' '.join(tokens)} "
            return any(wanted in streams[field] for field in fields)
        case All(parts):
            return all(_holds(part, streams) for part in parts)
        case Any(parts):
            return any(_holds(part, streams) for part in parts)
        case _:
            raise TypeError(f"not a text node: {node!r}")


def _phrases(node: Node) -> Iterator[Match]:
    match node:
        case Match():
            yield node
        case All(parts) | Any(parts):
            for part in parts:
                yield from _phrases(part)


def _length(stream: str) -> int:
    """How many tokens a stream has."""
    return stream.count(" ") - 1 if len(stream) > 2 else 0


def _count(tokens: Sequence[str], stream: str) -> int:
    """How often the tokens stand in a row in a stream; what overlaps counts as well."""
    wanted = f" {' '.join(tokens)} "
    often, at = 0, stream.find(wanted)
    while at >= 0:
        often, at = often + 1, stream.find(wanted, at + 1)
    return often


def _varints(record: bytes) -> Iterator[int]:
    """SQLite's variable-length integers, seven bits a byte."""
    value = 0
    for byte in record:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            yield value
            value = 0
