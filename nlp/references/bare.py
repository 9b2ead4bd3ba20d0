"""Citations by number and year ("Nghị định 45/2012") or by number alone ("Kế hoạch 437")."""

from __future__ import annotations

import re

from nlp.references.dates import ANY_DATE
from nlp.references.item import JOINT, Head, Item, head_before
from nlp.references.lexicon import type_words

_NEXT_NUMBER = re.compile(rf"^[\s\"]*(?:ngay\s+{ANY_DATE}\s*)?(?:,|;|\bva\b)\s*so\s*:?\s*$")
_BARE = re.compile(
    r"(?P<number>\d(?<![\w/.,:-]\d)\d{0,4}[a-z]?)(?:\s?/\s?(?P<year>(?:19|20)\d\d))?(?![\w/%])(?!\s?[-–]\s?\d)(?![.,]\d)"
)
_DATED = re.compile(rf"\s*,?\s*ngay\s+{ANY_DATE}")
""" "công văn số 123 ngày 5/6/2018": a number and a day name a document though the symbol is left out."""
_LETTERED = re.compile(r"(?<![\w/-])(?P<number>[A-Z]{2,8}[-/]?\d[\dA-Z]{0,12}(?:[-/]\d[\dA-Z]{0,6}){0,3})(?=,?\s+ngày\s+\d)")
_SENT = frozenset({"công văn", "công hàm", "thư công", "giấy mời", "thông báo"})
_BODY_BEFORE = re.compile(
    r"\b(?:ban chi dao|to cong tac|bcd|doan cong tac|ban quan ly|van phong|to giup viec)\b[^,;.]{0,40}$|\bmau\s*$"
)


def bare_items(text: str, folded: str, items: list[Item], codes: list[tuple[int, int]]) -> list[Item]:
    """`items` (sorted) and the documents cited by number and year or by number alone.

    `codes` are the spans of all codes, those that are no citation included:
    their numbers are not looked at again.
    """
    words = type_words()
    taken = sorted({*codes, *((item.start, item.end) for item in items)})
    result = list(items)
    index = 0
    passed = 0
    last: Item | None = None
    for match in _BARE.finditer(folded):
        start = match.start()
        while index < len(taken) and taken[index][1] <= start:
            index += 1
        if index < len(taken) and taken[index][0] <= start:
            continue
        while passed < len(items) and items[passed].end <= start:
            passed += 1
        if start == 0 or folded[start - 1] not in " \n:.*" or match["number"] != _printed(text, match):
            continue
        head = (
            head_before(text, folded, start, taken[index - 1][1] if index else 0)
            if _worth(folded, start, words.last)
            else None
        )
        if head is None or head.type is None:
            before = _listed_after(folded, last, items[passed - 1] if passed else None, match)
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


def lettered_items(text: str, folded: str, items: list[Item]) -> list[Item]:
    """Letters of firms and foreign offices whose number begins with letters: "công văn số ABC20220120 ngày 20/01/2022"."""
    found: list[Item] = []
    for match in _LETTERED.finditer(text):
        head = head_before(text, folded, match.start(), 0)
        if head is None or head.type not in _SENT or any(item.start < match.end() and match.start() < item.end for item in items):
            continue
        found.append(Item(head.start, match.end(), head.type, match["number"], None, rule="number.lettered", confidence=0.8, anchor=head.start))
    return found


def _listed_after(folded: str, last: Item | None, before: Item | None, match: re.Match[str]) -> Item | None:
    """The citation a number without type word goes on from: "Nghị định 45/2012, 46/2013", "…; số 12 và số 13"."""
    if last is not None and (before is None or last.end > before.end):
        before = last
    if before is None or before.number is None or type_words().counted.match(folded, match.end()):
        return None
    if match["year"]:
        return before if before.symbol is None and JOINT.match(folded[before.end : match.start()]) else None
    return before if _NEXT_NUMBER.match(folded[before.end : match.start()]) else None


def _printed(text: str, match: re.Match[str]) -> str:
    """The number as printed in small letters: unlike the folded one where a mark stands on its letter ("12é")."""
    return text[match.start("number") : match.end("number")].lower()


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


def _bare_item(start: int, match: re.Match[str], kind: str | None, *, listed: bool) -> Item:
    year = int(match["year"]) if match["year"] else None
    return Item(
        start, match.end(), kind, match["number"], None, year, year is not None,
        rule="number.year" if year else "number.bare", confidence=0.9 if year else 0.7, listed=listed, anchor=start,
    )  # fmt: skip


def _bare_allowed(text: str, folded: str, match: re.Match[str], head: Head) -> bool:
    words = type_words()
    if head.type is None:
        return False
    if match["year"]:
        return head.type in words.yearly and (head.so or head.capital or len(match["number"]) > 1)
    dated = head.so and _DATED.match(folded, match.end()) is not None
    if not dated and (head.type not in words.bare or words.counted.match(folded, match.end())):
        return False
    if _BODY_BEFORE.search(folded, max(0, head.start - 60), head.start):
        return False
    if folded[match.start() - 1] == "\n" and folded[match.end() : match.end() + 1] in ("\n", ""):
        return False  # a page number on a line of its own
    if head.so:
        return True
    number = match["number"]
    if head.type == "chương trình" and number in words.programmes:
        return False
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
