"""What a word that Tesseract read may be, and what each reader's word costs: no picture, no page.

Candidates are the two readings and their diacritic variants that the language
knows. Costs are bits: how much less likely Tesseract would have read what it
did, had the candidate been printed.
"""

from __future__ import annotations

import re

from ingest.language.candidates import candidates
from ingest.language.channel import word_cost
from ingest.language.spelling import in_case, is_syllable
from ingest.reading.second import written

_ITEM = re.compile(r"[1-9]\d?([.,][1-9]\d?){0,3}[.,]")
_AFTER_NUMERAL = frozenset((".", "-", "/", ")"))
"""What stands behind the Roman number of a part, which may be misread as a word ("HI." for "III.")."""
_ROMAN = re.compile(r"I{1,3}|IV|IX|XI{0,3}|X?I[VX]|X?VI{2,3}|XVI?|XX")
"""Roman numbers; V and VI are words in capitals too."""
_PARTS = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)
_MARK, _MARK_LENGTH = 5.0, 2.0
"""Bits for other marks of punctuation, and for each more or fewer."""
_OTHER_LETTERS, _OTHER_CASE, _OTHER_FIRST_CASE = 10.0, 6.0, 4.0
_HEADING = 20.0
"""Bits for a small word among capitals."""
_DEAREST = 20.0
_HYPHEN = 6.0
"""Bits for a speck between two words read as a hyphen."""
_GONE = 6.0
"""Bits for a scrap that is no print at all."""


def parts(text: str) -> tuple[str, str, str]:
    """A word's marks in front, its letters, its marks behind.

    >>> parts("(nếu"), parts("bàn."), parts("-")
    (('(', 'nếu', ''), ('', 'bàn', '.'), ('-', '', ''))
    """
    match = _PARTS.fullmatch(text)
    return (match[1], match[2], match[3]) if match else ("", text, "")


def may_change(text: str) -> bool:
    """Whether another reading of a word may take its place: never a number, a date, a code, an abbreviation.

    >>> [may_change(word) for word in ("tô", "(nêu", "45/2012/NĐ-CP", "15", "KT.", "UBND", "á", "sách-nhà", "HI.")]
    [True, True, False, False, False, False, True, True, False]
    """
    _, core, behind = parts(text)
    if any(char.isdigit() for char in text):
        return False
    if core.isupper() and len(core) <= 3 and behind[:1] in _AFTER_NUMERAL:
        return False
    if not core.isalpha():
        return _joined(core) is not None
    if _ROMAN.fullmatch(core):
        return False
    # What no syllable holds up ("UBND", "CTĐP") stays as it was read.
    return not core.isupper() or is_syllable(core)


def _joined(core: str) -> str | None:
    """Two small syllables joined by a speck read as a hyphen, parted again."""
    halves = core.split("-")
    small = len(halves) == 2 and core.islower() and all(map(is_syllable, halves))
    return " ".join(halves) if small else None


def list_number(text: str) -> str | None:
    """The number of an item whose full stops were read as commas, with full stops; None where it is none.

    >>> list_number("1,"), list_number("7,1,"), list_number("1."), list_number("15"), list_number("2020,")
    ('1.', '7.1.', None, None, None)
    """
    return text.replace(",", ".") if "," in text and _ITEM.fullmatch(text) else None


def spellings(read: str, other: str, *, name: bool = False) -> list[str]:
    """What may be printed where Tesseract read `read` and the second reader `other`; `read` is the first.

    Of what may be a name (`name`) only what was read, for the language knows
    other people.
    """
    front, core, behind = parts(read)
    found = {read: None}
    cores = {core: None}
    marks = {(front, behind)}
    if other:
        other_front, other_core, other_behind = parts(other)
        if written(read) != other:
            found[other] = None
        if other_core:
            cores[other_core] = None
        # Where only the form of a quote or dash differs, Tesseract's is the printed one.
        other_front = front if written(front) == other_front else other_front
        other_behind = behind if written(behind) == other_behind else other_behind
        marks |= {(other_front, other_behind), (front, other_behind), (other_front, behind)}
    for each in list(cores):
        if len(each) > 1 and each.isalpha() and not name:
            cores |= {in_case(form, each): None for form, _ in candidates(each.lower())}
    parted = _joined(core)
    if parted:
        cores[parted] = None
    found |= {before + each + after: None for each in cores for before, after in sorted(marks)}
    if len(core) <= 2 and not other:
        found[""] = None
    return list(found)


def cost(printed: str, read: str, *, heading: bool = False) -> float:
    """Bits for Tesseract reading `read` where `printed` stands; in a `heading` in capitals no word is small.

    >>> cost("tổ", "tổ") < cost("tổ", "tô") < cost("tổ", "tạ")
    True
    """
    if printed == read:
        return 0.0
    if not printed:
        return _GONE
    front, core, behind = parts(printed)
    read_front, read_core, read_behind = parts(read)
    bits = _marks(front, read_front) + _marks(behind, read_behind)
    if core == read_core:
        return bits
    if core == _joined(read_core):
        return bits + _HYPHEN
    small, read_small = core.lower(), read_core.lower()
    if small == read_small:
        first_only = core[1:] == read_core[1:]
        return bits + (
            _OTHER_FIRST_CASE if first_only and not heading else _HEADING if heading else _OTHER_CASE
        )
    if core.isupper() != read_core.isupper():
        bits += _HEADING if heading else _OTHER_FIRST_CASE
    if small.isalpha() and read_small.isalpha():
        return bits + min(word_cost(small, read_small), _DEAREST)
    return bits + _OTHER_LETTERS


def _marks(one: str, other: str) -> float:
    return 0.0 if one == other else _MARK + _MARK_LENGTH * abs(len(one) - len(other))
