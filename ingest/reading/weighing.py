"""Doubtful words read a second time, and what both readers and the language say weighed together.

A word is doubtful where Tesseract is unsure of it or the language finds it odd
in its place. The second reader looks at its picture alone; then a beam over the
line finds the words that cost least, in bits: of the language model, of
Tesseract reading what it read, of the second reader seeing what it saw.
Numbers, dates and codes have no part in this: they are put right by their picture
alone (`ingest.reading.codes`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from ingest.fragments import box_of
from ingest.language.channel import doubt
from ingest.language.model import Model, model
from ingest.language.spelling import is_syllable
from ingest.language.tokens import CLAUSE, COMMA, FIGURE, tokens
from ingest.reading import codes, second
from ingest.reading.pictures import band, picture
from ingest.reading.seen import Seen
from ingest.reading.spellings import cost, list_number, may_change, parts, spellings
from ingest.types import Box, Word

UNSURE = 0.95
"""Confidence of Tesseract under which a word is looked at again; nine of ten misread words are under it."""
ODD = 26.0
"""Bits of a word and what follows it from which it is looked at again."""
_LANGUAGE, _SECOND = 0.9, 0.7
"""Weights of the language's and the second reader's bits beside Tesseract's."""
_WORST_SECOND = 25.0
"""Bits: what the second reader may say at most against a word it cannot see."""
_MOST_WORDS = 600
"""Words of a page that are looked at again; 150 are usual, each costs six thousandths of a second."""
_BEAM = 8
_AGREED = 0.93
"""Confidence of a word that both readers read alike."""
_APART = 3.0
"""Gap in line heights over which two words stand in different columns."""


@dataclass(frozen=True, slots=True)
class _Place:
    """One word in its line; `choices` are (text, bits), the first what Tesseract read."""

    word: Word
    choices: tuple[tuple[str, float], ...]
    agreed: bool = False


def reread(grey: Any, seen: Seen) -> tuple[Seen, int]:
    """The words with doubtful ones read again, and how many of them are other than before.

    Raises `second.Unusable` where there is no second reader.
    """
    lines = [tuple(sorted(line, key=lambda word: box_of(word).x0)) for line in seen.lines]
    odd = _odd(lines)
    wanted = [
        (at, place)
        for at, line in enumerate(lines)
        for place, word in enumerate(line)
        if (may_change(word.text) and (word.confidence < UNSURE or odd[at][place] >= ODD))
        or (not place and list_number(word.text))
        or (not may_change(word.text) and codes.doubtful(word))
    ]
    # A page of small print may have thousands: the most doubtful ones come first.
    wanted = sorted(wanted, key=lambda key: lines[key[0]][key[1]].confidence)[:_MOST_WORDS]
    steps = second.look([picture(grey, lines[at], place) for at, place in wanted])
    looked = dict(zip(wanted, steps, strict=True))
    places = [
        [
            _weighed(
                word,
                looked.get((at, place)),
                first=not place,
                name=_may_be_name(lines, at, place),
                heading=_in_heading(line, place),
            )
            for place, word in enumerate(line)
        ]
        for at, line in enumerate(lines)
    ]
    chosen = iter(_chosen([place for line in places for place in line], _breaks(lines)))
    result: list[tuple[Word, ...]] = []
    changed = 0
    for line, before in zip(places, lines, strict=True):
        words = []
        for place, word in zip(line, before, strict=True):
            text, sure = next(chosen)
            if text == place.word.text:
                sure = max(place.word.confidence, _AGREED) if place.agreed else place.word.confidence
            changed += text != word.text
            if text:
                words.append(replace(place.word, text=text, confidence=round(sure, 4)))
        result.append(tuple(words))
    return Seen.of(result), changed


def _may_be_name(lines: Sequence[Sequence[Word]], at: int, place: int) -> bool:
    """Whether a word has a capital that no beginning of a sentence explains."""
    text = parts(lines[at][place].text)[1]
    if not text[:1].isupper() or (len(text) > 1 and text.isupper()):
        return False
    before = lines[at][place - 1] if place else lines[at - 1][-1] if at else None
    return before is not None and before.text[-1] not in _ENDS


def _in_heading(line: Sequence[Word], place: int) -> bool:
    """Whether a word beside this one is in capitals."""
    near = (*line[max(0, place - 1) : place], *line[place + 1 : place + 2])
    return any(
        len(core) > 1 and core.isupper() and is_syllable(core)
        for core in (parts(word.text)[1] for word in near)
    )


def _weighed(word: Word, steps: Any, *, first: bool, name: bool, heading: bool) -> _Place:
    if steps is None:
        return _Place(word, ((word.text, 0.0),))
    other = second.likeliest(steps)
    item = list_number(word.text) if first else None
    if item is None and not may_change(word.text):
        settled = codes.settled(word, other, lambda texts: second.bits(steps, texts))
        return _Place(settled, ((settled.text, 0.0),))
    texts = [word.text, item] if item else spellings(word.text, other, name=name)
    seen = second.bits(steps, texts)
    best = min(seen)
    unsure = doubt(word.confidence)
    choices = tuple(
        (
            text,
            (cost(text, word.text, heading=heading) - unsure if number else 0.0)
            + _SECOND * min(bits - best, _WORST_SECOND),
        )
        for number, (text, bits) in enumerate(zip(texts, seen, strict=True))
    )
    return _Place(word, choices, other == second.written(word.text))


@lru_cache(maxsize=32768)
def _forms(text: str) -> tuple[str, ...]:
    return tuple(token.form for token in tokens(text))


def _odd(lines: Sequence[Sequence[Word]]) -> list[list[float]]:
    """For every word the bits of the language model for it and what follows."""
    known = model()
    owners = [
        (at, place, form)
        for at, line in enumerate(lines)
        for place, word in enumerate(line)
        for form in _forms(word.text)
    ]
    edge = known.number(CLAUSE)
    row = [edge, edge, *(known.number(form) for _, _, form in owners), edge, edge]
    costs = [known.cost(*row[i : i + 3]) for i in range(len(row) - 2)]
    odd = [[0.0] * len(line) for line in lines]
    for i, (at, place, form) in enumerate(owners):
        if form not in (FIGURE, COMMA, CLAUSE):
            odd[at][place] = max(
                odd[at][place], costs[i] + costs[i + 1] + 0.5 * costs[min(i + 2, len(costs) - 1)]
            )
    return odd


def _breaks(lines: Sequence[Sequence[Word]]) -> Iterator[bool]:
    """For every word whether another column begins with it: what stands before it says nothing."""
    above: tuple[float, float] | None = None
    for line in lines:
        top, bottom = band(line)
        # What stands on the row of the line before it is another column.
        beside = above is not None and min(bottom, above[1]) - max(top, above[0]) > 0.5 * (bottom - top)
        above = (top, bottom)
        before: Box | None = None
        for word in line:
            box = box_of(word)
            yield beside if before is None else box.x0 - before.x1 > _APART * (bottom - top)
            before = box


_ENDS = frozenset('.:;!?-–+*”"')
"""What a sentence or a bullet ends with."""
_State = tuple[int, int]


def _chosen(places: Sequence[_Place], breaks: Iterator[bool]) -> list[tuple[str, float]]:
    """For every word the text on the cheapest path, and how sure it is (1 where there was no choice)."""
    known = model()
    edge = known.number(CLAUSE)
    states: dict[_State, tuple[float, Any]] = {(edge, edge): (0.0, None)}
    for place, broken in zip(places, breaks, strict=True):
        grown: dict[_State, tuple[float, Any]] = {}
        for state, (spent, path) in states.items():
            for text, bits in place.choices:
                total, after = _onward(known, (edge, edge) if broken else state, text)
                total = spent + bits + _LANGUAGE * total
                if after not in grown or total < grown[after][0]:
                    grown[after] = (total, (path, text))
        states = dict(sorted(grown.items(), key=lambda item: item[1][0])[:_BEAM])
    path = min(states.values(), key=lambda value: value[0])[1]
    texts: list[str] = []
    while path is not None:
        path, text = path
        texts.append(text)
    texts.reverse()
    return [(text, _sure(known, places, texts, at)) for at, text in enumerate(texts)]


def _onward(known: Model, state: _State, text: str) -> tuple[float, _State]:
    bits = 0.0
    first, then = state
    for form in _forms(text):
        number = known.number(form)
        bits += known.cost(first, then, number)
        first, then = then, number
    return bits, (first, then)


def _sure(known: Model, places: Sequence[_Place], texts: Sequence[str], at: int) -> float:
    """The chosen text's share of the probability of all choices, its neighbours being as chosen."""
    choices = places[at].choices
    if len(choices) == 1:
        return 1.0
    edge = known.number(CLAUSE)
    _, before = _onward(known, (edge, edge), " ".join(texts[max(0, at - 2) : at]))
    weights = []
    for text, bits in choices:
        total, state = _onward(known, before, text)
        after, _ = _onward(known, state, " ".join(texts[at + 1 : at + 3]))
        weights.append((text, bits + _LANGUAGE * (total + after)))
    own = next(weight for text, weight in weights if text == texts[at])
    return float(1 / sum(2.0 ** min(60.0, own - weight) for _, weight in weights))
