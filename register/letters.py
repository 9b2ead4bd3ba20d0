"""Reading letters out of the register: one, many, lists with filters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy.orm import Session

from ingest.types import Page
from register.recording import Recorded, record
from register.views import LetterRow, LetterView, Slice

__all__ = ["LetterFilter", "Recorded", "get", "get_many", "ids", "listing", "pages", "record"]

LetterSort = Literal["received", "issued", "number", "issuer"]


@dataclass(frozen=True, slots=True)
class LetterFilter:
    """Which letters. All given conditions must hold.

    `kind` and `direction` exact ("công văn", "đến"); `issuer`, `subject` a
    part of the text, with or without diacritics; `number` a document number
    in any spelling ("1617", "1617/BCT-CNĐP", "công văn 1617/2009"); `states`
    as in `register.models.Letter` (empty: all but withdrawn); `has_tasks`
    tells letters with tracked tasks from those without.
    """

    kind: str | None = None
    issuer: str | None = None
    subject: str | None = None
    number: str | None = None
    direction: str | None = None
    states: tuple[str, ...] = ()
    issued_from: date | None = None
    issued_to: date | None = None
    received_from: date | None = None
    received_to: date | None = None
    file_id: int | None = None
    urgency: str | None = None
    has_tasks: bool | None = None


def listing(
    s: Session,
    where: LetterFilter = LetterFilter(),
    *,
    sort: LetterSort = "received",
    descending: bool = True,
    offset: int = 0,
    limit: int = 50,
) -> Slice[LetterRow]:
    """A page of letters, two queries whatever its length."""
    raise NotImplementedError


def get(s: Session, letter_id: int) -> LetterView:
    """A letter whole. BadRequest "letter-unknown" if there is none."""
    raise NotImplementedError


def get_many(s: Session, letter_ids: Sequence[int]) -> tuple[LetterView, ...]:
    """Several letters whole in a fixed number of queries, in the order asked; unknown ids are left out."""
    raise NotImplementedError


def ids(s: Session) -> Iterator[tuple[int, int]]:
    """Ids and versions of all letters that are not withdrawn, for reconciling an index."""
    raise NotImplementedError


def pages(s: Session, letter_id: int) -> tuple[Page, ...]:
    """The letter's pages as they were read."""
    raise NotImplementedError
