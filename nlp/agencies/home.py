"""Where a letter comes from: the territory that "UBND tỉnh", "Sở X" and "UBND các xã" mean in it.

It follows from the letter alone: the issuer, the body above it, the place of the date line, the addressees; in
that order, and with the evidence of what it followed from. A place is believed only where it fits the issuer:
ministries write from Hà Nội and speak of every province. Unknown stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from nlp.agencies.keys import key, spelled
from nlp.agencies.places import KINDS, SPELLED, bare, named, territories, up
from nlp.agencies.registry import heads, of_day, without_title
from nlp.agencies.tails import kind_at, name_at, pairs, read_tail
from nlp.agencies.values import ORDER, Agency, AgencyId, Level, Territory
from nlp.types import Evidence, Field, Header, Named

_CAPITALS = frozenset({"ha noi", "ho chi minh"})
"""Cities from which bodies of the whole country write."""


@dataclass(frozen=True, slots=True)
class Home:
    """The level of the issuer, the territories it lies in, the issuer where the registry knows it, and from what that followed."""

    level: Level | None = None
    place: Territory | None = None
    issuer: AgencyId | None = None
    basis: str | None = None
    evidence: Evidence | None = None

    def at(self, level: Level) -> Territory | None:
        """The territory of a level that the letter comes from, where known."""
        return up(self.place, level)


def home_of(header: Header, addressees: Sequence[Named] = (), day: date | None = None) -> Home:
    """The home of a letter; every field is unknown where nothing tells."""
    issuer = _body(header, day)
    level: Level | None = issuer.level if issuer else None
    hint = _from_addressees(addressees, day)
    within = hint[0] if hint else None
    for basis, field in (("issuer", header.issuer), ("parent_body", header.parent_body)):
        found = _mentioned(field, day, within)
        if field and found:
            return _home(issuer, level, found, basis, field.evidence)
    if level != "central":
        found = _of_place(header.place, level or _level_of(header), day, within)
        if found and header.place:
            return _home(issuer, level, found, "place", header.place.evidence)
    if hint:
        return _home(issuer, level, hint[0], "addressees", hint[1])
    return Home(level or _level_of(header), None, AgencyId(issuer.id) if issuer else None)


def _home(issuer: Agency | None, level: Level | None, place: Territory, basis: str, evidence: Evidence) -> Home:
    if issuer is None:
        return Home(level or (place.level if basis != "place" else None), place, None, basis, evidence)
    own = up(place, issuer.level) if issuer.level in ORDER else None
    return Home(issuer.level, place, AgencyId(issuer.id, own.key if own else None), basis, evidence)


def _body(header: Header, day: date | None) -> Agency | None:
    """The issuer's kind of body, told by its name, the level printed behind it, or the body above it."""
    if header.issuer is None:
        return None
    printed = header.issuer.value
    for candidates, rest in heads(key(printed).split()):
        levels = tuple(dict.fromkeys(agency.level for agency in candidates))
        if rest:
            tail = read_tail(rest, day, None, printed, levels)
            if tail is None:
                continue
            levels = tuple(level for level in levels if level in tail.levels)
        elif len(levels) > 1:
            levels = _levels_under(header.parent_body, levels, day)
        if len(levels) == 1:
            return of_day((agency for agency in candidates if agency.level == levels[0]), day)
    return None


def _levels_under(parent: Field | None, levels: tuple[Level, ...], day: date | None) -> tuple[Level, ...]:
    """Of several levels the centre where the body above stands there, else the others."""
    above = next(heads(key(parent.value).split()), None) if parent else None
    central = above is not None and all(agency.level == "central" for agency in above[0])
    return tuple(level for level in levels if (level == "central") == central)


def _kinds(text: str) -> Iterator[tuple[str, list[str], int]]:
    """The kinds of territories printed in a text: each with the folded words from it on and the index behind it."""
    words, printed = key(text).split(), spelled(text)
    if len(words) != len(printed):
        return
    for at, word in enumerate(printed):
        kind, after = kind_at(words, at)
        if kind and word in SPELLED and printed[after : after + 1] != ["hội"]:
            yield kind, words[at:], after - at


def _level_of(header: Header) -> Level | None:
    """The level of an issuer the registry does not know, from the kind of territory its own or its parent's name holds."""
    for field in (header.issuer, header.parent_body):
        for kind, _, _ in _kinds(field.value) if field else ():
            levels = KINDS[kind]
            return levels[0] if len(levels) == 1 else None
    return None


def _mentioned(field: Field | None, day: date | None, within: Territory | None) -> Territory | None:
    """The one place a name holds ("UBND huyện Krông Nô", "Sở Y tế tỉnh Đắk Nông", "Cục Thuế Long An")."""
    if field is None:
        return None
    for kind, words, after in _kinds(field.value):
        name, _ = name_at(words, after)
        if name:
            tail = read_tail(words, day, within, field.value, ORDER) if pairs(words) else None
            if tail is None:
                tail = read_tail([*kind.split(), *name.split()], day, within, field.value, ORDER)
            return tail.places[0] if tail and len(tail.places) == 1 else None
    for candidates, rest in heads(key(field.value).split()):
        levels = tuple(dict.fromkeys(agency.level for agency in candidates))
        tail = read_tail(rest, day, within, field.value, levels) if rest else None
        if tail and len(tail.places) == 1:
            return tail.places[0]
    return None


def _of_place(
    field: Field | None, level: Level | None, day: date | None, within: Territory | None
) -> Territory | None:
    """The territory that the date line's place names, fitting the issuer's level."""
    if field is None:
        return None
    name = bare(field.value)
    if name in _CAPITALS and level is None:
        return None
    wanted_levels: tuple[Level, ...] = (level, "province") if level else ("province",)
    for wanted in wanted_levels:
        hits = named(name, day, levels=(wanted,), inside=within, printed=field.value)
        if hits:
            return hits[0] if len(hits) == 1 else None
    if level == "province":
        seats = {up(place, "province") for place in named(name, day, levels=("district",), printed=field.value)}
        return seats.pop() if len(seats) == 1 else None
    return None


def _from_addressees(addressees: Sequence[Named], day: date | None) -> tuple[Territory, Evidence] | None:
    """The one province that addressees name; none where they name several."""
    found: dict[str, Evidence] = {}
    for addressee in addressees:
        for candidates, rest in heads(without_title(key(addressee.text))[0].split()):
            levels = tuple(dict.fromkeys(agency.level for agency in candidates))
            tail = read_tail(rest, day, None, addressee.text, levels) if rest else None
            if tail and len(tail.places) == 1:
                province = up(tail.places[0], "province")
                if province:
                    found.setdefault(province.key, addressee.evidence)
                break
    if len(found) != 1:
        return None
    place_key, evidence = found.popitem()
    return territories()[place_key], evidence
