"""Pages as compact JSON and back: what was read is kept word for word, with boxes and confidence.

The layout is a list of lines, each `[gap, [[text, x0, y0, x1, y1, confidence],
…]]`, with coordinates in points; words of plain text files have no box and are
`[text]`. A row of a table has the counts of words of its cells behind. Coordinates keep two decimals, 0.01 pt being
far below a pixel.
"""

from __future__ import annotations

from typing import Any, cast

from ingest.jsonform import quality_from_json
from ingest.types import Box, Line, Mark, MarkKind, Page, Source, Word
from register.models import FilePage


def layout_of(page: Page) -> list[Any]:
    """The page's lines as compact JSON."""
    return [
        [int(line.gap), [_word(word) for word in line.words], *([list(line.cells)] if line.cells else [])]
        for line in page.lines
    ]


def marks_of(page: Page) -> list[Any]:
    """The page's marks as compact JSON."""
    return [[mark.kind, mark.text, _box(mark.box), round(mark.confidence, 3)] for mark in page.marks]


def to_page(row: FilePage) -> Page:
    """The page of a row, as it was read."""
    return Page(
        number=row.number,
        width=row.width,
        height=row.height,
        lines=tuple(
            Line(tuple(map(_read_word, words)), bool(gap), tuple(cells[0]) if cells else ())
            for gap, words, *cells in row.layout
        ),
        source=cast("Source", row.source),
        dpi=row.dpi,
        marks=tuple(
            Mark(cast("MarkKind", kind), _read_box(box), text, confidence)
            for kind, text, box, confidence in row.marks
        ),
        notes=tuple(row.notes),
        quality=quality_from_json(row.quality),
    )


def _box(box: Box | None) -> list[float] | None:
    return [round(value, 2) for value in (box.x0, box.y0, box.x1, box.y1)] if box else None


def _read_box(values: list[float] | None) -> Box | None:
    return Box(*values) if values else None


def _word(word: Word) -> list[Any]:
    box = _box(word.box)
    if box is None:
        return [word.text] if word.confidence == 1.0 else [word.text, round(word.confidence, 3)]
    return [word.text, *box, round(word.confidence, 3)]


def _read_word(values: list[Any]) -> Word:
    if len(values) <= 2:
        return Word(values[0], None, values[1] if len(values) == 2 else 1.0)
    text, x0, y0, x1, y1, confidence = values
    return Word(text, Box(x0, y0, x1, y1), confidence)
