"""The filters of the list of tasks, as they stand in the address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated
from urllib.parse import quote_plus

from fastapi import Query

from api.deps import MAX_ID
from api.paging import day_of
from ingest.errors import BadRequest
from register.tasks import TaskFilter

Text = Annotated[str, Query(max_length=300)]
NOBODY = "chua-giao"
"""The value of `nguoi` for what nobody looks after."""
THIS_WEEK = "nay"
"""The value of `tuan` for the week that today is in: in a saved view it goes on with the days."""
WEEKS_BACK, WEEKS_AHEAD = 1, 5
FIELDS = ("viec", "co_quan", "nguoi", "don_vi", "tuan", "vai_tro", "han_tu", "han_truoc", "tre", "van_ban", "dinh_ky")
"""The filters as they are named in an address; `trang_thai` and `xem` stand beside them."""


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
    han_tu: str = ""
    tre: str = ""
    van_ban: str = ""
    dinh_ky: str = ""

    @property
    def any(self) -> bool:
        """Whether anything beside the status was chosen."""
        return any(getattr(self, name) for name in FIELDS)

    @property
    def late(self) -> tuple[int, int | None] | None:
        """Days late from, to (None: and more) of "8-30" or "91-"; BadRequest for what is neither."""
        if not self.tre:
            return None
        found = re.fullmatch(r"(\d{1,4})-(\d{1,4})?", self.tre, re.ASCII)
        if found is None or not int(found[1]) or (found[2] and int(found[2]) < int(found[1])):
            raise BadRequest(
                "late-unclear",
                f"Không hiểu số ngày quá hạn “{self.tre[:20]}”.",
                f"“{self.tre[:20]}” are no days late.",
                advice="Hãy viết dạng 8-30 hoặc 91-.",
                advice_en="Write 8-30 or 91-.",
            )
        return int(found[1]), int(found[2]) if found[2] else None

    def where(self, statuses: tuple[str, ...], today: date) -> TaskFilter:
        """The register's filter. BadRequest for a day, week or person that is none."""
        week = week_of(self.tuan, today)
        since, until = day_of(self.han_tu), day_of(self.han_truoc)
        if week is not None:
            until = min(until, week.last) if until else week.last
            since = max(since, week.first) if since else week.first
        late = self.late or (None, None)
        whole = quoted(self.co_quan)
        return TaskFilter(
            agency=self.co_quan or None if whole is None else None,
            body=whole,
            statuses=statuses,
            due_before=until,
            due_after=since,
            late_from=late[0],
            late_to=late[1],
            letter_id=_number(self.van_ban, "letter-unclear", "Không rõ văn bản.", "The letter is unclear."),
            recurring=self.dinh_ky == "1",
            role=self.vai_tro or None,
            text=self.viec or None,
            assignee_id=_person(self.nguoi),
            unit_id=_number(self.don_vi, "unit-unclear", "Không rõ đơn vị được giao.", "The unit is unclear."),
            unassigned=self.nguoi == NOBODY,
        )


def chosen_of(
    co_quan: Text = "",
    vai_tro: Text = "",
    han_truoc: Text = "",
    viec: Text = "",
    nguoi: Text = "",
    tuan: Text = "",
    han_tu: Text = "",
    tre: Text = "",
    van_ban: Text = "",
    dinh_ky: Text = "",
    don_vi: Text = "",
) -> Chosen:
    """The filters of a request."""
    return Chosen(
        co_quan.strip(), vai_tro, han_truoc.strip(), viec.strip(), nguoi, tuan, don_vi, han_tu.strip(), tre, van_ban, dinh_ky
    )  # fmt: skip


def quoted(text: str) -> str | None:
    """What stands between quotation marks: the whole name of a body instead of a part; None without marks.

    >>> quoted("“Sở Y tế”"), quoted('""'), quoted("Sở Y tế")
    ('Sở Y tế', '', None)
    """
    found = re.fullmatch(r'["“”](.*)["“”]', text.strip())
    return found[1].strip() if found else None


def tasks_link(**values: object) -> str:
    """The list of tasks with these filters; what is None or empty is left out. `co_quan` as typed (quotes: whole)."""
    query = "&".join(f"{name}={_quoted(str(value))}" for name, value in values.items() if value not in (None, ""))
    return "/nhiem-vu" + (f"?{query}" if query else "")


_quoted = lru_cache(4096)(quote_plus)
"""A page links to a body or a day many times."""


def week_of(text: str, today: date) -> Week | None:
    """The week "2026-W21", or "nay" for today's; None for an empty text."""
    if not text:
        return None
    if text == THIS_WEEK:
        return _week(today - timedelta(days=today.weekday()), today)
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
    away = (first - monday).days // 7
    return Week(f"{year}-W{week:02d}" if away else THIS_WEEK, first, first + timedelta(days=6), away)


def _person(text: str) -> int | None:
    if text == NOBODY:
        return None
    return _number(text, "person-unclear", "Không rõ người được giao.", "The assignee is unclear.")


def _number(text: str, error: str, words: str, words_en: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= MAX_ID):
        raise BadRequest(error, words, words_en)
    return int(text)
