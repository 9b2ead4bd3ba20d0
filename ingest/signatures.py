"""What digital signatures print on a page: text boxes that are no part of the letter.

They are form widgets lying over the page, or stand in its own text; what they
say ("Ký bởi: …", "Thời gian ký: …") becomes marks. One thing in them does belong
to the letter: offices let the signing program print the number and the day into
the blanks of "Số:      /…" and "ngày    tháng", as two or three digits. Those
become words.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.fragments import Fragment, box_of, letter_height, split
from ingest.types import Box, Mark, Word

_FILL_IN = re.compile(r"^\d{1,5}[a-zđ]?$|^\d{1,2}[/.]\d{1,2}([/.]\d{4})?$")
_SIGNED = re.compile(
    r"\b(ký bởi|người ký|thời gian ký|ngày ký)\s*:|digitally signed|chữ ký số|"
    r"[\w.-]+@[\w.-]+\.\w+|\d\d[./]\d\d[./]\d{4} \d\d:\d\d:\d\d",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(ký bởi|người ký|thời gian ký|ngày ký|cơ quan|email|e-mail|chức vụ|lý do)\s*:", re.IGNORECASE
)
_STRONG = re.compile(r"^(ký bởi|người ký|thời gian ký)\s*:", re.IGNORECASE)
_TAIL = re.compile(r"^(\d\d[./]\d\d[./]\d{4}\b.*|\d\d:\d\d:\d\d.*|[+-]\d\d:\d\d|\S*@\S*|\S+\.vn)$")

Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Overlay:
    """What lies over a page: marks (signature boxes and images) and words filled into blanks."""

    marks: tuple[Mark, ...] = ()
    words: tuple[Word, ...] = ()


def reads_like_signature(text: str) -> bool:
    """Whether a text box is a digital signature's, by its labels, address or signing time."""
    return bool(_SIGNED.search(text))


def overlay(document: Any, index: int, to_box: Callable[[Rectangle], Box]) -> Overlay:
    """What the widgets of page `index` (from 0) print over it.

    `document` is a pypdfium2 document opened for this alone, with its forms
    initialised: the page's own content is removed so that only the widgets'
    appearance is left. `to_box` turns (left, bottom, right, top) of the page's
    space into a `Box`.
    """
    import pypdfium2.raw as raw

    page = document[index]
    rectangles = _widgets(page)
    if not rectangles:
        return Overlay()
    for thing in list(page.get_objects(max_depth=1)):
        page.remove_obj(thing)
    page.gen_content()
    # The raw call: pages cut out of a signed file keep their widgets and lose the form they belong to.
    if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_FAIL:
        return Overlay()
    # pdfium shows the flattened content only on a page loaded anew.
    text = document[index].get_textpage()
    pieces = []
    for number in range(min(text.count_rects(), 2000)):
        rectangle = text.get_rect(number)
        content = _clean(text.get_text_bounded(*rectangle))
        if content:
            pieces.append((rectangle, content))
    return _sorted_out(rectangles, pieces, to_box)


def _widgets(page: Any) -> list[Rectangle]:
    import pypdfium2.raw as raw

    kinds = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_FREETEXT)
    rectangles: list[Rectangle] = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), 200)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            rectangle = raw.FS_RECTF()
            if raw.FPDFAnnot_GetSubtype(annotation) in kinds and raw.FPDFAnnot_GetRect(
                annotation, ctypes.byref(rectangle)
            ):
                box = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
                if box[2] > box[0] and box[3] > box[1]:
                    rectangles.append(box)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return rectangles


def _clean(text: str) -> str:
    # pdfium marks a soft hyphen at a line end with U+0002.
    plain = "".join(char for char in text if char.isprintable() or char.isspace())
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", plain)).strip()


def _sorted_out(
    rectangles: Sequence[Rectangle],
    pieces: Sequence[tuple[Rectangle, str]],
    to_box: Callable[[Rectangle], Box],
) -> Overlay:
    texts: list[list[str]] = [[] for _ in rectangles]
    boxes: list[list[Rectangle]] = [[] for _ in rectangles]
    for piece, content in pieces:
        x, y = (piece[0] + piece[2]) / 2, (piece[1] + piece[3]) / 2
        holders = [
            at for at, (left, bottom, right, top) in enumerate(rectangles)
            if left <= x <= right and bottom <= y <= top
        ]  # fmt: skip
        if not holders:
            continue
        # Signature boxes overlap: a line belongs with the text it is aligned to, else to the smallest box.
        aligned = [at for at in holders if boxes[at] and abs(boxes[at][0][0] - piece[0]) < 4]
        holder = (aligned or sorted(holders, key=lambda at: _area(rectangles[at])))[0]
        texts[holder].append(content)
        boxes[holder].append(piece)
    marks: list[Mark] = []
    words: list[Word] = []
    for rectangle, lines, places in zip(rectangles, texts, boxes, strict=True):
        content = "\n".join(lines)
        if len(lines) == 1 and _FILL_IN.match(content):
            words.append(Word(content, to_box(places[0])))
        elif content:
            marks.append(Mark("signature-text", to_box(rectangle), content))
        else:
            marks.append(Mark("signature", to_box(rectangle)))
    return Overlay(tuple(marks), tuple(words))


def _area(box: Rectangle) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def take_out(runs: Sequence[Sequence[Word]]) -> tuple[list[list[Word]], list[Mark]]:
    """The lines without signature boxes printed in the page's own text, and those boxes as marks.

    A box is a column of lines that begin alike at the left, two of them labels
    ("Ký bởi:", "Cơ quan:", "Thời gian ký:"), at least one of which only a signing
    program writes.
    """
    size = letter_height([word for run in runs for word in run])
    pieces = [piece for run in runs for piece in split(run, size)]
    marks: list[Mark] = []
    taken: set[int] = set()
    for piece in sorted(pieces, key=lambda item: item.middle):
        if not _LABEL.match(piece.text) or any(id(word) in taken for word in piece.words):
            continue
        block = _block(piece, pieces)
        if sum(bool(_LABEL.match(member.text)) for member in block) < 2:
            continue
        if not any(_STRONG.match(member.text) for member in block):
            continue
        box = block[0].box
        for member in block[1:]:
            box = box.union(member.box)
        taken |= {id(word) for member in block for word in member.words}
        marks.append(Mark("signature-text", box, "\n".join(member.text for member in block)))
    kept = [[word for word in run if id(word) not in taken] for run in runs]
    return [run for run in kept if run], marks


def _block(first: Fragment, pieces: Sequence[Fragment]) -> list[Fragment]:
    """The lines under `first` that begin at the same place, as long as they follow closely."""
    below = sorted(
        (
            piece for piece in pieces
            if piece.middle >= first.middle and abs(piece.box.x0 - first.box.x0) < first.height
        ),
        key=lambda piece: piece.middle,
    )  # fmt: skip
    block: list[Fragment] = []
    for piece in below:
        if block and piece.box.y0 - block[-1].box.y1 > 1.2 * first.height:
            break
        if block and abs(box_of(piece.words[0]).y1 - box_of(piece.words[0]).y0) > 1.8 * first.height:
            break
        block.append(piece)
    # The block ends with its last label and what continues it.
    last = max((at for at, piece in enumerate(block) if _LABEL.match(piece.text)), default=0)
    end = last + 1
    while end < len(block) and (
        _TAIL.match(block[end].text) or (end == last + 1 and len(block[end].words) <= 4)
    ):
        end += 1
    return block[:end]
