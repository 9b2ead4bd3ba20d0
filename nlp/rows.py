"""The lines of a reading text with their offsets, for rules that look at lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.normalise import fold

SMALL = "a-zàảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
"""Small letters of Vietnamese, for a character class."""
CAPITAL = SMALL.upper()
"""Capitals of Vietnamese, for a character class (in Unicode they alternate with the small ones: no ranges)."""
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One line that is not blank: its span, its text, the folded text, and whether a gap stands before it.

    `text` and `folded` have the same length, so a match in either gives an
    offset from `start`.
    """

    start: int
    end: int
    text: str
    folded: str
    gap: bool


def rows(text: str, start: int = 0, end: int | None = None) -> tuple[Row, ...]:
    """The lines of text[start:end] that are not blank; ends are trimmed, offsets are those of `text`."""
    result: list[Row] = []
    last = start
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        raw = match.group()
        stripped = raw.strip()
        if not stripped:
            continue
        begin = match.start() + raw.index(stripped[0])
        gap = bool(result) and text.count("\n", last, begin) > 1
        folded = fold(stripped)
        if len(folded) != len(stripped):  # text that is not NFC: no folding rather than wrong offsets
            folded = stripped.lower() if len(stripped.lower()) == len(stripped) else stripped
        result.append(Row(begin, begin + len(stripped), stripped, folded, gap))
        last = begin + len(stripped)
    return tuple(result)


def is_upper(text: str) -> bool:
    """Whether a text is printed in capitals (at least two letters, at most one in ten small)."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 2 and sum(char.islower() for char in letters) * 10 <= len(letters)
