"""Place and day in the head of a letter (ô số 4, Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.lexicon import places
from nlp.normalise import fold
from nlp.rows import CAPITAL, SMALL, Row

_DATE = re.compile(
    r"n[gq]?[aà]y(?P<day>[^\n]{0,8}?)t?h[aáo]n[gq]\s*(?P<month>[^\n]{0,5}?)\s*n[aăe]i?m\s*(?P<year>\d{4}|[^\n]{0,5})"
    r"|,\s*(?:ngay\s*)?(?P<day2>\d{1,2})\s*[/.-]\s*(?P<month2>\d{1,2})\s*[/.-]\s*(?P<year2>\d{4})\b"
)
_PLACE = re.compile(
    rf"(?P<place>(?:Quận|Phường)\s*\d{{1,2}}|(?:(?<![{CAPITAL}{SMALL}])(?:TP|Tp|T\.P|Thành phố|Tỉnh|tỉnh|thành phố)\.?\s*)?"
    rf"(?:(?<![{CAPITAL}{SMALL}])[{CAPITAL}][{SMALL}'’]*|(?<=[{CAPITAL}])[{CAPITAL}][{SMALL}'’]+)"
    rf"(?:\s*[-– ]\s*[{CAPITAL}][{SMALL}'’]+)*)\s*[,.;:]?\s*$"
)
_ALONE = re.compile(rf"\W*(?P<place>[{CAPITAL}][{SMALL}'’]+(?:[- ][{CAPITAL}][{SMALL}'’]+){{0,3}})\s*,\s*")
""" "Thọ Xuân," on the line above "ngày … tháng … năm …", as pages made from tables break it."""
_HOUR = re.compile(
    r"\s*[,.;]\s*\b(?:(?:vào\s+)?(?:hồi|lúc)\s+)?\d{1,2}\s*(?:giờ|g|h)\s*(?:\d{1,2}\s*(?:phút|p|')?)?,?\s*$",
    re.IGNORECASE,
)
"""The hour between place and day on a công điện: "Hà Nội, hồi 14 giờ 30 ngày …"."""


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


def find_date(text: str, head: tuple[Row, ...]) -> DateMark | None:
    """The first line of place and date in the head."""
    for index, row in enumerate(head):
        for match in _DATE.finditer(row.folded):
            above = _ALONE.fullmatch(head[index - 1].text) if index and not match.start() else None
            if above and match["year"]:
                top = head[index - 1].start + above.start("place")
                day, month = (match["day"] or "").strip(), (match["month"] or "").strip()
                return DateMark(top, row.start + match.end(), above["place"], top, day, month, match["year"] or "")
            before = _HOUR.sub(", ", row.text[: match.start()])
            place = _PLACE.search(before)
            comma = bool(re.search(r"[,.;:]\s*$", before)) or match["year2"] is not None
            if match["year2"] and not place:
                continue
            if match.start() > 3 and not place and not comma:
                continue  # a date inside a sentence
            if place and not comma and fold(place["place"]) not in places():
                continue
            name, at = _place_name(place["place"], place.start("place"), in_word=_in_word(row.text, place.start("place"))) if place else (None, match.start())
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


def _in_word(line: str, at: int) -> bool:
    return at > 0 and line[at - 1].isalpha()


def _place_name(printed: str, start: int, *, in_word: bool) -> tuple[str, int]:
    """The place without capitalised words of another column before it, where the list knows its end."""
    if re.match(r"(?:tp|t\.p|thanh pho|tinh)\b", fold(printed)):
        return printed, start
    if in_word and " " in printed:  # "…/CT-TTr Gia Bình": the end of the symbol before it
        cut = printed.index(" ") + 1
        printed, start = printed[cut:], start + cut
    words = printed.split(" ")
    for skip in range(len(words)):
        rest = " ".join(words[skip:])
        if fold(rest.replace("–", "-")) in places():
            return rest, start + len(printed) - len(rest)
    return printed, start
