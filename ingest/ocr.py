"""One page image to a page of words: prepared, read, its stamps and scraps set apart, laid out.

A page that reads badly is tried the other way up. One that Tesseract cannot
read in time is "unreadable", and said so.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from ingest import hands, prepare, quality, rules, signatures, stamps
from ingest.layout import lay_out
from ingest.reading.page import read
from ingest.reading.seen import scaled, sensible, trust
from ingest.reading.tesseract import Unfinished, orientation, recognise
from ingest.scraps import beside_out, scribbles_out, without_scraps
from ingest.types import Box, Line, Mark, Page, Word

UNREADABLE = "unreadable"
"""Note on a page whose image could not be read in time."""
BLANK = "blank"
"""Note on a page with nothing on it."""

_POOR = 0.6
"""Mean confidence under which a page may be upside down (right way up, bad copies have 0.75 and more)."""


def read_image(
    image: Any,
    *,
    number: int,
    width: float,
    height: float,
    dpi: int,
    seconds: float,
    marks: tuple[Mark, ...] = (),
    notes: tuple[str, ...] = (),
    filled: tuple[Word, ...] = (),
) -> tuple[Page, dict[str, float]]:
    """A page from its image (RGB or grey array) of `width` × `height` points, and the time of each stage.

    A coarse image is read larger; the page's `dpi` is then that at which it was read.

    `marks` and `notes` are added to the page's own; `filled` are words known to
    lie over the image, boxes in points. A page that reads badly is tried the
    other way up where Tesseract's orientation detection says so; its boxes are
    then still those of the page as it is.
    """
    spent: dict[str, float] = {}
    image, dpi = prepare.enlarged(image, dpi)
    page = _as_it_is(image, number, width, height, dpi, seconds, filled, spent)
    started = time.perf_counter()
    doubtful = trust(page.words) < _POOR or _on_end(page)
    # What the first reading left of the page's time must do for the second.
    left = seconds * 0.9 - sum(spent.values())
    if doubtful and left > 0.35 * seconds and not {BLANK, UNREADABLE} & set(page.notes):
        turns = orientation(prepare.max_channel(image), dpi, min(8.0, left * 0.2))
        spent["orientation"] = time.perf_counter() - started
        if turns:
            sizes = (height, width) if turns % 2 else (width, height)
            upright = _as_it_is(rotated(image, turns), number, *sizes, dpi, left * 0.75, (), spent)
            if _on_end(page) or trust(upright.words) > trust(page.words):
                page = turned_back(upright, turns, width, height)
    page = without_scraps(page)
    return replace(page, marks=(*marks, *page.marks), notes=(*notes, *page.notes)), spent


def _on_end(page: Page) -> bool:
    """Whether the lines run up or down the page: most longer words are higher than wide."""
    boxes = [word.box for word in page.words if word.box is not None and len(word.text) > 3]
    return sum(box.y1 - box.y0 > box.x1 - box.x0 for box in boxes) > 0.5 * max(4, len(boxes))


def rotated(image: Any, turns: int) -> Any:
    """An image turned counter-clockwise by quarter turns."""
    import numpy as np

    return np.ascontiguousarray(np.rot90(image, turns))


def turned_back(page: Page, turns: int, width: float, height: float) -> Page:
    """A page read from an image turned by quarter turns, with its boxes on the unturned page."""

    def box(old: Box | None) -> Box | None:
        if old is None:
            return None
        if turns == 1:
            return Box(width - old.y1, old.x0, width - old.y0, old.x1)
        if turns == 2:
            return Box(width - old.x1, height - old.y1, width - old.x0, height - old.y0)
        return Box(old.y0, height - old.x1, old.y1, height - old.x0)

    lines = tuple(
        replace(line, words=tuple(replace(word, box=box(word.box)) for word in line.words))
        for line in page.lines
    )
    marks = tuple(replace(mark, box=box(mark.box)) for mark in page.marks)
    notes = (*page.notes, f"turned {turns * 90}")
    return replace(page, width=width, height=height, lines=lines, marks=marks, notes=notes)


def _as_it_is(
    image: Any, number: int, width: float, height: float, dpi: int, seconds: float, filled: tuple[Word, ...],
    spent: dict[str, float],
) -> Page:  # fmt: skip
    """The page read without turning it; adds the seconds of each stage to `spent`."""

    started = time.perf_counter()

    def add(stage: str) -> None:
        nonlocal started
        now = time.perf_counter()
        spent[stage] = spent.get(stage, 0.0) + now - started
        started = now

    ready = prepare.prepare(image, dpi)
    add("prepare")
    page = Page(number, width, height, (), "ocr", dpi)
    if prepare.is_blank(ready.grey):
        return replace(page, notes=(BLANK,))
    # What preparing a huge image took is gone from its time.
    seen, notes = read(ready.grey, dpi, max(min(1.0, seconds), seconds - spent["prepare"]), ready.tables)
    add("ocr")
    if seen is None:
        return replace(page, notes=(UNREADABLE,))
    scale_x, scale_y = width / ready.grey.shape[1], height / ready.grey.shape[0]
    seen = scaled(seen, scale_x, scale_y)
    runs, found = signatures.take_out([*seen.lines, *((word,) for word in filled)])
    frames = [Box(x0 * scale_x, y0 * scale_y, x1 * scale_x, y1 * scale_y) for x0, y0, x1, y1 in ready.frames]
    runs, stamp = stamps.take_out(runs, width, height, frames)
    found += [stamp] if stamp else []
    runs, blanks = hands.filled_in(runs, image, ready.turn, width, height)
    tables = [grid.scaled(scale_x, scale_y) for grid in ready.tables]
    runs, scraps = scribbles_out(beside_out(runs), height, [grid.box for grid in tables])
    laid = lay_out([word for run in runs for word in run], width, height, runs, tables)
    turn = prepare.Turn(ready.turn.angle, width, height)
    lines = tuple(_turned(line, turn) for line in laid.lines)
    notes = (*notes, *(f"page-number {item.text}" for item in laid.page_numbers))
    add("layout")
    if ready.colour and not stamp:
        found += _red_stamps(image, dpi, width, height, seconds)
        add("stamps")
    good = quality.measure(ready.grey, [word for run in runs for word in run], angle=ready.turn.angle, steps=ready.steps)
    return replace(page, lines=lines, marks=(*found, *blanks, *scraps), notes=notes, quality=good)


def _red_stamps(image: Any, dpi: int, width: float, height: float, seconds: float) -> list[Mark]:
    """Red stamps read from their own layer, where the page has red ink."""
    marks: list[Mark] = []
    layer = prepare.red_layer(image)
    for x0, y0, x1, y1 in stamps.red_regions(prepare.red_ink(image), dpi):
        patch = layer[y0:y1, x0:x1]
        # A stamp's frame is shorter than a page's lines, its letters are lower than 6 mm.
        patch, _ = rules.without_lines(patch, patch < 160, dpi, 6.0)
        scale_x, scale_y = width / layer.shape[1], height / layer.shape[0]
        box = Box(x0 * scale_x, y0 * scale_y, x1 * scale_x, y1 * scale_y)
        try:
            seen = sensible(recognise(patch, dpi=dpi, seconds=min(10.0, seconds * 0.2), psm=6), dpi)
            if not seen.words:
                # One short word is no block of text to Tesseract; "sparse text" finds it.
                seen = sensible(recognise(patch, dpi=dpi, seconds=min(5.0, seconds * 0.1), psm=11), dpi)
        except Unfinished:
            marks.append(Mark("seal", box))
            continue
        marks.append(stamps.mark_of_red(seen.lines, box))
    return marks


def _turned(line: Line, turn: prepare.Turn) -> Line:
    if not turn.angle:
        return line
    words = tuple(
        replace(word, box=Box(*turn.back(word.box.x0, word.box.y0, word.box.x1, word.box.y1)))
        if word.box is not None
        else word
        for word in line.words
    )
    return replace(line, words=words)
