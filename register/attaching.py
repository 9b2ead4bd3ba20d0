"""Files as evidence: kept unchanged beside a note or a completion, and checked before anybody gets them back.

An upload is hostile until it was parsed: its type is told by its content, its
bytes are kept as an original, and it is given out only after a worker has read
it in a limited process. A file marked MẬT, TỐI MẬT or TUYỆT MẬT is not kept
(Nghị định 30/2020/NĐ-CP, Điều 15), as at the intake.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ingest.secrecy import confined
from ingest.sniff import sniff
from register import audit, jobs
from register.errors import refused, unknown
from register.models import Attachment, Event, File
from register.names import safe_name
from register.originals import OriginalStore, digest_of
from register.views import AttachmentView

EXAMINE: Final = "examine"
"""The kind of the job that looks for a secrecy mark in a file."""

MOST: Final = 20
"""Files of one entry of the history."""

GIVEN_OUT: Final = ("kept", "unread")


@dataclass(frozen=True, slots=True)
class Incoming:
    """An uploaded file on disk, with the name people gave it."""

    path: Path
    name: str


def attach(
    s: Session,
    store: OriginalStore,
    event_id: int,
    files: Sequence[Incoming],
    *,
    at: datetime,
    by: int | None,
    version: str,
) -> tuple[int, ...]:
    """Keep files beside an event and queue their check by `version` of the reading; gives their ids.

    BadFile for an empty file or a type that the program does not read,
    `Confined` for the content of a file that was refused before; then nothing is attached.
    """
    event = s.get(Event, event_id)
    if event is None:
        raise unknown("event", event_id)
    if len(files) > MOST:
        raise refused("files-too-many", f"Mỗi lần nhiều nhất {MOST} tệp.", f"At most {MOST} files at once.")
    known = [(each, safe_name(each.name), digest_of(each.path)) for each in files]
    kinds = [sniff(each.path, name=name).media_type for each, name, _ in known]
    for _, name, sha256 in known:
        if _was_refused(s, sha256):
            raise confined(name)
    found = []
    for (each, name, sha256), media_type in zip(known, kinds, strict=True):
        # Bytes first: a row must never point to an original that is not there.
        size = store.put(each.path).size
        row = Attachment(
            event_id=event_id, sha256=sha256, name=name, media_type=media_type, size=size, state=_state(s, sha256), at=at
        )  # fmt: skip
        s.add(row)
        s.flush()
        if row.state == "waiting":
            key = jobs.step_key(sha256, EXAMINE, version)
            # Anew also where it was checked before, but what it came with is gone, or the check had failed.
            jobs.enqueue(s, EXAMINE, key=key, payload={"sha256": sha256, "name": name}, at=at, force=True)
        audit.write(
            s, "file-attached", "obligation", event.obligation_id, at=at, by=by,
            event=event_id, file=row.id, name=name, sha256=sha256, size=size,
        )  # fmt: skip
        found.append(row.id)
    return tuple(found)


def of_events(s: Session, event_ids: Collection[int]) -> dict[int, tuple[AttachmentView, ...]]:
    """The files of events, in the order they were attached; one query."""
    found: dict[int, list[AttachmentView]] = {}
    if event_ids:
        for row in s.scalars(
            select(Attachment).where(Attachment.event_id.in_(event_ids)).order_by(Attachment.id)
        ):
            found.setdefault(row.event_id, []).append(_view(row))
    return {event: tuple(rows) for event, rows in found.items()}


def get(s: Session, obligation_id: int, attachment_id: int) -> tuple[AttachmentView, str]:
    """A file of an obligation that may be given out, with its SHA-256.

    BadRequest "attachment-unknown" also for another obligation's and a refused one, "attachment-waiting" before its check.
    """
    row = s.scalars(
        select(Attachment)
        .join(Event, Event.id == Attachment.event_id)
        .where(Attachment.id == attachment_id, Event.obligation_id == obligation_id)
    ).one_or_none()
    if row is None or row.state == "refused":
        raise unknown("attachment", attachment_id)
    if row.state not in GIVEN_OUT:
        raise refused(
            "attachment-waiting",
            f"Tệp “{row.name}” đang được kiểm tra.",
            f"The file “{row.name}” is being checked.",
            "Hãy thử lại sau ít phút.",
            "Try again in a few minutes.",
        )
    return _view(row), row.sha256


def checked(s: Session, sha256: str, *, readable: bool) -> None:
    """A worker has read the content and found no secrecy mark, or could not read it (`readable` False)."""
    s.execute(
        update(Attachment)
        .where(Attachment.sha256 == sha256, Attachment.state == "waiting")
        .values(state="kept" if readable else "unread")
        .execution_options(synchronize_session=False)
    )


def refuse(s: Session, store: OriginalStore, sha256: str, *, at: datetime) -> None:
    """The content carries a secrecy mark: name and reason stay, the bytes are discarded after the commit."""
    rows = s.scalars(
        select(Attachment).where(Attachment.sha256 == sha256, Attachment.state != "refused")
    ).all()
    for row in rows:
        row.state = "refused"
        event = s.get_one(Event, row.event_id)
        audit.write(
            s, "attachment-refused", "obligation", event.obligation_id, at=at, actor="worker", file=row.id
        )
    s.flush()
    if rows:
        s.info.setdefault("after_commit", []).append(lambda: store.discard(sha256))


def _was_refused(s: Session, sha256: str) -> bool:
    attached = (
        select(Attachment.id).where(Attachment.sha256 == sha256, Attachment.state == "refused").limit(1)
    )
    received = select(File.id).where(File.sha256 == sha256, File.state == "refused").limit(1)
    return s.scalar(attached) is not None or s.scalar(received) is not None


def _state(s: Session, sha256: str) -> str:
    """The state of new bytes: those that were checked before need no other check."""
    before = s.scalar(
        select(Attachment.state).where(Attachment.sha256 == sha256, Attachment.state.in_(GIVEN_OUT)).limit(1)
    )
    if before is not None:
        return before
    read = s.scalar(select(File.id).where(File.sha256 == sha256, File.state == "done").limit(1))
    return "waiting" if read is None else "kept"


def _view(row: Attachment) -> AttachmentView:
    return AttachmentView(row.id, row.event_id, row.name, row.media_type, row.size, row.state, row.at)
