"""What the spaces of a text file tell: where a paragraph's first line is set in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.types import Line, Word

_COLUMNS = re.compile(r"\S\s{3,}\S")
_FIRST_LINE = 3
"""Spaces by which the first line of a paragraph is set in, at least."""
_FULL = 50
"""Characters of a line that may be the first of a paragraph."""


def laid_lines(printed: Sequence[str]) -> tuple[Line, ...]:
    """One line per source line with words, without boxes; `gap` after a blank line and where a first line is set in."""
    lines: list[Line] = []
    gap = False
    indented = indented_lines(printed)
    for index, raw in enumerate(printed):
        words = raw.split()
        if not words:
            gap = bool(lines)
            continue
        lines.append(Line(tuple(Word(word, None) for word in words), gap or index in indented))
        gap = False
    return tuple(lines)


def indented_lines(printed: Sequence[str]) -> frozenset[int]:
    """The lines that open a paragraph by their indent, in a text that keeps the page's layout: lines before and behind stand further left."""
    depth = [len(line) - len(line.lstrip()) if line.strip() else -1 for line in printed]
    found = {
        index
        for index in range(1, len(printed) - 1)
        if depth[index] >= _FIRST_LINE
        and len(printed[index].strip()) >= _FULL
        and 0 <= depth[index - 1] <= depth[index] - _FIRST_LINE
        and 0 <= depth[index + 1] <= depth[index] - _FIRST_LINE
        and not _COLUMNS.search(printed[index].strip())
    }
    return frozenset(found) if len(found) > 1 else frozenset()
