"""Tables of the office itself: its units (đơn vị), who follows their work, its names of agencies, its books."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from register.models.base import AUTO, Base, Short


class Unit(Base):
    """A unit of the office (phòng, ban, đơn vị); users belong to one by `User.unit_id`.

    `name_fold` is the name without diacritics, unique. `short` is its
    abbreviation (VP, TCHC …), `head_id` the head's user. A unit is closed
    (`active` False), never deleted: history names it.
    """

    __tablename__ = "units"
    __table_args__ = (AUTO,)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_fold: Mapped[str] = mapped_column(unique=True)
    short: Mapped[str | None] = mapped_column(Short)
    head_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    active: Mapped[bool]
    created_at: Mapped[datetime]


class UnitFollower(Base):
    """A user who is reminded of a unit's work beside its head, as a member or from elsewhere (a leader)."""

    __tablename__ = "unit_followers"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class AgencyName(Base):
    """A name that the office added to the registry of agencies.

    `name_key` is `nlp.agencies.keys.key` of it, `agency_id` the identity it
    stands for, `meant` the name by which the office said so ("" for a body of its own).
    """

    __tablename__ = "agency_names"
    __table_args__ = (AUTO,)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)
    agency_id: Mapped[str] = mapped_column(Short)
    meant: Mapped[str]
    created_at: Mapped[datetime]


class Book(Base):
    """A book of incoming letters (sổ văn bản đến). Closed (`active` False), never deleted: its numbers stand."""

    __tablename__ = "books"
    __table_args__ = (AUTO,)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_fold: Mapped[str] = mapped_column(unique=True)
    active: Mapped[bool]
    created_at: Mapped[datetime]


class Arrival(Base):
    """A number given in a book and year (số đến); `letter_id` None: given once, its letter left the book."""

    __tablename__ = "arrivals"
    __table_args__ = (UniqueConstraint("book_id", "year", "number"), AUTO)

    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(ForeignKey("books.id"))
    year: Mapped[int]
    number: Mapped[int]
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id", ondelete="SET NULL"), unique=True)
    at: Mapped[datetime]

    book: Mapped[Book] = relationship()


class OfficeSetting(Base):
    """What the office set on its own pages (`register.office_settings`); no row: as the program comes."""

    __tablename__ = "office_settings"

    name: Mapped[str] = mapped_column(Short, primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
