"""Values of the registry of agencies: territories, kinds of bodies, identities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Level = Literal["central", "region", "province", "district", "commune"]
"""Where a body stands. "region" bodies (tòa án nhân dân khu vực …) have several to a province and no own territory here."""

ORDER: tuple[Level, ...] = ("central", "province", "district", "commune")


@dataclass(frozen=True, slots=True)
class Territory:
    """A province, district or commune from `since` to `until` (both included; None: not known, still).

    `key` is its identity: the code, with the year where a later unit took an
    earlier one's code ("51-2025"); districts and communes carry the keys of
    what they lie in ("51.525", "51.525.21043", "51-2025.21043"). `renamed` is
    the day from which `name` holds where it was `also` before (Thừa Thiên Huế).
    """

    key: str
    level: Level
    code: str
    name: str
    parent: str | None = None
    also: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    successors: tuple[str, ...] = ()
    act: str | None = None
    renamed: date | None = None

    def on(self, day: date | None) -> bool:
        """True where it stood on a day; on an unknown day nothing is excluded."""
        return stood(self.since, self.until, day)


@dataclass(frozen=True, slots=True)
class Agency:
    """A kind of body: central ones are one body, others one in each territory of their level.

    `group` is the set it belongs to in expressions such as "các Bộ" or "các sở"
    (see groups.toml); `office` the body that "Văn phòng" and "Chánh Văn phòng" mean in
    its letters; `inner` names also occur as sections of other bodies. `varies`: the days differ from province to province, those
    given are the first possible. `confirmed` is false where the act or the day
    was not seen in a source.
    """

    id: str
    level: Level
    names: tuple[str, ...]
    abbreviations: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    successors: tuple[str, ...] = ()
    act: str | None = None
    group: str | None = None
    office: str | None = None
    inner: bool = False
    varies: bool = False
    confirmed: bool = True

    def on(self, day: date | None) -> bool:
        """True where it stood on a day; the days of `varies` bodies are those of the first province."""
        return stood(self.since, self.until, day)


@dataclass(frozen=True, slots=True)
class AgencyId:
    """Identity of a body: the agency's id and, below the centre, the key of its territory (None: not known)."""

    agency: str
    territory: str | None = None

    def __str__(self) -> str:
        return f"{self.agency}@{self.territory}" if self.territory else self.agency

    @classmethod
    def parse(cls, text: str) -> AgencyId:
        """The identity that `str` printed."""
        agency, _, place = text.partition("@")
        return cls(agency, place or None)


def stood(since: date | None, until: date | None, day: date | None) -> bool:
    """True where a day lies in a period; an unknown day lies in all."""
    return day is None or ((since is None or since <= day) and (until is None or day <= until))
