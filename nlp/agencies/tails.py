"""What stands behind a body's name: the words for a level and the places ("… xã Thành Mỹ, huyện Thạch Thành")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nlp.agencies.places import KINDS, longest_name, named
from nlp.agencies.values import ORDER, Level, Territory
from nlp.folding import fold

_NAME = 4
"""How many words a place's name has at most."""
_JOINTS = frozenset({"cua", "thuoc", "truc", "o", "tai"})


@dataclass(frozen=True, slots=True)
class Pair:
    """A kind of territory as printed ("huyen") and the name behind it; either may be missing."""

    kind: str | None
    name: str | None

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels its kind may stand at; all where no kind is printed."""
        return KINDS[self.kind] if self.kind else ORDER


@dataclass(frozen=True, slots=True)
class Tail:
    """A read tail: the levels it can mean and the places of the first pair (none: only the level is printed)."""

    levels: tuple[Level, ...]
    places: tuple[Territory, ...]
    printed_name: bool


def pairs(words: list[str]) -> tuple[Pair, ...] | None:
    """The pairs of a tail, or None where other words stand in it."""
    found: list[Pair] = []
    at = 0
    while at < len(words):
        if words[at] in _JOINTS:
            at += 1
            continue
        kind, after = kind_at(words, at)
        name, end = name_at(words, after)
        if kind and name is None and after < len(words):
            whole, whole_end = name_at(words, at)
            if whole:
                kind, name, end = None, whole, whole_end
        if kind is None and name is None:
            return None
        found.append(Pair(kind, name))
        at = end
    return tuple(found)


def kind_at(words: list[str], at: int) -> tuple[str | None, int]:
    """The kind of territory printed at a word, and the index behind it."""
    for count in (2, 1):
        kind = " ".join(words[at : at + count])
        if len(words) - at >= count and kind in KINDS:
            return kind, at + count
    return None, at


def name_at(words: list[str], at: int) -> tuple[str | None, int]:
    """The longest name of a place at a word, and the index behind it."""
    for end in range(min(len(words), at + longest_name()), at, -1):
        name = " ".join(words[at:end])
        if named(name, None):
            return name, end
    return None, at


def read_tail(
    words: list[str], day: date | None, inside: Territory | None, printed: str, allowed: tuple[Level, ...]
) -> Tail | None:
    """Read a tail; `inside` is where the letter comes from, `allowed` the levels of the bodies in question."""
    chain = pairs(words)
    if not chain:
        return _of_unknown_place(words, printed)
    within = inside
    places: tuple[Territory, ...] = ()
    for at, pair in enumerate(reversed(chain)):
        first = at == len(chain) - 1
        if pair.name is None:
            if not first and pair.kind != "tinh":
                return None
            places = ()
            continue
        levels = tuple(level for level in pair.levels if not first or level in allowed)
        places = _highest(_of_kind(named(pair.name, day, levels=levels, inside=within, printed=printed), pair.kind))
        if not places:
            return _of_unknown_place(words, printed) if len(chain) == 1 else None
        within = places[0] if len(places) == 1 else within
    head = chain[0]
    levels = tuple(dict.fromkeys(place.level for place in places)) if head.name else head.levels
    return Tail(levels, places, head.name is not None)


def _of_unknown_place(words: list[str], printed: str) -> Tail | None:
    """A printed kind before a name no table knows (a misread one): the level is known, the place is not."""
    kind, after = kind_at(words, 0)
    last = printed.split()[-1:] or [""]
    if kind is None or not 0 < len(words) - after <= _NAME or not last[0][:1].isupper():
        return None
    return Tail(KINDS[kind], (), printed_name=True)


def _of_kind(places: tuple[Territory, ...], kind: str | None) -> tuple[Territory, ...]:
    """Of places of one name those of the kind printed ("huyện Kỳ Anh" beside "thị xã Kỳ Anh"), where there are such."""
    if kind is None or len(places) < 2:
        return places
    word = {"tp": "thanh pho", "tx": "thi xa", "tt": "thi tran"}.get(kind, kind)
    return tuple(place for place in places if fold(place.name).startswith(f"{word} ")) or places


def _highest(places: tuple[Territory, ...]) -> tuple[Territory, ...]:
    """Of places on several levels those on the highest: "Thành phố Hồ Chí Minh", "Cục Thuế Long An"."""
    for level in ORDER:
        found = tuple(place for place in places if place.level == level)
        if found:
            return found
    return ()
