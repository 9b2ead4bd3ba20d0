"""The issuing body and the body above it (ô số 2, Nghị định 30/2020/NĐ-CP, Phụ lục I).

They stand in capitals at the top left, the parent above; scans flatten the
national title of the right column into the same lines. Where the head is
missing, the signature's "TM. …" names the body.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from nlp.genre import begins_as_body
from nlp.landmarks import between_title_and_motto, is_country, is_signature_box, motto_start
from nlp.lexicon import places, toml
from nlp.names import known_body, near_body, ordinary
from nlp.normalise import fold, is_syllable, plain_tone
from nlp.rows import CAPITAL, SMALL, Row, is_upper, rows
from nlp.signature import read_signer
from nlp.stamps import is_arrival
from nlp.types import Evidence, Field

if TYPE_CHECKING:
    from nlp.reading import Text
    from nlp.sections import Sections

_STAMPS = re.compile(
    r"^\W*(?:hoa toc|thuong khan|khan|mat|toi mat|tuyet mat|den|cong van den|du thao.*|sao y.*|ban sao|sao luc|trich sao)\W*$"
)
_OPEN = re.compile(r"(?:[-–,&]|\b(?:và|của|các|thuộc|VÀ|CỦA|CÁC|THUỘC))$")
_UNDER_AUTHORITY = re.compile(r"\W*can cu\b|\W*dien\s*:")
_SPEAKER = re.compile(
    rf"(?:^|(?<=[,;.] ))(?P<name>[{CAPITAL}][^,;.:()\d]{{3,60}}?) (?:có ý kiến|đề nghị|yêu cầu|thông báo|tổ chức cuộc họp)\b"
)
_OFFICE = re.compile(
    r"^(?:BỘ TRƯỞNG|CHỦ TỊCH|GIÁM ĐỐC|TỔNG CỤC TRƯỞNG|CỤC TRƯỞNG|TRƯỞNG BAN|TỔNG GIÁM ĐỐC)\s+"
)
"""The office of who decides, before the name of the body."""
_OWN_TERRITORY = re.compile(
    rf"\b(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn) [{CAPITAL}][{SMALL}]+"
)
_LEVEL = re.compile(
    r"(?:UBND|Ủy ban nhân dân)\s+(?P<level>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)"
    rf"(?P<name>(?: [{CAPITAL}][{SMALL}]+)*)"
)


def read_issuer(text: Text, sections: Sections) -> tuple[Field | None, Field | None]:
    """Issuer and parent body in ordinary capitalisation."""
    if sections.issuer is not None:
        told = sections.issuer
        return Field(told.value, Evidence(told.start, told.end, "header.issuer.told", 0.8)), None
    names = _bodies(_column(text.text, sections))
    authority = _authority(text.text, sections)
    if names and len(names) == 1 and authority and _completes(authority[0], names[0][0]):
        return _field(authority, "header.issuer"), None
    if not names and authority:
        return _field(authority, "header.issuer"), None
    if names:
        department = _department(text.text, sections) if len(names) == 1 else None
        if department and re.match(r"(?:ubnd|uy ban nhan dan)\b", fold(names[0][0])):
            return department, _field(names[0], "header.parent-body")
        issuer = _field(names[-1], "header.issuer")
        parent = _field(names[-2], "header.parent-body") if len(names) > 1 else None
        return issuer, parent
    named = _sender(text.text, sections) or _from_signature(text, sections) or _department(text.text, sections)
    if named is None and sections.number is None:
        named = _speaker(text.text, sections) or _signing_body(text.text, sections)
    return named, None


def _authority(text: str, sections: Sections) -> tuple[str, int, int] | None:
    """The body in capitals over the grounds of a decision ("ỦY BAN NHÂN DÂN TỈNH X" / "Căn cứ …"), or over "Điện:"."""
    starts = [mark.start for mark in (sections.number, sections.title, sections.about) if mark is not None]
    lines = rows(text, min(starts, default=len(text)))[:16]
    under = next((i for i, row in enumerate(lines) if _UNDER_AUTHORITY.match(row.folded)), 0)
    for size in (1, 2, 3):
        found = lines[max(0, under - size) : under]
        if len(found) < size or not is_upper(found[0].text) or is_country(found[0]):
            return None
        words = _OFFICE.sub("", " ".join(row.text for row in found).strip(" ,:"))
        if begins_as_body(fold(words)):
            bare = any(fold(words) == fold(name) for name in toml("issuers.toml")["alone"])
            return None if bare else (words, found[0].start, found[-1].end)
    return None


_SENDS = re.compile(r"[*_]*(?P<who>[^\n:*]{6,90}?)\s+(?:ĐIỆN|[Đđ]iện)\s*:")


def _sender(text: str, sections: Sections) -> Field | None:
    """Who sends a telegram, in capitals before "ĐIỆN:" on the line that opens its addressees."""
    if sections.title is None or sections.title.value != "công điện":
        return None
    for row in rows(text, sections.title.end, sections.body.start)[:4]:
        sends = _SENDS.match(row.text)
        words = _OFFICE.sub("", sends["who"].strip(" ,")) if sends else ""
        if words and is_upper(words) and begins_as_body(fold(words)):
            return _field((words, row.start, row.start + sends.end("who") if sends else row.end), "header.issuer")
    return None


def _signing_body(text: str, sections: Sections) -> Field | None:
    """The body that alone stands in capitals under a page's text, no person being named: "PHÒNG GD&ĐT HUYỆN X"."""
    below = rows(text, max(sections.body.start, len(text) - 400))[-4:]
    closed = [row for above, row in pairwise(below) if row.gap or above.text.endswith(".")]
    named = [row for row in closed if is_upper(row.text) and begins_as_body(row.folded) and 12 < len(row.text) < 80]
    return _field((named[-1].text.strip(" .,:"), named[-1].start, named[-1].end), "header.issuer.signs") if len(named) == 1 else None


def _completes(authority: str, name: str) -> bool:
    """Whether the body over the grounds is the head's, with the territory that the head has lost."""
    alone = (fold(each) for each in toml("issuers.toml")["alone"])
    return fold(name) in alone and fold(authority).startswith(fold(name) + " ")


def _speaker(text: str, sections: Sections) -> Field | None:
    """The body that speaks in a letter without a head: "Sở Y tế đề nghị các đơn vị …"; only a full name counts."""
    for row in rows(text, sections.body.start, sections.body.end)[:8]:
        for match in _SPEAKER.finditer(row.text):
            name = match["name"]
            whole = known_body(name) or any(
                fold(name).endswith(" " + fold(field)) for field in toml("issuers.toml")["fields"]
            )
            if begins_as_body(fold(name)) and (whole or _OWN_TERRITORY.search(name)):
                at = row.start + match.start("name")
                return Field(name, Evidence(at, at + len(name), "header.issuer.from-speaker", 0.6))
    return None


def _field(name: tuple[str, int, int], rule: str) -> Field:
    value = ordinary(name[0])
    mended = fold(value) == fold(name[0]) and plain_tone(value.lower()) != plain_tone(name[0].lower())
    return Field(
        value, Evidence(name[1], name[2], rule + (".mended" if mended else ""), 0.8 if mended else 0.95)
    )


def _department(text: str, sections: Sections) -> Field | None:
    """The department (Sở) whose initials stand in the symbol and which the letter itself names.

    For heads of which only the upper line is left: "UBND TỈNH …" with "283/SXD-QLN" and "Sở Xây dựng hướng dẫn".
    """
    mark = sections.number
    if mark is None:
        return None
    groups = {fold(group).replace("&", "") for group in re.split(r"[-/]", mark.symbol)}
    for name in toml("issuers.toml")["fields"]:
        initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", fold(name)) if word != "va")
        if "s" + initials in groups and re.search(rf"\bso {re.escape(fold(name))}\b", fold(text)):
            return Field(
                f"Sở {name}", Evidence(mark.symbol_start, mark.end, "header.issuer.from-symbol", 0.7)
            )
    return None


def _column(text: str, sections: Sections) -> list[tuple[str, int, int]]:
    """The left column above the number: lines in capitals without the national title."""
    stops = [
        mark.start
        for mark in (sections.number, sections.date, sections.title, sections.about, sections.addressees)
        if mark is not None
    ]
    limit = min(stops, default=0)
    lines = list(rows(text, 0, limit))
    box = max((i for i, row in enumerate(lines[:25]) if is_signature_box(row)), default=-1)
    lines = lines[box + 1 :]
    country = next((i for i, row in enumerate(lines) if is_country(row)), None)
    if country is not None:
        lines = lines[_first_line(lines, country) :]
    found: list[tuple[str, int, int]] = []
    country = next((i for i, row in enumerate(lines) if is_country(row)), 0)
    for place, row in enumerate(lines):
        if place < country and is_arrival(row):
            found.clear()  # the stamp of another office above the letter's head
            continue
        if found and not _any_column(row):
            break  # noise under the head: what follows is a stamp or a seal
        stop = motto_start(row)
        end = stop if stop is not None else row.end
        parts = [(row.start, end), between] if (between := between_title_and_motto(row)) else [(row.start, end)]
        for first, last in parts:
            words = _clean(text[first:last])
            if not words or _STAMPS.match(fold(words)) or not is_upper(words) or not _readable(words):
                continue
            found.append((words, text.index(words[0], first), last))
    return found


def _any_column(row: Row) -> bool:
    """Whether a line is a body's name, the national title, or no more than a rule."""
    letters = sum(char.isalpha() for char in row.text)
    return letters < 4 or motto_start(row) is not None or is_upper(row.text)


def _first_line(lines: list[Row], country: int) -> int:
    """Where the head begins: text of seals and stamps above the national title is left out.

    Where issuer and national title share a line, a gap above parts the head from what is no part of it.
    """
    stop = motto_start(lines[country])
    shared = stop is not None and len(_clean(lines[country].text[: stop - lines[country].start])) > 4
    if not shared:
        return 0
    first = country
    while first > 0:
        if lines[first].gap:
            break
        above = lines[first - 1]
        if not is_upper(above.text) or not _readable(_clean(above.text)):
            break
        first -= 1
    return first


def _clean(text: str) -> str:
    text = re.sub(r"[-–—_=*|.]{2,}|[|*_«»<>~^]+|^\W+|[^\w)]+$", " ", text)
    return " ".join(text.split())


def _readable(words: str) -> bool:
    parts = [part for part in re.split(r"[\s,–-]+", words) if part]
    good = [
        part
        for part in parts
        if is_syllable(part) or re.fullmatch(r"[A-ZĐ&ƯÔ]{2,}", part) or fold(part) in _place_words()
    ]
    return len(good) * 3 >= len(parts) * 2 and any(len(part) >= 2 for part in parts)


@cache
def _place_words() -> frozenset[str]:
    """The words of place names, of which not all are Vietnamese syllables ("Đắk Lắk", "Krông")."""
    return frozenset(word for name in places() for word in re.split(r"[\s-]+", name) if len(word) > 2)


def _bodies(column: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """The column's lines joined into names: a line that begins no new body goes on with the one above."""
    data = toml("issuers.toml")
    heads = tuple(fold(head) for head in data["heads"])
    territories = tuple(fold(word) for word in data["territories"])
    alone = {fold(name) for name in data["alone"]}
    names: list[tuple[str, int, int]] = []
    for words, start, end in [part for line in column for part in _split_known(line, heads)]:
        if not begins_as_body(fold(words)) and (known := near_body(words)):
            words = known
        folded = fold(words)
        begins = any(folded == head or folded.startswith(head + " ") for head in heads)
        if names:
            last = names[-1][0]
            territory = any(folded == word or folded.startswith(word + " ") for word in territories)
            unfinished = fold(last) in alone or bool(_OPEN.search(last))
            if folded.startswith((f"{fold(last)} ", "dien luc ")) and (folded.startswith(fold(last)) or _POWER_COMPANY.match(fold(last))):
                names.append((words, start, end))
                continue
            if not begins or unfinished or (territory and fold(last) in alone):
                names[-1] = (f"{last} {words}", names[-1][1], end)
                continue
        elif not begins and not any(folded.startswith(word + " ") for word in territories):
            continue
        names.append((words, start, end))
    return names


_POWER_COMPANY = re.compile(r"(?:tong )?cong ty dien luc \w")
""" "CÔNG TY ĐIỆN LỰC X" above "ĐIỆN LỰC Y"; a name said again with more behind it ("KHO BẠC NHÀ NƯỚC", "KHO BẠC NHÀ NƯỚC X") is a body below the first."""


def _split_known(line: tuple[str, int, int], heads: tuple[str, ...]) -> list[tuple[str, int, int]]:
    """A line that holds parent and issuer ("BỘ TÀI CHÍNH TỔNG CỤC HẢI QUAN") as two, where the first is known."""
    words, start, end = line
    parts = words.split()
    for index in range(2, len(parts)):
        first, second = " ".join(parts[:index]), " ".join(parts[index:])
        if parts[0] == "BỘ" and _UNDER_MINISTRY.match(fold(second)) and parts[index - 1] not in ("VÀ", "&", "-", "–"):
            return [(first, start, start + len(first)), (second, end - len(second), end)]
        if (known_body(first) or _is_committee(first, second)) and any(fold(second).startswith(head + " ") for head in heads):
            return [(first, start, start + len(first)), (second, end - len(second), end)]
    return [line]


_UNDER_MINISTRY = re.compile(r"(?:truong (?:dai hoc|cao dang|si quan)|hoc vien|tong cuc|vien) \w")
""" "BỘ NÔNG NGHIỆP & PTNT TRƯỜNG ĐẠI HỌC X": a ministry as no list spells it, and a body under it."""
_COMMITTEE = re.compile(r"(?:ubnd|uy ban nhan dan) (?:tinh|thanh pho|tp|huyen|quan|thi xa|xa|phuong)\.?(?: [^\s,]+){1,3}")
_UNDER_IT = re.compile(r"(?:so|phong|chi cuc|thanh tra|van phong|trung tam) \w")


def _is_committee(first: str, second: str) -> bool:
    """Whether a line holds a people's committee and an office under it: "UBND TỈNH BÌNH LÂM SỞ NỘI VỤ"."""
    above, below = fold(first), fold(second)
    return bool(_COMMITTEE.fullmatch(above) and _UNDER_IT.match(below)) and not (above.endswith(" hai") and below.startswith("phong"))


def _from_signature(text: Text, sections: Sections) -> Field | None:
    """The collective body in "TM. ỦY BAN NHÂN DÂN", with the level the letter itself names."""
    signer = read_signer(text, sections)
    if signer is None or not signer.authority or not signer.authority.startswith("TM. ") or not sections.tail:
        return None
    printed = signer.authority.removeprefix("TM. ")
    name = ordinary(re.split(r" (?:KT|TL|TUQ|Q)\. ", printed)[0])
    if fold(name) in ("uy ban nhan dan", "ubnd"):
        level = _LEVEL.search(plain_tone(text.text[: sections.tail.end]))
        if level:
            name = f"Ủy ban nhân dân {level['level']}{level['name']}".strip()
    return Field(name, replace(signer.evidence, rule="header.issuer.from-signature", confidence=0.7))
