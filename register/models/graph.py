"""Tables of the graph of citations: cited documents, which are the same, what changes what, replies.

The columns `Letter.document_id`, `Reference.document_id`, `CitedDocument.root_id`
and `Event.letter_id` are no foreign keys: SQLite can add a constraint to a
table only by writing it anew, and roots may have any order in a backup.
`register.graph.settle` keeps them right within the transaction.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from register.models.base import AUTO, Base, Short


class CitedDocument(Base):
    """One identity as it is cited or printed (số, ký hiệu, năm, cơ quan, ngày).

    `key` is the whole identity and unique, `series` the same without the day:
    people's decisions are kept by it. Identities of one document share a
    `root_id`, the id of the most complete of them (0 until it is decided); whoever asks for a document
    asks by the root. `place` is the territory a local issuer belongs to, where
    it is told, `scope` that of the letter it was read in. `number_key` and
    `symbol_key` are folded; a law without a number has its `title_key`, and so
    has an `unread` letter, one of ours whose number or day was not read.
    `words` is what the citation box searches, folded. An identity that no
    letter bears or cites any more is deleted.
    """

    __tablename__ = "cited_documents"
    __table_args__ = (
        Index("ix_cited_documents_number", "number_key", "symbol_key"),
        Index("ix_cited_documents_title", "title_key"),
        Index("ix_cited_documents_unread", "unread", "symbol_key"),
        AUTO,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    series: Mapped[str] = mapped_column(index=True)
    root_id: Mapped[int] = mapped_column(index=True)
    type: Mapped[str | None]
    code: Mapped[str | None]
    number: Mapped[str | None]
    number_key: Mapped[str | None]
    year: Mapped[int | None] = mapped_column(index=True)
    year_in_code: Mapped[bool]
    symbol: Mapped[str | None]
    symbol_key: Mapped[str | None] = mapped_column(index=True)
    dated_on: Mapped[date | None]
    issuer: Mapped[str | None]
    place: Mapped[str | None]
    scope: Mapped[str | None]
    title: Mapped[str | None]
    title_key: Mapped[str | None]
    unread: Mapped[bool]
    words: Mapped[str]


class SameDocument(Base):
    """Two series that are probably one document (read or printed differently).

    `state`: probable (proposed, nobody has decided), confirmed or rejected. `reason`: symbol (one
    letter apart) or title (the same title, a number that was not read).
    Decided rows outlive the letters they came from; `left` < `right`.
    """

    __tablename__ = "same_documents"
    __table_args__ = (UniqueConstraint("left", "right"), AUTO)

    id: Mapped[int] = mapped_column(primary_key=True)
    left: Mapped[str]
    right: Mapped[str] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(Short, index=True)
    reason: Mapped[str] = mapped_column(Short)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime | None]


class Change(Base):
    """A letter says that one document amends, replaces or repeals another (sửa đổi, thay thế, bãi bỏ).

    `actor_id` is the citation of the changing document, None where the letter
    itself is it; `target_id` the citation of the changed one. `from_day` is
    the day it takes effect as far as the letter tells: else the day of the
    actor, else the letter's own.
    """

    __tablename__ = "changes"
    __table_args__ = (AUTO,)

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("citations.id", ondelete="CASCADE"), index=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("citations.id", ondelete="CASCADE"), index=True)
    effect: Mapped[str] = mapped_column(Short)
    from_day: Mapped[date | None]
    page: Mapped[int | None]
    snippet: Mapped[str]


class Reply(Base):
    """An outgoing letter offered as evidence that an obligation is fulfilled.

    `state`: offered, accepted (then `event_id` is the completion) or declined.
    `reference_id` is the citation by which it answers; `reports` says that the
    task asks for a report. Undecided offers follow the letters; decided ones stay.
    """

    __tablename__ = "replies"
    __table_args__ = (UniqueConstraint("obligation_id", "letter_id"), AUTO)

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligations.id", ondelete="CASCADE"))
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(Short, index=True)
    reports: Mapped[bool]
    page: Mapped[int | None]
    snippet: Mapped[str]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime | None]
