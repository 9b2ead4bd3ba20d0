"""`dondoc search`, `refs` and `tasks`: questions to the index and the register."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from dondoc.running import open_database, open_engine
from dondoc.settings import Settings

if TYPE_CHECKING:
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
    """Print what cites a document; JSON: an object with `citing`."""
    from nlp.numbers import parse_query
    from register import references

    database = open_database(Settings())
    try:
        with database.reading() as s:
            rows = references.citing(s, parse_query(query) or query)
    finally:
        database.close()
    if as_json:
        citing = [
            {"file": r.file, "number": r.number, "symbol": r.symbol, "page": r.page, "provisions": list(r.provisions),
             "relation": r.relation, "snippet": r.snippet, "cited": r.cited, "letter_id": r.letter_id}
            for r in rows
        ]  # fmt: skip
        print(json.dumps({"query": query, "citing": citing}, ensure_ascii=False))
        return 0
    if not rows:
        print(f"Chưa có văn bản nào viện dẫn “{query}”.")
    for row in rows:
        where = f", trang {row.page}" if row.page else ""
        provisions = f" ({'; '.join(row.provisions)})" if row.provisions else ""
        print(f"{row.code or row.file}{where}: {row.cited}{provisions}" + (f" – {row.relation}" if row.relation else ""))
        print(f"  {row.snippet}")
    return 0


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
