"""`dondoc search`, `refs` and `tasks`: questions to the index and the register."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from dondoc.running import open_database, open_engine
from dondoc.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from search.types import Marked

STATUS_WORDS = {
    "overdue": "quá hạn",
    "in-time": "trong hạn",
    "no-term": "không thời hạn",
    "done-in-time": "hoàn thành đúng hạn",
    "done-late": "hoàn thành quá hạn",
}


def today() -> date:
    """The day on this machine's calendar."""
    from register.clock import now

    return now().astimezone().date()


def search(query: str, *, tasks_only: bool, limit: int, as_json: bool) -> int:
    """Print the hits of a query."""
    from search.types import Query

    settings = Settings()
    database, engine = open_database(settings), open_engine(settings)
    try:
        results = engine.search(Query(text=query, kind="tasks" if tasks_only else "letters", size=limit, today=today()))
    finally:
        engine.close()
        database.close()
    if as_json:
        print(json.dumps(asdict(results), ensure_ascii=False, default=str))
        return 0
    if not results.hits:
        print(f"Không tìm thấy gì với “{query}”.")
        return 0
    print(f"{results.total} kết quả")
    for hit in results.hits:
        print(f"\n{hit.title.text}" + (f" (trang {hit.page})" if hit.page else ""))
        if hit.snippet.text:
            print(f"  {marked(hit.snippet)}")
    return 0


def marked(snippet: Marked) -> str:
    """The snippet with its highlights in bold on a terminal, in brackets elsewhere."""
    import sys

    opening, closing = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("[", "]")
    parts: list[str] = []
    position = 0
    for span in snippet.spans:
        parts += [snippet.text[position : span.start], opening, snippet.text[span.start : span.end], closing]
        position = span.end
    return "".join(parts) + snippet.text[position:]


def refs(query: str, *, as_json: bool) -> int:
    """Print what cites a document, and which letter it is; JSON: an object with `citing` and `documents`."""
    from register import references
    from register.graph import changes

    day = today()
    database = open_database(Settings())
    try:
        with database.reading() as s:
            found = references.find(s, query)
            names = letter_names(s, [each.letter_id for each in (*found.documents, *found.probable) if each.letter_id])
            changed = [each for each in changes.of_documents(s, [row.id for row in found.documents]) if each.in_force(day)]
    finally:
        database.close()
    rows = [(each, False) for each in found.documents] + [(each, True) for each in found.probable]
    if as_json:
        citing = [
            {"file": r.file, "number": r.number, "symbol": r.symbol, "page": r.page, "provisions": list(r.provisions),
             "relation": r.relation, "snippet": r.snippet, "cited": r.cited, "letter_id": r.letter_id,
             "document_id": r.document_id, "probable": r.probable}
            for r in found.citing
        ]  # fmt: skip
        documents = [
            {"id": row.id, "type": row.type, "code": row.code, "date": row.dated_on.isoformat() if row.dated_on else None,
             "title": row.title, "letter_id": row.letter_id, "file": names.get(row.letter_id or 0, (None, None))[0],
             "probable": probable}
            for row, probable in rows
        ]  # fmt: skip
        changes_ = [
            {"document_id": c.target, "relation": c.effect, "by": c.actor_name, "from": c.day.isoformat() if c.day else None}
            for c in changed
        ]  # fmt: skip
        print(json.dumps({"query": query, "citing": citing, "documents": documents, "changes": changes_}, ensure_ascii=False))
        return 0
    for row, probable in rows:
        if row.letter_id:
            file, code = names[row.letter_id]
            print(f"{'Có lẽ là' if probable else 'Là'} {code or 'văn bản'} trong tệp {file}" + (" (chưa ai xác nhận)" if probable else ""))
    for each in changed:
        print(f"Đã được {each.effect} bởi {each.actor_name}" + (f" từ {each.day:%d/%m/%Y}" if each.day else ""))
    if not found.citing:
        print(f"Chưa có văn bản nào viện dẫn “{query}”.")
    for r in found.citing:
        where = f", trang {r.page}" if r.page else ""
        provisions = f" ({'; '.join(r.provisions)})" if r.provisions else ""
        doubt = " [có lẽ là văn bản này]" if r.probable else ""
        print(f"{r.code or r.file}{where}: {r.cited}{provisions}" + (f" – {r.relation}" if r.relation else "") + doubt)
        print(f"  {r.snippet}")
    return 0


def letter_names(s: Session, ids: list[int]) -> dict[int, tuple[str, str | None]]:
    """File and code of letters."""
    from register import letters

    return {number: (row.file_name, row.code) for number, row in letters.rows(s, ids).items()}


def tasks(*, agency: str | None, status: str | None, due_before: date | None, limit: int, as_json: bool) -> int:
    """Print obligations, the most urgent first."""
    from register import tasks as register_tasks

    where = register_tasks.TaskFilter(agency=agency, statuses=(status,) if status else (), due_before=due_before)
    database = open_database(Settings())
    try:
        with database.reading() as s:
            rows = register_tasks.listing(s, where, today=today(), limit=limit)
    finally:
        database.close()
    if as_json:
        print(json.dumps({"total": rows.total, "tasks": [_plain(asdict(r)) for r in rows.items]}, ensure_ascii=False))
        return 0
    print(f"{rows.total} nhiệm vụ")
    for row in rows.items:
        due = f"hạn {row.due_on:%d/%m/%Y}" if row.due_on else "không thời hạn"
        late = f" {-row.days} ngày" if row.status == "overdue" and row.days is not None else ""
        role = "" if row.role == "lead" else " (phối hợp)"
        print(f"[{STATUS_WORDS.get(row.status, row.status)}{late}] {due} · {row.body}{role} · {row.letter_code or row.file_name}"
              + (f", mục {row.label}" if row.label else ""))  # fmt: skip
        print(f"  {row.text[:160]}{'…' if len(row.text) > 160 else ''}")
    return 0


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in value.items()}
