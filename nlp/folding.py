"""Folding that keeps the length of any text, also of text that is not in NFC.

`nlp.normalise.fold` keeps the length of the NFC form; finders that may be given
any string use this one, so that their offsets are offsets in the string given.
"""

from __future__ import annotations

from nlp import normalise

UPPER = "".join(
    chr(code) for code in range(0x41, 0x1EFA) if chr(code).isupper() and len(chr(code).lower()) == 1
)
"""All capital letters of Vietnamese (and other Latin) text, for a character class of a pattern."""


def fold(text: str) -> str:
    """Lower case without diacritics, đ as d, dashes as hyphens; always as long as `text`."""
    folded = normalise.fold(text)
    if len(folded) == len(text):
        return folded
    return "".join(normalise.fold(char)[:1] or " " for char in text)
