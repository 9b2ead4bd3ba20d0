"""Tables of what people look for and of what is alike: saved searches, their matches, near-duplicates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from register.models.base import AUTO, Base, Short


class LetterBand(Base):
    """A part of a letter's MinHash signature: letters that share one are perhaps almost the same text.

    A letter whose text is too short to compare has the one band -1.
    """

    __tablename__ = "letter_bands"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True)
    band: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[int] = mapped_column(BigInteger, index=True)


class Twin(Base):
    """Two letters of almost the same text; `letter_id` is the one read later, `likeness` from 0 to 1."""

    __tablename__ = "twins"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True)
    twin_id: Mapped[int] = mapped_column(
        ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    likeness: Mapped[float]


class SavedSearch(Base):
    """A question that a user keeps; `question` is the JSON of `search.saved_query`.

    With `notify` the user is told of what newly matches; what came before
    `since` (saved, or notices turned on) is no news. `checked_on` is the day of the last run over the whole index, None before the first; `too_wide`
    says that more matches than can be watched.
    """

    __tablename__ = "saved_searches"
    __table_args__ = (UniqueConstraint("user_id", "name"), AUTO)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    question: Mapped[Any] = mapped_column(JSON)
    notify: Mapped[bool]
    created_at: Mapped[datetime]
    since: Mapped[datetime]
    checked_on: Mapped[date | None]
    too_wide: Mapped[bool]


class SearchMatch(Base):
    """A document that matches a watched search: `state` is known (it did before), new, or seen.

    `doc_id` is the document's id in the index, `letter_id` its letter; a
    letter that leaves the register takes its matches along.
    """

    __tablename__ = "search_matches"
    __table_args__ = (
        UniqueConstraint("search_id", "doc_id"),
        Index("ix_search_matches_state", "search_id", "state"),
        AUTO,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    search_id: Mapped[int] = mapped_column(ForeignKey("saved_searches.id", ondelete="CASCADE"))
    doc_id: Mapped[str] = mapped_column(Short)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(Short)
    found_at: Mapped[datetime]


class ListView(Base):
    """A user's own name for a way of seeing a list (`shown`: "tasks" or "letters"); `query` is the address behind the "?"."""

    __tablename__ = "list_views"
    __table_args__ = (UniqueConstraint("user_id", "shown", "name"), AUTO)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    shown: Mapped[str] = mapped_column(Short)
    name: Mapped[str]
    query: Mapped[str]
    created_at: Mapped[datetime]
