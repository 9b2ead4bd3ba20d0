"""Backup and restore: one zip with all rows as JSON lines, the originals, and a manifest of SHA-256 sums.

The rows are read in one snapshot, so the backup is consistent while the office
works on. The form is the same for SQLite and PostgreSQL: a backup of the one
can be restored into the other, which is also how a desk grows into an office.
Signed-in browsers and counts of failed sign-ins are left out.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    Integer,
    MetaData,
    Table,
    Text,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError, StatementError
from sqlalchemy.types import TypeEngine

from ingest.errors import BadFile, BadRequest
from register.database import Database, raise_translated
from register.migrations import run
from register.models import Base
from register.models.base import Instant, to_json_text
from register.originals import OriginalStore, unreadable

FORMAT: Final = 1
LEFT_OUT: Final = ("web_sessions", "attempts")
BATCH: Final = 500
MANIFEST_BYTES: Final = 256 * 1024**2
"""A manifest beyond this (two million originals) is no manifest."""
LINE_BYTES: Final = 128 * 1024**2
"""A row beyond this is no row: what unpacks without end must not fill the memory."""
DAMAGED: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, KeyError, ValueError, TypeError, NotImplementedError,
    RuntimeError, OverflowError, StatementError,
)  # fmt: skip
"""What a damaged or foreign zip raises while it is read: torn streams, passwords, unknown packing, wrong values."""
_FORMS: dict[str, TypeEngine[Any]] = {
    "instant": Instant(),
    "date": Date(),
    "json": JSON(),
    "bool": Boolean(),
    "int": Integer(),
    "float": Float(),
    "plain": Text(),
}


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup holds: rows by table, originals, bytes; `missing` are originals not found in the store."""

    path: Path
    rows: dict[str, int]
    originals: int
    bytes: int
    missing: tuple[str, ...] = ()


def backup(database: Database, store: OriginalStore, target: Path, *, at: datetime) -> BackupReport:
    """Write a consistent snapshot to a new zip; an existing file is never overwritten (BadRequest)."""
    if target.exists():
        raise BadRequest(
            "backup-exists",
            f"Đã có tệp {target}; bản sao lưu không ghi đè.",
            f"{target} exists already; a backup never overwrites.",
            advice="Hãy chọn tên khác.",
            advice_en="Choose another name.",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".partial")
    try:
        with partial.open("wb") as handle:
            report = _write(database, store, handle, target, at)
            handle.flush()
            os.fsync(handle.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return report


def _write(database: Database, store: OriginalStore, handle: Any, target: Path, at: datetime) -> BackupReport:
    files: dict[str, str] = {}
    rows: dict[str, int] = {}
    missing: list[str] = []
    with zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED) as out, database.reading() as s:
        connection = s.connection()
        tables = [table for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT]
        for table in tables:
            name = f"tables/{table.name}.jsonl"
            digest, count = hashlib.sha256(), 0
            with out.open(name, "w", force_zip64=True) as lines:
                for row in _rows(connection, table):
                    line = to_json_text(row).encode() + b"\n"
                    digest.update(line)
                    lines.write(line)
                    count += 1
            files[name], rows[table.name] = digest.hexdigest(), count
        originals = _kept(connection)
        for sha256 in originals:
            if not store.has(sha256):
                missing.append(sha256)
                continue
            name = f"originals/{sha256}"
            out.write(store.path(sha256), name, compress_type=zipfile.ZIP_STORED)
            files[name] = sha256
        manifest = {
            "format": FORMAT,
            "revision": run.current(connection),
            "at": at.isoformat(),
            "tables": {
                table.name: {column.name: _form(column.type) for column in table.columns} for table in tables
            },
            "sequences": _sequences(connection, tables),
            "rows": rows,
            "missing": missing,
            "files": files,
        }
        out.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
    return BackupReport(target, rows, len(originals) - len(missing), handle.tell(), tuple(missing))


def restore(source: Path, database: Database, store: OriginalStore) -> BackupReport:
    """Bring a backup back into an empty database and store, of either kind of database.

    Every file is checked against the manifest before anything is written.
    BadRequest when the place is not empty, BadFile when the backup is damaged.
    A backup of an older version of the program is brought up to this one.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _verified(archive, source)
            _demand_empty(database, store)
            originals = [name for name in manifest["files"] if name.startswith("originals/")]
            run.upgrade(database.engine, manifest["revision"])
            with database.engine.begin() as connection:
                for name, forms in manifest["tables"].items():
                    _fill(connection, name, forms, archive)
                _set_sequences(connection, manifest["sequences"])
                # Last: rows that do not fit undo themselves, files do not. Each is checked already.
                _put_back(archive, originals, store)
            database.upgrade()
    except DBAPIError as error:
        if isinstance(error, IntegrityError | DataError | ProgrammingError):
            raise _damaged(source, "rows") from error
        raise_translated(error)
    except DAMAGED as error:
        raise _damaged(source, str(error)) from error
    except OSError as error:
        if error.filename is None or Path(str(error.filename)) != source:
            raise
        raise unreadable(source, error) from error
    return BackupReport(
        source, dict(manifest["rows"]), len(originals), source.stat().st_size, tuple(manifest["missing"])
    )


def _put_back(archive: zipfile.ZipFile, names: list[str], store: OriginalStore) -> None:
    """The originals into the (empty) store, all or none; by way of a file, for one may be larger than the memory."""
    done: list[str] = []
    try:
        for name in names:
            with tempfile.NamedTemporaryFile(prefix="dondoc-restore-") as held, archive.open(name) as source:
                shutil.copyfileobj(source, held, 1 << 20)
                held.flush()
                done.append(store.put(Path(held.name)).sha256)
    except BaseException:
        for sha256 in done:
            store.discard(sha256)
        raise


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    query = select(table).order_by(*table.primary_key.columns)
    for row in connection.execution_options(yield_per=BATCH).execute(query).mappings():
        yield {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}


def _kept(connection: Connection) -> list[str]:
    """Content of all uploads and attached files whose bytes are kept."""
    files = Base.metadata.tables["files"]
    query = (
        select(files.c.sha256).where(files.c.state.not_in(("duplicate", "refused"))).order_by(files.c.sha256)
    )
    arranged = select(files.c.read_sha256).where(files.c.read_sha256.is_not(None), files.c.state != "refused")
    attached = Base.metadata.tables["attachments"]
    beside = select(attached.c.sha256).where(attached.c.state != "refused")
    return sorted({*connection.scalars(query), *connection.scalars(arranged), *connection.scalars(beside)})


def _form(kind: TypeEngine[Any]) -> str:
    if isinstance(kind, Instant):
        return "instant"
    for name, form in (("date", Date), ("json", JSON), ("bool", Boolean), ("int", Integer), ("float", Float)):
        if isinstance(kind, form):
            return name
    return "plain"


def _sequences(connection: Connection, tables: list[Table]) -> dict[str, int]:
    """The last id each table ever gave: an id must not be given again, also when its row is gone."""
    numbered = [table.name for table in tables if "id" in table.columns]
    if connection.dialect.name == "sqlite":
        found: dict[str, int] = dict(connection.execute(text("SELECT name, seq FROM sqlite_sequence")).all())
        return {name: int(found.get(name, 0)) for name in numbered}
    result = {}
    for name in numbered:
        sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": name})
        last, called = connection.execute(text(f"SELECT last_value, is_called FROM {sequence}")).one()
        result[name] = int(last) if called else 0
    return result


def _set_sequences(connection: Connection, sequences: Mapping[str, int]) -> None:
    for name, last in sequences.items():
        if last < 1:
            continue
        if connection.dialect.name == "sqlite":
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": name})
            connection.execute(
                text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"),
                {"name": name, "last": last},
            )
        else:
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"),
                {"name": name, "last": last},
            )


def _verified(archive: zipfile.ZipFile, source: Path) -> dict[str, Any]:
    if archive.getinfo("manifest.json").file_size > MANIFEST_BYTES:
        raise _damaged(source, "manifest.json")
    with archive.open("manifest.json") as head:  # the size in the directory may be a lie
        manifest: dict[str, Any] = json.loads(head.read(MANIFEST_BYTES + 1))
    _check_form(manifest, source)
    for name, sha256 in manifest["files"].items():
        digest = hashlib.sha256()
        with archive.open(name) as handle:
            while chunk := handle.read(1 << 20):
                digest.update(chunk)
        if digest.hexdigest() != sha256 or (name.startswith("originals/") and name != f"originals/{sha256}"):
            raise _damaged(source, name)
    return manifest


def _check_form(manifest: Any, source: Path) -> None:
    """The manifest has the parts and only the tables that a backup of ours has."""
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise _damaged(source, "format")
    for part, kind in (("tables", dict), ("files", dict), ("sequences", dict), ("rows", dict), ("missing", list)):
        if not isinstance(manifest.get(part), kind):
            raise _damaged(source, part)
    if manifest.get("revision") not in run.revisions():
        raise BadRequest(
            "backup-newer",
            f"Bản sao lưu {source.name} thuộc phiên bản chương trình khác ({manifest.get('revision')}).",
            f"The backup {source.name} belongs to another version of the program ({manifest.get('revision')}).",
            advice="Hãy cài phiên bản chương trình đã tạo bản sao lưu, hoặc mới hơn.",
            advice_en="Install the version of the program that made the backup, or a newer one.",
        )
    known = {table.name for table in Base.metadata.sorted_tables}
    for name, forms in manifest["tables"].items():
        columns_right = isinstance(forms, dict) and set(map(str, forms.values())) <= set(_FORMS)
        if name not in known or not columns_right or f"tables/{name}.jsonl" not in manifest["files"]:
            raise _damaged(source, str(name)[:80])


def _demand_empty(database: Database, store: OriginalStore) -> None:
    with database.reading() as s:
        connection = s.connection()
        present = set(inspect(connection).get_table_names())
        filled = any(
            connection.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
            if table.name in present
        )
    if filled or next(iter(store.all()), None) is not None:
        raise BadRequest(
            "restore-not-empty",
            "Chỉ khôi phục được vào nơi còn trống: cơ sở dữ liệu hoặc kho tệp gốc đã có dữ liệu.",
            "A backup can only be restored into an empty place: the database or the store holds data.",
            advice="Hãy đặt DONDOC_DATA_DIR hoặc DONDOC_DATABASE_URL tới nơi mới.",
            advice_en="Point DONDOC_DATA_DIR or DONDOC_DATABASE_URL to a new place.",
        )


def _fill(connection: Connection, name: str, forms: Mapping[str, str], archive: zipfile.ZipFile) -> None:
    table = Table(name, MetaData(), *(Column(column, _FORMS[form]) for column, form in forms.items()))
    batch: list[dict[str, Any]] = []
    with archive.open(f"tables/{name}.jsonl") as lines:
        while line := lines.readline(LINE_BYTES):
            row = json.loads(line)
            batch.append({key: _read(forms[key], value) for key, value in row.items()})
            if len(batch) == BATCH:
                connection.execute(insert(table), batch)
                batch = []
    if batch:
        connection.execute(insert(table), batch)


def _read(form: str, value: Any) -> Any:
    if value is not None and form == "instant":
        return datetime.fromisoformat(value)
    if value is not None and form == "date":
        return date.fromisoformat(value)
    return value


def _damaged(source: Path, what: str) -> BadFile:
    return BadFile(
        "backup-damaged",
        f"Bản sao lưu {source.name} bị hỏng hoặc không đúng định dạng ({what}).",
        f"The backup {source.name} is damaged or not a backup ({what}).",
        advice="Chưa có gì được ghi. Hãy dùng bản sao lưu khác.",
        advice_en="Nothing was written. Use another backup.",
    )
