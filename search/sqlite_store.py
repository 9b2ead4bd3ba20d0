"""The file of the embedded index: connections, tables, generations, writing.

Each kind has its tables in the current *generation*; a rebuild fills the
tables of the next one and switches in one transaction, so readers (also of
other processes) never see half an index.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ingest.errors import Unavailable
from search.analysis import ANALYSIS_VERSION
from search.fts import TABLES
from search.known_columns import KnownColumns
from search.shared import away
from search.sqlite_moments import Moments
from search.types import KINDS, Kind

SCHEMA_VERSION = "4"
BUSY_MS = 30_000
ENGINE = "SQLite FTS5"


def table(kind: Kind, what: str, generation: int) -> str:
    """Name of a table: what is docs, stored, columns, values, words, places, tombs or one of `search.fts.TABLES`."""
    return f"{kind}_{what}_{generation}"


def _schema(kind: Kind, generation: int) -> list[str]:
    docs, stored, columns, values, words, places, tombs = (
        table(kind, what, generation) for what in ("docs", "stored", "columns", "values", "words", "places", "tombs")
    )
    return [
        f"""CREATE TABLE {docs} (rowid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
            letter_id TEXT NOT NULL, title TEXT NOT NULL)""",
        f"CREATE INDEX {docs}_letter ON {docs} (letter_id)",
        f"CREATE TABLE {stored} (rowid INTEGER PRIMARY KEY, payload BLOB NOT NULL, streams BLOB NOT NULL)",
        # See search.columns.
        f"CREATE TABLE {columns} (block INTEGER PRIMARY KEY, plain BLOB NOT NULL, agencies BLOB NOT NULL)",
        f"""CREATE TABLE {values} (code INTEGER PRIMARY KEY, field TEXT NOT NULL, value TEXT NOT NULL,
            UNIQUE (field, value))""",
        # See search.word_rows and search.word_places.
        *(
            f"CREATE TABLE {name} (block INTEGER, word TEXT, held BLOB NOT NULL, PRIMARY KEY (block, word)) WITHOUT ROWID"
            for name in (words, places)
        ),
        f"CREATE TABLE {tombs} (id TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID",
        *(statement for name, held in TABLES.items() for statement in _fts(table(kind, name, generation), held)),
    ]


def _fts(name: str, held: Sequence[str]) -> tuple[str, str]:
    """The streams are kept compressed in the stored table; FTS5 itself keeps only the index."""
    return (
        f"""CREATE VIRTUAL TABLE {name} USING fts5({", ".join(held)}, content='',
            tokenize="unicode61 remove_diacritics 0 tokenchars '_'")""",
        # Bytes of a transaction gathered in memory: fewer small pieces that must be merged later.
        f"INSERT INTO {name} ({name}, rank) VALUES ('hashsize', {8 * 1024 * 1024})",
    )


def pack(value: object) -> bytes:
    """A JSON value, compressed."""
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 3)


def unpack(blob: bytes) -> Any:
    """The JSON value of `pack`."""
    return json.loads(zlib.decompress(blob))


def pack_streams(streams: Sequence[str]) -> bytes:
    """A document's streams, compressed; their tokens hold no line feed."""
    return zlib.compress("\n".join(streams).encode(), 1)


def unpack_streams(blob: bytes) -> list[str]:
    """The streams of `pack_streams`."""
    return zlib.decompress(blob).decode().split("\n")


class Store:
    """Connections to the index file, one per thread; they follow the file when it is replaced."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._all: set[sqlite3.Connection] = set()
        self._lock = threading.Lock()
        self.moments = Moments(self._connect)
        self.columns = KnownColumns()

    @contextmanager
    def reading(self) -> Iterator[tuple[sqlite3.Connection, int]]:
        """A connection inside one read transaction, and the current generation."""
        with self._transaction("BEGIN") as connection:
            yield connection, whole_generation_of(connection)

    @contextmanager
    def at(self, moment: str | None, *, steady: bool) -> Iterator[tuple[sqlite3.Connection, int, str]]:
        """A connection that sees the index of a moment, its generation and the moment's name.

        None begins a new one, and so does a moment that is gone, unless `steady` asks for that very one.
        """
        with translated(self.path):
            if moment is not None:
                with self.moments.use(moment) as connection:
                    if connection is not None:
                        yield connection, whole_generation_of(connection), moment
                        return
                if steady:
                    raise away(ENGINE, "the moment in time has passed")
            fresh = self.moments.begin()
            with self.moments.use(fresh) as connection:
                assert connection is not None
                yield connection, whole_generation_of(connection), fresh

    @contextmanager
    def writing(self) -> Iterator[tuple[sqlite3.Connection, int]]:
        """A connection inside one write transaction, and the current generation."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection, generation_of(connection)
            note_change(connection)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with translated(self.path):
            connection = self._connection()
            connection.execute(begin)
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def _connection(self) -> sqlite3.Connection:
        known: tuple[sqlite3.Connection, int] | None = getattr(self._local, "open", None)
        if known is not None:
            connection, inode = known
            if connection in self._all and self.path.exists() and self.path.stat().st_ino == inode:
                return connection
            self._drop(connection)
        connection = self._connect()
        with self._lock:
            self._all.add(connection)
        self._local.open = (connection, self.path.stat().st_ino)
        return connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        try:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("PRAGMA cache_size = -32768")
            connection.execute("PRAGMA mmap_size = 134217728")
            _create(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _drop(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            self._all.discard(connection)
        connection.close()

    def discard(self) -> None:
        """Throw the file away: it is damaged and only a copy."""
        self.close()
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def close(self) -> None:
        """Close every connection."""
        self.moments.close()
        with self._lock:
            connections, self._all = self._all, set()
        for connection in connections:
            connection.close()


UNUSABLE = ("index-broken", "index-form")
"""Codes of the errors of a file that must be thrown away and built anew."""


class OtherForm(sqlite3.DatabaseError):
    """The file's tables are those of another version of the program."""


class Unfinished(sqlite3.DatabaseError):
    """An index that is built in place of an unreadable one is not whole yet."""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's errors as ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise away(ENGINE, f"{path.name}: {error}") from error
    except OtherForm as error:
        raise _unusable(
            "index-form",
            f"Tệp chỉ mục {path} do phiên bản khác của chương trình lập ({error}).",
            f"The index file {path} was made by another version of the program ({error}).",
        ) from error
    except Unfinished as error:
        raise Unavailable(
            "index-unfinished",
            f"Tệp chỉ mục {path} đang được lập lại, hoặc lần lập lại trước chưa xong.",
            f"The index file {path} is being built anew, or was not built to the end.",
            advice="Hãy đợi; nếu không có việc lập lại nào đang chạy, chạy “dondoc index rebuild”; không có dữ liệu nào mất.",
            advice_en="Wait; where no rebuild is running, run “dondoc index rebuild”; no data is lost.",
            retry=True,
        ) from error
    except sqlite3.DatabaseError as error:
        raise _unusable("index-broken", f"Tệp chỉ mục {path} bị hỏng ({error}).", f"The index file {path} is damaged ({error}).") from error


def _unusable(code: str, message: str, message_en: str) -> Unavailable:
    return Unavailable(
        code,
        message,
        message_en,
        advice="Chạy “dondoc index rebuild” để dựng lại; không có dữ liệu nào mất.",
        advice_en="Run “dondoc index rebuild”; no data is lost.",
    )


def _create(connection: sqlite3.Connection) -> None:
    found = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'meta'").fetchone()[0]
    if found:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been quicker.
        connection.execute("CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
        if connection.execute("SELECT count(*) FROM meta").fetchone()[0] == 0:
            create_generation(connection, 1)
            switch_generation(connection, 1)
            note_change(connection)
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def create_generation(connection: sqlite3.Connection, generation: int) -> None:
    """Make the empty tables of a generation."""
    for kind in KINDS:
        for statement in _schema(kind, generation):
            connection.execute(statement)


def drop_generations(connection: sqlite3.Connection, *, keep: int) -> None:
    """Remove the tables of every other generation."""
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    own = [name for name in names if name.startswith(tuple(f"{kind}_" for kind in KINDS))]
    for name in own:
        kind_what = name.split("_")
        if len(kind_what) == 3 and kind_what[2].isdigit() and int(kind_what[2]) != keep:
            connection.execute(f"DROP TABLE {name}")


def switch_generation(connection: sqlite3.Connection, generation: int) -> None:
    """Make a generation the current one, built by this version of the analysis."""
    rows = {"schema": SCHEMA_VERSION, "analysis": ANALYSIS_VERSION, "generation": str(generation)}
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows.items())
    connection.execute("DELETE FROM meta WHERE key = 'unfinished'")


def note_unfinished(connection: sqlite3.Connection) -> None:
    """Mark that the index holds nothing yet of what it should, until a generation becomes the current one."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('unfinished', '1')")


def note_change(connection: sqlite3.Connection) -> None:
    """Mark that the index is another one than before, in this file or any other: what readers keep of it has grown old."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('change', ?)", (secrets.token_hex(8),))


def whole_generation_of(connection: sqlite3.Connection) -> int:
    """The current generation for one who asks. Raises `Unfinished` where it would look like an empty index."""
    generation = generation_of(connection)
    if connection.execute("SELECT count(*) FROM meta WHERE key = 'unfinished'").fetchone()[0]:
        raise Unfinished("not whole yet")
    return generation


def generation_of(connection: sqlite3.Connection) -> int:
    """The current generation. Raises `OtherForm` where this version of the program cannot read the tables."""
    known = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    if known["schema"] != SCHEMA_VERSION:
        raise OtherForm(f"{known['schema']} ≠ {SCHEMA_VERSION}")
    return int(known["generation"])
