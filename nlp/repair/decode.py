"""Choosing between what was read and what may have been meant: a noisy channel over syllables.

Every word that follows and is followed as the language expects is left alone.
Where a stretch is odd, a beam weighs the readings of its words together: bits
of the language model plus bits of the reader's confusion. A word is changed
only by a wide margin, over what was read and over every other candidate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.language.candidates import candidates
from ingest.language.model import Model, model
from ingest.language.tokens import CLAUSE, Token

ODD = 18.0
"""Bits of a word and its follower together from which a word is looked at."""
MARGIN = 1.5
"""Bits by which a change must at least beat what was read; who asks may want more."""
MARGIN_OTHERS = 3.0
"""Bits by which it must beat every other candidate."""
_BEAM = 8
_Option = tuple[int, str, float]
"""A candidate: its number, its form, the bits of its being read as what stands there."""
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """A token (by its index) that should have another form, and by how many bits that is better."""

    index: int
    form: str
    gain: float
    runner_up: float


def choose(found: Sequence[Token], free: Sequence[bool], *, margin: float = MARGIN) -> list[Choice]:
    """The changes of a text's tokens; only tokens marked free may change."""
    known = model()
    numbers = [known.number(token.form) for token in found]
    edge = known.number(CLAUSE)
    padded = [edge, edge, *numbers, edge, edge]
    costs = [known.cost(padded[i], padded[i + 1], padded[i + 2]) for i in range(len(numbers) + 2)]
    odd = [
        free[i] and costs[i] + costs[i + 1] + (costs[i + 2] if i + 2 < len(costs) else 0) * 0.5 >= ODD
        for i in range(len(numbers))
    ]
    chosen: list[Choice] = []
    at = 0
    while at < len(odd):
        if not odd[at]:
            at += 1
            continue
        end = at + 1
        while end < len(odd) and end - at < _LONGEST and (odd[end] or (end + 1 < len(odd) and odd[end + 1])):
            end += 1
        chosen += _island(known, found, odd, padded, at, end, margin)
        at = end
    return chosen


def bits(forms: Sequence[str]) -> float:
    """Bits of the language model for some words in a row, the first two being context only."""
    known = model()
    numbers = [known.number(form) for form in forms]
    return sum(known.cost(*numbers[i : i + 3]) for i in range(len(numbers) - 2))


def _island(
    known: Model,
    found: Sequence[Token],
    odd: Sequence[bool],
    padded: Sequence[int],
    start: int,
    end: int,
    margin: float,
) -> list[Choice]:
    """The best readings of tokens [start, end), which stand at +2 in `padded`."""
    options: list[tuple[_Option, ...]] = []
    for i in range(start, end):
        read = (padded[i + 2], found[i].form, 0.0)
        others = candidates(found[i].form) if odd[i] else ()
        options.append((read, *((known.number(form), form, cost) for form, cost in others)))
    tail = padded[end + 2 : end + 4]
    options = _supported(known, padded[start + 1], options, tail[0])
    if all(len(each) == 1 for each in options):
        return []
    best = _beam(known, padded[start], padded[start + 1], options, tail)
    if not any(best):
        return []
    path = [options[k][pick][0] for k, pick in enumerate(best)]
    line = [*padded[start : start + 2], *path, *tail]

    def around(k: int, number: int) -> float:
        """Bits of the model that depend on the word at k being `number`."""
        a, b, c, d = line[k], line[k + 1], line[k + 3], line[k + 4] if k + 4 < len(line) else line[-1]
        return known.cost(a, b, number) + known.cost(b, number, c) + known.cost(number, c, d)

    result = []
    for k, pick in enumerate(best):
        if not pick:
            continue
        number, form, cost = options[k][pick]
        own = around(k, number) + cost
        over_read = around(k, options[k][0][0]) - own
        over_others = min(
            (around(k, n) + c - own for j, (n, _, c) in enumerate(options[k]) if j not in (0, pick)),
            default=40.0,
        )
        result.append(Choice(start + k, form, over_read, over_others))
    return [each for each in result if each.gain >= margin and each.runner_up >= MARGIN_OTHERS]


def _supported(
    known: Model, before: int, options: Sequence[Sequence[_Option]], after: int
) -> list[tuple[_Option, ...]]:
    """The options without those that the language never saw beside any option of a neighbour."""
    kept: list[tuple[_Option, ...]] = []
    for k, choices in enumerate(options):
        left = [before] if k == 0 else [each[0] for each in options[k - 1]]
        right = [after] if k + 1 == len(options) else [each[0] for each in options[k + 1]]
        kept.append(
            tuple(
                option
                for pick, option in enumerate(choices)
                if not pick
                or any(known.pair(each, option[0]) >= 0 for each in left)
                or any(known.pair(option[0], each) >= 0 for each in right)
            )
        )
    return kept


def _beam(
    known: Model,
    before: int,
    first: int,
    options: Sequence[Sequence[_Option]],
    tail: Sequence[int],
) -> list[int]:
    """For every position the index of the option on the cheapest path."""
    states: list[tuple[float, int, int, tuple[int, ...]]] = [(0.0, before, first, ())]
    for choices in options:
        grown: dict[tuple[int, int], tuple[float, int, int, tuple[int, ...]]] = {}
        for spent, a, b, path in states:
            for pick, (number, _, cost) in enumerate(choices):
                total = spent + cost + known.cost(a, b, number)
                key = (b, number)
                if key not in grown or total < grown[key][0]:
                    grown[key] = (total, b, number, (*path, pick))
        states = sorted(grown.values())[:_BEAM]
    final = []
    for spent, a, b, path in states:
        for number in tail:
            spent += known.cost(a, b, number)
            a, b = b, number
        final.append((spent, path))
    return list(min(final)[1])
