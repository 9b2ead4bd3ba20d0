"""Status of a task on the day of the question: names, Vietnamese words, and the filter of each.

The index keeps only what does not change by itself (state, due day). Whether
an open task is overdue (quá hạn) is worked out when searching.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from nlp.numbers import fold
from search.plan import All, In, Missing, Node, Range

STATUSES: Mapping[str, str] = {
    "overdue": "quá hạn",
    "due-soon": "sắp đến hạn",
    "in-time": "trong hạn",
    "no-term": "không thời hạn",
    "open": "chưa hoàn thành",
    "done": "hoàn thành",
    "done-in-time": "hoàn thành đúng hạn",
    "done-late": "hoàn thành quá hạn",
}
"""The names of `register.status` with the words of the office; "open" and "done" join several."""

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
    if status in ("open", "done-late"):
        return In("state", (status,))
    if status == "done":
        return In("state", ("done", "done-late"))
    if status == "done-in-time":
        return In("state", ("done",))
    if status == "no-term":
        return All((_OPEN, Missing("due_on")))
    if today is None:
        return None
    day = today.isoformat()
    if status == "overdue":
        return All((_OPEN, Range("due_on", high=(today - timedelta(days=1)).isoformat())))
    if status == "in-time":
        return All((_OPEN, Range("due_on", low=day)))
    if status == "due-soon":
        soon = (today + timedelta(days=max(0, min(soon_days, 3660)))).isoformat()
        return All((_OPEN, Range("due_on", low=day, high=soon)))
    return None
