"""The embedded engine: SQLite FTS5 in a file of its own, no server to install."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from ingest.errors import DondocError
from search.analysis import ANALYSIS_VERSION, Analysis
from search.fts import Sql, condition, expression, joined
from search.plan import RELEVANCE, TITLE_WEIGHT, Plan
from search.planner import plan_of, suggest_plan
from search.shared import FACET_VALUES, FACETS, hit, read_cursor, size_of, sort_of, write_cursor
from search.sqlite_store import (
    Store,
    bury,
    create_generation,
    drop_generations,
    purge,
    put,
    switch_generation,
    table,
    unpack,
)
from search.statuses import STATUSES, status_node
from search.types import (
    KINDS,
    Applied,
    Change,
    Delete,
    Document,
    Facet,
    FacetValue,
    Hit,
    Kind,
    Purge,
    Query,
    Rejected,
    Results,
    Sort,
    Status,
    Suggestion,
    Upsert,
)

# In the order of search.fts.COLUMNS: BM25 looks at the folded title and body, the tiers at the rest.
_WEIGHTS = f"0.0, {TITLE_WEIGHT}, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0"
_ISSUED = "coalesce(d.issued_on, '0000-00-00')"
_DUE = "coalesce(d.due_on, '9999-99-99')"
_BATCH = 500
_COUNTED = {"doc_type": "d.doc_type", "direction": "d.direction", "year": "d.year", "status": "d.state"}


class EmbeddedEngine:
    """The index in one SQLite file at `path`, made when it is not there.

    Many processes may read and write it at once. `analysis` says how texts
    become tokens.
    """

    name = "embedded"

    def __init__(self, path: Path, *, analysis: Analysis | None = None) -> None:
        self._store = Store(path)
        self._analysis = analysis or Analysis()

    def apply(self, changes: Sequence[Change]) -> Applied:
        """See `search.engine.Engine.apply`; one batch is one transaction."""
        written = stale = 0
        rejected: list[Rejected] = []
        with self._store.writing() as (connection, generation):
            for change in changes:
                try:
                    done = self._one(connection, generation, change)
                except (ValueError, OverflowError) as error:
                    # Checked before anything of the document is written.
                    id_ = change.letter_id if isinstance(change, Purge) else change.id
                    rejected.append(Rejected(change.kind, id_, change.version, str(error)))
                    continue
                written += done
                stale += not done
        return Applied(written, stale, tuple(rejected))

    def _one(self, connection: sqlite3.Connection, generation: int, change: Change) -> bool:
        match change:
            case Upsert(document):
                return put(connection, generation, document, self._analysis)
            case Delete(kind, id_, version):
                return bury(connection, generation, kind, id_, version)
            case Purge(kind, letter_id, version):
                purge(connection, generation, kind, letter_id, version)
                return True

    def search(self, query: Query) -> Results:
        """See `search.engine.Engine.search`."""
        started = time.perf_counter()
        plan = plan_of(query, self._analysis)
        sort = sort_of(query, scored=bool(plan.tiers) or plan.must is not None)
        after = read_cursor(query, (float, str, str) if sort == "relevance" else (str, str))
        if plan.empty:
            return Results(0, (), (), None, self.name, _since(started), plan.notes)
        with self._store.reading() as (connection, generation):
            found = _Found(connection, query, plan, generation)
            total = found.total()
            hits, cursor = found.page(sort, after)
            facets = tuple(found.facet(name) for name in FACETS) if query.facets else ()
        return Results(total, hits, facets, cursor, self.name, _since(started), plan.notes)

    def suggest(self, text: str, *, kind: Kind = "letters", limit: int = 8) -> tuple[Suggestion, ...]:
        """See `search.engine.Engine.suggest`."""
        node = suggest_plan(text)
        if node is None:
            return ()
        with self._store.reading() as (connection, generation):
            where = condition_of_text(expression(node), table(kind, "fts", generation))
            rows = connection.execute(
                f"SELECT d.title, min(d.id), count(*) AS many FROM {table(kind, 'docs', generation)} d"
                f" WHERE {where.text} GROUP BY d.title ORDER BY many DESC, d.title LIMIT ?",
                (*where.values, max(0, limit)),
            ).fetchall()
        return tuple(Suggestion(title, kind, id_, count) for title, id_, count in rows)

    def ids(self, kind: Kind) -> Iterator[tuple[str, int]]:
        """See `search.engine.Engine.ids`; in order of id."""
        last = ""
        while True:
            with self._store.reading() as (connection, generation):
                rows = connection.execute(
                    f"SELECT id, version FROM {table(kind, 'docs', generation)} WHERE id > ? ORDER BY id LIMIT 5000",
                    (last,),
                ).fetchall()
            if not rows:
                return
            yield from rows
            last = rows[-1][0]

    def rebuild(self, documents: Iterable[Document]) -> Status:
        """See `search.engine.Engine.rebuild`. A damaged file is thrown away first.

        What is written meanwhile goes to the old tables: reconcile afterwards.
        """
        try:
            fresh = self._next_generation()
        except DondocError as error:
            if error.code != "index-broken":
                raise
            self._store.discard()
            fresh = self._next_generation()
        iterator = iter(documents)
        while batch := list(islice(iterator, _BATCH)):
            with self._store.writing() as (connection, _):
                for document in batch:
                    try:
                        put(connection, fresh, document, self._analysis)
                    except ValueError:
                        continue  # a poison document: reconcile reports it as missing with its reason
        with self._store.writing() as (connection, _):
            for kind in KINDS:
                fts = table(kind, "fts", fresh)
                connection.execute(f"INSERT INTO {fts} ({fts}) VALUES ('optimize')")
            switch_generation(connection, fresh)
        with self._store.writing() as (connection, current):
            drop_generations(connection, keep=current)
        return self.status()

    def _next_generation(self) -> int:
        with self._store.writing() as (connection, current):
            drop_generations(connection, keep=current)  # of a rebuild that was killed
            create_generation(connection, current + 1)
            return current + 1

    def refresh(self) -> None:
        """Nothing to do: a committed write is visible at once."""

    def status(self) -> Status:
        """See `search.engine.Engine.status`."""
        try:
            with self._store.reading() as (connection, generation):
                counts: dict[Kind, int] = {
                    kind: connection.execute(
                        f"SELECT count(*) FROM {table(kind, 'docs', generation)}"
                    ).fetchone()[0]
                    for kind in KINDS
                }
                built = connection.execute("SELECT value FROM meta WHERE key = 'analysis'").fetchone()[0]
        except DondocError as error:
            return Status(self.name, False, dict.fromkeys(KINDS, 0), None, "", False, str(error))
        path = self._store.path
        size = sum(
            file.stat().st_size for file in (path, path.with_name(path.name + "-wal")) if file.exists()
        )
        return Status(self.name, True, counts, size, str(generation), built != ANALYSIS_VERSION)

    def close(self) -> None:
        """Close the file."""
        self._store.close()


def condition_of_text(match: str, fts: str) -> Sql:
    """A condition on rows `d` from an FTS5 expression."""
    return Sql(f"d.rowid IN (SELECT rowid FROM {fts} WHERE {fts} MATCH ?)", [match])


class _Found:
    """The documents that match one query, inside one read transaction."""

    def __init__(self, connection: sqlite3.Connection, query: Query, plan: Plan, generation: int) -> None:
        self.connection, self.query, self.plan = connection, query, plan
        kind = query.kind
        self.docs, self.fts = table(kind, "docs", generation), table(kind, "fts", generation)
        self.stored, self.agency = table(kind, "stored", generation), table(kind, "agency", generation)
        self.source = f"{self.docs} d"
        if plan.must is not None:
            self._match(expression(plan.must))
            self.source = f"temp.matched m CROSS JOIN {self.docs} d ON d.rowid = m.rowid"

    def _match(self, must: str) -> None:
        tiers = [(tier.weight, expression(tier.node)) for tier in self.plan.tiers]
        score = f"-bm25({self.fts}, {_WEIGHTS}) * {RELEVANCE}"
        for weight, _ in tiers:
            score += f" + {weight} * (rowid IN (SELECT rowid FROM {self.fts} WHERE {self.fts} MATCH ?))"
        self.connection.execute("DELETE FROM temp.matched")
        self.connection.execute(
            f"INSERT INTO temp.matched SELECT rowid, round({score}, 6) FROM {self.fts} WHERE {self.fts} MATCH ?",
            (*(text for _, text in tiers), must),
        )

    def _where(self, without: str | None = None) -> Sql:
        parts = [condition(node, self.fts) for node in self.plan.filter_without(without)]
        for node in self.plan.must_not:
            hidden = condition_of_text(expression(node), self.fts)
            parts.append(Sql(f"NOT {hidden.text}", hidden.values))
        return joined(parts, " AND ")

    def total(self) -> int:
        where = self._where()
        count: int = self.connection.execute(
            f"SELECT count(*) FROM {self.source} WHERE {where.text}", where.values
        ).fetchone()[0]
        return count

    def page(self, sort: Sort, after: list[object] | None) -> tuple[tuple[Hit, ...], str | None]:
        scored = self.plan.must is not None
        score = "m.score" if scored else "0.0"
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
        where = self._where()
        values: list[object] = list(after or [])
        text = where.text
        if after is not None:
            text = f"{later} AND {text}"
        size = size_of(self.query)
        rows = self.connection.execute(
            f"SELECT d.id, d.letter_id, {score}, d.rowid, {keys} FROM {self.source} WHERE {text}"
            f" ORDER BY {order} LIMIT ?",
            (*values, *where.values, size + 1),
        ).fetchall()
        hits = tuple(self._hit(*row[:4]) for row in rows[:size])
        more = len(rows) > size > 0
        return hits, write_cursor(self.query, rows[size - 1][4:]) if more else None

    def _hit(self, id_: str, letter_id: str, score: float, rowid: int) -> Hit:
        blob = self.connection.execute(
            f"SELECT payload FROM {self.stored} WHERE rowid = ?", (rowid,)
        ).fetchone()[0]
        return hit(self.query, id_, letter_id, score, unpack(blob), self.plan.patterns)

    def facet(self, name: str) -> Facet:
        where = self._where(without=name)
        if name == "status" and self.query.kind == "tasks":
            return self._statuses(where)
        if name == "agency":
            source, column = f"{self.source} JOIN {self.agency} a ON a.doc = d.rowid", "a.name"
        else:
            source, column = self.source, _COUNTED[name]
        rows = self.connection.execute(
            f"SELECT {column}, count(*) AS many FROM {source} WHERE {where.text} AND {column} IS NOT NULL"
            f" GROUP BY {column} ORDER BY many DESC, {column} LIMIT {FACET_VALUES}",
            where.values,
        ).fetchall()
        return Facet(name, tuple(FacetValue(value, count) for value, count in rows))

    def _statuses(self, where: Sql) -> Facet:
        known = [
            (status, condition(node, self.fts))
            for status in STATUSES
            if (node := status_node(status, self.query.today, self.query.soon_days)) is not None
        ]
        columns = ", ".join(f"total(CASE WHEN {sql.text} THEN 1 ELSE 0 END)" for _, sql in known)
        values = [value for _, sql in known for value in sql.values]
        row = self.connection.execute(
            f"SELECT {columns} FROM {self.source} WHERE {where.text}", (*values, *where.values)
        ).fetchone()
        counted = zip((status for status, _ in known), map(int, row), strict=True)
        return Facet("status", tuple(FacetValue(status, count) for status, count in counted if count))


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)
