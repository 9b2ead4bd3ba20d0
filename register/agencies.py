"""Canonical ids of the bodies of a letter, from its header as it stands after people's corrections."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy.orm import object_session

from nlp.agencies.identity import resolver
from nlp.agencies.keys import key
from nlp.types import Evidence, Field, Header, Named
from register import own_agencies
from register.models import Letter

LONGEST_ID = 64
"""How long an id may be in the table; a list of many bodies has none of its own."""


def agency_resolver(letter: Letter) -> Callable[[str], str | None]:
    """The canonical id of any body the letter names, as of its date; None where the registry does not know it.

    Names that the office added (`register.own_agencies`) win over the registry.
    """

    @cache
    def resolve() -> Callable[[str], str | None]:
        header = Header(
            issuer=_field(letter.issuer), parent_body=_field(letter.parent_body), place=_field(letter.place)
        )
        addressees = tuple(Named(text, _NOWHERE) for text in letter.addressees or ())
        return resolver(header, addressees, letter.issued_on)

    session = object_session(letter)
    own = own_agencies.known(session) if session is not None else {}

    def agency_id(name: str) -> str | None:
        if own and (added := own.get(key(name))):
            return added
        found = resolve()(name) if name else None
        return found if found and len(found) <= LONGEST_ID else None

    return agency_id


_NOWHERE = Evidence(0, 0, "register")


def _field(value: Any) -> Field | None:
    return Field(value, _NOWHERE) if value else None
