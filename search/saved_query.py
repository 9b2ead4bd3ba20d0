"""A question that is kept: what of it lasts, as JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from search.query import parse
from search.types import KINDS, Query

_LISTS = ("agencies", "statuses", "doc_types", "directions")
_DAYS = ("issued_from", "issued_to", "due_from", "due_to")


def to_json(query: Query) -> dict[str, Any]:
    """Text, kind and filters; not the page, the order or the day of the question."""
    form: dict[str, Any] = {"text": query.text, "kind": query.kind}
    form |= {name: list(getattr(query, name)) for name in _LISTS if getattr(query, name)}
    return form | {name: day.isoformat() for name in _DAYS if (day := getattr(query, name)) is not None}


def from_json(form: Mapping[str, Any], *, today: date, soon_days: int) -> Query:
    """The question as of a day. What is not understood (of a later version) is left out."""

    def words(name: str) -> tuple[str, ...]:
        return tuple(map(str, form.get(name) or ()))

    def day(name: str) -> date | None:
        return date.fromisoformat(form[name]) if form.get(name) else None

    return Query(
        text=str(form.get("text") or ""),
        kind=next((each for each in KINDS if each == form.get("kind")), "letters"),
        agencies=words("agencies"),
        statuses=words("statuses"),
        doc_types=words("doc_types"),
        directions=words("directions"),
        issued_from=day("issued_from"),
        issued_to=day("issued_to"),
        due_from=day("due_from"),
        due_to=day("due_to"),
        today=today,
        soon_days=soon_days,
    )


def asks(query: Query) -> bool:
    """Whether it asks for anything: a text with words, or a filter."""
    filtered = any(getattr(query, name) for name in (*_LISTS, *_DAYS))
    return filtered or parse(query.text).asks


def changes_with_the_day(query: Query) -> bool:
    """Whether the answer may change though nothing is written: an open task gets overdue overnight."""
    return query.kind == "tasks" and bool(query.statuses or parse(query.text).statuses)
