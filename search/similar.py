"""Documents like a document: the terms that mark it, chosen here by tf-idf, the same for both engines.

The terms are the words of more than one syllable in the title and the beginning
of the text, and the documents it cites. The engines only count how many
documents hold each and find those that hold most of the weight; the weights are
whole numbers, so the engines' sums are equal to the last digit.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence

from nlp.numbers import fold
from search.analysis import Analysis, asked_tokens, tokens
from search.plan import Any, Match, Pattern, Plan, Tier
from search.types import Document, Hit

CANDIDATES, TERMS = 48, 16
"""So many of a document's terms are counted in the index, and so many of them are asked for."""

LEAST = 0.25
"""The share of the weight of all terms that a document must have to be called similar."""

SCALE = 10
TITLE_COUNTS = 3
"""A word of the title counts as often as so many of the text."""

Frequencies = Callable[[Sequence[Match]], tuple[int, Sequence[int]]]
"""How many documents there are, and how many hold each of some terms."""


def terms_of(document: Document, analysis: Analysis) -> Counter[Match]:
    """The terms of a tidy document with how often they stand in it, at most `CANDIDATES`."""
    counted: Counter[Match] = Counter()
    head = " ".join([page.text for page in document.pages])[: analysis.word_characters]
    for text, times in ((document.title, TITLE_COUNTS), (head, 1)):
        for word in analysis.words(text):
            counted[Match(("words",), (word,))] += times
    for number in document.cited:
        if number.symbol or number.type:
            counted[Match(("cited",), (asked_tokens(number)[0],))] += 2
    # By how often, then by name: the same choice every time.
    best = sorted(counted.items(), key=lambda one: (-one[1], one[0].fields, one[0].tokens))
    return Counter(dict(best[:CANDIDATES]))


def similar_plan(
    document: Document, analysis: Analysis, frequencies: Frequencies
) -> tuple[Plan, float] | None:
    """The plan that finds documents like a tidy one, and the score of a document with all its terms.

    None where it has no term that another document has as well.
    """
    counted = terms_of(document, analysis)
    if not counted:
        return None
    terms = list(counted)
    total, held = frequencies(terms)
    weighed = [
        (round(SCALE * (1 + math.log(counted[term])) * math.log((total + 1) / many)), term)
        for term, many in zip(terms, held, strict=True)
        if 2 <= many <= max(2, total // 2)
    ]
    best = sorted(weighed, key=lambda one: (-one[0], one[1].fields, one[1].tokens))[:TERMS]
    best = [(weight, term) for weight, term in best if weight > 0]
    if not best:
        return None
    plan = Plan(
        must=Any(tuple(term for _, term in best)),
        tiers=tuple(Tier(float(weight), term) for weight, term in best),
        patterns=tuple(_pattern(term) for _, term in best if term.fields == ("words",)),
    )
    return plan, float(sum(weight for weight, _ in best))


def _pattern(term: Match) -> Pattern:
    return Pattern(tuple(token.folded for token in tokens(fold(term.tokens[0].replace("_", " ")))))


def alike(hits: Sequence[Hit], document: Document, whole: float, size: int) -> tuple[Hit, ...]:
    """The hits that are similar enough, without the document itself."""
    return tuple(hit for hit in hits if hit.id != document.id and hit.score >= LEAST * whole)[:size]
