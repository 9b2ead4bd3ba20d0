"""Names of bodies for invented letters, from the registry of agencies, as they stood on a day.

The register is a province's: its departments, districts and communes have most of the work,
ministries write most of what comes from outside, a few bodies have much and most have little.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache

from nlp.agencies.places import provinces_on, territories, within
from nlp.agencies.registry import agencies
from nlp.agencies.values import Agency, Level, Territory


@dataclass(frozen=True, slots=True)
class Body:
    """A body's printed name and the abbreviation that begins its symbols."""

    name: str
    short: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The bodies of a day, by level; `others` are departments of other provinces."""

    central: tuple[Body, ...]
    departments: tuple[Body, ...]
    districts: tuple[Body, ...]
    communes: tuple[Body, ...]
    others: tuple[Body, ...]

    def issuer(self, chance: random.Random) -> Body:
        """Who writes: the centre 35%, departments 32%, districts 18%, communes 9%, other provinces 6%."""
        return self._drawn(chance, (0.35, 0.67, 0.85, 0.94))

    def bearer(self, chance: random.Random) -> Body:
        """Who has to do it: departments 45%, districts 32%, communes 15%, the centre 5%, others 3%."""
        return self._drawn(chance, (0.05, 0.50, 0.82, 0.97))

    def group(self, chance: random.Random) -> tuple[Body, ...]:
        """Many at once: "các sở, ngành", "UBND các huyện"."""
        listed = self.districts if chance.random() < 0.6 else self.departments
        first = chance.randrange(len(listed))
        return listed[first : first + chance.randrange(4, 16)]

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
def standing(year: int, month: int) -> Standing:
    """The bodies of a month, those with much work first (an order drawn by lot, always the same)."""
    day = date(year, month, 1)
    chance = random.Random(29)
    every = [agency for agency in agencies().values() if agency.on(day) and not agency.inner]
    central = [_body(agency) for agency in every if agency.level == "central" and agency.abbreviations]
    departments = [_body(agency) for agency in every if agency.level == "province"]
    districts, communes = (_local(every, level, within(home(), level, day)) for level in ("district", "commune"))
    elsewhere = [place for place in provinces_on(day) if place.key != home().key]
    others = _local(every, "province", tuple(elsewhere))
    lists = (central, departments, districts, communes, others)
    for listed in lists:
        listed.sort(key=lambda body: body.name)
        chance.shuffle(listed)
        listed.sort(key=lambda body: not body.name.startswith("Ủy ban nhân dân"))  # they have the most work
    return Standing(*map(tuple, lists))


def _local(every: list[Agency], level: Level, places: tuple[Territory, ...]) -> list[Body]:
    kinds = [agency for agency in every if agency.level == level]
    return [
        Body(f"{agency.names[0]} {place.name[:1].lower()}{place.name[1:]}", _short(agency)) for agency in kinds for place in places
    ]


def _body(agency: Agency) -> Body:
    return Body(agency.names[0], _short(agency))


def _short(agency: Agency) -> str:
    """Its abbreviation, else the capitals of its name's words."""
    if agency.abbreviations:
        return agency.abbreviations[0]
    return "".join(word[0] for word in agency.names[0].replace("-", " ").split() if word[0].isalpha()).upper()[:6]
