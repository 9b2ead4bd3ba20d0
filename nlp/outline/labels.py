"""Which label a line opens with: what is printed there, held against the list so far and the labels that follow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.outline.ahead import Ahead
from nlp.outline.lines import TERMINAL, UPPER, Line
from nlp.outline.opened import Open, expected, innermost
from nlp.outline.shapes import LETTERS, ORDINALS, ROMAN_OF, ROMANS, Printed, misread, printed_labels
from nlp.outline.values import BULLETS, Style


@dataclass(frozen=True, slots=True)
class Label:
    """The label of an item: as it is written in paths, its value in its list, and its length in the line."""

    style: Style
    text: str
    value: int
    length: int
    as_roman: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A line in its surroundings: the items open before it, the line before, the labels behind."""

    line: Line
    previous: Line | None
    stack: Sequence[Open]
    ahead: Ahead
    behind: int
    """Index of the next line."""

    @property
    def after_an_end(self) -> bool:
        """Whether a sentence or an entry ended before it."""
        return self.previous is None or bool(TERMINAL.search(self.previous.text))


def label_of(place: Place) -> Label | None:
    """The label a line opens with; None where it has none that fits."""
    for printed in printed_labels(place.line.text):
        label = _meant(printed, place)
        if label:
            return label
    return None


def _meant(printed: Printed, place: Place) -> Label | None:
    length, rest = printed.length, place.line.text[printed.length :]
    match printed.shape:
        case "star" | "dash" | "plus":
            return Label(printed.shape, "", 0, length)
        case "bullet":
            open_bullet = innermost(place.stack, *BULLETS)
            return Label(open_bullet.style, "", 0, length) if open_bullet and place.after_an_end else None
        case "division":
            # "Chế độ báo cáo:" stands beside the items of the list before it, a chapter above all.
            return Label("division", "", int(place.line.text.endswith(":")), length)
        case "article":
            number = re.sub(r"\D", "", _digits(printed.text))
            return Label(
                "article", f"Điều {printed.text if number in printed.text else number}", int(number), length
            )
        case "section":
            value = ord(printed.text) - ord("A") + 1
            follows = innermost(place.stack, "section") or place.ahead.next("section two", place.behind)
            fits = follows and value == expected(place.stack, "section")
            return Label("section", printed.text, value, length) if fits else None
        case "ordinal":
            value = _ordinal(printed.text)
            fits = value == expected(place.stack, "ordinal")
            return Label("ordinal", " ".join(printed.text.split()), value, length) if fits else None
        case "roman":
            return _roman(printed, rest, place)
        case "decimal":
            return _decimal(printed, place.stack)
        case "bracket":
            return _bracket(printed, place.stack) if printed.text else _empty_bracket(printed, place)
        case "arabic":
            return _first_roman(printed, rest, place) or _arabic(printed, rest, place.stack)
        case "ordered":
            return _ordered(printed, place)
        case "comma letter":
            return _comma_letter(printed, place)
        case "strange":
            return _strange(printed, place)
        case "lost":
            return _lost(printed, place)
        case "letter":
            return _letter(printed, place)


def _digits(text: str) -> str:
    """The digits a misread number stands for."""
    return "".join(misread("digits").get(char, char)[0] for char in text)


def _ordinal(text: str) -> int:
    word = text.lower().replace(" là", "").split()[-1]
    return {"một": 1, "mội": 1, "mốt": 1, "bốn": 4, "bôn": 4}.get(word) or ORDINALS.index(word) + 1


def is_capital(words: str) -> bool:
    """Whether a heading is printed in capitals."""
    return len(words.strip()) > 5 and words.upper() == words


def _roman(printed: Printed, rest: str, place: Place) -> Label | None:
    stack, length = place.stack, printed.length
    before = innermost(stack, "roman")
    following = before.value + 1 if before else 1
    capital = is_capital(rest)
    if printed.text in ROMANS:
        value = ROMANS[printed.text]
        if "," in place.line.text[:length] and not (value == following and (place.line.gap or place.after_an_end)):
            return None  # "II, Tổ chức thực hiện" where it is the next; "quý I, / II, Sở A" cites
        if value > following + 2 and not capital:
            return None  # an initial: "V. A"
        if value == 1 and before is None and not capital and _is_number_one(place):
            return Label("arabic", "1", 1, length)
    else:
        meant = (
            [ROMANS[roman] for roman in misread("romans")[printed.text]]
            if printed.text in misread("romans")
            else []
        )
        if not meant or (printed.text.isdecimal() and not capital):
            return None
        if before is None:
            starts = meant == [1] and capital and innermost(stack, "arabic") is None
            if not (starts and place.ahead.next("roman two", place.behind)):
                return None
            value = 1
        elif following in meant or (capital and min(meant) <= following and not printed.text.isdecimal()):
            value = following  # strokes lost or joined: the order tells which
        else:
            return None
    inner = innermost(stack, "arabic")
    goes_on = inner is not None and inner.as_roman and inner.value + 1 == value and not capital
    if before and (value <= before.value or goes_on):
        # Roman restarting inside Roman: the inner list's "1." read or typed as "I.".
        return Label("arabic", str(value), value, length, True)
    return Label("roman", ROMAN_OF[value], value, length)


def _is_number_one(place: Place) -> bool:
    """Whether "I. Giao …" is a misread "1. Giao …": "2. …" follows, and no Roman two."""
    return place.ahead.next("arabic", place.behind) == "2" and not place.ahead.next("roman two", place.behind)


def _decimal(printed: Printed, stack: Sequence[Open]) -> Label | None:
    parts = _digits(printed.text.replace(",", ".")).split(".")
    if not all(part.isdecimal() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    if not _continues(numbers, printed.text[0].isdecimal(), stack):
        return None
    return Label("decimal", ".".join(map(str, numbers)), numbers[-1], printed.length)


def _continues(numbers: list[int], clear: bool, stack: Sequence[Open]) -> bool:
    """Whether a decimal label fits behind the labels so far: "3.50" and "2.000" are amounts."""
    if numbers[-1] == 0:
        return False
    number = innermost(stack, "arabic", "bracket")
    decimal = innermost(stack, "decimal")
    if decimal is not None:
        before = [int(part) for part in decimal.path[-1].split(".")]
        if numbers[:-1] == before[:-1] and numbers[-1] <= before[-1] + 3:
            return True
        if numbers[:-1] == before or numbers[0] in (before[0], before[0] + 1):
            return True
    if number is not None:
        return numbers[0] == number.value or (numbers[0] == number.value + 1 and numbers[1] == 1)
    return numbers[0] <= 9 and (numbers[1] == 1 or clear)


def _bracket(printed: Printed, stack: Sequence[Open]) -> Label | None:
    text, length = printed.text, printed.length
    if not text.isdecimal():
        letter = innermost(stack, "letter")
        if text == "i" and letter and LETTERS[letter.value - 1] == "h":
            return Label("letter", "i", letter.value + 1, length)
        value = ROMANS.get(text.upper())
        return Label("bracket", text, value, length) if value else None
    value = int(text)
    number = innermost(stack, "arabic")
    if number and value == number.value + 1 and value > 1 and innermost(stack, "bracket") is None:
        return Label("arabic", str(value), value, length)
    return Label("bracket", str(value), value, length)


def _empty_bracket(printed: Printed, place: Place) -> Label | None:
    """ "() Giao …", its thin (i) lost: "(ii) …" follows."""
    lost = place.after_an_end and place.ahead.next("small roman two", place.behind)
    return Label("bracket", "i", 1, printed.length) if lost else None


def _first_roman(printed: Printed, rest: str, place: Place) -> Label | None:
    """ "I." read as "1.": a heading in capitals under which the numbers begin with 1 again."""
    if printed.text not in ("1", "l", "|") or not is_capital(rest) or innermost(place.stack, "roman", "arabic"):
        return None
    again = place.ahead.next("arabic", place.behind) == "1"
    return Label("roman", "I", 1, printed.length) if again else None


def _arabic(printed: Printed, rest: str, stack: Sequence[Open]) -> Label | None:
    value = int(_digits(printed.text)) if _digits(printed.text).isdecimal() else 0
    if printed.text == _next_letter(innermost(stack, "letter")):
        return None  # "l)" behind "k)"
    doubtful = not printed.text.isdecimal() or not re.match(rf"[{UPPER}“\"(‘']", rest)
    following = expected(stack, "arabic")
    skipped = printed.text in _NO_LETTERS and 1 < following < value <= following + 2  # the letter itself leaves out a number
    if value == 0 or (doubtful and value != following and not skipped):
        return None
    return Label("arabic", str(value), value, printed.length)


_NO_LETTERS = frozenset({"ö", "§"})
"""Readings of a digit that open no Vietnamese word."""


def _ordered(printed: Printed, place: Place) -> Label | None:
    value, following = int(_digits(printed.text)), expected(place.stack, "arabic")
    headed = place.previous is not None and is_capital(place.previous.text)
    if not printed.text.isdecimal() and not ((place.after_an_end or headed) and place.ahead.next("arabic", place.behind) == str(value + 1)):
        return None  # "l- Rà soát" is the first of a list only where "2- …" follows
    comma = "," in place.line.text[: printed.length]
    skips = not comma and following > 1 and value == following + 1 and place.after_an_end
    if (value != following and not skips) or (comma and value == 1):
        return None
    return Label("arabic", str(value), value, printed.length)


def _lost(printed: Printed, place: Place) -> Label | None:
    """A number of which only its mark, or all but its mark, was read: the next number must follow."""
    following = expected(place.stack, "arabic")
    said = _digits(printed.text)
    if said.isdecimal() and int(said) != following:
        return None
    if not place.after_an_end or place.ahead.next("arabic", place.behind) != str(following + 1):
        return None
    return Label("arabic", str(following), following, printed.length)


def _strange(printed: Printed, place: Place) -> Label | None:
    """ "ä. Rà soát", "Ä. Rà soát": no word begins so; the number that comes next, or the a that a b follows."""
    if not place.after_an_end:
        return None
    if innermost(place.stack, "letter") is None and place.ahead.next("letter", place.behind) == "b":
        return Label("letter", "a", 1, printed.length)
    following = expected(place.stack, "arabic")
    return Label("arabic", str(following), following, printed.length) if following > 1 else None


def _comma_letter(printed: Printed, place: Place) -> Label | None:
    """ "a, Rà soát …": a comma for the bracket counts where the order of the letters expects it."""
    following = _next_letter(innermost(place.stack, "letter"))
    if not place.after_an_end or not following or following not in (printed.text, *misread("letters").get(printed.text, ())):
        return None
    if following == "a" and place.ahead.next("letter", place.behind) != "b":
        return None
    return Label("letter", following, LETTERS.index(following) + 1, printed.length)


def _letter(printed: Printed, place: Place) -> Label | None:
    text, length = printed.text.lower(), printed.length
    before = innermost(place.stack, "letter")
    following = _next_letter(before)
    meant = misread("letters").get(text, ())
    if following in meant and _is_misread(text, following, before, place):
        return Label("letter", following, LETTERS.index(following) + 1, length)
    if text[0] not in LETTERS or len(text.split(".")[0]) > 1:
        return None
    roman = text == "i" and following != "i" and place.ahead.next("small roman two", place.behind)
    return Label("bracket" if roman else "letter", text, 1 if roman else LETTERS.index(text[0]) + 1, length)


def _next_letter(before: Open | None) -> str:
    return LETTERS[before.value : before.value + 1] if before else "a"


def _is_misread(text: str, following: str, before: Open | None, place: Place) -> bool:
    """Whether a letter is a misread one: where it may be right itself, the next letter must tell."""
    after = place.ahead.next("letter", place.behind)
    if before is None:
        return after == "b"
    if text.isdecimal():
        number = innermost(place.stack, "arabic")
        if number and int(text) > number.value + 2 and after in (None, "a"):
            return True  # the last of its list; as a number it would leave out several
        return after == LETTERS[before.value + 1 : before.value + 2] and not (
            number and number.value + 1 == int(text)
        )
    if text in ("e", "l", "n") and text != following:
        nexts = LETTERS[before.value + 1 : before.value + 3]
        return after is not None and after in nexts
    return True
