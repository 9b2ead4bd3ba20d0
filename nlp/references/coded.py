"""Citations by number and symbol, and laws by name with the codes that belong to them."""

from __future__ import annotations

import re
from bisect import bisect_left

from nlp.numbers import fold, type_of_symbol
from nlp.references.codes import Code, well_formed
from nlp.references.item import SENTENCE, YEAR_BEHIND, Head, Item, head_before
from nlp.references.laws import LawName, amended_laws, find_laws
from nlp.references.lexicon import type_words

_PLACE_DATE = re.compile(r"^[\s|*_]{0,4}[a-z][a-z .-]{2,40}?,?\s*n\w{2,4}\s?[\w.]{0,14}\s*th\w{2,3}")
_LINE_OPENS = re.compile(r"\n[ ]*s[o06][\s:.]*$")
_COPY = re.compile(r"(?:SY|SL|TrS|TS)-[A-ZĐ]")
"""The symbol of a certified copy (sao y, sao lục, trích sao), numbered by who made it: "Số: 17/SL-UBND"."""
_BEFORE_LIST = re.compile(
    r"(?P<numbers>\d{1,5}[a-z]?(?:\s*(?:,|va|;)\s*(?:so\s*)?\d{1,5}[a-z]?)*)\s*(?:,|va|;)\s*(?:so\s*)?$"
)
_NUMBER = re.compile(r"\d{1,5}[a-z]?")
_ASSEMBLY_KIND = {"QH": "luật", "UBTVQH": "nghị quyết"}
_LAW_CONFIDENCE = {"name": 0.95, "mended": 0.8, "unknown": 0.7}


def code_items(text: str, folded: str, codes: list[Code]) -> list[Item]:
    """Citations by code, the letter's own number left out; `text` and `folded` have the same offsets."""
    words = type_words()
    items: list[Item] = []
    floor = 0
    header: str | None = None
    for code in codes:
        head = head_before(text, folded, code.start, floor)
        shared = [] if head else _numbers_before(text, folded, code, floor)
        identity = f"{code.number.lstrip('0')}/{code.year}/{fold(code.symbol)}"
        if head is None:
            if code.weak or words.not_documents.search(folded, max(0, code.start - 40), code.start):
                continue
            gap = folded[floor : code.start]
            listed = bool(shared) or (
                bool(items) and len(gap) < 300 and _continues(folded, items[-1], code.start)
            )
            printed_so = bool(re.search(r"(?<!\w)[s$?5][o06][\s:.*]*$", gap[-12:]))
            if header is None and not listed and _is_header(text, folded, code, printed_so, items, identity):
                header = identity
                continue
            if _COPY.match(code.symbol) and _LINE_OPENS.search(folded, max(0, code.start - 10), code.start):
                continue
            if code.separator == "-" and "/" not in code.symbol and not listed:
                continue
            if (
                not printed_so
                and not listed
                and not (well_formed(code.symbol) and _may_stand_alone(text, code))
            ):
                continue
            if not well_formed(code.symbol) and "-" not in code.symbol:
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


def _item(text: str, folded: str, code: Code, head: Head | None, previous: Item | None, listed: bool) -> Item:
    implied = type_of_symbol(code.symbol, party=code.separator == "-")
    kind = head.type if head else None
    if kind is None:
        kind = implied
    if kind is None and listed and previous and previous.symbol and type_of_symbol(previous.symbol) is None:
        kind = previous.type
    if kind is None:
        kind = _ASSEMBLY_KIND.get(re.sub(r"\d+$", "", code.symbol), "công văn")
    if head:
        start = head.start
    else:
        so = re.search(r"(?<!\w)[s$?5][o06][\s:.*]*$", folded[max(0, code.start - 12) : code.start])
        start = code.start - (len(so[0]) if so else 0)
    return Item(
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


def _numbers_before(text: str, folded: str, code: Code, floor: int) -> list[Item]:
    """The bare numbers of "các Công văn số 123, 124/UBND-KT": they share the symbol that follows."""
    low = max(floor, code.start - 60)
    match = _BEFORE_LIST.search(folded, low, code.start)
    if match is None:
        return []
    first = head_before(text, folded, match.start(), floor)
    if first is None or first.type is None:
        return []
    items: list[Item] = []
    for number in _NUMBER.finditer(folded, match.start("numbers"), match.end("numbers")):
        start = first.start if not items else number.start()
        items.append(
            Item(
                start, number.end(), first.type, number[0], code.symbol, code.year, code.year is not None,
                code.separator, rule="code.shared", confidence=0.85, listed=bool(items), anchor=start,
            )
        )  # fmt: skip
    return items


def _continues(folded: str, previous: Item, position: int) -> bool:
    """Whether a code goes on with a list: no sentence ends between."""
    gap = folded[previous.end : position]
    if SENTENCE.search(gap):
        return False
    return bool(re.search(r"(?:[,;]|\bva|\bhoac)\s*(?:cac\s+)?(?:so\s*:?)?\s*$", gap)) or gap.strip(
        " \n("
    ) in ("", "so")


def _is_header(text: str, folded: str, code: Code, so: bool, items: list[Item], identity: str) -> bool:
    """The letter's own number: "Số: 12/UBND-KT" near the top, or a code before place and date."""
    if code.start > 2500 or any(
        f"{(i.number or '').lstrip('0')}/{i.year}/{fold(i.symbol or '')}" != identity for i in items
    ):
        return False
    if so:
        printed = re.search(r"[Ss][Ốốo06]\s*[:.]?[\s*]*$", text[max(0, code.start - 10) : code.start])
        capital = bool(printed) and text[max(0, code.start - 10) + printed.start()].isupper()  # type: ignore[union-attr]
        return capital or (bool(_LINE_OPENS.search(folded, max(0, code.start - 10), code.start)) and bool(_PLACE_DATE.match(folded[code.end : code.end + 60])))
    line = folded.rfind("\n", 0, code.start) + 1
    lead = folded[line : code.start].strip(" *|_.-")
    return len(lead) < 60 and bool(_PLACE_DATE.match(folded[code.end : code.end + 60]))


def _may_stand_alone(text: str, code: Code) -> bool:
    """Whether a code with neither type word nor "số" is in a place where people cite."""
    before = text[max(0, code.start - 12) : code.start]
    return bool(re.search(r"(?:[(“\"]|\b(?:theo|tại|của|và|với|cv|CV|VB))\s*$", before))


_PASSED = re.compile(r"[\s,]*(?:ngay\s[^,;.:]{4,30}?)?[\s,]*(?:cua|do)\s+quoc\s+hoi[^,;.:]{0,60}?\s(?:ve|ban\s+hanh|thong\s+qua)\s+")
""" "Luật số 51/2010/QH12 của Quốc hội về Luật Người khuyết tật": one law, numbered and named."""


def law_items(text: str, folded: str, items: list[Item]) -> list[Item]:
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
                behind = YEAR_BEHIND.match(folded, end)
                if behind and not behind["damaged"]:
                    joined.end = behind.end()
            continue
        if law.plain_word or any(item.start <= law.start < item.end for item in near):
            continue
        owner = next((item for item in near if item.end <= law.start and _PASSED.fullmatch(folded, item.end, law.start)), None)
        if owner is not None and fold(owner.type or "") == "luat":
            owner.title = law.title
            continue
        for index, year in enumerate(law.years or (None,)):
            result.append(
                Item(
                    law.start, law.end, law.type, None, None, year, title=law.title,
                    rule=f"law.{law.rule}", confidence=_LAW_CONFIDENCE[law.rule],
                    listed=index > 0, anchor=law.start,
                )
            )  # fmt: skip
    return result


def amended_items(text: str, folded: str, items: list[Item]) -> list[Item]:
    """The laws inside the titles of amending laws ("Luật sửa đổi, … của Luật Đầu tư công và Luật Đấu thầu").

    Asked for last: what stands behind them (number, day) belongs to the amending law.
    """
    return [
        Item(
            law.start, law.end, law.type, None, None, None, title=law.title, rule="law.amended",
            confidence=_LAW_CONFIDENCE["name"], anchor=law.start,
        )
        for item in items
        if item.title and " ".join(fold(item.title).split()).startswith(("sua doi", "bo sung"))
        for law in amended_laws(text, folded, item.start, item.end)
    ]  # fmt: skip


def _belongs(folded: str, law: LawName, item: Item) -> bool:
    if item.number is None or not law.start < item.end or item.start > law.end + 14:
        return False
    number = folded.find(fold(item.number), max(item.start, law.name_end), item.end)
    if number < 0:
        return False
    gap = folded[law.name_end : number]
    return bool(re.fullmatch(r"[\s,(]*(?:\(sua doi\)\s*)?(?:nam\s+\d{4}\s*)?[\s,(]*(?:so)?[\s:.]*", gap))
