"""Whether a text is a letter or only tells of one (a news item, a page of questions and answers).

A letter shows by its fixed marks (ô số, Nghị định 30/2020/NĐ-CP, Phụ lục I). One
mark alone may stand in a news item, so marks are weighed. Pages of offices often
leave out the head: then the first line names the type ("Giấy mời dự Lễ …"),
"Kính gửi:" opens the text, or the text itself says what it is: a body speaks in a
line of its own, "Thông báo này …", the closing "./.". Such words count only where
nothing tells of the letter from outside ("Công văn nêu rõ", "theo đó").
"""

from __future__ import annotations

import re
from functools import cache

from nlp.landmarks import Mark, find_address, is_country
from nlp.lexicon import kinds, toml
from nlp.normalise import fold
from nlp.numberline import NumberMark
from nlp.rows import Row, is_upper, rows

ENOUGH = 3
"""The weight of marks that makes a letter."""
_TYPES = r"(?:cong van|van ban|chi thi|cong dien|thong bao|ke hoach|quyet dinh|huong dan)"
_TOLD = re.compile(
    r"\btheo do\b(?!i)|\b(?:vua|da|moi) (?:ban hanh|ky|co (?:cong van|van ban|chi thi))|\bcho (?:biet|hay)\b"
    r"|\b(?<!cu )(?<!moi )phong vien\b|\bttxvn\b|\bban doc\b|^\([^)]{2,12}\)\s*-"
    rf"|\b{_TYPES}(?: so [^\s,]+)? (?:cung |da )?neu ro\b"
    rf"|^ngay \d[^.\n]{{0,80}}\b(?:ban hanh|ky|banh) {_TYPES} so\b",
    re.MULTILINE,
)
"""Words of those who report on a letter."""
_PRIVATE = re.compile(r"\b(?:toi (?:la|ten|xin|dang|co)|em la|chau la|gia dinh toi|ban doc)\b")
_INVITES = re.compile(r"\b(?:kinh|tran trong) moi\b")
_ANNOUNCES = re.compile(
    r"\b(?:thong bao|yeu cau|de nghi|huong dan|bao cao|chi dao|y kien)\b[^.:\n]{0,110}:\s*(?:$|\n)",
    re.MULTILINE,
)
_TIME = re.compile(r"^\W*(?:\d{1,2}\W+)?thoi gian\b[^:\n]{0,40}:", re.MULTILINE)
_VENUE = re.compile(r"^\W*(?:\d{1,2}\W+)?dia diem\b[^:\n]{0,40}:", re.MULTILINE)
"""Lines of an invitation: when and where."""
_OWN_NAME = re.compile(
    rf"\b(?:{_TYPES}|giay moi|to trinh|bao cao) (?:nay|neu tren|tren day)\b(?! (?:co hieu luc|duoc|da))"
)
"""The letter speaks of itself in its last lines: "Thông báo này thay cho giấy mời"."""
_CLOSED = re.compile(r"\./\.?\W*$")
_ORDERED_AT_END = re.compile(rf"\b(?:yeu cau|de nghi)\b[^.;:]{{3,160}}\b{_TYPES} nay\W*\./\.?\W*$")
"""The last line of a letter without a head: "Bộ X yêu cầu các trường thực hiện nghiêm túc Công văn này./."."""
_LETS_KNOW = re.compile(
    r"(?:(?:nay|vay),? )?(?P<who>[^,.;:]{3,70}?) (?:(?:xin|kinh|tran trong) )*thong bao (?:de|toi|den|cho)(?! (?:bao chi|phong vien))"
    r"[^.]{3,300}? (?:biet|duoc biet|ro)(?![a-z])[^.]{0,80}(?:\.|\./\.?)?\W*$"
)
"""How a notice closes: "UBND xã thông báo để các thôn, các hộ dân biết và thực hiện"."""
_SPEAKS = re.compile(r"\b(?:thong bao|yeu cau|de nghi|huong dan|chi dao|(?:co )?y kien)\b[^.:]{0,110}:$")
_ITEM = re.compile(r"^(?:\d{1,2}|[ivx]+|[a-d])\s*[.)/]|^[-+•]\s")
_TOP = 1500
"""How many characters of the text say who speaks."""
_END = 500
"""How many characters of its end a letter uses to close."""


def opening_title(head: tuple[Row, ...]) -> Mark | None:
    """A type name with only its first letter capital that opens the first line: "Thông báo Về việc …"."""
    if not head:
        return None
    row = head[0]
    for name in sorted(kinds(), key=len, reverse=True):
        if row.folded.startswith(name) and not row.folded[len(name) : len(name) + 1].isalnum():
            printed = row.text[: len(name)]
            spoken = kinds()[name]
            proper = printed[:1].isupper() and printed[1:] == spoken[1:] and not names_itself(row)
            return Mark(row.start, row.start + len(name), spoken) if proper and " " in name else None
    return None


def closing_title(text: str) -> Mark | None:
    """The type by which a letter without a head names itself as a whole: "Thông báo này thay cho giấy mời."."""
    for row in rows(text, max(0, len(text) - _END))[-3:]:
        match = _OWN_NAME.match(row.folded)
        name = (
            kinds().get(match.group().rsplit(" ", 1)[0]) if match and match.group().endswith(" nay") else None
        )
        if name:
            return Mark(row.start, row.start + len(name), name)
    return None


def names_itself(row: Row) -> bool:
    """Whether a line begins with "Thông báo này …"."""
    return bool(_OWN_NAME.match(row.folded))


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
    introduced: bool = False,
) -> bool:
    """Whether enough of a letter's fixed marks are there; a page that has `introduced` it by its name has none but its text."""
    weight = 2 * any(map(is_country, head[:20])) + 2 * bool(number and number.labelled)
    weight += (about is not None) + 2 * (address is not None) + 2 * (recipients is not None)
    if title is not None:
        headline = bool(head) and head[0].start < title.start < head[0].end and begins_as_body(head[0].folded) and _told(text)
        weight += 0 if headline else 2 if is_upper(text[title.start : title.end]) else _opening_weight(text, title)
    if address is not None and _opens(head, address) and not _PRIVATE.search(fold(text[:_TOP])):
        weight += 1
    if not _told(text):
        weight += ENOUGH * introduced + bool(signed and weight) + _spoken_weight(text, head, titled=title is not None)
    return weight >= ENOUGH


def _told(text: str) -> bool:
    return bool(_TOLD.search(fold(text[:_TOP])))


def _spoken_weight(text: str, head: tuple[Row, ...], *, titled: bool) -> int:
    """What a letter's own words weigh: who speaks, when and where to come, its own name at the end, "./."."""
    top = fold(text[:_TOP])
    end = fold(text.rstrip()[-_END:])
    invites = 2 * bool(_TIME.search(fold(text)) and _VENUE.search(fold(text)))
    closes = bool(_CLOSED.search(end)) + bool(_OWN_NAME.search(end)) + bool(_ORDERED_AT_END.search(end))
    if _PRIVATE.search(top):
        return 0
    return invites + closes + _speaker_weight(head) + (2 if titled else 1) * _lets_know(text)


def _lets_know(text: str) -> bool:
    """Whether one of the last lines is a body's notice that it gives notice."""
    last = rows(text, max(0, len(text) - _END))[-3:]
    return any((said := _LETS_KNOW.match(row.folded)) is not None and begins_as_body(said["who"]) for row in last)


def _speaker_weight(head: tuple[Row, ...]) -> int:
    """What it weighs that a body gives its orders in a line of its own ("UBND tỉnh có ý kiến như sau:").

    Where that line opens the text and a list follows, it is the order itself.
    """
    for index, row in enumerate(head[:8]):
        if _SPEAKS.search(row.folded) and begins_as_body(row.folded):
            orders = index == 0 and len(head) > 1 and _ITEM.match(head[1].folded)
            return 3 if orders else 2
    return 0


def begins_as_body(folded: str) -> bool:
    """Whether (folded) words begin as a body's name does: "UBND …", "Sở …"."""
    return bool(_bodies().match(folded))


@cache
def _bodies() -> re.Pattern[str]:
    heads = (fold(head) for head in toml("issuers.toml")["heads"])
    return re.compile(
        r"(?:" + "|".join(map(re.escape, sorted(heads, key=len, reverse=True))) + r")\b(?! (?:cao|hanh)\b)"
    )


def _opening_weight(text: str, title: Mark) -> int:
    """What a type name in ordinary letters weighs: nothing where the text speaks of a letter as others do."""
    top = fold(text[title.end : title.end + _TOP])
    if _TOLD.search(top):
        return 0
    return 1 + 2 * bool(_INVITES.search(fold(text[title.end :]))) + bool(_ANNOUNCES.search(top))


def _opens(head: tuple[Row, ...], address: Row) -> bool:
    """Whether "Kính gửi:" with a receiver behind it is among the first lines."""
    mark = find_address(address)
    return address in head[:3] and mark is not None and mark.start == address.start and ":" in address.text
