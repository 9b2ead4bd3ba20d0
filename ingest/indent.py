"""What the spaces of a text file tell: where a paragraph's first line is set in."""

from __future__ import annotations

import re
from collections.abc import Sequence

_COLUMNS = re.compile(r"\S\s{3,}\S")
_FIRST_LINE = 3
"""Spaces by which the first line of a paragraph is set in, at least."""
_FULL = 50
"""Characters of a line that may be the first of a paragraph."""


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
