"""Sentences of office language for invented letters, drawn from the project's syllable model.

The model (`ingest.language.model`) holds how often a syllable follows two
others in public legal texts and in this project's letters: texts drawn from it have the
frequencies of real ones (few words very often, most of them seldom, Zipf's law) and
their fixed phrases. Two syllables that attract each other are one word,
joined by "_" as word segmenters print it: the text comes segmented.
"""

from __future__ import annotations

import math
import random
from bisect import bisect
from functools import cache
from itertools import accumulate, pairwise

from ingest.language.model import UNIT, Model, model
from ingest.language.tokens import CLAUSE, COMMA, FIGURE, FOREIGN

POOL = 40_000
"""Different clauses that letters are made of."""
FIGURE_MARK = "\x1f"
"""Stands in a clause for a number, which each letter draws anew."""
_LONGEST, _SHORTEST = 40, 4
_ATTRACTION = 5.0
"""Bits that a syllable must be cheaper after another than by itself, to be one word with it."""
_SHORT_NAMES = ("UBND", "HĐND", "THPT", "KT-XH", "CCHC", "BHYT", "QLDA", "ATTP", "GCN", "VSMT")


def segmented(text: str) -> list[str]:
    """The words of a text of this module, syllables joined by "_": the segmenter of an `Analysis` that costs nothing."""
    return text.split()


@cache
def clauses() -> tuple[str, ...]:
    """The pool, always the same: segmented clauses without an end mark, from frequent to rare (see `drawn`)."""
    source = _Source(model())
    chance = random.Random(17)
    found: dict[str, None] = {}
    while len(found) < POOL:
        clause = source.clause(chance)
        if clause:
            found[clause] = None
    return tuple(found)


def drawn(chance: random.Random, topic: int) -> str:
    """A clause by lot: a third of the time one of the topic's, else any, the first of the pool oftener than the last."""
    pool = clauses()
    if chance.random() < 0.35:
        at = (topic * 50 + int(60 * chance.random())) % POOL
    else:
        at = int(POOL * chance.random() ** 1.6)
    clause = pool[at]
    while FIGURE_MARK in clause:
        clause = clause.replace(FIGURE_MARK, _figure(chance), 1)
    return clause


def _figure(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.4:
        return str(int(10 ** (2.3 * chance.random())))
    if kind < 0.6:
        return f"{chance.randrange(1, 29):02}/{chance.randrange(1, 13)}/{chance.randrange(2004, 2026)}"
    if kind < 0.8:
        return f"{chance.randrange(1, 1000)}.{chance.randrange(1000):03}"
    return f"{chance.randrange(100)},{chance.randrange(10)}"


class _Source:
    """Draws from the trigram model; what was pruned of it is drawn from the bigrams, then from the syllables."""

    def __init__(self, known: Model) -> None:
        self._model = known
        self._clause, self._comma = known.number(CLAUSE), known.number(COMMA)
        self._figure, self._foreign = known.number(FIGURE), known.number(FOREIGN)
        self._marks = {self._clause, self._comma, self._figure, self._foreign}
        self._every = list(accumulate(map(_probability, known.cost1)))
        self._after: dict[int, list[float]] = {}
        self._after_two: dict[int, list[float]] = {}

    def clause(self, chance: random.Random) -> str:
        """One clause, or "" where it came out too short or too long to be of use."""
        before, first = self._clause, self._clause
        numbers: list[int] = []
        while len(numbers) <= _LONGEST:
            following = self._next(before, first, chance)
            if following == self._clause:
                break
            numbers.append(following)
            before, first = first, following
        return self._printed(numbers, chance) if _SHORTEST <= len(numbers) <= _LONGEST else ""

    def _next(self, before: int, first: int, chance: random.Random) -> int:
        known = self._model
        pair = known.pair(before, first)
        if pair >= 0:
            low = known.start2[pair]
            at = _pick(self._after_two, pair, known.cost3, low, known.start2[pair + 1], chance)
            if at is not None:
                return known.third[low + at]
        low = known.start1[first]
        at = _pick(self._after, first, known.cost2, low, known.start1[first + 1], chance)
        if at is not None:
            return known.second[low + at]
        return min(bisect(self._every, chance.random() * self._every[-1]), len(self._every) - 1)

    def _printed(self, numbers: list[int], chance: random.Random) -> str:
        known = self._model
        pulls = [self._attraction(*pair) for pair in pairwise(numbers)]
        words: list[str] = []
        joins = False  # whether this syllable goes on with the word before
        for at, number in enumerate(numbers):
            if number == self._comma:
                if words and not words[-1].endswith(","):
                    words[-1] += ","
            elif joins:
                words[-1] += f"_{known.forms[number]}"
                joins = False
            elif number in (self._figure, self._foreign):
                words.append(FIGURE_MARK if number == self._figure else chance.choice(_SHORT_NAMES))
            else:
                words.append(known.forms[number])
                # Of three syllables the two that belong together more.
                joins = at < len(pulls) and pulls[at] >= max((_ATTRACTION, *pulls[at + 1 : at + 2]))
        return " ".join(words).rstrip(",")

    def _attraction(self, first: int, second: int) -> float:
        """Bits that the second syllable is cheaper after the first than by itself."""
        if {first, second} & self._marks:
            return 0.0
        pair = self._model.pair(first, second)
        return (self._model.cost1[second] - self._model.cost2[pair]) / UNIT if pair >= 0 else 0.0


def _probability(cost: int) -> float:
    return math.exp2(-cost / UNIT)


def _pick(
    known: dict[int, list[float]], key: int, costs: bytes, low: int, high: int, chance: random.Random
) -> int | None:
    """A place between `low` and `high` by its probability, counted from `low`; None for what is left of 1."""
    if key not in known:
        known[key] = list(accumulate(map(_probability, costs[low:high])))
    sums, value = known[key], chance.random()
    return bisect(sums, value) if sums and value < sums[-1] else None
