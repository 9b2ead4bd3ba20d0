"""One query on the embedded index, inside one read transaction.

`search.holding` says which rows hold words; all else is worked out on the columns, as
arrays over all rows. Hits are ranked tier by tier, the heaviest first, and only as far
as a page needs it: a tier weighs more than all lighter ones and BM25 together.
"""

from __future__ import annotations

import sqlite3
from datetime import date
from functools import cached_property, reduce

import numpy as np
from numpy.typing import NDArray

from search.columns import Columns, Mask, Numbers, codes_of, most_frequent, values_of
from search.embedded_rank import Ranking
from search.holding import Holding
from search.plan import All, Any, In, Match, Missing, Node, Plan, Range
from search.shared import FACET_VALUES, FACETS, LAST_DAY, NO_DAY, hit, ordinal_of, size_of, write_cursor
from search.sqlite_rows import ids_of
from search.sqlite_store import unpack
from search.statuses import STATUSES, status_node
from search.types import Facet, FacetValue, Hit, Json, Query, Sort

_NEVER = 10_000_000
"""Stands for a missing due day: after all days."""


class Found:
    """The documents that match one query."""

    def __init__(
        self, connection: sqlite3.Connection, query: Query, plan: Plan, columns: Columns, holding: Holding
    ) -> None:
        self._connection, self._query, self._plan = connection, query, plan
        self._columns, self._plain, self._holding = columns, columns.plain, holding
        self._docs, self._stored, self._values = (holding.table(what) for what in ("docs", "stored", "values"))
        base: Mask = self._plain["live"] > 0
        if plan.must is not None:
            base &= self._holding.rows(plan.must)
        for node in plan.must_not:
            base &= ~self._holding.rows(node)
        self._own: dict[str, Mask] = {}
        for name, node in plan.filters.items():
            if name in FACETS:
                self._own[name] = self._holds(node)
            else:
                base &= self._holds(node)
        self._base = base
        self._rows: Numbers = np.flatnonzero(reduce(np.logical_and, self._own.values(), base))

    # -- what holds ------------------------------------------------------------------------------

    def _holds(self, node: Node) -> Mask:
        match node:
            case Match():
                return self._holding.rows(node)
            case In("letter_id", values):
                return self._of_letters(values)
            case All(parts):
                return reduce(np.logical_and, map(self._holds, parts))
            case Any(parts):
                return reduce(np.logical_or, map(self._holds, parts))
            case _:
                return self._holds_in(node, self._plain)

    def _holds_in(self, node: Node, plain: NDArray[np.void]) -> Mask:
        """For which of some rows of the columns a node over columns holds."""
        match node:
            case In("year", values):
                return np.isin(plain["year"], [int(value) for value in values if value.isdigit()])
            case In(field, values):
                return np.isin(plain[field], codes_of(self._connection, self._values, field, values))
            case Range(field, low, high):
                return _between(plain[field], low, high)
            case Missing(field):
                missing: Mask = plain[field] == 0
                return missing
            case All(parts):
                return reduce(np.logical_and, [self._holds_in(part, plain) for part in parts])
            case Any(parts):
                return reduce(np.logical_or, [self._holds_in(part, plain) for part in parts])
            case _:
                raise TypeError(f"not a node over columns: {node!r}")

    def _of_letters(self, letters: tuple[str, ...]) -> Mask:
        held = np.zeros(len(self._plain), bool)
        for letter in dict.fromkeys(letters):
            for (row,) in self._connection.execute(
                f"SELECT rowid FROM {self._docs} WHERE letter_id = ?", (letter,)
            ):
                held[row] = True
        return held

    # -- hits ------------------------------------------------------------------------------------

    def total(self) -> int:
        """How many documents match."""
        return len(self._rows)

    def page(
        self, sort: Sort, after: list[object] | None, moment: str | None = None
    ) -> tuple[tuple[Hit, ...], str | None]:
        """The hits of one page and the cursor of the next."""
        size = size_of(self._query)
        if sort == "relevance":
            last = (float(str(after[0])), str(after[1]), str(after[2])) if after else None
            order = self._ranking.first(self._rows, size + 1, last)
        else:
            key = self._plain["issued_on" if sort == "newest" else "due_on"][self._rows].astype(np.int64)
            if sort == "due":
                key = -np.where(key > 0, key, _NEVER)
            given = (_ordinal(str(after[0]), sort), str(after[1])) if after else None
            rows = self._later(self._rows, key, size + 1, given)
            scores = self._ranking.scores(rows) if self._plan.must is not None else {}
            order = [(row, scores.get(row, 0.0)) for row in rows]
        hits = tuple(self._hit(row, score) for row, score in order[:size])
        if len(order) <= size or not hits:
            return hits, None
        row, score = order[size - 1]
        keys: list[Json] = [self._day("due_on" if sort == "due" else "issued_on", row), hits[-1].id]
        last_key: list[Json] = [score, *keys] if sort == "relevance" else keys
        return hits, write_cursor(self._query, last_key, moment)

    @cached_property
    def _ranking(self) -> Ranking:
        return Ranking(self._connection, self._plan, self._columns, self._holding)

    def _later(self, rows: Numbers, key: Numbers, count: int, after: tuple[int, str] | None) -> list[int]:
        """The first rows behind a place, by the greatest key and the smallest id."""
        if after is not None:
            same = rows[key == after[0]]
            names = ids_of(self._connection, self._docs, same)
            kept = [row for row, name in names.items() if name > after[1]]
            ahead = np.isin(rows, kept) | (key < after[0])
            rows, key = rows[ahead], key[ahead]
        if len(rows) > count:
            least = np.partition(key, len(key) - count)[len(key) - count]
            rows, key = rows[key >= least], key[key >= least]
        keys = dict(zip(rows.tolist(), key.tolist(), strict=True))
        names = ids_of(self._connection, self._docs, rows)
        return [row for row, _ in sorted(names.items(), key=lambda one: (-keys[one[0]], one[1]))[:count]]

    def _day(self, field: str, row: int) -> str:
        ordinal = int(self._plain[field][row])
        if ordinal:
            return date.fromordinal(ordinal).isoformat()
        return NO_DAY if field == "issued_on" else LAST_DAY

    def _hit(self, row: int, score: float) -> Hit:
        id_, letter_id, blob = self._connection.execute(
            f"SELECT d.id, d.letter_id, s.payload FROM {self._docs} d JOIN {self._stored} s ON s.rowid = d.rowid"
            " WHERE d.rowid = ?",
            (row,),
        ).fetchone()
        if self._query.bare:
            return hit(self._query, id_, letter_id, score, None, ())
        return hit(self._query, id_, letter_id, score, unpack(blob), self._plan.patterns)

    # -- facets ----------------------------------------------------------------------------------

    def facets(self) -> tuple[Facet, ...]:
        """All facets; each counts what obeys every filter but its own."""
        return tuple(self._facet(name) for name in FACETS)

    def _facet(self, name: str) -> Facet:
        others = [mask for facet, mask in self._own.items() if facet != name]
        held: Mask = reduce(np.logical_and, others, self._base)
        if name == "agency":
            rows, codes = self._columns.agencies[:, 0], self._columns.agencies[:, 1]
            counts = most_frequent(codes[held[rows]], FACET_VALUES, self._names)
        elif name == "status" and self._query.kind == "tasks":
            # Statuses in their own order.
            nodes = {one: status_node(one, self._query.today, self._query.soon_days) for one in STATUSES}
            some = self._plain[held]
            counts = {one: int(np.count_nonzero(self._holds_in(node, some))) for one, node in nodes.items() if node}
        elif name == "year":
            years = self._plain["year"][held].astype(np.uint32)
            counts = most_frequent(years, FACET_VALUES, lambda codes: {code: str(code) for code in codes})
        else:
            column = self._plain["state" if name == "status" else name]
            counts = most_frequent(column[held], FACET_VALUES, self._names)
        return Facet(name, tuple(FacetValue(value, count) for value, count in counts.items() if count))

    def _names(self, codes: object) -> dict[int, str]:
        return values_of(self._connection, self._values, codes)  # type: ignore[arg-type]


def _between(days: NDArray[np.int32], low: str | None, high: str | None) -> Mask:
    held: Mask = days > 0
    if low is not None:
        held &= days >= date.fromisoformat(low).toordinal()
    if high is not None:
        held &= days <= date.fromisoformat(high).toordinal()
    return held


def _ordinal(day: str, sort: Sort) -> int:
    """The sort key of a day in a cursor."""
    if day in (NO_DAY, LAST_DAY):
        return 0 if sort == "newest" else -_NEVER
    return ordinal_of(day) if sort == "newest" else -ordinal_of(day)
