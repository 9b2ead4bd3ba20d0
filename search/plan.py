"""A query as a plan that knows no engine: what must match, what ranks higher, what filters.

Both engines compile the same plan, so they agree on what is found and on the
order. A score is the sum of the tiers that hold plus a small share of BM25,
which only orders within equal tiers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

TextField = Literal[
    "title_exact", "title_folded", "body_exact", "body_folded", "words", "agency", "numbers", "cited"
]
"""Fields of token streams, as in `search.analysis.Streams`."""

PlainField = Literal["doc_type", "direction", "state", "letter_id", "issued_on", "due_on", "year"]


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens one after the other in one of the fields; one token alone is a word.

    With `prefix` the single token is only the beginning of one.
    """

    fields: tuple[TextField, ...]
    tokens: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class In:
    """The field holds one of the values."""

    field: PlainField
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """The field (an ISO date) lies between the bounds, both inclusive; a missing value never does."""

    field: PlainField
    low: str | None = None
    high: str | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """The field is empty."""

    field: PlainField


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    parts: tuple[Node, ...]


Node = Match | In | Range | Missing | All | Any


def implies(one: Node, other: Node) -> bool:
    """Whether a text for which `one` holds surely is one for which `other` holds: the same words, asked for in fewer fields."""
    if isinstance(other, All):
        return all(implies(one, part) for part in other.parts)
    if isinstance(one, All):
        return any(implies(part, other) for part in one.parts)
    if isinstance(one, Match) and isinstance(other, Match):
        same = (one.tokens, one.prefix) == (other.tokens, other.prefix)
        return same and set(one.fields) <= set(other.fields)
    return False


OWN_NUMBER = 256.0
CITED_NUMBER = 128.0
EXACT = 64.0
TITLE = 32.0
PHRASE = 16.0
TITLE_EXACT = 8.0
PHRASE_EXACT = 4.0
WORDS = 2.0
RELEVANCE = 0.02
"""Share of BM25 in the score. BM25 of a few words stays below 100, so its share below WORDS; of many rare ones it may not."""

TITLE_WEIGHT = 4.0
"""How much more a word in the title counts for BM25 than one in the body."""


@dataclass(frozen=True, slots=True)
class Tier:
    """Something that lifts a hit by `weight` when it holds."""

    weight: float
    node: Node


@dataclass(frozen=True, slots=True)
class Pattern:
    """Tokens to highlight, one after the other: folded, and exact where the user typed diacritics."""

    folded: tuple[str, ...]
    exact: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What an engine compiles. `must` is None where any document answers (filters alone).

    `filters` are keyed by the facet they belong to ("" for those of none), so
    that a facet can be counted without its own filter. `empty` is true where
    the text asks for nothing that could be found (only punctuation).
    """

    empty: bool = False
    must: Node | None = None
    must_not: tuple[Node, ...] = ()
    tiers: tuple[Tier, ...] = ()
    filters: Mapping[str, Node] = field(default_factory=dict)
    patterns: tuple[Pattern, ...] = ()
    notes: tuple[str, ...] = ()

    def filter_without(self, facet: str | None) -> list[Node]:
        """All filters but the one of this facet."""
        return [node for name, node in self.filters.items() if name != facet or not name]
