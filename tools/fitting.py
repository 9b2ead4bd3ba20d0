"""From judged values to the calibration: how far rule, band and marks move the odds of a value being right.

The parts are fitted together (a logistic model with a ridge), so that what a
mark and a rule both say is not counted twice. Effects are drawn towards
nothing, that is towards the mean of the field, so that few cases move little;
those of a band towards what its score says where that is lower: where little
was counted, the reader's own doubt is believed. Effects of bands never fall
while the score rises.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from nlp.calibration import EDGES, Calibration, Effect, Weights, band

WEIGHT = 6.0
"""How many cases the mean of all fields weighs in the mean of one."""
SPREAD = 1.0
"""The variance of effects before anything was counted: smaller draws them harder towards nothing."""
BELIEF = (*EDGES, 1 - 1e-9)
"""How often values of a band are right at most before anything was counted: the score at its upper end."""
ROUNDS = 25
FOLDS = 10
BINS = 10


@dataclass(frozen=True, slots=True)
class Seen:
    """One value of one letter: its field, rule, raw confidence, score, marks, and whether gold says it is right."""

    letter: str
    field: str
    rule: str
    raw: float
    score: float
    marks: tuple[str, ...]
    right: bool


@dataclass
class _Cell:
    """Values of a field that look alike."""

    rule: str
    band: int
    marks: frozenset[str]
    found: int = 0
    right: int = 0
    odds: float = 0.0


def fitted(seen: Iterable[Seen]) -> dict[str, Weights]:
    """The weights of each field that was seen."""
    fields: dict[str, dict[tuple[str, int, frozenset[str]], _Cell]] = defaultdict(dict)
    for each in seen:
        key = (each.rule, band(each.score), frozenset(each.marks))
        cell = fields[each.field].setdefault(key, _Cell(*key))
        cell.found += 1
        cell.right += each.right
    found = sum(cell.found for cells in fields.values() for cell in cells.values())
    right = sum(cell.right for cells in fields.values() for cell in cells.values())
    overall = (right + 1) / (found + 2)
    return {name: _fit(list(cells.values()), overall) for name, cells in sorted(fields.items())}


def _fit(cells: Sequence[_Cell], overall: float) -> Weights:
    found, right = _sums(cells)
    mean = _odds((right + WEIGHT * overall) / (found + WEIGHT))
    rules: dict[str, float] = dict.fromkeys(sorted({cell.rule for cell in cells}), 0.0)
    bands = [0.0] * (len(EDGES) + 1)
    marks: dict[str, float] = dict.fromkeys(sorted({mark for cell in cells for mark in cell.marks}), 0.0)

    def settle() -> None:
        for cell in cells:
            cell.odds = mean + rules[cell.rule] + bands[cell.band] + sum(marks[mark] for mark in cell.marks)

    def improved(old: float, chosen: Callable[[_Cell], bool]) -> float:
        return _solved([(c.odds - old, c) for c in cells if chosen(c)])

    for _ in range(ROUNDS):
        for rule, old in list(rules.items()):
            settle()
            rules[rule] = improved(old, lambda c, rule=rule: c.rule == rule)  # type: ignore[misc]
        settle()
        bands = _rising(
            [
                _solved([(c.odds - old, c) for c in cells if c.band == b], min(0.0, _odds(BELIEF[b]) - mean))
                for b, old in enumerate(bands)
            ],
            [_sums([c for c in cells if c.band == b])[0] for b in range(len(bands))],
        )
        for mark, old in list(marks.items()):
            settle()
            marks[mark] = improved(old, lambda c, mark=mark: mark in c.marks)  # type: ignore[misc]
    return Weights(
        Effect(found, right, round(mean, 3)),
        {rule: Effect(*_sums([c for c in cells if c.rule == rule]), round(e, 3)) for rule, e in rules.items()},
        tuple(Effect(*_sums([c for c in cells if c.band == b]), round(e, 3)) for b, e in enumerate(bands)),
        {mark: Effect(*_sums([c for c in cells if mark in c.marks]), round(e, 3)) for mark, e in marks.items()},
    )


def _sums(cells: Sequence[_Cell]) -> tuple[int, int]:
    return sum(cell.found for cell in cells), sum(cell.right for cell in cells)


def _solved(cells: Sequence[tuple[float, _Cell]], before: float = 0.0) -> float:
    """The effect at which as many values are expected right as are, drawn towards what was believed before."""
    right = sum(cell.right for _, cell in cells)
    low, high = -12.0, 12.0
    for _ in range(40):
        middle = (low + high) / 2
        expected = sum(cell.found * _share(odds + middle) for odds, cell in cells)
        low, high = (middle, high) if expected + (middle - before) / SPREAD < right else (low, middle)
    return (low + high) / 2


def _share(odds: float) -> float:
    return 1 / (1 + exp(-odds))


def _odds(share: float) -> float:
    return log(share / (1 - share))


def _rising(effects: Sequence[float], found: Sequence[int]) -> list[float]:
    """The effects without a fall: neighbours that fall are joined (pool adjacent violators)."""
    blocks: list[tuple[float, float, int]] = []
    for effect, count in zip(effects, found, strict=True):
        blocks.append((effect, count + WEIGHT, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (last, w, n), (before, v, m) = blocks.pop(), blocks.pop()
            blocks.append(((before * v + last * w) / (v + w), v + w, m + n))
    return [effect for effect, _, n in blocks for _ in range(n)]


def crossed(seen: Sequence[Seen], fit: Callable[[Iterable[Seen]], Mapping[str, Weights]] = fitted) -> list[tuple[Seen, float]]:
    """Each value with its probability by the weights of other letters only."""
    fold = {name: int(hashlib.sha256(name.encode()).hexdigest(), 16) % FOLDS for name in {e.letter for e in seen}}
    result = []
    for number in range(FOLDS):
        known = Calibration(fit(each for each in seen if fold[each.letter] != number))
        for each in seen:
            if fold[each.letter] == number and each.field in known:
                sure = known.sureness(each.field, each.rule, each.score, each.marks)
                result.append((each, sure.probability))
    return result


def brier(pairs: Sequence[tuple[float, bool]]) -> float:
    """The mean squared distance of confidence and truth.

    >>> brier([(1.0, True), (0.5, False)])
    0.125
    """
    return sum((p - right) ** 2 for p, right in pairs) / len(pairs)


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """The expected calibration error over ten bins of equal width.

    >>> round(calibration_error([(0.9, True), (0.9, False)]), 3)
    0.4
    """
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for p, right in pairs:
        bins[min(BINS - 1, int(p * BINS))].append((p, right))
    gaps = (abs(sum(p for p, _ in each) - sum(right for _, right in each)) for each in bins.values())
    return sum(gaps) / len(pairs)
