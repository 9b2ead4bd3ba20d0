"""Provisions of a document that stand apart from it: below its paragraph, or with "Luật này", "Nghị định nêu trên".

"- Căn cứ Luật Kiến trúc số 40/2019/QH14:" / "+ Tại khoản 2 Điều 10 quy định …" / "… theo Điều 12 của Luật này …"
"""

from __future__ import annotations

import re

from nlp.numbers import fold
from nlp.references.item import Item
from nlp.references.provisions import provisions_within

_RUN = r"(?P<run>(?:(?:tiet|diem|khoan|dieu)\s+[\w.]{1,5}\s*(?:,\s*|va\s+)?)+)"
_BELOW = re.compile(rf"(?:^|\n)[ ]*[-–+*•]?\s*(?:tai\s+)?{_RUN}(?:ve\s[^\n:;.]{{3,60}}?\s)?(?:quy\s+dinh|huong\s+dan)\b")
_OPENS = re.compile(r"[\s\W]*(?:\d{1,2}[.)]\s*)?(?:can\s+cu|tai|theo|thuc\s+hien)?\s*(?:vao\s+)?(?:quy\s+dinh\s+)?(?:tai\s+)?(?:cac\s+)?")
_SAME = re.compile(
    rf"\b{_RUN}(?:cua\s+)?(?:(?P<law>bo\s+luat|luat|phap\s+lenh)\s+nay"
    r"|(?P<type>bo\s+luat|luat|phap\s+lenh|nghi\s+dinh|thong\s+tu)\s+(?:neu|noi|dan)\s+tren)\b"
)
"""A quotation's "Nghị định này" is as often another's that it amends; a law's is its own."""
_OWN_TITLE = re.compile(r"^\W*(?:LUẬT|BỘ LUẬT|PHÁP LỆNH)(?:\s|$)", re.MULTILINE)
"""A document that speaks of itself as "Luật này"."""


def read_below(text: str, folded: str, items: list[Item]) -> None:
    """Give each document the provisions that stand apart from it; `items` are sorted."""
    if not items:
        return
    openers = [item for item in items if _opens(folded, item)]
    for match in _BELOW.finditer(folded):
        owner = next((item for item in reversed(openers) if item.end <= match.start("run")), None)
        if owner is not None and "dieu" in match["run"]:
            _give(text, folded, owner, match.span("run"))
    itself = _OWN_TITLE.search(text) is not None
    for match in _SAME.finditer(folded):
        if itself and match["law"]:
            continue
        kind = " ".join((match["law"] or match["type"]).split())
        owner = next((item for item in reversed(items) if item.end <= match.start("run") and fold(item.type or "") == kind), None)
        if owner is not None and "dieu" in match["run"]:
            _give(text, folded, owner, match.span("run"))


def _opens(folded: str, item: Item) -> bool:
    """Whether the paragraph opens with this document: "- Căn cứ Nghị định …", "Tại khoản 2 Điều 5 Thông tư …"."""
    begin = folded.rfind("\n", 0, item.anchor) + 1
    return item.anchor - begin < 40 and _OPENS.fullmatch(folded, begin, item.anchor) is not None


def _give(text: str, folded: str, owner: Item, span: tuple[int, int]) -> None:
    found = provisions_within(text, folded, *span)
    if found is not None:
        owner.provisions += tuple(value for value in found.values if value not in owner.provisions)
