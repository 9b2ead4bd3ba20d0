"""Highlights and snippets, worked out from the original text: both engines show the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.analysis import Token, tokens
from search.plan import Pattern
from search.types import Marked, PageText, Span

WINDOW = 36
"""Length of a snippet, in tokens."""

MAX_FOUND = 400
MAX_CHARACTERS = 400_000
_ONLY_GAP = re.compile(r"[\s/.\-–]*")


@dataclass(frozen=True, slots=True)
class _Found:
    first: int
    last: int
    pattern: int
    weight: float
    exact: bool


def _find(stream: Sequence[Token], patterns: Sequence[Pattern]) -> list[_Found]:
    starts: dict[str, list[int]] = {}
    for number, pattern in enumerate(patterns):
        if pattern.folded:
            starts.setdefault(pattern.folded[0], []).append(number)
    found: list[_Found] = []
    previous: tuple[int, int] = (-2, -2)
    for index, token in enumerate(stream):
        for number in starts.get(token.folded, ()):
            pattern = patterns[number]
            length = len(pattern.folded)
            run = stream[index : index + length]
            if tuple(part.folded for part in run) != pattern.folded:
                continue
            weight = float(length)
            exact_run = bool(pattern.exact) and tuple(part.exact for part in run) == pattern.exact
            if exact_run:
                weight *= 2
            if previous == (index - 1, number - 1):  # the user's words stand here as typed
                weight *= 2
            previous = (index + length - 1, number)
            found.append(_Found(index, index + length - 1, number, weight, exact_run))
        if len(found) >= MAX_FOUND:
            break
    # Where a word stands as typed, others that only fold alike ("trà" beside "kiểm tra") are not what was meant.
    typed = {one.pattern for one in found if one.exact}
    return [one for one in found if one.exact or one.pattern not in typed]


def places(stream: Sequence[Token], patterns: Sequence[Pattern]) -> list[tuple[int, int]]:
    """First and last token of every match, in order."""
    return [(one.first, one.last) for one in _find(stream, patterns)]


def _spans(text: str, stream: Sequence[Token], found: Sequence[_Found], offset: int = 0) -> tuple[Span, ...]:
    merged: list[tuple[int, int]] = []
    for one in sorted(found, key=lambda match: (match.first, -match.last)):
        start, end = stream[one.first].start, stream[one.last].end
        if merged and (start <= merged[-1][1] or _ONLY_GAP.fullmatch(text, merged[-1][1], start)):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(Span(start - offset, end - offset) for start, end in merged)


def mark(text: str, patterns: Sequence[Pattern]) -> Marked:
    """The whole text with everything that matches."""
    stream = tokens(text[:MAX_CHARACTERS])
    return Marked(text, _spans(text, stream, _find(stream, patterns)))


def snippet(pages: Sequence[PageText], patterns: Sequence[Pattern]) -> tuple[Marked, int | None]:
    """The window of the text that shows most of the query, and its page.

    Without any match it is the beginning of the text. Cut ends carry "…".
    """
    best: tuple[float, PageText, list[Token], int, list[_Found]] | None = None
    budget = MAX_CHARACTERS
    for page in pages:
        if budget <= 0:
            break
        stream = tokens(page.text[:budget])
        budget -= len(page.text)
        found = _find(stream, patterns)
        if not found and best is not None:
            continue
        score, start = _best_window(found)
        if best is None or score > best[0]:
            best = (score, page, stream, start, found)
    if best is None:
        return Marked(""), None
    _, page, stream, start, found = best
    return _cut(page.text, stream, start, found), page.number


def _best_window(found: Sequence[_Found]) -> tuple[float, int]:
    best, place = 0.0, 0
    for index, one in enumerate(found):
        seen: dict[int, float] = {}
        for other in found[index:]:
            if other.last >= one.first + WINDOW:
                break
            seen[other.pattern] = max(seen.get(other.pattern, 0.0), other.weight)
        score = sum(seen.values())
        if score > best:
            best, place = score, one.first
    return best, place


def _cut(text: str, stream: Sequence[Token], place: int, found: Sequence[_Found]) -> Marked:
    if not stream:
        return Marked(" ".join(text[:200].split()))
    first = max(0, min(place - WINDOW // 4, len(stream) - WINDOW))
    last = min(len(stream), first + WINDOW) - 1
    start = 0 if first == 0 else stream[first].start
    end = len(text) if last == len(stream) - 1 else stream[last].end
    lead, tail = ("… " if start else ""), (" …" if end < len(text) else "")
    inside = [match for match in found if first <= match.first and match.last <= last]
    piece = text[start:end]
    spans = _spans(text, stream, inside, offset=start)
    flat = re.sub(r"\s", " ", piece)  # as long as it was: the spans stay right
    stripped = flat.lstrip()
    cut = len(flat) - len(stripped)
    shift = len(lead) - cut
    return Marked(lead + stripped.rstrip() + tail, tuple(Span(s.start + shift, s.end + shift) for s in spans))
