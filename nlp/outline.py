"""The body of a letter as a tree of numbered and bulleted items.

Nghị định 30/2020/NĐ-CP, Phụ lục I.II.5 names the levels (phần, chương, mục,
điều, khoản, điểm; or I. 1. a)); practice adds decimals, dashes and pluses.
Labels are kept as printed, never renumbered; only plain reading errors of a
label ("l." for "1.", "©)" for "c)") are undone, and only where the order of
the list confirms it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Literal

Style = Literal["article", "section", "roman", "arabic", "bracket", "decimal", "letter", "star", "dash", "plus"]

_RANK: dict[Style, int] = {
    "article": 0, "section": 1, "roman": 2, "arabic": 3, "bracket": 4, "decimal": 4, "letter": 5, "star": 6, "dash": 7, "plus": 8,
}  # fmt: skip
_BULLETS: frozenset[Style] = frozenset({"star", "dash", "plus"})
_FAR_AHEAD = 400
"""Lines within which a label must be followed by the next to confirm it: some ten pages."""
LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The order of điểm: the Vietnamese alphabet without accented vowels and without f, j, w, z."""

_ROMANS = {roman: value for value, roman in enumerate(
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX"], start=1)}  # fmt: skip
_MISREAD_ROMAN = {"l": "I", "ll": "II", "lI": "II", "Il": "II", "Ill": "III", "lll": "III", "IlI": "III",
                  "HI": "III", "TI": "II", "TII": "III", "1V": "IV", "lV": "IV", "Vl": "VI", "VIl": "VII"}  # fmt: skip
_MISREAD_DIGIT = str.maketrans({"l": "1", "I": "1", "|": "1", "]": "1", "i": "1", "S": "5", "s": "5", "§": "8",
                                "ö": "8", "O": "0", "o": "0", "B": "8", "Z": "2", "z": "2"})  # fmt: skip
_MISREAD_LETTER = {"©": "c", "ø": "g", "đd": "đ", "ä": "a", "â": "a", "ð": "đ", "œ": "e", "€": "e", "6": "đ"}

_UPPER = "A-ZĐÀ-ÂÈ-ÊÌÍÒ-ÕÙÚÝĂĨŨƠƯẠ-Ỹ"
_OPENS = rf"[{_UPPER}“\"(‘'0-9]"
_NOISE = r"(?:[_.,'`~|:;=“”*·—\-]{1,3}\s+)?"
_LABELS: tuple[tuple[Style | Literal["ordered"], re.Pattern[str]], ...] = (
    ("article", re.compile(r"(?P<label>Điều\s+\d{1,3}[a-zđ]?)\s*[.:]\s*")),
    ("decimal", re.compile(r"(?P<label>\d{1,2}(?:\.\d{1,2}){1,3})\s*[.,)/]?\s+(?=" + _OPENS + ")")),
    ("decimal", re.compile(r"(?P<label>[\dSsl|I\]]{1,2}[.,][\dSsl|I\]]{1,2})\s*[.,)]\s+(?=" + _OPENS + ")")),
    ("roman", re.compile(r"(?P<label>[IVX]{1,5}|l{1,3}|I?l{1,2}|lI|HI|TII?|1V|lV|VI?l)\s*[./)\-]\s*(?=" + _OPENS + ")")),
    ("section", re.compile(r"(?P<label>[A-H])\s*[./]\s+(?=[" + _UPPER + "])")),
    ("decimal", re.compile(r"\(\s*(?P<label>\d{1,2}(?:\.\d{1,2}){1,2})\s*\)\s*")),
    ("bracket", re.compile(r"\(\s*(?P<label>\d{1,2}|[ivx]{1,4})\s*\)\s*")),
    ("arabic", re.compile(r"(?P<label>\d{1,2})\s*[.)/]\s*(?=" + _OPENS + r"|[a-zđ])(?!\d)")),
    ("arabic", re.compile(r"(?P<label>[lI|öS§])\s*[.)]\s+(?=" + _OPENS + ")")),
    # "1- …" of party papers and of the 1980s, "4, …" with its full stop misread: only where the order says so.
    ("ordered", re.compile(r"(?P<label>\d{1,2})\s*[-–—,]\s*(?=[" + _UPPER + "“])")),
    ("letter", re.compile(r"(?P<label>[a-zđ](?:\.\d{1,2})?|đd|[©øäâðœ€])\s*[)}\]]\s*", re.IGNORECASE)),
    ("letter", re.compile(r"(?P<label>[a-eđghik])\s*[./]\s+(?=" + _OPENS + ")")),
    ("plus", re.compile(r"\+\s*(?P<label>)")),
    ("star", re.compile(r"[•*●▪◦■❖➢]\s*(?P<label>)")),
    ("dash", re.compile(r"[-–—−]\s*(?P<label>)(?=\S)")),
    ("dash", re.compile(r"[:;.,'`|_~][-–—−]\s+(?P<label>)(?=\S)")),
    ("dash", re.compile(r"[»«=~_]{1,2}\s+(?P<label>)(?=[" + _UPPER + "])")),
)  # fmt: skip
_TERMINAL = re.compile(r"[.;:!?…]['”\"»)]*\s*$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text, offsets into the string given to `outline`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """A labelled unit.

    `path` are the labels from the root ("II", "1.1", "-2"); `style` is how it
    is labelled; `paragraphs` its own text, the first one after its label;
    `children` the items below it.
    """

    path: tuple[str, ...]
    style: Style
    start: int
    paragraphs: tuple[Paragraph, ...]
    children: tuple[Item, ...] = ()

    @property
    def label(self) -> str:
        """The path as the gold format writes it: "II.1.1.-2"."""
        return ".".join(self.path)

    def walk(self) -> Iterator[Item]:
        """This item and all below it, in printed order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Outline:
    """Unlabelled paragraphs before the first item, the items, paragraphs after the last."""

    preamble: tuple[Paragraph, ...]
    items: tuple[Item, ...]
    closing: tuple[Paragraph, ...] = ()

    def walk(self) -> Iterator[Item]:
        """All items in printed order."""
        for item in self.items:
            yield from item.walk()


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    text: str
    gap: bool


@dataclass(frozen=True, slots=True)
class _Ahead:
    """The lines from a place on, looked at only where a rule asks; copying them for each line is quadratic."""

    all: list[_Line]
    start: int

    def __iter__(self) -> Iterator[_Line]:
        return islice(self.all, self.start, self.start + _FAR_AHEAD)


@dataclass(slots=True)
class _Open:
    """An item under construction."""

    style: Style
    value: int
    path: tuple[str, ...]
    start: int
    paragraphs: list[Paragraph] = field(default_factory=list)
    children: list[_Open] = field(default_factory=list)
    counts: dict[Style, int] = field(default_factory=dict)

    def close(self) -> Item:
        return Item(self.path, self.style, self.start, tuple(self.paragraphs),
                    tuple(child.close() for child in self.children))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Label:
    style: Style
    text: str
    value: int
    length: int
    repaired: bool = False


def outline(text: str) -> Outline:
    """Read the tree of items in a body.

    `text` is the body with its printed line breaks; a blank line is a gap.
    Offsets of the result point into `text`. Lines of one paragraph are joined
    across wraps and pages.
    """
    lines = _lines(text)
    width = _usual_width(lines)
    root = _Open("article", 0, (), 0)
    stack: list[_Open] = [root]
    preamble: list[Paragraph] = root.paragraphs
    previous: _Line | None = None
    opened = False
    for index, line in enumerate(lines):
        label = _label(line.text, stack, _Ahead(lines, index + 1))
        if label and previous is not None and not _may_open(line, previous, label, stack, width):
            label = None
        if label:
            for piece in _place(stack, root, label, line, text):
                stack = piece
        elif previous is None or _new_paragraph(line, previous, width, opened):
            stack[-1].paragraphs.append(Paragraph(line.start, line.end))
        else:
            _extend(stack[-1], line)
        opened = label is not None
        previous = line
    _restore_bullets(root, text)
    items = tuple(child.close() for child in root.children)
    items, closing = _closing(items, text)
    return Outline(tuple(preamble), items, closing)


def paragraph_text(text: str, paragraph: Paragraph) -> str:
    """The paragraph's words with white space collapsed."""
    return " ".join(text[paragraph.start : paragraph.end].split())


def _lines(text: str) -> list[_Line]:
    result: list[_Line] = []
    gap = False
    for match in re.finditer(r"[^\n]*\n?", text):
        raw = match.group()
        stripped = raw.strip()
        if not raw:
            break
        if not stripped:
            gap = True
            continue
        if re.fullmatch(r"[-–—]*\s*(?:PAGE BREAK|\d{1,3}|trang\s+\d+)\s*[-–—]*|[-–—_=*.\s]{2,}", stripped, re.I):
            gap = gap or not re.fullmatch(r"\d{1,3}", stripped)
            continue
        start = match.start() + raw.index(stripped[0])
        result.append(_Line(start, start + len(stripped), stripped, gap))
        gap = False
    return result


def _usual_width(lines: list[_Line]) -> int:
    """Characters of a full printed line; 0 where lines are whole paragraphs."""
    lengths = sorted(len(line.text) for line in lines)
    if not lengths:
        return 0
    upper = lengths[int(len(lengths) * 0.85)] if len(lengths) > 4 else lengths[-1]
    return upper if 55 <= upper <= 130 else 0


def _new_paragraph(line: _Line, previous: _Line, width: int, opened: bool) -> bool:
    if not width:
        return True
    if not re.match(rf"[“\"(‘']?[{_UPPER}]", line.text):
        return False
    first = line.text.split(" ", 1)[0]
    # The next word would have fitted: the break was meant.
    room = len(previous.text) + 1 + len(first) <= width * 0.93
    if _TERMINAL.search(previous.text) and (line.gap or room):
        return True
    # A heading: a short line without a full stop, set off by a gap or by its label.
    heading = len(previous.text) < width * 0.6 and not _UNFINISHED.search(previous.text)
    return heading and (line.gap or opened)


_UNFINISHED = re.compile(
    r"(?:[,\-–—(]|\s(?:và|của|các|với|cho|về|tại|theo|do|từ|trong|đến|là|gồm|được|có|hợp|trì|giao|cầu|nghị|đạo|tấn công|ngày|tháng|năm|số|Điều|khoản|thị|trấn|xã|huyện|tỉnh))$"
)


def _may_open(line: _Line, previous: _Line, label: _Label, stack: list[_Open], width: int) -> bool:
    """Whether a label at the start of this line can be one, given the line before.

    A wrapped line may begin with a dash or a number that belongs to the
    sentence ("Lao động / - Thương binh và Xã hội").
    """
    if not width or line.gap or _TERMINAL.search(previous.text) or previous.text.endswith((",", "./.")):
        return True
    rest = line.text[label.length :].lstrip()
    if len(previous.text) < width * 0.72:
        return True
    if label.style in ("star", "plus"):
        return bool(re.match(rf"[{_UPPER}]", rest))
    if label.style == "dash":
        return bool(re.match(rf"[{_UPPER}]", rest)) and any(o.style == label.style for o in stack)
    if label.style == "letter" and label.value == 1 and re.match(rf"[{_UPPER}]", rest):
        return True
    if label.style in ("arabic", "letter", "decimal", "roman"):
        return any(o.style == label.style and o.value + 1 == label.value for o in stack) and bool(
            re.match(rf"[{_UPPER}]", rest)
        )
    return False


def _label(line: str, stack: list[_Open], ahead: _Ahead) -> _Label | None:
    for noise in (re.match(_NOISE, line), None):
        skip = noise.end() if noise else 0
        if noise is not None and skip == 0:
            continue
        for style, pattern in _LABELS:
            match = pattern.match(line, skip)
            if not match or match.end() >= len(line):
                continue
            if skip and style not in ("dash", "plus"):
                continue
            if style == "ordered":
                label = _ordered(match, stack)
            else:
                label = _value(style, match.group("label"), match.end(), line, stack, ahead)
            if label:
                return label
    return None


def _ordered(match: re.Match[str], stack: list[_Open]) -> _Label | None:
    value = int(match.group("label"))
    expected = next((o.value + 1 for o in reversed(stack) if o.style == "arabic"), 1)
    if value != expected or ("," in match.group() and value == 1):
        return None
    return _Label("arabic", str(value), value, match.end(), "," in match.group())


def _value(
    style: Style, printed: str, length: int, line: str, stack: list[_Open], ahead: _Ahead
) -> _Label | None:
    rest = line[length:]
    if style in _BULLETS:
        return _Label(style, "", 0, length)
    if style == "section":
        value = ord(printed) - ord("A") + 1
        open_section = next((o for o in reversed(stack) if o.style == "section"), None)
        expected = open_section.value + 1 if open_section else 1
        follows = open_section is not None or any(re.match(r"B\s*[./]\s+\S", each.text) for each in ahead)
        return _Label(style, printed, value, length) if value == expected and follows else None
    if style == "article":
        number = int(re.sub(r"\D", "", printed))
        return _Label(style, " ".join(printed.split()), number, length)
    if style == "roman":
        roman = printed if printed in _ROMANS else _MISREAD_ROMAN.get(printed)
        if roman is None or roman not in _ROMANS:
            return None
        open_roman = next((o for o in reversed(stack) if o.style == "roman"), None)
        value = _ROMANS[roman]
        if printed not in _ROMANS:
            capital = len(rest.strip()) > 5 and rest.strip().upper() == rest.strip()
            if open_roman and capital and value <= open_roman.value + 1:
                value = open_roman.value + 1  # strokes lost or joined: the order tells which
                return _Label(style, next(r for r, v in _ROMANS.items() if v == value), value, length, True)
            if not (open_roman and value == open_roman.value + 1):
                return None
        if open_roman and value <= open_roman.value:
            # Roman restarting inside Roman: the inner list's "1." read or typed as "I.".
            return _Label("arabic", str(value), value, length, True)
        return _Label(style, roman, value, length)
    if style == "decimal":
        parts = printed.replace(",", ".").translate(_MISREAD_DIGIT).split(".")
        if not all(part.isdecimal() for part in parts):
            return None
        numbers = [int(part) for part in parts]
        if not _plausible_decimal(numbers, printed, stack):
            return None
        return _Label(style, ".".join(map(str, numbers)), numbers[-1], length, not printed[0].isdecimal())
    if style in ("arabic", "bracket"):
        if not printed.isdecimal():
            if style == "bracket":
                roman_value = _ROMANS.get(printed.upper())
                return _Label(style, printed, roman_value, length) if roman_value else None
            value = int(printed.translate(_MISREAD_DIGIT))
            expected = next((o.value + 1 for o in reversed(stack) if o.style == style), 1)
            return _Label(style, str(value), value, length, True) if value == expected else None
        value = int(printed)
        if style == "bracket" and not any(o.style == "bracket" for o in stack):
            number_open = next((o for o in reversed(stack) if o.style == "arabic"), None)
            if number_open and value == number_open.value + 1 and value > 1:
                return _Label("arabic", str(value), value, length)
        if style == "arabic" and _is_roman_heading(value, rest, stack, ahead):
            return _Label("roman", next(r for r, v in _ROMANS.items() if v == value), value, length, True)
        expected = next((o.value + 1 for o in reversed(stack) if o.style == style), 1)
        if rest and not re.match(_OPENS, rest) and value != expected:
            return None
        return _Label(style, str(value), value, length)
    folded = printed.lower()
    folded = _MISREAD_LETTER.get(folded, folded)
    base = folded[0]
    if base not in LETTERS:
        return None
    value = LETTERS.index(base) + 1
    open_letter = next((o for o in reversed(stack) if o.style == "letter"), None)
    repaired = folded != printed.lower()
    if open_letter and value == open_letter.value:
        # "d)" printed twice: the second is đ) with its stroke lost; "đ)" then "đ)" likewise.
        if LETTERS[open_letter.value : open_letter.value + 1]:
            base, value, repaired = LETTERS[open_letter.value], open_letter.value + 1, True
            folded = base
    elif open_letter and base == "e" and open_letter.value == 2 and any(re.match(r"[dđ]\s*\)", each.text) for each in ahead):
        base, value, folded, repaired = "c", 3, "c", True
    elif open_letter and base == "đ" and open_letter.value == LETTERS.index("c") + 1:
        base, value, folded, repaired = "d", LETTERS.index("d") + 1, "d", True
    elif open_letter is None and repaired:
        return None
    return _Label("letter", folded, value, length, repaired)


def _plausible_decimal(numbers: list[int], printed: str, stack: list[_Open]) -> bool:
    if len(numbers) > 1 and numbers[-1] == 0:
        return False
    open_arabic = next((o for o in reversed(stack) if o.style in ("arabic", "bracket")), None)
    open_decimal = next((o for o in reversed(stack) if o.style == "decimal"), None)
    if open_decimal is not None:
        before = [int(part) for part in open_decimal.path[-1].split(".")]
        if numbers[:-1] == before[:-1] and numbers[-1] <= before[-1] + 3:
            return True
        if numbers[:-1] == before or numbers[0] in (before[0], before[0] + 1):
            return True
    if open_arabic is not None:
        return numbers[0] == open_arabic.value or (numbers[0] == open_arabic.value + 1 and numbers[1] == 1)
    return numbers[0] <= 9 and (numbers[1] == 1 or printed[0].isdecimal())


def _is_roman_heading(value: int, rest: str, stack: list[_Open], ahead: _Ahead) -> bool:
    """A capital heading "1. TINH THẦN …" followed by a Roman two is a Roman one misread."""
    if any(o.style == "arabic" for o in stack) or value != 1 or any(o.style == "roman" for o in stack):
        return False
    head = rest.strip()
    if len(head) < 6 or head.upper() != head:
        return False
    return any(re.match(r"(?:II|Il|ll|TI|lI)\s*[./]\s*\S", line.text) for line in ahead)


def _place(stack: list[_Open], root: _Open, label: _Label, line: _Line, text: str) -> Iterator[list[_Open]]:
    """Put the item into the tree; yields the new stack (twice for an item with its first sub-item)."""
    stack = _unwind(stack, label)
    parent = stack[-1]
    if label.style in _BULLETS:
        parent.counts[label.style] = parent.counts.get(label.style, 0) + 1
        name = ("+" if label.style == "plus" else "-") + str(parent.counts[label.style])
    else:
        name = label.text
    path = (*parent.path, name)
    if (label.style == "decimal" and parent.style == "arabic") or (label.style == "decimal" and parent.style == "decimal" and name.startswith(parent.path[-1] + ".")):
        path = (*parent.path[:-1], name)
    item = _Open(label.style, label.value, path, line.start)
    parent.children.append(item)
    stack = [*stack, item]
    begin = line.start + label.length
    inner = None
    if label.style == "arabic":
        inner = re.search(rf"\s({label.value}\.1)\s*[.)]?\s+(?=[{_UPPER}])", text[begin : line.end])
    if inner is None:
        item.paragraphs.append(Paragraph(_skip_space(text, begin), line.end))
        yield stack
        return
    item.paragraphs.append(Paragraph(_skip_space(text, begin), begin + inner.start()))
    yield stack
    rest = _Line(begin + inner.start(1), line.end, text[begin + inner.start(1) : line.end], False)
    yield from _place(stack, root, _Label("decimal", inner.group(1), 1, inner.end() - inner.start(1)), rest, text)


def _unwind(stack: list[_Open], label: _Label) -> list[_Open]:
    """Close what the new label ends."""
    for index in range(len(stack) - 1, 0, -1):
        if stack[index].style != label.style:
            continue
        if label.style == "decimal":
            depth, open_depth = label.text.count("."), stack[index].path[-1].count(".")
            if depth > open_depth:
                return stack[: index + 1]
            if depth < open_depth:
                continue
        return stack[:index]
    rank = _RANK[label.style]
    kept = list(stack)
    while len(kept) > 1 and _RANK[kept[-1].style] > rank:
        kept.pop()
    if label.style == "decimal" and kept[-1].style in ("arabic", "bracket") and kept[-1].value != int(label.text.split(".")[0]):
        kept.pop()
    return kept


def _restore_bullets(item: _Open, text: str) -> None:
    """Paragraphs between a heading with a colon and its dashes are dashes whose mark was not read."""
    for child in item.children:
        _restore_bullets(child, text)
    dashes = [child for child in item.children if child.style == "dash"]
    if not dashes or len(dashes) != len(item.children) or len(item.paragraphs) < 2:
        return
    head, *lost = item.paragraphs
    ends = [text[p.start : p.end].rstrip() for p in lost]
    if not text[head.start : head.end].rstrip().endswith(":") or not all(end.endswith((";", ".")) for end in ends):
        return
    item.paragraphs[1:] = []
    found = [_Open("dash", 0, (), p.start, [p]) for p in lost]
    item.children[:] = [*found, *item.children]
    for position, child in enumerate(item.children, 1):
        _rename(child, (*item.path, f"-{position}"))


def _rename(item: _Open, path: tuple[str, ...]) -> None:
    old = len(item.path)
    item.path = path
    for child in item.children:
        _rename(child, (*path, *child.path[old:]) if old else (*path, child.path[-1]))


def _extend(item: _Open, line: _Line) -> None:
    last = item.paragraphs[-1] if item.paragraphs else None
    if last is None:
        item.paragraphs.append(Paragraph(line.start, line.end))
    else:
        item.paragraphs[-1] = replace(last, end=line.end)


def _skip_space(text: str, offset: int) -> int:
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return offset


_CLOSES = re.compile(
    r"(?:trên đây là|nhận được|nay,? thông báo|trong quá trình|(?:bộ|ubnd|ủy ban|uỷ ban|sở|cục|tổng cục|văn phòng|ban)\b"
    r"[^.;:]{0,60}?\b(?:yêu cầu|đề nghị|trân trọng|thông báo|kính)|(?:kính |trân trọng )?(?:yêu cầu|đề nghị)"
    r"|giám đốc các|chánh văn phòng|thủ trưởng|(?:công văn|chỉ thị|kế hoạch|thông báo|quyết định) này|rất mong|mọi vướng mắc)",
    re.IGNORECASE,
)  # fmt: skip


def _closing(items: tuple[Item, ...], text: str) -> tuple[tuple[Item, ...], tuple[Paragraph, ...]]:
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
        if _CLOSES.match(words) or (paragraph is extra[-1] and re.search(r"\./\.?\s*$", words)):
            cut = 1 + index
            break
    else:
        return items, ()
    closing = leaf.paragraphs[cut:]
    rebuilt = replace(leaf, paragraphs=leaf.paragraphs[:cut])
    for parent in reversed(chain[:-1]):
        rebuilt = replace(parent, children=(*parent.children[:-1], rebuilt))
    return (*items[:-1], rebuilt), closing
