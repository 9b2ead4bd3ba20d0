"""The tables of `api.printed` on paper. Drawn line by line: a register has ten thousand rows, and a layout program takes minutes for them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from api.exports import ILLEGAL
from api.printed import Cell, Sheet, head_of, names_of, words
from register.office_settings import Heading

_MM: Final = 72 / 25.4
_WIDTH, _HEIGHT = 297 * _MM, 210 * _MM
_MARGIN: Final = 15 * _MM
_PAD: Final = 3.0
_SIZE, _LEADING = 9.0, 11.0
_PLAIN, _BOLD, _ITALIC = "Serif-Regular", "Serif-Bold", "Serif-Italic"

Lines = list[list[str]]
"""The lines of each cell of a row."""


def pdf(sheets: Sequence[Sheet], top: Heading) -> bytes:
    """All tables on A4 across, each from a new page on, with page numbers and the titles on every page."""
    from reportlab.pdfgen.canvas import Canvas

    from ingest.fonts import register_fonts

    register_fonts()
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(_WIDTH, _HEIGHT))
    canvas.setTitle(sheets[0].title if sheets else "")
    canvas.setAuthor(top.organ)
    for sheet in sheets:
        _Paper(canvas, sheet).draw(names_of(top))
    canvas.save()
    return held.getvalue()


class _Paper:
    """The pages of one table; `y` is where the next line begins, from the lower edge."""

    def __init__(self, canvas: Any, sheet: Sheet) -> None:
        self.canvas, self.sheet = canvas, sheet
        room, whole = _WIDTH - 2 * _MARGIN, sum(share for _, share in sheet.columns)
        self.widths = [room * share / whole for _, share in sheet.columns]
        self.head = [self._cut(row, _BOLD) for row in head_of(sheet)]
        self.y = _HEIGHT - _MARGIN

    def draw(self, names: Sequence[str]) -> None:
        """The heading and all rows."""
        sheet = self.sheet
        *above, organ = names
        for name in above:
            self._say(name, _PLAIN, _SIZE, centred=False)
        self._say(organ, _BOLD, _SIZE, centred=False)
        self._say(sheet.title, _BOLD, 13)
        for line in sheet.lines:
            self._say(line, _ITALIC, 10.5)
        self.y -= 8
        self._titles()
        for at, cells in enumerate(sheet.rows):
            font = _BOLD if at in sheet.strong else _PLAIN
            self._row(self._cut(cells, font), font)
        self._end()

    def _say(self, text: str, font: str, size: float, *, centred: bool = True) -> None:
        for line in wrapped(text, font, size, _WIDTH - 2 * _MARGIN):
            self.y -= size * 1.25
            self.canvas.setFont(font, size)
            if centred:
                self.canvas.drawCentredString(_WIDTH / 2, self.y, line)
            else:
                self.canvas.drawString(_MARGIN, self.y, line)

    def _cut(self, cells: Sequence[Cell], font: str) -> Lines:
        pairs = zip(cells, self.widths, strict=True)
        return [wrapped(words(cell), font, _SIZE, width - 2 * _PAD) for cell, width in pairs]

    def _titles(self) -> None:
        for lines in self.head:
            self._boxes(lines, _BOLD, centred=True)

    def _row(self, lines: Lines, font: str) -> None:
        """A row; one that is higher than a page goes on on the next."""
        whole = int((_HEIGHT - 2 * _MARGIN - sum(map(_height, self.head)) - 2 * _PAD) / _LEADING)
        for piece in _pieces(lines, max(1, whole)):
            if self.y - _height(piece) < _MARGIN:
                self._end()
                self.y = _HEIGHT - _MARGIN
                self._titles()
            self._boxes(piece, font)

    def _boxes(self, lines: Lines, font: str, *, centred: bool = False) -> None:
        height, x, canvas = _height(lines), _MARGIN, self.canvas
        text = canvas.beginText()
        text.setFont(font, _SIZE, _LEADING)
        canvas.setLineWidth(0.5)
        for cell, width in zip(lines, self.widths, strict=True):
            canvas.rect(x, self.y - height, width, height)
            for number, line in enumerate(cell):
                shift = (width - _measure(line, font, _SIZE)) / 2 if centred else _PAD
                text.setTextOrigin(x + shift, self.y - _PAD - _SIZE + 1 - number * _LEADING)
                text.textOut(line)
            x += width
        canvas.drawText(text)
        self.y -= height

    def _end(self) -> None:
        self.canvas.setFont(_PLAIN, 9)
        self.canvas.drawCentredString(_WIDTH / 2, 9 * _MM, str(self.canvas.getPageNumber()))
        self.canvas.showPage()


def _height(lines: Lines) -> float:
    return max(1, max(map(len, lines), default=1)) * _LEADING + 2 * _PAD


def _pieces(lines: Lines, most: int) -> Iterator[Lines]:
    """A row in pieces of at most so many lines."""
    for start in range(0, max(1, max(map(len, lines), default=1)), most):
        yield [cell[start : start + most] for cell in lines]


def wrapped(text: str, font: str, size: float, room: float) -> list[str]:
    """The lines of a text in a column of this width; a word that is wider is cut. Nothing for an empty text."""
    lines: list[str] = []
    space = _width(" ", font, size)
    for paragraph in ILLEGAL.sub("", text).splitlines():
        line, used = "", 0.0
        for word in paragraph.split():
            wide = _width(word, font, size)
            if line and used + space + wide <= room:
                line, used = f"{line} {word}", used + space + wide
                continue
            if line:
                lines.append(line)
            while wide > room and len(word) > 1:
                fitting = next((n for n in range(len(word) - 1, 1, -1) if _measure(word[:n], font, size) <= room), 1)
                lines.append(word[:fitting])
                word = word[fitting:]
                wide = _width(word, font, size)
            line, used = word, wide
        lines.append(line)
    return lines if text.strip() else []


def _measure(text: str, font: str, size: float) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, font, size))


_width = lru_cache(50_000)(_measure)
"""Of words, which come again and again."""
