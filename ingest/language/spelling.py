"""How Vietnamese words are spelt: shape of a syllable, place of the tone mark, letters without marks.

For matching only and never shown; every function keeps the length of NFC text,
so that an offset into the folded text is an offset into the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONE_PAIRS = (
    ("o", "àáảãạ", "òóỏõọ", "a"),
    ("o", "èéẻẽẹ", "òóỏõọ", "e"),
    ("u", "ỳýỷỹỵ", "ùúủũụ", "y"),
)
_OLD_TONE: dict[str, str] = {
    old: new
    for first, olds, news, second in _TONE_PAIRS
    for lower_old, lower_new in zip(
        (first + tone for tone in olds), (tone + second for tone in news), strict=True
    )
    for old, new in (
        (lower_old, lower_new),
        (lower_old.capitalize(), lower_new.capitalize()),
        (lower_old.upper(), lower_new.upper()),
    )
}
_OLD_TONE_RE = re.compile(r"(?<![qQ])(?:" + "|".join(sorted(_OLD_TONE)) + r")(?!\w)")


def nfc(text: str) -> str:
    """The text with every letter and its marks composed into one character."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if char in "đĐ\u00d0\u0189":
        return "d"
    if char in "–—\u2010\u2011\u2012\u2212":
        return "-"
    if unicodedata.combining(char):
        return char
    base = unicodedata.normalize("NFD", char)[0]
    lower = base.lower()
    return lower if len(lower) == 1 else base


def fold(text: str) -> str:
    """Lower case without diacritics, đ as d, every dash as a hyphen; for matching only.

    The result has the length of NFC(text), so offsets carry over.

    >>> fold("Uỷ ban – Đắk Nông")
    'uy ban - dak nong'
    """
    return "".join(map(_fold_char, nfc(text)))


def plain_tone(text: str) -> str:
    """Tone marks of oa, oe, uy put where the newer spelling has them: "hoá" becomes "hóa", "uỷ" "ủy".

    Only open syllables differ ("hoàn" and "quý" stay). Length is kept.

    >>> plain_tone("Uỷ ban, HOẢ TỐC, quý II, hoàn thành")
    'Ủy ban, HỎA TỐC, quý II, hoàn thành'
    """
    return _OLD_TONE_RE.sub(lambda match: _OLD_TONE[match.group()], nfc(text))


_ONSET = r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
_CODA = r"(?:ng|nh|ch|[cmnpt])?"
_VOWELS = "aăâeêioôơuưy"
_SYLLABLE = re.compile(rf"{_ONSET}[{_VOWELS}]{{1,3}}{_CODA}")


def _toneless(word: str) -> str:
    kept = []
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in "\u0300\u0301\u0303\u0309\u0323":
            continue
        kept.append(char)
    return nfc("".join(kept))


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether the word has the shape of one Vietnamese syllable, any case, with at most one tone.

    A test of shape only: it tells reading noise ("X6uyễn", "JỆ") and abbreviations
    ("UBND") from words, not real words from possible ones.

    >>> [is_syllable(w) for w in ("Nguyễn", "phòng", "UBND", "X6uyễn", "Zuyến")]
    [True, True, False, False, False]
    """
    tones = sum(c in "\u0300\u0301\u0303\u0309\u0323" for c in unicodedata.normalize("NFD", word))
    return tones <= 1 and _SYLLABLE.fullmatch(_toneless(word)) is not None


def in_case(right: str, printed: str) -> str:
    """`right` in the case of `printed`, word by word; a word of mixed case becomes small."""
    result = []
    at = 0
    for word in re.split(r"(\s+)", right):
        shown = printed[at : at + len(word)]
        at += len(word)
        if len(shown) > 1 and shown.isupper():
            result.append(word.upper())
        elif shown[:1].isupper():
            result.append(word[:1].upper() + word[1:])
        else:
            result.append(word)
    return "".join(result)
