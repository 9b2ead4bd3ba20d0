"""Where the sender first agrees and then orders: "Thống nhất thông qua Đề án. Giao Sở A hoàn chỉnh …"."""

from __future__ import annotations

import re

from nlp.directives import folded

_AGREES = re.compile(
    r"(?:ve [^:.;]{3,200}:\s+)?(?:co ban )?(?:thong nhat|dong y|chap thuan|nhat tri|tan thanh|cho phep)(?: ve)?"
    r" (?:voi|theo|chu truong|de nghi|de xuat|noi dung|ket qua|bao cao|y kien|phuong an|du thao|cho|thong qua|bo sung|dieu chinh|keo dai|gia han|chuyen|su dung|thanh lap|tiep tuc|mo|thuc hien)(?![a-z])"
)
""" "Thống nhất với đề xuất của Sở A": the sender agrees; "Thống nhất số liệu với Sở A" is work to do."""
_THEN = re.compile(r"(?<=[a-z0-9)”\"])\.\s+(?=\w)")


def agrees(text: str) -> bool:
    """Whether a text opens with what the sender agrees to."""
    return _AGREES.match(folded(text)) is not None


def behind_agreement(text: str) -> int | None:
    """Where the sentence begins that stands behind what the sender agrees to; None where there is none."""
    agreed = _AGREES.match(folded(text))
    then = _THEN.search(folded(text), agreed.end()) if agreed else None
    return then.end() if then and text[then.end()].isupper() else None
