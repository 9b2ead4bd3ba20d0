"""The registry of agencies: kinds of bodies from data/agencies, found by name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

from nlp.agencies.keys import key, plain, read
from nlp.agencies.values import Agency, Level

SOURCES = ("central.toml", "party.toml", "provincial.toml", "offices.toml", "sector.toml", "local.toml")
_SUFFIX: dict[Level, str] = {"province": "tinh", "district": "huyen", "commune": "xa"}


@cache
def agencies() -> dict[str, Agency]:
    """All kinds of bodies by id."""
    found: dict[str, Agency] = {}
    for source in SOURCES:
        data = tomllib.loads(read(source))
        for entry in (*data.get("body", ()), *_rungs(data.get("ladder", ()))):
            if entry["id"] in found:
                raise ValueError(f"{source}: {entry['id']} stands twice")
            found[entry["id"]] = _agency(entry)
    return found


def _rungs(ladders: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The entries of bodies that stand on several levels: what holds for all, then what holds for the level."""
    for ladder in ladders:
        for level in ladder["levels"]:
            own = ladder.get(level, {})
            common: dict[str, Any] = {name: ladder[name] for name in ("group", "inner") if name in ladder}
            yield {
                **common,
                **own,
                "id": f"{ladder['stem']}-{_SUFFIX[level]}",
                "level": level,
                "names": [*ladder["names"], *own.get("names", ())],
            }


def _agency(entry: dict[str, Any]) -> Agency:
    return Agency(
        id=entry["id"],
        level=entry.get("level", "central"),
        names=tuple(entry["names"]),
        abbreviations=tuple(entry.get("abbreviations", ())),
        since=entry.get("since"),
        until=entry.get("until"),
        successors=tuple(entry.get("successors", ())),
        act=entry.get("act"),
        group=entry.get("group"),
        office=entry.get("office"),
        inner=entry.get("inner", False),
        varies=entry.get("varies", False),
        confirmed=entry.get("confirmed", True),
    )


@cache
def _index() -> tuple[dict[str, tuple[Agency, ...]], int]:
    found: dict[str, list[Agency]] = {}
    for agency in agencies().values():
        keys = {key(name) for name in agency.names} | {plain(short) for short in agency.abbreviations}
        for each in keys:
            found.setdefault(each, []).append(agency)
    longest = max(len(each.split()) for each in found)
    return {each: tuple(listed) for each, listed in found.items()}, longest


def heads(words: list[str]) -> Iterator[tuple[tuple[Agency, ...], list[str]]]:
    """The bodies whose name begins a list of folded words, the longest name first, each with the words behind it."""
    index, longest = _index()
    for end in range(min(len(words), longest), 0, -1):
        found = index.get(" ".join(words[:end]))
        if found:
            yield found, words[end:]


def of_day(candidates: Iterable[Agency], day: date | None) -> Agency | None:
    """The one that stood on a day, else the one whose time lies nearest to it."""
    listed = list(candidates)
    standing = [agency for agency in listed if agency.on(day)]
    if day is None:
        standing = [agency for agency in standing if agency.until is None] or standing
    if standing:
        return standing[0]
    return min(listed, key=lambda agency: _gap(agency, day), default=None)


def _gap(agency: Agency, day: date | None) -> int:
    if day is None:
        return 0
    if agency.until and agency.until < day:
        return (day - agency.until).days
    return (agency.since - day).days if agency.since else 0


@cache
def members(group: str, level: Level) -> tuple[Agency, ...]:
    """The bodies of a group at a level, of any time."""
    return tuple(each for each in agencies().values() if each.group == group and each.level == level)


_ALONE = re.compile(
    r"^(?:(?:dong chi|d c|ong|ba|quyen|cac) )*"
    r"(?:pho )?(?P<title>tong giam doc|giam doc|chu tich|thu truong|lanh dao|nguoi dung dau|bo truong|tong cuc truong|chi cuc truong|cuc truong"
    r"|vu truong|vien truong|hieu truong|chanh an|chanh|bi thu|tu lenh|chi huy truong|thong doc|chu nhiem|hat truong|truong|thuong truc"
    r"|ban thuong vu|ban thuong truc|ban giam doc|tap the|tong thu k[iy]|uy vien)(?: cac)?(?: |$)"
)


def without_title(text: str) -> tuple[str, str | None]:
    """A folded name without the title of its head, and that title ("giam doc so y te": "so y te", "giam doc").

    The head stands for the body: "Giám đốc Sở", "Chủ tịch UBND", "Thủ trưởng các sở".
    """
    match = _ALONE.match(text)
    if not match:
        return re.sub(r"^(?:dong chi|d c) ", "", text), None
    rest = text[match.end() :]
    if _ALONE.match(rest):
        return without_title(rest)[0], match["title"]
    plural = "cac " if match[0].rstrip().endswith(" cac") and rest else ""
    return plural + rest, match["title"]
