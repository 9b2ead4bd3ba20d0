"""Whom the letter is sent to: "Kính gửi" (ô số 9a, Nghị định 30/2020/NĐ-CP, Phụ lục I).

One receiver stands on the same line, several one per line with "- …;". A
công điện names its receivers after "… điện:" in the same way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.bodies import body_phrase_at, is_body, split_bodies
from nlp.folding import UPPER
from nlp.landmarks import find_about, find_title
from nlp.lexicon import lines as lexicon_lines
from nlp.mending import mend
from nlp.normalise import fold, is_syllable
from nlp.rows import Row, is_upper, rows
from nlp.types import Evidence, Named

if TYPE_CHECKING:
    from nlp.reading import Text
    from nlp.sections import Sections

_BULLET = re.compile(r"^[-–—•*+·]\s*|^\(?\d{1,2}[.)]\s+")
_STAMP_WORDS = re.compile(
    r"^(?:(?:CÔNG VĂN\s+|VĂN BẢN\s+)?ĐẾN\b[\s:.]*)?(?:(?:Số|SỐ|Ngày|NGÀY|Giờ|Chuyển)\s*[:.]+\s*[\d./…_-]*\s*)+$|^(?:CÔNG VĂN\s+|VĂN BẢN\s+)?ĐẾN\b[\s:.]*"
)
_OPEN_END = re.compile(r"(?:[,–-]|\b(?:và|các|của|thuộc|tại|trực|thành|nhân|về|với))$")
_SAYS = re.compile(r"\b(?:yêu cầu|đề nghị|nhận được|có ý kiến|thông báo|xin|trân trọng|đã|sẽ|cần)\b")
"""Words of a sentence: a line with one of them is no receiver's name."""
_ASIDE = re.compile(r"\([^()]{2,150}\)[.;]?")
"""A bracket on a line of its own, such as the receiver's address."""
_GROUNDS = re.compile(
    r"(?:Căn cứ|Thực hiện|Theo|Xét|Phúc đáp|Trả lời|Thi hành|Tiếp theo)\s+(?:nội dung |tinh thần |ý kiến |đề nghị )?"
    r"(?:[Cc]ông văn|[Vv]ăn bản|[Cc]hỉ thị|[Nn]ghị|[Qq]uyết định|[Kk]ế hoạch|[Tt]hông|[Tt]ờ trình|[Cc]hương trình|Luật|Điều)\b"
)
"""The grounds with which a body opens."""
_LONG = 55
"""Characters of an ordinary full line: what is shorter may be the end of a wrapped name."""


def read_addressees(text: Text, sections: Sections) -> tuple[Named, ...]:
    """The addressees as printed, one per list entry."""
    return sections.names


def addressee_block(text: str, start: int, end: int) -> tuple[tuple[Named, ...], int]:
    """The addressees that begin at `start` (after "Kính gửi:"), and where they end.

    Entries are as printed without their bullets and closing marks. Reading
    stops before the body: at an opening of a body, at a gap without a bullet,
    or after a closing full stop.
    """
    lines = rows(text, start, end)
    entries: list[list[tuple[int, int]]] = []
    listed = False
    closed = False
    signed: bool | None = None
    stop = start
    if lines and _is_sentence(lines[0].text):
        return (), start  # nothing behind "Kính gửi:": the body follows at once
    for index, row in enumerate(lines):
        begin = row.start + _stamp_prefix(row.text)
        if begin >= row.end:
            continue
        content = text[begin : row.end]
        bullet = _BULLET.match(content)
        first = not entries
        scrap = bullet is not None and not listed and len(entries) == 1 and index == 1 and _is_scrap(text[slice(*entries[0][0])])
        other_sign = bullet is not None and signed is not None and _numbered(bullet[0]) != signed
        closed = closed and not ((listed or scrap) and bullet and not other_sign and _is_entry(content[bullet.end() :]))
        if not first and (closed or not _continues(text, lines, index, begin, listed, bool(bullet), entries)):
            break
        if first and (find_title(row) or (find_about(row) and index > 0)):
            break
        if bullet:
            signed = _numbered(bullet[0]) if signed is None else signed
            begin += bullet.end()
            if scrap:
                entries.clear()
            listed = True
        stops = _before_stamp(text, lines, index, begin)
        joined = bool(entries) and not bullet and not _ended(text, entries[-1])
        joined = joined and not (not listed and _two_bodies(text[slice(*entries[-1][-1])], content))
        if joined:
            entries[-1].append((begin, stops))
        else:
            entries.append([(begin, stops)])
        stop = row.end
        closed = text[begin : row.end].rstrip().endswith((".", "./")) and not re.search(
            r"\b(?:TP|Tp|Q|P|H|TX)\.$", text[begin : row.end]
        )
    return tuple(item for entry in entries for item in _items(text, entry)), stop


def _numbered(sign: str) -> bool:
    """Whether the entries of a list are counted ("1.") rather than marked ("-"): behind its full stop the other sign opens the body."""
    return any(char.isdecimal() for char in sign)


def _before_stamp(text: str, lines: tuple[Row, ...], index: int, begin: int) -> int:
    """Where an entry ends whose line the office's name of an ĐẾN stamp below ran into ("- Sở Y tế; SỞ Y TẾ")."""
    row = lines[index]
    below = lines[index + 1] if index + 1 < len(lines) else None
    mark = text.find(";", begin, row.end)
    ran_in = mark > 0 and is_upper(text[mark + 1 : row.end]) and not is_upper(text[begin:mark])
    return mark + 1 if ran_in and below is not None and re.match(r"(?:CÔNG VĂN\s+|VĂN BẢN\s+)?ĐẾN\b", below.text) else row.end


def _is_sentence(content: str) -> bool:
    """Whether a line is the body's: it opens as one and is longer than a name, or says so with its first words."""
    return is_opening(content) and (len(content) > 2 * _LONG or bool(_GROUNDS.match(content)))


def _is_scrap(content: str) -> bool:
    """Whether what stands behind "Kính gửi:" before a bulleted list is a pen's or a stamp's scrap ("DA ä .")."""
    return len(content.strip()) < 12 and not is_body(content.strip(" ;,.:"))


def _two_bodies(before: str, content: str) -> bool:
    """Whether a line without a bullet names a body of its own under another whole one."""
    return content[:1].isupper() and not _OPEN_END.search(before) and is_body(before.strip(" ;,.")) and is_body(content.strip(" ;,."))


def _is_entry(content: str) -> bool:
    """Whether a bulleted line behind a full stop is a further receiver: short, no sentence, no opening of a body."""
    return len(content) < 2 * _LONG and content[:1].isupper() and not _SAYS.search(content) and not is_opening(content)


def _stamp_prefix(line: str) -> int:
    """Length of an ĐẾN stamp's words that the reading ran into the line."""
    match = _STAMP_WORDS.match(line)
    return match.end() if match else 0


def _ended(text: str, entry: list[tuple[int, int]]) -> bool:
    return text[entry[-1][0] : entry[-1][1]].rstrip().endswith((";", "."))


def _continues(
    text: str,
    lines: tuple[Row, ...],
    index: int,
    begin: int,
    listed: bool,
    bullet: bool,
    entries: list[list[tuple[int, int]]],
) -> bool:
    """Whether the line goes on with the addressees."""
    row = lines[index]
    if bullet:
        # after "Kính gửi: Sở A." a bulleted body would be closed already; a numbered line is a body's
        return listed or not row.text[:1].isdecimal()
    before = text[entries[-1][-1][0] : entries[-1][-1][1]].rstrip()
    content = text[begin : row.end]
    if _ASIDE.fullmatch(content) and not row.gap:
        return True
    opens = is_opening(content) and (row.gap or not _OPEN_END.search(before) or _is_sentence(content))
    if opens or is_noise(content):
        return False
    if content[:1].islower() and row.gap and not bullet:
        return not _SAYS.search(content)
    if row.gap and not _OPEN_END.search(before):
        return False
    if content[:1].islower():
        return True
    if _OPEN_END.search(before):
        return not _SAYS.search(content)
    if before.endswith(";"):
        return len(content) < 2 * _LONG and content.rstrip().endswith((";", "."))
    following = lines[index + 1] if index + 1 < len(lines) else None
    short = len(content) < _LONG
    ends = (
        following is None
        or (listed and content.rstrip().endswith(",") and _BULLET.match(following.text) is not None)
        or following.gap
        or is_opening(following.text)
        or content.rstrip().endswith((".", ";"))
    )
    return short and ends and len(before) > 25 and not _SAYS.search(content)


def is_noise(line: str) -> bool:
    """Whether a line is reading noise: fewer than half of its words have a word's shape."""
    words = line.split()
    good = sum(is_syllable(word.strip(',.;:()-–“”"')) and len(word) > 1 for word in words)
    return 2 * good < len(words) and not re.search(r"[A-ZĐ]{3,}", line)


def is_opening(content: str) -> bool:
    """Whether a line begins as bodies of letters do ("Căn cứ …", "Thực hiện …", "Ngày 03/01/2025, …")."""
    folded = fold(content)
    if not content[:1].isupper():
        return False
    return any(
        folded.startswith(opener) and not folded[len(opener) : len(opener) + 1].isalnum()
        for opener in map(fold, lexicon_lines("openers.txt"))
    )


def _items(text: str, entry: list[tuple[int, int]]) -> list[Named]:
    """The entry's names; several on one line are parted by ";"."""
    items: list[Named] = []
    words = ""
    begin = entry[0][0]
    pieces = [piece for span in entry for piece in _cut(text, *span)]
    end = begin
    for start, stop, closing in pieces:
        part = text[start:stop].strip()
        if not words:
            begin = start
        words = f"{words} {part}".strip()
        end = stop
        if closing:
            _add(items, words, begin, end)
            words = ""
    _add(items, words, begin, end)
    return items


def named_in_a_row(text: str, start: int, end: int) -> tuple[Named, ...]:
    """Addressees in the middle of a sentence: parted by ";" where there is one, else each body by itself."""
    return tuple(_items(text, [(start, end)])) if ";" in text[start:end] else split_bodies(text, (start, end))


def _cut(text: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """Parts of a line at its ";": start, end, and whether the part is closed by one."""
    parts = []
    at = start
    while at < end:
        mark = text.find(";", at, end)
        if mark < 0:
            parts.append((at, end, False))
            break
        parts.append((at, mark, True))
        at = mark + 1
    return parts


_SPECKS = re.compile(rf"(?P<noise>(?:\S{{1,4}}\s+){{0,2}}\S{{0,4}}?)\s*[-–~]\s+(?=[{UPPER}])")
""" "Rad ¿xo - Sở Y tế": what the reading made of specks, before the bullet."""


def _without_specks(words: str) -> str:
    specks = _SPECKS.match(words)
    if specks is None or all(char.isalpha() or char.isspace() for char in specks["noise"]) or body_phrase_at(words, 0) is not None:
        return words
    return words[specks.end() :] if body_phrase_at(words, specks.end()) is not None else words


def _add(items: list[Named], words: str, start: int, end: int) -> None:
    words = _without_specks(_BULLET.sub("", words.strip(" |")).strip(" ;,:_~…|"))
    words = re.sub(r"\s*\.+/?\.?$", "", words) if not re.search(r"\b(?:TP|Tp)\.$", words) else words
    if sum(char.isalpha() for char in words) >= 3:
        items.append(Named(mend(words), Evidence(start, end, "addressees.kinh-gui", 0.95)))
