"""One page image to words, by Tesseract's Vietnamese model through pytesseract.

The time limit is a must: nearly empty noisy pages were seen to take minutes. A
page that runs out of time gets one more try on simpler settings (median filter,
one block of text), then it is "unreadable", and said so.
"""

from __future__ import annotations

import os
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ingest import prepare, quality, rules, signatures, stamps
from ingest.errors import Unavailable
from ingest.fragments import Fragment, letter_height, overlap, split
from ingest.layout import lay_out
from ingest.types import Box, Line, Mark, Page, Word

if TYPE_CHECKING:
    from collections.abc import Mapping

UNREADABLE = "unreadable"
"""Note on a page whose image could not be read in time."""
BLANK = "blank"
"""Note on a page with nothing on it."""

_LANGUAGE = "vie"
_POOR = 0.6
"""Mean confidence under which a page may be upside down (right way up, bad copies have 0.75 and more)."""
_SPECKS = frozenset("`´ˆ˜¬_|~°º¡„›‹»«®^¦¨¸\\=<>")
"""Marks no letter prints by themselves: what Tesseract makes of dirt."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What Tesseract saw in one image: words in pixels, and which of them share a line."""

    words: tuple[Word, ...]
    lines: tuple[tuple[Word, ...], ...]


class Unfinished(Exception):
    """Tesseract did not finish in the time it was given."""


def recognise(grey: Any, *, dpi: int, seconds: float, psm: int = 3) -> Seen:
    """The words of a grey image, boxes in pixels of that image, confidence 0–1.

    Raises `Unfinished` after `seconds`, `Unavailable` where Tesseract or its
    Vietnamese model is not installed.
    """
    import pytesseract
    from PIL import Image

    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    try:
        data = pytesseract.image_to_data(
            Image.fromarray(grey),
            lang=_LANGUAGE,
            config=f"--psm {psm} --dpi {dpi}",
            timeout=max(seconds, 0.01),  # 0 would mean no limit at all
            output_type=pytesseract.Output.DICT,
        )
    except pytesseract.TesseractNotFoundError as error:
        raise _missing() from error
    except pytesseract.TesseractError as error:
        if "loading language" in str(error) or "tessdata" in str(error):
            raise _missing() from error
        raise Unfinished(str(error)) from error
    except RuntimeError as error:
        # pytesseract's own word for a timeout is a bare RuntimeError.
        raise Unfinished(str(error)) from error
    return _seen(data)


def _missing() -> Unavailable:
    return Unavailable(
        "tesseract-missing",
        "Chưa cài Tesseract hoặc dữ liệu tiếng Việt (vie).",
        "Tesseract or its Vietnamese model (vie) is not installed.",
        advice="Hãy cài các gói tesseract-ocr và tesseract-ocr-vie.",
        advice_en="Install the packages tesseract-ocr and tesseract-ocr-vie.",
    )


def _seen(data: Mapping[str, Sequence[Any]]) -> Seen:
    lines: dict[tuple[int, int, int], list[Word]] = {}
    for index, raw in enumerate(data["text"]):
        text = unicodedata.normalize("NFC", str(raw)).strip()
        if not text or float(data["conf"][index]) < 0:
            continue
        x, y = float(data["left"][index]), float(data["top"][index])
        box = Box(x, y, x + float(data["width"][index]), y + float(data["height"][index]))
        key = (data["block_num"][index], data["par_num"][index], data["line_num"][index])
        word = Word(_plain(text), box, round(float(data["conf"][index]) / 100, 4))
        lines.setdefault(key, []).append(word)
    grouped = tuple(tuple(line) for line in lines.values())
    return Seen(tuple(word for line in grouped for word in line), grouped)


def _plain(text: str) -> str:
    # Tesseract writes the fraction slash in numbers of documents, and never means it.
    return text.replace("\u2044", "/").replace("\u2215", "/")


def _sensible(seen: Seen, dpi: int) -> Seen:
    """Without what no letter has: specks read as words, and words larger than any print."""
    unit = dpi / 72

    def keep(word: Word) -> bool:
        if word.box is None:
            return False
        height, width = (word.box.y1 - word.box.y0) / unit, (word.box.x1 - word.box.x0) / unit
        if height > 60 or width < 0.3 or height < 0.3:
            return False
        has_letters = any(char.isalnum() for char in word.text)
        # Ruled lines and the rims of seals are read as a few marks with low confidence.
        return has_letters or word.confidence > 0.3 or word.text in ("-", "–", "+", "/", "./.")

    kept = (_trimmed([word for word in line if keep(word)]) for line in seen.lines)
    lines = tuple(line for line in kept if line)
    return Seen(tuple(word for line in lines for word in line), lines)


def _trimmed(line: list[Word]) -> tuple[Word, ...]:
    """A line without dirt behind its last word; in front it may be a misread bullet or number and stays."""
    while line and not set(line[-1].text) - _SPECKS:
        line.pop()
    return tuple(line)


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

    `marks` and `notes` are added to the page's own; `filled` are words known to
    lie over the image, boxes in points. A page that reads badly is tried the
    other way up where Tesseract's orientation detection says so; its boxes are
    then still those of the page as it is.
    """
    spent: dict[str, float] = {}
    page = _as_it_is(image, number, width, height, dpi, seconds, filled, spent)
    started = time.perf_counter()
    doubtful = _trust(page) < _POOR or _on_end(page)
    # What the first reading left of the page's time must do for the second.
    left = seconds * 0.9 - sum(spent.values())
    if doubtful and left > 0.35 * seconds and not {BLANK, UNREADABLE} & set(page.notes):
        turns = orientation(prepare.max_channel(image), dpi, min(8.0, left * 0.2))
        spent["orientation"] = time.perf_counter() - started
        if turns:
            sizes = (height, width) if turns % 2 else (width, height)
            upright = _as_it_is(rotated(image, turns), number, *sizes, dpi, left * 0.75, (), spent)
            if _on_end(page) or _trust(upright) > _trust(page):
                page = turned_back(upright, turns, width, height)
    return replace(page, marks=(*marks, *page.marks), notes=(*notes, *page.notes)), spent


def _trust(page: Page) -> float:
    """The mean confidence of a page's words of two letters and more, 0 where there are none."""
    words = [word for word in page.words if sum(char.isalpha() for char in word.text) > 1]
    return sum(word.confidence for word in words) / len(words) if words else 0.0


def _on_end(page: Page) -> bool:
    """Whether the lines run up or down the page: most longer words are higher than wide."""
    boxes = [word.box for word in page.words if word.box is not None and len(word.text) > 3]
    return sum(box.y1 - box.y0 > box.x1 - box.x0 for box in boxes) > 0.5 * max(4, len(boxes))


def orientation(grey: Any, dpi: int, seconds: float) -> int:
    """How many quarter turns counter-clockwise set an image upright, 0 where it is or cannot be told."""
    import pytesseract
    from PIL import Image

    try:
        found = pytesseract.image_to_osd(
            Image.fromarray(grey), config=f"--dpi {dpi}", timeout=max(1.0, seconds), output_type="dict"
        )
    except (pytesseract.TesseractError, RuntimeError):
        # Too few letters, no orientation data installed, or no time: leave the page as it is.
        return 0
    return int(found["orientation"]) // 90 % 4 if float(found["orientation_conf"]) > 1.0 else 0


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
    seen, notes = _read(ready.grey, dpi, seconds)
    add("ocr")
    if seen is None:
        return replace(page, notes=(UNREADABLE,))
    scale_x, scale_y = width / ready.grey.shape[1], height / ready.grey.shape[0]
    seen = _scaled(_sensible(seen, dpi), scale_x, scale_y)
    runs, found = signatures.take_out([*seen.lines, *((word,) for word in filled)])
    frames = [Box(x0 * scale_x, y0 * scale_y, x1 * scale_x, y1 * scale_y) for x0, y0, x1, y1 in ready.frames]
    runs, stamp = stamps.take_out(runs, width, height, frames)
    found += [stamp] if stamp else []
    runs, scraps = scribbles_out(runs)
    laid = lay_out([word for run in runs for word in run], width, height, runs)
    turn = prepare.Turn(ready.turn.angle, width, height)
    lines = tuple(_turned(line, turn) for line in laid.lines)
    notes = (*notes, *(f"page-number {item.text}" for item in laid.page_numbers))
    add("layout")
    if ready.colour and not stamp:
        found += _red_stamps(image, dpi, width, height, seconds)
        add("stamps")
    good = quality.measure(ready.grey, [word for run in runs for word in run], angle=ready.turn.angle, steps=ready.steps)
    return replace(page, lines=lines, marks=(*found, *scraps), notes=notes, quality=good)


def _read(grey: Any, dpi: int, seconds: float) -> tuple[Seen | None, tuple[str, ...]]:
    """Tesseract's reading and a note where the second try was needed; None where both failed."""
    try:
        return recognise(grey, dpi=dpi, seconds=seconds * 0.6), ()
    except Unfinished:
        pass
    try:
        return recognise(prepare.median3(grey), dpi=dpi, seconds=seconds * 0.3, psm=6), ("second-try",)
    except Unfinished:
        return None, ()


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
            seen = _sensible(recognise(patch, dpi=dpi, seconds=min(10.0, seconds * 0.2), psm=6), dpi)
            if not seen.words:
                # One short word is no block of text to Tesseract; "sparse text" finds it.
                seen = _sensible(recognise(patch, dpi=dpi, seconds=min(5.0, seconds * 0.1), psm=11), dpi)
        except Unfinished:
            marks.append(Mark("seal", box))
            continue
        marks.append(stamps.mark_of_red(seen.lines, box))
    return marks


def _scaled(seen: Seen, scale_x: float, scale_y: float) -> Seen:
    def scaled(word: Word) -> Word:
        if word.box is None:
            return word
        box = word.box
        return replace(word, box=Box(box.x0 * scale_x, box.y0 * scale_y, box.x1 * scale_x, box.y1 * scale_y))

    lines = tuple(tuple(scaled(word) for word in line) for line in seen.lines)
    return Seen(tuple(word for line in lines for word in line), lines)


def scribbles_out(runs: Sequence[Sequence[Word]]) -> tuple[list[list[Word]], list[Mark]]:
    """The lines without scraps that stand on a row of their own: signatures, rims of seals, handwriting.

    A scrap has no letters or digits, or few of them and read with little
    confidence. It is kept as a mark of kind "image", for it is no text of the letter.
    """
    words = [word for run in runs for word in run]
    size = letter_height(words)
    pieces = [piece for run in runs for piece in split(run, size)]
    marks: list[Mark] = []
    taken: set[int] = set()
    for piece in pieces:
        count = sum(char.isalnum() for char in piece.text)
        confidence = sum(word.confidence for word in piece.words) / len(piece.words)
        if count and (count > 8 or confidence > 0.45) and (count > 2 or confidence > 0.7):
            continue
        if any(_neighbours(piece, other, size) for other in pieces if other is not piece):
            continue
        taken |= {id(word) for word in piece.words}
        marks.append(Mark("image", piece.box, piece.text, round(confidence, 4)))
    kept = [[word for word in run if id(word) not in taken] for run in runs]
    return [run for run in kept if run], marks


def _neighbours(piece: Fragment, other: Fragment, size: float) -> bool:
    """Whether a scrap stands on a line of text: a bullet before it, a hand-written number within it."""
    if overlap(other.box, piece.box) <= 0.3 or len(other.text) <= 3:
        return False
    if sum(word.confidence for word in other.words) <= 0.5 * len(other.words):
        return False
    gap = max(other.box.x0 - piece.box.x1, piece.box.x0 - other.box.x1)
    return gap < (6 * size if piece.box.x0 < other.box.x0 else 3 * size)


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
