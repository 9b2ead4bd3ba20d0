"""How labels look at the start of a line, as printed and as misread."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from nlp.lexicon import toml
from nlp.outline.lines import UPPER
from nlp.outline.values import Style

Shape = Style | Literal["ordered", "comma letter", "lost", "strange", "bullet"]
"""A style; or a label whose style or value only the order of the list tells."""

LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The order of điểm: the Vietnamese alphabet without accented vowels and without f, j, w, z."""
ROMANS = {roman: value for value, roman in enumerate(
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX"], start=1)}  # fmt: skip
ROMAN_OF = {value: roman for roman, value in ROMANS.items()}
ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")

_CAPITAL = rf"[{UPPER}“\"(‘']"
_OPENS = rf"[{UPPER}“\"(‘'0-9]"


@dataclass(frozen=True, slots=True)
class Printed:
    """A label as it stands at the start of a line: its words, and where the text behind it begins."""

    shape: Shape
    text: str
    length: int


@cache
def misread(kind: Literal["digits", "letters", "romans"]) -> dict[str, tuple[str, ...]]:
    """What a reading may stand for: {"©": ("c", "e")}."""
    found: dict[str, tuple[str, ...]] = {}
    for meant, readings in toml("labels.toml")[kind].items():
        for reading in readings:
            found[reading] = (*found.get(reading, ()), meant)
    return found


def _any(kind: Literal["digits", "letters", "romans"]) -> str:
    return "|".join(sorted(map(re.escape, misread(kind)), key=len, reverse=True))


@cache
def _shapes() -> tuple[tuple[Shape, re.Pattern[str]], ...]:
    digits, letters, romans = _any("digits"), _any("letters"), _any("romans")
    shapes: tuple[tuple[Shape, str], ...] = (
        ("division", r"(?P<label>(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Tiểu mục|TIỂU MỤC)\s+(?:[IVX]{1,5}|\d{1,2}|(?i:thứ\s+\w+)))\s*(?:[.:]\s*|[-–]\s+|$)"),
        ("division", r"(?P<label>Chế độ (?:thông tin,? )?báo cáo|Tổ chức thực hiện)\s*:$"),
        ("article", r"(?:Điều|ĐIỀU)\s+(?P<label>\d{1,3}[a-zđ]?|[lI|])\s*[.:]\s*"),
        ("decimal", rf"(?P<label>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})\s*[.,)/]?\s+(?={_OPENS})"),
        ("decimal", rf"(?P<label>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})\s*[.)/](?={_CAPITAL})"),
        ("decimal", rf"(?P<label>(?:\d|{digits}){{1,2}}[.,](?:\d|{digits}){{1,2}})\s*[.,)]\s+(?={_OPENS})"),
        ("roman", rf"(?P<label>[IVX]{{1,5}}|{romans})\s*(?:[./)]?\s*[./)\-–]\s*(?={_CAPITAL})|[.)]\s+(?=\d))"),
        ("roman", rf"(?P<label>[IVX]{{2,5}})\s*,\s+(?=[{UPPER}][a-zà-ỹđ])"),
        ("section", rf"(?P<label>[A-H])\s*[./]\s*(?=[{UPPER}])"),
        ("decimal", r"\(\s*(?P<label>\d{1,2}(?:\.\d{1,2}){1,2})\s*\)\s*"),
        ("bracket", r"\(\s*(?P<label>\d{1,2}|[ivx]{1,4})\s*\)\s*"),
        ("bracket", r"(?P<label>[ivx]{2,4})\s*\)\s*"),
        ("bracket", rf"\(\s*(?P<label>)\)\s+(?=[{UPPER}])"),
        ("letter", rf"(?P<label>{letters})\s*[)}}\]]\s*(?=\S)"),
        ("arabic", rf"(?P<label>\d{{1,2}})\s*(?:/\s?\.|\.\.(?!\.)|[.)/])\s*(?={_OPENS}|[a-zđøØ])(?!\d)"),
        ("arabic", r"(?P<label>\d{1,2})\s*[.)]\s+(?=\d)"),
        ("arabic", rf"(?P<label>(?:\d|{digits}){{1,2}})\s*[.)]\s+(?={_OPENS})"),
        # "1- …", "1.- …" of party papers and of the 1980s, "4, …" with its full stop misread: only where the order says so.
        ("ordered", rf"(?P<label>\d{{1,2}})\s*(?:[.)/]\s*)?[-–—,~]\s*(?=[{UPPER}“])"),
        ("ordered", rf"(?P<label>[l|I])\s*[-–—]\s+(?=[{UPPER}])"),
        ("letter", r"(?P<label>[a-zđA-ZĐ](?:\.\d{1,2})?)\s*[)}\]]\s*"),
        ("letter", r"\(\s*(?P<label>[a-zđ])\s*\)\s*"),
        ("letter", rf"(?P<label>[a-eđghik])\s*[./]\s+(?={_OPENS})"),
        ("letter", rf"(?P<label>[a-eđghik])[./](?=[{UPPER}])"),
        ("comma letter", rf"(?P<label>[a-eđghik]|[äâàá])\s*,\s+(?=[{UPPER}])"),
        ("ordinal", rf"(?P<label>(?:Thứ|THỨ)\s+(?i:{'|'.join(ORDINALS)}))\s*[,:]\s*"),
        ("ordinal", rf"(?P<label>(?:{'|'.join(word.capitalize() for word in ('một', 'mội', 'mốt', *ORDINALS[1:], 'bốn', 'bôn'))})\s+là)\s*[,:]\s*"),
        ("plus", r"\+\s*(?P<label>)"),
        ("star", r"[•*●▪◦○■□❖➢►▶◆◊✓✔➤⮚‣⁃\ue000-\uf8ff]\s*(?P<label>)"),
        ("star", rf"[oØ§]\s+(?P<label>)(?={_CAPITAL})"),
        ("dash", r"[-–—−]\s*(?P<label>)(?=\S)"),
        ("dash", r"[:;.,'`|_~][-–—−]\s+(?P<label>)(?=\S)"),
        ("dash", rf"[»«=~_]{{1,2}}\s+(?P<label>)(?=[{UPPER}])"),
        ("strange", rf"(?P<label>[äÄåÅ])\s*\.\s+(?=[{UPPER}])"),
        ("lost", rf"(?P<label>\d{{1,2}}|[lI|!]|[.,](?=\s))[.,]?\s+(?=[{UPPER}])"),
        ("bullet", rf"[:·°¬›‹>.,'`]\s+(?P<label>)(?=[{UPPER}])"),
    )  # fmt: skip
    return tuple((shape, re.compile(pattern)) for shape, pattern in shapes)


_NOISE = re.compile(r"[_.,'`~|:;=“”*·—\-]{1,3}\s+(?=\S)")


def printed_labels(line: str) -> Iterator[Printed]:
    """All that the start of a line may be as a label, the likeliest first."""
    noise = _NOISE.match(line)
    if noise:
        for shape, pattern in _shapes():
            match = pattern.match(line, noise.end()) if shape in ("dash", "plus") else None
            if match and match.end() < len(line):
                yield Printed(shape, "", match.end())
    if noise and noise[0].strip() == "|":
        for shape, pattern in _shapes():
            match = pattern.match(line, noise.end()) if shape == "arabic" else None
            if match and match.end() < len(line) and match["label"].isdecimal():
                yield Printed("ordered", match["label"], match.end())
    for shape, pattern in _shapes():
        match = pattern.match(line)
        if match and (match.end() < len(line) or shape == "division"):
            yield Printed(shape, match.group("label"), match.end())
