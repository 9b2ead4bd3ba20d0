"""Number and symbol in the head of a letter (ô số 3, Nghị định 30/2020/NĐ-CP, Phụ lục I; older and party forms)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from nlp.lexicon import kinds, places
from nlp.normalise import fold
from nlp.rows import CAPITAL, SMALL, Row, is_upper

SYMBOL = (
    rf"[{CAPITAL}][{CAPITAL}{SMALL}0-9&.+]*"
    rf"(?:\s?[-–]\s?(?:Vụ|Ban|Phòng|Tổ) [IVX0-9]{{1,4}}(?!\w)|\s?[-–]\s?[{CAPITAL}(][{CAPITAL}{SMALL}0-9&.,()+]*|\s?/[{CAPITAL}][{CAPITAL}{SMALL}0-9&.]*)*(?:\s?\.[IVX]{{1,4}}(?![{CAPITAL}{SMALL}]))?"
)
"""The shape of a symbol, for a pattern."""
_NUMBER = re.compile(
    r"(?P<so>(?<![^\W\d_])[Ss][ốỐóÓôÔôoOöỏồổẽẻ5][:.;,]?)\s*(?:(?:hiệu|[kK][ýí] hiệu)\b)?\s*[:.;,]*\s*"
    r"(?P<number>[^\n/]{0,12}?)\s*/"
    rf"(?P<year>\s*(?:19|20)\d\d\s*/)?\s*(?P<symbol>{SYMBOL})"
)
_PARTY = re.compile(
    r"(?P<so>(?<![^\W\d_])[Ss][ốỐóÓôÔoO][:.;,]?)\s*[:.;,]*\s*(?P<number>[^\n/-]{0,8}?)\s*[-–]\s*"
    rf"(?P<symbol>[{CAPITAL}][{CAPITAL}{SMALL}]*/[{CAPITAL}][{CAPITAL}{SMALL}0-9-]*|CP|HĐBT|TTg|NT"
    rf"|[{CAPITAL}]{{2,6}}(?=[^\S\n]*$))\b",
    re.MULTILINE,
)
_SLASH_LOST = re.compile(
    rf"(?P<so>(?<![^\W\d_])S[ốỐóÓôÔôoOồổ])\s*[:;]\s*(?P<noise>[^\n/]{{0,9}}[^\W{CAPITAL}_]|[^\n/]{{0,9}}[^\w\s/&-])"
    rf"(?P<symbol>[{CAPITAL}]{{2,}}(?:[-–][{CAPITAL}&]{{2,}})+)(?![\w/&])"
)
"""A number line whose slash was read as another sign, "Số: 284ÿCT-TTHT": only the symbol is plain, two parts in capitals."""
_ENDS_IN_CAPITALS = re.compile(rf"[{CAPITAL}]{{2,}}$")
_TYPE_BEFORE_SLASH = re.compile(rf"(?P<number>\d{{1,5}}[a-zđ]?)\s+(?P<type>[{CAPITAL}]{{1,6}})")
"""Older number lines part number and symbol by a space: "Số: 25 TC/TCT"."""
_BARE_SYMBOL = re.compile(rf"(?<![\w/])(?P<number>\d{{0,5}})\s*/\s*(?P<symbol>{SYMBOL})")

_CITED = re.compile(
    r"(?:(?<=\w )so|\bcong van|van ban|quyet dinh|thong bao|cong dien|chi thi|ke hoach|to trinh|nghi dinh|thong tu)\W*$"
)
"""Before a number without "Số" of its own: the number of a document that is cited."""


@dataclass(frozen=True, slots=True)
class NumberMark:
    """The number line: span, the printed number (may be noise or empty) and symbol with their spans."""

    start: int
    end: int
    number: str
    number_start: int
    symbol: str
    symbol_start: int
    labelled: bool
    """Whether "Số" stands before it."""


def find_number(text: str, head: tuple[Row, ...]) -> NumberMark | None:
    """The first number line of the head.

    The number and its symbol may stand on two lines; a symbol may be glued to
    the place name that follows.
    """
    if not head:
        return None
    start, end = head[0].start, head[-1].end
    found: re.Match[str] | None = None
    for pattern in (_NUMBER, _PARTY):
        for match in pattern.finditer(text, start, end):
            if _is_citation(text, match.start(), start):
                continue
            if (
                found is None
                or match.start() < found.start()
                or re.search(r"[-–]\s*\w+\s*$", found["number"])
            ):
                found = match  # "612-CV/HU": number, hyphen, then the symbol of the party's form
            break
    if (found is None or _ENDS_IN_CAPITALS.search(found["number"])) and (lost := _slash_lost(text, start, end)):
        return lost
    if found is None:
        alone = _number_alone(head)
        if alone:
            return alone
        for row in head:
            bare = _BARE_SYMBOL.search(row.text)
            if (
                bare
                and not _CITED.search(row.folded[: bare.start()])
                and "-" in bare["symbol"]
                and is_upper(bare["symbol"].split("-")[0])
            ):
                symbol, symbol_start = _trim_symbol(bare["symbol"], row.start + bare.start("symbol"))
                return NumberMark(
                    row.start + bare.start(),
                    symbol_start + len(symbol),
                    bare["number"],
                    row.start + bare.start("number"),
                    symbol,
                    symbol_start,
                    labelled=False,
                )
        return None
    symbol, symbol_start = _trim_symbol(found["symbol"], found.start("symbol"))
    number = found["number"].strip()
    spaced = _TYPE_BEFORE_SLASH.fullmatch(number)
    if spaced:
        end = symbol_start + len(symbol)
        symbol_start = text.index(spaced["type"], found.start("number"))
        symbol = re.sub(r"\s*/\s*", "/", text[symbol_start:end])
        number = spaced["number"]
        return NumberMark(
            found.start(), end, number, found.start("number"), symbol, symbol_start, labelled=True
        )
    return NumberMark(
        found.start(),
        symbol_start + len(symbol),
        number,
        found.start("number"),
        symbol,
        symbol_start,
        labelled=True,
    )


def _slash_lost(text: str, start: int, end: int) -> NumberMark | None:
    """The symbol behind a number that was misread together with its slash."""
    lost = _SLASH_LOST.search(text, start, end)
    if lost is None or _is_citation(text, lost.start(), start):
        return None
    return NumberMark(lost.start(), lost.end(), "", lost.start("noise"), lost["symbol"], lost.start("symbol"), labelled=True)


def _number_alone(head: tuple[Row, ...]) -> NumberMark | None:
    """Number and symbol alone on a line at the very top, without "Số", as pages of ministries print them."""
    for row in head[:3]:
        match = re.fullmatch(rf"(?P<number>\d{{1,5}}[a-zđ]?)\s*/\s*(?P<symbol>{SYMBOL})", row.text)
        if match and (re.search(r"[-/]", match["symbol"]) or len(match["symbol"]) > 2):
            return NumberMark(
                row.start,
                row.end,
                match["number"],
                row.start,
                match["symbol"],
                row.start + match.start("symbol"),
                labelled=True,
            )
    return None


def _is_citation(text: str, at: int, start: int) -> bool:
    """Whether "số" at `at` belongs to a cited document ("Nghị định số 45/…") and not to the letter."""
    line = text[max(start, text.rfind("\n", 0, at) + 1) : at]
    before = fold(line).rstrip()
    if re.search(r"(?:^|[-_*]{3,})\s*(?:bo luat|luat|phap lenh|lenh|nghi quyet|quyet dinh|chi thi)$", before):
        return False  # "Luật số: 52/2014/QH13" in the head of a law
    return bool(
        re.search(r"(?:cong van|van ban|luat|to trinh|ho so|dang ky)$", before)
        or _NAMED_IN_TITLE.search(before)
        or any(before.endswith(kind) and not is_upper(line.rstrip()[-len(kind) :]) for kind in kinds())
        or text[at] == "s"
    )


_NAMED_IN_TITLE = re.compile(
    r"(?<![a-z])(?:thuc hien|trien khai|theo|cua|va|sua doi|bo sung|thay the|bai bo|ban hanh kem theo|thi hanh|cac) (?:mot so dieu cua )?(?:chi thi|quyet dinh|nghi quyet|nghi dinh|ke hoach|thong tu|cong dien|ket luan|chuong trinh|thong bao)$"
)
""" "KẾ HOẠCH THỰC HIỆN CHỈ THỊ SỐ 14-CT/TW": in a title in capitals, too, a document that is carried out is another one."""


def _trim_symbol(symbol: str, start: int) -> tuple[str, int]:
    """Cut off a place name glued to the symbol ("BCT-CNĐPHà" before "Nội") and closing punctuation."""
    glued = re.search(rf"(?<=[{CAPITAL}])[{CAPITAL}][{SMALL}]{{1,6}}$", symbol)
    if glued and not _INSPECTORATE.search(symbol) and fold(glued.group()) in _first_syllables():
        symbol = symbol[: glued.start()]
    return symbol.rstrip(" -–.,(+"), start


_INSPECTORATE = re.compile(r"(?:^|[-/.])P?TTra$")
""" "TCQLTT-TTra": the inspectorate's short name, not "Trà Vinh" behind a T."""


@cache
def _first_syllables() -> frozenset[str]:
    return frozenset(name.split()[0] for name in places() if " " in name)
