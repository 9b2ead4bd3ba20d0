"""Spelling of Vietnamese text brought to one form.

Two uses are kept apart. `clean` gives the characters of the reading text: NFC,
one hyphen, one slash, one Đ. `fold` and `plain_tone` are for matching only and
never shown: they keep the length of NFC text, so that an offset into the folded
text is an offset into the text itself.
"""

from __future__ import annotations

from ingest.language.spelling import fold, is_syllable, nfc, plain_tone

__all__ = ["clean", "clean_char", "fold", "is_syllable", "nfc", "plain_tone", "squeeze"]

_ALIKE = {
    "\u00d0": "Đ",  # Ð, Latin letter eth: what many fonts and keyboards give for Đ
    "\u0189": "Đ",  # Ɖ, African D
    "\u01a3": "ư",  # ƣ, what some fonts of text layers give for ư
    "\u01a2": "Ư",
    "\u2044": "/",  # fraction slash, met in dates read by OCR ("27⁄4/2012")
    "\u2215": "/",  # division slash
    "\uff0f": "/",
    "\u2010": "-",  # hyphen
    "\u2011": "-",  # non-breaking hyphen
    "\u2212": "-",  # minus
    "\u00a0": " ",
    "\u2007": " ",
    "\u202f": " ",
    "\u3000": " ",
    "\u2028": " ",
    "\u2029": " ",
    "\u0085": " ",
    "\u000b": " ",
    "\u001c": " ",
    "\u001d": " ",
    "\u001e": " ",
    "\u001f": " ",
    "\t": " ",
    "\r": " ",
    "\f": " ",
}
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\x00")
"""Soft hyphen, zero-width characters, direction marks, NUL: they print nothing."""


def clean_char(char: str) -> str:
    """One character as the reading text has it: itself, a plain look-alike, or nothing."""
    if char in _DROPPED:
        return ""
    return _ALIKE.get(char, char)


def clean(text: str) -> str:
    """NFC with odd hyphens, slashes, spaces and Đ look-alikes made plain; en and em dashes stay.

    >>> clean("45⁄2012/NÐ\u2011CP")
    '45/2012/NĐ-CP'
    """
    return "".join(clean_char(char) for char in nfc(text))


def squeeze(text: str) -> str:
    """The text with every run of white space made one space, ends trimmed."""
    return " ".join(text.split())
