"""What ingest gives: pages of words as they were read. Frozen, never corrected.

A correction is a record of its own in the register; the reading stays.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Source = Literal["text-layer", "ocr", "text"]
"""Where a page's words come from: a born-digital text layer, Tesseract, or a plain text file."""

MarkKind = Literal["stamp", "seal", "signature", "signature-text", "handwriting", "image"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points (1/72 inch) from the page's top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1)
        )


@dataclass(frozen=True, slots=True)
class Word:
    """One printed word: text in NFC, its place, and the reader's confidence from 0 to 1.

    `box` is None only for files that have no pages (plain text).
    """

    text: str
    box: Box | None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one printed line, left to right, or a row of a table.

    `gap` is true where more room than an ordinary line feed (or a blank line)
    stands before the line, a hint that a paragraph begins. `cells` is empty but
    for a row of a table: there it says how many of the words each cell has, from
    left to right; the printed lines of a cell follow one another from the top.
    """

    words: tuple[Word, ...]
    gap: bool = False
    cells: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The words joined by single spaces, cells by tabs."""
        if not self.cells:
            return " ".join(word.text for word in self.words)
        words = iter(self.words)
        return "\t".join(" ".join(next(words).text for _ in range(count)) for count in self.cells)

    @property
    def starts(self) -> tuple[int, ...]:
        """Where in `text` each word begins."""
        starts, at = [], 0
        words = iter(self.words)
        for count in self.cells or (len(self.words),):
            for _ in range(count):
                starts.append(at)
                at += len(next(words).text) + 1
            at += not count  # an empty cell still has its tab
        return tuple(starts)

    @property
    def printed(self) -> tuple[tuple[Word, ...], ...]:
        """The words by printed line: one but for a row of a table, there those of each cell."""
        if not self.cells:
            return (self.words,) if self.words else ()
        lines: list[list[Word]] = []
        words = iter(self.words)
        for count in self.cells:
            for at in range(count):
                word = next(words)
                last = lines[-1][-1].box if at else None
                # Within a cell a word further left begins the next line.
                if last is None or word.box is None or word.box.x0 < last.x0:
                    lines.append([])
                lines[-1].append(word)
        return tuple(map(tuple, lines))

    @property
    def box(self) -> Box | None:
        """The box round all words, None where the words have none."""
        boxes = [word.box for word in self.words if word.box is not None]
        if not boxes:
            return None
        result = boxes[0]
        for box in boxes[1:]:
            result = result.union(box)
        return result


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on the page that is not body text: a stamp, a seal, a signature's text box."""

    kind: MarkKind
    box: Box | None
    text: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the image of a page is.

    `skew` in degrees, counter-clockwise positive; `contrast` of print against
    paper from 0 to 1; `speckle` isolated dark specks per 10,000 pixels;
    `doubtful` the share of words read with doubt; `steps` what was done to the
    image before it was read ("max-channel", "deskew +0.6"); `dpi` the resolution
    of the scan itself, None where it cannot be told.
    """

    skew: float
    contrast: float
    speckle: float
    doubtful: float = 0.0
    steps: tuple[str, ...] = ()
    dpi: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it was read.

    `number` counts from 1; `width` and `height` are in points; `dpi` is the
    resolution at which the image was read (None for a born-digital page); `lines` are in
    reading order; `marks` were set apart from the text; `quality` is None where
    no image was read.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    source: Source
    dpi: int | None = None
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = field(default=())
    quality: Quality | None = None

    @property
    def words(self) -> tuple[Word, ...]:
        """All words in reading order."""
        return tuple(word for line in self.lines for word in line.words)

    @property
    def text(self) -> str:
        """Lines joined by line feeds; a blank line stands before a line with a gap."""
        parts: list[str] = []
        for index, line in enumerate(self.lines):
            if index:
                parts.append("\n\n" if line.gap else "\n")
            parts.append(line.text)
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file as read: its name (evidence of nothing), content hash, type and pages.

    `seconds` holds the time spent in each stage, by name.
    """

    name: str
    sha256: str
    media_type: str
    pages: tuple[Page, ...]
    seconds: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost. Beyond that it is refused or its worker killed.

    Seconds per page, bytes of memory of the worker process, pixels of one
    image, pages and bytes of one file.
    """

    seconds_per_page: float = 60.0
    memory_bytes: int = 2 * 1024**3
    pixels: int = 120_000_000
    pages: int = 500
    file_bytes: int = 200 * 1024**2

    @property
    def reading_seconds(self) -> float:
        """What reading an image may take of a page's time; the rest is for drawing the page and for its layout."""
        return self.seconds_per_page * 0.75
