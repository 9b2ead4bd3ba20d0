"""Bad places read again with their grey ground taken away: print under a seal, lines that came out as junk.

A seal that was copied in grey is paler than the print over it; with everything
paler than half the paper made white, the print is left. Pale print would go
with it, so only places that read badly are treated, and line by line the
better reading stays.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

import numpy as np

from ingest.fragments import Fragment, box_of, overlap
from ingest.reading.seen import STANDING_ALONE, Seen, moved, parted, sensible
from ingest.reading.uncovered import uncovered
from ingest.types import Box, Word

Recognise = Callable[[Any], Seen]
Line = tuple[Word, ...]

_BAD = 0.12
"""Share of a line's letters in words of low confidence from which it is read again."""
_UNSURE = 0.6
_PALE = 0.5
"""Share of the paper's brightness from which a grey is made white."""
_WORTH = 0.55
"""Confidence at which a letter neither speaks for a reading nor against it."""
_NEW_LINE = 0.6
"""Worth from which a line is believed where none was read before; strokes of a pen are worth less."""
_MOST_PLACES = 6
_RIM = 10
"""White pixels put round a place that is read by itself."""


def without_ground(grey: Any) -> Any:
    """The image with what is paler than half its paper made white."""
    paper = float(np.percentile(grey[::4, ::4], 90))
    table = np.clip(np.arange(256) / max(1.0, paper * _PALE) * 255, 0, 255).astype(np.uint8)
    return table[grey]


def read_again(grey: Any, seen: Seen, dpi: int, recognise: Recognise) -> tuple[Seen, Any, int]:
    """The words with bad lines replaced where another reading is better, the image they were read from, and how many."""
    clean, image, count = without_ground(grey), grey, 0
    lines, unread = list(seen.lines), uncovered(clean, seen)
    for place in bad_places(seen, unread)[:_MOST_PLACES]:
        # Print that was passed over may stand on clean paper: taking its ground away only thins it.
        passed_over = any(_within(box, place) for box in unread)
        for source in (clean, grey) if passed_over else (clean,):
            lines, won = _merged(lines, place, _look(source, place, dpi, recognise))
            if won:
                break
        if won and source is clean:
            image = grey.copy() if image is grey else image
            for box in won:
                part = (slice(max(0, int(box.y0)), int(box.y1) + 1), slice(max(0, int(box.x0)), int(box.x1) + 1))
                image[part] = clean[part]
        count += len(won)
    return Seen.of(lines), image, count


def _look(source: Any, place: Box, dpi: int, recognise: Recognise) -> Sequence[Line]:
    """The lines read at a place of an image, by itself."""
    x0, y0 = max(0, int(place.x0)), max(0, int(place.y0))
    patch = source[y0 : int(place.y1) + 1, x0 : int(place.x1) + 1]
    if min(patch.shape) < 8:
        return ()
    found = sensible(recognise(np.pad(patch, _RIM, constant_values=255)), dpi)
    return parted(moved(found, x0 - _RIM, y0 - _RIM)).lines


def bad_places(seen: Seen, unread: Sequence[Box] = ()) -> list[Box]:
    """Boxes round lines that read badly and print that no word covers, neighbours together, from the top."""
    parts = [Fragment.of(line) for line in seen.lines]
    if not parts:
        return []
    height = median(part.height for part in parts)
    bad = [
        part.box for part in parts if _badness(part.words) >= _BAD and part.box.x1 - part.box.x0 > 3 * height
    ]
    places: list[Box] = []
    lost = [_as_long_as_beside(box, parts, height) for box in unread]
    for box in sorted((*bad, *lost), key=lambda each: each.y0):
        near = next(
            (
                at
                for at, other in enumerate(places)
                if box.y0 - other.y1 < 1.2 * height and _beside(box, other) > 0
            ),
            None,
        )
        if near is None:
            places.append(box)
        else:
            places[near] = places[near].union(box)
    # What stands on the same rows is read along: a line that lost its beginning, the lines between two bad ones.
    for at, place in enumerate(places):
        for part in parts:
            if place.y0 <= part.middle <= place.y1 and _beside(part.box, place) > -height:
                places[at] = places[at].union(part.box)
    return [
        Box(box.x0 - 0.5 * height, box.y0 - 0.3 * height, box.x1 + 0.5 * height, box.y1 + 0.3 * height)
        for box in places
    ]


def _as_long_as_beside(box: Box, parts: Sequence[Fragment], height: float) -> Box:
    """Unread print with the breadth of the lines right over and under it: a streak may have broken it."""
    near = [
        part.box
        for part in parts
        if _beside(part.box, box) > 0 and max(box.y0 - part.box.y1, part.box.y0 - box.y1) < 1.2 * height
    ]
    return Box(
        min([box.x0, *(each.x0 for each in near)]), box.y0, max([box.x1, *(each.x1 for each in near)]), box.y1
    )


def _beside(one: Box, other: Box) -> float:
    return min(one.x1, other.x1) - max(one.x0, other.x0)


def _badness(words: Sequence[Word]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(len(word.text) for word in words if word.confidence < _UNSURE) / letters


def worth(words: Sequence[Word]) -> float:
    """What a reading of a line is worth: letters read with confidence, less marks and scraps that stand alone."""
    total = 0.0
    for word in words:
        letters = sum(char.isalnum() for char in word.text)
        if letters:
            total += letters * (word.confidence - _WORTH)
        elif word.text not in STANDING_ALONE:
            total -= 0.3 * len(word.text)
        if letters == 1 and word.confidence < 0.8:
            total -= 1
    return total


def _merged(lines: list[Line], place: Box, found: Sequence[Line]) -> tuple[list[Line], list[Box]]:
    """The lines with those of `place` exchanged where `found` has a better one, and the boxes of what was exchanged."""
    inside = [line for line in lines if _within(Fragment.of(line).box, place)]
    rows = _rows([*((False, line) for line in inside), *((True, line) for line in found)])
    won: list[Box] = []
    exchanged: dict[int, list[Line]] = {}
    added: list[Line] = []
    for row in rows:
        old, new = [line for is_new, line in row if not is_new], [line for is_new, line in row if is_new]
        least = sum(map(worth, old)) + 0.02 * _letters(new) if old else _NEW_LINE
        better = sum(map(worth, new)) > max(0.0, least) and (old or _letters(new) > 3)
        if not better:
            continue
        won += [Fragment.of(line).box for line in new]
        if old:
            exchanged |= {id(line): [] for line in old}
            exchanged[id(old[0])] = new
        else:
            added += new
    taken = [
        box_of(word) for line in (*itertools.chain.from_iterable(exchanged.values()), *added) for word in line
    ]
    result: list[Line] = []
    for line in lines:
        if id(line) in exchanged:
            result += exchanged[id(line)]
        else:
            # A box that was too high let its words into no row: what stands where better words stand goes.
            kept = tuple(word for word in line if not any(_covers(box, box_of(word)) for box in taken))
            result += [kept] if kept else []
    return [*result, *added], won


def _covers(place: Box, box: Box) -> bool:
    """Whether most of a box lies in a place."""
    wide, high = _beside(box, place), min(box.y1, place.y1) - max(box.y0, place.y0)
    return wide > 0 and high > 0 and wide * high > 0.5 * (box.x1 - box.x0) * (box.y1 - box.y0)


def _letters(lines: Sequence[Line]) -> int:
    return sum(char.isalnum() for line in lines for word in line for char in word.text)


def _within(box: Box, place: Box) -> bool:
    return place.y0 <= (box.y0 + box.y1) / 2 <= place.y1 and _beside(box, place) > 0.5 * (box.x1 - box.x0)


def _rows(marked: Sequence[tuple[bool, Line]]) -> list[list[tuple[bool, Line]]]:
    """Old and new lines that stand on the same row of print."""
    rows: list[list[tuple[bool, Line]]] = []
    boxes: list[Box] = []
    for is_new, line in sorted(marked, key=lambda item: Fragment.of(item[1]).middle):
        part = Fragment.of(line)
        at = next(
            (i for i, box in enumerate(boxes) if overlap(box, part.box) > 0.5 and _beside(box, part.box) > 0),
            None,
        )
        if at is None:
            rows.append([(is_new, line)])
            boxes.append(part.box)
        else:
            rows[at].append((is_new, line))
    return rows
