"""What labels follow a line: a doubtful label is believed where its successor comes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal

from nlp.outline.lines import UPPER, Line

Sign = Literal["arabic", "letter", "roman two", "small roman two", "section two"]

_FAR = 400
"""Lines within which a label must be followed by the next to confirm it: some ten pages."""
_SIGNS: dict[Sign, re.Pattern[str]] = {
    "arabic": re.compile(rf"\(?(\d{{1,2}})\s*(?:[.)/\-]|,(?=\s))\s*(?=[{UPPER}“\"(‘'])"),
    "letter": re.compile(rf"\(?([a-zđ])\s*(?:[.)]\s*\S|,\s+(?=[{UPPER}]))"),
    "roman two": re.compile(r"(II|Il|ll|TI|lI|11)\s*[./)\-]\s*\S"),
    "small roman two": re.compile(r"\(?(ii)\s*\)\s*\S"),
    "section two": re.compile(r"(B)\s*[./]\s*\S"),
}


class Ahead:
    """The lines of a body with the places of their labels, each kind sought once: looking ahead from each line anew is quadratic."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """`lines` in printed order."""
        self._lines = lines
        self._found: dict[Sign, tuple[list[int], list[str]]] = {}

    def next(self, sign: Sign, index: int) -> str | None:
        """The first label of a kind in the lines from `index` on, some pages far."""
        if sign not in self._found:
            matches = [(at, _SIGNS[sign].match(line.text)) for at, line in enumerate(self._lines)]
            kept = [(at, match.group(1)) for at, match in matches if match]
            self._found[sign] = ([at for at, _ in kept], [text for _, text in kept])
        places, texts = self._found[sign]
        first = bisect_left(places, index)
        return texts[first] if first < len(places) and places[first] < index + _FAR else None
