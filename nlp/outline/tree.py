"""Building the tree: each line opens an item, begins a paragraph or goes on with one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.bodies import is_body
from nlp.outline.ahead import Ahead
from nlp.outline.ending import part_closing
from nlp.outline.flattened import unfolded, with_text
from nlp.outline.labels import Label, Place, is_capital, label_of
from nlp.outline.lines import TERMINAL, UPPER, Line, begins_paragraph, had_room, printed_lines, usual_width
from nlp.outline.lost import restore_bullets, restore_entries
from nlp.outline.opened import Open, expected, innermost
from nlp.outline.quoted import without_quoted_lists
from nlp.outline.shapes import printed_labels
from nlp.outline.values import BULLETS, Outline, Paragraph, Style

_RANK: dict[Style, int] = {
    "article": 0, "section": 1, "roman": 2, "arabic": 3, "bracket": 4, "decimal": 4, "ordinal": 4, "letter": 5,
    "star": 6, "dash": 7, "plus": 8, "division": 9,
}  # fmt: skip

_DEEPEST = 8
"""Open items above which no list is taken for an inner one: letters have six levels at most."""
_BELOW_ROOT = 2
"""Open items where the last one lies in none: the root and itself."""


def outline(text: str) -> Outline:
    """Read the tree of items in a body.

    `text` is the body with its printed line breaks; a blank line is a gap.
    Offsets of the result point into `text`. Lines of one paragraph are joined
    across wraps and pages.
    """
    printed = printed_lines(text)
    width = usual_width(printed)
    lines = with_text(unfolded(without_quoted_lists(printed)))
    ahead = Ahead(lines)
    root = Open("article", 0, (), 0)
    stack: list[Open] = [root]
    preamble: list[Paragraph] = root.paragraphs
    previous: Line | None = None
    opened = False
    for index, line in enumerate(lines):
        label = label_of(Place(line, previous, stack, ahead, index + 1))
        if label and previous is not None and not _may_open(line, previous, label, stack, width):
            label = None
        if label is None and _heads_a_list(index, lines):
            label = Label("section", "", 0, 0)
        if label:
            stack = _place(stack, label, line, text)
        elif previous is None or begins_paragraph(line, previous, width, opened):
            stack[-1].paragraphs.append(Paragraph(line.start, line.end))
        else:
            stack[-1].extend(line.start, line.end)
        opened = label is not None
        previous = line
    restore_bullets(root, text)
    restore_entries(root, text)
    items, closing = part_closing(tuple(child.close() for child in root.children), text)
    return Outline(tuple(preamble), items, closing)


_LONGEST_HEADING = 200


def _heads_a_list(index: int, lines: Sequence[Line]) -> bool:
    """Whether a line without a label, in capitals, names bodies and a list begins right below: "BAN TỔ CHỨC TỈNH ỦY", then "1- …" or "- …"."""
    text = lines[index].text.rstrip(" :.")
    if not 0 < index < len(lines) - 1 or len(text) > _LONGEST_HEADING or not is_capital(text) or lines[index].cut:
        return False
    before = lines[index - 1].text
    if not TERMINAL.search(before) and not is_capital(before):
        return False
    begins = any(
        printed.shape == "dash" or (printed.shape in ("arabic", "ordered", "letter", "bracket") and printed.text in ("1", "a"))
        for printed in printed_labels(lines[index + 1].text)
    )
    return begins and not _BASES.search(lines[index + 1].text) and is_body(text)


_BASES = re.compile(r"^\W*(?:Căn cứ|Xét|Theo đề nghị)(?!\w)")
""" "- Căn cứ Luật …;" below the name of who decides: no list of duties."""


_CITES = re.compile(r"(?:^|[\s(])(?:số|[Đđ]iều|[Kk]hoản|[Đđ]iểm|lần|thứ|tỷ lệ|tỉ lệ)$")
"""What stands before a number that belongs to the sentence: "Nghị định số / 45/2012"."""
_TELLS_TIME = re.compile(r"(?:^|[\s(])(?:ngày|tháng|năm|quý|từ|đến|khoảng|hơn|gần|dưới|trên)$", re.IGNORECASE)


def _may_open(line: Line, previous: Line, label: Label, stack: Sequence[Open], width: int) -> bool:
    """Whether a label at the start of this line can be one, given the line before.

    A wrapped line may begin with a dash or a number that belongs to the
    sentence ("Lao động / - Thương binh và Xã hội").
    """
    if line.cut:
        return True
    rest = line.text[label.length :].lstrip()
    if label.style in BULLETS:
        if previous.text[-1:].isdecimal() and rest[:1].isdecimal():
            return False  # "năm 2021 / - 2025"
    elif (
        (cited := _CITES.search(previous.text))
        and (label.style != "letter" or "iểm" in cited.group())
        and not (label.style == "decimal" and cited.group().strip() == "số")
    ):
        return False  # "số" may end the heading "Hạ tầng số" before "a)" or "3.1."
    elif _TELLS_TIME.search(previous.text) and not line.gap:
        return bool(width) and previous.reach < width * 0.72 and label.value == expected(stack, label.style)
    if not width or line.gap or TERMINAL.search(previous.text) or previous.text.endswith((",", "./.")):
        return True
    if previous.reach < width * 0.72:
        return True
    if not re.match(rf"[{UPPER}]", rest):
        return False
    if label.style == "dash":
        return innermost(stack, "dash") is not None or had_room(previous, line, width, 0.85)
    if label.style in ("star", "plus") or (label.style == "letter" and label.value == 1):
        return True
    if label.style in ("arabic", "letter", "decimal", "roman"):
        return any(item.style == label.style and item.value + 1 == label.value for item in stack)
    return False


def _place(stack: list[Open], label: Label, line: Line, text: str) -> list[Open]:
    """Put the item into the tree; gives the items open from then on."""
    stack = _unwind(stack, label, line, text)
    parent = stack[-1]
    if label.style in BULLETS:
        parent.counts[label.style] = parent.counts.get(label.style, 0) + 1
        name = ("+" if label.style == "plus" else "-") + str(parent.counts[label.style])
    else:
        name = label.text
    path = (*parent.path, name) if name else ()
    if label.style == "decimal" and (
        parent.style in ("arabic", "bracket")
        or (parent.style == "decimal" and name.startswith(parent.path[-1] + "."))
    ):
        path = (*parent.path[:-1], name)
    item = Open(label.style, label.value, path, line.start, label.as_roman)
    parent.children.append(item)
    begin = line.start + label.length
    while begin < line.end and text[begin].isspace():
        begin += 1
    item.paragraphs.append(Paragraph(begin, line.end))
    return [*stack, item]


def _unwind(stack: list[Open], label: Label, line: Line, text: str) -> list[Open]:
    """Close what the new label ends."""
    if _opens_inner_list(stack, label, text):
        return list(stack)
    same = [index for index in range(len(stack) - 1, 0, -1) if stack[index].style == label.style]
    if label.style not in BULLETS and label.style != "decimal":
        # An inner list of the same style: the one that the label goes on with.
        if label.style == "arabic" and len(same) > 1 and _NAMES_WHOM.match(line.text, label.length):
            same.sort(key=lambda index: not _names_whom(stack[index], text))  # beside the body whose list is open
        same.sort(key=lambda index: stack[index].value + 1 != label.value)
    for index in same:
        if label.style == "decimal":
            depth, open_depth = label.text.count("."), stack[index].path[-1].count(".")
            if depth > open_depth:
                return stack[: index + 1]
            if depth < open_depth:
                continue
        return stack[:index]
    rank = _RANK[label.style]
    kept = list(stack)
    if label.style == "division" and not label.value:
        return kept[:1]
    if label.style == "division":
        rank = _RANK["arabic"] - 1
    while len(kept) > 1 and _RANK[kept[-1].style] > rank:
        kept.pop()
    if (
        label.style == "decimal"
        and kept[-1].style in ("arabic", "bracket")
        and kept[-1].value != int(label.text.split(".")[0])
    ):
        kept.pop()
    return kept


_NAMES_WHOM = re.compile(
    r"(?:các |giao |đối với |trách nhiệm của )*(?:sở|phòng|ban|ubnd|ủy ban|uỷ ban|công an|trung tâm|văn phòng|chi cục|cục|trường|hội"
    r"|trưởng|thủ trưởng|chủ tịch|giám đốc|hiệu trưởng)\s",
    re.IGNORECASE,
)


def _names_whom(item: Open, text: str) -> bool:
    return bool(item.paragraphs) and _NAMES_WHOM.match(text, item.paragraphs[0].start) is not None


def _is_bare_heading(item: Open, text: str) -> bool:
    """Whether an item is so far no more than a body's name: "3. UBND các xã" / "1. Vận động …", as converters of numbered lists print it."""
    if len(item.paragraphs) != 1 or item.children:
        return False
    words = text[item.paragraphs[0].start : item.paragraphs[0].end].strip()
    return len(words) < 90 and not TERMINAL.search(words) and _NAMES_WHOM.match(words) is not None


def _opens_inner_list(stack: Sequence[Open], label: Label, text: str) -> bool:
    """A list that begins under an item which ends with a colon lies in it, whatever its labels."""
    last = stack[-1]
    if (
        label.value != 1
        or label.style not in ("arabic", "bracket", "letter")
        or not 1 < len(stack) < _DEEPEST
    ):
        return False
    if last.style == label.style == "arabic" and _is_bare_heading(last, text):
        return True
    if last.style == label.style or not last.paragraphs:
        return False
    if len(last.paragraphs) > 1 and _RANK[label.style] < _RANK[last.style] and last.style not in BULLETS:
        return False  # "(vi) …", then a paragraph that announces "1. …": a list of its own
    if len(last.paragraphs) > 1 and last.style in BULLETS and label.style == "arabic" and len(stack) == _BELOW_ROOT:
        return False  # "- Một số xã chưa …", then "Do đó, Sở yêu cầu:" and "1. …": dashes that tell above the list
    end = last.paragraphs[-1].end
    return text[max(0, end - 3) : end].rstrip().endswith(":")
