"""The data files of references, compiled once into what the finders need."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from nlp.numbers import document_types, fold, types_file


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("nlp") / "data" / name).read_text(encoding="utf-8"))


def _alternatives(words: list[str]) -> str:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered)


@dataclass(frozen=True, slots=True)
class TypeWords:
    """Patterns over folded text for the words that name a document's type."""

    names: dict[str, str]
    """Folded word to the type's name; "" for words that stand for any document."""
    last: frozenset[str]
    """Last syllables of the type words, for a cheap look before the pattern is run."""
    yearly: frozenset[str]
    bare: frozenset[str]
    short: dict[str, str]
    not_documents: re.Pattern[str]
    counted: re.Pattern[str]
    programmes: frozenset[str]
    """Numbers by which national programmes are known."""


@cache
def type_words() -> TypeWords:
    """The words for types, from reference_types.toml."""
    data: Any = types_file()
    names = {fold(kind.name): kind.name for kind in document_types()}
    names |= {fold(word): kind.name for kind in document_types() for word in kind.words}
    names |= {fold(word): "" for word in data["generic"]["words"]}
    short = {abbreviation: kind.name for kind in document_types() for abbreviation in kind.short}
    not_documents = _alternatives([fold(word) for word in data["not_documents"]["words"]])
    counted = _alternatives([fold(word) for word in data["counted"]["words"]])
    return TypeWords(
        names=names,
        last=frozenset(word.split()[-1] for word in names) | frozenset(fold(word) for word in short),
        yearly=frozenset(kind.name for kind in document_types() if kind.yearly),
        bare=frozenset(kind.name for kind in document_types() if kind.bare),
        short=short,
        not_documents=re.compile(rf"(?<!\w)(?:{not_documents})(?:\s+so)?\s*:?\s*(?:so)?\s*:?\s*$"),
        counted=re.compile(rf"\s*(?:{counted})\b"),
        programmes=frozenset(data["programmes"]["numbers"]),
    )


@dataclass(frozen=True, slots=True)
class Symbols:
    """Groups of symbols."""

    issuers: dict[str, str]
    organs: frozenset[str]
    units: frozenset[str]
    mend: dict[str, str]
    types: frozenset[str]


@cache
def symbols() -> Symbols:
    """The groups that symbols are made of, from reference_symbols.toml."""
    data = _load("reference_symbols.toml")
    return Symbols(
        issuers=dict(data["issuers"]),
        organs=frozenset(data["issuers"]) | frozenset(data["local"]["groups"]),
        units=frozenset(data["units"]["groups"]),
        mend={row["read"]: row["meant"] for row in data["mend"]},
        types=frozenset(abbr for kind in document_types() for abbr in kind.abbreviations),
    )


@dataclass(frozen=True, slots=True)
class Laws:
    """Names of laws: first folded syllable to the patterns of the names that begin with it."""

    by_first: dict[str, re.Pattern[str]]
    short: dict[str, str]
    letters: dict[str, tuple[str, str]]
    abbreviated: dict[str, str]
    """Short forms of words inside a name, folded: "hdnd" to "hoi dong nhan dan"."""
    ends: frozenset[str]
    printed: dict[str, str]
    """A name folded without commas to the name as it should be printed."""
    names: tuple[tuple[str, int, str], ...]
    """Printed name, number of words, and the name folded without commas."""


@cache
def laws() -> Laws:
    """The names of laws, from reference_laws.toml."""
    data = _load("reference_laws.toml")
    names: dict[str, list[str]] = {}
    all_names = {*data["laws"], *data["codes"], *data["ordinances"]}
    for short, full in data["abbreviated"].items():
        all_names |= {name.replace(full, short) for name in all_names}
    for name in all_names:
        folded = fold(name)
        names.setdefault(re.split(r"[\s,]", folded)[0], []).append(folded)
    by_first = {
        first: re.compile(
            "(?:"
            + "|".join(_name_pattern(name) for name in sorted(group, key=lambda n: (-len(n), n)))
            + r")(?!\w)"
        )
        for first, group in names.items()
    }
    return Laws(
        by_first=by_first,
        short={**_initials(data["laws"]), **data["short"]},
        letters={key: (kind, name) for key, (kind, name) in data["letters"].items()},
        abbreviated={fold(short): fold(full) for short, full in data["abbreviated"].items()},
        ends=frozenset(data["ends"]["words"]),
        printed={bare(fold(name)): name for name in sorted(all_names)},
        names=tuple((name, len(name.split()), bare(fold(name))) for name in sorted(all_names)),
    )


def _initials(names: list[str]) -> dict[str, str]:
    """The initials of the names of three words and more: letters shorten most laws so ("QLT", "HN&GĐ")."""
    found: dict[str, str] = {}
    for name in names:
        words = re.findall(r"[^\W\d_]+", name)
        full = [word for word in words if word not in ("và", "của", "ở", "tại")]
        if len(full) < 3:
            continue
        for joint in ("", "&"):
            letters = "".join((joint if word == "và" else word[0].upper()) for word in words if word in full or word == "và")
            found.setdefault(letters, name)
    return found


def bare(folded: str) -> str:
    """A folded name with single spaces and no commas, nor full stops read for them."""
    return " ".join(folded.replace(",", " ").replace(".", " ").split())


def _name_pattern(name: str) -> str:
    """A folded name as a pattern: any space, commas that may be lost or read as full stops."""
    parts = [re.escape(part) for part in re.split(r",?\s+", name)]
    return r"\s*[,.]?\s+".join(parts)


def issuer_hint(symbol: str) -> str | None:
    """Who a symbol says issued the document ("QĐ-TTg": Thủ tướng Chính phủ), where the symbol alone tells."""
    if re.search(r"UBTVQH\d*$", symbol):
        return "Ủy ban Thường vụ Quốc hội"
    if re.fullmatch(r"QH\d{1,2}", symbol):
        return "Quốc hội"
    known = symbols()
    groups = re.split(r"[-/]", symbol)
    if groups[0] in known.types and len(groups) > 1:
        groups = groups[1:]
    return known.issuers.get(groups[0])
