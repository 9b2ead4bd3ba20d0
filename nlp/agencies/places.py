"""Provinces, districts and communes: by key, by name, on a day, and what came of them.

The tables hold the provinces since 1997 (61, 64 from 2004, 63 from 1 August 2008, 34 from 1 July 2025:
Nghị quyết 202/2025/QH15), the districts and communes as they stood on 30 June 2025, some districts that
ended earlier, and the communes of 1 July 2025 (Nghị quyết 1654 to 1687/NQ-UBTVQH15). A district's area
went to the communes that took the area of its communes; which of them holds a duty, a person says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache

from nlp.agencies.keys import plain, read
from nlp.agencies.values import ORDER, Level, Territory
from nlp.normalise import plain_tone

TWO_LEVELS = date(2025, 7, 1)
"""The day the district level ended (Nghị quyết 203/2025/QH15)."""

KINDS: dict[str, tuple[Level, ...]] = {
    "tinh": ("province",),
    "thanh pho": ("province", "district"),
    "tp": ("province", "district"),
    "thu do": ("province",),
    "huyen": ("district",),
    "quan": ("district",),
    "thi xa": ("district",),
    "tx": ("district",),
    "xa": ("commune",),
    "phuong": ("commune",),
    "thi tran": ("commune",),
    "tt": ("commune",),
    "dac khu": ("commune",),
}
"""Kinds of territories as printed before a name, folded, and the levels they stand at."""

SPELLED = frozenset(
    ("tỉnh", "tinh", "thành", "tp", "thủ", "huyện", "quận", "thị", "tx", "xã", "phường", "tt", "đặc")
)
"""First words of the kinds as spelled: a scan of running words takes no "phương" for "phường"."""

_KIND = re.compile(rf"^(?:{'|'.join(sorted(KINDS, key=len, reverse=True))}) ")
_LAST_DAY = date(2025, 6, 30)


def bare(name: str) -> str:
    """The key of a place's name without its kind ("Tỉnh Long An" gives "long an")."""
    return _KIND.sub("", plain(name), count=1)


def _rows(name: str) -> Iterator[list[str]]:
    for row in read(name).splitlines()[1:]:
        yield row.split("\t")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def territories() -> dict[str, Territory]:
    """All territories by key."""
    found: dict[str, Territory] = {}
    for place_key, code, name, also, since, until, successor, act, renamed in _rows("territories.tsv"):
        found[place_key] = Territory(
            place_key, "province", code, name, None, tuple(filter(None, also.split("|"))),
            _day(since), _day(until), (successor,) if successor else (), act or None, _day(renamed),
        )  # fmt: skip
    communes = {code: (name, province) for code, name, province in _rows("communes.tsv")}
    now = {place.code: place.key for place in found.values() if place.level == "province" and not place.until}
    keys = {code: f"{now[province]}.{code}" for code, (_, province) in communes.items()}
    for code, (name, province) in communes.items():
        found[keys[code]] = Territory(keys[code], "commune", code, name, now[province], (), TWO_LEVELS)
    heirs: dict[str, dict[str, None]] = {}
    before = list(_rows("communes_before.tsv"))
    for _, _, district, taken_by in before:
        heirs.setdefault(district, {}).update(dict.fromkeys(taken_by.split("|")))
    districts: dict[str, str] = {}
    for code, name, province, _, since, until, successors, act in _rows("districts.tsv"):
        districts[code] = district_key = f"{province}.{code}"
        after = successors.split("|") if successors else list(heirs.get(code, ()))
        found[district_key] = Territory(
            district_key, "district", code, name, province, (), _day(since), _day(until),
            tuple(keys.get(each, f"{province}.{each}") for each in after), act or None,
        )  # fmt: skip
    for code, name, district, taken_by in before:
        parent = districts[district]
        found[f"{parent}.{code}"] = Territory(
            f"{parent}.{code}", "commune", code, name, parent, (), None, _LAST_DAY,
            tuple(keys[each] for each in taken_by.split("|")),
        )  # fmt: skip
    return found


@cache
def _by_name() -> dict[str, tuple[Territory, ...]]:
    found: dict[str, list[Territory]] = {}
    for place in territories().values():
        for name in {bare(each) for each in (place.name, *place.also)}:
            found.setdefault(name, []).append(place)
    return {name: tuple(places) for name, places in found.items()}


@cache
def longest_name() -> int:
    """How many words the longest name of a place has."""
    return max(len(name.split()) for name in _by_name())


@cache
def _children() -> dict[tuple[str, Level], tuple[Territory, ...]]:
    found: dict[tuple[str, Level], list[Territory]] = {}
    for place in territories().values():
        up = place.parent
        while up:
            found.setdefault((up, place.level), []).append(place)
            up = territories()[up].parent
    return {at: tuple(places) for at, places in found.items()}


def provinces_on(day: date | None) -> tuple[Territory, ...]:
    """All provinces and cities of a day; those that stand now where the day is unknown."""
    return tuple(
        place
        for place in territories().values()
        if place.level == "province" and (place.on(day) if day else place.until is None)
    )


def within(place: Territory, level: Level, day: date | None) -> tuple[Territory, ...]:
    """The territories of a level inside another on a day (a district's own communes, a province's districts).

    A province that kept its key holds communes of both times; the day tells them apart.
    """
    found = _children().get((place.key, level), ())
    return tuple(each for each in found if each.on(day)) if day else found


def up(place: Territory | None, level: Level) -> Territory | None:
    """The territory of a level that a place lies in, or the place itself; None where there is none."""
    while place and place.level != level:
        place = territories()[place.parent] if place.parent else None
    return place


def named(
    name: str,
    day: date | None,
    *,
    levels: tuple[Level, ...] = ORDER,
    inside: Territory | None = None,
    printed: str | None = None,
) -> tuple[Territory, ...]:
    """The places of a name (its `bare` key) at some levels, those that stood on the day before others.

    `inside` prefers those within a place; `printed` tells names apart that
    differ only in diacritics. Several: the name is ambiguous.
    """
    hits = [
        place
        for place in _by_name().get(name, ())
        if place.level in levels and not _named_later(place, name, day)
    ]
    if inside:
        hits = [place for place in hits if _lies_in(place, inside, day)] or hits
    hits = [place for place in hits if place.on(day)] or _nearest(hits, day)
    if printed and len(hits) > 1:
        wanted = plain_tone(printed).lower()
        exact = [place for place in hits if _spelled(place) in wanted]
        hits = exact or hits
    return tuple(hits)


def _named_later(place: Territory, name: str, day: date | None) -> bool:
    """True where a place took the name only after the day ("Huế" for Thừa Thiên Huế, from 1 January 2025)."""
    if not (day and place.renamed and day < place.renamed):
        return False
    return name not in {bare(each) for each in place.also}


def _lies_in(place: Territory, inside: Territory, day: date | None) -> bool:
    above = up(place, inside.level)
    return above is not None and (above == inside or inside.key in heirs(above.key, day))


def _spelled(place: Territory) -> str:
    words = plain_tone(place.name).lower().split()
    return " ".join(words[2:] if words[0] in {"thành", "thị", "đặc"} else words[1:])


def _nearest(places: list[Territory], day: date | None) -> list[Territory]:
    """Of places that did not stand on a day those whose time lies nearest to it."""
    if day is None or not places:
        return places
    gap = {place.key: _gap(place, day) for place in places}
    least = min(gap.values())
    return [place for place in places if gap[place.key] == least]


def _gap(place: Territory, day: date) -> int:
    if place.until and place.until < day:
        return (day - place.until).days
    return (place.since - day).days if place.since else 0


@lru_cache(maxsize=4096)
def heirs(place_key: str, day: date | None) -> tuple[str, ...]:
    """The keys of the territories that hold a place's area on a day (None: now); several where it was divided."""
    place = territories().get(place_key)
    if place is None or not place.until or (day is not None and day <= place.until) or not place.successors:
        return (place_key,)
    return tuple(dict.fromkeys(each for after in place.successors for each in heirs(after, day)))
