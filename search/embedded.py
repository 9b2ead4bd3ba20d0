"""The embedded engine: SQLite FTS5 in a file of its own, no server to install."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import DondocError
from search.analysis import ANALYSIS_VERSION, Analysis
from search.fts import TABLES, expression
from search.plan import Match, Plan
from search.planner import plan_of, suggest_plan
from search.shared import read_cursor, sort_of, tidied
from search.similar import alike, similar_plan
from search.sqlite_store import (
    UNUSABLE,
    Store,
    create_generation,
    drop_generations,
    note_unfinished,
    switch_generation,
    table,
)
from search.types import (
    KINDS,
    Applied,
    Change,
    Delete,
    Document,
    Facet,
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

if TYPE_CHECKING:
    from search.columns import Columns
    from search.holding import Holding
    from search.sqlite_write import Writer

_BATCH = 500


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
        with self._writing() as writer:
            for change in changes:
                try:
                    done = _one(writer, change)
                except (ValueError, OverflowError) as error:
                    # Checked before anything of the document is written.
                    id_ = change.letter_id if isinstance(change, Purge) else change.id
                    rejected.append(Rejected(change.kind, id_, change.version, str(error)))
                    continue
                written += done
                stale += not done
        return Applied(written, stale, tuple(rejected))

    @contextmanager
    def _writing(self, generation: int | None = None) -> Iterator[Writer]:
        """A transaction that writes to the current generation or to another one."""
        from search.sqlite_write import Writer

        with self._store.writing() as (connection, current):
            writer = Writer(connection, generation or current, self._analysis)
            yield writer
            writer.flush()

    def search(self, query: Query) -> Results:
        """See `search.engine.Engine.search`."""
        started = time.perf_counter()
        plan = plan_of(query, self._analysis)
        sort = sort_of(query, scored=bool(plan.tiers) or plan.must is not None)
        moment, after = read_cursor(query, (float, str, str) if sort == "relevance" else (str, str))
        if plan.empty:
            return Results(0, (), (), None, self.name, _since(started), plan.notes)
        if query.cursor is None and not query.steady:
            with self._store.reading() as (connection, generation):
                total, hits, cursor, facets = self._answer(connection, query, plan, generation, sort, None, None)
        else:
            with self._store.at(moment, steady=query.steady) as (connection, generation, moment):
                total, hits, cursor, facets = self._answer(
                    connection, query, plan, generation, sort, after, moment
                )
            if cursor is None:
                self._store.moments.end(moment)
        return Results(total, hits, facets, cursor, self.name, _since(started), plan.notes)

    def _answer(
        self,
        connection: sqlite3.Connection,
        query: Query,
        plan: Plan,
        generation: int,
        sort: Sort,
        after: list[object] | None,
        moment: str | None,
    ) -> tuple[int, tuple[Hit, ...], str | None, tuple[Facet, ...]]:
        from search.embedded_query import Found  # numpy, only where something is asked

        found = Found(connection, query, plan, *self._rows(connection, query.kind, generation))
        hits, cursor = found.page(sort, after, moment)
        return found.total(), hits, cursor, found.facets() if query.facets else ()

    def _rows(self, connection: sqlite3.Connection, kind: Kind, generation: int) -> tuple[Columns, Holding]:
        """What is known of all rows of a kind, and what finds those that hold words."""
        from search.holding import Holding

        columns = self._store.columns.read(connection, kind, table(kind, "columns", generation))
        return columns, Holding(connection, kind, generation, len(columns.plain))

    def similar(self, document: Document, *, size: int = 8) -> tuple[Hit, ...]:
        """See `search.engine.Engine.similar`."""
        from search.embedded_query import Found

        document = tidied(document)
        with self._store.reading() as (connection, generation):
            columns, holding = self._rows(connection, document.kind, generation)

            def frequencies(terms: Sequence[Match]) -> tuple[int, list[int]]:
                return columns.live, [holding.count(term) for term in terms]

            made = similar_plan(document, self._analysis, frequencies)
            if made is None:
                return ()
            plan, whole = made
            query = Query(kind=document.kind, size=size + 1, facets=False)
            hits, _ = Found(connection, query, plan, columns, holding).page("relevance", None)
        return alike(hits, document, whole, size)

    def suggest(self, text: str, *, kind: Kind = "letters", limit: int = 8) -> tuple[Suggestion, ...]:
        """See `search.engine.Engine.suggest`."""
        node = suggest_plan(text)
        if node is None:
            return ()
        with self._store.reading() as (connection, generation):
            docs, fts = table(kind, "docs", generation), table(kind, "titles", generation)
            rows = connection.execute(
                f"SELECT d.title, min(d.id), count(*) AS many FROM {docs} d"
                f" WHERE d.rowid IN (SELECT rowid FROM {fts} WHERE {fts} MATCH ?)"
                " GROUP BY d.title ORDER BY many DESC, d.title LIMIT ?",
                (expression(node), max(0, limit)),
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
        """See `search.engine.Engine.rebuild`. A damaged file, or one of another form, is thrown away first.

        What is written meanwhile goes to the old tables: reconcile afterwards.
        """
        try:
            fresh = self._next_generation()
        except DondocError as error:
            if error.code not in UNUSABLE:
                raise
            self._store.discard()
            fresh = self._next_generation(unfinished=True)
        iterator = iter(documents)
        while batch := list(islice(iterator, _BATCH)):
            with self._writing(fresh) as writer:
                for document in batch:
                    try:
                        writer.put(document)
                    except ValueError:
                        continue  # a poison document: reconcile reports it as missing with its reason
        with self._store.writing() as (connection, _):
            for fts in (table(kind, name, fresh) for kind in KINDS for name in TABLES):
                connection.execute(f"INSERT INTO {fts} ({fts}) VALUES ('optimize')")
            switch_generation(connection, fresh)
        with self._store.writing() as (connection, current):
            drop_generations(connection, keep=current)
        return self.status()

    def _next_generation(self, *, unfinished: bool = False) -> int:
        with self._store.writing() as (connection, current):
            drop_generations(connection, keep=current)  # of a rebuild that was killed
            create_generation(connection, current + 1)
            if unfinished:
                note_unfinished(connection)
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


def _one(writer: Writer, change: Change) -> bool:
    match change:
        case Upsert(document):
            return writer.put(document)
        case Delete(kind, id_, version):
            return writer.bury(kind, id_, version)
        case Purge(kind, letter_id, version):
            writer.purge(kind, letter_id, version)
            return True


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)
