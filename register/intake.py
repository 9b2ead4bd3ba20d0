"""Receiving files: every upload gets a row, also the one that is known, broken or refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from ingest.errors import DondocError
from register.originals import OriginalStore
from register.views import FileView, Slice


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an upload. `duplicate_of` is the earlier upload of the same content.

    `state` is that of this upload: "waiting" for a new one, "duplicate" for a
    known one (the state of the first upload is then in `first_state`).
    """

    file_id: int
    sha256: str
    state: str
    duplicate_of: int | None = None
    first_state: str | None = None
    job_id: int | None = None


def receive(
    s: Session,
    store: OriginalStore,
    content: Path | bytes,
    *,
    name: str,
    at: datetime,
    by: int | None = None,
    media_type: str | None = None,
    version: str | None = None,
) -> Receipt:
    """Take in a file: keep its bytes unchanged, write its row, queue its processing.

    `version` is that of the processing to queue (kind "process", payload
    {"file_id": …}); None queues nothing. The same content a second time gives
    a row in state "duplicate" and no job. A file of the content of a refused
    (confined) one is not kept either.
    """
    raise NotImplementedError


def requeue(
    s: Session, file_id: int, *, version: str, at: datetime, by: int | None = None, force: bool = False
) -> int:
    """Queue a file for processing (again) under a version; gives the job's id.

    A step already done is queued again only with `force` (a failed file after
    the cause was mended). BadRequest for unknown, duplicate or refused files.
    """
    raise NotImplementedError


def reading(s: Session, file_id: int, *, at: datetime) -> None:
    """Mark that a worker has begun to read the file."""
    raise NotImplementedError


def fail(s: Session, file_id: int, error: DondocError, *, at: datetime) -> None:
    """The file could not be processed: state "failed" with the error's code, message and advice.

    The original is kept; letters of an earlier processing stay.
    """
    raise NotImplementedError


def refuse(s: Session, store: OriginalStore, file_id: int, error: DondocError, *, at: datetime) -> None:
    """The letter is confined (MẬT …): its file is not kept, only sha256, name and the reason stay.

    The bytes are discarded after the transaction has been committed.
    """
    raise NotImplementedError


def get(s: Session, file_id: int) -> FileView:
    """One upload. BadRequest "file-unknown" if there is none."""
    raise NotImplementedError


def listing(
    s: Session,
    *,
    states: Iterable[str] = (),
    name: str | None = None,
    offset: int = 0,
    limit: int = 50,
) -> Slice[FileView]:
    """Uploads, newest first; `name` is a part of the file name."""
    raise NotImplementedError


def counts(s: Session) -> dict[str, int]:
    """How many uploads there are in each state."""
    raise NotImplementedError
