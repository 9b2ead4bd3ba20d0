"""From a matched rule to a value: a day, a recurrence rule, a period with its anchor.

Parts of months, quarters and years are those of Bộ luật Dân sự 2015, Điều 146:
đầu tháng is the 1st, giữa tháng the 15th, cuối tháng the last day; đầu năm is
1 January, giữa năm 30 June, cuối năm 31 December.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, timedelta

from nlp.deadlines.context import words
from nlp.deadlines.times import Time
from nlp.normalise import plain_tone

PAST = "ngày đã qua khi văn bản ban hành"
NO_YEAR = "thiếu năm, chưa rõ ngày ban hành"
NO_SUCH_DAY = "ngày không có trong lịch"
NO_ANCHOR = "chưa rõ tính từ ngày nào"

_FREQUENCIES = {
    "ngay": "FREQ=DAILY", "tuan": "FREQ=WEEKLY", "thang": "FREQ=MONTHLY", "quy": "FREQ=MONTHLY;INTERVAL=3",
    "nam": "FREQ=YEARLY", "gio": "FREQ=HOURLY", "phut": "FREQ=MINUTELY",
}  # fmt: skip
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Value:
    """What a rule gave: a day or a rule (`more`, `days` where it gave several), and what is odd about it."""

    day: date | None = None
    rule: str | None = None
    warnings: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    days: tuple[date, ...] = ()


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _in_year(time: Time, year: int) -> date | None:
    """The day that a time expression names in a year; None where there is no such day."""
    month, which = time.month or 1, time.which or ""
    if year > MAXYEAR:
        return None
    if time.kind == "day":
        return _day(year, month, time.day or 1)
    if time.kind == "month":
        return _last(year, month)
    if time.kind == "quarter":
        return _last(year, 3 * (time.n or 1))
    if time.kind == "year":
        return date(year, 12, 31)
    if time.unit == "thang":
        if which in {"cuoi", "ha tuan", "tuan cuoi"}:
            return _last(year, month)
        return date(year, month, {"dau": 1, "giua": 15, "thuong tuan": 10, "trung tuan": 20, "tuan dau": 7}[which])
    if time.unit == "quy":
        last = _last(year, 3 * (time.n or 1))
        first = date(year, last.month - 2, 1)
        return {"dau": first, "giua": date(year, last.month - 1, 15), "cuoi": last}[which]
    if which == "dau":
        return _last(year, time.n) if time.n else date(year, 1, 1)
    return date(year, 6, 30) if which == "giua" else date(year, 12, 31)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _ahead(time: Time, issued_on: date | None) -> Value:
    """The last day of "this" or "the next" day, week, month, quarter or year, seen from the letter's own day."""
    if issued_on is None:
        return Value(warnings=(NO_YEAR,))
    n = time.ahead or 0
    if time.unit == "ngay":
        return Value(issued_on + timedelta(days=n) if n and issued_on < date.max else issued_on)
    if time.unit == "tuan":
        left = 6 - issued_on.weekday() + 7 * n
        return Value(issued_on + timedelta(days=left) if (date.max - issued_on).days >= left else date.max)
    if time.unit == "nam":
        return Value(date(min(issued_on.year + n, date.max.year), 12, 31))
    month = issued_on.month + n if time.unit == "thang" else 3 * (-(-issued_on.month // 3) + n)
    return Value(_last(min(issued_on.year + (month - 1) // 12, date.max.year), (month - 1) % 12 + 1))


def resolve(time: Time, issued_on: date | None, *, start: bool = False) -> Value:
    """The day of a time expression; without a year, the first such day not before `issued_on`.

    `start` asks for the first day of a month, quarter or year ("trước tháng 9").
    A day that the calendar lacks (31/6) gives the last of its month with a warning,
    one beyond 31 gives none.
    """

    def named(year: int) -> date | None:
        end = _in_year(time, year)
        if end is None or not start:
            return end
        return {"month": date(year, end.month, 1), "quarter": date(year, max(1, end.month - 2), 1)}.get(
            time.kind, date(year, 1, 1)
        )

    if time.ahead is not None:
        return _ahead(time, issued_on)
    if time.kind == "day" and (time.day or 0) > 31:
        return Value(warnings=(NO_SUCH_DAY,))
    if time.year is not None:
        found = named(time.year)
        if found is None:
            return Value(_last(time.year, time.month or 1), warnings=(NO_SUCH_DAY,))
        past = issued_on is not None and found < issued_on
        return Value(found, warnings=(PAST,) if past else ())
    if issued_on is None:
        return Value(warnings=(NO_YEAR,))
    if time.kind == "part" and time.unit == "thang" and time.month is None:
        time = Time("part", 0, 0, month=issued_on.month, unit="thang", which=time.which)
    if time.kind in {"year", "part"} and time.unit != "thang":
        return Value(named(issued_on.year))
    for year in range(issued_on.year, issued_on.year + 9):
        found = named(year)
        if found is not None and found >= issued_on:
            return Value(found)
    return Value(warnings=(NO_SUCH_DAY,))


def _of(times: list[Time], *kinds: str) -> Time:
    return [time for time in times if time.kind in kinds][-1]


def _point(times: list[Time], issued_on: date | None, lifted: str) -> Value:
    """The day of the last time expression; of listed months or quarters each that is not yet past."""
    last = times[-1]
    value = resolve(last, issued_on)
    if value.day is None or value.warnings or not last.earlier:
        return value
    listed = [replace(last, n=each) if last.kind == "quarter" else replace(last, month=each) for each in last.earlier]
    before = [resolve(each, issued_on) for each in listed]
    days = [each.day for each in before if each.day is not None and not each.warnings and each.day < value.day]
    return replace(value, day=days[0], days=(*days[1:], value.day)) if days else value


def _points(times: list[Time], issued_on: date | None, lifted: str) -> Value | None:
    """Each day of a list; a year printed behind the last is that of all."""
    year = times[-1].year
    read = [resolve(replace(time, year=time.year or year), issued_on) for time in times if time.kind == "day"]
    days = [value.day for value in read if value.day is not None]
    if len(days) < len(read):
        return None
    return replace(read[0], days=tuple(days[1:]))


def _range_end(times: list[Time], issued_on: date | None, lifted: str) -> Value:
    return resolve(times[-1], issued_on)


def _term(times: list[Time], issued_on: date | None, lifted: str) -> Value | None:
    """The day of "Thời gian: …"; with an hour it is when something takes place, unless it says "before"."""
    if times[-1].clock and not re.search(r"truoc|nhat|het|hoan thanh|xong", lifted):
        return None
    return resolve(times[-1], issued_on)


def _start(times: list[Time], issued_on: date | None, lifted: str) -> Value:
    return resolve(times[-1], issued_on, start=True)


def _dom(times: list[Time], issued_on: date | None, lifted: str) -> Value:
    if issued_on is None:
        return Value(warnings=(NO_YEAR,))
    wanted = times[-1].day or 1
    day = issued_on
    for _ in range(62):
        if day.day == (wanted if wanted > 0 else _last(day.year, day.month).day):
            return Value(day)
        day += timedelta(days=1)
    return Value(warnings=(NO_SUCH_DAY,))


def anchor_of(printed: str) -> str:
    """Canonical anchor of "ngày nhận được Công văn": receipt, issue, effect, or the printed words."""
    words_printed = " ".join(printed.split())
    head = plain_tone(words_printed).lower()
    for pattern, anchor in words().anchors:
        if pattern.match(head):
            return anchor
    return words_printed


def duration(time: Time) -> str:
    """ISO 8601 duration, with " working" behind it where working days are counted."""
    letter = {"phut": "M", "gio": "H", "ngay": "D", "tuan": "W", "thang": "M", "quy": "M", "nam": "Y"}[time.unit or "ngay"]
    count = (time.n or 0) * (3 if time.unit == "quy" else 1)
    return f"P{'T' if time.unit in {'phut', 'gio'} else ''}{count}{letter}" + (" working" if time.working else "")


def _period(times: list[Time], issued_on: date | None, lifted: str) -> Value | None:
    length = _of(times, "dur", "minutes")
    if length.unit in {"gio", "phut"} and re.match(r"(?:it nhat|toi thieu) ", lifted) and " truoc" in lifted:
        return None  # "thông báo ít nhất 04 giờ trước khi xả": how something is always done
    text = duration(length)
    if times[-1].kind == "day" and times[-1] is not length:
        since = resolve(times[-1], issued_on).day
        return Value(rule=f"{text} after {since.isoformat()}" if since else text)
    return Value(rule=text, warnings=(NO_ANCHOR,))


def _monthly_day(times: list[Time], issued_on: date | None, lifted: str) -> Value:
    days = ",".join(str(day) for time in times if time.kind == "dom" for day in time.days or (time.day,))
    return Value(rule=f"FREQ=MONTHLY;BYMONTHDAY={days}")


def _quarterly_day(times: list[Time], issued_on: date | None, lifted: str) -> Value:
    return Value(rule=f"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY={_of(times, 'dom').day}")


def _yearly_day(times: list[Time], issued_on: date | None, lifted: str) -> Value:
    days = [time for time in times if time.kind == "day"]
    rules = [f"FREQ=YEARLY;BYMONTH={time.month};BYMONTHDAY={time.day}" for time in days]
    return Value(rule=rules[0], more=tuple(rules[1:]))


def _yearly_day_unnamed(times: list[Time], issued_on: date | None, lifted: str) -> Value | None:
    if any(time.year is not None for time in times):
        return None  # a day of one year is no recurrence
    return _yearly_day(times, issued_on, lifted)


def _yearly_day_or_points(times: list[Time], issued_on: date | None, lifted: str) -> Value | None:
    """The same days of every year, or those of the years printed with them."""
    return _yearly_day_unnamed(times, issued_on, lifted) or _points(times, issued_on, lifted)


def _weekly_day(times: list[Time], issued_on: date | None, lifted: str) -> Value:
    days = ",".join(_WEEKDAYS[time.n or 0] for time in times if time.kind == "weekday")
    return Value(rule=f"FREQ=WEEKLY;BYDAY={days}")


_WORKING = "BYDAY=MO,TU,WE,TH,FR"


def _working_day(times: list[Time], issued_on: date | None, lifted: str) -> Value:
    """The first or last working day of every month."""
    return Value(rule=f"FREQ=MONTHLY;{_WORKING};BYSETPOS={1 if 'dau tien' in lifted else -1}")


def _weekday_of_month(times: list[Time], issued_on: date | None, lifted: str) -> Value:
    """The first or last such day of the week of every month."""
    return Value(rule=f"FREQ=MONTHLY;BYDAY={-1 if 'cuoi' in lifted else 1}{_WEEKDAYS[times[-1].n or 0]}")


def _first_days(times: list[Time], issued_on: date | None, lifted: str) -> Value | None:
    """The last of the first days ("trong 05 ngày đầu tháng": the 5th) of every month or quarter."""
    count, last = times[-1].n or 1, "cuoi" in lifted
    quarterly = re.search(r"(?<!\w)quy(?!\w)", lifted) is not None
    if times[-1].unit != "ngay" or count > 31 or (quarterly and last):
        return None
    every = frequency("quy" if quarterly else "thang")
    if times[-1].working:
        if quarterly:
            return None
        return Value(rule=f"{every};{_WORKING};BYSETPOS={-1 if last else count}")
    return Value(rule=f"{every};BYMONTHDAY={-1 if last else count}")


def _every(times: list[Time], issued_on: date | None, lifted: str) -> Value:
    return Value(rule=frequency(times[0].unit or "thang", times[0].n or 1))


def _quarterly(times: list[Time], issued_on: date | None, lifted: str) -> Value:
    return Value(rule=frequency("quy"))


def _named_day(times: list[Time], issued_on: date | None, lifted: str) -> Value:
    """The letter's own day; where the text names a day before, that one takes its place."""
    return Value(issued_on) if issued_on else Value(warnings=(NO_YEAR,))


def _fortnight(times: list[Time], issued_on: date | None, lifted: str) -> Value:
    return Value(rule="FREQ=WEEKLY;INTERVAL=2")


def _times_a_year(times: list[Time], issued_on: date | None, lifted: str) -> Value:
    """So many times a year, evenly spread where whole months do: "02 lần/năm" is every six months."""
    count = re.search(r"[1-9]", lifted)
    n = int(count[0]) if count else 1
    return Value(rule=frequency("thang", 12 // n) if 12 % n == 0 else frequency("nam"))


def _late_part(times: list[Time], issued_on: date | None, lifted: str) -> Value | None:
    """Of parts of a year only its end and middle: "6 tháng cuối năm" tells of a season."""
    time = times[-1]
    return resolve(time, issued_on) if time.n is None and time.which in {"giua", "cuoi"} else None


def frequency(unit: str, count: int = 1) -> str:
    """RRULE of an interval; quarters are three months."""
    if unit == "quy":
        unit, count = "thang", 3 * count
    if unit == "thang" and count == 12:
        unit, count = "nam", 1
    rule = _FREQUENCIES[unit]
    return rule if count == 1 else f"{rule};INTERVAL={count}"


NINE_MONTHS = "FREQ=YEARLY;BYMONTH=9"
"""The report on the first nine months, due once a year."""


def intervals(lifted: str, times: list[Time], signs: dict[str, str]) -> list[str]:
    """The recurrence rules of a list of intervals ("hằng tháng, quý, 6 tháng, năm"), in order.

    Nine months in such a list is the report on the first nine months, due once a year.
    """
    durations = iter(time for time in times if time.kind in {"dur", "minutes"})
    found: list[str] = []
    for match in re.finditer(rf"[{signs['dur']}{signs['minutes']}]|(?<!\w)(?:gio|ngay|tuan|thang|qu[yi]|nam)(?!\w)", lifted):
        if match[0] in {signs["dur"], signs["minutes"]}:
            time = next(durations)
            rule = frequency(time.unit or "thang", time.n or 1)
            found.append(NINE_MONTHS if rule == "FREQ=MONTHLY;INTERVAL=9" else rule)
        else:
            found.append(frequency(match[0].replace("qui", "quy")))
    return list(dict.fromkeys(found))


def _nothing(times: list[Time], issued_on: date | None, lifted: str) -> Value:
    return Value()


GIVES: dict[str, Callable[[list[Time], date | None, str], Value | None]] = {
    "point": _point,
    "points": _points,
    "last": _range_end,
    "term": _term,
    "start": _start,
    "late-part": _late_part,
    "dom": _dom,
    "period": _period,
    "after": _nothing,
    "monthly-day": _monthly_day,
    "quarterly-day": _quarterly_day,
    "yearly-day": _yearly_day,
    "yearly-day-unnamed": _yearly_day_unnamed,
    "yearly-day-or-points": _yearly_day_or_points,
    "before": _nothing,
    "weekly-day": _weekly_day,
    "working-day": _working_day,
    "weekday-of-month": _weekday_of_month,
    "first-days": _first_days,
    "every": _every,
    "quarterly": _quarterly,
    "named-day": _named_day,
    "fortnight": _fortnight,
    "times-a-year": _times_a_year,
    "intervals": _nothing,
    "unknown-interval": _nothing,
    "none": _nothing,
}
