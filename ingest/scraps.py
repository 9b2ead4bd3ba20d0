"""A page that holds no text: a photo, a night sky, a carpet of dots, of which Tesseract makes scraps all the same."""

from __future__ import annotations

from dataclasses import replace

from ingest.types import Mark, Page, Word

NO_TEXT = "no-text"
"""Note on a page of which only scraps were read; they are kept as a mark of kind "image"."""

_FEW = 12
"""A page of fewer words is never taken for scraps: it may be a title."""
_SHARE = 0.1
_SURE = 0.7


def without_scraps(page: Page) -> Page:
    """The page without lines where next to nothing on it is a word read with some confidence."""
    words = page.words
    if len(words) < _FEW or sum(map(_clear, words)) >= _SHARE * len(words):
        return page
    scraps = Mark("image", None, " ".join(word.text for word in words), 0.0)
    return replace(page, lines=(), marks=(*page.marks, scraps), notes=(*page.notes, NO_TEXT))


def _clear(word: Word) -> bool:
    letters = sum(char.isalnum() for char in word.text)
    return letters > 2 and letters > 0.7 * len(word.text) and word.confidence >= _SURE
