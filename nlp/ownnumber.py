"""The letter's own number (ô số 3, Nghị định 30/2020/NĐ-CP, Phụ lục I): a wrong number is worse than none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.dateline import DateMark
from nlp.rows import rows
from nlp.types import Evidence, Field

if TYPE_CHECKING:
    from nlp.reading import Text
    from nlp.sections import Sections

_DIGITS = re.compile(r"0*\d{1,6}[a-zđA-ZĐ]?")
HAND = 0.5
"""Below this confidence of the reader a number or a day counts as handwriting that was not read."""
_SURE = 0.8
"""The confidence asked where the day beside it could not be read."""


def read_number(text: Text, sections: Sections) -> Field | None:
    """The number as printed; None where it is missing or its reading is not to be believed."""
    mark = sections.number
    if mark is None or not mark.labelled:
        return None
    printed = mark.number.strip(" .:,;_-–")
    if not printed and (apart := _number_apart(text, sections)):
        return apart
    if not _DIGITS.fullmatch(printed) or not int(re.sub(r"\D", "", printed)):
        return None
    start = mark.number_start + text.text[mark.number_start : mark.end].find(printed)
    end = start + len(printed)
    confidence = text.confidence(start, end)
    # The same hand wrote number and day: beside a day that cannot be read, a short number is only
    # trusted where the reader itself was sure of it.
    doubtful = sections.date is not None and not _day_readable(sections.date) and len(printed) < 3
    measured = any(word.confidence < 1.0 for word in text.words(0, len(text)))
    if confidence < (_SURE if doubtful else HAND) or (doubtful and not measured):
        return None
    return Field(printed, Evidence(start, end, "header.number", min(0.98, confidence)))


_FAR = 3
"""Lines between a number that stands by itself and its symbol."""


def _number_apart(text: Text, sections: Sections) -> Field | None:
    """The number on a line of its own, up to three lines from its symbol ("845" … "Số: /SNV-TCBC").

    Programs that number letters stamp the figures apart from the text. A day
    that is missing as well may be what stands there; one figure may be a page's.
    """
    mark = sections.number
    if mark is None:
        return None
    lines = rows(text.text, 0, sections.body.start)
    own = next((place for place, row in enumerate(lines) if row.start <= mark.symbol_start < row.end), None)
    if own is None:
        return None
    alone = [row for row in lines[max(0, own - _FAR) : own + _FAR + 1] if re.fullmatch(r"\d{2,5}", row.text)]
    dated = sections.date is not None and _day_readable(sections.date)
    if len(alone) != 1 or not int(alone[0].text) or not (dated or int(alone[0].text) > 31):
        return None
    row = alone[0]
    confidence = text.confidence(row.start, row.end)
    if confidence < HAND or 1900 <= int(row.text) <= 2100:
        return None
    return Field(row.text, Evidence(row.start, row.end, "header.number.apart", min(0.8, confidence)))


def _day_readable(mark: DateMark) -> bool:
    return mark.day.isdecimal() and 1 <= int(mark.day) <= 31
