"""Highlights and snippets, worked out from the original text: both engines show the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from search.analysis import Token, exact_stream, folded_stream, places_in
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


_Places = Sequence[tuple[int, int]]
"""Where the tokens of a text stand."""


def _streams(text: str, patterns: Sequence[Pattern]) -> tuple[str, str]:
    """The exact stream of a text, where a pattern asks for it, and the folded one."""
    return exact_stream(text) if any(pattern.exact for pattern in patterns) else "", folded_stream(text)


def _find(exact: str, folded: str, patterns: Sequence[Pattern]) -> list[_Found]:
    """The matches in the streams of a text, in order."""
    as_typed = [frozenset(_indices(exact, pattern.exact)) for pattern in patterns]
    at = sorted(
        (index, number) for number, pattern in enumerate(patterns) for index in _indices(folded, pattern.folded)
    )
    found: list[_Found] = []
    previous: tuple[int, int] = (-2, -2)
    for index, number in at[:MAX_FOUND]:
        length = len(patterns[number].folded)
        exact_run = index in as_typed[number]
        weight = float(length)
        if exact_run:
            weight *= 2
        if previous == (index - 1, number - 1):  # the user's words stand here as typed
            weight *= 2
        previous = (index + length - 1, number)
        found.append(_Found(index, index + length - 1, number, weight, exact_run))
    # Where a word stands as typed, others that only fold alike ("trà" beside "kiểm tra") are not what was meant.
    typed = {one.pattern for one in found if one.exact}
    return [one for one in found if one.exact or one.pattern not in typed]


def _indices(stream: str, tokens: Sequence[str]) -> Iterator[int]:
    """Which tokens of a stream the first `MAX_FOUND` runs of some tokens begin with."""
    return islice(_every_index(f" {stream} ", f" {' '.join(tokens)} "), MAX_FOUND) if tokens else iter(())


def _every_index(stream: str, wanted: str) -> Iterator[int]:
    index, counted, at = 0, 0, stream.find(wanted)
    while at >= 0:
        index += stream.count(" ", counted, at)
        yield index
        counted, at = at, stream.find(wanted, at + 1)


def places(stream: Sequence[Token], patterns: Sequence[Pattern]) -> list[tuple[int, int]]:
    """First and last token of every match, in order."""
    exact, folded = (" ".join(side) for side in ([one.exact for one in stream], [one.folded for one in stream]))
    return [(one.first, one.last) for one in _find(exact, folded, patterns)]


def _spans(text: str, places: _Places, found: Sequence[_Found], offset: int = 0) -> tuple[Span, ...]:
    merged: list[tuple[int, int]] = []
    for one in sorted(found, key=lambda match: (match.first, -match.last)):
        start, end = places[one.first][0], places[one.last][1]
        if merged and (start <= merged[-1][1] or _ONLY_GAP.fullmatch(text, merged[-1][1], start)):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(Span(start - offset, end - offset) for start, end in merged)


def mark(text: str, patterns: Sequence[Pattern]) -> Marked:
    """The whole text with everything that matches."""
    found = _find(*_streams(text[:MAX_CHARACTERS], patterns), patterns)
    return Marked(text, _spans(text, places_in(text[:MAX_CHARACTERS]), found) if found else ())


def snippet(pages: Sequence[PageText], patterns: Sequence[Pattern]) -> tuple[Marked, int | None]:
    """The window of the text that shows most of the query, and its page.

    Without any match it is the beginning of the text. Cut ends carry "…".
    """
    best: tuple[float, PageText, int, int, list[_Found]] | None = None
    budget = MAX_CHARACTERS
    for page in pages:
        if budget <= 0:
            break
        read = page.text[:budget]
        budget -= len(page.text)
        exact, folded = _streams(read, patterns)
        found = _find(exact, folded, patterns)
        if not found and best is not None:
            continue
        score, start = _best_window(found)
        if best is None or score > best[0]:
            best = (score, page, folded.count(" ") + 1 if folded else 0, start, found)
    if best is None:
        return Marked(""), None
    _, page, count, start, found = best
    return _cut(page.text, count, start, found), page.number


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


def _cut(text: str, count: int, place: int, found: Sequence[_Found]) -> Marked:
    if not count:
        return Marked(" ".join(text[:200].split()))
    first = max(0, min(place - WINDOW // 4, count - WINDOW))
    last = min(count, first + WINDOW) - 1
    places = places_in(text, last + 1)
    start = 0 if first == 0 else places[first][0]
    end = len(text) if last == count - 1 else places[last][1]
    lead, tail = ("… " if start else ""), (" …" if end < len(text) else "")
    inside = [match for match in found if first <= match.first and match.last <= last]
    piece = text[start:end]
    spans = _spans(text, places, inside, offset=start)
    flat = re.sub(r"\s", " ", piece)  # as long as it was: the spans stay right
    stripped = flat.lstrip()
    cut = len(flat) - len(stripped)
    shift = len(lead) - cut
    return Marked(lead + stripped.rstrip() + tail, tuple(Span(s.start + shift, s.end + shift) for s in spans))
