"""Names in a letter of the register as bodies of the registry of agencies."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nlp.agencies import Home, home_of, identify
from nlp.types import Evidence, Field, Header, Named
from register.models import Letter

_NOWHERE = Evidence(0, 0, "register")


@dataclass(slots=True)
class Names:
    """What names mean in one letter; each is looked up once."""

    home: Home
    day: date | None
    _known: dict[str, frozenset[str]] = field(default_factory=dict)

    def ids(self, name: str) -> frozenset[str]:
        """Canonical ids of the bodies that a name means: one, those of a group, or none."""
        if name not in self._known:
            self._known[name] = frozenset(identify(name, self.day, self.home).ids)
        return self._known[name]


def names_of(letter: Letter) -> Names:
    """The names of a letter, by its header as it stands after corrections."""
    return Names(home(letter), letter.issued_on)


def home(letter: Letter) -> Home:
    """Where a letter comes from."""
    header = Header(
        issuer=_field(letter.issuer), parent_body=_field(letter.parent_body), place=_field(letter.place)
    )
    return home_of(header, tuple(Named(each, _NOWHERE) for each in letter.addressees or ()), letter.issued_on)


def _field(value: Any) -> Field | None:
    return Field(value, _NOWHERE) if value else None
