"""Time expressions (days, months, quarters, periods) read from the folded text.

A deadline rule never looks at digits: the expressions found here are lifted
out of the text and stand in the rule's pattern as `{day}`, `{month}` and so on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from nlp.folding import fold

KINDS = ("day", "dom", "part", "quarter", "month", "dur", "year", "weekday", "week", "lunar", "minutes")
"""day: day with month; lunar: a day of the lunar calendar whose solar day is not printed; dom: day of a month not named; part: a part of a year or month
(6 tháng đầu năm, cuối năm, giữa tháng 6); dur: a length of time; weekday: a day of the week; week: this or the next one;
minutes: a length of so many minutes, apart from dur: few rules are about minutes."""


@dataclass(frozen=True, slots=True)
class Time:
    """One time expression. `n` is a count, a quarter or a weekday (0 = Monday); `unit` is one of
    phút, giờ, ngày, tuần, tháng, quý, năm in folded form; `which` is dau, giua or cuoi. `days` are the days of a
    list ("ngày 15, 30 hàng tháng"), `earlier` the months or quarters listed before the last ("tháng 5 và tháng 6"); `ahead` counts from the letter's own day: 0 this month, 1 tomorrow;
    `clock` says that an hour is printed before the day.
    """

    kind: str
    start: int
    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    n: int | None = None
    unit: str | None = None
    which: str | None = None
    working: bool = False
    days: tuple[int, ...] = ()
    earlier: tuple[int, ...] = ()
    ahead: int | None = None
    clock: bool = False


_NUMBER_WORDS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12, "mười lăm": 15, "hai mươi": 20, "ba mươi": 30,
    "giêng": 1, "chạp": 12,
}  # fmt: skip
"""With diacritics: "sau ngày" (after the day) is not "sáu ngày" (six days)."""
_COUNT = r"(?:\d{1,3}|muoi mot|muoi hai|muoi lam|hai muoi|ba muoi|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)"
_MONTH = r"(?:\d{1,2}|gieng|hai|ba|tu|nam|sau|bay|tam|chin|muoi mot|muoi hai|muoi|chap)"
_YEAR = r"(?:(?:19|20)\d\d)"
_SEP = r"\s*[/.\-]\s*"
_CLOCK = r"(?:\d{1,2}\s*(?:gio|h|g|:)\s*(?:\d{1,2}\s*(?:phut|['’′]|p)?)?,?\s*(?:(?:cua\s+)?(?=ngay))?)"
_STEM_AND_BRANCH = r"(?:giap|at|binh|dinh|mau|ky|canh|tan|nham|quy)\s+(?:ty|suu|dan|mao|meo|thin|ngo|mui|than|dau|tuat|hoi)"
_LUNAR = rf"(?P<lunar>\s*(?:am\s+lich(?!\w)|nam\s+{_STEM_AND_BRANCH}(?!\w)))?(?:,?\s*\(\s*(?P<also>(?:nham|tuc|am lich)[^()]{{0,60}})\))?"
_SOLAR = re.compile(rf"(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}({_YEAR})(?!\d)(?!.*am lich)")
_DAY = re.compile(
    rf"(?<![\w/.\-])(?<!thang\s)(?P<clock>{_CLOCK})?(?:ngay\s*)?(?:"
    rf"(?P<d1>\d{{1,2}}|[li|]\d|\d[o]){_SEP}(?P<m1>\d{{1,2}}){_SEP}(?P<y1>{_YEAR}|\d\d)(?![\d]|\s*/\s*\w)"
    rf"|(?P<d2>\d{{1,2}})\s*,?\s+thang\s+(?P<m2>{_MONTH})\b(?!\s*/\s*\d{{1,2}}\b(?!\d))"
    rf"(?:\s*(?:,|/|-)?\s*(?:nam\s+)?(?P<y2>{_YEAR})(?!\d))?(?:\s+nam\s+nay)?"
    rf"|(?P<d3>\d{{1,2}})\s*/\s*(?P<m3>\d{{1,2}})(?![\d%])(?!{_SEP}\w)(?:\s+nam\s+(?P<y3>{_YEAR}))?"
    # "ngày 10-6": only behind "ngày", and no range ("ngày 10-15/6", "ngày 10-12 hàng tháng")
    rf"|(?<=ngay\s)(?P<d4>\d{{1,2}})\s?-\s?(?P<m4>0?[1-9]|1[0-2])(?![\d%])(?!\s*(?:[/.\-]\s*\w|hang|moi|thang|cua))(?P<y4>(?!))?"
    rf"){_LUNAR}"
)
_AHEAD = re.compile(
    rf"(?<!\w)(?:(?P<clock>{_CLOCK})?(?:(?:sang|trua|chieu|toi)\s+)?(?P<tomorrow>ngay\s+mai)(?!\w)"
    r"|(?<!den )(?:ngay\s+)?(?P<today>hom\s+nay)(?!\w)"
    r"|(?P<unit>tuan|thang|qu[yi]|nam)\s+(?P<which>nay|toi)(?!\w)(?!\s+(?:thieu|da)(?!\w)))"  # "mỗi tuần tối thiểu" is no next week
)
_OF_MONTHS = r"(?=\s*(?:(?:cua\s+)?(?:hang|moi)\s+thang|(?:cua\s+)?thang\s+(?:cuoi|dau)\s+(?:moi\s+)?qu[yi]))"
_DOM = re.compile(
    rf"(?<!\w)(?:ngay\s+(?P<list>\d{{1,2}}(?:\s*(?:,|;|va|,\s*va)\s*\d{{1,2}})+)(?:{_OF_MONTHS}|(?=\s*\)))"
    r"|ngay\s+(?:mung\s+)?(?P<d>\d{1,2})(?![\w/.\-]?\d)(?!\s*/\s*\d)(?!\s+thang\s+\d)(?!\s+(?:luot|lan|buoi)\b)"
    r"|(?P<last>ngay\s+cuoi(?:\s+cung)?)(?=(?:\s+cua)?\s+(?:thang|hang\s+thang|moi\s+thang)))"
)
_PART = re.compile(
    rf"(?<!\w)(?:(?P<n>{_COUNT})\s+thang\s+(?P<w1>dau|cuoi)\s+(?:cua\s+)?nam(?:\s+(?P<y1>{_YEAR})(?!\d)|\s+nay)?"
    rf"|nua\s+(?P<w2>dau|cuoi)\s+nam(?:\s+(?P<y2>{_YEAR})(?!\d))?"
    rf"|(?P<w3>dau|giua|cuoi)\s+nam\s+(?:(?P<y3>{_YEAR})(?!\d)|nay\b)"
    rf"|(?P<w4>dau|giua|cuoi|(?:thuong|trung|ha)\s+tuan|tuan\s+(?:dau|cuoi)(?:\s+cua)?)\s+thang\s+(?:(?P<m4>\d{{1,2}})(?!\d)"
    rf"(?:\s*(?:/|-|,)?\s*(?:nam\s+)?(?P<y4>{_YEAR})(?!\d))?|nay\b)"
    rf"|(?P<w5>dau|giua|cuoi)\s+qu[yi]\s+(?P<q5>iv|[il1|]{{1,3}}|[1-4])\b"
    rf"(?:\s*(?:/|-|,)?\s*(?:nam\s+)?(?P<y5>{_YEAR})(?!\d))?"
    r"|(?P<w6>cuoi)\s+nam(?!\s+(?:\d|truoc|ngoai)))"
)
_ROMAN = r"(?:iv|ih|hi|il|li|[il1|]{1,3}|[1-4])"
_QUARTER = re.compile(
    rf"(?<!\w)qu[yi]\s+(?P<q>{_ROMAN})(?!\w)(?P<more>(?:\s*(?:,|va|-|den)\s*(?:qu[yi]\s+)?{_ROMAN}(?!\w))*)"
    rf"(?:\s*(?:/|-|,)?\s*(?:cua\s+)?(?:nam\s+)?(?P<y>{_YEAR})(?!\d))?"
)
_MONTHS = re.compile(
    rf"(?<!\w)thang\s+(?:(?P<list>\d{{1,2}}(?:\s*(?:,|va|-|den)\s*(?:thang\s+)?\d{{1,2}})+)"
    rf"\s*(?:/|-|,)?\s*(?:nam\s+)?(?P<y1>{_YEAR})(?!\d)"
    rf"|(?P<m>{_MONTH})(?!\w)(?!\s+(?:ky|lan|luot|buoi|phien|dot)(?!\w))(?!\s*/\s*\d{{1,2}}(?!\d))(?:\s*(?:/|-|,|\.)?\s*(?:nam\s+)?(?P<y2>{_YEAR})(?!\d))?)"
)
_DUR = re.compile(
    rf"(?<![\w/.])(?P<n>{_COUNT})\s*(?:\([^()]{{2,24}}\)\s*)?(?P<unit>ngay|tuan|thang|qu[yi]|nam|gio)(?!\w)"
    r"(?!\s+(?:19|20)\d\d)(?P<w>\s+lam\s+viec)?(?:\s+lich\b)?"
)
_MINUTES = re.compile(rf"(?<![\w/.])(?<!gio )(?<!h )(?P<n>{_COUNT})\s*phut(?!\w)")
_YEARS = re.compile(
    rf"(?<!\w)(?:cac\s+)?nam\s+(?:(?P<y>{_YEAR})(?!\d)(?:\s*(?:-|,|va|den)\s*(?:nam\s+)?(?P<last>{_YEAR})(?![\d/]))*"
    r"|(?P<now>nay)\b)"
)
_WEEKDAY = re.compile(r"(?<!\w)(?:thu\s+(?P<n>hai|ba|tu|nam|sau|bay|[2-7])(?!\w)|(?P<sun>chu\s+nhat))")
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5} | {str(i): i - 2 for i in range(2, 8)}


def _number(m: re.Match[str], group: str, lower: str) -> int | None:
    """The number of a group: digits, or a word whose diacritics in `lower` are right."""
    word = " ".join(lower[m.start(group) : m.end(group)].split())
    return int(word) if word.isdecimal() else _NUMBER_WORDS.get(word)


def _year(word: str | None) -> int | None:
    if not word:
        return None
    return int(word) if len(word) == 4 else 2000 + int(word)


def roman_quarter(word: str) -> int:
    """Quarter 1–4 from a Roman or Arabic figure, tolerant of I read as l, 1, | or H (two I's)."""
    word = word.strip().lower()
    if word in {"iv", "4"}:
        return 4
    if word.isdecimal() and set(word) != {"1"}:
        return int(word[-1])
    return max(1, min(3, sum(2 if char == "h" else 1 for char in word)))


def _read_day(m: re.Match[str], lower: str) -> Time | None:
    for i in "1234":
        if m[f"d{i}"]:
            day, month = int(re.sub(r"[li|]", "1", m[f"d{i}"]).replace("o", "0")), _number(m, f"m{i}", lower)
            if month is None or not 1 <= month <= 12 or not 1 <= day <= 99:
                return None
            if m["lunar"] or (m[f"m{i}"] in {"gieng", "chap"} and not m[f"y{i}"]):
                return _of_moon(m)
            return Time("day", m.start(), m.end(), day=day, month=month, year=_year(m[f"y{i}"]), clock=bool(m["clock"]))
    return None


def _of_moon(m: re.Match[str]) -> Time:
    """A day of the lunar calendar ("ngày 25 tháng Chạp"): the solar day printed behind it, in brackets."""
    solar = _SOLAR.search(m["also"] or "")
    if solar is None:
        return Time("lunar", m.start(), m.end())
    day, month, year = map(int, solar.groups())
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return Time("lunar", m.start(), m.end())
    return Time("day", m.start(), m.end(), day=day, month=month, year=year, clock=bool(m["clock"]))


def _read_dom(m: re.Match[str], lower: str) -> Time | None:
    if m["list"]:
        days = tuple(int(day) for day in re.findall(r"\d+", m["list"]))
        return Time("dom", m.start(), m.end(), day=days[-1], days=days) if all(0 < d <= 31 for d in days) else None
    day = -1 if m["last"] else int(m["d"])
    return Time("dom", m.start(), m.end(), day=day) if day <= 31 and day else None


def _read_part(m: re.Match[str], lower: str) -> Time | None:
    at = (m.start(), m.end())
    if m["n"]:
        n = _number(m, "n", lower)
        return (
            Time("part", *at, n=n, unit="nam", which=m["w1"], year=_year(m["y1"])) if n and n <= 12 else None
        )
    if m["w2"]:
        return Time("part", *at, n=6, unit="nam", which=m["w2"], year=_year(m["y2"]))
    if m["w3"]:
        return Time("part", *at, unit="nam", which=m["w3"], year=_year(m["y3"]))
    if m["w4"]:
        which = re.sub(r"\s+", " ", m["w4"]).removesuffix(" cua")
        month = int(m["m4"]) if m["m4"] else None
        if month is not None and not 1 <= month <= 12:
            return None
        return Time("part", *at, unit="thang", which=which, month=month, year=_year(m["y4"]))
    if m["w5"]:
        return Time("part", *at, unit="quy", which=m["w5"], n=roman_quarter(m["q5"]), year=_year(m["y5"]))
    return Time("part", *at, unit="nam", which="cuoi")


def _read_quarter(m: re.Match[str], lower: str) -> Time | None:
    listed = [roman_quarter(word) for word in (m["q"], *re.findall(_ROMAN + r"(?!\w)", m["more"] or ""))]
    return Time("quarter", m.start(), m.end(), n=listed[-1], year=_year(m["y"]), earlier=() if _adjoining(listed) and "qu" in (m["more"] or "") else _each_of(m["more"] or "", listed))


def _adjoining(quarters: list[int]) -> bool:
    """Whether quarters follow each other: "trong Quý I và Quý II" is one half-year with one end; "quý II và quý IV" are two terms, and so is a bare list ("quý II, III")."""
    return len(quarters) > 1 and all(after - before == 1 for before, after in pairwise(quarters))


def _read_month(m: re.Match[str], lower: str) -> Time | None:
    listed = [int(word) for word in re.findall(r"\d+", m["list"] or "")]
    month = listed[-1] if listed else _number(m, "m", lower)
    if month is None or not 1 <= month <= 12:
        return None
    return Time("month", m.start(), m.end(), month=month, year=_year(m["y1"] or m["y2"]), earlier=_each_of(m["list"] or "", listed))


def _each_of(joined: str, listed: list[int]) -> tuple[int, ...]:
    """Those of a list before the last where each is a term of its own ("quý II và quý IV"); a span ("tháng 3 - 5") has one end."""
    if re.search(r"-|den", joined) or any(one >= other for one, other in pairwise(listed)) or listed[:1] < [1]:
        return ()
    return tuple(listed[:-1])


def _read_dur(m: re.Match[str], lower: str) -> Time | None:
    n, unit = _number(m, "n", lower), m["unit"].replace("qui", "quy")
    return Time("dur", m.start(), m.end(), n=n, unit=unit, working=bool(m["w"])) if n else None


def _read_minutes(m: re.Match[str], lower: str) -> Time | None:
    n = _number(m, "n", lower)
    return Time("minutes", m.start(), m.end(), n=n, unit="phut") if n else None


def _read_year(m: re.Match[str], lower: str) -> Time | None:
    return Time("year", m.start(), m.end(), year=_year(m["last"] or m["y"]))


def _read_ahead(m: re.Match[str], lower: str) -> Time | None:
    at = (m.start(), m.end())
    if m["tomorrow"] or m["today"]:
        return Time("day", *at, unit="ngay", ahead=1 if m["tomorrow"] else 0, clock=bool(m["clock"]))
    unit = m["unit"].replace("qui", "quy")
    if unit == "nam" and "ă" not in lower[m.start() : m.end()]:
        return None
    kind = {"tuan": "week", "thang": "month", "quy": "quarter", "nam": "year"}[unit]
    return Time(kind, *at, unit=unit, ahead=0 if m["which"] == "nay" else 1)


def _read_weekday(m: re.Match[str], lower: str) -> Time | None:
    return Time("weekday", m.start(), m.end(), n=6 if m["sun"] else _WEEKDAYS[m["n"]])


_READERS = (
    (_DAY, _read_day), (_AHEAD, _read_ahead), (_PART, _read_part), (_QUARTER, _read_quarter), (_MONTHS, _read_month),
    (_DOM, _read_dom), (_DUR, _read_dur), (_YEARS, _read_year), (_WEEKDAY, _read_weekday), (_MINUTES, _read_minutes),
)  # fmt: skip


def find_times(text: str) -> tuple[Time, ...]:
    """All time expressions of the text in order, none overlapping another."""
    folded = fold(text)
    lower = text.lower() if len(text.lower()) == len(text) else folded
    found: list[Time] = []
    taken = bytearray(len(text) + 1)
    for pattern, read in _READERS:
        for match in pattern.finditer(folded):
            time = read(match, lower)
            if time and not any(taken[time.start : time.end]):
                taken[time.start : time.end] = b"\1" * (time.end - time.start)
                found.append(time)
    return tuple(sorted(found, key=lambda time: time.start))
