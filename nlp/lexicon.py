"""The data files of the header's rules, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from nlp.normalise import fold, plain_tone


@cache
def toml(name: str) -> dict[str, Any]:
    """A TOML file of nlp/data."""
    return tomllib.loads(files("nlp").joinpath("data", name).read_text(encoding="utf-8"))


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a text file of nlp/data without comments and blank lines."""
    raw = files("nlp").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in raw if line.strip() and not line.startswith("#"))


@cache
def kinds() -> dict[str, str]:
    """Type names by their folded form ("chi thi": "chỉ thị")."""
    return {fold(entry["name"]): entry["name"] for entry in toml("kinds.toml")["kind"]}


@cache
def kind_codes() -> dict[str, str]:
    """Type names by their abbreviation, case kept ("CT": "chỉ thị", "CTr": "chương trình")."""
    return {code: entry["name"] for entry in toml("kinds.toml")["kind"] for code in entry["codes"]}


@cache
def bodies_by_code() -> dict[str, tuple[str, ...]]:
    """How those begin (folded) whose own short name a type's abbreviation is as well ("TTr": Thanh tra)."""
    entries = (entry for entry in toml("kinds.toml")["kind"] if "bodies" in entry)
    return {code: tuple(map(fold, entry["bodies"])) for entry in entries for code in entry["codes"]}


@cache
def places() -> dict[str, str]:
    """Place names by their folded form; where two spellings are in use, both count as right."""
    return {fold(name): name for name in lines("places.txt")}


@cache
def place_spellings() -> frozenset[str]:
    """All spellings of place names that are in use."""
    return frozenset(plain_tone(name) for name in lines("places.txt"))


@cache
def marked_names() -> dict[str, str]:
    """Given names by their form without marks, which is no syllable: "Ngoc" to "Ngọc"."""
    return {fold(name).capitalize(): name for line in lines("given_names.txt") for name in line.split()}


@cache
def surnames() -> frozenset[str]:
    """Family names."""
    return frozenset(name for line in lines("surnames.txt") for name in line.split())


@cache
def khmer_surnames() -> frozenset[str]:
    """Family names of the Khmer of the south, behind which a given name need not be of Vietnamese syllables."""
    return frozenset(name for line in lines("khmer_surnames.txt") for name in line.split())


@cache
def clan_names() -> frozenset[str]:
    """Family and clan names of highland peoples that are no Vietnamese words ("Kdăm", "Ksor")."""
    return frozenset(name for line in lines("clan_names.txt") for name in line.split())


@cache
def clan_pairs() -> frozenset[str]:
    """Clan names of highland peoples that are written as two words ("Rơ Châm")."""
    return frozenset(lines("clan_pairs.txt"))


@cache
def bodies_by_symbol() -> dict[str, str]:
    """Full names of bodies by the abbreviation in a symbol."""
    return dict(toml("symbols.toml")["bodies"])


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of some words in folded text, the longest first."""
    ordered = sorted({fold(word) for word in words}, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word) for word in ordered) + ")"
