"""The head of a letter: type, number, symbol, issuer, place, day, subject, urgency, secrecy.

Layout and wording follow Nghị định 30/2020/NĐ-CP, Phụ lục I, and older rules.
Numbers and days written by hand are often misread: what is not plausible stays
unknown, because a wrong number is worse than none. What is inferred or mended
says so in the rule of its evidence.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from ingest.language.spelling import in_case
from nlp.dateline import DateMark, find_date
from nlp.issuer import read_issuer
from nlp.lexicon import bodies_by_code, bodies_by_symbol, kind_codes, lines
from nlp.mending import mend
from nlp.misread import repair_dates
from nlp.names import mend_place, sentence_case
from nlp.normalise import fold, plain_tone
from nlp.ownnumber import HAND, read_number
from nlp.rows import CAPITAL, SMALL, Row, is_upper, rows
from nlp.types import Evidence, Field, Handwritten, Header

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.reading import Text
    from nlp.sections import Sections

_CAPITALS_FIRST = re.compile(rf"(?:[{CAPITAL}]{{2,}}[,\s–-]+){{2,}}(?=\S*[{SMALL}])")
_DAY_BESIDE = re.compile(
    r"[ .:,*-]*(?:(?:khan|hoa toc|thuong khan|khan cap)\b\W*)?(?:\n? *cua (?:(?!ngay |\bve ).){3,80}?)?(?:\s*so\W{0,2}\S+)?"
    r"(?:[,\s]*(?:hoi|luc) [^\n]{4,22}?)?[,\s(]*ngay (?P<day>\d{1,2})(?:[-/.]| thang )(?P<month>\d{1,2})(?:[-/.]| nam )"
    r"(?P<year>(?:19|20)\d\d)\b"
)
_PARTED_NUMBER = re.compile(r"(?<=[Ss]ố )(\d{1,2}) (\d{1,2})(?=/(?:19|20)\d\d/)")
""" "Nghị định số 1 18/2021/NĐ-CP": a figure that stands apart."""
_DAY_LISTED = re.compile(
    r"^ngay (?:ban hanh|van ban|ky)\s*:?\s*(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>(?:19|20)\d\d)$",
    re.MULTILINE,
)
_SIGNED_AT = re.compile(
    r"(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>(?:19|20)\d\d)\s+\d{1,2}:\d\d(?::\d\d)?"
)
_URGENCY = {"hoa toc": "hỏa tốc", "thuong khan": "thượng khẩn", "khan": "khẩn"}
_SECRECY = {"tuyet mat": "tuyệt mật", "toi mat": "tối mật", "mat": "mật"}
_CODES_OVER_ABOUT = frozenset({"QĐ", "NQ", "TTr", "CTr", "QyĐ", "TTLT"})
"""Type codes that are no body's abbreviation, so they decide even where "V/v" stands."""


def read_header(text: Text, sections: Sections) -> Header:
    """All fields of the head."""
    if not sections.is_dispatch:
        return Header(kind=Field("khác", Evidence(0, 0, "header.no-letter-marks", 0.8)))
    issuer, parent = read_issuer(text, sections)
    kind = _kind(sections, issuer.value if issuer else "")
    symbol = _symbol(text, sections, kind.value, issuer.value if issuer else "")
    if issuer is None and symbol is not None:
        issuer = _issuer_of_symbol(symbol)
    head = rows(text.text, 0, sections.body.start)
    return Header(
        kind=kind,
        number=read_number(text, sections),
        symbol=symbol,
        issuer=issuer,
        parent_body=parent,
        place=_place(sections.date or _closing_date(text, sections)),
        issued_on=_issued_on(text, sections),
        subject=_subject(sections),
        urgency=_stamped(text, head, sections, _URGENCY, "header.urgency"),
        secrecy=_stamped(text, head, sections, _SECRECY, "header.secrecy"),
    )


def header_warnings(
    text: Text, sections: Sections, header: Header, handwritten: Sequence[Handwritten] = ()
) -> tuple[str, ...]:
    """What a person should look at: fields not read, with what hints at them."""
    if not sections.is_dispatch:
        return ()
    by_hand = {each.field for each in handwritten}
    # That a field is to be entered stands in the review; here, what speaks against what was read.
    found = [each.reason for each in handwritten if each.against]
    if sections.number and sections.number.number and header.number is None and "number" not in by_hand:
        found.append(f"số văn bản đọc được là “{sections.number.number}”, không chắc chắn – cần nhập")
    if header.issued_on is None:
        signed = signed_on(text)
        if signed:
            found.append(f"chưa đọc được ngày văn bản; chữ ký số ghi ngày {signed:%d/%m/%Y}")
    return tuple(found)


def probable_date(text: Text, sections: Sections, header: Header) -> date | None:
    """The day to reckon from where deadlines lack a year: the letter's day, else the signing day,
    else the last day of the month that is readable."""
    if header.issued_on:
        return date.fromisoformat(header.issued_on.value)
    signed = signed_on(text)
    if signed:
        return signed
    mark = sections.date
    if mark and mark.year.isdecimal() and mark.month.isdecimal() and 1 <= int(mark.month) <= 12:
        return date(int(mark.year), int(mark.month), 1) if 1945 <= int(mark.year) <= 2100 else None
    return None


def signed_on(text: Text) -> date | None:
    """The day of the first digital signature whose time is readable in the text or on the pages."""
    return next(iter(signing_days(text)), None)


def signing_days(text: Text) -> tuple[date, ...]:
    """The days of all digital signatures whose time is readable, those in the text first."""
    numbers = set(text.page_numbers)
    places = [text.text, *(m.text for page in text.pages if page.number in numbers for m in page.marks)]
    found = (_day(m["day"], m["month"], m["year"]) for place in places for m in _SIGNED_AT.finditer(place))
    return tuple(day for day in found if day)


def _kind(sections: Sections, issuer: str) -> Field:
    if sections.title:
        return Field(
            sections.title.value, Evidence(sections.title.start, sections.title.end, "header.kind.title")
        )
    number = sections.number
    if number and number.symbol:
        first = re.split(r"[-/]", number.symbol)[0].strip()
        if re.fullmatch(r"QH\d{1,2}", first):
            return Field("luật", Evidence(number.symbol_start, number.end, "header.kind.code", 0.8))
        name = kind_codes().get(first)
        own_name = fold(issuer).startswith(bodies_by_code().get(first, ("?",)))  # "TTr" of a Thanh tra is no "Tờ trình"
        if name and not own_name and (sections.about is None or first in _CODES_OVER_ABOUT):
            return Field(name, Evidence(number.symbol_start, number.end, "header.kind.code", 0.8))
    return Field("công văn", Evidence(0, 0, "header.kind.no-title", 0.9))


def _symbol(text: Text, sections: Sections, kind: str, issuer: str) -> Field | None:
    mark = sections.number
    if mark is None or not mark.symbol:
        return None
    printed = re.sub(r"\s*[-–]\s*", "-", mark.symbol)
    printed = re.sub(r"(?<!Vụ)(?<!Ban)(?<!Phòng)(?<!Tổ) ", "", printed)
    if sum(char.isupper() for char in printed) < 2:
        return None
    groups = re.split(r"([-/])", printed)
    mended = [
        group if group in "-/" else _mend_group(group, i == 0, kind, issuer) for i, group in enumerate(groups)
    ]
    value = "".join(mended)
    rule, confidence = ("header.symbol", 0.97) if value == printed else ("header.symbol.mended", 0.7)
    unit = _unit_of_archive(text, sections)
    if unit and len(groups) >= 3 and groups[-1] not in unit and kind == "công văn":
        near = [name for name in unit if _one_off(mended[-1], name)]
        if len(near) == 1:
            value = "".join([*mended[:-1], near[0]])
            rule, confidence = "header.symbol.mended-by-archive-line", 0.6
    return Field(value, Evidence(mark.symbol_start, mark.end, rule, confidence))


def _mend_group(group: str, first: bool, kind: str, issuer: str) -> str:
    """A part of the symbol with its Đ and case as they are written, where only these differ."""
    codes = [code for code, name in kind_codes().items() if name == kind]
    if first and kind != "công văn":
        for code in codes:
            if fold(code) == fold(group) or (group not in kind_codes() and len(code) > 2 and group in (code[1:], code[:-1])):
                return code  # "Tr-LĐTBXH" under TỜ TRÌNH: a letter was not read
    if group in bodies_by_symbol() or group in kind_codes():
        return group
    as_t = group.replace("I", "T")
    if as_t != group and (as_t in bodies_by_symbol() or (first and as_t in kind_codes())):
        return as_t  # "QĐ-BIC", "ICT-HTQT"
    if fold(issuer).startswith("thu tuong") and fold(group)[:2] in ("tt", "tg") and len(group) <= 3:
        return "TTg"
    for known in (*bodies_by_symbol(), "UBND", "HĐND", "ĐĐBQH"):
        if len(known) > 3 and fold(known) == fold(group):
            return known
    return group


def _one_off(a: str, b: str) -> bool:
    return len(a) == len(b) >= 4 and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _unit_of_archive(text: Text, sections: Sections) -> frozenset[str]:
    """The abbreviations in "Lưu: VT, <unit>" of the letter itself."""
    if sections.recipients is None:
        return frozenset()
    for row in rows(text.text, *sections.recipients):
        if re.match(r"\W*luu\b", row.folded):
            return frozenset(re.findall(r"[A-ZĐ][A-ZĐ&]{2,}", row.text))
    return frozenset()


def _issuer_of_symbol(symbol: Field) -> Field | None:
    """The body whose abbreviation stands in the symbol; of the whole country only."""
    for group in re.split(r"[-/]", symbol.value):
        name = bodies_by_symbol().get(group)
        if name:
            return Field(
                name, Evidence(symbol.evidence.start, symbol.evidence.end, "header.issuer.from-symbol", 0.7)
            )
    return None


def _place(mark: DateMark | None) -> Field | None:
    if mark is None or not mark.place:
        return None
    value, mended = mend_place(" ".join(mark.place.split()))
    rule = "header.place.mended" if mended else "header.place"
    return Field(
        value, Evidence(mark.place_start, mark.place_start + len(mark.place), rule, 0.8 if mended else 0.97)
    )


def _day(day: str, month: str, year: str) -> date | None:
    if not (day.isdecimal() and month.isdecimal() and year.isdecimal()):
        return None
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if 1945 <= found.year <= 2100 else None


def _issued_on(text: Text, sections: Sections) -> Field | None:
    mark = sections.date or _date_beside(text, sections) or _closing_date(text, sections)
    if mark is None:
        return None
    day, month, year = mark.day.strip(" ._…"), mark.month.strip(" ._…"), mark.year
    found = _day(day, month, year)
    confidence = text.confidence(mark.start, mark.end)
    rule = "header.date"
    # A day without one figure that was read is handwriting: nothing is to be made of it.
    hand = not any(char.isdecimal() for char in day)
    if found is None and not hand and (mended := repair_dates(f"{day}/{month}/{year}")).spans:
        found = _day(*mended.text.split("/"))
        rule, confidence = "header.date.repaired", min(confidence, 0.7)
    if found is None and not any(char.isalnum() for char in day):
        # The day was left blank: the digital signature of that month gives it.
        signed = signed_on(text)
        if signed and month.isdecimal() and (str(signed.year), signed.month) == (year, int(month)):
            found, rule, confidence = signed, "header.date.signature", min(confidence, 0.65)
    if found is None or confidence < HAND / 2:
        return None
    return Field(found.isoformat(), Evidence(mark.start, mark.end, rule, min(0.97, confidence)))


def _date_beside(text: Text, sections: Sections) -> DateMark | None:
    """The day right behind the number or the type name: "CHỈ THỊ SỐ 10/CT-UB NGÀY 3-4-1992", "Thông báo khẩn ngày …"."""
    for mark in (sections.title, sections.number):
        if mark is None:
            continue
        found = _DAY_BESIDE.match(fold(text.text[mark.end : mark.end + 160]))
        if found:
            at = mark.end + found.start("day")
            return DateMark(at, mark.end + found.end(), None, at, found["day"], found["month"], found["year"])
    listed = _DAY_LISTED.search(fold(text.text[: sections.body.start]))
    if listed:
        return DateMark(*listed.span(), None, listed.start(), listed["day"], listed["month"], listed["year"])
    return None


def _closing_date(text: Text, sections: Sections) -> DateMark | None:
    """Place and day above the signature, where older letters and minutes have them."""
    start = max(sections.body.start, sections.body.end - 200)
    end = sections.tail.end if sections.tail else sections.body.end
    last = [row for row in rows(text.text, start, end) if len(row.text) < 80]
    found = find_date(text.text, tuple(last))
    alone = found is not None and not text.text[text.text.rfind("\n", 0, found.start) + 1 : found.start].strip()
    return found if alone else None


def _subject(sections: Sections) -> Field | None:
    mark = sections.about
    if mark is None or not mark.value:
        return None
    value = _unquoted(mark.value.strip(" .:;,-–*_|"))
    printed = value
    value = _PARTED_NUMBER.sub(r"\1\2", mend(_mend_opening(value)))
    mended = value != printed
    capitals = None if is_upper(value) else _CAPITALS_FIRST.match(value)
    if is_upper(value) and len(value) > 8:
        value = sentence_case(value)
    elif capitals and len(capitals.group()) > 8:
        value = f"{sentence_case(capitals.group())} {value[capitals.end() :]}".strip()
    if sum(char.isalpha() for char in value) < 6:
        return None
    rule = "header.subject.mended" if mended else "header.subject"
    return Field(value, Evidence(mark.start, mark.end, rule, 0.8 if mended else 0.95))


def _unquoted(subject: str) -> str:
    """The subject without a closing quote or bracket that was opened before "V/v"."""
    for opening, closing in (("“", "”"), ("(", ")"), ('"', '"')):
        unmatched = (
            subject.count(closing) % 2
            if opening == closing
            else subject.count(closing) > subject.count(opening)
        )
        if unmatched and subject.endswith(closing):
            subject = subject[:-1].rstrip(" .:;,-–")
    return subject


def _mend_opening(subject: str) -> str:
    """The first words of a subject with their diacritics, where reading swapped them ("đơn độc" for "đôn đốc")."""
    folded = fold(subject)
    for opening in lines("subject_openings.txt"):
        size = len(opening)
        if folded.startswith(fold(opening) + " ") and plain_tone(subject[:size].lower()) != plain_tone(
            opening
        ):
            return in_case(opening, subject[:size]) + subject[size:]
    return subject


def _stamped(
    text: Text, head: tuple[Row, ...], sections: Sections, words: dict[str, str], rule: str
) -> Field | None:
    """An urgency or secrecy stamp: its word in capitals alone on a line, after the type name, or on a mark."""
    for row in head:
        bare = re.sub(r"[^\w\s]", " ", row.text)
        bare = " ".join(bare.split())
        after_title = (
            sections.title is not None
            and row.start <= sections.title.start < row.end
            and _word_behind(text.text[sections.title.end : row.end]) in words
        )
        if after_title and sections.title:
            key = _word_behind(text.text[sections.title.end : row.end])
            return Field(words[key], Evidence(sections.title.end, row.end, rule, 0.95))
        if is_upper(bare) and fold(bare) in words and _right_marks(bare, words[fold(bare)]):
            return Field(words[fold(bare)], Evidence(row.start, row.end, rule, 0.95))
        if bare[:1].isupper() and bare.lower() in words.values():  # "Khẩn", typed below the number
            return Field(bare.lower(), Evidence(row.start, row.end, rule, 0.9))
    first = text.page_of(0)
    for page in text.pages:
        for mark in page.marks if page.number == first else ():
            for line in mark.text.splitlines():
                bare = " ".join(re.sub(r"[^\w\s]", " ", line).split())
                if is_upper(bare) and fold(bare) in words and _right_marks(bare, words[fold(bare)]):
                    return Field(words[fold(bare)], Evidence(0, 0, rule + ".mark", 0.9 * mark.confidence))
    return None


def _word_behind(rest: str) -> str:
    """What follows a type name, without a day behind it: "KHẨN", "(hỏa tốc)", "Khẩn ngày 18/10/2020"."""
    return re.sub(r"\W*\bngay \d.*", "", fold(rest)).strip(" :.,-()")


def _right_marks(printed: str, word: str) -> bool:
    """One short word must have its own diacritics or none: "MẬT" or "MAT", never "MẶT"."""
    low = plain_tone(printed.lower())
    return len(word) > 4 or low in (word, fold(word))
