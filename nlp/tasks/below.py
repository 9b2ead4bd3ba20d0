"""What an item says of the lines below it: terms for those who owe it, orders, work parcelled out."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from nlp.collapsed import Collapsed
from nlp.deadlines import find_deadlines
from nlp.directives import directing_clauses, folded
from nlp.lexicon import toml
from nlp.outline import Item
from nlp.tasks.headings import Heading
from nlp.tasks.setting import Setting
from nlp.types import Deadline


def terms_below(body: str, item: Item, setting: Setting) -> tuple[Deadline, ...]:
    """The terms that the lines below a duty set for some of those who owe it: "- Các trường: chậm nhất ngày 06/10"."""
    lines = [Collapsed.of(body, part.start, part.end) for child in item.children for part in child.paragraphs[:1]]
    return tuple(
        replace(deadline, evidence=replace(line.evidence(deadline.evidence), rule="deadline.below", confidence=0.8))
        for line in lines
        for deadline in find_deadlines(line.text, issued_on=setting.issued_on)
        if _SHARE.fullmatch(line.text[: deadline.evidence.start])
    )


_SHARE = re.compile(r"(?:[^:]{3,120}:)?\s*(?:gửi |nộp |báo cáo |hoàn thành )?$", re.IGNORECASE)


@cache
def _parcels_out() -> re.Pattern[str]:
    """ "III. TỔ CHỨC THỰC HIỆN", "5. Phân công chuẩn bị:": what stands below is somebody's, also in a letter that explains."""
    return re.compile(rf"(?:{'|'.join(toml('duty_words.toml')['parcels_out']['headings'])})\s*[:.]?\s*$")


ORDERS_BELOW = re.compile(
    r"(?<![a-z])(?:yeu cau|giao|de nghi|chi dao)(?: (?:thuc hien|trien khai))?"
    r"(?: (?:cac |mot so )?(?:noi dung|nhiem vu|viec|cong viec))?(?: nhu)?(?: sau)?(?: day)?\s*:$"
)
""" "Điều 2. Căn cứ kết quả kiểm tra, Chủ tịch UBND huyện yêu cầu:"."""


_OPENS = re.compile(r".{0,3}|(?:de|nham) [^.;:]{3,160},\s+")
""" "Để tránh bị lợi dụng, yêu cầu Sở A:": an aim may stand before the order."""


def for_what_follows(body: str, item: Item, above: Heading, setting: Setting) -> Setting:
    """The setting for what is listed below an item whose last words parcel out work or order it, in a letter that explains.

    "Đề nghị Sở A phối hợp với Sở B:" orders too, where its heading names who is meant.
    """
    last = item.paragraphs[-1] if item.paragraphs else None
    words = Collapsed.of(body, last.start, last.end).text.rstrip() if last else ""
    plain = folded(words)
    ordered = words.endswith(":") and above.bodies and any(_OPENS.fullmatch(plain[: clause.start]) for clause in directing_clauses(words))
    if ordered or ORDERS_BELOW.search(plain):
        return replace(setting, mode="directive")
    return replace(setting, mode="open") if _parcels_out().fullmatch(plain) else setting
