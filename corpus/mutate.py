"""Letters damaged at random: what a reader must survive, not what it must understand.

Lines lost, doubled and swapped; characters of any alphabet; a letter cut off
or printed twice; other digits; the noise of reading. The same seed gives the
same damage.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Sequence
from functools import partial

_LOOK_ALIKE = {"l": "1I|", "1": "lI", "0": "O", "O": "0", "đ": "dđ", "Đ": "DÐ", "ư": "uù", "ơ": "o", "ê": "e", "ô": "ốo", "ộ": "ô", "ố": "ó",
               "ỏ": "ó", "ử": "ữ", "-": "–—_", "/": "⁄|I", ".": ",·", ",": ".;", ";": ":", ":": ";.", "5": "S", "S": "5", "a": "ã", "n": "ri", "m": "rn"}  # fmt: skip
_JUNK = (
    "\x00\u200b\u200e\u202e\ufeff\u00ad\u2028\u0085\u0301\u0323\ufffd\U0001f600\u4e2d\u0e01\u05d0\u0130\ufb01\u1100\u1161\u11a8ßſ\x1c\x0c\t"
    "“”…•§©®°½²‰€|\\^~`{}[]<>=+*#@&%$_"
)
_PIECES = (
    "Giao ", "yêu cầu ", "Sở Y tế", "UBND các huyện, thị xã, thành phố", "trước ngày 31/02/2020", "hằng tháng", "Điều 5", "khoản 2 ", "\n- ", "\n1. ", "\na) ",
    "Nơi nhận:", "Kính gửi:", "KT. ", "số 45/2012/NĐ-CP ", "ngày 99/99/9999", "trong vòng 999999999 ngày kể từ ", "các Quyết định số: ", "(", ")", "“", "./.",
    "năm 0000", "quý V/2020", "định kỳ 0 tháng/lần", "ĐẾN Số: ", "Luật ", "\n\n", "III. ", "Chương IV", "24 giờ 99 phút ngày 30 tháng Giêng",
)  # fmt: skip
_FORMS: tuple[Callable[[str], str], ...] = (
    str.upper, str.lower, *(partial(unicodedata.normalize, form) for form in ("NFC", "NFD", "NFKC", "NFKD")),
)  # fmt: skip


def mutated(text: str, random: random.Random) -> str:
    """The text after one to four random damages."""
    for _ in range(random.randint(1, 4)):
        text = random.choice(DAMAGES)(text, random)
    return text


def _lines(text: str, random: random.Random, change: Callable[[list[str], int, int], None]) -> str:
    lines = text.split("\n")
    change(lines, random.randrange(len(lines)), random.randrange(len(lines)))
    return "\n".join(lines)


def _lose_line(text: str, random: random.Random) -> str:
    return _lines(text, random, lambda lines, i, _: lines.__delitem__(slice(i, i + random.randint(1, 3))))


def _double_line(text: str, random: random.Random) -> str:
    return _lines(text, random, lambda lines, i, j: lines.insert(j, lines[i]))


def _swap_lines(text: str, random: random.Random) -> str:
    def swap(lines: list[str], i: int, j: int) -> None:
        lines[i], lines[j] = lines[j], lines[i]

    return _lines(text, random, swap)


def _shuffle_lines(text: str, random: random.Random) -> str:
    lines = text.split("\n")
    random.shuffle(lines)
    return "\n".join(lines)


def _join_lines(text: str, random: random.Random) -> str:
    return "".join(random.choice((" ", "")) if char == "\n" and random.random() < 0.3 else char for char in text)


def _cut_off(text: str, random: random.Random) -> str:
    return text[: random.randrange(len(text) + 1)] if random.random() < 0.7 else text[random.randrange(len(text) + 1) :]


def _repeat(text: str, random: random.Random) -> str:
    if len(text) > 20_000:
        return text
    start = random.randrange(len(text) + 1)
    return text + text[start:] * random.randint(1, 3) if random.random() < 0.5 else text[:start] + text[:start] + text[start:]


def _put_in(pieces: Sequence[str], most: int) -> Callable[[str, random.Random], str]:
    def put(text: str, random: random.Random) -> str:
        for _ in range(random.randint(1, most)):
            at = random.randrange(len(text) + 1)
            text = text[:at] + random.choice(pieces) + text[at:]
        return text

    return put


def _any_characters(text: str, random: random.Random) -> str:
    def any_character() -> str:
        code = random.randrange(0x110000)
        return "?" if 0xD800 <= code < 0xE000 else chr(code)

    at = random.randrange(len(text) + 1)
    return text[:at] + "".join(any_character() for _ in range(random.randint(1, 40))) + text[at:]


def _other_digits(text: str, random: random.Random) -> str:
    share = random.choice((0.05, 0.3, 1.0))
    return "".join(random.choice("0123456789") if c.isdigit() and random.random() < share else c for c in text)


def _noise(text: str, random: random.Random) -> str:
    share = random.choice((0.01, 0.05, 0.2))

    def read(char: str) -> str:
        if random.random() >= share:
            return char
        kind = random.random()
        if kind < 0.5 and char in _LOOK_ALIKE:
            return random.choice(_LOOK_ALIKE[char])
        if kind < 0.7:
            return unicodedata.normalize("NFD", char)[0]  # its marks are lost
        return "" if kind < 0.8 else char + " " if kind < 0.9 else char * 2

    return "".join(map(read, text))


def _lose_characters(text: str, random: random.Random) -> str:
    for _ in range(random.randint(1, 20)):
        at = random.randrange(len(text) + 1)
        text = text[:at] + text[at + random.choice((1, 1, 1, 5, 30)) :]
    return text


def _other_form(text: str, random: random.Random) -> str:
    form = random.choice(_FORMS)
    return form(text)


DAMAGES: tuple[Callable[[str, random.Random], str], ...] = (
    _lose_line, _double_line, _swap_lines, _shuffle_lines, _join_lines, _cut_off, _repeat, _put_in(tuple(_JUNK), 30),
    _put_in(_PIECES, 8), _any_characters, _other_digits, _noise, _lose_characters, _other_form,
)  # fmt: skip
"""All damages; each takes a text and a source of chance and gives a text."""
