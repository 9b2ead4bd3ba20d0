"""Parting the closing paragraphs of a letter from the last item of its list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from nlp.bodies import is_body
from nlp.outline.lines import TERMINAL
from nlp.outline.values import BULLETS, Item, Paragraph, paragraph_text

_OFFICE = r"(?:bộ|ubnd|ủy ban|uỷ ban|sở|cục|tổng cục|văn phòng|ban)\b[^.;:]{0,60}?\b"
_ENDS_LETTER = re.compile(
    rf"(?:trên đây là|nhận được|nay,? thông báo|trong quá trình|{_OFFICE}(?:trân trọng|thông báo|kính)"
    r"|(?:công văn|chỉ thị|kế hoạch|thông báo|quyết định) này|chế độ (?:thông tin,? )?báo cáo\s*:|rất mong|mong (?:nhận được|được|các|quý|sự)\b|mọi vướng mắc)",
    re.IGNORECASE,
)
"""How the closing part of a letter opens, wherever it stands."""
_ASKS = re.compile(
    rf"(?:{_OFFICE}(?:yêu cầu|đề nghị)|(?:kính |trân trọng )?(?:yêu cầu|đề nghị)|giám đốc các|chánh văn phòng|thủ trưởng)",
    re.IGNORECASE,
)
"""What opens a closing paragraph as well as one of a section's own."""
_WHOLE_LETTER = re.compile(
    r"(?:thực hiện|triển khai)[^.;]{0,40}\b(?:công văn|chỉ thị|công điện|kế hoạch|thông báo|quyết định) này\b"
    rf"|^(?:{_OFFICE})?(?:yêu cầu|đề nghị)\b[^.;]{{0,120}}\b(?:nghiêm túc|khẩn trương|triển khai|tổ chức),? thực hiện\s*(?:[.;/]|$)",
    re.IGNORECASE,
)
"""A paragraph about carrying out the letter as a whole belongs to none of its items."""
_PAPERS = re.compile(
    r"(?:các )?(?:báo cáo|văn bản|hồ sơ|tài liệu|ý kiến|kết quả|danh sách)\b[^.;]{0,60}\bgửi\b", re.IGNORECASE
)
"""Where the papers go that the list asks for."""


_REPLIES = re.compile(r"(?:các )?(?:báo cáo|văn bản|ý kiến|kết quả)\b[^.;]{0,60}\bgửi\b", re.IGNORECASE)
"""Where the answers to the whole list go; a dossier or a list of names may be the last item's own."""


_ALL_REPORT = re.compile(
    r"(?:(?:đề nghị|yêu cầu) )?(?:các|thủ trưởng các) (?:cơ quan|đơn vị|địa phương|sở|ngành)\b[^.;:]{0,60}?\b(?:báo cáo|gửi báo cáo|gửi kết quả)\b[^.;:]{3,120}?\b(?:trước|chậm nhất|định kỳ)\b",
    re.IGNORECASE,
)
"""What all owe by a day, said behind the last item of a list without levels: no part of that item."""


_ASKS_IN_VIEW = re.compile(rf"(?:thực hiện|căn cứ|theo|để)\b[^.;:]{{5,160}},\s+{_OFFICE}(?:yêu cầu|đề nghị)\s+(?:các|thủ trưởng)\b", re.IGNORECASE)
"""What the office asks of all behind a list without levels, with its grounds before it: "Thực hiện ý kiến của …, Sở A đề nghị các …"."""


def closes(words: str) -> bool:
    """Whether a paragraph opens as the closing part of a letter does."""
    return bool(_ENDS_LETTER.match(words) or _ASKS.match(words))


def part_closing(items: tuple[Item, ...], text: str) -> tuple[tuple[Item, ...], tuple[Paragraph, ...]]:
    """Part the closing paragraphs of the letter from the last item."""
    if not items:
        return items, ()
    chain = [items[-1]]
    while chain[-1].children:
        chain.append(chain[-1].children[-1])
    leaf = chain[-1]
    cut = 1 + _first_closing(leaf, [paragraph_text(text, paragraph) for paragraph in leaf.paragraphs])
    closing = leaf.paragraphs[cut:]
    if not closing:
        return items, ()
    rebuilt = replace(leaf, paragraphs=leaf.paragraphs[:cut])
    for parent in reversed(chain[:-1]):
        rebuilt = replace(parent, children=(*parent.children[:-1], rebuilt))
    return (*items[:-1], rebuilt), closing


def _first_closing(leaf: Item, paragraphs: Sequence[str]) -> int:
    """Which of the paragraphs behind the last item's first one is the first of the letter's closing part."""
    first, *extra = paragraphs or [""]
    titled = bool(first) and len(first) < 120 and (not TERMINAL.search(first) or (first.endswith(":") and is_body(first.rstrip(" :"))))
    unnumbered = leaf.style in BULLETS and len(leaf.path) == 1
    for index, words in enumerate(extra):
        if _ENDS_LETTER.match(words) or _WHOLE_LETTER.search(words[:240]):
            return index
        if (unnumbered and _PAPERS.match(words)) or (len(leaf.path) == 1 and not titled and (_REPLIES.match(words) or _ALL_REPORT.match(words) or _ASKS_IN_VIEW.match(words))):
            return index
        last = index == len(extra) - 1 and words.rstrip(". ").endswith("/")
        if not titled and (last or _ASKS.match(words)):
            return index
    return len(extra)
