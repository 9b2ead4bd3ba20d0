"""Lines that a text joined: a law portal keeps "Kính gửi: … Thực hiện …" or all of "Nơi nhận" on one line.

Only text files are parted; a page image shows its lines. A line break takes the
place of one space, so the text keeps its length.
"""

from __future__ import annotations

import re
from functools import cache

from nlp.lexicon import lines as lexicon_lines
from nlp.normalise import fold
from nlp.positions import position_at
from nlp.rows import CAPITAL, SMALL

_ADDRESS = re.compile(r"(?:^|(?P<before>\s))Kính gửi\s*:")
_ENDS_OPEN = re.compile(r"(?:[,;:&(–-]|\b(?:và|các|của|thuộc|tại|về|với))$")
_COPIES = re.compile(r"Nơi nhận\s*:")
_NEXT_COPY = re.compile(rf"(?:(?<=[;.])|(?<=\))(?=\s+[-–•+]\s*[{CAPITAL}]))(?P<space>\s)\s*[-–•+]\s*(?=\w)")
_ARCHIVE = re.compile(r"(?:^|[-–;]\s*)Lưu\s*:?\s")
_SIGNED = re.compile(
    rf"(?<=\S)(?P<space>\s)\s*(?=(?:(?:TM|KT|TL|TUQ|Q)\s?\.\s?)?(?P<office>[{CAPITAL}]{{2,}}(?:[\s,-]+[{CAPITAL}]{{2,}})+)"
    rf"\s+(?:\(?[Đđ]ã ký\)?\s*)?(?P<name>[{CAPITAL}][{SMALL}]+(?:\s[{CAPITAL}][{SMALL}]*){{1,4}})\s*$)"
)
_LONGEST_ADDRESS = 900


def line_breaks(line: str) -> tuple[int, ...]:
    """Offsets of the spaces in a line at which another printed line began, in order.

    >>> line = "Kính gửi: Sở Y tế các tỉnh Thực hiện Nghị định số 9/2021/NĐ-CP, Bộ đề nghị"
    >>> [line[at + 1 : at + 10] for at in line_breaks(line)]
    ['Thực hiện']
    """
    found: set[int] = set()
    address = _ADDRESS.search(line)
    if address:
        if address["before"]:
            found.add(address.start("before"))
        found |= set(_opening(line, address.end()))
    copies = _COPIES.search(line)
    if copies or _ARCHIVE.search(line):
        found |= {match.start("space") for match in _NEXT_COPY.finditer(line, copies.end() if copies else 0)}
        signed = _SIGNED.search(line)
        if signed and position_at().search(fold(signed["office"])):
            found.add(signed.start("space"))
    return tuple(sorted(found))


def _opening(line: str, start: int) -> list[int]:
    """The space before the body where it opens behind the addressees."""
    for match in re.finditer(rf"\s(?=[{CAPITAL}])", line[: start + _LONGEST_ADDRESS]):
        before = line[start : match.start()].rstrip()
        if match.start() > start and len(before) > 5 and not _ENDS_OPEN.search(before) and _opener().match(line, match.end()):
            return [match.start()]
    return []


@cache
def _opener() -> re.Pattern[str]:
    words = [re.escape(word) for word in lexicon_lines("openers.txt") if " " in word or word in _ALONE]
    return re.compile(rf"(?:{'|'.join(sorted(words, key=len, reverse=True))})\s(?!dõi|án\s)")


_ALONE = frozenset({"Theo", "Nhằm", "Để", "Ngày", "Xét", "Qua", "Sau", "Trên"})
"""Openers of one word that begin no body's name."""
