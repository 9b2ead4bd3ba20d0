"""Writing documents into the embedded index, inside one transaction."""

from __future__ import annotations

import sqlite3
from functools import partial

from search.analysis import Analysis
from search.columns import ColumnWriter
from search.fts import COLUMNS, TABLES
from search.shared import payload, tidied
from search.sqlite_store import pack, pack_streams, table, unpack_streams
from search.types import Document, Kind
from search.word_writer import WordWriter


class Writer:
    """Puts and removes documents of one generation; `flush` before the transaction ends."""

    def __init__(self, connection: sqlite3.Connection, generation: int, analysis: Analysis) -> None:
        self._connection, self._analysis = connection, analysis
        self._table = partial(table, generation=generation)
        self._columns: dict[Kind, ColumnWriter] = {}
        self._words: dict[Kind, WordWriter] = {}

    def put(self, document: Document) -> bool:
        """Write a document unless a newer version is there; whether it was written.

        Raises ValueError for a document that can never be indexed, before anything is written.
        """
        document = tidied(document)
        kind, id_ = document.kind, document.id
        if self._newest_version(kind, id_) > document.version:
            return False
        analysed = self._analysis.streams(document)
        streams = tuple([getattr(analysed, column) for column in COLUMNS])
        packed, stored = pack(payload(document)), pack_streams(streams)
        run = self._connection.execute
        # A document that changes keeps its row: the columns have no holes.
        old = self._remove(kind, id_)
        run(f"DELETE FROM {self._table(kind, 'tombs')} WHERE id = ?", (id_,))
        row = run(
            f"INSERT INTO {self._table(kind, 'docs')} (rowid, id, version, letter_id, title) VALUES (?, ?, ?, ?, ?)",
            (old, id_, document.version, document.letter_id, document.title),
        ).lastrowid
        assert row is not None
        run(f"INSERT INTO {self._table(kind, 'stored')} VALUES (?, ?, ?)", (row, packed, stored))
        for name, held in TABLES.items():
            values = [getattr(analysed, column) for column in held]
            run(f"INSERT INTO {self._table(kind, name)} (rowid, {', '.join(held)}) VALUES (?{', ?' * len(held)})", (row, *values))
        length = sum(len(stream.split()) for stream in (analysed.title_folded, analysed.body_folded))
        self._column_writer(kind).put(row, document, length)
        self._word_writer(kind).put(row, streams)
        return True

    def _remove(self, kind: Kind, id_: str) -> int | None:
        """Take a document out, if it is there; its row."""
        docs, stored = (self._table(kind, what) for what in ("docs", "stored"))
        run = self._connection.execute
        found = run(
            f"SELECT d.rowid, s.streams FROM {docs} d JOIN {stored} s ON s.rowid = d.rowid WHERE d.id = ?", (id_,)
        ).fetchone()
        if found is None:
            return None
        row: int = found[0]
        streams = unpack_streams(found[1])
        # A contentless FTS5 table forgets a row only when told exactly what was in it.
        for name, held in TABLES.items():
            fts, values = self._table(kind, name), [streams[COLUMNS.index(column)] for column in held]
            run(f"INSERT INTO {fts} ({fts}, rowid, {', '.join(held)}) VALUES ('delete', ?{', ?' * len(held)})", (row, *values))
        run(f"DELETE FROM {docs} WHERE rowid = ?", (row,))
        run(f"DELETE FROM {stored} WHERE rowid = ?", (row,))
        self._column_writer(kind).remove(row)
        self._word_writer(kind).remove(row, streams)
        return row

    def bury(self, kind: Kind, id_: str, version: int) -> bool:
        """Take a document out and remember the version; False where a newer one is there."""
        if self._newest_version(kind, id_) > version:
            return False
        self._remove(kind, id_)
        self._connection.execute(
            f"INSERT OR REPLACE INTO {self._table(kind, 'tombs')} VALUES (?, ?)", (id_, version)
        )
        return True

    def purge(self, kind: Kind, letter_id: str, version: int) -> int:
        """Take out the documents of a letter that are older than the version; how many."""
        rows = self._connection.execute(
            f"SELECT id FROM {self._table(kind, 'docs')} WHERE letter_id = ? AND version < ?",
            (letter_id, version),
        ).fetchall()
        for (id_,) in rows:
            self._remove(kind, id_)
        return len(rows)

    def flush(self) -> None:
        """Write what was gathered for the columns and the words."""
        for columns in self._columns.values():
            columns.flush()
        for words in self._words.values():
            words.flush()

    def _newest_version(self, kind: Kind, id_: str) -> int:
        """The version that the index holds of a document or of its removal; 0 for none."""
        row = self._connection.execute(
            f"SELECT max(version) FROM (SELECT version FROM {self._table(kind, 'docs')} WHERE id = ? UNION ALL"
            f" SELECT version FROM {self._table(kind, 'tombs')} WHERE id = ?)",
            (id_, id_),
        ).fetchone()
        return row[0] or 0

    def _column_writer(self, kind: Kind) -> ColumnWriter:
        if kind not in self._columns:
            self._columns[kind] = ColumnWriter(
                self._connection, self._table(kind, "columns"), self._table(kind, "values")
            )
        return self._columns[kind]

    def _word_writer(self, kind: Kind) -> WordWriter:
        if kind not in self._words:
            self._words[kind] = WordWriter(self._connection, self._table(kind, "words"), self._table(kind, "places"))
        return self._words[kind]
