"""The number and day of a telegram (công điện) that has them at its foot, as telegrams were typed before the computer.

Above stand only the type, who sends it ("CHỦ TỊCH UBND TỈNH X ĐIỆN:") and to whom.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.dateline import DateMark, find_date
from nlp.numberline import NumberMark, find_number
from nlp.rows import Row, rows

_TITLE = re.compile(r"\W*cong dien(?: (?:khan|hoa toc|thuong khan))?\W*")
_SENT = re.compile(r"\bdien\s*:\s*$")
_TOP = 10
"""Lines within which the type stands, and below it the line that opens the addressees."""
_LINES = 14
"""Lines at the end of a text among which the foot may stand."""
_OPENS = re.compile(r"[\W_]*so\b")
_REST = re.compile(
    r"[\s,;–-]*(?:(?:hoi|luc) [^\n]{3,20}?)?[\s,;(]*(?:ngay \d{1,2}(?:[-/.]| thang )\d{1,2}(?:[-/.]| nam )(?:19|20)\d\d)?[\s).]*$"
)
_NEAR = 2
"""Lines from the number within which its place and day stand."""


@dataclass(frozen=True, slots=True)
class Foot:
    """The marks at the foot, where the first of their lines begins, and where the line ends that opens the addressees."""

    start: int
    opened: int
    number: NumberMark
    date: DateMark | None


def find_foot(text: str, head: Sequence[Row], end: int, number: NumberMark | None) -> Foot | None:
    """The line "Số: 14/CĐ-UBND" (and that of place and day beside it) among the last of a telegram up to `end`; None where none stands alone.

    `number` is what the top lines gave: where it stands over the addressees, the telegram has its head where others have it.
    """
    title = next((index for index, row in enumerate(head[:_TOP]) if _TITLE.fullmatch(row.folded)), None)
    opens = next((row for row in head[title : title + _TOP] if _SENT.search(row.folded)), None) if title is not None else None
    if opens is None or (number is not None and number.start < opens.end):
        return None
    start = opens.end
    last = rows(text, start, end)[-_LINES:]
    for index, row in enumerate(last):
        found = _number_alone(text, row)
        if found is None:
            continue
        near = last[max(0, index - _NEAR) : index + _NEAR + 1]
        date = find_date(text, near)
        begins = [row.start, *(each.start for each in near if date is not None and each.start <= date.start < each.end)]
        return Foot(min(begins), opens.end, found, date)
    return None


def _number_alone(text: str, row: Row) -> NumberMark | None:
    """The number on a line that says nothing else but, at most, the day."""
    if len(row.text) > 90 or not _OPENS.match(row.folded):
        return None
    number = find_number(text, (row,))
    return number if number is not None and number.labelled and _REST.match(row.folded, number.end - row.start) else None
