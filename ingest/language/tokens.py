"""The words of a text as the language model sees them.

A syllable is a word of its own; whatever holds a figure, a slash or an inner
hyphen (numbers, dates, codes, addresses) is one sealed token that is never
changed; marks that end a clause are one token, commas another. A line feed
parts clauses only where the next line does not go on in small letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.language.spelling import is_syllable, plain_tone

CLAUSE = "<s>"
"""Begin or end of a clause."""
FIGURE = "<n>"
"""A number, date, code, address: sealed."""
FOREIGN = "<w>"
"""A word that is no Vietnamese syllable."""
COMMA = ","

_TOKEN = re.compile(
    r"""
    (?P<sealed>[^\W\d_]*\d\w*(?:[^\s\w]+\w+)*     # 45/2012/NĐ-CP, 25.000, 15/5, 2O20
      | [^\W\d_]+(?:[-–/&@.]+[^\W\d_]+)+          # BCT-CNĐP, V/v, b.c, a@b
      | [^\W\d_]+['’`´][^\W\d_]+)                 # K'Bang
  | (?P<word>[^\W\d_]+)
  | (?P<comma>,)
  | (?P<clause>[^\s\w,'"“”‘’*_|~^`´]+)
  | (?P<line>\s*\n\s*)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """`form` is what the model knows; `text[start:end]` is what was read."""

    form: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is a Vietnamese syllable, not a mark or something sealed."""
        return self.form not in (CLAUSE, FIGURE, FOREIGN, COMMA)


@lru_cache(maxsize=16384)
def form_of(word: str) -> str:
    """The model's form of a word: small letters, tone mark in the newer place; no syllable is FOREIGN.

    >>> form_of("Uỷ"), form_of("UBND")
    ('ủy', '<w>')
    """
    form = plain_tone(word).lower()
    return form if is_syllable(form) else FOREIGN


def tokens(text: str) -> list[Token]:
    """The tokens of a text (in NFC) in order; clause marks that follow each other are one.

    >>> [token.form for token in tokens("Căn cứ Nghị định số 45/2012/NĐ-CP, đề nghị...")]
    ['căn', 'cứ', 'nghị', 'định', 'số', '<n>', ',', 'đề', 'nghị', '<s>']
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        start, end = match.span()
        if kind == "word":
            found.append(Token(form_of(match.group()), start, end))
        elif kind == "sealed":
            found.append(Token(FIGURE, start, end))
        elif kind == "comma":
            found.append(Token(COMMA, start, end))
        elif (kind == "clause" or _parts(text, match.group(), end)) and found and found[-1].form != CLAUSE:
            found.append(Token(CLAUSE, start, end))
    return found


def _parts(text: str, gap: str, end: int) -> bool:
    """Whether white space with a line feed in it ends a clause."""
    return gap.count("\n") > 1 or end >= len(text) or not text[end].islower()
