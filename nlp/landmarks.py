"""Finders of the fixed marks of a letter's layout (ô số, Nghị định 30/2020/NĐ-CP, Phụ lục I).

Each finder gives the span of one mark in the text or None. They work on lines
as a scan gives them: the two columns of the head may be flattened into one
line, words may be glued, diacritics lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from nlp.lexicon import kinds
from nlp.normalise import fold, is_syllable
from nlp.rows import CAPITAL, SMALL, Row, is_upper, rows

HEAD_ROWS = 45
"""Within how many lines the head of a letter is looked for."""

_COUNTRY = re.compile(
    r"c[o0]n[gc]\s*h[o0]\w{0,2}\W*x\w\s*(?:h\w?i|\W)|chu\s*nghia\s*vi[ec]t\s*na|[d0]ang\s+cong\s+san\s+viet"
)
_MOTTO = re.compile(r"\bd\wc\s*l\w?p\W+t\w\s*d\w|\w\w\s*do\W+hanh\s*ph\w?c")
_PAGE_TIME = re.compile(r"\W*\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\W+\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?\W*")
"""The time at which a page was put up, alone on its line."""
BOX_WIDTH = 200
"""Characters; the lines of a signature's box are shorter."""
_SIGNATURE_BOX = re.compile(
    r"\b(?:ky boi|nguoi ky|thoi gian ky|ngay ky|emai[lt]|co quan)\s*:|\S@\S|\d\d:\d\d:\d\d"
    r"|^\W*\+0?7[:.]?00\W*$|signature|digitally signed|signed by|\.gov\.vn\b"
)
_ABOUT = re.compile(
    r"(?:^|(?<=[\s(“\"]))(?:trich yeu(?: noi dung)?\s*:\s*)?(?:[vy]\s*[/il|!]\s?[vy]\b|vv\b(?=\s+[a-z])|vwv?\b(?=\s+[a-z])|ve ?viec\b|(?<=yeu: )|(?<=dung: ))\s*[:.]?\s*"
)
_HALF_ABOUT = re.compile(r"\W{0,2}V/\s+(?=\w\w)")
""" "V/v" whose second letter the reading lost, at the start of a line."""
_PLAIN_ABOUT = re.compile(r"[(“\"]?(?:Về|VỀ)(?:\s*:\s*|\s+)(?=\w)")
_ADDRESS = re.compile(r"\bk[il1]n[hk]\W{0,2}\w{0,2}[uo]\w?\s*[:;]|^\W*kinh gui\b|^\W*n?g[uo]i\s*:")
_SENT_TO = re.compile(r"\W{0,3}(?P<word>[a-z]{3,5})\W?\s+gui\s*:\s*(?=\w)")
""" "Kính" misread as what is no syllable: "Site gửi: Sở Y tế"."""
_RECIPIENTS = re.compile(
    r"\bn\s?[o0]\s?[il1]\s+n\s?h\s?a\s?[nm]\b\s*[:;.]?|(?:^|(?<=\n))noi gui\s*:|(?:^|(?<=\n))[^\w\n]{0,2}n?o?[il1]\s+n?h?a[nm]\b\s*:"
)
_RECIPIENTS_MISREAD = re.compile(
    r"(?:^|(?<=\n))[^\w\n]{0,3}(?:\w{1,2}\s)?[\w/]{0,2}?o[il1j]\s?n?h?a[nm]?"
    r"[\u02b0-\u02ff]?(?![^\W\d_])[^\w\n]{0,3}"
)
"""The label with its first letters lost or wrong ("ơi nhận;", "Mơi nhận:", "JNơi nhận"): trusted only by what follows."""
_LIST_BELOW = re.compile(r"\s*\n?\s*(?:[-–—•*+~]\s*\w|nhu (?:tren|dieu|kinh gui)\b)")
_AS_ABOVE = re.compile(r"[-–—+*]\s*nhu (?:tren|kinh gui|dieu \d)\W")
_ARCHIVED = re.compile(r"(?:^|[;.]\s*)[-–—+*]\s*luu\b")
_APPENDIX = re.compile(
    r"(?:phu luc|bieu mau|bieu so|mau so|mau bieu)\b(?:\s*(?:so)?\s*[\divx]+[a-d]?)?\W*(?:$|[:.(-])|(?:phu luc)\s*$"
)


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


_BETWEEN = re.compile(r"(?:viet\s*nam)\W+(?P<between>\w.*?)\W+(?=d\wc\s*l\w?p\W+t\w\s*d\w)")


def between_title_and_motto(row: Row) -> tuple[int, int] | None:
    """What stands between the national title and the motto where the whole head is one line: the left column's second line."""
    country = _COUNTRY.search(row.folded)
    match = _BETWEEN.search(row.folded, country.start()) if country else None
    return (row.start + match.start("between"), row.start + match.end("between")) if match else None


def is_country(row: Row) -> bool:
    """Whether a line holds Quốc hiệu, or the party's title that stands in its place."""
    return bool(_COUNTRY.search(row.folded))


def is_signature_box(row: Row) -> bool:
    """Whether a line is text of a digital signature's box (signer, mail address, time)."""
    return len(row.text) < BOX_WIDTH and bool(_SIGNATURE_BOX.search(row.folded))


def is_page_time(row: Row) -> bool:
    """Whether a line is the day and hour at which a page was put up ("8/24/2011 9:49:07 AM")."""
    return bool(_PAGE_TIME.fullmatch(row.folded))


def find_plain_about(row: Row) -> Mark | None:
    """A line that opens with "Về" alone: a subject only where it stands between number and "Kính gửi"."""
    match = _PLAIN_ABOUT.match(row.text)
    return Mark(row.start, row.start + match.end()) if match else None


def find_about(row: Row) -> Mark | None:
    """ "V/v" or "Về việc" in a line of the head; the mark ends where the subject begins."""
    match = _ABOUT.search(row.folded) or _HALF_ABOUT.match(row.text)
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
        if re.match(r"\s+(?:Đ[EÉÈÊẾỀ]N|đến)\b", after) or re.match(r"\s*[/\d]", after):
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
        broken = _SENT_TO.match(row.folded)
        word = row.text[slice(*broken.span("word"))] if broken else ""
        if broken is None or is_syllable(word) or not word[:1].isupper():
            return None
        return Mark(row.start + broken.start("word"), row.start + broken.end())
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
    end = len(text) if end is None else end
    return run_in or _misread_recipients(text, start, end) or _unlabelled_recipients(text, start, end)


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


def _unlabelled_recipients(text: str, start: int, end: int) -> Mark | None:
    """A list from "- Như trên" to "- Lưu …" whose label is lost: an empty mark at its first entry."""
    lines = rows(text, start, end)
    for index, row in enumerate(lines):
        if index and lines[index - 1].text.endswith(":"):
            continue  # a list with another label
        if _AS_ABOVE.match(row.folded) and any(
            _ARCHIVED.search(below.folded) for below in lines[index : index + 20]
        ):
            return Mark(row.start, row.start)
    return None


def is_appendix(row: Row) -> bool:
    """Whether a line heads an appendix ("PHỤ LỤC I", "Mẫu số 02")."""
    match = _APPENDIX.match(row.folded)
    return bool(match) and (is_upper(row.text[: match.end() if match else 0]) or len(row.text) < 40)


def head_rows(text: str, start: int = 0, end: int | None = None) -> tuple[Row, ...]:
    """The lines in which the head of a letter may stand."""
    return rows(text, start, end)[:HEAD_ROWS]
