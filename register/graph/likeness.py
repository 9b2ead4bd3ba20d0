"""Whether two identities are probably one document, read or printed differently. A person decides."""

from __future__ import annotations

import re
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from nlp.numbers import fold as fold_number
from nlp.references.lexicon import symbols
from register.graph.identity import Identity
from register.text import fold

Reason = Literal["symbol", "title", "place", "day"]

SHORTEST_SYMBOL = 4
"""Letters of a folded symbol from which one letter may differ: "cp" and "ct" are two symbols."""
SHORTEST_TITLE = 40
"""Characters of a title that tells one document from others: "về khuyến công" does not."""
SAME_TITLE = 90
"""Likeness (0–100) from which two titles are one, read or quoted differently."""
_DIGITS = re.compile(r"\d+")


def probably_same(one: Identity, other: Identity) -> Reason | None:
    """Why two identities that are not certainly one document probably are, or None.

    "symbol": the same number and day (or year, where one body numbers), a
    symbol one letter apart that names no two known bodies or types; "place":
    all the same but for the place, which one of them does not tell; "day": the
    same number, symbol and year, but another day, or a letter's own day was not read; "title":
    a letter's number or day was not read, and both have the same long title.
    """
    if one.number_key and one.number_key == other.number_key and _by_day(one, other):
        return "day"
    if conflicting_days(one, other):
        return None
    if one.number_key and one.number_key == other.number_key:
        return _by_symbol(one, other) or _by_place(one, other) or _by_title(one, other)
    return _by_title(one, other)


def conflicting_days(one: Identity, other: Identity) -> bool:
    """Both tell their day or year, and it is not the same."""
    if one.dated_on and other.dated_on:
        return one.dated_on != other.dated_on
    return bool(one.year and other.year and one.year != other.year)


def near_symbols(one: str, other: str) -> bool:
    """Whether folded symbols differ by exactly one letter (put in, left out or misread)."""
    return min(len(one), len(other)) >= SHORTEST_SYMBOL and Levenshtein.distance(one, other, score_cutoff=1) == 1


def _by_symbol(one: Identity, other: Identity) -> Reason | None:
    if not one.symbol_key or not other.symbol_key or not near_symbols(one.symbol_key, other.symbol_key):
        return None
    if one.year is None or one.year != other.year or _two_known(one.symbol or "", other.symbol or ""):
        return None
    if one.dated_on and one.dated_on == other.dated_on:
        return None if one.place and other.place and one.place != other.place else "symbol"
    # Without a common day only a body that numbers all its letters in one series makes the number tell.
    same_body = "national" in (one.numbering, other.numbering) or (one.place or one.scope) == (
        other.place or other.scope
    )
    return "symbol" if same_body else None


def _two_known(one: str, other: str) -> bool:
    """The groups in which the symbols differ are both types, or both bodies: two documents, no misreading.

    Units of one body may differ: its letters have one series of numbers.
    """
    known = symbols()
    left, right = (re.split(r"[-/]", each) for each in (one, other))
    if len(left) != len(right):
        return False
    apart = [(a, b) for a, b in zip(left, right, strict=True) if fold_number(a) != fold_number(b)]
    return any(
        (a in known.types and b in known.types) or (a in known.organs and b in known.organs) for a, b in apart
    )


def _by_place(one: Identity, other: Identity) -> Reason | None:
    if one.symbol_key != other.symbol_key or not one.dated_on or one.dated_on != other.dated_on:
        return None
    return "place" if bool(one.place) != bool(other.place) else None


def _by_day(one: Identity, other: Identity) -> bool:
    """One body numbers its letters once a year, so a second day of one number is a misreading or a misprint."""
    if not one.symbol_key or one.symbol_key != other.symbol_key or (one.place or one.scope) != (
        other.place or other.scope
    ):
        return False
    if one.numbering == "party" or one.year_in_code != other.year_in_code:
        return False
    if one.unread != other.unread:
        return not conflicting_days(one, other)
    return bool(one.year) and one.year == other.year


def _by_title(one: Identity, other: Identity) -> Reason | None:
    unsure, sure = (one, other) if one.unread else (other, one)
    if not unsure.unread or sure.unread or not sure.number_key:
        return None
    if unsure.number_key and Levenshtein.distance(unsure.number_key, sure.number_key) > 1:
        return None
    if unsure.symbol_key and sure.symbol_key and unsure.symbol_key != sure.symbol_key:
        if not near_symbols(unsure.symbol_key, sure.symbol_key):
            return None
    elif unsure.type and sure.type and fold(unsure.type) != fold(sure.type):
        return None
    return "title" if same_title(unsure.title, sure.title) else None


def same_title(one: str | None, other: str | None) -> bool:
    """Whether two long titles are one: nearly the same words and the same figures ("năm 2020" is not "năm 2021")."""
    if not one or not other or min(len(one), len(other)) < SHORTEST_TITLE:
        return False
    left, right = fold(one, None), fold(other, None)
    # A citation often breaks the title off; its beginning decides then.
    shorter = min(len(left), len(right))
    if shorter < 0.6 * max(len(left), len(right)):
        return False
    if set(_DIGITS.findall(left)) != set(_DIGITS.findall(right)):
        return False
    return fuzz.ratio(left, right) >= SAME_TITLE or fuzz.token_sort_ratio(left, right) >= SAME_TITLE
