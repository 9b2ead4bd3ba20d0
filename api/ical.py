"""iCalendar (RFC 5545) of due days: VEVENT with alarms, or VTODO. Pure: values in, text out.

Days are whole days (VALUE=DATE), so no time zone is needed. Alarms ring at
8 o'clock, so many working days before (7, 3 and 1, or as the office set it; of a recurring series: days before,
because one alarm serves all its days). Two requests give the same bytes while
nothing has changed, so that a fingerprint tells whether to send anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from dateutil.rrule import rrulestr

from api.formats import day as printed
from api.formats import first_upper
from api.i18n import Words
from nlp.calendar import COUNTRY, OfficeDays, full_rule
from register.feeds import Day, Entry
from register.reminder_days import BEFORE, alarm_day

ALARM_HOUR: Final = 8
_FOLD: Final = 75
"""Octets of a line without its end (RFC 5545, 3.1)."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_MONTH_DAY = re.compile(r"BYMONTHDAY=(\d{1,2})(?![\d,])")


def calendar(
    entries: Sequence[Entry],
    *,
    name: str,
    form: str,
    t: Words,
    host: str,
    link: str | None = None,
    office: OfficeDays = COUNTRY,
    before: Sequence[int] = BEFORE,
) -> bytes:
    """The whole feed; `form` is "event" or "todo", `host` makes the UIDs
    and must stay the same for good, `link` is the address of the pages, if known, `before` are the days of the alarms, nearest first."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Đôn Đốc//dondoc//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escape(name)}",
        f"X-WR-CALNAME:{escape(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    for entry in entries:
        lines += (
            _todos(entry, t, host, link, office, before)
            if form == "todo"
            else _events(entry, t, host, link, office, before)
        )
    lines.append("END:VCALENDAR")
    return b"".join(fold(line) for line in lines)


def escape(text: str) -> str:
    """TEXT of RFC 5545, 3.3.11."""
    text = _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def fold(line: str) -> bytes:
    """A content line in pieces of at most 75 octets, none of which cuts a letter in two."""
    pieces, piece = [], b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > _FOLD:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"


def _events(
    entry: Entry, t: Words, host: str, link: str | None, office: OfficeDays, before: Sequence[int]
) -> Iterator[str]:
    if entry.rule is None:
        for number, each in enumerate(day for day in entry.days if day.done_on is None):
            suffix = f"-{number + 1}" if number else ""
            yield from _event(entry, each.due_on, t, host, link, _alarms(each.due_on, office, before), suffix=suffix)
        return
    yield from _event(entry, entry.days[0].first_due_on, t, host, link, _plain_alarms(before), extra=_series(entry))
    for each in entry.days:
        if each.done_on is None and each.due_on != each.first_due_on:
            extra = [f"RECURRENCE-ID;VALUE=DATE:{_date(each.first_due_on)}"]
            yield from _event(entry, each.due_on, t, host, link, _alarms(each.due_on, office, before), extra=extra)


def _event(
    entry: Entry,
    due_on: date,
    t: Words,
    host: str,
    link: str | None,
    alarms: Sequence[str],
    *,
    extra: Sequence[str] = (),
    suffix: str = "",
) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield from _common(entry, t, host, link, suffix)
    yield f"DTSTART;VALUE=DATE:{_date(due_on)}"
    if due_on < date.max:  # without an end a day lasts that day (RFC 5545, 3.6.1)
        yield f"DTEND;VALUE=DATE:{_date(due_on + timedelta(days=1))}"
    yield from extra
    yield "TRANSP:TRANSPARENT"
    for trigger in alarms:
        yield from _alarm(entry, t, f"TRIGGER:{trigger}")
    yield "END:VEVENT"


def _todos(
    entry: Entry, t: Words, host: str, link: str | None, office: OfficeDays, before: Sequence[int]
) -> Iterator[str]:
    """One VTODO per open day: programs seldom understand recurring ones, and each is ticked off by itself."""
    for each in entry.days:
        if each.done_on is not None:
            continue
        yield "BEGIN:VTODO"
        yield from _common(entry, t, host, link, f"-{_date(each.first_due_on)}" if entry.rule else "")
        yield f"DUE;VALUE=DATE:{_date(each.due_on)}"
        yield "STATUS:NEEDS-ACTION"
        for trigger in _alarms(each.due_on, office, before):
            yield from _alarm(entry, t, f"TRIGGER;RELATED=END:{trigger}")
        yield "END:VTODO"


def _common(entry: Entry, t: Words, host: str, link: str | None, suffix: str) -> Iterator[str]:
    changed = entry.changed_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    ordinal = f"-{entry.ordinal}" if entry.ordinal > 1 else ""
    yield f"UID:nhiem-vu-{entry.obligation_id}{ordinal}{suffix}@{host}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{entry.version}"
    yield f"SUMMARY:{escape(_summary(entry, t))}"
    yield f"DESCRIPTION:{escape(_description(entry, t))}"
    if link:
        yield f"URL:{link}/nhiem-vu/{entry.obligation_id}"


def _summary(entry: Entry, t: Words) -> str:
    text = entry.text if len(entry.text) <= 160 else entry.text[:159] + "…"
    return t("feed.summary", text=text)


def _description(entry: Entry, t: Words) -> str:
    source = " ".join(
        part for part in (entry.letter_code, entry.letter_issuer and f"({entry.letter_issuer})") if part
    )
    lines = [entry.text, f"{t('tasks.column_body')}: {first_upper(entry.body) or t('letter.no_lead')}"]
    if entry.whom:
        lines.append(f"{t('tasks.column_assignee')}: {entry.whom}")
    if source:
        lines.append(f"{t('duty.source')}: {source}")
    moved = [each for each in entry.days if each.due_on != each.first_due_on and each.done_on is None]
    lines += [t("feed.moved", old=printed(each.first_due_on), new=printed(each.due_on)) for each in moved]
    return "\n".join(lines)


def _alarm(entry: Entry, t: Words, trigger: str) -> Iterator[str]:
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{escape(_summary(entry, t))}"
    yield trigger
    yield "END:VALARM"


def _alarms(due_on: date, office: OfficeDays, before: Sequence[int]) -> list[str]:
    return [_trigger((due_on - alarm_day(due_on, days, office)).days) for days in reversed(before)]


def _plain_alarms(before: Sequence[int]) -> list[str]:
    return [_trigger(days) for days in reversed(before)]


def _trigger(days: int) -> str:
    """So many days before, at the hour of alarms, seen from the midnight with which the day begins."""
    hours = 24 - ALARM_HOUR
    return f"-P{days - 1}DT{hours}H" if days > 1 else f"-PT{hours}H"


def _series(entry: Entry) -> list[str]:
    """The rule of a recurring deadline, and the days of it that are done."""
    first = entry.days[0].first_due_on
    lines = []
    rule = _fitting(entry, first)
    if rule is not None:
        lines.append(f"RRULE:{rule}")
    else:
        rest = ",".join(_date(each.first_due_on) for each in entry.days[1:])
        lines += [f"RDATE;VALUE=DATE:{rest}"] if rest else []
    done = ",".join(_date(each.first_due_on) for each in entry.days if each.done_on is not None)
    return lines + ([f"EXDATE;VALUE=DATE:{done}"] if done else [])


def _fitting(entry: Entry, first: date) -> str | None:
    """The rule that gives just the days we have ("trước ngày 25" is the 24th); None where no rule does."""
    if entry.rule is None:
        return None
    try:
        rule = full_rule(entry.rule)
    except (ValueError, KeyError):
        return None
    moved = _MONTH_DAY.sub(lambda found: f"BYMONTHDAY={int(found[1]) - 1 or -1}", rule)
    for each in dict.fromkeys((rule, moved)):
        if _days(each, first, entry.days) == [day.first_due_on for day in entry.days]:
            return each
    return None


def _days(rule: str, first: date, days: Sequence[Day]) -> list[date]:
    try:
        found = rrulestr(rule, dtstart=datetime.combine(first, time()))
        last = datetime.combine(days[-1].first_due_on, time())
        return [each.date() for each in found.between(datetime.combine(first, time()), last, inc=True)]
    except (ValueError, KeyError, TypeError):
        return []


def _date(day: date) -> str:
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"
