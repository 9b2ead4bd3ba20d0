"""The registry of agencies: who a printed name was on a day, and who holds its duty after.

A name is resolved as of a day (that of the letter); the printed name is never
overwritten. An identity is a body and, below the centre, its territory; the
territories before and after 1 July 2025 are different ones though their names
repeat (Nghị quyết 202/2025/QH15). The data stand in data/agencies; facts not
checked against the act itself are marked there.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from nlp.folding import fold

_CENTRAL = re.compile(r"\s*(?:truc thuoc|thuoc) (?:trung uong|tw)$")
_TITLE = re.compile(
    r"^(?:dong chi |ong |ba )?(?:pho )?(?:tong )?(?:giam doc|chu tich|thu truong|bo truong|chanh|truong|lanh dao) (?:cac )?"
)
_MANY = re.compile(r"^(?P<body>.+?) (?:cac )(?P<tinh>tinh)(?:,? (?:va )?(?:cac )?thanh pho)?$")
_MANY_DISTRICTS = re.compile(
    r"^(?P<body>.+?) cac (?:huyen|quan)(?:,? (?:va )?(?:thi xa|thanh pho|quan|huyen))*$"
)


@dataclass(frozen=True, slots=True)
class Territory:
    """A province or city from `since` to `until` (both included; None: still). `key` is its identity."""

    key: str
    code: str
    name: str
    also: tuple[str, ...]
    since: date
    until: date | None
    successor: str | None
    act: str | None

    def on(self, day: date) -> bool:
        """True where it stood on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Agency:
    """A kind of body: central ones are one body, others one in each territory of their level."""

    id: str
    level: str
    names: tuple[str, ...]
    abbreviations: tuple[str, ...]
    since: date | None
    until: date | None
    successors: tuple[str, ...]
    act: str | None
    varies: bool
    confirmed: bool

    def on(self, day: date) -> bool:
        """True where it stood on a day; the days of `varies` bodies are those of the first province."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class AgencyId:
    """Identity of a body: the agency's id and, below the centre, the key of its territory (None: not known)."""

    agency: str
    territory: str | None = None

    def __str__(self) -> str:
        return f"{self.agency}@{self.territory}" if self.territory else self.agency


def _read(name: str) -> str:
    return files("nlp").joinpath(f"data/agencies/{name}").read_text(encoding="utf-8")


@cache
def agencies() -> dict[str, Agency]:
    """All bodies by id."""
    found: dict[str, Agency] = {}
    for source in ("central.toml", "provincial.toml"):
        for entry in tomllib.loads(_read(source))["body"]:
            found[entry["id"]] = Agency(
                id=entry["id"],
                level=entry.get("level", "central"),
                names=tuple(entry["names"]),
                abbreviations=tuple(entry.get("abbreviations", [])),
                since=entry.get("since"),
                until=entry.get("until"),
                successors=tuple(entry.get("successors", [])),
                act=entry.get("act"),
                varies=entry.get("varies", False),
                confirmed=entry.get("confirmed", True),
            )
    return found


@cache
def territories() -> dict[str, Territory]:
    """Provinces and cities since 1997 by key."""
    found: dict[str, Territory] = {}
    for row in _read("territories.tsv").splitlines()[1:]:
        key, code, name, also, since, until, successor, act = row.split("\t")
        found[key] = Territory(
            key=key,
            code=code,
            name=name,
            also=tuple(filter(None, also.split("|"))),
            since=date.fromisoformat(since),
            until=date.fromisoformat(until) if until else None,
            successor=successor or None,
            act=act or None,
        )
    return found


@cache
def _districts() -> dict[str, list[tuple[str, str]]]:
    """Code and name of the districts of each province code, as they stood until 30 June 2025."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in _read("districts.tsv").splitlines()[1:]:
        code, name, province, _ = row.split("\t")
        found.setdefault(province, []).append((code, name))
    return found


def key_of(name: str) -> str:
    """A name for matching: folded, "&" as "và", hyphens and commas dropped, white space single."""
    text = fold(name).replace("&", " va ")
    text = re.sub(r"[-–,.()]", " ", text)
    return " ".join(text.split())


@cache
def _by_key() -> dict[str, tuple[Agency, ...]]:
    found: dict[str, list[Agency]] = {}
    for agency in agencies().values():
        for name in (*agency.names, *agency.abbreviations):
            keys = {key_of(name)}
            keys |= {
                key.replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd")
                for key in set(keys)
            }
            for key in keys:
                entry = found.setdefault(key, [])
                if agency not in entry:
                    entry.append(agency)
    return {key: tuple(entry) for key, entry in found.items()}


def territory(name: str, as_of: date) -> Territory | None:
    """The province or city of a name ("Long An", "tỉnh Long An") that stood on a day, else one that once did."""
    key = re.sub(r"^(?:tinh|thanh pho|tp) ", "", key_of(name))
    hits = [
        t
        for t in territories().values()
        if any(re.sub(r"^(?:tinh|thanh pho|tp) ", "", key_of(n)) == key for n in (t.name, *t.also))
    ]
    standing = [t for t in hits if t.on(as_of)]
    if standing:
        return standing[0]
    return max(hits, key=lambda t: t.since, default=None)


def territories_on(day: date) -> tuple[Territory, ...]:
    """All provinces and cities of a day: 61 from 1997, 64 from 2004, 63 from 1/8/2008, 34 from 1/7/2025."""
    return tuple(t for t in territories().values() if t.on(day))


def canonical(name: str) -> str:
    """The full name of a printed one ("Sở KH&ĐT" gives "Sở Kế hoạch và Đầu tư"); the name itself where unknown."""
    key = _TITLE.sub("", key_of(name))
    for end in range(len(key.split()), 0, -1):
        head = " ".join(key.split()[:end])
        if head in _by_key():
            full = _by_key()[head][0].names[0]
            rest = name.split()[-(len(key.split()) - end) :] if end < len(key.split()) else []
            return " ".join([full, *rest])
    return name


def resolve(name: str, as_of: date, province: str | None = None) -> AgencyId | None:
    """Who a printed name was on a day, or None where the registry does not know.

    Titles ("Giám đốc Sở …") stand for their body. A territory in the name wins over
    `province`, the province of the letter; without either the territory stays None.
    A body that had ended by then is still found by its name: see `holders`.
    """
    key = _TITLE.sub("", key_of(name))
    words = key.split()
    for end in range(len(words), 0, -1):
        head = " ".join(words[:end])
        candidates = _by_key().get(head)
        if not candidates:
            continue
        rest = " ".join(words[end:])
        agency = next((a for a in candidates if a.on(as_of)), candidates[0])
        if agency.level == "central":
            return AgencyId(agency.id) if not rest else None
        place = territory(rest, as_of) if rest and agency.level == "province" else None
        if rest and agency.level == "province" and place is None:
            continue
        if agency.level != "province":
            return AgencyId(
                agency.id, _district_key(rest, province, as_of) if agency.level == "district" else None
            )
        place = place or (territory(province, as_of) if province else None)
        return AgencyId(agency.id, place.key if place else None)
    return None


def _district_key(name: str, province: str | None, as_of: date) -> str | None:
    place = territory(province, as_of) if province else None
    wanted = key_of(name)
    for code, listed in _districts().items():
        if place and code != place.code:
            continue
        for district, full in listed:
            if wanted and re.sub(r"^(?:huyen|quan|thi xa|thanh pho) ", "", key_of(full)) == wanted:
                return f"{code}.{district}"
    return None


def expand(name: str, as_of: date, province: str | None = None) -> tuple[AgencyId, ...] | None:
    """The bodies that a group expression meant on a day; None where it is no such expression.

    "Sở Công Thương các tỉnh, thành phố trực thuộc Trung ương" gives one body for each
    province of that day; "UBND các huyện, thị xã, thành phố" one for each district of
    `province`, and an empty tuple after the level ended.
    """
    text = " ".join(fold(name).split())
    text = _TITLE.sub("", _CENTRAL.sub("", text.rstrip(" .;:")))
    match = _MANY.match(text)
    if match:
        return _in_provinces(match["body"], as_of)
    match = _MANY_DISTRICTS.match(text)
    place = territory(province, as_of) if province else None
    if not match or place is None or key_of(match["body"]) not in {"ubnd", "uy ban nhan dan"}:
        return None
    if not agencies()["ubnd-huyen"].on(as_of):
        return ()
    return tuple(
        AgencyId("ubnd-huyen", f"{place.code}.{code}") for code, _ in _districts().get(place.code, [])
    )


def _in_provinces(body: str, as_of: date) -> tuple[AgencyId, ...] | None:
    key = key_of(body)
    candidates = _by_key().get(key) or _by_key().get(f"{key} tinh") or ()
    provincial = [agency for agency in candidates if agency.level == "province"]
    if not provincial:
        return None
    agency = next((a for a in provincial if a.on(as_of)), provincial[0])
    return tuple(AgencyId(agency.id, place.key) for place in territories_on(as_of))


def holders(agency: AgencyId, on: date) -> tuple[AgencyId, ...]:
    """Who holds the duty of a body on a day (Nghị quyết 190/2025/QH15): itself, or its successors.

    Several where the functions were split: a person chooses. Empty where the
    registry knows no successor (the districts' duties went to communes or the province).
    """
    seen: list[AgencyId] = []
    open_ids = [agency]
    for _ in range(12):
        following: list[AgencyId] = []
        for one in open_ids:
            kind = agencies().get(one.agency)
            place = _present_territory(one.territory, on)
            if kind is None:
                continue
            if kind.until is None or on <= kind.until:
                seen.append(AgencyId(one.agency, place))
            else:
                following += [AgencyId(successor, place) for successor in kind.successors]
        open_ids = following
        if not open_ids:
            break
    return tuple(dict.fromkeys(seen))


def _present_territory(key: str | None, on: date) -> str | None:
    place = territories().get(key) if key else None
    while place and place.until and on > place.until and place.successor:
        place = territories()[place.successor]
    return place.key if place else key
