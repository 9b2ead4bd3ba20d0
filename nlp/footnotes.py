"""Notes below a letter's signature that name what its text cites: "(1) Công văn số 12/SYT-NV ngày 03/4/2023 …"."""

from __future__ import annotations

import re

from nlp.rows import rows

_NOTE = re.compile(
    r"(?:[(\[]\s?(?:\d{1,2}|\*{1,3})\s?[)\]]|\d{1,2}(?=\s+\S)|[¹²³⁴-⁹]|\*{1,3})\s*(?:(?:Theo|Xem|Tại|Căn cứ|Thực hiện|Ban hành kèm theo)\s+(?:các\s+)?)?"
    r"(?:Công văn|Văn bản|Quyết định|Nghị định|Nghị quyết|Thông tư|Chỉ thị|Kế hoạch|Thông báo|Kết luận|Báo cáo|Tờ trình|Công điện|Luật|Hướng dẫn)\s",
    re.IGNORECASE,
)


def with_footnotes(text: str, start: int, end: int) -> str:
    """The text up to `start` and the notes between `start` and `end`, each in its place; the rest between is blank.

    A note begins a line with its mark and the type of a document; lines go on with it up to a gap.
    """
    notes: list[tuple[int, int]] = []
    for row in rows(text, start, end):
        if _NOTE.match(row.text):
            notes.append((row.start, row.end))
        elif notes and not row.gap and text[notes[-1][1] : row.start].strip(" ") == "\n":
            notes[-1] = (notes[-1][0], row.end)
    pieces = [text[:start]]
    at = start
    for first, last in notes:
        pieces += [re.sub(r"[^\n]", " ", text[at:first]), text[first:last]]
        at = last
    return "".join(pieces)
