"""Finding every citation of a document in running text.

One pass: codes and law names are found first by cheap patterns; what stands
before and behind each (type word, date, provisions, issuer, title, relation)
is then read from small windows. The forms are those of Nghị định 30/2020/NĐ-CP
(Phụ lục I.II.6.b: first citation in full, later ones by type and number), of
party documents (Hướng dẫn 36-HD/VPTW) and of older practice.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from nlp.numbers import LOWER, UPPER, fold, plain, type_of_symbol
from nlp.references.codes import Code, find_codes, well_formed
from nlp.references.dates import ANY_DATE, NUMERIC, Day, read_date
from nlp.references.laws import LawName, find_laws
from nlp.references.lexicon import type_words
from nlp.references.mention import Mention
from nlp.references.provisions import Provisions, provisions_before, provisions_behind
from nlp.references.relation import relation_before
from nlp.types import Evidence

_TRIGGER = re.compile(r"\d|luat|phap\s+lenh|hien\s+phap")
_TAIL = re.compile(r"(?P<open>[:(,\"“*_]*\s*)(?P<so>(?<!\w)(?:[s$?5][o06]))?(?P<mark>[\s:.,*_\"“(]*)$")
_PAGE_NUMBER = re.compile(r"\n\s*(?:-+\s*page break\s*-+\s*)?\d{1,3}\s*\n(?:\s*-+\s*page break\s*-+)?\s*$")
_OF = re.compile(r"\s+cua\s+(?P<issuer>[^,;.:()\d]{2,70}?)\s*,?\s*$")
_DATE_BETWEEN = re.compile(
    rf"[\s,(]*(?:ky\s+)?(?:ngay|ng\.)\s*(?P<date>{ANY_DATE})\s*\)?\s*(?:cua\s+[^,;.:()\d]{{2,70}}?)?\s*,?\s*$"
)
_WORDS = re.compile(r"\w+")
_DATE_BEHIND = re.compile(
    r"[\s,*\"”]*(?P<open>\(\s*)?(?:va\s+)?(?:cua\s+(?P<issuer>[^,;.()\d]{2,90}?)\s*,?\s*)?"
    r"(?:(?:duoc\s+)?(?:ban\s+hanh|ky\s+ban\s+hanh|ky|phat\s+hanh|de)\s+)?"
    rf"(?:(?P<same>cung\s+ngay)|(?:vao\s+)?(?:de\s+)?(?:n[gq]ay|ng\.)\s*(?:thang\s+)?:?\s*(?P<date>{ANY_DATE})|(?P<bare>{NUMERIC}))"
)
_YEAR_BEHIND = re.compile(
    r"[\s,(]*(?:thang\s+\d{1,2}\s*(?:nam\s+|/\s?)|nam\s+|thang\s+\d{1,2}-|(?P<damaged>[nrm][gq]\w{1,2}\s+[\w/.,?| -]{4,22}?))"
    r"(?P<year>(?:19|20)\d\d)(?![\d/])"
)
"""A year without a day, or the year of a date whose day the reading has damaged ("ngày 2I/0l/2025")."""
_NOT_THE_DATE = re.compile(
    r"\b(?:truoc|den|tu|het|han|vao|sau|nhat|muon|xong|trong|luc|hop|ke)\s*$|\b(?:truoc|cham nhat|han|ke tu|sau khi|yeu cau|de nghi|bao cao)\b"
)
_DATE_FIRST = re.compile(rf"\b(?:ngay|hom)\s+(?P<date>{ANY_DATE})")
_ISSUED = re.compile(
    r"\b(?:ban hanh|ky ban hanh|da ky|phat hanh|thong qua|da co|co|ra|nhan duoc|phe duyet|gui|da gui|trinh|ky)\b"
)
_SENTENCE = re.compile(r"[.]\s|\n\s*\n|\./\.")
_JOINT = re.compile(r"^[\s\"”)]*(?:,|;|\bva\b|,\s*va\b|\bhoac\b|-)?\s*(?:cac\s+)?(?:so\s*:?)?\s*\(?$")
_NEXT_NUMBER = re.compile(rf"^[\s\"]*(?:ngay\s+{ANY_DATE}\s*)?(?:,|;|\bva\b)\s*so\s*:?\s*$")
_REPEAT = re.compile(r"[\s,]*(?:\(?da\s+)?(?:neu|dan|noi)\s+tren\b")
_SELF = re.compile(r"^\s*(?:nay)\b")
_PLACE_DATE = re.compile(r"^[\s|*_]{0,4}[a-z][a-z .-]{2,40}?,?\s*n\w{2,4}\s?[\w.]{0,14}\s*th\w{2,3}")
_TITLE = re.compile(
    r"[\s,]*(?P<about>(?:v/v|ve\s+viec|ve|quy\s+dinh|phe\s+duyet|ban\s+hanh|huong\s+dan|sua\s+doi|cong\s+bo|giao|"
    r"trien\s+khai|tang\s+cuong|thanh\s+lap|bai\s+bo|kien\s+toan)\b)"
)
_TITLE_END = re.compile(
    rf"[;:]|\.(?=\s|$|/)|\n\s*\n|[)”]|,(?=\s*(?:[{UPPER}]|trong đó|đề nghị|yêu cầu))|,?\s+(?=(?:và|;)\s+(?:các\s+)?[{UPPER}])"
)
_ISSUER_END = re.compile(
    r"[,;.:()\n\"“”]|\s(?=(?:về|v/v|phê duyệt|quy định|ban hành|hướng dẫn|sửa đổi|công bố|giao|triển khai|thông qua|và|tại|"
    r"ngày|đề nghị|yêu cầu|nhằm|đã|được|thì|là|có|theo|trong|để|khi|thay thế|trước|sau|đến|từ|hoặc|gửi|kèm|nêu)\b)"
)
_ISSUER = re.compile(rf"[\s,]*của\s+(?=[{UPPER}{LOWER}])")
_BARE = re.compile(
    r"(?P<number>\d(?<![\w/.,:-]\d)\d{0,4}[a-z]?)(?:\s?/\s?(?P<year>(?:19|20)\d\d))?(?![\w/%])(?!\s?[-–]\s?\d)(?![.,]\d)"
)
_BEFORE_LIST = re.compile(
    r"(?P<numbers>\d{1,5}[a-z]?(?:\s*(?:,|va|;)\s*(?:so\s*)?\d{1,5}[a-z]?)*)\s*(?:,|va|;)\s*(?:so\s*)?$"
)
_BODY_BEFORE = re.compile(
    r"\b(?:ban chi dao|to cong tac|bcd|doan cong tac|ban quan ly|van phong|to giup viec)\b[^,;.]{0,40}$"
)
_NUMBER = re.compile(r"\d{1,5}[a-z]?")
_LAW_CONFIDENCE = {"name": 0.95, "mended": 0.8, "unknown": 0.7}
_HEAD_REACH = 120
_MOST_TITLE = 320


@dataclass(slots=True)
class _Item:
    """A citation in the making."""

    start: int
    end: int
    type: str | None
    number: str | None
    symbol: str | None
    year: int | None = None
    year_in_code: bool = False
    separator: str = "/"
    title: str | None = None
    rule: str = "code"
    confidence: float = 1.0
    listed: bool = False
    """Follows the citation before it in a list, its type word left out."""
    day: Day | None = None
    issuer: str | None = None
    provisions: tuple[str, ...] = ()
    relation: str | None = None
    repeat: bool = False
    anchor: int = 0
    """Where the words that belong to the citation begin, provisions included."""
    masked: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Head:
    start: int
    type: str | None
    so: bool
    capital: bool
    day: Day | None = None
    issuer: str | None = None


def find_references(text: str) -> tuple[Mention, ...]:
    """Every place in `text` where another document is cited, in the order of the text.

    Offsets of the evidence are those of `text` as given. The letter's own
    number in its header is left out. Never raises; cost grows with the number
    of digits and of the word "luật", not with the patterns.
    """
    folded = fold(text)
    if _TRIGGER.search(folded) is None:
        return ()
    normal = plain(text)
    items = _code_items(normal, folded)
    items = _law_items(normal, folded, items)
    items = _bare_items(normal, folded, items)
    items.sort(key=lambda item: (item.start, item.end))
    _look_around(normal, folded, items)
    return tuple(_mention(text, item) for item in items)


def mask(text: str, mentions: tuple[Mention, ...]) -> tuple[tuple[int, int], ...]:
    """Spans of `text` that belong to citations, their dates included, sorted and merged.

    Whoever looks for dates or deadlines must leave them out (a date beside
    "Quyết định số 1288/QĐ-TTg" is no deadline).
    """
    spans = sorted(span for mention in mentions for span in mention.masked)
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, min(end, len(text))))
    return tuple(merged)


def _head(text: str, folded: str, position: int, floor: int) -> _Head | None:
    """The type word before a number, with what may stand between; None where there is none."""
    low = max(floor, position - _HEAD_REACH)
    page = _PAGE_NUMBER.search(folded, low, position)
    if page:
        position = page.start()
    window = folded[low:position]
    tail = _TAIL.search(window)
    so = bool(tail and tail["so"])
    cut = tail.start() if tail else len(window)
    found = _type_at_end(text, folded, low, low + cut)
    if found:
        return _Head(found[0], found[1], so, text[found[0]].isupper())
    if not so:
        return None
    day: Day | None = None
    issuer: str | None = None
    between = _DATE_BETWEEN.search(window, 0, cut)
    if between:
        day = read_date(between["date"])
        cut = between.start()
        found = _type_at_end(text, folded, low, low + cut)
    if not found:
        of = _OF.search(window, 0, cut)
        if of:
            issuer = " ".join(text[low + of.start("issuer") : low + of.end("issuer")].split())
            found = _type_at_end(text, folded, low, low + of.start())
    if not found:
        return None
    return _Head(found[0], found[1], so, text[found[0]].isupper(), day, issuer)


def _type_at_end(text: str, folded: str, low: int, end: int) -> tuple[int, str | None] | None:
    """Start and type of the type word that ends at `end` (spaces aside)."""
    words = type_words()
    while end > low and (folded[end - 1].isspace() or folded[end - 1] in ':,("“*_'):
        end -= 1
    start = end
    starts: list[int] = []
    for _ in range(4):
        while start > low and folded[start - 1].isspace():
            start -= 1
        stop = start
        while start > low and folded[start - 1].isalnum():
            start -= 1
        if start == stop:
            break
        starts.append(start)
        if len(starts) == 1 and folded[start:end] not in words.last:
            return None
    for start in reversed(starts):
        name = words.names.get(" ".join(folded[start:end].split()))
        if name is not None:
            return start, name or None
    if starts:
        name = words.short.get(text[starts[0] : end])
        if name:
            return starts[0], name
    return None


def _code_items(text: str, folded: str) -> list[_Item]:
    words = type_words()
    items: list[_Item] = []
    floor = 0
    header: str | None = None
    for code in find_codes(text):
        head = _head(text, folded, code.start, floor)
        shared = [] if head else _numbers_before(text, folded, code, floor)
        identity = f"{code.number.lstrip('0')}/{code.year}/{fold(code.symbol)}"
        if head is None:
            if words.not_documents.search(folded, max(0, code.start - 40), code.start):
                continue
            gap = folded[floor : code.start]
            listed = bool(shared) or (
                bool(items) and len(gap) < 300 and _continues(folded, items[-1], code.start)
            )
            printed_so = bool(re.search(r"(?<!\w)[s$?5][o06][\s:.*]*$", gap[-12:]))
            if header is None and not listed and _is_header(text, folded, code, printed_so, items, identity):
                header = identity
                continue
            if code.separator == "-" and "/" not in code.symbol and not listed:
                continue
            if (
                not printed_so
                and not listed
                and not (well_formed(code.symbol) and _may_stand_alone(text, code))
            ):
                continue
            if not well_formed(code.symbol) and not printed_so and "-" not in code.symbol:
                continue
        else:
            listed = False
            if code.separator == "-" and "/" not in code.symbol and head.type is None:
                continue
        items.extend(shared)
        items.append(_item(text, folded, code, head, items[-1] if items else None, listed))
        floor = items[-1].end
    if header is not None:
        items = [
            item
            for item in items
            if f"{(item.number or '').lstrip('0')}/{item.year}/{fold(item.symbol or '')}" != header
        ]
    return items


def _item(
    text: str, folded: str, code: Code, head: _Head | None, previous: _Item | None, listed: bool
) -> _Item:
    implied = type_of_symbol(code.symbol, party=code.separator == "-")
    kind = head.type if head else None
    if kind is None:
        kind = implied
    if kind is None and listed and previous and previous.symbol and type_of_symbol(previous.symbol) is None:
        kind = previous.type
    if kind is None:
        kind = "luật" if re.fullmatch(r"QH\d{1,2}", code.symbol) else "công văn"
    if head:
        start = head.start
    else:
        so = re.search(r"(?<!\w)[s$?5][o06][\s:.*]*$", folded[max(0, code.start - 12) : code.start])
        start = code.start - (len(so[0]) if so else 0)
    return _Item(
        start=start,
        end=code.end,
        type=kind,
        number=code.number,
        symbol=code.symbol,
        year=code.year,
        year_in_code=code.year is not None,
        separator=code.separator,
        rule=("code.list" if listed else "code" if head else "code.alone")
        + (".mended" if code.mended else ""),
        confidence=(0.98 if head else 0.9 if listed else 0.8) - (0.08 if code.mended else 0.0),
        listed=listed,
        day=head.day if head else None,
        issuer=head.issuer if head else None,
        anchor=start,
    )


def _numbers_before(text: str, folded: str, code: Code, floor: int) -> list[_Item]:
    """The bare numbers of "các Công văn số 123, 124/UBND-KT": they share the symbol that follows."""
    low = max(floor, code.start - 60)
    match = _BEFORE_LIST.search(folded, low, code.start)
    if match is None:
        return []
    first = _head(text, folded, match.start(), floor)
    if first is None or first.type is None:
        return []
    items: list[_Item] = []
    for number in _NUMBER.finditer(folded, match.start("numbers"), match.end("numbers")):
        start = first.start if not items else number.start()
        items.append(
            _Item(
                start, number.end(), first.type, number[0], code.symbol, code.year, code.year is not None,
                code.separator, rule="code.shared", confidence=0.85, listed=bool(items), anchor=start,
            )
        )  # fmt: skip
    return items


def _continues(folded: str, previous: _Item, position: int) -> bool:
    """Whether a code goes on with a list: no sentence ends between."""
    gap = folded[previous.end : position]
    if _SENTENCE.search(gap):
        return False
    return bool(re.search(r"(?:[,;]|\bva|\bhoac)\s*(?:cac\s+)?(?:so\s*:?)?\s*$", gap)) or gap.strip(
        " \n("
    ) in ("", "so")


def _is_header(text: str, folded: str, code: Code, so: bool, items: list[_Item], identity: str) -> bool:
    """The letter's own number: "Số: 12/UBND-KT" near the top, or a code before place and date."""
    if code.start > 2500 or any(
        f"{(i.number or '').lstrip('0')}/{i.year}/{fold(i.symbol or '')}" != identity for i in items
    ):
        return False
    if so:
        printed = re.search(r"[Ss][Ốốo06]\s*[:.]?[\s*]*$", text[max(0, code.start - 10) : code.start])
        return bool(printed) and text[max(0, code.start - 10) + printed.start()].isupper()  # type: ignore[union-attr]
    line = folded.rfind("\n", 0, code.start) + 1
    lead = folded[line : code.start].strip(" *|_.-")
    return len(lead) < 60 and bool(_PLACE_DATE.match(folded[code.end : code.end + 60]))


def _may_stand_alone(text: str, code: Code) -> bool:
    """Whether a code with neither type word nor "số" is in a place where people cite."""
    before = text[max(0, code.start - 12) : code.start]
    return bool(re.search(r"(?:[(“\"]|\b(?:theo|tại|của|và|với|cv|CV|VB))\s*$", before))


def _law_items(text: str, folded: str, items: list[_Item]) -> list[_Item]:
    """Add laws by name; a code right behind a law's name is that law's number."""
    laws = find_laws(text, folded)
    if not laws:
        return items
    result = list(items)
    starts = [item.start for item in items]
    for law in laws:
        near = items[max(0, bisect_left(starts, law.start) - 1) : bisect_left(starts, law.end + 15)]
        joined = next((item for item in near if _belongs(folded, law, item)), None)
        if joined is not None:
            joined.start = joined.anchor = min(joined.start, law.start)
            joined.type, joined.title, joined.rule = law.type, law.title, "law.number"
            years, end = law.years, joined.end
            if not years:
                behind = _YEAR_BEHIND.match(folded, end)
                if behind and not behind["damaged"]:
                    joined.end = behind.end()
            continue
        if law.plain_word or any(item.start <= law.start < item.end for item in near):
            continue
        for index, year in enumerate(law.years or (None,)):
            result.append(
                _Item(
                    law.start, law.end, law.type, None, None, year, title=law.title,
                    rule=f"law.{law.rule}", confidence=_LAW_CONFIDENCE[law.rule],
                    listed=index > 0, anchor=law.start,
                )
            )  # fmt: skip
    return result


def _belongs(folded: str, law: LawName, item: _Item) -> bool:
    if item.number is None or not law.start < item.end or item.start > law.end + 14:
        return False
    number = folded.find(fold(item.number), max(item.start, law.name_end), item.end)
    if number < 0:
        return False
    gap = folded[law.name_end : number]
    return bool(re.fullmatch(r"[\s,(]*(?:\(sua doi\)\s*)?(?:nam\s+\d{4}\s*)?[\s,(]*(?:so)?[\s:.]*", gap))


def _bare_items(text: str, folded: str, items: list[_Item]) -> list[_Item]:
    """Documents cited by number and year or by number alone."""
    words = type_words()
    taken = sorted((item.start, item.end) for item in items)
    result = list(items)
    index = 0
    last: _Item | None = None
    for match in _BARE.finditer(folded):
        start = match.start()
        while index < len(taken) and taken[index][1] <= start:
            index += 1
        if index < len(taken) and taken[index][0] <= start:
            continue
        if start == 0 or folded[start - 1] not in " \n:.*":
            continue
        head = (
            _head(text, folded, start, taken[index - 1][1] if index else 0)
            if _worth(folded, start, words.last)
            else None
        )
        if head is None or head.type is None:
            before = _listed_after(folded, last, items, index, match)
            if before is not None:
                last = _bare_item(start, match, before.type, listed=True)
                result.append(last)
            continue
        if not _bare_allowed(text, folded, match, head):
            continue
        last = _bare_item(head.start, match, head.type, listed=False)
        last.day, last.issuer = head.day, head.issuer
        result.append(last)
    return result


def _listed_after(
    folded: str, last: _Item | None, items: list[_Item], index: int, match: re.Match[str]
) -> _Item | None:
    """The citation a number without type word goes on from: "Nghị định 45/2012, 46/2013", "…; số 12 và số 13"."""
    before = items[index - 1] if index else None
    if last is not None and (before is None or last.end > before.end):
        before = last
    if before is None or before.number is None or type_words().counted.match(folded, match.end()):
        return None
    if match["year"]:
        return before if before.symbol is None and _JOINT.match(folded[before.end : match.start()]) else None
    return before if _NEXT_NUMBER.match(folded[before.end : match.start()]) else None


def _worth(folded: str, position: int, last: frozenset[str]) -> bool:
    """A cheap look at the word before a number."""
    end = position
    while end > 0 and not folded[end - 1].isalnum():
        end -= 1
    start = end
    while start > 0 and folded[start - 1].isalnum():
        start -= 1
    word = folded[start:end]
    return word in last or word in ("so", "s6", "s0", "5o", "o")


def _bare_item(start: int, match: re.Match[str], kind: str | None, *, listed: bool) -> _Item:
    year = int(match["year"]) if match["year"] else None
    return _Item(
        start, match.end(), kind, match["number"], None, year, year is not None,
        rule="number.year" if year else "number.bare", confidence=0.9 if year else 0.7, listed=listed, anchor=start,
    )  # fmt: skip


def _bare_allowed(text: str, folded: str, match: re.Match[str], head: _Head) -> bool:
    words = type_words()
    if head.type is None:
        return False
    if match["year"]:
        return head.type in words.yearly and (head.so or head.capital or len(match["number"]) > 1)
    if head.type not in words.bare or words.counted.match(folded, match.end()):
        return False
    if _BODY_BEFORE.search(folded, max(0, head.start - 60), head.start):
        return False
    if folded[match.start() - 1] == "\n" and folded[match.end() : match.end() + 1] in ("\n", ""):
        return False  # a page number on a line of its own
    if head.so:
        return True
    number = match["number"]
    gap = folded[head.start : match.start()]
    if "\n" in gap and not re.match(r"[ ][a-z]|[,;]", folded[match.end() : match.end() + 2]):
        return False  # the number may label the next paragraph
    return (
        head.capital
        and len(number) > 1
        and "," not in gap
        and "(" not in gap
        and not re.fullmatch(r"(?:19|20)\d\d", number)
    )


def _look_around(text: str, folded: str, items: list[_Item]) -> None:
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
            if (
                item.relation is None
                and before is not None
                and _JOINT.match(folded[before.end : item.anchor])
            ):
                item.relation = before.relation
    _share_dates(folded, items)
    for item in items:
        item.masked.append((item.start, item.end))


def _read_provisions(text: str, folded: str, item: _Item, floor: int) -> None:
    for found in (
        provisions_before(text, folded, item.start, floor),
        provisions_behind(text, folded, item.end),
    ):
        if isinstance(found, Provisions):
            item.provisions += tuple(value for value in found.values if value not in item.provisions)
            item.masked.append((found.start, found.end))
            item.anchor = min(item.anchor, found.start)


def _read_behind(text: str, folded: str, item: _Item, limit: int) -> None:
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
        year = _YEAR_BEHIND.match(folded, item.end, min(limit, item.end + 30))
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


_PASSED = re.compile(
    rf"[\s,]*(?:da\s+)?(?:duoc\s+)?(?:quoc\s+hoi|uy\s+ban\s+thuong\s+vu\s+quoc\s+hoi)[^;.]{{0,90}}?(?:thong\s+qua|ban\s+hanh)\s+(?:vao\s+)?(?:ngay\s+)(?P<date>{ANY_DATE})"
)


def _share_dates(folded: str, items: list[_Item]) -> None:
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
            if re.fullmatch(r"[\s]*(?:,|;|va|,\s*va)[\s]*(?:so\s*:?\s*)?", gap):
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


def _date_first(folded: str, items: list[_Item], index: int) -> tuple[Day, tuple[int, int]] | None:
    """The date of "Ngày 10/1/2019, UBND tỉnh đã ban hành Quyết định số 41/…; Quyết định số 42"."""
    item = items[index]
    low = max(0, item.anchor - 260)
    for cut in _SENTENCE.finditer(folded, low, item.anchor):
        low = cut.end()
    shared = False
    for number in range(index - 1, -1, -1):
        before = items[number]
        if before.end <= low:
            break
        if before.day is not None or before.year is not None:
            if not before.rule.endswith(".date-first") or not before.masked:
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


def _mention(text: str, item: _Item) -> Mention:
    day = item.day
    year = item.year if item.year is not None else day.year if day else None
    return Mention(
        type=item.type,
        number=item.number,
        symbol=item.symbol,
        raw=" ".join(text[item.start : item.end].split()),
        evidence=Evidence(item.start, item.end, f"reference.{item.rule}", round(item.confidence, 2)),
        year=year,
        separator=item.separator,
        date=day.value if day else None,
        day_month=day.day_month if day else None,
        provisions=item.provisions,
        title=item.title,
        issuer=item.issuer,
        relation=item.relation,
        masked=tuple(item.masked),
        year_in_code=item.year_in_code,
        repeat=item.repeat,
    )
