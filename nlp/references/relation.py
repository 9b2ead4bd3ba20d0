"""How a letter stands to the document it cites, read from the words before."""

from __future__ import annotations

import re

_RELATIONS: tuple[tuple[str, str], ...] = (
    ("trả lời", r"tra loi|phuc dap|nhan duoc|co y kien (?:ve|doi voi)"),
    ("sửa đổi", r"sua doi|bo sung mot so dieu|dinh chinh|dieu chinh"),
    ("thay thế", r"thay the|thay cho"),
    ("bãi bỏ", r"bai bo|huy bo|het hieu luc|thu hoi"),
    ("căn cứ", r"can cu|chieu theo"),
    ("thực hiện", r"thuc hien|trien khai|quan triet|thi hanh|chap hanh|tuan thu|ap dung"),
    ("theo", r"theo|quy dinh tai|neu tai|tai|phu hop voi|xet de nghi|tren co so|huong dan tai|ban hanh kem"),
)
_ANY = re.compile(
    rf"(?<!\w)(?:{'|'.join(rf'(?P<r{i}>{words})' for i, (_, words) in enumerate(_RELATIONS))})(?!\w)"
)
_BREAK = re.compile(r"[;.]\s|\n\s*\n|[\])]")
_REACH = 90


def relation_before(folded: str, position: int, floor: int = 0) -> str | None:
    """The relation named by the nearest such words before `position` in the same clause, or None."""
    low = max(floor, position - _REACH)
    window = folded[low:position]
    for cut in _BREAK.finditer(window):
        low = max(low, position - len(window) + cut.end())
    found = None
    for match in _ANY.finditer(folded, low, position):
        found = match
    if found is None or found.lastgroup is None:
        return None
    return _RELATIONS[int(found.lastgroup[1:])][0]
