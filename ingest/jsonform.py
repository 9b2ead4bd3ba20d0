"""A `Reading` as plain JSON data and back: between processes, and for keeping.

Compact, because a letter has thousands of words: a word is
``[text, confidence]`` or ``[text, confidence, x0, y0, x1, y1]``, boxes in points
to 0.01. `reading_from_json` raises `ValueError` for anything else, so that data
from a worker that went astray is refused, not trusted.
"""

from __future__ import annotations

from typing import Any, cast, get_args

from ingest.types import Box, Line, Mark, MarkKind, Page, Quality, Reading, Source, Word


def reading_to_json(reading: Reading) -> dict[str, Any]:
    """The reading as dicts, lists, strings and numbers."""
    return {
        "name": reading.name,
        "sha256": reading.sha256,
        "media_type": reading.media_type,
        "pages": [page_to_json(page) for page in reading.pages],
        "seconds": [list(pair) for pair in reading.seconds],
    }


def page_to_json(page: Page) -> dict[str, Any]:
    """One page as plain data."""
    return {
        "number": page.number,
        "width": round(page.width, 2),
        "height": round(page.height, 2),
        "source": page.source,
        "dpi": page.dpi,
        "lines": [
            {"gap": line.gap, "words": [_word(word) for word in line.words]}
            | ({"cells": list(line.cells)} if line.cells else {})
            for line in page.lines
        ],
        "marks": [
            {"kind": mark.kind, "box": _box(mark.box), "text": mark.text, "confidence": mark.confidence}
            for mark in page.marks
        ],
        "notes": list(page.notes),
        "quality": quality_to_json(page.quality),
    }


def quality_to_json(quality: Quality | None) -> list[Any] | None:
    """The quality of a page's image as [skew, contrast, speckle, doubtful, steps, dpi]."""
    if quality is None:
        return None
    figures = (quality.skew, quality.contrast, quality.speckle, quality.doubtful)
    return [*(round(figure, 3) for figure in figures), list(quality.steps), quality.dpi]


def quality_from_json(data: Any) -> Quality | None:
    """The quality from plain data; raises `ValueError` or `TypeError` where the data is none."""
    if data is None:
        return None
    skew, contrast, speckle, doubtful, steps, dpi = data
    figures = (float(skew), float(contrast), float(speckle), float(doubtful))
    return Quality(*figures, tuple(map(str, steps)), None if dpi is None else int(dpi))


def _word(word: Word) -> list[Any]:
    return [word.text, word.confidence, *(_box(word.box) or [])]


def _box(box: Box | None) -> list[float] | None:
    return None if box is None else [round(value, 2) for value in (box.x0, box.y0, box.x1, box.y1)]


def reading_from_json(data: Any) -> Reading:
    """The reading from plain data; raises `ValueError` where the data is not one."""
    try:
        return Reading(
            str(data["name"]),
            str(data["sha256"]),
            str(data["media_type"]),
            tuple(page_from_json(page) for page in data["pages"]),
            tuple((str(stage), float(seconds)) for stage, seconds in data["seconds"]),
        )
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError("not a reading") from error


def page_from_json(data: Any) -> Page:
    """One page from plain data; raises `ValueError` where the data is not one."""
    try:
        source = data["source"]
        if source not in get_args(Source):
            raise ValueError("unknown source of a page")
        dpi = data["dpi"]
        return Page(
            int(data["number"]),
            float(data["width"]),
            float(data["height"]),
            tuple(map(_to_line, data["lines"])),
            cast("Source", source),
            None if dpi is None else int(dpi),
            tuple(_to_mark(mark) for mark in data["marks"]),
            tuple(str(note) for note in data["notes"]),
            quality_from_json(data["quality"]),
        )
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError("not a page") from error


def _to_line(data: Any) -> Line:
    words, cells = tuple(map(_to_word, data["words"])), tuple(map(int, data.get("cells", ())))
    if cells and (sum(cells) != len(words) or min(cells) < 0):
        raise ValueError("cells that do not hold a row's words")
    return Line(words, bool(data["gap"]), cells)


def _to_word(data: Any) -> Word:
    if len(data) == 2:
        return Word(str(data[0]), None, float(data[1]))
    return Word(str(data[0]), _to_box(data[2:]), float(data[1]))


def _to_box(data: Any) -> Box:
    x0, y0, x1, y1 = (float(value) for value in data)
    return Box(x0, y0, x1, y1)


def _to_mark(data: Any) -> Mark:
    if data["kind"] not in get_args(MarkKind):
        raise ValueError("unknown kind of mark")
    box = data["box"]
    return Mark(
        cast("MarkKind", data["kind"]), None if box is None else _to_box(box), str(data["text"]),
        float(data["confidence"]),
    )  # fmt: skip
