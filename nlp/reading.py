"""The reading text of a letter, and the way back from it to the pages.

All finders work on one plain string. `Text` makes that string from the pages
and knows for each of its characters where on which page it was read, so every
value found can be shown on the page image.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.indent import laid_lines
from ingest.types import Box, Page, Source, Word
from nlp.cell_spans import cell_spans
from nlp.glued import gaps
from nlp.joined import line_breaks
from nlp.normalise import clean_char
from nlp.tables.flattened import row_numbers
from nlp.types import Evidence, PageBox

_PAGE_NUMBER = re.compile(r"\W*(?:trang\s*)?([1-9]\d{0,2})(?:\s*/\s*\d{1,3})?\W*", re.IGNORECASE)
_LABEL_ALONE = re.compile(r"\s*\d{1,2}[.)/]\s*")
""" "2." alone above its paragraph: a list's number, no page's."""
_BREAK_MARK = re.compile(
    r"[-=_*\s]*(?:PAGE\s*BREAK|NGẮT\s*TRANG)[-=_*\s]*|(?:\d{1,3}\s+)?CÔNG BÁO\s*/\s*Số\s[\d\s+&,-]+/\s*Ngày\s+[\d/.-]+(?:\s+\d{1,3})?", re.IGNORECASE
)
"""Marks of page breaks, and the running head of the official gazette ("CÔNG BÁO/Số 411 + 412/Ngày 18-5-2022")."""
_TAG = re.compile(r"</?(?:b|i|u|em|strong|br|sup|sub)\s*/?>|\*\*", re.IGNORECASE)
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])")
_SENTENCE_END = re.compile(r"[.;:!?…][\"”’)]*\s*$")
_LONE_BULLET = re.compile(r"\s*[-–—+•]\s*")
"""A bullet alone on its line, as web pages give the entries of a list: the entry stands on the next."""
_STARTS_ITEM = re.compile(r"\s*(?:[-–—+•*]|\(?(?:\d{1,2}|[a-zđ]|[IVX]{1,4})[.)/]|(?:Điều|Mục|Chương|Phần)\s)")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one page by their offsets in `Page.text`."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[Word, ...]
    lines: tuple[int, ...]

    def between(self, start: int, end: int) -> Iterator[tuple[int, Word]]:
        """Line number and word of every word that touches [start, end)."""
        index = max(0, bisect_right(self.starts, start) - 1)
        while index < len(self.starts) and self.starts[index] < end:
            if self.ends[index] > start:
                yield self.lines[index], self.words[index]
            index += 1


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """The reading text of some pages.

    `text` holds lines parted by a line feed; a blank line stands where the page
    shows a gap, and between pages where no paragraph runs on. Page numbers and
    page-break marks are left out, a space is put where words were read as one, and lines a text file joined are parted. `page_starts` are the offsets at which a new
    page begins (the first is 0), `page_numbers` the pages they belong to.
    """

    text: str
    page_starts: tuple[int, ...]
    page_numbers: tuple[int, ...]
    _page: array[int]
    _offset: array[int]
    _pages: tuple[Page, ...]
    _words: tuple[_Words, ...]
    cells: tuple[tuple[tuple[int, int], ...], ...] = ()
    """The rows of tables, each with the places of its cells; an empty cell has no length."""

    @classmethod
    def of_pages(cls, pages: Sequence[Page]) -> Text:
        """Build the reading text of the pages, in their order."""
        builder = _Builder()
        for index, page in enumerate(pages):
            builder.add(index, page)
        return builder.done(tuple(pages))

    @classmethod
    def of_string(cls, text: str) -> Text:
        """The reading text of a plain string, as one page of number 1 without boxes."""
        return cls.of_pages((page_of_string(text),))

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages this text was made from."""
        return self._pages

    def __len__(self) -> int:
        """Number of characters."""
        return len(self.text)

    def to_page(self, offset: int) -> tuple[int, int]:
        """Page number and offset in that page's `Page.text` of the character at `offset`."""
        if not self.text:
            return (self._pages[0].number if self._pages else 1, 0)
        if offset >= len(self.text):
            last = len(self.text) - 1
            return self._pages[self._page[last]].number, self._offset[last] + 1
        return self._pages[self._page[offset]].number, self._offset[offset]

    def page_of(self, offset: int) -> int:
        """Number of the page the character at `offset` stands on."""
        return self.to_page(offset)[0]

    def source_at(self, offset: int) -> Source:
        """Where the page of the character at `offset` was read from."""
        return self._pages[self._page[offset]].source

    def with_text(self, text: str) -> Text:
        """The same places under another text of the same length (misread words put right)."""
        if len(text) != len(self.text):
            raise ValueError("a repaired text must be as long as what was read")
        return replace(self, text=text)

    def words(self, start: int, end: int) -> tuple[Word, ...]:
        """The words as read that touch [start, end)."""
        return tuple(word for _, _, word in self._touched(start, end))

    def confidence(self, start: int, end: int) -> float:
        """The lowest confidence of the reader on the words in [start, end); 1.0 where there are none."""
        return min((word.confidence for word in self.words(start, end)), default=1.0)

    def boxes(self, start: int, end: int) -> tuple[PageBox, ...]:
        """Where [start, end) stands: one box per printed line, words merged."""
        merged: dict[tuple[int, int], Box] = {}
        for page, line, word in self._touched(start, end):
            if word.box is None:
                continue
            seen = merged.get((page, line))
            merged[page, line] = word.box if seen is None else seen.union(word.box)
        return tuple(PageBox(self._pages[page].number, box) for (page, _), box in merged.items())

    def place(self, evidence: Evidence) -> Evidence:
        """The evidence with the page and the boxes of its span."""
        return replace(
            evidence, page=self.page_of(evidence.start), boxes=self.boxes(evidence.start, evidence.end)
        )

    def slice(self, start: int, end: int) -> Text:
        """The part [start, end) as a text of its own, still on the same pages."""
        start, end = max(0, start), min(len(self.text), end)
        first = bisect_right(self.page_starts, start) - 1
        kept = [(0, self.page_numbers[first])] if self.page_starts else []
        kept += [
            (begin - start, number)
            for begin, number in zip(self.page_starts, self.page_numbers, strict=True)
            if start < begin < end
        ]
        return Text(
            self.text[start:end],
            tuple(begin for begin, _ in kept),
            tuple(number for _, number in kept),
            self._page[start:end],
            self._offset[start:end],
            self._pages,
            self._words,
            self.cells_within(start, end),
        )

    def cells_within(self, start: int, end: int) -> tuple[tuple[tuple[int, int], ...], ...]:
        """The rows of tables in [start, end), their places counted from `start`."""
        return tuple(
            tuple((first - start, last - start) for first, last in row)
            for row in self.cells
            if start <= row[0][0] and row[-1][1] <= end
        )

    def _touched(self, start: int, end: int) -> Iterator[tuple[int, int, Word]]:
        start, end = max(0, start), min(len(self.text), end)
        while start < end:
            page = self._page[start]
            stop = start
            while stop < end and self._page[stop] == page:
                stop += 1
            first, last = self._offset[start], self._offset[stop - 1] + 1
            for line, word in self._words[page].between(first, last):
                yield page, line, word
            start = stop


def page_of_string(text: str, number: int = 1) -> Page:
    """A page without boxes whose lines are those of a plain string."""
    return Page(number, 0.0, 0.0, laid_lines(text.splitlines()), "text")


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Offset and composed form of each letter with its marks."""
    if unicodedata.is_normalized("NFC", text):
        yield from enumerate(text)
        return
    start = 0
    for index in range(1, len(text) + 1):
        if index < len(text) and (
            unicodedata.combining(text[index])
            or (text[index] > "\u10ff" and _composes(text[start:index], text[index]))
        ):
            continue
        yield start, unicodedata.normalize("NFC", text[start:index])
        start = index


def _composes(before: str, char: str) -> bool:
    """Whether a character that is no combining mark joins what stands before it (Hangul and the like)."""
    return unicodedata.normalize("NFC", before + char) != (
        unicodedata.normalize("NFC", before) + unicodedata.normalize("NFC", char)
    )


def _marks(line: str) -> set[int]:
    """Offsets of bold and italic marks in a line of a text file."""
    dropped = {i for match in _TAG.finditer(line) for i in range(*match.span())}
    for match in _ITALIC.finditer(line):
        if not dropped.intersection((match.start(), match.end() - 1)):
            dropped.update((match.start(), match.end() - 1))
    return dropped


def _bare_tabs(line: str) -> set[int]:
    """Offsets of the tabs of a table's row that stand for an empty cell: one space parts the words round them."""
    return {
        at
        for at, char in enumerate(line)
        if char == "\t" and (not line[:at].strip() or line[at - 1] == "\t" or not line[at:].strip())
    }


class _Builder:
    """Collects characters with their origin."""

    def __init__(self) -> None:
        self.chars: list[str] = []
        self.page = array("l")
        self.offset = array("l")
        self.starts: list[int] = []
        self.numbers: list[int] = []
        self.words: list[_Words] = []
        self.broken = False  # a page break stands before the next line
        self.next_page = 2  # the page number that a text file of one "page" may show next
        self.last_line = ""
        self.cells: list[tuple[tuple[int, int], ...]] = []
        self._line_start = 0

    def put(self, chars: str, page: int, offset: int) -> None:
        for char in chars:
            self.chars.append(char)
            self.page.append(page)
            self.offset.append(offset)

    def add(self, index: int, page: Page) -> None:
        """Append a page."""
        self.broken = bool(self.chars)
        texts, starts = self._index(page)
        dropped = self._numbers(page, texts, index)
        self.starts.append(len(self.chars) if self.chars else 0)
        self.numbers.append(page.number)
        first = True
        for line_index, (line, start) in enumerate(zip(texts, starts, strict=True)):
            if line_index in dropped:
                self.broken = True
                continue
            length = len(self.chars)
            self._line(index, page, line, start, gap=page.lines[line_index].gap)
            if page.lines[line_index].cells and len(self.chars) > length:
                self.cells.append(cell_spans(page.lines[line_index], self._line_start, [at - start for at in self.offset[self._line_start :]]))
            if first and len(self.chars) > length:
                self.starts[-1] = self._line_start if len(self.starts) > 1 else 0
                first = False
        if first:
            self.starts[-1] = len(self.chars)

    def _index(self, page: Page) -> tuple[list[str], list[int]]:
        """Line texts and starts in `Page.text`; remembers the words' offsets."""
        texts, starts = [], []
        word_starts: list[int] = []
        word_ends: list[int] = []
        words: list[Word] = []
        lines: list[int] = []
        position = 0
        for number, line in enumerate(page.lines):
            if number:
                position += 2 if line.gap else 1
            starts.append(position)
            texts.append(line.text)
            for word, start in zip(line.words, line.starts, strict=True):
                word_starts.append(position + start)
                word_ends.append(position + start + len(word.text))
                words.append(word)
                lines.append(number)
            position += len(texts[-1])
        self.words.append(_Words(tuple(word_starts), tuple(word_ends), tuple(words), tuple(lines)))
        return texts, starts

    def _numbers(self, page: Page, texts: list[str], index: int) -> set[int]:
        """Lines that are page numbers or page-break marks."""
        dropped = {i for i, text in enumerate(texts) if _BREAK_MARK.fullmatch(text)}
        kept = [i for i, text in enumerate(texts) if text.strip() and i not in dropped]
        if page.source != "text":
            expected = {index + 1, page.number}
            for edge in {*kept[:1], *kept[-1:]} if len(kept) > 1 else ():
                match = _PAGE_NUMBER.fullmatch(texts[edge])
                if match and (int(match[1]) in expected or (edge == kept[0] and index)):
                    dropped.add(edge)
            return dropped
        # A text file: the number stands alone on its line, wherever the page ended. Numbers rise
        # by one; the letter's own number ("Số:" above, "/BCT" below) is none of them.
        numbered = row_numbers([texts[i] for i in kept])
        for place, i in enumerate(kept):
            match = None if place in numbered else _PAGE_NUMBER.fullmatch(texts[i])
            before = texts[kept[place - 1]] if place else self.last_line
            after = texts[kept[place + 1]] if place + 1 < len(kept) else ""
            if not match or not (int(match[1]) == self.next_page or self._mid_sentence(int(match[1]), before, after)):
                continue
            if re.search(r"\bS[ốóôo]\s*[:.]?\s*$", before) or after.lstrip().startswith("/"):
                continue
            if _LABEL_ALONE.fullmatch(texts[i]) and _SENTENCE_END.search(before) and after.lstrip()[:1].isupper():
                continue
            dropped.add(i)
            self.next_page = int(match[1]) + 1
        return dropped

    def _mid_sentence(self, number: int, before: str, after: str) -> bool:
        """Whether a number parts a sentence as a page's does, those of the pages before it being lost."""
        return self.next_page < number <= self.next_page + 2 and before[-1:].islower() and after.lstrip()[:1].islower()

    def _line(self, index: int, page: Page, line: str, start: int, *, gap: bool) -> None:
        hidden = (_marks(line) if page.source == "text" else set()) | _bare_tabs(line)
        pieces = [
            (offset, "".join(map(clean_char, cluster)))
            for offset, cluster in _clusters(line)
            if offset not in hidden
        ]
        content = "".join(piece for _, piece in pieces)
        self._line_start = len(self.chars)
        if not content.strip():
            return
        if self.chars:
            if self.broken:
                gap = bool(_SENTENCE_END.search(self.last_line)) or bool(_STARTS_ITEM.match(content))
            marked = page.source == "text" and not gap and _LONE_BULLET.fullmatch(self.last_line) and content.lstrip()[:1].isalpha()
            self.put(" " if marked else "\n\n" if gap else "\n", index, start)
            self._line_start = len(self.chars)
        self.broken = False
        self.last_line = content
        lost = set(gaps(content))
        parted = set(line_breaks(content)) if page.source == "text" else set()
        at = 0
        for offset, piece in pieces:
            if at in lost:
                self.put(" ", index, start + offset)
            self.put("\n" if at in parted else piece, index, start + offset)
            at += len(piece)

    def done(self, pages: tuple[Page, ...]) -> Text:
        """The finished text."""
        return Text(
            "".join(self.chars),
            tuple(self.starts),
            tuple(self.numbers),
            self.page,
            self.offset,
            pages,
            tuple(self.words),
            tuple(self.cells),
        )
