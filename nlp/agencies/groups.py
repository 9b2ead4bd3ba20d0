"""Collective names as sets: which bodies "Sở Công Thương các tỉnh", "các Bộ, cơ quan ngang Bộ", "UBND các xã" meant on a day.

A set has an expression as its id: "so-cong-thuong@*" (one in every province), "ubnd-huyen@51.*" (one in every
district of 51), "#so@51" (the members of a group there). What leaves the set open ("các cơ quan liên quan",
"các Bộ khác", "ban, ngành") is said, never expanded to nothing in silence.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from nlp.agencies.home import Home
from nlp.agencies.keys import key, plain, read
from nlp.agencies.places import KINDS, named, provinces_on, within
from nlp.agencies.registry import heads, members, of_day, without_title
from nlp.agencies.tails import kind_at, name_at
from nlp.agencies.values import Agency, AgencyId, Level, Territory
from nlp.folding import fold

NO_PROVINCE = "chưa rõ tỉnh nào"
TOO_EARLY = "danh mục đơn vị hành chính của ngày ấy chưa có (tỉnh: từ năm 1997)"
SUBSET = "chỉ một phần, văn bản không nêu tên"
NO_LEVEL = "cấp huyện đã kết thúc từ 01/7/2025"
MORE = "có thể còn cơ quan khác ngoài danh sách"
SNAPSHOT = "theo danh mục đơn vị hành chính ngày 30/6/2025"
_LISTED = date(2025, 1, 1)
_PLURALS = ("cac", "moi", "tung", "nhung")
_EVERYWHERE = re.compile(r"^(?:truc thuoc|thuoc)? ?(?:trung uong|tw)$|^(?:tren|trong) (?:ca nuoc|toan quoc)$")
_HERE = re.compile(r"^(?:tren dia ban|trong|thuoc|cua|trong toan|toan)(?: (?:tinh|huyen|thanh pho|thi xa|quan))?$|^(?:tinh|huyen)$")


_COMMITTEES = re.compile(r"\bhuyen uy(?: (?:thi|thanh|quan) uy)+\b")
_TERRITORIES = re.compile(r"^(?:cac|\d+) (?:tinh|huyen|xa|phuong|thi xa|thi tran|quan|thanh pho)\b(?! (?:uy|doan)\b)")
"""Territories alone stand for their people's committees ("các huyện, thị xã, thành phố")."""


@dataclass(frozen=True, slots=True)
class Group:
    """The bodies of a collective name; `open` where others belong to it that nothing lists; `note` says what to mind."""

    ids: tuple[AgencyId, ...]
    expression: str | None
    open: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    group: str | None
    level: str
    open: bool


@cache
def _parts() -> tuple[dict[str, _Part], tuple[str, ...]]:
    """The words of groups, and those that narrow a group, longest first ("có liên quan" before "liên quan")."""
    data = tomllib.loads(read("groups.toml"))
    parts = {
        plain(word): _Part(entry.get("group"), entry.get("level", "home"), entry.get("open", False))
        for entry in data["part"]
        for word in entry["words"]
    }
    return parts, tuple(sorted(map(plain, data["subset"]["words"]), key=lambda word: (-len(word), word)))


def expand(name: str, day: date | None, home: Home) -> Group | None:
    """The set that a collective name meant on a day; None where it is no such name."""
    text = _COMMITTEES.sub("huyen uy", without_title(key(name))[0])
    if _TERRITORIES.match(text):
        text = f"uy ban nhan dan {text}"
    return _of_bodies(text, name, day, home) or _collective(name, day, home)


def _of_bodies(text: str, printed: str, day: date | None, home: Home) -> Group | None:
    """One kind of body in many territories: "UBND các huyện", "Các Sở Y tế", "Công an cấp xã"."""
    words = text.split()
    plural = bool(words) and words[0] in _PLURALS
    for candidates, rest in heads(words[1:] if plural else words):
        if rest and rest[0] == "cap" and len(rest) > 1:
            rest = ["cac", *rest[1:]]
        if not rest:
            if not plural:
                return None
            rest = _default_tail(candidates)
        group = _in_territories(candidates, rest, printed, day, home)
        if group:
            return group
    return None


def _default_tail(candidates: tuple[Agency, ...]) -> list[str]:
    """Where a plural body prints no territories ("Các Sở Giáo dục và Đào tạo"), those of its level."""
    level = candidates[0].level
    words = {"province": "cac tinh thanh pho", "district": "cac huyen thi xa thanh pho", "commune": "cac xa phuong"}
    return words.get(level, "").split()


def _in_territories(
    candidates: tuple[Agency, ...], rest: list[str], printed: str, day: date | None, home: Home
) -> Group | None:
    plural = bool(rest) and (rest[0] in _PLURALS or rest[0].isdigit())
    at = 1 if plural else 0
    kinds: list[str] = []
    while at < len(rest):
        town = rest[at] == "tran" and kinds[-1:] == ["xa"]
        kind, after = ("thi tran", at + 1) if town else kind_at(rest, at)
        if kind is None:
            break
        kinds.append(kind)
        at = after
    if not kinds or not (plural or len(kinds) > 1):
        return None
    level = _level(kinds, rest[at:], candidates)
    if level is None:
        return None
    agency = of_day((each for each in candidates if each.level == level), day)
    return _members(agency, level, kinds, rest[at:], printed, day, home) if agency else None


def _level(kinds: list[str], rest: list[str], candidates: tuple[Agency, ...]) -> Level | None:
    levels = {agency.level for agency in candidates}
    wanted: Level
    if "tinh" in kinds or (set(kinds) <= {"thanh pho", "tp"} and "trung uong" in " ".join(rest)):
        wanted = "province"
    elif any(KINDS[kind] == ("district",) for kind in kinds):
        wanted = "district"
    elif any(KINDS[kind] == ("commune",) for kind in kinds):
        wanted = "commune"
    else:
        return next((level for level in ("district", "province") if level in levels), None)
    return wanted if wanted in levels else None


def _members(
    agency: Agency, level: Level, kinds: list[str], rest: list[str], printed: str, day: date | None, home: Home
) -> Group:
    tail = " ".join(rest)
    if tail in _parts()[1] or any(tail.startswith(f"{word} ") for word in _parts()[1]):
        return Group((), None, open=True, note=SUBSET)
    scope: Territory | None = None
    if level != "province":
        scope = (home.at("district") if level == "commune" else None) or home.at("province")
        scope, rest = _scope(rest, printed, day, scope)
        tail = " ".join(rest)
    listed: tuple[Territory, ...] = ()
    if rest and not _EVERYWHERE.match(tail) and not _HERE.match(tail):
        listed = _names(rest, level, printed, day, scope)
        if not listed:
            return Group((), None, open=True, note=SUBSET)
    if listed and (len(listed) > 1 or len(kinds) == 1 or ":" in printed):
        ids = tuple(AgencyId(agency.id, place.key) for place in listed)
        return Group(ids, "+".join(map(str, ids)))
    if level == "district" and day and not agency.on(day) and agency.until and day > agency.until:
        return Group((), None, open=True, note=NO_LEVEL)
    if level == "province":
        places, expression = provinces_on(day), f"{agency.id}@*"
    elif scope is None:
        return Group((), None, open=True, note=NO_PROVINCE)
    else:
        places = _of_kinds(within(scope, level, day), kinds)
        expression = f"{agency.id}@{scope.key}.{kinds[0].replace(' ', '-') if len(kinds) == 1 else ''}*"
    if not places:
        return Group((), None, open=True, note=TOO_EARLY)
    dated = level != "province" and day is not None and day < _LISTED
    return Group(tuple(AgencyId(agency.id, each.key) for each in places), expression, note=SNAPSHOT if dated else None)


def _of_kinds(places: tuple[Territory, ...], kinds: list[str]) -> tuple[Territory, ...]:
    """Where one kind alone is printed ("UBND các xã") those of that kind; several stand for all."""
    return tuple(each for each in places if len(kinds) > 1 or fold(each.name).startswith(kinds[0]))


def _scope(
    rest: list[str], printed: str, day: date | None, home: Territory | None
) -> tuple[Territory | None, list[str]]:
    """The place behind "thuộc tỉnh …", "trên địa bàn huyện …", and what stands before it."""
    for at in range(len(rest)):
        kind, after = kind_at(rest, at)
        if kind and KINDS[kind][0] in {"province", "district"} and rest[:at] and rest[at - 1] in {"ban", "thuoc", "cua", "trong"}:
            name, end = name_at(rest, after)
            if name and end == len(rest):
                places = named(name, day, levels=KINDS[kind], inside=home, printed=printed)
                return (places[0] if len(places) == 1 else None), []
    return home, rest


def _names(
    rest: list[str], level: Level, printed: str, day: date | None, inside: Territory | None
) -> tuple[Territory, ...]:
    """The places named one after the other; nothing where other words stand among them."""
    found: list[Territory] = []
    at = 0
    while at < len(rest):
        name, end = name_at(rest, at)
        places = named(name, day, levels=(level,), inside=inside, printed=printed) if name else ()
        if not places:
            kind, after = kind_at(rest, at)
            if kind is None:
                return ()
            at = after
            continue
        if len(places) != 1:
            return ()
        found.append(places[0])
        at = end
    return tuple(found)


def _collective(name: str, day: date | None, home: Home) -> Group | None:
    """Common nouns for groups of bodies: "các Bộ, ngành, địa phương", "các sở, ban, ngành tỉnh"."""
    text = re.sub(r"^(?:thu truong|lanh dao|giam doc|bo truong|nguoi dung dau|truong) ", "", fold(name).strip(" .;:"))
    pieces = [piece for piece in re.split(r"[,;/]|\bva\b", text) if piece.strip()]
    if len(pieces) < 2 and not re.match(r"(?:tat ca )?(?:cac|nhung|moi|toan the)\b", text):
        return None
    table, subsets = _parts()
    level: Level | None = None
    parts: list[_Part] = []
    narrowed = False
    for piece in pieces:
        word = re.sub(r"^(?:tat ca |toan the )?(?:cac|nhung|moi) ", "", plain(piece))
        for subset in subsets:
            if word.endswith(f" {subset}") and word not in table:
                word, narrowed = word.removesuffix(f" {subset}"), True
        if word not in table:
            word, printed_level = _without_level(word)
            level = printed_level or level
        if not word:
            continue
        part = table.get(word)
        if part is None:
            return None
        parts.append(part)
    if not parts:
        return None
    return Group((), None, open=True, note=SUBSET) if narrowed else _union(parts, level or home.level, day, home)


def _without_level(word: str) -> tuple[str, Level | None]:
    match = re.search(r"(?:^| )(?:cua |truc thuoc |thuoc |cap |trong |o )?(?:ubnd |uy ban nhan dan )?(tinh|huyen|thi xa|quan|xa|phuong|trung uong)$", word)
    if not match or word.startswith("co quan thuoc"):
        return word, None
    levels: dict[str, Level] = {"tinh": "province", "xa": "commune", "phuong": "commune", "trung uong": "central"}
    return word[: match.start()], levels.get(match[1], "district")


def _union(parts: Iterable[_Part], level: Level | None, day: date | None, home: Home) -> Group:
    ids: list[AgencyId] = []
    names: list[str] = []
    unclear = False
    note = None
    for part in parts:
        unclear = unclear or part.open
        if part.group is None:
            continue
        at: Level | None = level if part.level == "home" else part.level  # type: ignore[assignment]
        place = home.at(at) if at and at != "central" else None
        if at is None or (at != "central" and place is None):
            unclear, note = True, NO_PROVINCE
            continue
        group = f"{part.group}-trung-uong" if part.group == "doan-the" and at == "central" else part.group
        standing = [each for each in members(group, at) if (each.on(day) if day else each.until is None)]
        if not standing:
            unclear = True
            continue
        ids += [AgencyId(each.id, place.key if place else None) for each in standing]
        names.append(f"#{group}@{place.key}" if place else f"#{group}")
    return Group(tuple(ids), "+".join(names) or None, unclear, note or (MORE if unclear else None))
