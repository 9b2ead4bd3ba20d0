"""`dondoc ingest`: register, process and index files; tell what became of each."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from dondoc.progress import steps
from dondoc.running import expand, limits, mailer_of, open_database, open_engine, open_store
from dondoc.settings import Settings
from dondoc.worker import Office, Workers
from ingest.errors import BadFile, DondocError
from nlp.dispatch import VERSION
from register import intake, twins
from register.clock import now
from register.database import Database
from register.names import safe_name
from register.twins import TwinView
from register.views import FileView

ENDED = frozenset({"done", "failed", "refused"})


@contextmanager
def office_of(settings: Settings, workers: int) -> Iterator[Office]:
    """Database, store, engine and reader pool of the settings; closed at the end."""
    from ingest.pool import ReaderPool

    database = open_database(settings)
    engine = open_engine(settings)
    try:
        with ReaderPool(workers=max(1, workers), limits=limits(settings)) as pool:
            yield Office(
                database=database,
                store=open_store(settings),
                engine=engine,
                pool=pool,
                home_agency=settings.home_agency,
                lease=timedelta(seconds=settings.lease_seconds),
                soon_days=settings.due_soon_days,
                mailer=mailer_of(settings),
                public_url=settings.link,
                reminder_hour=settings.reminder_hour,
            )
    finally:
        engine.close()
        database.close()


def run(files: list[Path], *, as_json: bool, workers: int | None) -> int:
    """Ingest and wait until every file has come to its end; 0 only if none failed."""
    settings = Settings()
    count = workers or max(1, settings.workers)
    paths = expand(files)
    with office_of(settings, count) as office:
        receipts: list[tuple[Path, intake.Receipt]] = []
        failed = 0
        for path in paths:
            try:
                receipts.append((path, receive(office, path)))
            except BadFile as error:  # it cannot even be opened; the others are not affected
                failed += 1
                _tell_unopened(path, error, as_json=as_json)
        with Workers(office, count) as readers:
            ids = [receipt.duplicate_of or receipt.file_id for _, receipt in receipts]
            outcomes = wait_for(office.database, ids, lambda: readers.trouble)
        with office.database.reading() as s:
            same = twins.of_letters(s, [letter for view in outcomes.values() for letter in view.letter_ids])
        for path, receipt in receipts:
            view = outcomes[receipt.duplicate_of or receipt.file_id]
            failed += view.state in ("failed", "refused")
            found = [twin for letter in view.letter_ids for twin in same.get(letter, ())]
            _tell(path, view, found, duplicate=receipt.duplicate_of is not None, as_json=as_json)
    return 1 if failed else 0


def receive(office: Office, path: Path) -> intake.Receipt:
    """Take one file in; its bytes are kept before anything reads them."""
    with office.database.transaction() as s:
        return intake.receive(s, office.store, path, name=path.name, at=now(), version=VERSION)


def wait_for(
    database: Database, file_ids: list[int], trouble: Callable[[], DondocError | None]
) -> dict[int, FileView]:
    """Wait until the files are processed and indexed; gives each one's last state.

    Raises what `trouble` gives as soon as it gives something: nobody waits for a disk that stays full.
    """
    waiting = dict.fromkeys(file_ids)
    ended: dict[int, FileView] = {}
    with steps("Đọc văn bản", len(waiting)) as advance:
        while waiting:
            with database.reading() as s:
                views = [intake.get(s, file_id) for file_id in waiting]
            for view in views:
                if view.state in ENDED:
                    ended[view.id] = view
                    del waiting[view.id]
                    advance(view.name)
            if waiting:
                if (reason := trouble()) is not None:
                    raise reason
                time.sleep(0.2)
    _wait_for_index(database)
    return ended


def _wait_for_index(database: Database, seconds: float = 30.0) -> None:
    """Until the outbox is empty, or the index is away for too long: it then catches up later, and that is said."""
    from register import outbox

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with database.reading() as s:
            if outbox.lag(s, at=now()).waiting == 0:
                return
        time.sleep(0.1)
    print(
        "Văn bản đã vào sổ nhưng chỉ mục tìm kiếm chưa nhận được; chỉ mục sẽ tự cập nhật khi máy tìm kiếm trở lại.",
        file=sys.stderr,
    )


def _tell_unopened(path: Path, error: BadFile, *, as_json: bool) -> None:
    if as_json:
        row: dict[str, object] = {"file": str(path), "file_id": None, "state": "failed", "duplicate": False, "pages": None, "letters": [],
               "reason": error.code, "message": error.message, "advice": error.advice}  # fmt: skip
        print(json.dumps(row, ensure_ascii=False), flush=True)
        return
    print(f"{safe_name(path.name)}: không đọc được: {error}", flush=True)


def _tell(path: Path, view: FileView, same: Sequence[TwinView], *, duplicate: bool, as_json: bool) -> None:
    if as_json:
        row = {
            "file": str(path), "file_id": view.id, "state": view.state, "duplicate": duplicate, "pages": view.page_count,
            "letters": list(view.letter_ids), "perhaps_same": [{"letter": twin.row.id, "reason": twin.reason} for twin in same], "reason": view.reason, "message": view.message, "advice": view.advice,
        }  # fmt: skip
        print(json.dumps(row, ensure_ascii=False), flush=True)
        return
    if view.state == "done":
        what = f"{len(view.letter_ids)} văn bản, {view.page_count or 0} trang"
        if duplicate:
            what = f"đã có từ trước ({what}), không xử lý lại"
        elif same:
            what += f"; có thể trùng với {', '.join(twin.row.code or twin.row.file_name for twin in same)}"
    else:
        word = "từ chối" if view.state == "refused" else "không đọc được"
        what = f"{word}: {view.message or ''} {view.advice or ''}".strip()
        if duplicate:
            what = f"đã có từ trước, {what}"
    print(f"{safe_name(path.name)}: {what}", flush=True)
