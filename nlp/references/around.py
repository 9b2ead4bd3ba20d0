"""What stands beside a citation: provisions, date, issuer, title, relation."""

from __future__ import annotations

import re

from nlp.numbers import LOWER, UPPER, fold
from nlp.references.dates import ANY_DATE, NUMERIC, Day, read_date
from nlp.references.item import JOINT, SENTENCE, YEAR_BEHIND, Item
from nlp.references.provisions import Provisions, provisions_before, provisions_behind
from nlp.references.relation import relation_before

_DATE_BEHIND = re.compile(
    r"[\s,*\"”]*(?P<open>\(\s*)?(?:va\s+)?(?:cua\s+(?P<issuer>[^,;.()\d]{2,90}?)\s*,?\s*)?"
    r"(?:(?:duoc\s+)?(?:ban\s+hanh|ky\s+ban\s+hanh|ky|phat\s+hanh|de)\s+)?"
    r"(?:(?:vao\s+)?(?:hoi|luc)\s+\d{1,2}\s*(?:gio|h|g|:)\s*(?:\d{1,2}\s*(?:phut|')?)?,?\s*)?"
    rf"(?:(?P<same>cung\s+ngay)(?!\s*\d)|(?:cung\s+)?(?:vao\s+)?(?:de\s+)?(?:n[gq]ay|ng\.)\s*(?:thang\s+)?:?\s*(?P<date>{ANY_DATE})|(?P<bare>{NUMERIC}))"
)
_NOT_THE_DATE = re.compile(
    r"\b(?:truoc|den|tu|het|han|vao|sau|nhat|muon|xong|trong|luc|hop|ke)\s*$|\b(?:truoc|cham nhat|han|ke tu|sau khi|yeu cau|de nghi|bao cao)\b"
)
_DATE_FIRST = re.compile(rf"\b(?:ngay|hom|sang|trua|chieu|toi|dem)\s+(?P<date>{ANY_DATE})")
_ISSUED = re.compile(
    r"\b(?:ban hanh|ky ban hanh|da ky|phat hanh|thong qua|da co|co|ra|nhan duoc|phe duyet|gui|da gui|trinh|ky)\b"
)
_PASSED = re.compile(
    rf"[\s,]*(?:da\s+)?(?:duoc\s+)?(?:quoc\s+hoi|uy\s+ban\s+thuong\s+vu\s+quoc\s+hoi)[^;.]{{0,90}}?(?:thong\s+qua|ban\s+hanh)\s+(?:vao\s+)?(?:ngay\s+)(?P<date>{ANY_DATE})"
)
_REPEAT = re.compile(r"[\s,]*(?:\(?da\s+)?(?:neu|dan|noi)\s+tren\b")
_TITLE = re.compile(
    r"[\s,]*(?P<about>(?:v/v|ve\s+viec|ve|quy\s+dinh(?!\s+(?:cu\s+the\s+|ro\s+|chi\s+tiet\s+)?tai\s+(?:dieu|khoan|diem)\s)|phe\s+duyet|ban\s+hanh|huong\s+dan|sua\s+doi|cong\s+bo|giao|"
    r"trien\s+khai|tang\s+cuong|thanh\s+lap|bai\s+bo|kien\s+toan)\b)"
)
_TITLE_END = re.compile(
    rf"[;:]|\(\s*(?:sau đây|gọi tắt|gọi là)|\.(?=\s|$|/)|\n\s*\n|[)”]|,(?=\s*(?:[{UPPER}]|trong đó|đề nghị|yêu cầu))|,?\s+(?=(?:và|;)\s+(?:các\s+)?[{UPPER}])"
)
_ISSUER_END = re.compile(
    r"[,;.:()\n\"“”]|\s(?=(?:về|v/v|phê duyệt|quy định|ban hành|hướng dẫn|sửa đổi|công bố|giao|triển khai|thông qua|và|tại|"
    r"ngày|đề nghị|yêu cầu|nhằm|đã|được|thì|là|có|theo|trong|để|khi|thay thế|trước|sau|đến|từ|hoặc|gửi|kèm|nêu)\b)"
)
_ISSUER = re.compile(rf"[\s,]*của\s+(?=[{UPPER}{LOWER}])")
_MOST_TITLE = 320


def look_around(text: str, folded: str, items: list[Item]) -> None:
    """Read dates, issuers, titles, provisions and relations from beside each citation."""
    for index, item in enumerate(items):
        before = items[index - 1] if index else None
        after = items[index + 1].start if index + 1 < len(items) else len(text)
        floor = before.end if before else 0
        if not (item.listed and item.number is None):
            _read_provisions(text, folded, item, floor)
        _read_behind(text, folded, item, max(after, item.end))
        if item.listed and before is not None and before.relation:
            item.relation = before.relation
        else:
            item.relation = relation_before(folded, item.anchor, floor)
            if item.relation is None and before is not None and JOINT.match(folded[before.end : item.anchor]):
                item.relation = before.relation
    _share_dates(folded, items)
    for item in items:
        item.masked.append((item.start, item.end))


def _read_provisions(text: str, folded: str, item: Item, floor: int) -> None:
    for found in (
        provisions_before(text, folded, item.start, floor),
        provisions_behind(text, folded, item.end),
    ):
        if isinstance(found, Provisions):
            item.provisions += tuple(value for value in found.values if value not in item.provisions)
            item.masked.append((found.start, found.end))
            item.anchor = min(item.anchor, found.start)


def _read_behind(text: str, folded: str, item: Item, limit: int) -> None:
    date = _DATE_BEHIND.match(folded, item.end, min(limit, item.end + 160)) if item.day is None else None
    if date and date["issuer"] and _NOT_THE_DATE.search(date["issuer"]):
        date = None
    if date and not date["same"]:
        if date["issuer"] and item.issuer is None:
            item.issuer = " ".join(text[date.start("issuer") : date.end("issuer")].split())
        item.day = read_date(date["date"] or date["bare"])
        item.end = date.end()
    elif date:
        item.end = date.end()
        item.rule += ".same-day"
    elif item.year is None and item.day is None:
        year = YEAR_BEHIND.match(folded, item.end, min(limit, item.end + 30))
        if year:
            item.year, item.end = int(year["year"]), year.end()
            if year["damaged"]:
                item.rule += ".damaged-date"
                item.confidence = min(item.confidence, 0.8)
    elif item.number is None and item.day is None:
        passed = _PASSED.match(folded, item.end, min(limit, item.end + 160))
        if passed:
            item.day, item.end = read_date(passed["date"]), passed.end()
    if item.number is None and item.day is None:
        passed = _PASSED.match(folded, item.end, min(limit, item.end + 160))
        if passed:
            item.day, item.end = read_date(passed["date"]), passed.end()
    position = item.end
    if item.issuer is None:
        of = _ISSUER.match(text, position, limit)
        if of:
            stop = _ISSUER_END.search(text, of.end(), min(limit, of.end() + 100))
            end = stop.start() if stop else min(limit, of.end() + 100)
            item.issuer = " ".join(text[of.end() : end].split()) or None
            position = end
    if item.title is None and item.number is not None:
        about = _TITLE.match(folded, position, limit)
        if about:
            end_of = min(len(text), about.start("about") + _MOST_TITLE)
            stop = _TITLE_END.search(text, about.end(), end_of)
            end = stop.start() if stop else end_of
            skip = about.end() if fold(about["about"]).startswith(("ve", "v/v")) else about.start("about")
            item.title = " ".join(text[skip:end].split()).strip(" ,") or None
    if _REPEAT.match(folded, item.end):
        item.repeat = True


def _share_dates(folded: str, items: list[Item]) -> None:
    """Dates printed once for several citations, before or behind them."""
    for index in range(len(items) - 1, 0, -1):
        item, before = items[index], items[index - 1]
        if (
            item.listed
            and item.day
            and not before.day
            and before.year is None
            and item.number
            and before.number
        ):
            gap = folded[before.end : item.start]
            if re.fullmatch(r"[\s]*(?:,|va|,\s*va)[\s]*(?:so\s*:?\s*)?", gap):
                before.day = item.day
                before.rule += ".shared-date"
    for index, item in enumerate(items):
        if item.rule.endswith(".same-day") and index:
            item.day = items[index - 1].day
        if item.day or item.number is None or (item.year is not None):
            continue
        found = _date_first(folded, items, index)
        if found:
            item.day, span = found
            item.masked.append(span)
            item.rule += ".date-first"


_IN_A_TITLE = re.compile(
    r"(?<![a-z])(?:thuc hien|trien khai|thi hanh|theo|cua|tai|ve|sua doi|bo sung|thay the|bai bo|huong dan|quy dinh(?: chi tiet)?|mot so dieu cua)\s*(?:\d+ )?$"
)
""" "đã ban hành Quyết định số 12/… về Kế hoạch thực hiện Kết luận số 19-KL/TW": the second stands in the title of the first and is older."""


def _date_first(folded: str, items: list[Item], index: int) -> tuple[Day, tuple[int, int]] | None:
    """The date of "Ngày 10/1/2019, UBND tỉnh đã ban hành Quyết định số 41/…; Quyết định số 42"."""
    item = items[index]
    low = max(0, item.anchor - 260)
    for cut in SENTENCE.finditer(folded, low, item.anchor):
        low = cut.end()
    shared = False
    for number in range(index - 1, -1, -1):
        before = items[number]
        if before.end <= low:
            break
        if before.day is not None or before.year is not None:
            if not before.rule.endswith(".date-first") or not before.masked or _IN_A_TITLE.search(folded, before.end, item.anchor):
                low = before.end
            else:
                shared = True
            break
    found: tuple[Day, tuple[int, int]] | None = None
    for date in _DATE_FIRST.finditer(folded, low, item.anchor):
        between = folded[date.end() : item.anchor]
        preceding = folded[max(0, date.start() - 14) : date.start()]
        if re.search(r"\b(?:truoc|den|tu|het|nhat|ke tu|sau)\s*$", preceding):
            continue
        verb = _ISSUED.search(between)
        if verb and (shared or len(between) < 170):
            found = read_date(date["date"]), (date.start(), date.end())
    return found
