"""Word files (.docx) to lines: paragraphs and tables in order, automatic numbers written out.

A table of one row and two cells at the top or bottom is the head or the
signature of a letter: its cells are read one after the other. Other tables are
read row by row.
"""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ingest import failures, legacy
from ingest.indent import row_of
from ingest.plain import PAGE_LETTERS, bare, refuse_book
from ingest.types import Limits, Line, Page, Word

Progress = Callable[[int, int], None]

_WIDTH, _HEIGHT = 595.28, 841.89
_INFLATED = 300 * 1024**2
"""Bytes the parts of a file may unpack to; beyond, it is a bomb."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ENGLISH = "abcdefghijklmnopqrstuvwxyz"


def read_docx(
    path: Path, *, name: str, limits: Limits, progress: Progress | None, spent: dict[str, float]
) -> tuple[Page, ...]:
    """The text of a Word file as one page (such a file has no fixed pages). Raises `BadFile`."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError  # type: ignore[import-untyped]

    started = time.perf_counter()
    if progress:
        progress(0, 1)
    _refuse_bomb(path, name, limits)
    try:
        document = docx.Document(str(path))
        lines = tuple(_lines(document))
    except (OpcError, LxmlError, KeyError, ValueError, zipfile.BadZipFile, OSError, AttributeError) as error:
        raise failures.damaged(name, "DOCX") from error
    if not lines:
        raise failures.no_language(name)
    length = sum(len(word.text) + 1 for line in lines for word in line.words)
    refuse_book(name, -(-length // PAGE_LETTERS), limits)
    spent["text"] = time.perf_counter() - started
    if progress:
        progress(1, 1)
    return (Page(1, _WIDTH, _HEIGHT, lines, "text"),)


def _refuse_bomb(path: Path, name: str, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(
                part.file_size for part in archive.infolist() if part.filename.endswith((".xml", ".rels"))
            )
    except (zipfile.BadZipFile, OSError) as error:
        raise failures.damaged(name, "DOCX") from error
    # The declared size is checked again while unpacking by zipfile itself.
    if size > min(_INFLATED, limits.memory_bytes // 8):
        raise failures.too_hungry(name, limits.memory_bytes)


def _lines(document: Any) -> Iterator[Line]:
    numbering = _Numbering(document)
    gap = False
    first = True
    for kind, text in _blocks(document.element.body, document, numbering, depth=0):
        if kind == "row":
            yield row_of([bare(cell) for cell in text.split("\n")], gap=not first)
            gap, first = False, False
            continue
        for index, raw in enumerate(text.split("\n")):
            words = bare(raw).split()
            if not words:
                gap = not first
                continue
            # Each paragraph of Word is a paragraph; a line break inside is not.
            starts = kind == "paragraph" and index == 0 and not first
            yield Line(tuple(Word(word, None) for word in words), gap or starts)
            gap, first = False, False


def _blocks(parent: Any, document: Any, numbering: _Numbering, *, depth: int) -> Iterator[tuple[str, str]]:
    if depth > 20:
        raise ValueError("tables nested too deeply")
    for child in parent.iterchildren():
        if child.tag == f"{_W}p":
            label = numbering.label(child)
            text = _text(child)
            yield "paragraph", f"{label} {text}" if label and text.strip() else text
        elif child.tag == f"{_W}tbl":
            yield from _table(child, document, numbering, depth)
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}smartTag", f"{_W}ins"):
            yield from _blocks(child, document, numbering, depth=depth + 1)


def _table(table: Any, document: Any, numbering: _Numbering, depth: int) -> Iterator[tuple[str, str]]:
    rows = [list(row.iterchildren(f"{_W}tc")) for row in table.iterchildren(f"{_W}tr")]
    layout = len(rows) <= 4 and all(len(row) <= 3 for row in rows) and any(len(row) >= 2 for row in rows)
    if layout and _is_head_or_foot(rows):
        # By columns, as a person reads them: all of the left, then all of the right.
        for column in range(max(len(row) for row in rows)):
            for row in rows:
                if column < len(row):
                    yield from _blocks(row[column], document, numbering, depth=depth + 1)
        return
    for row in rows:
        cells = [
            " ".join(text for _, text in _blocks(cell, document, numbering, depth=depth + 1) if text.strip())
            for cell in row
        ]
        if any(cell.strip() for cell in cells):
            yield "row" if len(cells) > 1 else "paragraph", "\n".join(" ".join(cell.split()) for cell in cells)


def _is_head_or_foot(rows: list[list[Any]]) -> bool:
    text = "\n".join(
        _text(paragraph) for row in rows for cell in row for paragraph in cell.iter(f"{_W}p")
    ).lower()
    return any(
        sign in text for sign in ("độc lập", "cộng h", "đảng cộng sản", "nơi nhận", "chủ tịch", "giám đốc")
    )


def _text(paragraph: Any) -> str:
    """The visible text of a paragraph: deleted text and field codes left out, old fonts converted."""
    parts: list[str] = []
    for run in paragraph.iter(f"{_W}r"):
        if any(ancestor.tag == f"{_W}del" for ancestor in run.iterancestors()):
            continue
        fonts = run.find(f"{_W}rPr/{_W}rFonts")
        font = str(fonts.get(f"{_W}ascii") or "") if fonts is not None else ""
        caps = run.find(f"{_W}rPr/{_W}caps") is not None
        parts.append(_run_text(run, font, caps))
    return "".join(parts)


def _run_text(run: Any, font: str, caps: bool) -> str:
    pieces: list[str] = []
    for child in run.iterchildren():
        if child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag in (f"{_W}tab", f"{_W}ptab"):
            pieces.append("\t")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
        elif child.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
    text = "".join(pieces)
    encoding = legacy.encoding_of_font(font)
    if encoding and text.strip():
        text = legacy.convert(text, encoding)
        caps = caps or legacy.is_capital_font(font)
    return text.upper() if caps else text


class _Numbering:
    """Automatic numbers as Word prints them, counted while the paragraphs go by in order."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._abstract: dict[str, str] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._read(document)

    def _read(self, document: Any) -> None:
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        for abstract in root.iterchildren(f"{_W}abstractNum"):
            for level in abstract.iterchildren(f"{_W}lvl"):
                key = (str(abstract.get(f"{_W}abstractNumId")), int(level.get(f"{_W}ilvl")))
                start = int(_value(level, "start") or 1)
                self._levels[key] = (
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText") or "",
                    start,
                )
        for number in root.iterchildren(f"{_W}num"):
            self._abstract[str(number.get(f"{_W}numId"))] = _value(number, "abstractNumId") or ""
        for style in document.styles.element.iterchildren(f"{_W}style"):
            found = style.find(f"{_W}pPr/{_W}numPr")
            if found is not None and _value(found, "numId"):
                self._styles[str(style.get(f"{_W}styleId"))] = (
                    _value(found, "numId") or "", int(_value(found, "ilvl") or 0),
                )  # fmt: skip

    def label(self, paragraph: Any) -> str:
        """The label printed before this paragraph, "" where there is none. Call once per paragraph, in order."""
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        number, level = "", 0
        if style is not None:
            number, level = self._styles.get(str(style.get(f"{_W}val")), ("", 0))
        if own is not None:
            number, level = _value(own, "numId") or number, int(_value(own, "ilvl") or level)
        if not number or number == "0":
            return ""
        abstract = self._abstract.get(number, "")
        if (abstract, level) not in self._levels:
            return ""
        form, pattern, start = self._levels[(abstract, level)]
        if form == "bullet":
            return "-"
        counters = self._counters.setdefault(abstract, {})
        counters[level] = counters.get(level, start - 1) + 1
        for deeper in [key for key in counters if key > level]:
            del counters[deeper]
        text = pattern
        for at in range(level + 1):
            at_form, _, at_start = self._levels.get((abstract, at), ("decimal", "", 1))
            text = text.replace(f"%{at + 1}", _numeral(counters.get(at, at_start), at_form))
        return text.strip()


def _value(element: Any, tag: str) -> str | None:
    child = element.find(f"{_W}{tag}")
    return None if child is None else child.get(f"{_W}val")


def _numeral(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        # Word counts in English letters, also in Vietnamese letters.
        letter = _ENGLISH[(number - 1) % 26] * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        roman = ""
        for value, sign in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
                            (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):  # fmt: skip
            while number >= value:
                roman, number = roman + sign, number - value
        return roman if form == "upperRoman" else roman.lower()
    if form == "decimalZero":
        return f"{number:02d}"
    return "" if form == "none" else str(number)
