"""Whether two printed names are of one body."""

from __future__ import annotations

import re

from nlp.directives import folded


def same_body(one: str, other: str) -> bool:
    """Whether two printed names are of one body, by their words without diacritics; a shorter form counts.

    The bodies of all provinces ("Bảo hiểm xã hội các tỉnh"), or of a lower level ("Ủy ban Kiểm tra Đảng ủy xã"), are
    none of the body whose name theirs begins with.
    """
    left, right = sorted((folded(name).replace("uy ban nhan dan", "ubnd").strip() for name in (one, other)), key=len)
    more = right[len(left) :]
    return bool(left) and (left == right or (right.startswith(left + " ") and not _ELSEWHERE.search(more)))


_ELSEWHERE = re.compile(r" cac | (?:dang uy|huyen uy|thi uy|cap) (?:xa|phuong|huyen|co so|duoi)(?![a-z])")
