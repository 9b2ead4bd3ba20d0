"""What a word read may have been: its diacritic variants and look-alikes that the language knows."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from ingest.language.channel import confusions, word_cost
from ingest.language.model import model
from ingest.language.spelling import fold

MOST = 10
"""Candidates of one word that are weighed."""
_FINAL_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


@cache
def _by_fold() -> dict[str, tuple[str, ...]]:
    known: dict[str, list[str]] = {}
    for form in model().forms:
        if form.isalpha():
            known.setdefault(fold(form), []).append(form)
    return {bare: tuple(forms) for bare, forms in known.items()}


@cache
def _alike() -> dict[str, tuple[str, ...]]:
    return confusions().alike()


@cache
def spellings() -> dict[str, frozenset[str]]:
    """Words with several spellings in use, each with all of them."""
    raw = files("ingest").joinpath("language", "data", "spellings.toml").read_text(encoding="utf-8")
    sets = [frozenset(word["forms"]) for word in tomllib.loads(raw)["word"]]
    return {form: forms for forms in sets for form in forms}


@lru_cache(maxsize=16384)
def candidates(read: str) -> tuple[tuple[str, float], ...]:
    """Known syllables that may have been read as `read` (small letters), with their cost; not itself.

    A word the language knows has only its diacritic variants as candidates; one
    it does not know may also have had letters that look alike.

    >>> "đốc" in [form for form, _ in candidates("độc")]
    True
    >>> "hằng" in [form for form, _ in candidates("hàng")]
    False
    """
    bare = fold(read)
    found = {form for form in _by_fold().get(bare, ()) if not same_word(form, read)}
    if model().number(read) < 0:
        for at in range(len(bare)):
            for size in (1, 2):
                piece = bare[at : at + size]
                for other in _alike().get(piece, ()):
                    found.update(_by_fold().get(bare[:at] + other + bare[at + len(piece) :], ()))
    costed = sorted((word_cost(form, read), form) for form in found)
    return tuple((form, cost) for cost, form in costed[:MOST])


def same_word(one: str, other: str) -> bool:
    """Whether two forms are spellings of one word ("kĩ" and "kỹ", "hàng" and "hằng")."""
    return (
        one == other
        or other in spellings().get(one, ())
        or one.translate(_FINAL_I) == other.translate(_FINAL_I)
    )
