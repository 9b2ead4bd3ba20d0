"""The head words, titles, names and particles of bodies, read once from data/agencies."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from nlp.folding import fold
from nlp.lexicon import toml
from nlp.normalise import plain_tone


@dataclass(frozen=True, slots=True)
class Head:
    """A head word. `names` is the list that completes it; the flags are explained in head_words.toml."""

    word: str
    names: str
    bare: bool
    territorial: bool
    common: bool
    keep_verbs: bool
    company: bool
    capital: bool
    not_before: Phrases
    of: Phrases
    within: Phrases


@dataclass(frozen=True, slots=True)
class Position:
    """A title that stands for its body, and the heads it is repeated for in a list."""

    word: str
    repeated_for: tuple[str, ...]


class Scan:
    """A text with its folded and lower-cased forms, all of one length."""

    __slots__ = ("folded", "lower", "text")

    def __init__(self, text: str) -> None:
        """Prepare a text; done once per text."""
        self.text = text
        self.folded = fold(text)
        lower = plain_tone(text).lower().replace("ä", "á")  # no letter of the language: "cäc" is "các"
        self.lower = lower if len(lower) == len(text) else text


class Phrases:
    """A set of phrases matched at a position: of one syllable exactly, longer ones without diacritics.

    Hyphens may be spaced or not, a full stop that the reading put in is passed over, "&" stands for "và", white space may be a line break.
    """

    __slots__ = ("_exact", "_pattern", "_printed")

    def __init__(self, phrases: Iterable[str]) -> None:
        """Index the phrases; of two that fold alike the first is kept as the spelling."""
        self._printed: dict[str, str] = {}
        self._exact: dict[str, set[str]] = {}
        for phrase in phrases:
            key = self._key(fold(phrase))
            self._printed.setdefault(key, phrase)
            self._exact.setdefault(key, set()).add(plain_tone(phrase).lower())
        ordered = sorted(self._printed, key=len, reverse=True)
        body = "|".join(self._regex(key) for key in ordered) or r"(?!)"
        self._pattern = re.compile(rf"(?:{body})(?!\w)")

    @staticmethod
    def _key(folded: str) -> str:
        folded = re.sub(r"\s*-\s*", "-", folded.replace("&", " va "))
        folded = re.sub(r"\s*,\s*", ", ", folded).replace(". ", " ")
        return " ".join(folded.split())

    @staticmethod
    def _regex(key: str) -> str:
        escaped = re.escape(key).replace(r"\ va\ ", r"(?:\s*&\s*|\s+va\s+)")
        return escaped.replace(r"\-", r"\s*-\s*").replace(r",\ ", r"\s*,\s*").replace(r"\ ", r"\.?\s+")

    def at(self, scan: Scan, start: int) -> tuple[str, int] | None:
        """The phrase as the table spells it and its end offset, or None."""
        match = self._pattern.match(scan.folded, start)
        if not match:
            return None
        key = self._key(match[0])
        if (
            " " not in key
            and "-" not in key
            and scan.lower[start : match.end()] not in self._exact.get(key, ())
        ):
            return None
        return self._printed.get(key, match[0]), match.end()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables."""

    head_words: Phrases
    heads: dict[str, Head]
    position_words: Phrases
    positions: dict[str, Position]
    quantifiers: Phrases
    honorifics: Phrases
    nouns: Phrases
    names: dict[str, Phrases]
    place_names: Phrases
    surnames: frozenset[str]
    tail: re.Pattern[str]
    regions: Phrases
    stops: Phrases
    verbs: Phrases
    done_to: re.Pattern[str]
    again: re.Pattern[str]
    """ "Ban Quản lý chợ kẻ lại vạch sơn": a verb of doing again, the name ended before it."""
    openers: frozenset[str]
    group_openers: Phrases
    qualifiers: Phrases
    kinds: Phrases
    lower_names: Phrases
    narrowing: re.Pattern[str]
    fields: Phrases
    ambiguous: Phrases
    with_object: frozenset[str]
    in_boards: Phrases
    group_stops: Phrases
    also_verbs: frozenset[str]
    compounds: Phrases
    adjectives: Phrases
    adjoined: frozenset[str]


def _data(name: str) -> str:
    return files("nlp").joinpath(f"data/agencies/{name}").read_text(encoding="utf-8")


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(_data(name))


def head_data() -> dict[str, Any]:
    """The data of head_words.toml."""
    return _toml("head_words.toml")


def _column(name: str, column: int) -> list[str]:
    rows = [row.split("\t") for row in _data(name).splitlines()[1:] if row.strip()]
    return [row[column] for row in rows]


def place_names() -> set[str]:
    """Names of provinces and districts without their kind ("Tỉnh", "Huyện")."""
    kinds = r"^(?i:Thành phố|Tỉnh|Quận|Huyện|Thị xã) "
    found = _column("territories.tsv", 2) + _column("districts.tsv", 1)
    return {re.sub(kinds, "", name) for name in found} | {"TP.HCM", "TP Hồ Chí Minh"}


def _head(entry: dict[str, Any], word: str) -> Head:
    return Head(
        word=word,
        names=entry["names"],
        bare=entry.get("bare", False),
        territorial=entry.get("territorial", False),
        common=entry.get("common", False),
        keep_verbs=entry.get("keep_verbs", False),
        company=entry.get("company", False),
        capital=entry.get("capital", False),
        not_before=Phrases(entry.get("not_before", [])),
        of=Phrases(entry.get("of", [])),
        within=Phrases(entry.get("within", [])),
    )


@cache
def lexicon() -> Lexicon:
    """Load and index the tables."""
    data = _toml("head_words.toml")
    directives = toml("directives.toml")
    heads = {word: _head(entry, word) for entry in data["head"] for word in entry["word"]}
    positions = {
        word: Position(word, tuple(fold(w) for w in entry["with"]))
        for entry in data["position"]
        for word in entry["word"]
    }
    plural = data["plural"]
    opening = [*heads, *positions, *plural["quantifiers"], *plural["honorifics"], *plural["openers"]]
    known = Phrases(sorted(place_names()))
    listed_names = _toml("names.toml")
    return Lexicon(
        head_words=Phrases(heads),
        heads=heads,
        position_words=Phrases(positions),
        positions=positions,
        quantifiers=Phrases(data["plural"]["quantifiers"]),
        honorifics=Phrases(data["plural"]["honorifics"]),
        nouns=Phrases(data["plural"]["nouns"]),
        names={kind: Phrases(listed) for kind, listed in listed_names.items()} | {"territory": known},
        place_names=known,
        surnames=frozenset(word.lower() for word in data["stops"]["surnames"]),
        tail=re.compile("|".join(f"(?:{phrase})(?!\\w)" for phrase in data["tails"]["phrases"])),
        regions=Phrases(data["tails"]["regions"]),
        stops=Phrases(data["stops"]["words"]),
        verbs=Phrases(directives["imperative"]),
        again=re.compile(rf"(?!(?:{'|'.join(directives['done_how']['not_again'])})\s)[a-zà-ỹđ]{{1,6}}\s+lại(?!\w)|kiểm\s+(?:định|tra|kê|đếm)\s+lại(?!\w)"),
        done_to=re.compile(r"\s+(?:" + "|".join(data["stops"]["done_to"]) + r")(?!\w)"),
        openers=frozenset(match[0] for match in map(re.compile(r"\w+").match, map(fold, opening)) if match),
        group_openers=Phrases(plural["openers"]),
        qualifiers=Phrases(plural["qualifiers"]),
        kinds=Phrases(plural["kinds"]),
        lower_names=Phrases(plural["lower_names"] + plural["kinds"]),
        narrowing=re.compile("|".join(rf"(?:{phrase})(?!\w)" for phrase in plural["narrowing"])),
        fields=Phrases(field for listed in listed_names.values() for field in listed),
        with_object=frozenset(data["stops"]["with_object"]),
        in_boards=Phrases(data["stops"]["in_boards"]),
        ambiguous=Phrases(data["stops"]["in_names"] + plural["stops"]),
        group_stops=Phrases(plural["stops"]),
        also_verbs=frozenset(plural["also_verbs"]),
        compounds=Phrases(plural["compounds"]),
        adjectives=Phrases(plural["adjectives"]),
        adjoined=frozenset(plural["adjoined"]),
    )
