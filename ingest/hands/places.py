"""Where in the head a hand fills in: between "Số:" and "/…", "ngày" and "tháng", "tháng" and "năm".

Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 3 and ô 4. The reader glues what the hand
wrote to the print beside it ("Số:Ø04", "{tháng"), so the borders of a blank
follow from the words where these are clean, else from the breadth their letters
have in print. Works on words straightened to level lines.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.fragments import box_of, fold, overlap
from ingest.types import Word

Kind = Literal["number", "day", "month"]

_WIDTHS = {
    "A": 722, "B": 667, "C": 667, "D": 722, "Đ": 722, "E": 611, "F": 556, "G": 722, "H": 722, "I": 333, "J": 389,
    "K": 722, "L": 611, "M": 889, "N": 722, "O": 722, "P": 556, "Q": 722, "R": 667, "S": 556, "T": 611, "U": 722,
    "V": 722, "W": 944, "X": 722, "Y": 722, "Z": 611, "a": 444, "b": 500, "c": 444, "d": 500, "đ": 500, "e": 444,
    "f": 333, "g": 500, "h": 500, "i": 278, "j": 278, "k": 500, "l": 278, "m": 778, "n": 500, "o": 500, "p": 500,
    "q": 500, "r": 333, "s": 389, "t": 278, "u": 500, "v": 500, "w": 722, "x": 500, "y": 472, "z": 444, "/": 278,
    "-": 333, "–": 500, ":": 278, ".": 250, ",": 250, "&": 778, "(": 333, ")": 333,
}  # fmt: skip
"""Advance widths of Times, the letters' type face (Nghị định 30/2020/NĐ-CP, Phụ lục I), in thousandths of its size."""
_BEARING = 0.05
"""What the first and last letter of a word leave empty, in sizes."""
_SPACE = 0.25
"""A space between words, in sizes."""
_HEAD = 0.45
"""The share of the page from its top in which the head is looked for."""

_SO = re.compile(r"^(?P<label>S[ốóồổỗộôoòỏõọöỐỒỔỖỘÔÓÒỎÕỌO0569][:.;,]?)(?P<rest>.*)$")
_SYMBOL = re.compile(
    r"^(?P<hand>.*?)(?P<label>/\s?(?:(?:19|20)\d\d/)?[A-ZĐƯ][A-Za-zĐđƯư]\S*|[-–][A-ZĐ][A-Za-zĐđ]{0,4}/[A-ZĐ]\S*)(?P<rest>)$"
)
_BARE = re.compile(r"^(?P<hand>.*?)(?P<label>[A-ZĐ]{2,}[a-z]?[-–][A-ZĐ][A-Za-zĐđ&.–-]*)(?P<rest>)$")
_NGAY = re.compile(r"^(?P<hand>)(?P<label>n[gq]?[a4][yv])(?P<rest>.*)$")
_THANG = re.compile(r"^(?P<hand>.*?)(?P<label>th[a4]n[gq9])(?P<rest>.*)$")
_NAM = re.compile(r"^(?P<hand>.*?)(?P<label>n[a4]m)(?P<rest>.*)$")
_YEAR = re.compile(r"^\D{0,2}(?:19|20)\d\d\D{0,2}$")


@dataclass(frozen=True, slots=True)
class Print:
    """Print found in a word: where its label stands in the word's text, and how it ought to be written.

    What stands before and behind the label there is the hand's, or other print.
    """

    word: Word
    start: int
    end: int
    written: str = ""

    @property
    def label(self) -> str:
        """The label as it ought to be written."""
        return self.written or self.word.text[self.start : self.end]

    @property
    def after(self) -> str:
        """What is glued to its end."""
        return self.word.text[self.end :]


@dataclass(frozen=True, slots=True)
class Slot:
    """A blank of the head, in points of the straightened page.

    `x0` and `x1` are its borders, `sure0` and `sure1` say whether clean words
    set them; `print0` and `print1` span print of the same row to measure by
    (the symbol, the year); `size` is the print's size, `baseline` about where
    it stands. `left` and `right` are the print that holds the borders, `inside` the
    words between, `read` what the reader made of the blank.
    """

    kind: Kind
    x0: float
    x1: float
    sure0: bool
    sure1: bool
    print0: float
    print1: float
    size: float
    baseline: float
    left: Print
    right: Print
    inside: tuple[Word, ...]
    read: str


def breadth(text: str) -> float:
    """How broad a word is in print, in sizes, without its bearings."""
    total = 0
    for char in text:
        total += _WIDTHS.get(char) or _WIDTHS.get(fold(char).upper() if char.isupper() else fold(char), 500)
    return total / 1000 - _BEARING


def find_slots(words: Sequence[Word], height: float) -> tuple[Slot, ...]:
    """The blanks of the first number line and the first line of place and day in the head, filled or not."""
    head = sorted(
        (word for word in words if box_of(word).y0 < _HEAD * height), key=lambda word: box_of(word).y0
    )
    usual = _size([word for word in head if word.confidence > 0.9 and not word.text.isupper()], 13.0)
    dated = next((slots for word in head if (slots := _date(word, head, usual))), [])
    if dated:
        usual = dated[0].size  # number and day are set in the same size
    numbered = next((slot for word in head if (slot := _number(word, head, usual))), None)
    return (*((numbered,) if numbered else ()), *dated)


def _row(word: Word, head: Sequence[Word]) -> list[Word]:
    """The words right of a word on its line, as far as no gap is wider than a blank may be."""
    box = box_of(word)
    right = sorted(
        (
            other
            for other in head
            if other is not word and overlap(box_of(other), box) > 0.4 and box_of(other).x0 >= box.x0 + 1
        ),
        key=lambda other: box_of(other).x0,
    )
    found: list[Word] = []
    end = box.x1
    for other in right:
        if box_of(other).x0 - end > 80:
            break
        found.append(other)
        end = max(end, box_of(other).x1)
    return found


def _size(words: Sequence[Word], fallback: float) -> float:
    """The size of the print, by the breadth of words read with confidence."""
    sizes = [
        (box_of(word).x1 - box_of(word).x0) / breadth(word.text)
        for word in words
        if word.confidence > 0.75 and len(word.text) > 1 and any(char.isalnum() for char in word.text)
    ]
    return statistics.median(sizes) if sizes else fallback


def _sound(printed: Print, size: float) -> bool:
    """Whether a word is as broad as its print alone would be, so that no hand is glued to it."""
    box, wanted = box_of(printed.word), breadth(printed.label)
    return abs((box.x1 - box.x0) / size - wanted) < max(0.22, 0.07 * wanted)


def _number(word: Word, head: Sequence[Word], usual: float) -> Slot | None:
    found = _SO.match(word.text)
    if found is None or (found["rest"] and found["label"][-1] not in ":.;," and found["rest"][0].isalpha()):
        return None
    row = _row(word, head)[:6]
    left = Print(word, 0, found.end("label"))
    start = box_of(word).x1
    if not left.after and row and row[0].text in (":", ".", ";") and left.label[-1] not in ":.;,":
        start, row = box_of(row[0]).x1, row[1:]
    parts = [(word, left.end)] if left.after else []
    parts += [(other, 0) for other in row]
    for at, (other, offset) in enumerate(parts):
        text = other.text[offset:]
        if text == "/" and at + 1 < len(parts) and parts[at + 1][0].text[:1].isupper():
            right, last = Print(other, offset, offset + 1), parts[at + 1][0]
        else:
            match = _SYMBOL.match(text) or _BARE.match(text)
            if match is None:
                continue
            written = match["label"] if match["label"][0] in "/-–" else "/" + match["label"]
            right, last = (
                Print(other, offset + match.start("label"), offset + match.end("label"), written),
                other,
            )
        inside = tuple(each for each, _ in parts[:at] if each is not word)
        return _numbered(left, right, start, inside, last, usual)
    return None


def _numbered(
    left: Print, right: Print, start: float, inside: tuple[Word, ...], last: Word, usual: float
) -> Slot | None:
    """`start` is where the label and its colon end, `last` the word in which the symbol ends."""
    a, b = box_of(left.word), box_of(right.word)
    same = left.word is right.word
    whole = right.start == 0 and right.label == right.word.text
    size = _size([right.word] if whole and len(right.label) > 1 else [], usual)
    sure0 = not same and not left.after and _sound(left, size)
    sure1 = not same and whole and (right.label == "/" or _sound(right, size))
    printed = left.label if left.label[-1] in ":.;," else left.label + ":"
    x0 = start if sure0 else a.x0 + breadth(printed) * size
    x1 = b.x0 if sure1 else b.x1 - breadth(right.label) * size
    measure = (max(x1, b.x0), box_of(last).x1)
    return _slot("number", left, right, inside, x0, x1, sure0, sure1, measure, size, (a.y1 + b.y1) / 2)


def _date(word: Word, head: Sequence[Word], usual: float) -> list[Slot]:
    """The blanks for day and month of a line "…, ngày … tháng … năm 20…"; none for a day within a sentence."""
    day = _label(_NGAY, word, 0)
    if day is None or _before(word, head) > 6:
        return []
    row = _row(word, head)[:10]
    month = _next(_THANG, day, row)
    year = (_next(_NAM, month, row) or _misread_year(month, row)) if month else None
    if month is None or year is None:
        return []
    after = [other for other in row if box_of(other).x0 > box_of(year.word).x0 + 1]
    figures = next((other for other in after[:3] if _YEAR.match(other.text)), None)
    end = box_of(figures or year.word).x1
    if any(0 < box_of(other).x0 - end < 9 and len(other.text) > 1 for other in after if other is not figures):
        return []
    size = _size([figures] if figures else [] if year.start or year.after else [year.word], usual)
    baseline = statistics.median([box_of(each).y1 for each in (figures, year.word) if each])
    measure = (box_of(figures or year.word).x0, box_of(figures or year.word).x1)
    slots = []
    pairs: tuple[tuple[Kind, Print, Print], ...] = (("day", day, month), ("month", month, year))
    for kind, left, right in pairs:
        a, b = box_of(left.word), box_of(right.word)
        sure0 = not left.after and (left.start > 0 or _sound(left, size))
        sure1 = right.start == 0 and (bool(right.after) or _sound(right, size))
        x0 = a.x1 if sure0 else a.x0 + breadth(left.word.text[: left.end]) * size
        x1 = b.x0 if sure1 else b.x1 - breadth(right.label + right.after) * size
        inside = _inside(row, x0, x1, (left.word, right.word, figures))
        slots.append(_slot(kind, left, right, inside, x0, x1, sure0, sure1, measure, size, baseline))
    return [slot for slot in slots if slot]


def _misread_year(month: Print, row: Sequence[Word]) -> Print | None:
    """"năm" that the hand before it spoilt: what ends in m just before the year, or what stands in its place."""
    behind = [other for other in row if box_of(other).x0 > box_of(month.word).x0 + 1][:4]
    year = next((at for at, other in enumerate(behind) if _YEAR.match(other.text)), 0)
    for other in reversed(behind[:year]):
        if 1 < len(other.text) <= 5 and other.text.endswith("m"):
            return Print(other, len(other.text) - 1, len(other.text), "năm")
    if not year:
        return None
    figures = box_of(behind[year])
    size = _size([behind[year]], 13.0)
    start, end = figures.x0 - (_SPACE + breadth("năm")) * size, figures.x0 - _SPACE * size
    for other in behind[:year]:
        box = box_of(other)
        if min(box.x1, end) - max(box.x0, start) > 0.7 * (end - start) and len(other.text) <= 5:
            return Print(other, 0, len(other.text), "năm")
    return None


def _inside(row: Sequence[Word], x0: float, x1: float, other: Sequence[Word | None]) -> tuple[Word, ...]:
    """The words that stand between two borders."""
    return tuple(
        each for each in row if each not in other and x0 < (box_of(each).x0 + box_of(each).x1) / 2 < x1
    )


def _label(pattern: re.Pattern[str], word: Word, offset: int) -> Print | None:
    folded = fold(word.text[offset:])
    found = pattern.match(folded) if len(folded) == len(word.text) - offset else None
    return Print(word, offset + found.start("label"), offset + found.end("label")) if found else None


def _next(pattern: re.Pattern[str], left: Print, row: Sequence[Word]) -> Print | None:
    """The next label of the row, in the same word or in one of the five behind it."""
    same = _label(pattern, left.word, left.end) if left.after else None
    if same:
        return same
    behind = [other for other in row if box_of(other).x0 > box_of(left.word).x0 + 1][:5]
    return next((found for other in behind if (found := _label(pattern, other, 0))), None)


def _before(word: Word, head: Sequence[Word]) -> int:
    """How many words stand before one on its line without a wide gap."""
    box = box_of(word)
    left = sorted(
        (
            box_of(other)
            for other in head
            if other is not word and overlap(box_of(other), box) > 0.4 and box_of(other).x0 < box.x0
        ),
        key=lambda other: -other.x0,
    )
    count, start = 0, box.x0
    for other in left:
        if start - other.x1 > 1.2 * (box.y1 - box.y0):
            break
        count, start = count + 1, other.x0
    return count


def _slot(
    kind: Kind, left: Print, right: Print, inside: tuple[Word, ...], x0: float, x1: float, sure0: bool, sure1: bool,
    measure: tuple[float, float], size: float, baseline: float,
) -> Slot | None:  # fmt: skip
    if not 0.1 * size < x1 - x0 < 9 * size:
        return None
    same = left.word is right.word
    glued = left.word.text[left.end : right.start] if same else left.after
    read = glued + "".join(each.text for each in inside) + ("" if same else right.word.text[: right.start])
    return Slot(kind, x0, x1, sure0, sure1, *measure, size, baseline, left, right, inside, read.strip())
