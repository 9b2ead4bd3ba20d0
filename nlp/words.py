"""Words of Vietnamese text without losing an offset.

underthesea joins syllables into words ("khẩn trương", "Ủy ban nhân dân") but
gives strings; here they are laid back onto the text. Document codes, dates,
periods and abbreviations with a slash are kept whole. The same words serve the
spaCy pipeline and the search index.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from nlp.sentences import sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

Span = tuple[int, int]

_LETTERS = r"[^\W\d_]"
_KEPT = re.compile(
    rf"""
    \d+[a-zđ]?(?:/(?:19|20)\d\d)?/{_LETTERS}[\w&]*(?:[-–./&]{_LETTERS}[\w&]*)*   # 45/2012/NĐ-CP, 1288/QĐ-TTg
  | \d+-{_LETTERS}{{1,6}}/{_LETTERS}[\w-]*                                      # 02-NQ/TU
  | \d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d\d)(?!\d)                          # 15/5/2020
  | \d{{1,2}}/(?:19|20)\d\d(?!\d)                                             # 6/2019
  | (?<![\w/])(?:{_LETTERS}{{1,4}}/){{1,2}}{_LETTERS}{{1,5}}(?![\w/])             # b/c, Đ/c, V/v
  | {_LETTERS}[\w&]*(?:-{_LETTERS}[\w&]*)+                                      # BCT-CNĐP, UBND-KTTH
  | \S+@\S+\.\w+ | https?://\S+                                               # mail, web
  | \d+(?:[.,]\d+)*                                                           # 1.250,07
    """,
    re.VERBOSE,
)
_PIECE = re.compile(r"\w+|[^\w\s]")


def words(text: str) -> list[tuple[str, int, int]]:
    """Words and marks of a text with their offsets: (word, start, end).

    A word over a line break is given with a space. Every character that is not
    white space lies in exactly one word.

    >>> [word for word, _, _ in words("Sở Y tế báo cáo trước ngày 15/5/2020.")]
    ['Sở', 'Y tế', 'báo cáo', 'trước', 'ngày', '15/5/2020', '.']
    """
    return [(" ".join(text[start:end].split()), start, end) for start, end in spans(text)]


def spans(text: str) -> list[Span]:
    """The offsets of the words of a text."""
    result: list[Span] = []
    for start, end in sentences(text):
        result.extend(_sentence(text, start, end))
    return result


def _sentence(text: str, start: int, end: int) -> list[Span]:
    sentence = re.sub(r"\s", " ", text[start:end])
    found = _segmented(sentence)
    kept = [match.span() for match in _KEPT.finditer(sentence)]
    return [(start + first, start + last) for first, last in _merged(found, kept)]


def _segmented(sentence: str) -> list[Span]:
    """underthesea's words laid onto the sentence; plain words and marks where they do not fit."""
    if not any(char.isalpha() for char in sentence):
        return [match.span() for match in _PIECE.finditer(sentence)]
    laid: list[Span] = []
    at = 0
    for word in _tokenizer()(sentence, use_token_normalize=False):
        span = _lay(sentence, at, word)
        if span is None:
            return [match.span() for match in _PIECE.finditer(sentence)]
        laid.append(span)
        at = span[1]
    if sentence[at:].strip():
        laid.extend((at + match.start(), at + match.end()) for match in _PIECE.finditer(sentence[at:]))
    return laid


@cache
def _tokenizer() -> Callable[..., list[str]]:
    """underthesea's tokenizer, its model loaded; loading it tells the whole program where to log, which is taken back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    from underthesea import word_tokenize

    word_tokenize("Sở Y tế")
    root.handlers[:] = handlers
    root.setLevel(level)
    tokenizer: Callable[..., list[str]] = word_tokenize
    return tokenizer


def _lay(sentence: str, at: int, word: str) -> Span | None:
    """Where a word stands from `at` on, white space aside; None where other characters stand there."""
    start = None
    for char in word:
        if char.isspace():
            continue
        while at < len(sentence) and sentence[at].isspace():
            at += 1
        if at >= len(sentence) or sentence[at] != char:
            return None
        start = at if start is None else start
        at += 1
    return None if start is None else (start, at)


def _merged(found: list[Span], kept: list[Span]) -> list[Span]:
    """The words with the kept spans whole; a word that reaches over a kept span's edge is cut there."""
    result: list[Span] = []
    pending = list(kept)
    for start, end in found:
        while pending and pending[0][1] <= start:
            pending.pop(0)
        while pending and start < end and pending[0][0] < end:
            first, last = pending[0]
            if start < first:
                result.append((start, first))
            if not result or result[-1] != (first, last):
                result.append((first, last))
            start = max(start, last)
            if last > end or start >= end:
                break
            pending.pop(0)
        if start < end:
            result.append((start, end))
    return result


class VietnameseTokenizer:
    """A spaCy tokenizer over `words`: `doc.text` is always the text itself."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenize; white space that is no single space becomes a token of its own, as spaCy has it."""
        from spacy.tokens import Doc

        tokens: list[str] = []
        spaces: list[bool] = []
        at = 0
        for start, end in (*spans(text), (len(text), len(text))):
            gap = text[at:start]
            if gap.startswith(" ") and tokens:
                spaces[-1] = True
                gap = gap[1:]
            if gap:
                tokens.append(gap)
                spaces.append(False)
            if end > start:
                tokens.append(text[start:end])
                spaces.append(False)
            at = end
        return Doc(self.vocab, words=tokens, spaces=spaces)

    def to_bytes(self, **kwargs: object) -> bytes:
        """Nothing to store: the tokenizer has no state."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: object) -> VietnameseTokenizer:
        """Nothing to load."""
        return self

    def to_disk(self, path: object, **kwargs: object) -> None:
        """Nothing to store."""

    def from_disk(self, path: object, **kwargs: object) -> VietnameseTokenizer:
        """Nothing to load."""
        return self
