"""The words of a born-digital page and the tables it draws.

Two ways to the same words: pdfium, and pdfplumber, which takes ten times as long
but knows the font of each letter and the drawn lines. So pdfplumber is asked
where there are old fonts, turned text or a turned page, and for tables.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ingest import drawn, legacy
from ingest.grids import Grid
from ingest.types import Box, Word

_HYPHEN = 2
"""What pdfium gives for a hyphen at the end of a line: the word goes on in the next line."""
_RECTANGLE = 5
"""Steps of a path that draws one rectangle."""
_LEVEL = 2.0
"""Points; higher strokes than this may be the sides of a table."""


@dataclass(frozen=True, slots=True)
class TextLayer:
    """The upright words of a page, whether others stand on it sideways, and its ruled tables.

    `garbled` says that the words are no text: glyph numbers, replacement characters.
    """

    words: tuple[Word, ...]
    sideways: bool
    tables: tuple[Grid, ...]
    garbled: bool


def text_layer(path: Path, page: Any, number: int, to_box: Callable[[Any], Box]) -> TextLayer | None:
    """The text layer of pypdfium2's `page`, which is page `number` (from 1) of the file; None where there is no sense in it.

    `to_box` turns rectangles of the page's own space into boxes from its top left corner.
    """
    needs = needs_pdfplumber(page)
    words = None if needs == "words" else _by_pdfium(page, to_box)
    if words is not None and needs is None:
        return TextLayer(words, False, (), legacy.garbled([word.text for word in words]))
    return _by_pdfplumber(path, number, words)


def needs_pdfplumber(page: Any) -> Literal["words", "tables"] | None:
    """What of the page only pdfplumber gives: the words of old fonts and of turned pages, or tables."""
    import pypdfium2.raw as raw

    if page.get_rotation():
        return "words"
    fonts: set[str] = set()
    ruled = False
    for thing in page.get_objects(max_depth=1):
        if thing.type == raw.FPDF_PAGEOBJ_TEXT:
            fonts.add(_font(thing))
        elif thing.type == raw.FPDF_PAGEOBJ_PATH:
            ruled = ruled or _may_be_ruled(thing)
        elif thing.type == raw.FPDF_PAGEOBJ_FORM:
            return "words"  # what is inside is not looked at
    if any(legacy.encoding_of_font(font) for font in fonts):
        return "words"
    return "tables" if ruled else None


def _may_be_ruled(thing: Any) -> bool:
    """Whether a drawn path may hold the side of a table: no curve, no level stroke, no shading behind a line."""
    import pypdfium2.raw as raw

    left, bottom, right, top = thing.get_bounds()
    if top - bottom <= _LEVEL:
        return False
    count = raw.FPDFPath_CountSegments(thing.raw)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(thing.raw, ctypes.byref(fill), ctypes.byref(stroke))
    if count <= _RECTANGLE and not stroke.value and right - left > drawn.THIN:
        return False
    kinds = (raw.FPDFPathSegment_GetType(raw.FPDFPath_GetPathSegment(thing.raw, at)) for at in range(count))
    return raw.FPDF_SEGMENT_BEZIERTO not in kinds


def _font(thing: Any) -> str:
    import pypdfium2.raw as raw

    buffer = ctypes.create_string_buffer(256)
    length = raw.FPDFFont_GetBaseFontName(raw.FPDFTextObj_GetFont(thing.raw), buffer, 256)
    return buffer.raw[: max(0, min(length, 256) - 1)].decode("utf-8", "replace")


def _by_pdfium(page: Any, to_box: Callable[[Any], Box]) -> tuple[Word, ...] | None:
    """The words by pdfium, None where some are not upright."""
    import pypdfium2.raw as raw

    text = page.get_textpage()
    try:
        handle = text.raw
        found: list[Word] = []
        rectangle, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        for letters in _runs(handle):
            if abs(raw.FPDFText_GetCharAngle(handle, letters[0][0])) > 0.01:
                return None
            shown = legacy.plain("".join(chr(code) for _, code in letters))
            if not shown:
                continue
            corners = []
            for at in {letters[0][0], letters[-1][0]}:
                if not (
                    raw.FPDFText_GetLooseCharBox(handle, at, rectangle)
                    and raw.FPDFText_GetMatrix(handle, at, matrix)
                ):
                    return None
                # As high as its letter size, as pdfplumber has it; pdfium's own height is a little less.
                top = rectangle.bottom + raw.FPDFText_GetFontSize(handle, at) * abs(matrix.d)
                corners.append((rectangle.left, rectangle.bottom, rectangle.right, top))
            around = tuple(
                side(values)
                for side, values in zip((min, min, max, max), zip(*corners, strict=True), strict=True)
            )
            found.append(Word(shown, to_box(around)))
        return tuple(found)
    finally:
        text.close()


def _runs(handle: Any) -> Iterator[list[tuple[int, int]]]:
    """Index and code of the letters of each word of pdfium's text page."""
    import pypdfium2.raw as raw

    run: list[tuple[int, int]] = []
    for at in range(raw.FPDFText_CountChars(handle)):
        code = raw.FPDFText_GetUnicode(handle, at)
        if code == _HYPHEN or (code and not chr(code).isspace()):
            run.append((at, code))
        if run and (code == _HYPHEN or not code or chr(code).isspace()):
            yield run
            run = []
    if run:
        yield run


def _by_pdfplumber(path: Path, number: int, words: tuple[Word, ...] | None) -> TextLayer | None:
    """The tables of a page, and its words where they are not known yet."""
    import pdfplumber
    from pdfminer.pdfexceptions import PDFException

    try:
        with pdfplumber.open(path, pages=[number]) as plumber:
            sheet = plumber.pages[0]
            shift_x, shift_y = map(float, sheet.cropbox[:2])
            tables = drawn.tables(sheet, shift_x, shift_y)
            if words is not None:
                return TextLayer(words, False, tables, legacy.garbled([word.text for word in words]))
            found = sheet.dedupe_chars().extract_words(
                x_tolerance_ratio=0.12, y_tolerance=3, return_chars=True
            )
            for word in found:
                word["fontname"] = word["chars"][0]["fontname"]
    except (PDFException, ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError):
        # pdfminer raises all of these on files pdfium shows without complaint.
        return None
    upright = [word for word in found if word["upright"]]
    words = tuple(
        Word(
            text,
            Box(word["x0"] - shift_x, word["top"] - shift_y, word["x1"] - shift_x, word["bottom"] - shift_y),
        )
        for word, text in zip(upright, legacy.repaired(upright), strict=True)
        if text
    )
    garbled = legacy.garbled([word["text"] for word in upright])
    return TextLayer(words, len(upright) < len(found), tables, garbled)
