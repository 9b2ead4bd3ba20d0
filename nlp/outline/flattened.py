"""Lines and labels that do not fall together: lists printed in one line, labels read as a line of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nlp.outline.lines import TERMINAL, UPPER, Line
from nlp.outline.shapes import LETTERS, ROMAN_OF, ROMANS

_INNER = re.compile(
    rf"(?:(?<=[;:…])|(?<=[a-zà-ỹđ\d)”\"]\.))\s+(?:(?P<bullet>[-–—+•])\s*(?=[{UPPER}])"
    rf"|(?P<open>\(?)(?P<value>\d{{1,2}}|[a-zđ]|[IVX]{{1,5}})(?P<mark>[.)/])\s*(?=[{UPPER}“\"(]))"
    rf"|(?<=\S)\s+(?P<decimal>\d{{1,2}}(?:\.\d{{1,2}}){{1,2}})(?:[.)]?\s+(?=[{UPPER}])|\.$)"
)
_FIRST = re.compile(
    r"(?P<open>\(?)(?P<value>\d{1,2}|[a-zđ]|[IVX]{1,5})(?P<mark>[.)/])|(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,2})"
)
_BEHIND_CAPITALS = re.compile(
    rf"(?:[A-H]|[IVX]{{1,5}}|\d{{1,2}})[./]\s*[{UPPER}][{UPPER}0-9\s,()–-]{{7,160}}?\s(?P<open>\(?)(?P<value>1|a)(?P<mark>[.)/])\s*(?P<decimal>(?!))?(?=[{UPPER}]\w*[a-zà-ỹ])"
)
""" "B. ĐỐI VỚI CƠ QUAN TỔNG CỤC 1. Vụ Kế hoạch …": a heading in capitals, and the first entry of its list on the same line."""
_CITED = re.compile(
    r"(?:mục|điểm|khoản|tiết|tại|điều|và|số|bảng|biểu|mẫu|phụ lục|hình|chương|phần|từ|đến|,)$", re.IGNORECASE
)
"""Words before a number that names a part of some document."""
_LABEL_ALONE = re.compile(r"(?:Điều\s+)?[\w.]{1,5}[.)/]")
_NEAR = 60
"""Lines within which the second entry must come where the first stands behind a colon."""
_NEAR_CHARACTERS = 4000
_CONTEXT = 16
"""Characters before a label that tell whether it is one."""


def unfolded(lines: Sequence[Line]) -> list[Line]:
    """The lines, cut before each label that stands within one.

    A bullet is cut off where its list begins the line, or begins behind a
    colon while no such list is open; a number or letter where the list so far
    expects it, or where it is the first behind a colon and the second comes.
    """
    result: list[Line] = []
    expected: dict[str, str] = {}
    bullets: set[str] = set()
    for index, line in enumerate(lines):
        start = 0
        headed = _BEHIND_CAPITALS.match(line.text)
        ahead = lines[index + 1 : index + 1 + _NEAR] if ":" in line.text or headed else ()
        for cut in _cuts(line, expected, bullets, ahead, headed):
            result.append(_piece(line, start, cut))
            start = cut
        result.append(_piece(line, start, len(line.text)) if start else line)
    return result


_ALONE = re.compile(
    r"Điều\s+\d{1,3}[.:]|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ]|[IVX]{1,5})[.)/]|[•●▪◦■❖➢\ue000-\uf8ff]"
)


def with_text(lines: Sequence[Line]) -> list[Line]:
    """The lines, a label that stands alone in its line joined to the line behind it."""
    result: list[Line] = []
    alone = False
    for line in lines:
        if alone and re.match(rf"[{UPPER}“\"(]", line.text) and not _FIRST.match(line.text):
            label = result.pop()
            line = replace(line, start=label.start, text=f"{label.text} {line.text}", gap=label.gap)
            alone = False
        else:
            ended = not result or line.gap or line.cut or bool(TERMINAL.search(result[-1].text))
            alone = ended and bool(_ALONE.fullmatch(line.text))
        result.append(line)
    return result


def _sign(text: str) -> str:
    """The bullet a text begins with, all dashes as one."""
    return "-" if text.startswith(("-", "–", "—")) else text[:1]


def _piece(line: Line, start: int, end: int) -> Line:
    text = line.text[start:end].rstrip()
    return Line(
        line.start + start,
        line.start + start + len(text),
        text,
        line.gap and not start,
        start + len(text),
        start > 0,
    )


def _cuts(
    line: Line, expected: dict[str, str], bullets: set[str], behind: Sequence[Line], headed: re.Match[str] | None
) -> Iterator[int]:
    """Where labels stand within the line.

    `expected` are the labels that go on with each form of list, `bullets` the
    lists of bullets that are open; `headed` is a label behind a heading in capitals.
    """
    first = _FIRST.match(line.text)
    if first:
        _expect(first, expected)
        bullets.clear()
    parting: set[str] = {sign for sign in ("-", "+", "•") if _sign(line.text) == sign}
    bullets |= parting
    if headed and _second_comes(headed, line, behind):
        _expect(headed, expected)
        yield headed.start("open")
    for match in _INNER.finditer(line.text):
        before = line.text[max(0, match.start() - _CONTEXT) : match.start()]
        at = (
            match.end("bullet") - 1
            if match["bullet"]
            else match.start("decimal" if match["decimal"] else "open")
        )
        if match["bullet"]:
            sign = _sign(match["bullet"])
            if before.endswith(":"):
                (parting.discard if sign in bullets else parting.add)(sign)
                bullets.add(sign)
            if sign in parting and not _LABEL_ALONE.fullmatch(before):
                yield at
            continue
        form, value = _form(match), match["decimal"] or match["value"]
        if match["decimal"] and _CITED.search(before):
            continue
        starts = not match["decimal"] and value in ("1", "a", "I") and before.endswith(":")
        if expected.get(form) == value or (starts and _second_comes(match, line, behind)):
            _expect(match, expected)
            yield at


def _form(match: re.Match[str]) -> str:
    if match["decimal"]:
        return "decimal"
    value = match["value"]
    kind = "number" if value.isdecimal() else "roman" if value in ROMANS else "letter"
    return f"{match['open']}{kind}{match['mark']}"


def _expect(match: re.Match[str], expected: dict[str, str]) -> None:
    """Note which label goes on with the list of the label found."""
    if match["decimal"]:
        *head, last = match["decimal"].split(".")
        expected["decimal"] = ".".join((*head, str(int(last) + 1)))
        return
    following = _following(match["value"])
    if following:
        expected[_form(match)] = following
    if match["value"].isdecimal():
        expected["decimal"] = f"{int(match['value'])}.1"


def _following(value: str) -> str:
    if value.isdecimal():
        return str(int(value) + 1)
    if value in ROMANS:
        return ROMAN_OF.get(ROMANS[value] + 1, "")
    place = LETTERS.find(value)
    return LETTERS[place + 1 : place + 2] if place >= 0 else ""


def _second_comes(match: re.Match[str], line: Line, behind: Sequence[Line]) -> bool:
    second = f"{match['open']}{_following(match['value'])}{match['mark']}"
    rest = line.text[match.end() : match.end() + _NEAR_CHARACTERS]
    return bool(re.search(rf"[;.]\s+{re.escape(second)}\s*[{UPPER}“\"(]", rest)) or any(
        each.text.startswith(second) for each in behind
    )
