"""`dondoc index`: the state of the search index and its repair."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from dondoc.running import open_database, open_engine
from dondoc.settings import Settings
from register import letters, outbox, tasks
from register.clock import now

if TYPE_CHECKING:
    from register.database import Database
    from search.engine import Engine
    from search.types import Rejected

SHOWN = 20
"""So many documents that were set aside are printed; `--json` gives up to a thousand."""
KINDS = {"letters": "văn bản", "tasks": "nhiệm vụ", "references": "viện dẫn"}
ENTITIES = {"letter": "văn bản", "obligation": "nhiệm vụ"}


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
    """Print how the index is, how far it is behind and what was set aside; 1 where it is away."""
    with _both() as (database, engine):
        state = engine.status()
        with database.reading() as s:
            lag = outbox.lag(s, at=now())
            aside = outbox.poisoned(s, limit=1000)
            counted = {"letters": sum(1 for _ in letters.ids(s)), "tasks": sum(1 for _ in tasks.ids(s))}
    oldest = round(lag.oldest.total_seconds()) if lag.oldest else 0
    if as_json:
        listed = [{"entity": entry.entity, "id": entry.entity_id, "version": entry.entity_version, "reason": reason} for entry, reason in aside]
        print(json.dumps({"index": asdict(state), "register": counted, "waiting": lag.waiting, "oldest_seconds": oldest,
                          "poison": lag.poison, "set_aside": listed}, ensure_ascii=False, default=str))  # fmt: skip
        return 0 if state.available else 1
    print(f"{state.engine}: {'sẵn sàng' if state.available else 'không kết nối được'}" + (f" ({state.detail})" if state.detail else ""))
    if state.available:
        for kind, count in state.documents.items():
            held = f" (cơ sở dữ liệu: {counted[kind]})" if kind in counted else ""
            print(f"  {KINDS[kind]}: {count}{held}")
        if state.size_bytes is not None:
            print(f"  dung lượng: {state.size_bytes / 1024**2:.1f} MB; chỉ mục: {state.generation}")
    if state.outdated:
        print("Chỉ mục do phiên bản cũ lập: hãy chạy dondoc index rebuild.")
    print(f"Chờ ghi vào chỉ mục: {lag.waiting}" + (f" (lâu nhất {oldest} giây)" if lag.waiting else ""))
    print(f"Không ghi được, để riêng: {lag.poison}")
    for entry, reason in aside[:SHOWN]:
        print(f"  {ENTITIES.get(entry.entity, entry.entity)} {entry.entity_id}: {reason}")
    if lag.poison:
        print("Sau khi sửa nguyên nhân: dondoc index reconcile thử lại những mục này.")
    return 0 if state.available else 1


def rebuild(*, as_json: bool = False) -> int:
    """Build a new index from the register and swap it in; 1 where something could not be indexed."""
    from dondoc.progress import steps
    from search.relay import rebuild as run

    refused: list[Rejected] = []
    with _both() as (database, engine):
        with database.reading() as s:
            total = sum(1 for _ in letters.ids(s)) + sum(1 for _ in tasks.ids(s))
        with steps("Lập chỉ mục", total) as advance:
            state = run(
                database, engine, told=lambda one: None if one.kind == "references" else advance(one.title), refused=refused.append
            )
    if as_json:
        print(json.dumps({"index": asdict(state), "rejected": [asdict(one) for one in refused]}, ensure_ascii=False, default=str))
    else:
        print(f"Đã lập lại chỉ mục: {sum(state.documents.values())} bản ghi.")
        _tell(refused)
    return 1 if refused else 0


def reconcile(*, as_json: bool = False) -> int:
    """Compare the index with the register and mend what differs; 1 where something could not be mended."""
    from search.relay import reconcile as run

    with _both() as (database, engine):
        report = run(database, engine)
    if as_json:
        print(json.dumps(asdict(report), ensure_ascii=False))
        return 1 if report.rejected else 0
    if report.ahead:
        print(f"Chỉ mục mới hơn cơ sở dữ liệu {report.ahead} bản ghi (khôi phục từ bản sao lưu?): đã lập lại toàn bộ.")
    print("Chỉ mục khớp với cơ sở dữ liệu." if report.clean else f"Thiếu {report.missing}, cũ {report.stale}, thừa {report.surplus}: đã sửa.")
    _tell(report.rejected)
    return 1 if report.rejected else 0


def _tell(rejected: Iterable[Rejected]) -> None:
    for one in rejected:
        print(f"Không ghi được {KINDS[one.kind]} {one.id}: {one.reason}")
