"""The filters of the list of tasks, as they stand in the address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from fastapi import Query

from api.deps import MAX_ID
from api.paging import day_of
from ingest.errors import BadRequest
from register.tasks import TaskFilter

Text = Annotated[str, Query(max_length=300)]
NOBODY = "chua-giao"
"""The value of `nguoi` for what nobody looks after."""
WEEKS_BACK, WEEKS_AHEAD = 1, 5


@dataclass(frozen=True, slots=True)
class Week:
    """A working week of the calendar (ISO 8601, Monday to Sunday); `away` from this one, in weeks."""

    value: str
    first: date
    last: date
    away: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen, as typed: it goes back into the form."""

    co_quan: str = ""
    vai_tro: str = ""
    han_truoc: str = ""
    viec: str = ""
    nguoi: str = ""
    tuan: str = ""
    don_vi: str = ""

    @property
    def any(self) -> bool:
        """Whether anything beside the status was chosen."""
        return any(
            (self.co_quan, self.vai_tro, self.han_truoc, self.viec, self.nguoi, self.tuan, self.don_vi)
        )

    def where(self, statuses: tuple[str, ...], today: date) -> TaskFilter:
        """The register's filter. BadRequest for a day, week or person that is none."""
        week = week_of(self.tuan, today)
        until = day_of(self.han_truoc)
        if week is not None:
            until = min(until, week.last) if until else week.last
        return TaskFilter(
            agency=self.co_quan or None,
            statuses=statuses,
            due_before=until,
            due_after=week.first if week else None,
            role=self.vai_tro or None,
            text=self.viec or None,
            assignee_id=_person(self.nguoi),
            unit_id=_unit(self.don_vi),
            unassigned=self.nguoi == NOBODY,
        )


def chosen_of(
    co_quan: Text = "",
    vai_tro: Text = "",
    han_truoc: Text = "",
    viec: Text = "",
    nguoi: Text = "",
    tuan: Text = "",
    don_vi: Text = "",
) -> Chosen:
    """The filters of a request."""
    return Chosen(co_quan.strip(), vai_tro, han_truoc.strip(), viec.strip(), nguoi, tuan, don_vi)


def week_of(text: str, today: date) -> Week | None:
    """The week "2026-W21"; None for an empty text."""
    if not text:
        return None
    found = re.fullmatch(r"(\d{4})-W(\d{2})", text)
    try:
        first = date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        first = None
    if first is None or first.year > 9990:
        raise BadRequest(
            "week-unclear",
            f"Không hiểu tuần “{text[:20]}”.",
            f"“{text[:20]}” is no week.",
            advice="Hãy chọn tuần trong danh sách.",
            advice_en="Choose a week from the list.",
        )
    return _week(first, today)


def weeks(chosen: str, today: date) -> tuple[Week, ...]:
    """The weeks to choose from: those around today, and the chosen one."""
    monday = today - timedelta(days=today.weekday())
    near = [_week(monday + timedelta(weeks=away), today) for away in range(-WEEKS_BACK, WEEKS_AHEAD + 1)]
    own = week_of(chosen, today)
    if own is not None and own not in near:
        near.append(own)
    return tuple(sorted(near, key=lambda each: each.first))


def _week(first: date, today: date) -> Week:
    year, week, _ = first.isocalendar()
    monday = today - timedelta(days=today.weekday())
    return Week(f"{year}-W{week:02d}", first, first + timedelta(days=6), (first - monday).days // 7)


def _person(text: str) -> int | None:
    if text in ("", NOBODY):
        return None
    if (number := _id(text)) is None:
        raise BadRequest("person-unclear", "Không rõ người được giao.", "The assignee is unclear.")
    return number


def _unit(text: str) -> int | None:
    if text and _id(text) is None:
        raise BadRequest("unit-unclear", "Không rõ đơn vị được giao.", "The unit is unclear.")
    return _id(text)


def _id(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text) <= MAX_ID else None
