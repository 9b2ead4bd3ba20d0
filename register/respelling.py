"""What a correction says about letters: that the reading A should be B, where only letters were misread.

A correction may also mean that something else was to stand there (another
body, another signer): then it says nothing about other places, for there A may
be right. So A and B must be alike word by word, their digits the same. Pure:
`register.respellings` keeps what is found here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final, Literal

from register.text import INDEXED, fold, squeeze

Kind = Literal["body", "person", "position", "place", "words"]
"""Of what a value is: a reading is offered for values of the same kind only."""

KINDS: Final[dict[str, Kind]] = {
    "issuer": "body",
    "parent_body": "body",
    "incoming_body": "body",
    "addressees": "body",
    "recipients": "body",
    "responsible": "body",
    "coordinating": "body",
    "report_to": "body",
    "signer_name": "person",
    "signer_position": "position",
    "place": "place",
    "subject": "words",
    "text": "words",
}
"""The fields of letters and tasks whose readings may be misread elsewhere, too. Not here: numbers, days, symbols, choices of a list."""

MOST_SPANS: Final = 4
"""Places that one correction of a running text may put right; more is a new wording."""
MOST_WORDS: Final = 4
"""Words of one such place."""
_LETTERS: Final = re.compile(r"[^\W\d_]")
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Respelling:
    """The reading `wrong` should be `right`; `key` is what values are looked up by."""

    kind: Kind
    key: str
    wrong: str
    right: str


def respellings(field: str, old: Any, new: Any) -> tuple[Respelling, ...]:
    """What the correction of a field from `old` to `new` (JSON values) says about letters; mostly one or nothing."""
    kind = KINDS.get(field)
    if kind is None or not old or not new:
        return ()
    if isinstance(old, list):
        return tuple(_pairs(kind, [each for each in old if each not in new], [each for each in new if each not in old]))
    if kind == "words":
        return tuple(dict.fromkeys(_spans(str(old).split(), str(new).split())))
    return tuple(_pairs(kind, [old], [new]))


def key_of(text: str) -> str:
    """What a whole value is looked up by: capitals and spaces aside, short enough for an index."""
    return squeeze(text).casefold()[:INDEXED]


def keys_of_words(text: str) -> set[str]:
    """What the words of a running text are looked up by."""
    return {key_of(word) for word in text.split()}


def holds(text: str, wrong: str) -> bool:
    """Whether the words stand in a running text, as whole words."""
    return f" {wrong} " in f" {squeeze(text)} "


def put(text: str, wrong: str, right: str) -> str:
    """The running text with these words put right wherever they stand."""
    padded = f" {squeeze(text)} "
    while (after := padded.replace(f" {wrong} ", f" {right} ")) != padded and wrong not in right:
        padded = after
    return after.strip()


def alike(wrong: str, right: str) -> bool:
    """Whether only letters were misread: the same digits, and each group of words changed in at most a third of its letters."""
    if key_of(wrong) == key_of(right) or _DIGITS.findall(wrong) != _DIGITS.findall(right):
        return False
    one, other = wrong.split(), right.split()
    return all(
        tag == "equal" or _near("".join(one[a:b]), "".join(other[c:d]))
        for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    )


def _near(wrong: str, right: str) -> bool:
    from rapidfuzz.distance import Levenshtein

    if not (_LETTERS.search(wrong) or _LETTERS.search(right)):
        return True
    one, other = fold(wrong), fold(right)
    return bool(one and other) and Levenshtein.distance(one, other) <= max(1, max(len(one), len(other)) // 3)


def _pairs(kind: Kind, wrong: Sequence[str], right: Sequence[str]) -> Iterator[Respelling]:
    for text in wrong:
        found = [each for each in right if alike(text, each)]
        if len(found) == 1:
            yield Respelling(kind, key_of(text), squeeze(text), squeeze(found[0]))


def _spans(old: Sequence[str], new: Sequence[str]) -> Iterator[Respelling]:
    """The words that were put right, each with the word before and after: alone, a word may well be right elsewhere."""
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changed = [each for each in codes if each[0] == "replace"]
    if len(changed) > MOST_SPANS:
        return
    for _, a, b, c, d in changed:
        wrong, right = " ".join(old[a:b]), " ".join(new[c:d])
        if max(b - a, d - c) > MOST_WORDS or not _LETTERS.search(wrong) or not alike(wrong, right):
            continue
        before, after = old[max(a - 1, 0) : a], old[b : b + 1]
        yield Respelling(
            "words", key_of(old[a]), " ".join((*before, wrong, *after)), " ".join((*before, right, *after))
        )
