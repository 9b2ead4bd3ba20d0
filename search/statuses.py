"""Status of a task on the day of the question: names, Vietnamese words, and the filter of each.

The index keeps only what does not change by itself (state, due day). Whether
an open task is overdue (quá hạn) is worked out when searching.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from nlp.numbers import fold
from search.plan import All, Any, In, Missing, Node, Range

STATUSES: Mapping[str, str] = {
    "overdue": "quá hạn",
    "due-soon": "sắp đến hạn",
    "in-term": "trong hạn",
    "open": "chưa hoàn thành",
    "done": "hoàn thành",
    "done-in-time": "hoàn thành đúng hạn",
    "done-late": "hoàn thành quá hạn",
    "cancelled": "đã hủy",
}
"""Status names with the words of the office; due-soon is a part of in-term, in-term and overdue of open."""

_OPEN = In("state", ("open",))


def status_named(words: str) -> str | None:
    """The status that words mean, in any case, with or without diacritics; None if none."""
    folded = " ".join(fold(words).split())
    for name, vietnamese in STATUSES.items():
        if folded in (name, fold(vietnamese)):
            return name
    return None


def status_node(status: str, today: date | None, soon_days: int) -> Node | None:
    """The filter of a status of tasks; None for a name that is none, or that needs a day and has none."""
    if status in ("open", "cancelled", "done-late"):
        return In("state", (status,))
    if status == "done":
        return In("state", ("done", "done-late"))
    if status == "done-in-time":
        return In("state", ("done",))
    if today is None:
        return None
    day = today.isoformat()
    if status == "overdue":
        return All((_OPEN, Range("due_on", high=(today - timedelta(days=1)).isoformat())))
    if status == "in-term":
        return All((_OPEN, Any((Missing("due_on"), Range("due_on", low=day)))))
    if status == "due-soon":
        soon = (today + timedelta(days=max(0, min(soon_days, 3660)))).isoformat()
        return All((_OPEN, Range("due_on", low=day, high=soon)))
    return None
