"""Misread words found by the language model: which may change at all, and how sure it must be.

Left alone, whatever the model says: numbers, dates, codes, abbreviations,
names (words with a capital, save headings in capitals and the first word of a
sentence), foreign words, single letters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from ingest.language.channel import doubt
from ingest.language.spelling import in_case
from ingest.language.tokens import CLAUSE, FOREIGN, Token, tokens
from nlp.lexicon import lines, surnames
from nlp.repair.decode import Choice, choose
from nlp.types import Correction, Evidence

MARGIN = 4.0
"""Bits by which a change must beat what was read, on a page read by OCR."""
UNSURE = 4.0
"""Bits more on a text of which nobody knows whether a machine read it, until it shows that one did."""
_SHOWN = 2
_SHOWN_PER_WORDS = 400
_CAPITAL_EXTRA = 3.0
_FOREIGN_EXTRA = 6.0
_LEAST_CAPITALS = 3

Trust = Callable[[int, int], float | None]
"""The reader's confidence in [start, end): None where the text is no reading (a born-digital page)."""


def misread(
    text: str, trust: Trust | None = None, found: Sequence[Token] | None = None
) -> tuple[Correction, ...]:
    """Proposals for the words of a text (in NFC) by the language model.

    Without `trust` the text may be clean or read by OCR: then only what is plain
    is proposed, unless enough of that shows that the text was read by a machine.

    >>> [(c.read, c.proposed) for c in misread("V/v đơn độc thực hiện kế hoạch")]
    [('đơn', 'đôn'), ('độc', 'đốc')]
    """
    found = tokens(text) if found is None else found
    free, extra = _free(text, found)
    chosen = [
        (choice, bits)
        for choice in choose(found, free)
        if (bits := _weighed(choice, found[choice.index], extra, trust)) >= MARGIN
    ]
    if trust is None:
        plain = [pair for pair in chosen if pair[1] >= MARGIN + UNSURE]
        if len(plain) < max(_SHOWN, len(found) / _SHOWN_PER_WORDS):
            chosen = plain
    return tuple(
        made for choice, bits in chosen if (made := _correction(text, found[choice.index], choice, bits))
    )


def _weighed(choice: Choice, token: Token, extra: dict[int, float], trust: Trust | None) -> float:
    """The margin of a choice after what its kind of word demands and the reader's confidence says."""
    bits = choice.gain - extra.get(choice.index, 0.0)
    if trust is None:
        return bits
    confidence = trust(token.start, token.end)
    return -1.0 if confidence is None else bits + doubt(confidence)


def _correction(text: str, token: Token, choice: Choice, bits: float) -> Correction | None:
    read = text[token.start : token.end]
    proposed = in_case(choice.form, read)
    if proposed == read:
        return None
    sure = 1 - 0.5 ** (min(bits, choice.runner_up * 2, 14.0) / 2)
    return Correction(
        read,
        proposed,
        f"đọc nhầm dấu hoặc chữ gần giống: theo câu là “{proposed}”",
        Evidence(token.start, token.end, "repair.language", round(min(0.99, sure), 3)),
    )


def _free(text: str, found: Sequence[Token]) -> tuple[list[bool], dict[int, float]]:
    """Which tokens may change, and the bits more that some of them need."""
    headings = _headings(text, found)
    free: list[bool] = []
    extra: dict[int, float] = {}
    for index, token in enumerate(found):
        word = text[token.start : token.end]
        allowed = len(word) > 1 and word.isalpha()
        if allowed and not word.islower():
            allowed = index in headings or (word[1:].islower() and _opens_word(text, found, index))
            extra[index] = _CAPITAL_EXTRA
        if allowed and token.form == FOREIGN:
            near = (*found[max(0, index - 1) : index], *found[index + 1 : index + 2])
            allowed = len(word) > 2 and all(each.form != FOREIGN for each in near)
            extra[index] = extra.get(index, 0.0) + _FOREIGN_EXTRA
        free.append(allowed)
    return free, extra


def _opens_word(text: str, found: Sequence[Token], index: int) -> bool:
    """Whether a capitalised word goes on in small letters ("Tống công ty", "Thấm phán") and is no one's name."""
    after = found[index + 1] if index + 1 < len(found) else None
    if after is None or not after.is_word or not text[after.start].islower():
        return False
    before = found[index - 1] if index else None
    if before is None or before.form == CLAUSE:
        return True
    name_before = before.is_word and text[before.start].isupper() and before.form not in _heads()
    return not name_before and before.form not in _before_names()


@cache
def _before_names() -> frozenset[str]:
    return frozenset(lines("repair/before_names.txt"))


@cache
def _heads() -> frozenset[str]:
    """Words in capitals that open a body's name: a name of words follows, not of a person."""
    return frozenset(("bộ", "sở", "ban", "cục", "vụ", "phòng", "viện", "tổ", "hội"))


def _headings(text: str, found: Sequence[Token]) -> frozenset[int]:
    """Tokens in runs of words in capitals that are headings, not names of persons."""
    result: set[int] = set()
    run: list[int] = []
    for index in range(len(found) + 1):
        word = text[found[index].start : found[index].end] if index < len(found) else ""
        if len(word) > 1 and word.isalpha() and word.isupper() and found[index].is_word:
            run.append(index)
            continue
        if len(run) >= _LEAST_CAPITALS and not _is_person(text, [found[i] for i in run]):
            result.update(run)
        run = []
    return frozenset(result)


def _is_person(text: str, run: Sequence[Token]) -> bool:
    first = text[run[0].start : run[0].end].capitalize()
    return len(run) <= 5 and first in surnames()
