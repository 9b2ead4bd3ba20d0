"""Where the cells of a table's row stand in the reading text."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.types import Line


def cell_spans(line: Line, begin: int, offsets: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The places of a row's cells, from left to right; an empty cell has no length.

    The row's text begins at `begin` in the reading text; `offsets` tells for each of its characters which
    one of `line.text` it is.
    """
    places: dict[int, int] = {}
    for index, offset in enumerate(offsets):
        places.setdefault(offset, begin + index)
    words = list(zip(line.words, line.starts, strict=True))
    spans: list[tuple[int, int]] = []
    taken, last = 0, begin
    for count in line.cells:
        held = words[taken : taken + count]
        taken += count
        found = [places[at] for word, start in held for at in range(start, start + len(word.text)) if at in places]
        spans.append((found[0], found[-1] + 1) if found else (last, last))
        last = spans[-1][1]
    return tuple(spans)
