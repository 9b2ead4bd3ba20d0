"""Who one printed name was on a day; the printed name is never overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nlp.agencies.home import Home
from nlp.agencies.keys import key
from nlp.agencies.registry import agencies, heads, of_day, without_title
from nlp.agencies.tails import read_tail
from nlp.agencies.values import Agency, AgencyId, Level

_NOWHERE = Home()


@dataclass(frozen=True, slots=True)
class Resolved:
    """A body and from what its territory followed: "name", or what the letter's home followed from."""

    id: AgencyId
    basis: str | None = None


def resolve(name: str, day: date | None, home: Home = _NOWHERE) -> Resolved | None:
    """Who a printed name was on a day, or None where the registry does not know.

    Titles ("Giám đốc Sở …") stand for their body. A place in the name wins over
    the letter's home; without either the territory stays None. A body that had
    ended by then is still found by its name: see `succession.holders`.
    """
    text = key(name)
    found = _named(text, name, day, home)
    if found:
        return found
    rest, title = without_title(text.removeprefix("cac "))
    if rest and rest != text:
        found = _named(rest, name, day, home)
    if found is None and title:
        return _of_issuer(rest, title, home)
    return found


def _of_issuer(rest: str, title: str, home: Home) -> Resolved | None:
    """A title alone, or the head of an office alone, is that of the letter's issuer ("Bộ trưởng", "Chánh Văn phòng")."""
    if home.issuer is None:
        return None
    if not rest and title in {"bo truong", "cuc truong", "giam doc", "thong doc", "thu truong"}:
        return Resolved(home.issuer, "issuer")
    office = agencies()[home.issuer.agency].office
    return Resolved(AgencyId(office, home.issuer.territory), "issuer") if rest == "van phong" and office else None


def _named(text: str, printed: str, day: date | None, home: Home) -> Resolved | None:
    for bearing, rest in heads(text.split()):
        candidates = tuple(agency for agency in bearing if agency.on(day)) or bearing
        found = _with_tail(candidates, rest, printed, day, home) if rest else _bare(candidates, day, home)
        if found:
            return found
    return None


def _bare(candidates: tuple[Agency, ...], day: date | None, home: Home) -> Resolved | None:
    """A name without a place: the letter's own level decides where bodies of several levels bear it."""
    levels = {agency.level for agency in candidates}
    level: Level | None = next(iter(levels)) if len(levels) == 1 else None
    if level is None:
        level = home.level if home.level in levels else "central" if home.level is None and "central" in levels else None
    if level is None:
        return None
    agency = of_day((each for each in candidates if each.level == level), day)
    if agency is None:
        return None
    place = home.at(level)
    if agency.inner and place is None and home.level != level:
        return None
    if level == "region":
        place = home.at("province")
    return Resolved(AgencyId(agency.id, place.key if place else None), home.basis if place else None)


def _with_tail(
    candidates: tuple[Agency, ...], rest: list[str], printed: str, day: date | None, home: Home
) -> Resolved | None:
    regional = [agency for agency in candidates if agency.level == "region"]
    if regional:
        return _regional(regional, rest, printed, day, home)
    levels: tuple[Level, ...] = tuple(dict.fromkeys(agency.level for agency in candidates))
    tail = read_tail(rest, day, home.place, printed, levels)
    if tail is None:
        return None
    fitting = [level for level in tail.levels if level in levels]
    if not fitting:
        return None
    level = fitting[0]
    if len(fitting) > 1 and not tail.places:
        level = _city_level(home, fitting)
    agency = of_day((each for each in candidates if each.level == level), day)
    if agency is None:
        return None
    if tail.printed_name:
        places = [place for place in tail.places if place.level == level]
        return Resolved(AgencyId(agency.id, places[0].key if len(places) == 1 else None), "name")
    place = home.at(level)
    return Resolved(AgencyId(agency.id, place.key if place else None), home.basis if place else None)


def _city_level(home: Home, levels: list[Level]) -> Level:
    """Which level a bare "thành phố" means: the centrally run city, or a province's own."""
    province = home.at("province")
    city = province is not None and province.name.startswith("Thành phố") and home.level != "district"
    return "province" if city and "province" in levels else levels[-1]


def _regional(
    candidates: list[Agency], rest: list[str], printed: str, day: date | None, home: Home
) -> Resolved | None:
    """A regional body: its number is not its identity here, the province is, where known."""
    words = [word for word in rest if not word.isdecimal() and word.strip("ivxlc")]
    tail = read_tail(words, day, home.place, printed, ("province",)) if words else None
    if words and tail is None:
        return None
    agency = of_day(candidates, day)
    if agency is None:
        return None
    place = tail.places[0] if tail and len(tail.places) == 1 else home.at("province")
    return Resolved(AgencyId(agency.id, place.key if place else None), "name" if tail else home.basis if place else None)
