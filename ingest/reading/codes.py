"""Numbers, codes and abbreviations put right where the second reader plainly sees another text than Tesseract guessed at.

Neither language nor a beam may touch them, so the picture alone speaks: Tesseract
must have been unsure itself (or have read a character that Vietnamese print does
not have, "§" for 8), the second reader nearly sure, and the gap between both
readings wide. What the second reader is known to lose (a slash, a full stop, the
mark at the end, capitals) is kept as Tesseract has it. What was put right stays
doubtful enough to be shown to a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.reading.second import written
from ingest.types import Word

UNSURE = 0.9
"""Tesseract's confidence under which it may be wrong about a number or code."""
_SURE = 0.5
"""Bits: what the second reader must be as sure of its own text as."""
_APART = 11.0
"""Bits by which the second reader must prefer the other text."""
_FIGURES_SURE, _FIGURES_APART = 0.2, 16.0
"""The same where a figure that Tesseract read is taken away."""
_PUT_RIGHT, _OTHER_FIGURES = 0.8, 0.5
"""Confidence of what was put right: less than of print that was read at once."""
_FOREIGN = re.compile(r"[^\W\d_A-Za-zÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]|[§¡©®°¢¥¤¬†‡ƒ]")
"""Letters and signs that Vietnamese letters do not print."""
_ROMAN = re.compile(r"\W*[IVXHLTJUN1l|!]{1,5}[.,:;)–-]*")
_HELD = frozenset("/.-@&:,%")
"""Marks within a code that are never dropped on the second reader's word."""

Bits = Callable[[Sequence[str]], list[float]]


def doubtful(word: Word) -> bool:
    """Whether a number or code may be wrong; Roman numbers are looked at elsewhere.

    >>> [doubtful(Word(text, None, sure)) for text, sure in (("D2", 0.7), ("45/2012/NĐ-CP", 0.95), ("§.", 0.92), ("HI.", 0.7))]
    [True, False, True, False]
    """
    if not any(char.isalnum() or char == "§" for char in word.text) or _ROMAN.fullmatch(word.text):
        return False
    return word.confidence < UNSURE or bool(_FOREIGN.search(word.text))


def settled(word: Word, other: str, bits: Bits) -> Word:
    """The word as it was read, or put right; `other` is the second reader's text, `bits` what texts cost it."""
    text = joined(word.text, other)
    if text == word.text:
        return word
    read, own, put = bits([word.text, other, text])
    figures = bool(_figures(word.text) - _figures(text))
    sure, apart = (_FIGURES_SURE, _FIGURES_APART) if figures else (_SURE, _APART)
    if own > sure or read - put < apart:
        return word
    return replace(word, text=text, confidence=min(word.confidence, _OTHER_FIGURES) if figures else _PUT_RIGHT)


def _figures(text: str) -> Counter[str]:
    return Counter(char for char in text if char.isdigit())


def _letters(text: str) -> str:
    """The letters and figures of a text."""
    return "".join(char for char in text if char.isalnum())


def joined(read: str, other: str) -> str:
    """What Tesseract read with the changes of the other reading that may be believed.

    >>> joined("08/QĐÐ-TTg", "08QĐ-TTg"), joined("VT;,", "VT,"), joined("THCS", "thcs"), joined("3.2.", "3.2")
    ('08/QĐ-TTg', 'VT,', 'THCS', '3.2.')
    """
    from rapidfuzz.distance import Levenshtein

    plain = written(read)
    if len(plain) != len(read) or not other:
        return read
    body, marks = _parted(plain)
    other_body, other_marks = _parted(other)
    parts: list[str] = []
    for step in Levenshtein.opcodes(body, other_body):
        old, new = read[step.src_start : step.src_end], other_body[step.dest_start : step.dest_end]
        # The last letter is lost where the picture is cut too close.
        lost = body.startswith(other_body) and old.isalnum()
        parts.append(old if step.tag == "equal" or lost or not _believed(old, new, other_body) else new)
    core = "".join(parts)
    text = core + _end(read[len(body) :], marks, other_marks, changed=core != read[: len(body)])
    before, after = _letters(read), _letters(text)
    # A number does not become a word, nor a word in capitals one in small letters.
    worded = before.isdecimal() and not after.isdecimal() and after != ""
    small = before.isalpha() and before.isupper() and sum(map(str.islower, after)) > len(after) / 2
    return read if worded or small or not any(char.isalnum() or char == "%" for char in text) else text


def _parted(text: str) -> tuple[str, str]:
    """A text without the marks at its end, and those."""
    body = text.rstrip(".,:;…")
    return body, text[len(body) :]


def _believed(old: str, new: str, other: str) -> bool:
    """Whether the second reader may be right that `new` stands where Tesseract read `old`."""
    if old.lower() == new.lower():
        return False
    if not old:
        # A bracket without its fellow is a comma; a figure that one reader passed over is none.
        return not any(char.isdigit() for char in new) and (")" not in new or "(" in other)
    return not (set(old) & _HELD) or (len(old) == len(new) and not _letters(new))


def _end(read: str, marks: str, other: str, *, changed: bool) -> str:
    """The mark at a word's end: another one, or one of two that do not go together; it is never dropped."""
    if len(other) != 1:
        return read
    if not marks:
        return other if changed else read
    odd = len(marks) == 2 and len(set(marks)) == 2
    return other if len(marks) == 1 or odd or marks == 2 * other else read
