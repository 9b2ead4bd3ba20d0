"""Whether a text is a letter or only tells of one (a news item, a page of questions and answers).

A letter shows by its fixed marks (ô số, Nghị định 30/2020/NĐ-CP, Phụ lục I). One
mark alone may stand in a news item, so marks are weighed. Pages of offices often
leave out the head: then the first line names the type ("Giấy mời dự Lễ …") or
"Kính gửi:" opens the text.
"""

from __future__ import annotations

import re

from nlp.landmarks import Mark, find_address, is_country
from nlp.lexicon import kinds
from nlp.normalise import fold
from nlp.numberline import NumberMark
from nlp.rows import Row, is_upper

ENOUGH = 3
"""The weight of marks that makes a letter."""
_TOLD = re.compile(
    r"\btheo do\b(?!i)|\b(?:vua|da|moi) (?:ban hanh|ky|co (?:cong van|van ban|chi thi))|\bcho (?:biet|hay)\b"
    r"|\bphong vien\b|\bttxvn\b|\bban doc\b|^\([^)]{2,12}\)\s*-"
)
"""Words of those who report on a letter."""
_PRIVATE = re.compile(r"\b(?:toi (?:la|ten|xin|dang|co)|em la|chau la|gia dinh toi|ban doc)\b")
_INVITES = re.compile(r"\b(?:kinh|tran trong) moi\b")
_ANNOUNCES = re.compile(
    r"\b(?:thong bao|yeu cau|de nghi|huong dan|bao cao|chi dao|y kien)\b[^.:\n]{0,60}:\s*(?:$|\n)",
    re.MULTILINE,
)
_TOP = 1500
"""How many characters of the text say who speaks."""


def opening_title(head: tuple[Row, ...]) -> Mark | None:
    """A type name with only its first letter capital that opens the first line: "Thông báo Về việc …"."""
    if not head:
        return None
    row = head[0]
    for name in sorted(kinds(), key=len, reverse=True):
        if row.folded.startswith(name) and not row.folded[len(name) : len(name) + 1].isalnum():
            printed = row.text[: len(name)]
            spoken = kinds()[name]
            proper = printed[:1].isupper() and printed[1:] == spoken[1:]
            return Mark(row.start, row.start + len(name), spoken) if proper and " " in name else None
    return None


def is_letter(
    text: str,
    head: tuple[Row, ...],
    *,
    number: NumberMark | None,
    title: Mark | None,
    about: Mark | None,
    address: Row | None,
    recipients: Mark | None,
    signed: bool,
) -> bool:
    """Whether enough of a letter's fixed marks are there."""
    weight = 2 * any(map(is_country, head[:20])) + 2 * bool(number and number.labelled)
    weight += (about is not None) + 2 * (address is not None) + 2 * (recipients is not None)
    if title is not None:
        weight += 2 if is_upper(text[title.start : title.end]) else _opening_weight(text, title)
    if address is not None and _opens(head, address) and not _PRIVATE.search(fold(text[:_TOP])):
        weight += 1
    if signed and weight and not _told(text):
        weight += 1
    return weight >= ENOUGH


def _told(text: str) -> bool:
    return bool(_TOLD.search(fold(text[:_TOP])))


def _opening_weight(text: str, title: Mark) -> int:
    """What a type name in ordinary letters weighs: nothing where the text speaks of a letter as others do."""
    top = fold(text[title.end : _TOP])
    if _TOLD.search(top):
        return 0
    return 1 + 2 * bool(_INVITES.search(fold(text[title.end :]))) + bool(_ANNOUNCES.search(top))


def _opens(head: tuple[Row, ...], address: Row) -> bool:
    """Whether "Kính gửi:" with a receiver behind it is among the first lines."""
    mark = find_address(address)
    return address in head[:3] and mark is not None and mark.start == address.start and ":" in address.text
