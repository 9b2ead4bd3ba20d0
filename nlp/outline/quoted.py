"""Lists inside a quotation: what a paper, a speaker or a petition is quoted with is no list of the letter's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from nlp.outline.lines import Line

_MOST_LINES = 25
"""Lines of a quotation above which its marks are not believed."""
_CLOSED = re.compile(r"”[)\].;,:/]*\s*$")
_PROVISION = re.compile(r"“[\s.…]*(?:(?:Điều|Khoản) \d|\d{1,2}\s*[.,)]|[a-zđ]\s*\))")
_SPEAKS_AGAIN = re.compile(r"(?:-\s*)?(?:Căn cứ|Từ (?:các|những) (?:căn cứ|quy định)|Theo (?:các )?quy định (?:nêu )?trên|Như vậy|Đối chiếu|Do đó|Vì vậy|Trường hợp của|Đề nghị)(?!\w)")
"""How a letter goes on behind a provision it has quoted."""
_LABEL = re.compile(r"\s*(?:[-–+•*]\s|\(?(?:\d{1,2}|[a-zđ]|[ivx]{1,4})\s*[.)/])")


def without_quoted_lists(lines: list[Line]) -> list[Line]:
    """The lines without those of quoted lists, each from its opening mark at the start of a line to the closing one at the end of another.

    A quotation that makes up most of the lines is the letter itself, printed in quotation marks.
    """
    kept: list[Line] = []
    at = 0
    dropped = False
    while at < len(lines):
        end = _end_of_list(lines, at) if lines[at].text.startswith("“") else at
        if end - at > 1 and 2 * (end - at) < len(lines):
            at, dropped = end, True
        else:
            kept.append(replace(lines[at], gap=True) if dropped else lines[at])
            at, dropped = at + 1, False
    return kept


def _end_of_list(lines: Sequence[Line], begin: int) -> int:
    """Behind the last line of the quoted list that begins at a line; `begin` where none does.

    A provision whose closing mark is missing ends where the letter speaks again.
    """
    depth = 0
    labels = 0
    for index in range(begin, min(len(lines), begin + _MOST_LINES)):
        words = lines[index].text
        labels += _LABEL.match(words[1:] if index == begin else words) is not None
        depth += words.count("“") - words.count("”")
        if depth <= 0:
            return index + 1 if depth == 0 and labels > 1 and _CLOSED.search(words) else begin
        if index > begin and _SPEAKS_AGAIN.match(words) and _PROVISION.match(lines[begin].text):
            return index if labels > 1 else begin
    return begin
