"""`dondoc index`: the state of the search index and its repair."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from dondoc.running import open_database, open_engine
from dondoc.settings import Settings
from register import outbox
from register.clock import now

if TYPE_CHECKING:
    from register.database import Database
    from search.engine import Engine


@contextmanager
def _both() -> Iterator[tuple[Database, Engine]]:
    settings = Settings()
    database, engine = open_database(settings), open_engine(settings)
    try:
        yield database, engine
    finally:
        engine.close()
        database.close()


def status(*, as_json: bool) -> int:
    """Print how the index is; 1 where it is away."""
    with _both() as (database, engine):
        state = engine.status()
        with database.reading() as s:
            lag = outbox.lag(s, at=now())
    if as_json:
        print(json.dumps({"index": asdict(state), "waiting": lag.waiting, "poison": lag.poison}, ensure_ascii=False, default=str))
    else:
        counts = ", ".join(f"{kind} {count}" for kind, count in state.documents.items())
        print(f"{state.engine}: {'sẵn sàng' if state.available else 'không kết nối được'}; {counts}")
        if state.outdated:
            print("Chỉ mục do phiên bản cũ lập: hãy chạy dondoc index rebuild.")
        print(f"Chờ ghi vào chỉ mục: {lag.waiting}; không ghi được: {lag.poison}")
    return 0 if state.available else 1


def rebuild() -> int:
    """Build a new index from the register and swap it in."""
    from search.relay import rebuild as run

    with _both() as (database, engine):
        state = run(database, engine)
    print(f"Đã lập lại chỉ mục: {sum(state.documents.values())} bản ghi.")
    return 0


def reconcile() -> int:
    """Compare the index with the register and mend what differs."""
    from search.relay import reconcile as run

    with _both() as (database, engine):
        report = run(database, engine)
    print(f"Thiếu {report.missing}, cũ {report.stale}, thừa {report.surplus}: đã sửa.")
    return 0
