"""One query on the embedded index, inside one read transaction.

What matches is gathered once, in a temporary table, with its score and with a
bit for each facet whose own filter holds. The hits have all bits; a facet is
counted over what lacks at most its own.
"""

from __future__ import annotations

import sqlite3
from collections import Counter

from search.fts import Sql, condition, expression, joined
from search.plan import RELEVANCE, TITLE_WEIGHT, Plan
from search.shared import FACET_VALUES, FACETS, hit, size_of, write_cursor
from search.sqlite_store import table, unpack
from search.statuses import STATUSES, status_node
from search.types import Facet, FacetValue, Hit, Query, Sort

# In the order of search.fts.COLUMNS: BM25 looks at the folded title and body, the tiers at the rest.
_WEIGHTS = f"0.0, {TITLE_WEIGHT}, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0"
_ISSUED = "coalesce(d.issued_on, '0000-00-00')"
_DUE = "coalesce(d.due_on, '9999-99-99')"
_PLAIN = ("doc_type", "direction", "year")


def text_condition(match: str, fts: str) -> Sql:
    """A condition on rows `d` from an FTS5 expression."""
    return Sql(f"d.rowid IN (SELECT rowid FROM {fts} WHERE {fts} MATCH ?)", [match])


class Found:
    """The documents that match one query."""

    def __init__(self, connection: sqlite3.Connection, query: Query, plan: Plan, generation: int) -> None:
        self._connection, self._query, self._plan = connection, query, plan
        kind = query.kind
        self._docs, self._fts = table(kind, "docs", generation), table(kind, "fts", generation)
        self._stored, self._agency = table(kind, "stored", generation), table(kind, "agency", generation)
        self._bits = {
            name: 1 << at for at, name in enumerate(name for name in plan.filters if name in FACETS)
        }
        self._all = sum(self._bits.values())
        self._scored = plan.must is not None
        self._browsing = not (self._scored or plan.filters or plan.must_not)
        if not self._browsing:
            self._gather()
        # CROSS JOIN keeps the order of the tables: the gathered rows are the few.
        joined_docs = f"temp.matched m CROSS JOIN {self._docs} d ON d.rowid = m.rowid"
        self._source = f"{self._docs} d" if self._browsing else joined_docs
        self._own = "0" if self._browsing else "m.own"

    # -- gathering -------------------------------------------------------------------------------

    def _gather(self) -> None:
        where = [
            condition(node, self._fts) for name, node in self._plan.filters.items() if name not in self._bits
        ]
        for node in self._plan.must_not:
            hidden = text_condition(expression(node), self._fts)
            where.append(Sql(f"NOT {hidden.text}", hidden.values))
        source, score = f"{self._docs} d", Sql("0.0")
        if self._plan.must is not None:
            where.insert(0, Sql(f"{self._fts} MATCH ?", [expression(self._plan.must)]))
            score = self._score()
            # Without filters the rows of the documents are not needed yet.
            join = f"{self._fts} CROSS JOIN {self._docs} d ON d.rowid = {self._fts}.rowid"
            source = join if self._plan.filters else f"{self._fts} d"
        held = [(bit, condition(self._plan.filters[name], self._fts)) for name, bit in self._bits.items()]
        own = Sql(
            " + ".join(f"{bit} * ({sql.text})" for bit, sql in held) or "0",
            [value for _, sql in held for value in sql.values],
        )
        # What lacks two filters counts for no facet.
        useful = [self._all, *(self._all - bit for bit in self._bits.values() if self._query.facets)]
        every = joined(where, " AND ")
        self._connection.execute("DELETE FROM temp.matched")
        self._connection.execute(
            "INSERT INTO temp.matched SELECT rowid, score, own FROM ("
            f"SELECT d.rowid AS rowid, {score.text} AS score, {own.text} AS own FROM {source} WHERE {every.text}"
            f") WHERE own IN ({', '.join(map(str, useful))})",
            (*score.values, *own.values, *every.values),
        )

    def _score(self) -> Sql:
        score = Sql(f"-bm25({self._fts}, {_WEIGHTS}) * {RELEVANCE}")
        for tier in self._plan.tiers:
            holds = text_condition(expression(tier.node), self._fts)
            score.text += f" + {tier.weight} * ({holds.text})"
            score.values += holds.values
        return Sql(f"round({score.text}, 6)", score.values)

    # -- hits ------------------------------------------------------------------------------------

    def page(
        self, sort: Sort, after: list[object] | None, moment: str | None = None
    ) -> tuple[tuple[Hit, ...], str | None]:
        """The hits of one page and the cursor of the next."""
        size = size_of(self._query)
        score = "m.score" if self._scored else "0.0"
        keys, order, later = {
            "relevance": (
                f"{score}, {_ISSUED}, d.id",
                f"{score} DESC, {_ISSUED} DESC, d.id",
                f"({score} < ?1 OR ({score} = ?1 AND ({_ISSUED} < ?2 OR ({_ISSUED} = ?2 AND d.id > ?3))))",
            ),
            "newest": (
                f"{_ISSUED}, d.id",
                f"{_ISSUED} DESC, d.id",
                f"({_ISSUED} < ?1 OR ({_ISSUED} = ?1 AND d.id > ?2))",
            ),
            "due": (f"{_DUE}, d.id", f"{_DUE}, d.id", f"({_DUE} > ?1 OR ({_DUE} = ?1 AND d.id > ?2))"),
        }[sort]
        where = [f"{self._own} = {self._all}"]
        values: list[object] = []
        if after is not None:
            where.append(later)
            values += after
        if sort == "relevance":
            where.append(f"m.score >= {self._least_score(size, after)}")
        rows = self._connection.execute(
            f"SELECT d.id, d.letter_id, {score}, d.rowid, {keys} FROM {self._source} WHERE {' AND '.join(where)}"
            f" ORDER BY {order} LIMIT {size + 1}",
            values,
        ).fetchall()
        hits = tuple(self._hit(*row[:4]) for row in rows[:size])
        more = len(rows) > size > 0
        return hits, write_cursor(self._query, rows[size - 1][4:], moment) if more else None

    def _least_score(self, size: int, after: list[object] | None) -> float:
        """The score below which no row of this page lies: the rest need not be looked at and sorted."""
        below = "" if after is None else "AND score < ?"
        row = self._connection.execute(
            f"SELECT score FROM temp.matched WHERE own = {self._all} {below} ORDER BY score DESC LIMIT 1 OFFSET {size}",
            () if after is None else (after[0],),
        ).fetchone()
        return float(row[0]) if row else -1e9

    def _hit(self, id_: str, letter_id: str, score: float, rowid: int) -> Hit:
        if self._query.bare:
            return hit(self._query, id_, letter_id, score, None, ())
        blob = self._connection.execute(
            f"SELECT payload FROM {self._stored} WHERE rowid = ?", (rowid,)
        ).fetchone()[0]
        return hit(self._query, id_, letter_id, score, unpack(blob), self._plan.patterns)

    def total(self) -> int:
        """How many documents match."""
        source = f"{self._docs} d" if self._browsing else "temp.matched m"
        row = self._connection.execute(
            f"SELECT count(*) FROM {source} WHERE {self._own} = {self._all}"
        ).fetchone()
        return int(row[0])

    # -- facets ----------------------------------------------------------------------------------

    def facets(self) -> tuple[Facet, ...]:
        """All facets: names of agencies by themselves, the others in one pass."""
        known = [
            (status, condition(node, self._fts))
            for status in (STATUSES if self._query.kind == "tasks" else ())
            if (node := status_node(status, self._query.today, self._query.soon_days)) is not None
        ]
        flags = "".join(f", {sql.text}" for _, sql in known)
        groups = ", ".join(str(column + 1) for column in range(len(_PLAIN) + 2 + len(known)))
        rows = self._connection.execute(
            f"SELECT {self._own}, {', '.join(f'd.{name}' for name in _PLAIN)}, d.state{flags}, count(*)"
            f" FROM {self._source} GROUP BY {groups}",
            [value for _, sql in known for value in sql.values],
        ).fetchall()
        counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
        for own, *values, count in rows:
            plain = dict(zip((*_PLAIN, "status"), values, strict=False))
            for name, value in plain.items():
                if value is not None and self._counts_for(name, own) and (name != "status" or not known):
                    counts[name][value] += count
            if self._counts_for("status", own):
                for (status, _), holds in zip(known, values[len(_PLAIN) + 1 :], strict=True):
                    counts["status"][status] += count * holds
        counts["agency"] = self._agencies()
        return tuple(_facet(name, counts[name], by_name=bool(known) and name == "status") for name in FACETS)

    def _counts_for(self, facet: str, own: int) -> bool:
        return own | self._bits.get(facet, 0) == self._all

    def _agencies(self) -> Counter[str]:
        bit = self._bits.get("agency", 0)
        if self._browsing:
            query = f"SELECT name, count(*) FROM {self._agency} GROUP BY name ORDER BY 2 DESC, 1 LIMIT {FACET_VALUES}"
        else:
            query = (
                f"SELECT a.name, count(*) FROM temp.matched m CROSS JOIN {self._agency} a ON a.doc = m.rowid"
                f" WHERE m.own | {bit} = {self._all} GROUP BY a.name ORDER BY 2 DESC, 1 LIMIT {FACET_VALUES}"
            )
        return Counter(dict(self._connection.execute(query).fetchall()))


def _facet(name: str, counted: Counter[str], *, by_name: bool) -> Facet:
    """Values by how many have them; statuses in their own order."""
    ordered = (
        [(status, counted[status]) for status in STATUSES]
        if by_name
        else sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:FACET_VALUES]
    )
    return Facet(name, tuple(FacetValue(value, count) for value, count in ordered if count))
