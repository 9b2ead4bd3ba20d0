"""The ĐẾN stamp of the receiving office (Nghị định 30/2020/NĐ-CP, Phụ lục IV; older forms alike).

It holds the office's name, the number and the day of arrival, often two-digit
years and handwriting. A scan may keep it apart (`Page.marks`) or run its words
into the head of the letter.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from nlp.landmarks import find_address
from nlp.lexicon import place_spellings, toml
from nlp.names import ordinary
from nlp.normalise import fold, nfc
from nlp.rows import Row, is_upper, rows
from nlp.types import Evidence, IncomingStamp

if TYPE_CHECKING:
    from nlp.reading import Text
    from nlp.sections import Sections

_WORD = re.compile(r"(?<!\w)(?:(?:VĂN\s+BẢN|C[ÔO]NG\s+V[ĂA]N)\s+Đ[EÉÈÊẾỀ]N|ĐẾN)(?!\w)")
_LABELS = re.compile(
    r"^\W*(?:chuyen|luu ho so(?: so)?|so va ky hieu hs|so (?:den|cv den)|ngay den|gio)\s*[:.…_]"
)
_NUMBER = re.compile(r"(?<!\w)so(?:\s+den)?\s*[:.…_\s]+\s*(\d{1,6})(?![\d/])")
_DATE = re.compile(
    r"ngay(?:\s+den)?\s*[:.…_\s]*\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})(?!\d)"
)
_DATE_IN_WORDS = re.compile(r"\W*ngay(?:\s+den)?\W*\s(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+(\d{4})\W*$")
_REACH = 400
"""Characters behind the head in which a stamp may have run into the body."""
_NEAR = 5
"""Lines above and below the word ĐẾN that may belong to the stamp."""


def read_incoming(text: Text, sections: Sections) -> IncomingStamp | None:
    """The incoming stamp, from the marks set apart on the pages or from the text before the body."""
    if not sections.is_dispatch:
        return None
    issued = _issued(sections)
    first_page = text.page_of(0)
    for page in text.pages:
        if page.number != first_page:
            continue
        for mark in page.marks:
            if mark.kind == "stamp" and mark.text:
                found = _from_lines(rows(nfc(mark.text)), issued, own="")
                if found and (found.number or found.date or found.body):
                    return IncomingStamp(
                        found.body,
                        found.number,
                        found.date,
                        Evidence(0, 0, "stamp.mark", 0.8 * mark.confidence),
                    )
    own = sections.number.symbol if sections.number else ""
    found = _from_lines(rows(text.text, 0, sections.body.start), issued, own=own)
    if found is not None:
        return found
    # Between "Kính gửi" and the body: only with its number and its day.
    first = rows(text.text, sections.body.start, sections.body.start + _REACH)[:_NEAR]
    found = _from_lines(first, issued, own=own)
    return found if found and found.number and found.date else None


def is_arrival(row: Row) -> bool:
    """Whether a line is a stamp's ĐẾN with its number or day: "ĐẾN Số: 1377 Ngày: 11/5/2022"."""
    word = _WORD.search(row.text)
    return word is not None and _alone(row) and re.match(r"\W*(?:$|so\b|ngay\b|gio\b)", row.folded[word.end() :]) is not None


def _issued(sections: Sections) -> date | None:
    mark = sections.date
    try:
        return date(int(mark.year), int(mark.month), int(mark.day)) if mark else None
    except ValueError:
        return None


def _from_lines(lines: tuple[Row, ...], issued: date | None, *, own: str) -> IncomingStamp | None:
    """A stamp among these lines: the word ĐẾN with at least one of its labels, number, day or an office above it."""
    at = next((i for i, row in enumerate(lines) if _WORD.search(row.text) and _alone(row)), None)
    if at is None:
        return None
    near = lines[max(0, at - _NEAR) : at + _NEAR + 1]
    number, day, labels = None, None, 0
    used = [lines[at]]
    for row in near:
        if find_address(row):
            continue
        labels += bool(_LABELS.search(row.folded))
        numbered = _NUMBER.search(row.folded)
        dated = _DATE.search(row.folded) or _DATE_IN_WORDS.match(row.folded)
        if numbered and number is None and "/" not in row.text[numbered.end() : numbered.end() + 2]:
            number = numbered[1]
            used.append(row)
        if dated and day is None and not (dated.re is _DATE_IN_WORDS and _day(dated, issued) == issued):
            day = _day(dated, issued)
            used.append(row)
    body = _body(lines, at, used)
    if not (number or day or body or labels):
        return None
    return IncomingStamp(
        body,
        number,
        day,
        Evidence(min(row.start for row in used), max(row.end for row in used), "stamp.text", 0.8),
    )


def _alone(row: Row) -> bool:
    """Whether ĐẾN stands as the stamp's word: alone or first on its line, not in a title in capitals."""
    match = _WORD.search(row.text)
    if match is None:
        return False
    before = row.text[: match.start()]
    after = row.text[match.end() :]
    return not any(char.isalpha() for char in before) and not (is_upper(after) and len(after.split()) > 2)


def _day(match: re.Match[str], issued: date | None) -> date | None:
    """The day of arrival: not before the letter's own day, nor years after it; else unknown."""
    year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
    try:
        day = date(year, int(match[2]), int(match[1]))
    except ValueError:
        return None
    if issued and not 0 <= (day - issued).days <= 730:
        return None
    return day


def _body(lines: tuple[Row, ...], at: int, used: list[Row]) -> str | None:
    """The office's name in capitals just above ĐẾN, up to "Kính gửi" where that ran into the line."""
    heads = tuple(fold(head) for head in toml("issuers.toml")["heads"])
    for row in reversed(lines[max(0, at - 3) : at]):
        text = row.text
        address = find_address(row)
        if address:
            text = text[: address.start - row.start]
        text = re.sub(r"^\W+|[\W_]+$", "", text)
        if is_upper(text) and fold(text).startswith(heads) and not _WORD.search(text) and len(text) > 6:
            used.append(row)
            return _to_place(ordinary(text))
    return None


def _to_place(name: str) -> str:
    """The office's name up to the place that ends it; what follows is the stamp's frame."""
    words = name.split()
    for end in range(len(words), 2, -1):
        for size in (3, 2):
            if " ".join(words[end - size : end]) in place_spellings():
                return " ".join(words[:end])
    return name
