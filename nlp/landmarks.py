"""Finders of the fixed marks of a letter's layout (ô số, Nghị định 30/2020/NĐ-CP, Phụ lục I).

Each finder gives the span of one mark in the text or None. They work on lines
as a scan gives them: the two columns of the head may be flattened into one
line, words may be glued, diacritics lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from nlp.lexicon import kinds, places
from nlp.normalise import fold
from nlp.rows import Row, is_upper, rows

HEAD_ROWS = 45
"""Within how many lines the head of a letter is looked for."""

_COUNTRY = re.compile(
    r"c[o0]n[gc]\s*h[o0]\w{0,2}\W*x\w\s*h\w?i|chu\s*nghia\s*vi[ec]t\s*na|[d0]ang\s+cong\s+san\s+viet"
)
_MOTTO = re.compile(r"\bd\wc\s*l\w?p\W+t\w\s*d\w|\w\w\s*do\W+hanh\s*ph\w?c")
_SIGNATURE_BOX = re.compile(
    r"\b(?:ky boi|nguoi ky|thoi gian ky|ngay ky|emai[lt]|co quan)\s*:|\S@\S|\d\d:\d\d:\d\d"
    r"|^\W*\+0?7[:.]?00\W*$|signature|digitally signed|signed by|\.gov\.vn\b"
)
SMALL = "a-zàảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
"""Small letters of Vietnamese, for a character class."""
CAPITAL = SMALL.upper()
"""Capitals of Vietnamese, for a character class (in Unicode they alternate with the small ones: no ranges)."""
_SYMBOL = (
    rf"[{CAPITAL}][{CAPITAL}{SMALL}0-9&.+]*"
    rf"(?:\s?[-–]\s?[{CAPITAL}(][{CAPITAL}{SMALL}0-9&.,()+]*|/[{CAPITAL}][{CAPITAL}{SMALL}0-9&.]*)*"
)
_NUMBER = re.compile(
    r"(?P<so>(?<![^\W\d_])[Ss][ốỐóÓôÔôoOöỏồổ5][:.;,]?)\s*[:.;,]*\s*(?P<number>[^\n/]{0,12}?)\s*/"
    rf"(?P<year>\s*(?:19|20)\d\d\s*/)?\s*(?P<symbol>{_SYMBOL})"
)
_PARTY = re.compile(
    r"(?P<so>(?<![^\W\d_])[Ss][ốỐóÓôÔoO][:.;,]?)\s*[:.;,]*\s*(?P<number>[^\n/-]{0,8}?)\s*[-–]\s*"
    rf"(?P<symbol>[{CAPITAL}][{CAPITAL}{SMALL}]*/[{CAPITAL}][{CAPITAL}{SMALL}0-9-]*|CP|HĐBT|TTg|NT)\b"
)
_BARE_SYMBOL = re.compile(rf"(?<![\w/])(?P<number>\d{{0,5}})\s*/\s*(?P<symbol>{_SYMBOL})")
_DATE = re.compile(
    r"n[gq]?[aà]y(?P<day>[^\n]{0,8}?)t?h[aá]n[gq]\s*(?P<month>[^\n]{0,5}?)\s*n[aă]m\s*(?P<year>\d{4}|[^\n]{0,5})"
    r"|,\s*(?:ngay\s*)?(?P<day2>\d{1,2})\s*[/.-]\s*(?P<month2>\d{1,2})\s*[/.-]\s*(?P<year2>\d{4})\b"
)
_PLACE = re.compile(
    rf"(?P<place>(?:(?<![{CAPITAL}{SMALL}])(?:TP|Tp|T\.P|Thành phố|Tỉnh|tỉnh|thành phố)\.?\s*)?"
    rf"(?:(?<![{CAPITAL}{SMALL}])[{CAPITAL}][{SMALL}'’]*|(?<=[{CAPITAL}])[{CAPITAL}][{SMALL}'’]+)"
    rf"(?:\s*[- ]\s*[{CAPITAL}][{SMALL}'’]+)*)\s*[,.;:]?\s*$"
)
_ABOUT = re.compile(r"(?:^|(?<=\s))(?:[vy]\s*[/il|!][vy]\b|ve viec\b)\s*[:.]?\s*")
_ADDRESS = re.compile(r"\bk[il1]nh\W{0,2}\w{0,2}[uo]\w?\s*[:;]|^\W*kinh gui\b|^\W*n?g[uo]i\s*:")
_RECIPIENTS = re.compile(
    r"\bn\s?[o0]\s?[il1]\s+n\s?h\s?a\s?[nm]\b\s*[:;.]?|(?:^|(?<=\n))[^\w\n]{0,2}n?o?[il1]\s+n?h?a[nm]\b\s*:"
)
_RECIPIENTS_MISREAD = re.compile(
    r"(?:^|(?<=\n))[^\w\n]{0,3}(?:\w{1,2}\s)?[\w/]{0,2}?o[il1j]\s?n?h?a[nm]?"
    r"[\u02b0-\u02ff]?(?![^\W\d_])[^\w\n]{0,3}"
)
"""The label with its first letters lost or wrong ("ơi nhận;", "Mơi nhận:", "JNơi nhận"): trusted only by what follows."""
_LIST_BELOW = re.compile(r"\s*\n?\s*(?:[-–—•*+~]\s*\w|nhu (?:tren|dieu|kinh gui)\b)")
_APPENDIX = re.compile(
    r"(?:phu luc|bieu mau|bieu so|mau so|mau bieu)\b(?:\s*(?:so)?\s*[\divx]+)?\W*(?:$|[:.(-])|(?:phu luc)\s*$"
)


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


@dataclass(frozen=True, slots=True)
class DateMark:
    """The line of place and date (ô số 4); day, month and year are as printed."""

    start: int
    end: int
    place: str | None
    place_start: int
    day: str
    month: str
    year: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A span with the value it stands for."""

    start: int
    end: int
    value: str = ""


def motto_start(row: Row) -> int | None:
    """Offset at which the national title or motto begins in a line."""
    match = _COUNTRY.search(row.folded) or _MOTTO.search(row.folded)
    return row.start + match.start() if match else None


def is_country(row: Row) -> bool:
    """Whether a line holds Quốc hiệu, or the party's title that stands in its place."""
    return bool(_COUNTRY.search(row.folded))


def is_signature_box(row: Row) -> bool:
    """Whether a line is text of a digital signature's box (signer, mail address, time)."""
    return bool(_SIGNATURE_BOX.search(row.folded))


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
    if found is None:
        for row in head:
            bare = _BARE_SYMBOL.search(row.text)
            if bare and "-" in bare["symbol"] and is_upper(bare["symbol"].split("-")[0]):
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
    return NumberMark(
        found.start(),
        symbol_start + len(symbol),
        found["number"].strip(),
        found.start("number"),
        symbol,
        symbol_start,
        labelled=True,
    )


def _is_citation(text: str, at: int, start: int) -> bool:
    """Whether "số" at `at` belongs to a cited document ("Nghị định số 45/…") and not to the letter."""
    line = text[max(start, text.rfind("\n", 0, at) + 1) : at]
    before = fold(line).rstrip()
    if re.search(r"(?:^|[-_*]{3,})\s*(?:bo luat|luat|phap lenh|lenh|nghi quyet|quyet dinh|chi thi)$", before):
        return False  # "Luật số: 52/2014/QH13" in the head of a law
    return bool(
        re.search(r"(?:cong van|van ban|luat|to trinh|ho so|dang ky)$", before)
        or any(before.endswith(kind) and not is_upper(line.rstrip()[-len(kind) :]) for kind in kinds())
        or text[at] == "s"
    )


def _trim_symbol(symbol: str, start: int) -> tuple[str, int]:
    """Cut off a place name glued to the symbol ("BCT-CNĐPHà" before "Nội") and closing punctuation."""
    glued = re.search(rf"(?<=[{CAPITAL}])[{CAPITAL}][{SMALL}]{{1,6}}$", symbol)
    if glued and fold(glued.group()) in _first_syllables():
        symbol = symbol[: glued.start()]
    return symbol.rstrip(" -–.,(+"), start


@cache
def _first_syllables() -> frozenset[str]:
    return frozenset(name.split()[0] for name in places() if " " in name)


def find_date(text: str, head: tuple[Row, ...]) -> DateMark | None:
    """The first line of place and date in the head."""
    for row in head:
        for match in _DATE.finditer(row.folded):
            before = row.text[: match.start()]
            place = _PLACE.search(before)
            comma = bool(re.search(r"[,.;:]\s*$", before)) or match["year2"] is not None
            if match["year2"] and not place:
                continue
            if match.start() > 3 and not place and not comma:
                continue  # a date inside a sentence
            if place and not comma and fold(place["place"]) not in places():
                continue
            name, at = _place_name(place["place"], place.start("place")) if place else (None, match.start())
            return DateMark(
                row.start + at,
                row.start + match.end(),
                name,
                row.start + at,
                (match["day2"] or match["day"] or "").strip(),
                (match["month2"] or match["month"] or "").strip(),
                (match["year2"] or match["year"] or "").strip(),
            )
    return None


def _place_name(printed: str, start: int) -> tuple[str, int]:
    """The place without capitalised words of another column before it, where the list knows its end."""
    if re.match(r"(?:tp|t\.p|thanh pho|tinh)\b", fold(printed)):
        return printed, start
    words = printed.split(" ")
    for skip in range(len(words)):
        rest = " ".join(words[skip:])
        if fold(rest) in places():
            return rest, start + len(printed) - len(rest)
    return printed, start


def find_about(row: Row) -> Mark | None:
    """ "V/v" or "Về việc" in a line of the head; the mark ends where the subject begins."""
    match = _ABOUT.search(row.folded)
    return Mark(row.start + match.start(), row.start + match.end()) if match else None


def find_title(row: Row) -> Mark | None:
    """A type name in capitals as (a part of) a line: "CHỈ THỊ", "KẾ HOẠCH Triển khai …", "C Ô N G  Đ I Ệ N".

    Noise may stand before it, the subject after it. The value is the type.
    """
    text, folded = row.text, row.folded
    if re.fullmatch(r"(?:\w\W{0,3})+", text) and re.match(r"\w \w \w", text):
        joined = re.sub(r"\s+", "", folded)
        for key, name in kinds().items():
            if joined == key.replace(" ", ""):
                return Mark(row.start, row.end, name)
    for match in _title_pattern().finditer(folded):
        printed = text[match.start() : match.end()]
        if not printed.isupper():
            continue
        before, after = text[: match.start()], text[match.end() :]
        if any(len(word) > 2 and word.isalpha() for word in before.split()):
            known = re.findall(rf"[{CAPITAL}{SMALL}]{{3,}}", before)
            if known and (len(known) > 1 or is_upper(before)):
                continue
        if " " not in match.group() and (before.strip(" .:|_-") or after.strip(" .:|_-")):
            continue  # "ĐIỆN LỰC", "LUẬT SƯ": one word is a title only alone on its line
        if re.match(r"\s+(?:ĐẾN|đến)\b", after) or re.match(r"\s*[/\d]", after):
            continue
        if match.start() and re.match(r"\s+\S", after) and is_upper(after.split()[0]):
            continue
        return Mark(row.start + match.start(), row.start + match.end(), kinds()[match.group()])
    return None


@cache
def _title_pattern() -> re.Pattern[str]:
    names = sorted(kinds(), key=len, reverse=True)
    names = [name for name in names if " " in name] + [name for name in names if " " not in name]
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")


def find_address(row: Row) -> Mark | None:
    """ "Kính gửi:" in a line, also misread ("ngửi:"); the mark ends where the addressee begins."""
    match = _ADDRESS.search(row.folded)
    if match is None:
        return None
    at = match.start()
    if at > 0 and row.text[at].islower():
        return None  # "… xin kính gửi: …" inside a sentence
    return Mark(row.start + at, row.start + match.end())


def find_recipients(text: str, start: int = 0, end: int | None = None) -> Mark | None:
    """The first "Nơi nhận" that begins a line, else the first that follows the closing "./." inside one.

    The first, because an annex may hold another document with recipients of its own.
    """
    run_in = None
    for match in _RECIPIENTS.finditer(fold(text), start, len(text) if end is None else end):
        damaged = not re.match(r"\W*n\s?[o0]", match.group())
        if not damaged and not text[match.start()].isupper():
            continue
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
        if not any(char.isalnum() for char in line):
            return Mark(match.start(), match.end())
        closes = bool(re.search(r"[./]\W*$", line)) and match.group().rstrip().endswith(":")
        if run_in is None and (is_upper(line) or closes):
            run_in = Mark(match.start(), match.end())
    return run_in or _misread_recipients(text, start, len(text) if end is None else end)


def _misread_recipients(text: str, start: int, end: int) -> Mark | None:
    """A damaged "Nơi nhận" at the head of a line, with a list or the signer's authority right behind it."""
    folded = fold(text)
    for match in _RECIPIENTS_MISREAD.finditer(folded, start, end):
        line_end = folded.find("\n", match.end())
        line_end = len(text) if line_end < 0 else line_end
        rest = text[match.end() : line_end].strip()
        signs = bool(rest) and is_upper(rest) and re.match(r"(?:t\s?[ulm]|k\s?t|q)\W", fold(rest))
        below = folded[line_end:] if not rest or signs else folded[match.end() :]
        if (signs or not rest or ":" in match.group()) and _LIST_BELOW.match(below):
            return Mark(match.start(), match.end())
    return None


def is_appendix(row: Row) -> bool:
    """Whether a line heads an appendix ("PHỤ LỤC I", "Mẫu số 02")."""
    match = _APPENDIX.match(row.folded)
    return bool(match) and (is_upper(row.text[: match.end() if match else 0]) or len(row.text) < 40)


def head_rows(text: str, start: int = 0, end: int | None = None) -> tuple[Row, ...]:
    """The lines in which the head of a letter may stand."""
    return rows(text, start, end)[:HEAD_ROWS]
