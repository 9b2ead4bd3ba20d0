"""Who holds the duty of a body later (Nghị quyết 190/2025/QH15): derived, never written over the printed name."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from nlp.agencies.places import heirs, territories, up, within
from nlp.agencies.registry import agencies
from nlp.agencies.values import AgencyId, Level, Territory

_STEPS = 16


@lru_cache(maxsize=8192)
def holders(body: AgencyId, on: date | None = None) -> tuple[AgencyId, ...]:
    """Who holds the duty of a body on a day: itself, or its successors; None as the day means as far as the registry knows.

    Several where the functions were split or the territory was divided: a person
    chooses. Empty only where the registry knows no successor.
    """
    found: list[AgencyId] = []
    open_ids = [body]
    for _ in range(_STEPS):
        following: list[AgencyId] = []
        for one in open_ids:
            kind = agencies().get(one.agency)
            if kind is None:
                continue
            if kind.until is None or (on is not None and on <= kind.until):
                found += [AgencyId(one.agency, place) for place in _present(one.territory, kind.level, on)]
                continue
            for successor in kind.successors:
                level = agencies()[successor].level
                following += [AgencyId(successor, place) for place in _moved(one.territory, level, on)]
        open_ids = following
        if not open_ids:
            break
    return tuple(dict.fromkeys(found))


def _present(place: str | None, level: Level, on: date | None) -> tuple[str | None, ...]:
    if place is None or level == "region":
        return (place,)
    return heirs(place, on)


def _moved(place_key: str | None, level: Level, on: date | None) -> tuple[str | None, ...]:
    """The territories of a successor's level in which a place now lies."""
    place = territories().get(place_key) if place_key else None
    if place is None or level == "central":
        return (None,)
    if level in {"province", "region"}:
        above = up(place, "province")
        return heirs(above.key, on) if above else (None,)
    if place.level == level:
        return heirs(place.key, on)
    if level == "commune":
        return _communes(place, on)
    return (None,)


def _communes(place: Territory, on: date | None) -> tuple[str | None, ...]:
    if place.level == "district" and place.until and (on is None or on > place.until):
        return heirs(place.key, on)
    return tuple(each.key for each in within(place, "commune", on)) or (None,)


