"""What confidence means: how often a value like this one was right, as counted on letters with gold.

A rule's own score says which of its findings are better than others, not how
good they are. So values were counted by field: by the rule that found them, by
the band of their score (the lesser of the rule's own and the reader's trust in
the words) and by marks that make a value odd; each of these moves the odds of
the field up or down. The part that pulls most downwards is why a value is
doubtful. Counts and effects are `data/calibration.toml`, made by
`tools/calibrate.py`; see docs/decisions/0006-confidence-is-counted.md.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from math import exp
from typing import Any

from nlp.lexicon import toml

DOUBT = 0.9
"""Below this probability a value is marked "cần kiểm tra".

Decision 6 has the figures, `tools/calibrate.py` prints them for other thresholds.
"""
EDGES = (0.5, 0.7, 0.8, 0.9, 0.95)
"""Where the bands of the score begin, after the first one."""
LEAST, MOST = 0.01, 0.99
"""No count of some hundred letters makes anything impossible or certain."""
MENDED = "mended"
_MENDED = re.compile(r"[.-](?:mended|repaired)\b[^.]*")


@dataclass(frozen=True, slots=True)
class Effect:
    """Values found, how many of them were right, and by how much the log odds move."""

    found: int
    right: int
    odds: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The effects of one field; `all` holds the log odds that the others move."""

    all: Effect
    rules: Mapping[str, Effect]
    bands: tuple[Effect, ...]
    marks: Mapping[str, Effect]


@dataclass(frozen=True, slots=True)
class Sureness:
    """A probability, and the part that pulls most downwards: "band", "rule", the name of a mark, or None."""

    probability: float
    weakest: str | None = None


@dataclass(frozen=True, slots=True)
class Calibration:
    """The weights of every field that was counted."""

    fields: Mapping[str, Weights]

    def __contains__(self, field: str) -> bool:
        return field in self.fields

    def sureness(self, field: str, rule: str, score: float, marks: Collection[str] = ()) -> Sureness:
        """How probable it is that a value is right; a rule that was never seen moves nothing.

        KeyError for a field without counts.
        """
        known = self.fields[field]
        seen = known.rules.get(plain(rule))
        parts = {"band": known.bands[band(score)].odds, "rule": seen.odds if seen else 0.0}
        parts |= {mark: known.marks[mark].odds for mark in marks if mark in known.marks}
        probability = 1 / (1 + exp(-known.all.odds - sum(parts.values())))
        weakest = min(parts, key=lambda part: parts[part])
        return Sureness(round(min(MOST, max(LEAST, probability)), 3), weakest if parts[weakest] < 0 else None)


def band(score: float) -> int:
    """The index of a score's band.

    >>> band(0.2), band(0.5), band(1.0)
    (0, 1, 5)
    """
    return bisect_right(EDGES, score)


def plain(rule: str) -> str:
    """The rule without what says that it mended the words.

    >>> plain("header.symbol.mended-by-archive-line"), plain("signature.repaired-surname")
    ('header.symbol', 'signature')
    """
    return _MENDED.sub("", rule)


def marks_of(rule: str) -> tuple[str, ...]:
    """The marks that a rule's name tells."""
    return (MENDED,) if _MENDED.search(rule) else ()


@cache
def calibration() -> Calibration:
    """The calibration of `data/calibration.toml`."""
    return Calibration({name: _weights(entry) for name, entry in toml("calibration.toml")["fields"].items()})


def _weights(entry: Mapping[str, Any]) -> Weights:
    """One field of the data file; triples are found, right and the effect on the odds."""
    return Weights(
        Effect(*entry["all"]),
        {rule: Effect(*triple) for rule, triple in entry["rules"].items()},
        tuple(Effect(*triple) for triple in entry["bands"]),
        {mark: Effect(*triple) for mark, triple in entry["marks"].items()},
    )
