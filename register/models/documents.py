"""Tables of what came in: files, their pages, the letters in them and what was extracted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from register.models.base import AUTO, Base, Short

FIRST_UPLOAD = text("state <> 'duplicate'")


class File(Base):
    """One upload (tệp gốc). The bytes lie in the `OriginalStore` under their SHA-256.

    `state`: waiting, reading, done, failed, refused (a confined letter: only
    sha256, name and reason are kept) or duplicate (`duplicate_of` is the
    upload that was taken). `version` is that of the processing whose result
    stands; `page_count` is the number of pages, None before reading.
    `arrangement` is how a person put its pages (`register.arranging`), None as it came;
    `read_sha256` the content that stands was read from where that is not the original;
    state "merged": its pages are read as part of the file `merged_into`.
    """

    __tablename__ = "files"
    __table_args__ = (
        # Of each content one upload counts; further ones only say "duplicate".
        Index(
            "uq_files_first", "sha256", unique=True, sqlite_where=FIRST_UPLOAD, postgresql_where=FIRST_UPLOAD
        ),
        AUTO,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(Short, index=True)
    name: Mapped[str]
    media_type: Mapped[str | None]
    size: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(index=True)
    received_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    duplicate_of: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    state: Mapped[str] = mapped_column(Short, index=True)
    reason: Mapped[str | None] = mapped_column(Short)
    message: Mapped[str | None]
    message_en: Mapped[str | None]
    advice: Mapped[str | None]
    advice_en: Mapped[str | None]
    page_count: Mapped[int | None]
    version: Mapped[str | None] = mapped_column(Short)
    changed_at: Mapped[datetime]
    arrangement: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    read_sha256: Mapped[str | None] = mapped_column(Short)
    merged_into: Mapped[int | None]

    letters: Mapped[list[Letter]] = relationship(
        back_populates="file", order_by="Letter.ordinal", cascade="all, delete-orphan", passive_deletes=True
    )


class FilePage(Base):
    """One page as it was read; never overwritten, a new reading has a new `version`.

    Sizes in points; `layout` is the compact JSON of `register.pages` (lines of
    words with boxes and confidence), `marks` the stamps set apart.
    """

    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("file_id", "version", "number"), AUTO)

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id", ondelete="CASCADE"))
    version: Mapped[str] = mapped_column(Short)
    number: Mapped[int]
    width: Mapped[float]
    height: Mapped[float]
    dpi: Mapped[int | None]
    source: Mapped[str] = mapped_column(Short)
    text: Mapped[str] = mapped_column(deferred=True)
    layout: Mapped[Any] = mapped_column(JSON, deferred=True)
    marks: Mapped[Any] = mapped_column(JSON, deferred=True)
    notes: Mapped[Any] = mapped_column(JSON)
    quality: Mapped[Any | None] = mapped_column(JSON)


class Letter(Base):
    """One administrative document (văn bản) found in a file; header values after corrections.

    `ordinal` counts from 1 inside the file. `direction` is "đến" or "đi".
    `number_key` is `nlp.numbers.DocumentNumber.key()` of its own number.
    `incoming_*` is the ĐẾN stamp, `received_on` the day of arrival as entered
    by the office, `arrived_on` the same or else the day the file was taken in (`register.books.day_of`; kept by the database, too, migration 0010; for queries only). `state`: unreviewed, reviewed, or withdrawn (a later
    processing no longer finds it, but people had decided on it). `pages` are
    the page numbers in the file. `extraction` is the version of the current
    extraction; `doubts` how many values it found "cần kiểm tra" (None: read by a
    version that did not tell). `document_id` is the `CitedDocument` that the
    letter is, None without a number or once withdrawn. `version` grows with every change, for the outbox.
    Columns ending in `_fold` hold the text without diacritics in lower case.
    """

    __tablename__ = "letters"
    __table_args__ = (
        UniqueConstraint("file_id", "ordinal"),
        Index("ix_letters_arrived_on", "arrived_on", "id", "state"),
        Index("ix_letters_issuer", "issuer_fold", "state"),
        AUTO,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id", ondelete="CASCADE"))
    ordinal: Mapped[int]
    direction: Mapped[str] = mapped_column(Short)
    kind: Mapped[str | None]
    number: Mapped[str | None]
    symbol: Mapped[str | None]
    number_key: Mapped[str | None] = mapped_column(index=True)
    issuer: Mapped[str | None]
    issuer_fold: Mapped[str | None]
    parent_body: Mapped[str | None]
    place: Mapped[str | None]
    issued_on: Mapped[date | None] = mapped_column(index=True)
    subject: Mapped[str | None]
    subject_fold: Mapped[str | None]
    urgency: Mapped[str | None]
    signer_authority: Mapped[str | None]
    signer_position: Mapped[str | None]
    signer_name: Mapped[str | None]
    incoming_number: Mapped[str | None]
    incoming_on: Mapped[date | None]
    incoming_body: Mapped[str | None]
    received_on: Mapped[date | None] = mapped_column(index=True)
    arrived_on: Mapped[date | None] = mapped_column(deferred=True)
    addressees: Mapped[Any] = mapped_column(JSON)
    recipients: Mapped[Any] = mapped_column(JSON)
    evidence: Mapped[Any] = mapped_column(JSON, deferred=True)
    warnings: Mapped[Any] = mapped_column(JSON)
    pages: Mapped[Any] = mapped_column(JSON)
    text: Mapped[str] = mapped_column(deferred=True)
    state: Mapped[str] = mapped_column(Short, index=True)
    reviewed_at: Mapped[datetime | None]
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    extraction: Mapped[str] = mapped_column(Short)
    doubts: Mapped[int | None]
    document_id: Mapped[int | None] = mapped_column(index=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    file: Mapped[File] = relationship(back_populates="letters")


class Extraction(Base):
    """What one version of the program extracted from a letter, whole; never overwritten.

    `dispatch` is `nlp.jsonform.to_json` without the reading text.
    """

    __tablename__ = "extractions"
    __table_args__ = (UniqueConstraint("letter_id", "version"), AUTO)

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"))
    version: Mapped[str] = mapped_column(Short)
    at: Mapped[datetime]
    dispatch: Mapped[Any] = mapped_column(JSON, deferred=True)


class Reference(Base):
    """A document that a letter cites; one per distinct cited document.

    `number_key` and `symbol_key` are folded by `nlp.numbers` for matching;
    `document_id` is the `CitedDocument` it means.
    """

    __tablename__ = "citations"
    __table_args__ = (Index("ix_citations_cited", "number_key", "year"), AUTO)

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    type: Mapped[str | None]
    code: Mapped[str | None]
    number: Mapped[str | None]
    year: Mapped[int | None]
    symbol: Mapped[str | None]
    number_key: Mapped[str | None]
    symbol_key: Mapped[str | None]
    dated_on: Mapped[date | None]
    title: Mapped[str | None]
    issuer: Mapped[str | None]
    provisions: Mapped[Any] = mapped_column(JSON)
    relation: Mapped[str | None]
    raw: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(index=True)

    mentions: Mapped[list[Mention]] = relationship(
        order_by="Mention.start", cascade="all, delete-orphan", passive_deletes=True
    )


class Mention(Base):
    """One place where a reference stands: page, offsets in the letter's text, boxes, words around it."""

    __tablename__ = "mentions"
    __table_args__ = (AUTO,)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference_id: Mapped[int] = mapped_column(ForeignKey("citations.id", ondelete="CASCADE"), index=True)
    page: Mapped[int | None]
    start: Mapped[int]
    end: Mapped[int]
    boxes: Mapped[Any] = mapped_column(JSON)
    snippet: Mapped[str]
