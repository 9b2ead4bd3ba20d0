"""Several doers of one duty: each with a day of its own, or each with its part and the same verb."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.bodies import body_phrase_at, find_bodies, split_bodies
from nlp.directives import folded, verb_end

Span = tuple[int, int]
_REACH = 400
_DAY_FOR = re.compile(r"\d\s+doi voi\s+(?=\w)")
_TERM = re.compile(
    r"\s*(?:\(\s*)?(?:(?:gui|nop|bao cao|hoan thanh|xong|trinh)\s+)?(?:(?:truoc|cham nhat|vao|trong)(?![a-z])|(?:den )?(?:het )?ngay \d|\d{1,2}/\d)"
)
_PART = re.compile(r"(?:^|[:,;]|\sva)\s+(?=\w)")


def each_with_a_day(text: str) -> tuple[Span, ...]:
    """The doers named with a day each: "…: Sở A trước ngày 05/3, Sở B trước ngày 10/3", "15/4 đối với Sở A, 25/4 đối với Sở B"; () for one alone."""
    plain = folded(text)
    behind = tuple(span for day in _DAY_FOR.finditer(plain) if (span := body_phrase_at(text, day.end())) is not None)
    if len(behind) > 1:
        return behind
    colon = plain.find(": ")
    if colon < 0:
        return ()
    listed = [span for part in _PART.finditer(plain, colon) if (span := body_phrase_at(text, part.end())) is not None and _TERM.match(plain, span[1])]
    apart = [span for n, span in enumerate(listed) if all(span[0] >= other[1] for other in listed[:n])]
    return tuple(apart) if len(apart) > 1 and apart[0][0] == colon + 2 else ()


_ALSO = re.compile(r"(?:[,;]\s+(?:(?:con|va|giao)\s+)?|(?<=[a-z])\s+va\s+)$")
_GOVERNED = re.compile(r"(?<![a-z])(?:voi|cung|hop|giua|cho|cua|tai|ve|den|gui)\s+(?:cac\s+)?$")


def with_the_same_verb(text: str, first: Span) -> Iterator[Span]:
    """Further doers behind the first, each with its part of the same deed: "Sở A theo dõi chỉ số X, Sở B theo dõi chỉ số Y".

    A name that the reading of lists joined to the object before it is the last of that list; behind "phối hợp với" it co-operates.
    """
    plain = folded(text)
    verb = _verb_behind(text, first[1])
    stop = _STOP.search(plain, first[1], first[1] + _REACH)
    end = stop.start() if stop else min(len(plain), first[1] + _REACH)
    if not verb or plain.find(f" {verb} ", first[1] + len(verb) + 1, end) < 0:
        return
    begin = first[1]
    for phrase in find_bodies(text[begin:end]):
        start, close = begin + phrase.evidence.start, begin + phrase.evidence.end
        if _verb_behind(text, close) != verb or _GOVERNED.search(plain, max(0, start - 24), start):
            continue
        last = split_bodies(text, (start, close))[-1:]
        if last and not _WITH.search(plain, start, last[0].evidence.start) and _ALSO.search(plain, max(0, last[0].evidence.start - 10), last[0].evidence.start):
            yield last[0].evidence.start, close


_STOP = re.compile(r"[.:]\s")
_WITH = re.compile(r"(?<![a-z])(?:cung|phoi hop)(?![a-z])")


def _verb_behind(text: str, end: int) -> str:
    """The verb of doing right behind the end of a name, folded; "" where none is, one of a syllable ("dành"), or one that only says who leads."""
    start = end + 1
    verb = folded(text)[start : verb_end(text, start)] if text[end : end + 1] == " " else ""
    return verb if " " in verb and verb not in _ROLES else ""


_ROLES = frozenset({"chu tri", "phoi hop", "chi dao", "khan truong", "tiep tuc", "tang cuong", "thuc hien"})
"""Verbs that name no deed by themselves: what each does stands behind them."""
