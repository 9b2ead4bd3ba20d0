"""Which of the documents found come first: tiers, then BM25, then the newest.

The tiers are added one after the other, first those that are answered at once, then the heaviest, and what
the rest and the most that BM25 can come to can no longer bring onto the page is left alone.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.columns import Columns, Numbers
from search.holding import Holding, is_cheap
from search.plan import RELEVANCE, TITLE_WEIGHT, All, Any, Match, Node, Plan, Tier, implies
from search.shared import ordinal_of
from search.sqlite_rows import ids_of
from search.word_places import form_of

_K1, _B = 1.2, 0.75
_LEAST_IDF = 1e-6
"""The constants of SQLite's bm25(), and the least weight of a word that is nearly everywhere."""

_DIGITS = 6
"""Scores are rounded to so many."""

Scores = NDArray[np.float64]
Last = tuple[float, str, str]
"""Score, day of issue and id of the last hit of the page before."""


class Ranking:
    """The order of the rows of one query."""

    def __init__(self, connection: sqlite3.Connection, plan: Plan, columns: Columns, holding: Holding) -> None:
        self._connection, self._plan, self._columns, self._holding = connection, plan, columns, holding
        self._docs = holding.table("docs")
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
        names = ids_of(self._connection, self._docs, rows)
        days = self._columns.plain["issued_on"][rows].tolist()
        order = sorted(
            (-score, -day, names[row], row)
            for row, score, day in zip(rows.tolist(), scores.tolist(), days, strict=True)
        )
        if after is not None:
            last = ordinal_of(after[1])
            order = [one for one in order if one[:3] > (-after[0], -last, after[2])]
        return [(row, -score) for score, _, _, row in order[:count]]

    def scores(self, rows: Sequence[int]) -> dict[int, float]:
        """The scores of a few rows, for hits in another order."""
        given = np.array(rows, np.int64)
        sums = np.zeros(len(given))
        for tier in self._tiers:
            sums = sums + tier.weight * self._holding.rows(tier.node)[given]
        found, scores = self._scored(given, sums)
        return dict(zip(found.tolist(), scores.tolist(), strict=True))

    def _best(self, rows: Numbers, count: int, below: float) -> tuple[Numbers, Scores]:
        """The rows among which are the first `count` whose score is not above `below`, with the sums of their tiers."""
        sums, rest = np.zeros(len(rows)), np.full(len(rows), float(sum(tier.weight for tier in self._tiers)))
        held = [np.zeros(len(rows), bool) for _ in self._tiers]
        for at, tier in enumerate(self._tiers):
            rest -= tier.weight * ~held[at]  # what was implied is counted already
            if not held[at].all():
                now = self._holding.rows(tier.node)[rows]
                sums += tier.weight * (now & ~held[at])
                held[at] = now
            for later in range(at + 1, len(self._tiers)):
                weight, node = self._tiers[later].weight, self._tiers[later].node
                if implies(tier.node, node):
                    more = held[at] & ~held[later]
                    sums += weight * more
                    rest -= weight * more
                    held[later] |= more
            most = sums + rest + self._most_relevance  # no more can be added by the other tiers and BM25
            needed = sums <= below
            sure = sums[most <= below]
            if len(sure) >= count:
                needed &= most > np.partition(sure, len(sure) - count)[len(sure) - count]
            if not needed.all():
                rows, sums, rest, held = rows[needed], sums[needed], rest[needed], [one[needed] for one in held]
        return rows, sums

    def _at_once(self, tier: Tier) -> bool:
        return is_cheap(tier.node) or self._holding.knows(tier.node)

    # -- BM25 ------------------------------------------------------------------------------------

    def _scored(self, rows: Numbers, sums: Scores) -> tuple[Numbers, Scores]:
        """The rows with their scores."""
        if not len(rows) or not self._idfs:
            return rows, sums
        spread = _K1 * (1 - _B + _B * self._columns.plain["length"][rows] / (max(1, self._columns.tokens) / self._documents))
        relevance = np.zeros(len(rows))
        for phrase, idf in self._idfs:
            often = self._holding.often(phrase, rows, TITLE_WEIGHT)
            relevance += idf * often * (_K1 + 1) / (often + spread)
        return rows, np.round(RELEVANCE * relevance + sums, _DIGITS)

    @property
    def _documents(self) -> int:
        return max(1, self._columns.live)

    @cached_property
    def _idfs(self) -> list[tuple[Match, float]]:
        """The words and phrases that BM25 counts, one that is asked for twice counting twice, with their weights."""
        must = self._plan.must
        return [(phrase, self._idf(phrase)) for phrase in _phrases(must) if form_of(phrase) == "f"] if must is not None else []

    def _idf(self, phrase: Match) -> float:
        having = self._holding.count(phrase)
        idf = math.log((self._documents - having + 0.5) / (having + 0.5))
        return idf if idf > 0 else _LEAST_IDF

    @cached_property
    def _most_relevance(self) -> float:
        """Above what BM25, rounded, adds to any score: however often a phrase stands in a text, its part never reaches this."""
        return RELEVANCE * (_K1 + 1) * sum(idf for _, idf in self._idfs) + float(10**-_DIGITS)


def _phrases(node: Node) -> Iterator[Match]:
    match node:
        case Match():
            yield node
        case All(parts) | Any(parts):
            for part in parts:
                yield from _phrases(part)
