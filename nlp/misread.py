"""Letters that the reading put for digits inside dates: "25/8/201l", "ngày 3O tháng 9 năm 2O20".

Only a whole date is mended, only where every look-alike letter in it then makes
a day of the calendar, and never the text that is shown: offsets stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_DIGIT_OF = str.maketrans("lI|!iOoQSB", "1111100058")
_LIKE = r"[\dlI|!iOoQSB]"
_HINT = re.compile(
    r"[0-9](?:(?<=[lI|!iOoQSB][0-9])|(?<=[lI|!iOoQSB][/.-][0-9])|(?=[/.-]?[lI|!iOoQSB])|(?=\s+(?:th[aá]ng|n[aă]m)\s))"
)
"""A figure beside a letter that may stand for one, or in a day written in words."""
_SLASHED = (
    rf"(?P<d1>{_LIKE}{{1,2}})\s?(?P<sep>[/.-])\s?(?P<m1>{_LIKE}{{1,2}})\s?(?P=sep)\s?(?P<y1>{_LIKE}{{4}})"
)
_WORDED = (
    rf"(?i:ng[aà]y)\s+(?P<d2>{_LIKE}{{1,2}})\s+(?i:th[aá]ng)\s+(?P<m2>{_LIKE}{{1,2}})\s+"
    rf"(?i:n[aă]m)\s+(?P<y2>{_LIKE}{{4}})"
)
_DATE = re.compile(rf"(?<![\w/.|-])(?:{_SLASHED}|{_WORDED})(?![\w|]|[/-]\w)")


@dataclass(frozen=True, slots=True)
class Repaired:
    """`text` has the length of the text given; `spans` are the dates in which letters became digits."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()

    def touches(self, start: int, end: int) -> bool:
        """Whether a mended date lies in [start, end), wholly or in part."""
        return any(begin < end and start < stop for begin, stop in self.spans)


def repair_dates(text: str) -> Repaired:
    """The text with look-alike letters in dates made digits.

    >>> repair_dates("trước ngày 25/8/201l, 3O/9/2O20").text
    'trước ngày 25/8/2011, 30/9/2020'
    >>> repair_dates("mã số SO/lO/BOSS, phiên bản l.l").spans
    ()
    """
    near = [match.start() for match in _HINT.finditer(text)]
    if not near:
        return Repaired(text)
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for match in _dates(text, near):
        groups = [match.span(name) for name in ("d1", "m1", "y1", "d2", "m2", "y2") if match[name]]
        read = [text[slice(*group)] for group in groups]
        if all(part.isdecimal() for part in read) or not _is_day(read):
            continue
        for start, end in groups:
            parts += [text[at:start], text[start:end].translate(_DIGIT_OF)]
            at = end
        spans.append(match.span())
    return Repaired("".join(parts) + text[at:], tuple(spans)) if spans else Repaired(text)


def _dates(text: str, near: list[int]) -> Iterator[re.Match[str]]:
    """The dates around the places where a letter stands as digits do, each once."""
    done = 0
    for at in near:
        for match in _DATE.finditer(text, max(done, at - _REACH), at + _REACH):
            done = max(done, match.end())
            yield match


_REACH = 40
"""Characters of the longest date, "ngày 30 tháng 12 năm 2020", with room for spaces."""


def _is_day(read: list[str]) -> bool:
    """Whether day, month and year name a day, most of their figures being printed as digits."""
    joined = "".join(read)
    if sum(char.isdecimal() for char in joined) * 2 <= len(joined):
        return False
    day, month, year = (int(part.translate(_DIGIT_OF)) for part in read)
    try:
        return 1945 <= date(year, month, day).year <= 2100
    except ValueError:
        return False
