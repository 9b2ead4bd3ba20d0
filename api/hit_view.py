"""Where the words of a search stand on a page: boxes on its image, offsets in its text."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.types import Page
from search.analysis import Token, tidy, tokens
from search.plan import Pattern
from search.planner import patterns_of
from search.query import MAX_CHARACTERS
from search.snippets import places

Box = tuple[float, float, float, float]
"""x, y, width, height in points from the top left."""


def sought(text: str) -> tuple[Pattern, ...]:
    """What a search lights up: its words and phrases, not its field names nor what it excludes."""
    return patterns_of(text[:MAX_CHARACTERS]) if text.strip() else ()


def boxes_on(page: Page, patterns: Sequence[Pattern]) -> tuple[Box, ...]:
    """The boxes of the words that match, in reading order."""
    stream: list[Token] = []
    owners: list[int] = []
    words = list(page.words)
    for index, word in enumerate(words):
        for token in tokens(tidy(word.text)):
            stream.append(token)
            owners.append(index)
    lit = {owners[at] for first, last in places(stream, patterns) for at in range(first, last + 1)}
    return tuple(
        (
            round(box.x0 - 1, 1),
            round(box.y0 - 1, 1),
            round(box.x1 - box.x0 + 2, 1),
            round(box.y1 - box.y0 + 2, 1),
        )
        for index in sorted(lit)
        if (box := words[index].box) is not None
    )


def spans_in(text: str, patterns: Sequence[Pattern]) -> tuple[tuple[int, int], ...]:
    """The ranges of a text that match; none where tidying it would move its characters."""
    clean = tidy(text)
    if len(clean) != len(text):
        return ()
    stream = tokens(clean)
    return tuple((stream[first].start, stream[last].end) for first, last in places(stream, patterns))
