"""What both engines do alike: checking documents, their stored form, hits, cursors, sorting."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ingest.errors import BadRequest, Unavailable
from search.analysis import MAX_AGENCY, tidy
from search.plan import Pattern
from search.snippets import mark, snippet
from search.types import Change, Delete, Document, Hit, Json, Marked, PageText, Purge, Query, Sort, Upsert

MAX_SIZE = 200
"""Most hits on one page."""

FACETS = ("agency", "status", "doc_type", "direction", "year")
FACET_VALUES = 50
"""Most values shown of one facet."""

MAX_ID_BYTES = 512
MAX_TEXT = 10_000_000
"""Most characters of one document: beyond it a server refuses the whole request."""

NO_DAY = "0000-00-00"
"""Stands for a missing day when sorting: after all days when the newest come first."""

LAST_DAY = "9999-99-99"
"""Stands for a missing day when the earliest come first."""


def tidied(document: Document) -> Document:
    """The document with tidy texts, ready for analysis; a `ValueError` where it can never be indexed."""
    if not document.id or len(document.id.encode("utf-8", "replace")) > MAX_ID_BYTES:
        raise ValueError(f"mã tài liệu rỗng hoặc dài quá {MAX_ID_BYTES} byte (bad document id)")
    document.letter_id.encode()  # where it is no text at all: before anything of an older version is taken out
    if sum(len(page.text) for page in document.pages) > MAX_TEXT:
        raise ValueError(f"văn bản dài quá {MAX_TEXT} ký tự (too much text)")
    if not 0 < document.version < 2**62:
        raise ValueError(f"phiên bản {document.version} không hợp lệ (bad version)")
    return replace(
        document,
        title=tidy(document.title),
        pages=tuple(PageText(page.number, tidy(page.text)) for page in document.pages),
        agencies=tuple(dict.fromkeys(tidy(name)[:MAX_AGENCY] for name in document.agencies if name.strip())),
    )


def payload(document: Document) -> dict[str, Json]:
    """What is stored of a tidy document to show it as a hit."""
    return {
        "title": document.title,
        "pages": [[page.number, page.text] for page in document.pages],
        "agencies": list(document.agencies),
        "doc_type": document.doc_type,
        "direction": document.direction,
        "state": document.state,
        "issued_on": iso(document.issued_on),
        "due_on": iso(document.due_on),
        "fields": dict(document.fields),
    }


def hit(
    query: Query,
    id: str,
    letter_id: str,
    score: float,
    stored: dict[str, Any] | None,
    patterns: Sequence[Pattern],
) -> Hit:
    """A hit from a stored payload, with highlights; without any payload where only ids are asked for."""
    if query.bare or stored is None:
        return Hit(query.kind, id, letter_id, Marked(""), Marked(""), None, score)
    pages = [PageText(number, text) for number, text in stored["pages"]]
    shown, page = snippet(pages, patterns)
    return Hit(
        kind=query.kind,
        id=id,
        letter_id=letter_id,
        title=mark(stored["title"], patterns),
        snippet=shown,
        page=page,
        score=score,
        doc_type=stored["doc_type"],
        direction=stored["direction"],
        state=stored["state"],
        issued_on=day(stored["issued_on"]),
        due_on=day(stored["due_on"]),
        agencies=tuple(stored["agencies"]),
        fields=stored["fields"],
    )


def iso(value: date | None) -> str | None:
    """A date as ISO text."""
    return value.isoformat() if value else None


def day(value: str | None) -> date | None:
    """A date from ISO text."""
    return date.fromisoformat(value) if value else None


def ordinal_of(value: str) -> int:
    """The number of a day in a cursor; 0 for what is none."""
    try:
        return date.fromisoformat(value).toordinal()
    except ValueError:
        return 0


def sort_of(query: Query, *, scored: bool) -> Sort:
    """The order of the hits: as asked, else by relevance where there are words, else the newest first."""
    if query.sort == "relevance" and not scored:
        return "newest"
    return query.sort or ("relevance" if scored else "newest")


def fingerprint(query: Query) -> str:
    """What a question is known by: equal for all its pages."""
    asked = replace(query, cursor=None, size=1, facets=False, steady=False)
    return hashlib.sha256(repr(asked).encode("utf-8", "replace")).hexdigest()[:12]


def write_cursor(query: Query, after: Sequence[Json], moment: str | None = None) -> str:
    """An opaque cursor: the sort values of the last hit and the moment in time, bound to the question."""
    text = json.dumps([fingerprint(query), moment, *after], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(query: Query, types: Sequence[type]) -> tuple[str | None, list[Any] | None]:
    """The moment and the sort values in a query's cursor; `BadRequest` where it is damaged or of another question."""
    if query.cursor is None:
        return None, None
    try:
        raw = base64.urlsafe_b64decode(query.cursor + "=" * (-len(query.cursor) % 4))
        after: list[Any]
        mark_, moment, *after = json.loads(raw)
        if mark_ != fingerprint(query) or len(after) != len(types):
            raise ValueError("another question")
        if not all(isinstance(value, kind) for value, kind in zip(after, types, strict=True)):
            raise ValueError("other values")
        if moment is not None and not isinstance(moment, str):
            raise ValueError("no moment")
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise BadRequest(
            "search-cursor",
            "Dấu trang kết quả không hợp lệ hoặc thuộc câu tìm khác.",
            "The cursor is damaged or belongs to another query.",
            advice="Hãy tìm lại từ trang đầu.",
            advice_en="Search again from the first page.",
        ) from error
    return moment, after


def size_of(query: Query) -> int:
    """The number of hits asked for, within bounds."""
    return max(0, min(query.size, MAX_SIZE))


def runs(changes: Sequence[Change]) -> Iterator[list[Upsert | Delete] | Purge]:
    """Changes cut at purges."""
    run: list[Upsert | Delete] = []
    for change in changes:
        if isinstance(change, Purge):
            if run:
                yield run
                run = []
            yield change
        else:
            run.append(change)
    if run:
        yield run


def away(engine: str, reason: object) -> Unavailable:
    """The error of an engine that cannot be reached."""
    return Unavailable(
        "search-away",
        f"Máy tìm kiếm ({engine}) không trả lời: {reason}.",
        f"The search engine ({engine}) does not answer: {reason}.",
        advice="Văn bản vẫn được giữ; chỉ mục sẽ được cập nhật khi máy tìm kiếm trở lại.",
        advice_en="Nothing is lost; the index catches up when the engine is back.",
        retry=True,
    )
