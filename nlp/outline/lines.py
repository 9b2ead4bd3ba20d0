"""The printed lines of a body: which are page furniture, how wide they are, where a new paragraph begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

UPPER = "A-ZĐÀ-ÂÈ-ÊÌÍÒ-ÕÙÚÝĂĨŨƠƯẠ-Ỹ"
"""Capital letters, for a character class."""
TERMINAL = re.compile(r"[.;:!?…]['”\"»)]*\s*$")
"""The end of a sentence, of a list's entry or of an announcement."""
UNFINISHED = re.compile(
    r"(?:[,\-–—(]|\s(?:và|của|các|với|cho|về|tại|theo|do|từ|trong|đến|là|gồm|được|có|hợp|trì|giao|cầu|nghị|đạo|tấn công|ngày|tháng|năm|số|Điều|khoản))$"
)
"""A line that breaks off: what follows goes on with its sentence."""
_WANTS_NUMBER = re.compile(r"\s(?:ngày|tháng|năm|số|Điều|khoản)$")
"""A line that breaks off only before a number: "Về tình hình 9 tháng đầu năm" is whole above a sentence."""
_CITES_ON = re.compile(r"\s(?:số|[Đđ]iều|[Kk]hoản|[Đđ]iểm|ngày|các [Đđ]iều|các [Kk]hoản)$")
"""A line that breaks off inside a citation or a day."""
_NAME_FOLLOWS = re.compile(r"\s(?:thị|trấn|xã|huyện|tỉnh)$")
"""A line that may break off before a place's name; a heading may end so too ("1. Cấp tỉnh")."""
_FURNITURE = re.compile(
    r"[-–—]*\s*(?:PAGE BREAK|PAGE\s+\d{1,3}|\d{1,3}|trang\s+\d+(?:\s*/\s*\d+)?)\s*[-–—]*|[-–—_=*.\s]{2,}", re.IGNORECASE
)
_FITS = 0.93
"""A word that would have ended before this part of the usual width would have fitted into the line."""
_FEW_LINES = 12
_GOES_ON = re.compile(r"[a-zà-ỹđ]{2}")
"""A line that goes on with a sentence: where hardly any does, no line was broken, and each is a paragraph."""
_INTERRUPTED = re.compile(r"[,;]$")
"""A line that another in small letters, or with one more document, goes on with, also where lines are whole paragraphs."""
_WANTS_MORE = re.compile(r"\s(?:và|của|các|với|tại|theo|bởi|những)$")
"""A whole line that ends in a word that governs the next: "… nộp báo cáo theo" / "mẫu số 02 kèm theo Thông tư này"."""
_ONE_MORE_CITED = re.compile(r"(?:Nghị định|Nghị quyết|Quyết định|Thông tư|Chỉ thị|Kế hoạch|Chương trình|Công văn|Văn bản|Kết luận|Thông báo)\s+số\s*\d")
_CLOSES = re.compile(r"(?:Trên đây là|Nhận được (?:công văn|chỉ thị|công điện|thông báo|kế hoạch|văn bản) này|Rất mong|Mọi vướng mắc|(?:Công văn|Văn bản|Thông báo|Chỉ thị|Kế hoạch|Hướng dẫn) này (?:có hiệu lực|thay thế))(?!\w)", re.IGNORECASE)
"""How the closing part of a letter opens, however full the line before it is."""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, or a part of one that opens with a label.

    `gap` tells of a blank line before it; `reach` is how much of the printed
    width is used up to its end; `cut` that it was cut off within the line,
    because a label stands there.
    """

    start: int
    end: int
    text: str
    gap: bool
    reach: int
    cut: bool = False


def printed_lines(text: str) -> list[Line]:
    """The lines that hold words; page numbers, page breaks and rules are left out."""
    result: list[Line] = []
    gap = False
    text = _rejoined(text)
    for match in re.finditer(r"[^\n]*\n?", text):
        raw = match.group()
        stripped = raw.strip()
        if not raw:
            break
        if not stripped:
            gap = True
            continue
        if _FURNITURE.fullmatch(stripped):
            gap = gap or not stripped.isdecimal()
            continue
        start = match.start() + raw.index(stripped[0])
        result.append(Line(start, start + len(stripped), stripped, gap, len(stripped)))
        gap = False
    return result


_PARTED = re.compile(rf"(?m)^[ \t]*(?P<number>\d{{1,2}})[ \t]*(?P<break>\n)(?=[-–] [{UPPER}])")
_WHOLE = re.compile(rf"(?m)^[ \t]*(?P<number>\d{{1,2}})[ \t]*[-–][ \t]+(?=[{UPPER}])")


def _rejoined(text: str) -> str:
    """The text with "3 / - Ủy ban …" on one line again where "2 - Sở …" or "4 - …" stands elsewhere; as long as it was.

    A number alone before a dash is a page's else. Bullets alone on their lines, two of them at least, go before the lines below them.
    """
    text = _with_bullets(text)
    parted = list(_PARTED.finditer(text))
    if not parted:
        return text
    numbers = {int(match["number"]) for match in (*_WHOLE.finditer(text), *parted)}
    if not any(_WHOLE.finditer(text)):
        return text
    letters = list(text)
    for match in parted:
        if {int(match["number"]) - 1, int(match["number"]) + 1} & numbers:
            letters[match.start("break")] = " "
    return "".join(letters)


_BULLET_ALONE = re.compile(rf"(?m)^[ \t]*(?P<mark>[-–+•●▪])[ \t]*(?P<break>\n[ \t]*\n?)(?=[ \t]*[{UPPER}\d“\"(])")


def _with_bullets(text: str) -> str:
    """The text with "- / Tổ chức …" on one line again, as pages made from word processors part them; one mark alone is a speck."""
    alone = list(_BULLET_ALONE.finditer(text))
    marks = [match["mark"] for match in alone]
    same = {mark for mark in set(marks) if marks.count(mark) > 1}
    letters = list(text) if same else []
    for match in alone if same else ():
        if match["mark"] in same:
            letters[match.start("break") : match.end("break")] = " " * len(match["break"])
    return "".join(letters) or text


def usual_width(lines: list[Line]) -> int:
    """Characters of a full printed line; 0 where lines are whole paragraphs."""
    lengths = sorted(len(line.text) for line in lines)
    if not lengths:
        return 0
    upper = lengths[int(len(lengths) * 0.85)] if len(lengths) > 4 else lengths[-1]
    broken = len(lines) < _FEW_LINES or sum(bool(_GOES_ON.match(line.text)) for line in lines) * 40 >= len(lines)
    return upper if 55 <= upper <= 130 and broken else 0


def had_room(previous: Line, line: Line, width: int, part: float = _FITS) -> bool:
    """Whether the first word of a line would have fitted behind the line before: the break was meant."""
    first = line.text.split(" ", 1)[0]
    return previous.reach + 1 + len(first) <= width * part


def begins_paragraph(line: Line, previous: Line, width: int, opened: bool) -> bool:
    """Whether an unlabelled line begins a paragraph; `opened` tells that the line before has a label."""
    if _CITES_ON.search(previous.text) and line.text[:1].isdecimal():
        return False  # "theo quy định tại Khoản" / "3 Điều 61": the number is wanted, however the lines are broken
    if not width:
        broken = _INTERRUPTED.search(previous.text) and (_GOES_ON.match(line.text) or _ONE_MORE_CITED.match(line.text))
        return not (broken or (_WANTS_MORE.search(previous.text) and _GOES_ON.match(line.text)))
    if not re.match(rf"[“\"(‘']?[{UPPER}]", line.text):
        return False
    if TERMINAL.search(previous.text) and (line.gap or had_room(previous, line, width) or _CLOSES.match(line.text)):
        return True
    # A heading: a short line without a full stop, set off by a gap or by its label.
    unfinished = UNFINISHED.search(previous.text) and not (line.gap and _WANTS_NUMBER.search(previous.text))
    heading = previous.reach < width * (0.75 if line.gap and opened else 0.6) and not unfinished
    return heading and (opened or (line.gap and not _NAME_FOLLOWS.search(previous.text)))
