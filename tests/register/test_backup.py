"""Backup and restore: all rows and originals, checked, into either kind of database."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from ingest.errors import BadFile, BadRequest, Confined
from register import corrections, events, intake, letters, outbox, tasks, users
from register.backup import LEFT_OUT, backup, restore
from register.database import Database
from register.models import Base
from register.originals import OriginalStore
from tests.register.letters import AT, citation, dispatch, fixed, monthly, receive, record, task
from tests.registers import new_register


def contents(database: Database) -> dict[str, list[Any]]:
    with database.reading() as s:
        return {
            table.name: [tuple(row) for row in s.execute(select(table).order_by(*table.primary_key.columns))]
            for table in Base.metadata.sorted_tables
            if table.name not in LEFT_OUT
        }


@pytest.fixture
def filled(database: Database, store: OriginalStore) -> Database:
    number = receive(database, store, "thư \x00 một".encode())
    letter = dispatch(
        task("1", "Báo cáo", fixed(date(2020, 5, 15), "trước 15/5"), monthly(), cooperating=["Sở Tài chính"]),
        references=[citation("45/2012/NĐ-CP", "nghị định", "45", 2012, "NĐ-CP", start=1, end=9)],
    )
    [letter_id] = record(database, number, letter).letter_ids
    receive(database, store, "thư \x00 một".encode())
    secret = receive(database, store, b"secret")
    with database.transaction() as s:
        user = users.add(s, login="an", name="An", password="mật khẩu dài", role="admin", at=AT)
        users.open_session(s, user.id, at=AT)
        obligation = letters.get(s, letter_id).tasks[0].obligations[0].id
        request = events.request_extension(
            s, obligation, new_due=date(2020, 7, 1), text="chờ", at=AT, by=user.id
        )
        events.decide_extension(s, request, granted=True, at=AT, by=user.id)
        corrections.correct_letter(s, letter_id, "subject", "đã sửa", at=AT, by=user.id)
        intake.refuse(s, store, secret, Confined("letter-confined", "MẬT", "secret"), at=AT)
    return database


def test_what_is_restored_equals_what_was_saved(
    filled: Database, store: OriginalStore, new_database: Callable[[], Database], tmp_path: Path
) -> None:
    target = tmp_path / "backups" / "sao lưu.zip"
    saved = backup(filled, store, target, at=AT)
    other, originals = new_database(), OriginalStore(tmp_path / "other")
    restored = restore(target, other, originals)
    assert contents(other) == contents(filled)
    assert list(originals.all()) == list(store.all())
    assert all(originals.verify(each) for each in originals.all())
    assert restored.rows == saved.rows
    assert (saved.originals, saved.missing) == (1, ())
    assert saved.rows["corrections"] == 1
    with other.transaction() as s:  # life goes on: new ids do not collide with old ones
        receipt = intake.receive(s, originals, b"new", name="new.pdf", at=AT)
        assert receipt.file_id == max(number for number, *_ in contents(filled)["files"]) + 1


def test_an_id_that_was_given_once_is_not_given_again_after_a_restore(
    filled: Database, store: OriginalStore, new_database: Callable[[], Database], tmp_path: Path
) -> None:
    with filled.transaction() as s:
        entries = outbox.pending(s)
        outbox.done(s, [each.id for each in entries], at=AT)
        outbox.prune(s, before=AT.replace(year=2021))
    backup(filled, store, tmp_path / "b.zip", at=AT)
    other = new_database()
    restore(tmp_path / "b.zip", other, OriginalStore(tmp_path / "other"))
    with other.transaction() as s:
        outbox.put(s, "letter", 1, 99, "upsert", at=AT)
        assert outbox.pending(s)[0].id > max(each.id for each in entries)


def test_a_desk_grows_into_an_office(
    new_postgres: Callable[[], str], store: OriginalStore, tmp_path: Path
) -> None:
    desk, office = new_register(tmp_path / "desk.db"), Database(new_postgres())
    record(desk, receive(desk, store), dispatch(task("1", "Báo cáo", monthly())))
    backup(desk, store, tmp_path / "b.zip", at=AT)
    restore(tmp_path / "b.zip", office, OriginalStore(tmp_path / "office"))
    assert contents(office) == contents(desk)
    with office.reading() as s:
        assert tasks.listing(s, today=date(2020, 5, 1)).items[0].due_on == date(2020, 5, 24)
    for each in (desk, office):
        each.close()


def test_a_missing_original_is_told(filled: Database, store: OriginalStore, tmp_path: Path) -> None:
    [sha256] = store.all()
    store.path(sha256).unlink()
    assert backup(filled, store, tmp_path / "b.zip", at=AT).missing == (sha256,)


def test_a_backup_never_overwrites(filled: Database, store: OriginalStore, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("precious")
    with pytest.raises(BadRequest, match="không ghi đè"):
        backup(filled, store, tmp_path / "b.zip", at=AT)
    assert (tmp_path / "b.zip").read_text() == "precious"


def test_nothing_is_restored_over_data(filled: Database, store: OriginalStore, tmp_path: Path) -> None:
    backup(filled, store, tmp_path / "b.zip", at=AT)
    before = contents(filled)
    with pytest.raises(BadRequest, match="còn trống"):
        restore(tmp_path / "b.zip", filled, OriginalStore(tmp_path / "other"))
    assert contents(filled) == before


def _rewrite(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))


@pytest.mark.parametrize("part", ["tables/letters.jsonl", "originals/", "manifest.json"])
def test_a_changed_backup_is_refused_and_nothing_written(
    filled: Database, store: OriginalStore, new_database: Callable[[], Database], tmp_path: Path, part: str
) -> None:
    backup(filled, store, tmp_path / "b.zip", at=AT)
    _rewrite(
        tmp_path / "b.zip",
        tmp_path / "c.zip",
        lambda name, data: data[:-3] if name.startswith(part) else data,
    )
    other, originals = new_database(), OriginalStore(tmp_path / "other")
    with pytest.raises(BadFile, match="bị hỏng"):
        restore(tmp_path / "c.zip", other, originals)
    assert not any(contents(other).values())
    assert list(originals.all()) == []


def test_what_is_no_backup_is_said_to_be_none(new_database: Callable[[], Database], tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"not a zip")
    for name in ("x.zip", "absent.zip"):
        with pytest.raises(BadFile):
            restore(tmp_path / name, new_database(), OriginalStore(tmp_path / "other"))


def _with_manifest(
    source: Path, target: Path, change: Callable[[Any], Any], extra: dict[str, bytes] | None = None
) -> None:
    """A copy of a backup with another manifest, and more files."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, json.dumps(change(json.loads(data))) if name == "manifest.json" else data)
        for name, data in (extra or {}).items():
            new.writestr(name, data)


_EVIL = b"escaped"
_EVIL_HASH = hashlib.sha256(_EVIL).hexdigest()
HOSTILE: dict[str, Callable[[Any], Any]] = {
    "a list": lambda _: [],
    "no tables": lambda m: {**m, "tables": None},
    "no files": lambda m: {**m, "files": ["tables/letters.jsonl"]},
    "path out of the store": lambda m: {**m, "files": {**m["files"], "originals/../../evil": _EVIL_HASH}},
    "unknown table": lambda m: {**m, "tables": {**m["tables"], "sqlite_master": {"name": "plain"}}},
    "unknown form": lambda m: {**m, "tables": {**m["tables"], "letters": {"id": "code"}}},
    "unchecked table": lambda m: {**m, "files": {n: h for n, h in m["files"].items() if "letters" not in n}},
    "columns left out": lambda m: {**m, "tables": {**m["tables"], "users": {"id": "int"}}},
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_backup_is_refused_and_nothing_written(
    filled: Database, store: OriginalStore, new_database: Callable[[], Database], tmp_path: Path, what: str
) -> None:
    backup(filled, store, tmp_path / "b.zip", at=AT)
    _with_manifest(
        tmp_path / "b.zip", tmp_path / "c.zip", HOSTILE[what], {"originals/../../evil": _EVIL}
    )
    other, originals = new_database(), OriginalStore(tmp_path / "deep" / "other")
    with pytest.raises(BadFile, match="bị hỏng"):
        restore(tmp_path / "c.zip", other, originals)
    assert not any(contents(other).values())
    assert list(originals.all()) == []
    assert not (tmp_path / "evil").exists()


def test_a_backup_of_another_version_is_said_to_be_one(
    filled: Database, store: OriginalStore, new_database: Callable[[], Database], tmp_path: Path
) -> None:
    backup(filled, store, tmp_path / "b.zip", at=AT)
    _with_manifest(tmp_path / "b.zip", tmp_path / "c.zip", lambda m: {**m, "revision": "9999"})
    with pytest.raises(BadRequest, match="phiên bản chương trình khác"):
        restore(tmp_path / "c.zip", new_database(), OriginalStore(tmp_path / "other"))


def test_a_backup_whose_stream_is_torn_is_damaged(
    filled: Database, store: OriginalStore, new_database: Callable[[], Database], tmp_path: Path
) -> None:
    target = tmp_path / "b.zip"
    backup(filled, store, target, at=AT)
    data = bytearray(target.read_bytes())
    for place in range(60, 400):  # inside the first table's packed bytes
        data[place] ^= 0x5A
    target.write_bytes(bytes(data))
    with pytest.raises(BadFile, match="bị hỏng"):
        restore(target, new_database(), OriginalStore(tmp_path / "other"))
