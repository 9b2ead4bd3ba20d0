"""Numbers and days written by hand: believed only where the reading is sure and the whole letter agrees.

`ingest.hands` marks the blanks of the head that a hand filled and says how
probable its reading is. Here the letter is asked: a day must exist and lie no
later than its digital signature or the ĐẾN stamp, and no earlier than what the
letter cites; a number must be higher than those of the same symbol and year
that the letter cites, for offices number in the order of days (Nghị định
30/2020/NĐ-CP, Điều 15). A doubtful reading is believed where the letter says
the same elsewhere (its signature was given on that day, an annex names it). All else
is unknown and a person is asked, with the blank's place: a wrong number is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from nlp.deadlines import find_deadlines
from nlp.header import signing_days
from nlp.lexicon import toml
from nlp.normalise import fold
from nlp.references import find_references
from nlp.stamps import read_incoming
from nlp.types import Evidence, Field, Handwritten, Header, PageBox

if TYPE_CHECKING:
    from nlp.reading import Text
    from nlp.references.mention import Mention
    from nlp.sections import Sections

SURE = 0.9
"""The probability from which a reading is believed when nothing speaks against it."""
BACKED = 0.7
"""The probability that is enough where the letter says the same elsewhere."""
_NAMES = {"Số": "number", "ngày": "day", "tháng": "month"}
_MARK = re.compile(r"(Số|ngày|tháng): (\S+)")
_LATELY = timedelta(days=40)
"""Deadlines and cited days further back than this are history, and nothing to judge a day by."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank that a hand filled: the figures (None where they were not read), how probable they are, the place."""

    figures: str | None
    probability: float
    place: PageBox


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a reading is believed; `backed` by what else the letter says, or the `reason` against it."""

    believed: bool
    backed: bool = False
    reason: str | None = None


def with_hands(text: Text, sections: Sections, header: Header) -> tuple[Header, tuple[Handwritten, ...]]:
    """The header with what was written by hand judged, and a note of each such field."""
    blanks = blanks_of(text, sections) if sections.is_dispatch else {}
    if not blanks:
        return header, ()
    # Behind the head: there the letter's own number is no citation.
    mentions = find_references(text.text[sections.body.start :])
    found: list[Handwritten] = []
    days = [blank for name in ("day", "month") if (blank := blanks.get(name))]
    if days:
        header, note = _dated(text, sections, header, blanks, mentions)
        found.append(note)
    if "number" in blanks:
        header, note = _numbered(sections, header, blanks["number"], mentions)
        found.append(note)
    return header, tuple(sorted(found, key=lambda note: note.field, reverse=True))


def blanks_of(text: Text, sections: Sections) -> dict[str, Blank]:
    """The blanks of the letter's head that a hand filled, by name: "number", "day", "month".

    A blank belongs to the head where it stands on the line that was taken for the letter's own number or day.
    """
    lines = {
        "Số": text.boxes(sections.number.start, sections.number.end) if sections.number else (),
        "ngày": text.boxes(sections.date.start, sections.date.end) if sections.date else (),
    }
    found: dict[str, Blank] = {}
    for page in text.pages:
        for mark in page.marks if page.number in text.page_numbers else ():
            match = _MARK.fullmatch(mark.text) if mark.kind == "handwriting" and mark.box else None
            if not match or not mark.box:
                continue
            place = PageBox(page.number, mark.box)
            if any(_level(place, line) for line in lines.get(match[1], lines["ngày"])):
                figures = match[2] if match[2].isdecimal() else None
                found.setdefault(_NAMES[match[1]], Blank(figures, mark.confidence, place))
    return found


def _level(blank: PageBox, line: PageBox) -> bool:
    """Whether a blank stands on a line: its middle lies within the line's height, or the line's within its."""
    if blank.page != line.page:
        return False
    middle, other = ((each.box.y0 + each.box.y1) / 2 for each in (blank, line))
    return line.box.y0 <= middle <= line.box.y1 or blank.box.y0 <= other <= blank.box.y1


def words(name: str, **values: str) -> str:
    """What is said of handwriting, in Vietnamese."""
    return str(toml("doubts.toml")["hands"][name]).format(**values)


def _numbered(
    sections: Sections, header: Header, blank: Blank, mentions: tuple[Mention, ...]
) -> tuple[Header, Handwritten]:
    mark = sections.number
    verdict = Verdict(False)
    if blank.figures and mark and header.symbol:
        verdict = judge_number(blank, header.symbol.value, _own_day(sections, header), mentions)
    number = None
    if verdict.believed and blank.figures and mark:
        rule = "header.number.hand-backed" if verdict.backed else "header.number.hand"
        sure = 0.95 if verdict.backed else min(0.98, blank.probability)
        number = Field(
            blank.figures, Evidence(mark.number_start, mark.number_start + len(mark.number), rule, sure)
        )
    note = Handwritten(
        "number",
        blank.figures,
        verdict.believed,
        "" if verdict.believed else verdict.reason or words("number"),
        (blank.place,),
        against=verdict.reason is not None,
    )
    return replace(header, number=number), note


def judge_number(
    blank: Blank, symbol: str, own: tuple[int, date | None] | None, mentions: tuple[Mention, ...]
) -> Verdict:
    """Whether a number is believed. `own` is the letter's year and, where known, its day; `mentions` stand behind its head."""
    value = int(blank.figures or 0)
    backed = False
    for other in mentions:
        if (
            not other.number
            or not other.number.isdecimal()
            or not other.symbol
        ):
            continue
        if fold(other.symbol) != fold(symbol):
            continue
        year = other.date.year if other.date else other.year
        if own and year and year != own[0]:
            continue
        same_day = other.date is None or own is None or own[1] is None or other.date == own[1]
        if int(other.number) == value and same_day:
            backed = True
        elif int(other.number) >= value and other.date and own and own[1] and other.date <= own[1]:
            return Verdict(
                False,
                reason=words("number_order", read=str(blank.figures), other=f"{other.number}/{other.symbol}"),
            )
    return _by_probability(blank.probability, backed)


def _by_probability(probability: float, backed: bool) -> Verdict:
    return Verdict(probability >= (BACKED if backed else SURE), backed and probability < SURE)


def _own_day(sections: Sections, header: Header) -> tuple[int, date | None] | None:
    if header.issued_on:
        day = date.fromisoformat(header.issued_on.value)
        return day.year, day
    mark = sections.date
    return (int(mark.year), None) if mark and re.fullmatch(r"(?:19|20)\d\d", mark.year) else None


def _dated(
    text: Text, sections: Sections, header: Header, blanks: dict[str, Blank], mentions: tuple[Mention, ...]
) -> tuple[Header, Handwritten]:
    mark = sections.date
    filled = [blank for name in ("day", "month") if (blank := blanks.get(name))]
    probability = min(blank.probability for blank in filled)
    day = blanks["day"].figures if "day" in blanks else mark.day if mark else None
    month = blanks["month"].figures if "month" in blanks else mark.month if mark else None
    read = f"{day}/{month}" if day and month and all(blank.figures for blank in filled) else None
    verdict, value = Verdict(False), None
    if read and mark:
        value = _real(str(day), str(month), mark.year)
        if value is None:
            verdict = Verdict(False, reason=words("no_such_day", read=read))
        else:
            verdict = judge_day(text, sections, value, probability, mentions)
    issued_on = None
    if verdict.believed and value and mark:
        rule = "header.date.hand-backed" if verdict.backed else "header.date.hand"
        sure = 0.95 if verdict.backed else min(0.97, probability)
        issued_on = Field(value.isoformat(), Evidence(mark.start, mark.end, rule, sure))
    places = tuple(blank.place for blank in filled)
    note = Handwritten(
        "issued_on",
        read,
        verdict.believed,
        "" if verdict.believed else verdict.reason or words("issued_on"),
        places,
        against=verdict.reason is not None,
    )
    return replace(header, issued_on=issued_on), note


def _real(day: str, month: str, year: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if 1945 <= found.year <= 2100 else None


def judge_day(
    text: Text, sections: Sections, value: date, probability: float, mentions: tuple[Mention, ...]
) -> Verdict:
    """Whether a day is believed, by the signatures, the ĐẾN stamp, the citations and the deadlines of the letter."""
    signed = signing_days(text)
    told = f"{value:%d/%m/%Y}"
    if signed and value > min(signed):
        return Verdict(False, reason=words("after_signature", read=told, other=f"{min(signed):%d/%m/%Y}"))
    incoming = read_incoming(text, replace(sections, date=None))
    if incoming and incoming.date and value > incoming.date:
        return Verdict(False, reason=words("after_stamp", read=told, other=f"{incoming.date:%d/%m/%Y}"))
    for other in mentions:
        if other.date and value < other.date <= value + _LATELY:
            return Verdict(False, reason=words("before_citation", read=told, other=f"{other.date:%d/%m/%Y}"))
    for due in _due_days(text, sections, mentions):
        if value - _LATELY <= due < value:
            return Verdict(False, reason=words("after_deadline", read=told, other=f"{due:%d/%m/%Y}"))
    return _by_probability(probability, value in signed)


def _due_days(text: Text, sections: Sections, mentions: tuple[Mention, ...]) -> Iterator[date]:
    """The days the letter sets as deadlines, where their year is printed."""
    start, end = sections.body
    masked = [span for each in mentions for span in each.masked]
    for deadline in find_deadlines(text.text[start:end], issued_on=None, masked=masked):
        if deadline.kind == "fixed" and deadline.date and str(deadline.date.year) in deadline.raw:
            yield deadline.date
