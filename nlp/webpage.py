"""How pages of offices and of law portals name the letter whose text they give.

Above the text stands a heading: "Công văn số 12/UBND-TH ngày 03/4/2015 của UBND
tỉnh về việc …", under it a note: "(Theo Công văn số 12/UBND-TH)", "Xem chi tiết
tại Công văn 12/UBND-TH". Lines of news that tell of a letter go on with what it
says; these do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.landmarks import Mark
from nlp.lexicon import kinds
from nlp.numberline import SYMBOL, NumberMark
from nlp.rows import Row, rows

_NAMED = re.compile(rf"(?:số|Số|SỐ)?\s*:?\s*(?P<number>\d{{1,5}}[a-zđ]?)\s*/\s*(?P<symbol>{SYMBOL})")
_BETWEEN = re.compile(
    r"(?:,? ?(?:ngay \d{1,2}[-/.]\d{1,2}[-/.]\d{4}|ngay \d{1,2} thang \d{1,2} nam \d{4}|nam \d{4}))?(?:,? cua [^,;.:]{3,70}?)?"
    r"\s*[,:–-]?\s*(?:$|(?:ve ?viec|v/v|ve)\b\W*)"
)
_NARRATES = re.compile(r"\b(?:neu ro|trong do|theo do|yeu cau cac|de nghi cac|chi dao cac|giao cac)\b")
_REPORTS_ON = re.compile(r"\b(?:neu ro|theo do|trong do|cho biet|quy dinh|noi dung chinh|noi dung co ban|mot so|diem moi|bao gom)\b")
_ISSUED_BY = re.compile(r"\s+do .{3,60} ban hanh\W*$")
_NOTE = re.compile(
    r"\W*(?:theo|nguon|xem (?:chi tiet|toan van|noi dung)(?: tai)?|chi tiet xem tai|trich)\s*:?\s*(?=cong van|van ban|thong bao|chi thi|cong dien|ke hoach)"
)
_HEADING_ROWS = 5
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that names the letter: its type, number and where its subject stands."""

    kind: str
    number: NumberMark
    subject: Mark | None
    introduces: bool = False
    """It stands right above the letter's list and says whose it is and whom it is for, not what it is about."""


def find_heading(head: tuple[Row, ...]) -> Heading | None:
    """The first of the top lines that is no more than a letter's name (and subject)."""
    for index, row in enumerate(head[:_HEADING_ROWS]):
        found = (_introduction(row) if _lists_below(head, index) else None) or _heading(row)
        if found:
            return found
    return None


_FIRST = re.compile(r"(?:1|i|a|mot la)\s*[.)/,:-]|[-–+•]\s")
_ITS_OWN = re.compile(r"(?:,? ?(?:ngay \d{1,2}[-/.]\d{1,2}[-/.]\d{4}|ngay \d{1,2} thang \d{1,2} nam \d{4}))?,? (?:cua|do|gui) [^;:]{3,300}:\s*$")
_AS_FOLLOWS = re.compile(r"(?:\s+(?:nhu sau|sau day|sau))?\s*:?\s*$")


def _lists_below(head: tuple[Row, ...], index: int) -> bool:
    return index + 1 < len(head) and _FIRST.match(head[index + 1].folded) is not None


def _introduction(row: Row) -> Heading | None:
    """A line that names the letter, whose it is and whom it is for, right above its list: "Công văn số 12/UBND-TH ngày … của UBND tỉnh gửi Sở A:"."""
    named = _named(row, 0)
    if named is None or len(row.text) > _LONGEST or _ITS_OWN.match(row.folded, named[1].end - row.start) is None or _REPORTS_ON.search(row.folded):
        return None
    plain = _heading(row)
    subject = plain.subject if plain else None
    tail = _AS_FOLLOWS.search(row.folded)
    end = row.start + (tail.start() if tail else len(row.text))
    return Heading(*named, Mark(subject.start, end, row.text[subject.start - row.start : end - row.start]) if subject else None, introduces=True)


def _heading(row: Row) -> Heading | None:
    named = _named(row, 0)
    if named is None or len(row.text) > _LONGEST or _NARRATES.search(row.folded):
        return None
    kind, number = named
    rest = _BETWEEN.match(row.folded, number.end - row.start)
    if rest is None:
        return None
    value = row.text[rest.end() :]
    issued_by = _ISSUED_BY.search(row.folded, rest.end())
    end = issued_by.start() if issued_by else len(row.text)
    subject = row.text[rest.end() : end] if value.strip() else ""
    mark = Mark(row.start + rest.end(), row.start + end, subject) if subject else None
    return Heading(kind, number, mark)


def find_note(text: str) -> NumberMark | None:
    """The number in a note under the text: "(Theo Công văn số 12/UBND-TH, ngày 03/4/2015)"."""
    last = rows(text)[-1:]
    for row in last:
        note = _NOTE.match(row.folded)
        named = _named(row, note.end()) if note and len(row.text) < 120 else None
        if named:
            return named[1]
    return None


def _named(row: Row, at: int) -> tuple[str, NumberMark] | None:
    """Type, number and symbol at an offset in a line."""
    kind = next((name for name in kinds() if _starts(row.folded, name, at)), None)
    if kind is None and not _starts(row.folded, "van ban", at):
        return None
    size = len(kind or "van ban")
    if not row.text[at].isupper():
        return None
    match = _NAMED.match(row.text, at + size + 1)
    if match is None:
        return None
    symbol = match["symbol"].rstrip(" -–.,(+")
    start = row.start + match.start("symbol")
    number = NumberMark(
        row.start + match.start(),
        start + len(symbol),
        match["number"],
        row.start + match.start("number"),
        symbol,
        start,
        labelled=True,
    )
    return kinds()[kind] if kind else "công văn", number


def _starts(folded: str, words: str, at: int) -> bool:
    return folded.startswith(words + " ", at) and len(words) > 4
