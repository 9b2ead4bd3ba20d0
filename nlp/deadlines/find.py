"""Finding deadlines in a text by the rules of the grammar."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from nlp.deadlines.context import Around, around, banned, corrected, governor, led_in
from nlp.deadlines.judging import CONTEXTS
from nlp.deadlines.lifted import SIGNS, Lifted, lift
from nlp.deadlines.rules import Rule, rules
from nlp.deadlines.times import Time, find_times
from nlp.deadlines.values import GIVES, NINE_MONTHS, PAST, Value, anchor_of, intervals, resolve
from nlp.folding import UPPER, fold
from nlp.misread import Repaired, repair_dates
from nlp.types import Deadline, Evidence

_SENTENCE_END = re.compile(rf"[.;](?=\s+[{UPPER}])|\n\s*\n")
_FINISHES = re.compile(r"hoan (?:thanh|tat)|ket thuc|xong")
_MOST_MERGED = 20
_MISPRINT = timedelta(days=200)
"""How far ahead a day printed one year too early may lie, to be taken for a misprint."""


@dataclass(frozen=True, slots=True)
class _Hit:
    rule: Rule
    start: int
    end: int
    times: tuple[Time, ...]
    lifted: str
    anchor: str | None


def find_deadlines(
    text: str, *, issued_on: date | None, masked: Sequence[tuple[int, int]] = ()
) -> tuple[Deadline, ...]:
    """All deadlines of a text in the order of print.

    `issued_on` is the day of the letter: it supplies a missing year and tells what
    lies in the past. `masked` are spans (start, end) that hold no deadline: citations.
    Never raises; a text without a deadline gives an empty tuple. A day at the edge of the
    calendar dates no letter and supplies nothing.
    """
    if issued_on is not None and not date.min.year < issued_on.year < date.max.year:
        issued_on = None
    printed, repaired = text, repair_dates(text)
    text = repaired.text
    masked = [*masked, *corrected(text)]
    lifted = lift(text)
    hits = _longest((hit for hit in _hits(text, lifted) if not _overlaps(hit, masked)), len(text))
    found: list[Deadline] = []
    for hit in hits:
        found.extend(_values(text, hit, issued_on))
    return tuple(_as_printed(deadline, printed, repaired) for deadline in _merged(text, found))


def _as_printed(deadline: Deadline, printed: str, repaired: Repaired) -> Deadline:
    """A deadline with the words as printed; where a date in them was mended the evidence says so."""
    at = deadline.evidence
    if not repaired.touches(at.start, at.end):
        return deadline
    return replace(
        deadline,
        raw=" ".join(printed[at.start : at.end].split()),
        evidence=replace(at, rule=f"{at.rule}.repaired", confidence=min(at.confidence, 0.7)),
    )


def _hits(text: str, lifted: Lifted) -> Iterable[_Hit]:
    for rule in rules():
        for match in rule.pattern.finditer(lifted.text):
            if match.start() == match.end():
                continue
            end = match.end()
            while lifted.text[end - 1] in " ,(":
                end -= 1
            start_at, end_at = lifted.span(match.start(), end)
            times = tuple(lifted.times[i] for i in range(match.start(), end) if i in lifted.times)
            anchor = None
            if "anchor" in rule.pattern.groupindex and match["anchor"]:
                first, last = lifted.span(match.start("anchor") + 1, match.end("anchor"))
                if bound := _BOUND.search(text, first, last):
                    last = bound.start()
                    end_at = min(end_at, last)
                anchor = " ".join(text[first:last].split())
            yield _Hit(rule, start_at, end_at, times, match[0], anchor)


_BOUND = re.compile(r"\s(?:phải|cần(?! thiết)|có trách nhiệm|chịu trách nhiệm)(?!\w)")
""" "kể từ ngày nhận được ý kiến phải hoàn thiện …": what is owed begins."""


def _overlaps(hit: _Hit, spans: Sequence[tuple[int, int]]) -> bool:
    return any(hit.start < end and start < hit.end for start, end in spans)


def _longest(hits: Iterable[_Hit], length: int) -> list[_Hit]:
    """Where rules overlap, the longest match wins; order of the file breaks ties."""
    kept: list[_Hit] = []
    taken = bytearray(length)
    for hit in sorted(hits, key=lambda hit: (hit.rule.kind == "immediate", hit.start - hit.end)):
        if not any(taken[hit.start : hit.end]):
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


_SUBJECT_END = re.compile(r",|(?<!\w)phải(?!\w)")
""" "Viên chức còn nợ tạm ứng phải hoàn ứng xong trước …": what stands before "phải" only says who."""


def _values(text: str, hit: _Hit, issued_on: date | None) -> Iterable[Deadline]:
    value = GIVES[hit.rule.give](list(hit.times), issued_on, hit.lifted)
    if value is None:
        return
    if hit.rule.give == "named-day":
        value = replace(value, day=_day_before(text, hit.start, issued_on) or value.day)
    if hit.anchor is not None:
        value = _anchored(value, hit)
    past = PAST in value.warnings
    here = around(text, hit.start, hit.end)
    if hit.rule.context == "listed":
        here = led_in(text, here, hit.start)
    if past and not _may_be_misprint(value.day, issued_on, hit, governor(here)):
        return
    kind = hit.times[-1].kind if hit.times else ""
    if hit.rule.context == "open" and not past and _FINISHES.match(hit.lifted):
        here = replace(here, before=_SUBJECT_END.split(here.before)[-1])  # it says itself what is to be done
    done = hit.rule.context == "content" and not past and _FINISHES.match(hit.lifted) is not None and governor(here) != "story"
    if hit.rule.name == "range" and _of_data(here, hit, issued_on):
        return
    if not (done or CONTEXTS[hit.rule.context](here, kind, past)) or _forbidden(hit, here):
        return
    confidence = 0.5 if value.warnings else 0.95
    deadline = Deadline(
        kind=hit.rule.kind,
        date=value.day,
        rule=value.rule,
        raw=" ".join(text[hit.start : hit.end].split()),
        evidence=Evidence(hit.start, hit.end, f"deadline.{hit.rule.name}", confidence),
        strict=hit.rule.strict and "ruoc" in hit.lifted,
        warnings=value.warnings,
    )
    if hit.rule.give == "intervals":
        for rule in intervals(hit.lifted, list(hit.times), SIGNS):
            yield replace(deadline, rule=rule)
        return
    yield deadline
    for day in value.days:
        yield replace(deadline, date=day)
    for rule in value.more:
        yield replace(deadline, rule=rule)


_DATA = re.compile(r"(?<!\w)(?:số liệu|thống kê)(?!\w)")


def _of_data(here: Around, hit: _Hit, issued_on: date | None) -> bool:
    """Whether a span that began before the letter is that of data: "Tổng hợp số liệu đơn thư từ ngày 01/12 đến ngày 30/11"."""
    first = resolve(hit.times[0], issued_on)
    return PAST in first.warnings and _DATA.search(here.before.lower()) is not None


_NAMED_WITHIN = 240


def _day_before(text: str, at: int, issued_on: date | None) -> date | None:
    """The last day named before "cùng ngày"; None where none is near."""
    named = [time for time in find_times(text[max(0, at - _NAMED_WITHIN) : at]) if time.kind == "day"]
    return resolve(named[-1], issued_on).day if named else None


def _forbidden(hit: _Hit, here: Around) -> bool:
    """Whether a period is that of a ban; "hoàn thành trong quý I" says itself what is to be done."""
    return hit.rule.period and not _FINISHES.match(hit.lifted) and banned(here)


def _anchored(value: Value, hit: _Hit) -> Value:
    if hit.rule.give == "before":
        return Value(rule=f"P0D before {hit.anchor}")
    anchor = anchor_of(hit.anchor or "")
    if hit.rule.give == "after":
        return Value(rule=f"P0D after {anchor}")
    before = hit.rule.name == "before-event" or re.search(r" t?ruoc(?: khi| ngay| thoi diem)+ ", hit.lifted)
    side = "before" if before else "after"
    return Value(rule=f"{value.rule} {side} {anchor}")


def _may_be_misprint(day: date | None, issued_on: date | None, hit: _Hit, governed_by: str) -> bool:
    """A day in the past is kept where the letter clearly orders it: the year is then misprinted."""
    if day is None or issued_on is None or governed_by not in {"finish", "hand"} or hit.times[-1].kind == "year":
        return False
    if hit.rule.context == "open":
        return True
    later = date(day.year + 1, day.month, min(day.day, 28))
    return issued_on - timedelta(days=3) <= later <= issued_on + _MISPRINT


def _frequency(rule: str | None) -> str:
    """The interval of a recurrence without its day."""
    return ";".join(p for p in (rule or "").split(";") if p.startswith(("FREQ", "INTERVAL")))


def _merged(text: str, found: list[Deadline]) -> list[Deadline]:
    """Join what one sentence says of one recurrence ("hàng tháng … trước ngày 20"), sentence by sentence."""
    ends = [match.start() for match in _SENTENCE_END.finditer(text)]
    merged: list[Deadline] = []
    for _, same in groupby(found, key=lambda deadline: bisect_right(ends, deadline.evidence.start)):
        merged += _merged_sentence(text, list(same))
    return merged


_PURPOSE = re.compile(
    r"(?:^|[.;:]\s+)de\s+(?:kip|dam bao|bao dam)\s(?:[^.;]|\.(?=\d)){0,220}$"
    r"|(?:^|[.;:]\s+)(?:de|nham)\s+(?:(?:kip|kip thoi|co (?:so lieu|co so|can cu|tai lieu|thong tin)|dam bao|bao dam|phuc vu|viec)\s+)*(?:tong hop|bao cao|trinh|gui)(?![a-z])[^.;]{0,160}$"
)
_THEN_ASKS = re.compile(r"[^.;,]{0,40},[^.;]*?(?<![a-z])(?:de nghi|yeu cau|giao|mong)(?![a-z])")


_IN_BRACKETS = re.compile(r"\(\s*$")


def _is_span_in_brackets(text: str, deadline: Deadline) -> bool:
    """Whether a span stands in brackets: "lịch trực (từ 14/02 đến 22/02)". Beside a term it says of what time a thing is."""
    at = deadline.evidence
    return at.rule == "deadline.range" and _IN_BRACKETS.search(text[max(0, at.start - 4) : at.start]) is not None and ")" in text[at.end : at.end + 8]


def _in_purpose(text: str, deadline: Deadline) -> bool:
    """Whether a day is the sender's own, for which the letter asks: "Để kịp báo cáo Bộ trước ngày 20/5, Sở đề nghị …"."""
    at = deadline.evidence
    return (
        deadline.kind == "fixed"
        and _PURPOSE.search(fold(text[max(0, at.start - 240) : at.start])) is not None
        and _THEN_ASKS.match(fold(text[at.end : at.end + 200])) is not None
    )


_SENDERS_OWN = re.compile(
    r"(?<![a-z])(?:de|nham)\s+(?:kip (?:thoi )?)?(?:[a-z&]+ ){0,8}?(?:tong hop|bao cao|trinh|gui)(?![a-z])[^.;]*$"
)


def _senders_own(text: str, earlier: Deadline, later: Deadline) -> bool:
    """Whether a second day is the sender's own term: "gửi … trước ngày 16/5 để Sở tổng hợp, báo cáo Bộ trước ngày 20/5"."""
    if earlier.kind != "fixed" or later.kind != "fixed" or not (earlier.date and later.date and earlier.date < later.date):
        return False
    between = fold(text[earlier.evidence.end : later.evidence.start])
    return _SENDERS_OWN.search(between) is not None


def _merged_sentence(text: str, found: list[Deadline]) -> list[Deadline]:
    """As `_merged`, within one sentence; "định kỳ" beside an interval is that interval."""
    found = [d for d in found if not _in_purpose(text, d)]
    if any(d.kind == "fixed" and d.strict for d in found):
        found = [d for d in found if not _is_span_in_brackets(text, d)]
    found = [d for n, d in enumerate(found) if not any(_senders_own(text, each, d) for each in found[:n])]
    found = _each_year(text, found)
    bare = [d for d in found if d.kind == "recurring" and (d.rule is None or "BY" not in d.rule)]
    if not bare or len(found) == 1:
        return found
    timed = any(d.kind == "recurring" and d.rule for d in found)
    kept = [d for d in found if d.kind != "recurring" or d.rule or not timed]
    for deadline in bare[:_MOST_MERGED]:
        other = next((d for d in kept if d is not deadline and _with_day(deadline, d)), None)
        if other is None or deadline not in kept:
            continue
        first = min(deadline.evidence.start, other.evidence.start)
        last = max(deadline.evidence.end, other.evidence.end)
        kept[kept.index(other)] = replace(
            other,
            kind="recurring",
            date=None,
            rule=_with_day(deadline, other),
            raw=" ".join(text[first:last].split()),
            evidence=replace(other.evidence, start=first, end=last),
            warnings=(),
        )
        kept.remove(deadline)
    return sorted(kept, key=lambda deadline: deadline.evidence.start)


_OF_YEARS = frozenset({"FREQ=YEARLY", "FREQ=MONTHLY;INTERVAL=6", "FREQ=MONTHLY;INTERVAL=3"})
_DATED = frozenset({"deadline.before-day", "deadline.before-days", "deadline.latest"})
_APART = re.compile(r"[;:•]|\.\s")


def _each_year(text: str, found: list[Deadline]) -> list[Deadline]:
    """Days without a year beside a half-yearly, yearly or quarterly interval fall due every year: "Định kỳ 6 tháng …, trước ngày 15/6 và 15/12".

    The bare interval is told by them then. A semicolon between the two sets them apart.
    """
    bare = [d for d in found if d.kind == "recurring" and d.rule in _OF_YEARS]
    if len(bare) > 1 and sum(map(_is_day_without_year, found)) < 2:
        return found  # "Định kỳ 6 tháng, năm … trước ngày 15/12": the day is that of one of them
    told: list[Deadline] = []
    kept: list[Deadline] = []
    for each in found:
        beside = [d for d in bare if not _APART.search(text[slice(*_between(d, each))])] if _is_day_without_year(each) else []
        if each.date is None or not beside:
            kept.append(each)
            continue
        told += beside
        kept.append(replace(each, kind="recurring", date=None, rule=f"FREQ=YEARLY;BYMONTH={each.date.month};BYMONTHDAY={each.date.day}", warnings=()))
    return [d for d in kept if d not in told]


def _is_day_without_year(deadline: Deadline) -> bool:
    return deadline.kind == "fixed" and deadline.evidence.rule in _DATED and deadline.date is not None and str(deadline.date.year) not in deadline.raw


def _between(one: Deadline, other: Deadline) -> tuple[int, int]:
    first, second = sorted((one, other), key=lambda deadline: deadline.evidence.start)
    return first.evidence.end, second.evidence.start


def _with_day(bare: Deadline, other: Deadline) -> str | None:
    """The rule of a bare recurrence and the day found for it elsewhere in its sentence."""
    if other.rule == NINE_MONTHS:
        return None
    if other.kind == "recurring" and other.rule and "BY" in other.rule:
        return other.rule if _frequency(other.rule) == bare.rule else None
    if other.kind != "fixed" or bare.rule is None:
        return None
    if other.evidence.rule == "deadline.before-dom" and bare.rule.startswith("FREQ=MONTHLY"):
        day = re.search(r"\d+(?!.*\d)", other.raw)
        return f"{bare.rule};BYMONTHDAY={int(day[0])}" if day else None
    dated = other.date if other.evidence.rule in {"deadline.before-day", "deadline.latest"} else None
    if bare.rule == "FREQ=YEARLY" and dated and str(dated.year) not in other.raw:
        return f"{bare.rule};BYMONTH={dated.month};BYMONTHDAY={dated.day}"
    return None
