"""Parting the closing paragraphs of a letter from the last item of its list."""

from __future__ import annotations

import re
from dataclasses import replace

from nlp.outline.values import Item, Paragraph, paragraph_text

_CLOSES = re.compile(
    r"(?:trên đây là|nhận được|nay,? thông báo|trong quá trình|(?:bộ|ubnd|ủy ban|uỷ ban|sở|cục|tổng cục|văn phòng|ban)\b"
    r"[^.;:]{0,60}?\b(?:yêu cầu|đề nghị|trân trọng|thông báo|kính)|(?:kính |trân trọng )?(?:yêu cầu|đề nghị)"
    r"|giám đốc các|chánh văn phòng|thủ trưởng|(?:công văn|chỉ thị|kế hoạch|thông báo|quyết định) này|rất mong|mọi vướng mắc)",
    re.IGNORECASE,
)  # fmt: skip


def closes(words: str) -> bool:
    """Whether a paragraph opens as the closing part of a letter does."""
    return bool(_CLOSES.match(words))


def part_closing(items: tuple[Item, ...], text: str) -> tuple[tuple[Item, ...], tuple[Paragraph, ...]]:
    """Part the closing paragraphs of the letter from the last item."""
    if not items:
        return items, ()
    last = items[-1]
    chain = [last]
    while chain[-1].children:
        chain.append(chain[-1].children[-1])
    leaf = chain[-1]
    extra = list(leaf.paragraphs[1:])
    for index, paragraph in enumerate(extra):
        words = paragraph_text(text, paragraph)
        if closes(words) or (paragraph is extra[-1] and re.search(r"\./\.?\s*$", words)):
            cut = 1 + index
            break
    else:
        return items, ()
    closing = leaf.paragraphs[cut:]
    rebuilt = replace(leaf, paragraphs=leaf.paragraphs[:cut])
    for parent in reversed(chain[:-1]):
        rebuilt = replace(parent, children=(*parent.children[:-1], rebuilt))
    return (*items[:-1], rebuilt), closing
