"""Names of bodies for invented letters, from the registry of agencies, as they stood on a day.

The register is a province's: its departments, districts and communes have most of the work,
ministries write most of what comes from outside, a few bodies have much and most have little.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from nlp.agencies.places import provinces_on, territories, within
from nlp.agencies.registry import agencies
from nlp.agencies.values import Agency, Territory


@dataclass(frozen=True, slots=True)
class Body:
    """A body's printed name, the abbreviation that begins its symbols, whether it is one of the own province's."""

    name: str
    short: str
    home: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """Bodies of a level, each kind in each of its places, made when drawn: the first ones have most of the work."""

    kinds: tuple[Agency, ...]
    places: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.kinds) * len(self.places)

    def __getitem__(self, at: int) -> Body:
        return _body(self.kinds[at // len(self.places)], self.places[at % len(self.places)])


@dataclass(frozen=True, slots=True)
class Standing:
    """The bodies of a month, by level; `others` are departments of other provinces."""

    central: Listed
    departments: Listed
    districts: Listed
    communes: Listed
    others: Listed

    def issuer(self, chance: random.Random) -> Body:
        """Who writes: the centre 35%, departments 32%, districts 18%, communes 9%, other provinces 6%."""
        return self._drawn(chance, (0.35, 0.67, 0.85, 0.94))

    def bearer(self, chance: random.Random) -> Body:
        """Who has to do it: departments 45%, districts 32%, communes 15%, the centre 5%, others 3%."""
        return self._drawn(chance, (0.05, 0.50, 0.82, 0.97))

    def group(self, chance: random.Random) -> tuple[Body, ...]:
        """Many at once: "các sở, ngành", "UBND các huyện"."""
        listed = self.districts if chance.random() < 0.6 else self.departments
        first = chance.randrange(40)
        return tuple(listed[at] for at in range(first, min(len(listed), first + chance.randrange(4, 16))))

    def _drawn(self, chance: random.Random, shares: tuple[float, ...]) -> Body:
        value = chance.random()
        levels = (self.central, self.departments, self.districts, self.communes, self.others)
        listed = levels[sum(value >= share for share in shares)]
        return listed[int(len(listed) * chance.random() ** 2.5)]


@cache
def home() -> Territory:
    """The province whose register it is: the one with the most districts (the first by key where several have as many)."""
    counted = Counter(place.parent for place in territories().values() if place.level == "district")
    provinces = [place for place in territories().values() if place.level == "province"]
    return min(provinces, key=lambda place: (-counted[place.key], place.key))


@cache
def standing(year: int) -> Standing:
    """The bodies of the first day of a year, in an order drawn by lot that is always the same; committees come first."""
    day = date(year, 1, 1)
    every = [agency for agency in agencies().values() if agency.on(day) and not agency.inner]
    here = ("",)
    elsewhere = [place for place in provinces_on(day) if place.key != home().key]
    return Standing(
        Listed(_kinds(agency for agency in every if agency.level == "central" and agency.abbreviations), here),
        Listed(_kinds(agency for agency in every if agency.level == "province"), here),
        Listed(_kinds(agency for agency in every if agency.level == "district"), _names(within(home(), "district", day))),
        Listed(_kinds(agency for agency in every if agency.level == "commune"), _names(within(home(), "commune", day))),
        Listed(_kinds(agency for agency in every if agency.level == "province"), _names(elsewhere)),
    )


def _kinds(found: Iterable[Agency]) -> tuple[Agency, ...]:
    return tuple(sorted(found, key=lambda one: (not one.id.startswith("ubnd"), random.Random(one.id).random())))


def _names(places: Iterable[Territory]) -> tuple[str, ...]:
    ordered = sorted(places, key=lambda place: random.Random(place.key).random())
    return tuple(f" {place.name[:1].lower()}{place.name[1:]}" for place in ordered)


@lru_cache(maxsize=8192)
def _body(agency: Agency, place: str) -> Body:
    return Body(agency.names[0] + place, _short(agency), agency.level == "province" and not place)


def _short(agency: Agency) -> str:
    """Its abbreviation, else the capitals of its name's words."""
    if agency.abbreviations:
        return agency.abbreviations[0]
    return "".join(word[0] for word in agency.names[0].replace("-", " ").split() if word[0].isalpha()).upper()[:6]
