"""Signers' names that stand only in the picture of a digital signature.

Some offices let the signing program print the scanned signature together with
the typed name under it, as one image over a born-digital page. The name is then
in no text layer; it is read from that image and becomes words of the letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ingest import prepare
from ingest.fragments import fold
from ingest.reading.tesseract import Unfinished, recognise
from ingest.types import Box, Mark, Word

_DPI = 300
_NAME = re.compile(r"^[A-ZĐÀ-ỸƯƠÂÊÔĂ][a-zđà-ỹươâêôă]+( [A-ZĐÀ-ỸƯƠÂÊÔĂ][a-zđà-ỹươâêôă]*){1,4}$")
_SURE = 0.8


def is_name(text: str) -> bool:
    """Whether a line looks like a person's name: two to five words, each with one capital in front."""
    return bool(_NAME.match(text))


def names_in_pictures(
    overlaid: Any, marks: Sequence[Mark], words: Sequence[Word], seconds: float
) -> list[Word]:
    """The names read from signature pictures on the lower part of a page.

    `overlaid` is the pypdfium2 page with nothing but the signatures on it,
    `marks` are their boxes, `words` those of the page: a picture that has a
    printed name beneath or beside it is left alone.
    """
    height = overlaid.get_size()[1]
    printed = fold(" ".join(mark.text for mark in marks).replace("\n", " "))
    found: list[Word] = []
    image = None
    for mark in marks:
        box = mark.box
        if box is None or box.y0 < 0.3 * height or _has_name(box, words):
            continue
        if image is None:
            # Whole pages only: pdfium counts crops from the page's own origin.
            bitmap = overlaid.render(scale=_DPI / 72, rev_byteorder=True)
            image = prepare.max_channel(bitmap.to_numpy())
        unit = _DPI / 72
        x0, y0 = max(0, int(box.x0 * unit)), max(0, int(box.y0 * unit))
        patch = image[y0 : int(box.y1 * unit), x0 : int(box.x1 * unit)]
        if min(patch.shape) < 20 or prepare.is_blank(patch):
            continue
        try:
            seen = recognise(patch, dpi=_DPI, seconds=min(8.0, seconds * 0.1), psm=11)
        except Unfinished:
            continue
        for line in seen.lines:
            text = " ".join(word.text for word in line)
            # The signature's own text ("Tỉnh Bắc Hà") looks like a name and is known.
            known = fold(text) in printed
            if is_name(text) and not known and min(word.confidence for word in line) > _SURE:
                found += [_placed(word, x0, y0, unit) for word in line]
    return found


def _placed(word: Word, x0: int, y0: int, unit: float) -> Word:
    box = word.box or Box(0, 0, 0, 0)
    return Word(
        word.text,
        Box((box.x0 + x0) / unit, (box.y0 + y0) / unit, (box.x1 + x0) / unit, (box.y1 + y0) / unit),
        word.confidence,
    )


def _has_name(box: Box, words: Sequence[Word]) -> bool:
    """Whether a typed name stands in the picture's column, from its middle to a little below it."""
    inside = [
        word for word in words
        if word.box and word.box.x1 > box.x0 - 40 and word.box.x0 < box.x1 + 40
        and (box.y0 + box.y1) / 2 < word.box.y1 < box.y1 + 60
    ]  # fmt: skip
    rows: dict[int, list[Word]] = {}
    for word in inside:
        rows.setdefault(round(word.box.y1 / 4) if word.box else 0, []).append(word)
    return any(
        is_name(" ".join(word.text for word in sorted(row, key=lambda item: item.box.x0 if item.box else 0)))
        for row in rows.values()
    )
