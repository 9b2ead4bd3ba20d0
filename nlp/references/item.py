"""A citation in the making, and the type word before its number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nlp.references.dates import ANY_DATE, Day, read_date
from nlp.references.lexicon import type_words

_TAIL = re.compile(r"(?P<open>[:(,\"“*_]*\s*)(?P<so>(?<!\w)(?:[s$?5][o06])|(?<=[a-z])so)?(?P<mark>[\s:.,*_\"“(]*)$")
_PAGE_NUMBER = re.compile(r"\n\s*(?:-+\s*page break\s*-+\s*)?\d{1,3}\s*\n(?:\s*-+\s*page break\s*-+)?\s*$")
_OF = re.compile(r"\s+cua\s+(?P<issuer>[^,;.:()\d]{2,70}?)\s*,?\s*$")
_DATE_BETWEEN = re.compile(
    rf"[\s,(]*(?:ky\s+)?(?:ngay|ng\.)\s*(?P<date>{ANY_DATE})\s*\)?\s*(?:cua\s+[^,;.:()\d]{{2,70}}?)?\s*,?\s*$"
)
JOINT = re.compile(r"^[\s\"”)]*(?:,|;|\bva\b|,\s*va\b|\bhoac\b|-)?\s*(?:cac\s+)?(?:so\s*:?)?\s*\(?$")
SENTENCE = re.compile(r"[.]\s|\n\s*\n|\./\.")
YEAR_BEHIND = re.compile(
    r"[\s,(]*(?:thang\s+\d{1,2}\s*(?:nam\s+|/\s?)|nam\s+|thang\s+\d{1,2}-|(?P<damaged>[nrm][gq]\w{1,2}\s+[\w/.,?| -]{4,22}?))"
    r"(?P<year>(?:19|20)\d\d)(?![\d/])"
)
"""A year without a day, or the year of a date whose day the reading has damaged ("ngày 2I/0l/2025")."""
_HEAD_REACH = 120
_TAIL_REACH = 24
"""How far before the last word the signs of "Nghị định (số: …" can begin."""
_MOST_SYLLABLES = 6
"""Of a type word ("thông báo ý kiến kết luận")."""


@dataclass(slots=True)
class Item:
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
class Head:
    """A type word before a number: where it begins, what it means, and what stood between."""

    start: int
    type: str | None
    so: bool
    capital: bool
    day: Day | None = None
    issuer: str | None = None


def head_before(text: str, folded: str, position: int, floor: int) -> Head | None:
    """The type word before a number, with what may stand between; None where there is none."""
    low = max(floor, position - _HEAD_REACH)
    window = folded[low:position]
    words = window.rstrip()
    if "\n" in window[len(words) :] or words.endswith("-"):  # only there can a page number stand between
        page = _PAGE_NUMBER.search(window)
        window = window[: page.start()] if page else window
    tail = _TAIL.search(window, max(0, len(words) - _TAIL_REACH))
    so = bool(tail and tail["so"])
    cut = tail.start() if tail else len(window)
    found = _type_at_end(text, folded, low, low + cut)
    if found:
        return Head(found[0], found[1], so, text[found[0]].isupper())
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
    return Head(found[0], found[1], so, text[found[0]].isupper(), day, issuer)


def _type_at_end(text: str, folded: str, low: int, end: int) -> tuple[int, str | None] | None:
    """Start and type of the type word that ends at `end` (spaces aside)."""
    words = type_words()
    while end > low and (folded[end - 1].isspace() or folded[end - 1] in ':,("“*_'):
        end -= 1
    start = end
    starts: list[int] = []
    for _ in range(_MOST_SYLLABLES):
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
