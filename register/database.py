"""The database: SQLite in WAL mode or PostgreSQL, and the unit of work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.orm import Session

from ingest.errors import BadRequest, Unavailable
from register.models import to_json_text

BUSY_MS = 30_000
"""How long a writer waits for another one (SQLite)."""
MAPPED = 1 << 30
"""Bytes of the file that SQLite reads where the system keeps them, without copying (rows far apart come twice as fast)."""


class Database:
    """A database by its URL: ``sqlite:////path/dondoc.db`` or ``postgresql://user:pw@host/name``.

    Opening connects to nothing yet. Every failure of the server is
    `Unavailable`; nothing is lost then, the transaction has been undone.
    """

    def __init__(self, url: str, *, pool_size: int = 5) -> None:
        self.engine = _engine(url, pool_size)
        self.dialect = self.engine.dialect.name
        # Readers on SQLite must not take the write lock that BEGIN IMMEDIATE takes.
        self._readers = self.engine.execution_options(reading=True)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A unit of work: commits at its end, undoes everything if an exception leaves it."""
        with self._session(self.engine) as session:
            yield session
            session.commit()
            for action in session.info.pop("after_commit", ()):
                action()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads, from one consistent snapshot, and never blocks a writer."""
        with self._session(self._readers) as session:
            yield session
            session.rollback()

    @contextmanager
    def _session(self, bind: Engine) -> Iterator[Session]:
        session = Session(bind, expire_on_commit=False)
        try:
            yield session
        except DBAPIError as error:
            session.rollback()
            raise_translated(error)
        finally:
            session.close()

    def upgrade(self) -> None:
        """Bring the tables to the program's version (Alembic), and fill those that are new; harmless when they are."""
        from register.graph.backfill import backfill
        from register.migrations.run import upgrade

        try:
            upgrade(self.engine)
        except DBAPIError as error:
            raise_translated(error)
        with self.transaction() as s:
            backfill(s)

    def check(self) -> None:
        """Raise `Unavailable` if the database does not answer, `BadRequest` if its tables are not up to date."""
        from register.migrations.run import current, head

        try:
            with self._readers.connect() as connection:
                connection.execute(text("SELECT 1"))
                found = current(connection)
        except DBAPIError as error:
            raise_translated(error)
        if found != head():
            raise BadRequest(
                "database-outdated",
                "Cơ sở dữ liệu chưa được cập nhật theo phiên bản chương trình.",
                "The database has not been upgraded to this version of the program.",
                advice="Hãy chạy: dondoc db upgrade",
                advice_en="Run: dondoc db upgrade",
            )

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def upgrade(url: str) -> None:
    """Bring the database of this URL to the program's version."""
    database = Database(url)
    try:
        database.upgrade()
    finally:
        database.close()


def _engine(url: str, pool_size: int) -> Engine:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # a port that is no number
        # Without the address itself: it may hold a password.
        raise BadRequest(
            "database-url",
            "Địa chỉ cơ sở dữ liệu không đúng dạng.",
            "The database address has the wrong form.",
            advice="Dùng sqlite:///… hoặc postgresql://…",
            advice_en="Use sqlite:///… or postgresql://…",
        ) from None
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    options: dict[str, Any] = {"json_serializer": to_json_text}
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, connect_args={"timeout": BUSY_MS / 1000}, **options)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if parsed.get_backend_name() == "postgresql":
        engine = create_engine(
            parsed,
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 10},
            **options,
        )
        event.listen(engine, "begin", _begin_postgres)
        return engine
    raise BadRequest(
        "database-url",
        f"Không hỗ trợ cơ sở dữ liệu {parsed.drivername}.",
        f"Databases of the kind {parsed.drivername} are not supported.",
        advice="Dùng sqlite:///… hoặc postgresql://…",
        advice_en="Use sqlite:///… or postgresql://…",
    )


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we write BEGIN ourselves: the driver would begin too late
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}", f"mmap_size={MAPPED}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading")
    # A transaction that reads first and writes later fails under load if it begins DEFERRED.
    connection.exec_driver_sql("BEGIN DEFERRED" if reading else "BEGIN IMMEDIATE")


def _begin_postgres(connection: Connection) -> None:
    if connection.get_execution_options().get("reading"):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def raise_translated(error: DBAPIError) -> NoReturn:
    """Raise a failure of the server as `Unavailable`; any other database error is a defect and stays what it is."""
    words = (str(error.orig).strip().splitlines() or ["?"])[0]
    if "malformed" in words or "not a database" in words:
        raise Unavailable(
            "database-damaged",
            f"Tệp cơ sở dữ liệu bị hỏng ({words}).",
            f"The database file is damaged ({words}).",
            advice="Hãy khôi phục từ bản sao lưu: dondoc restore",
            advice_en="Restore from a backup: dondoc restore",
        ) from error
    if not (isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated):
        raise error
    raise Unavailable(
        "database-unavailable",
        f"Cơ sở dữ liệu không trả lời ({words}).",
        f"The database does not answer ({words}).",
        advice="Dữ liệu đã lưu không bị mất. Hãy kiểm tra máy chủ cơ sở dữ liệu rồi thử lại.",
        advice_en="Nothing that was saved is lost. Check the database server and try again.",
        retry=True,
    ) from error
