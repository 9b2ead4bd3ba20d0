"""Receiving files: every upload gets a row, also the one that is known, broken or refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from ingest.errors import DondocError
from ingest.faults import Complaint
from ingest.faults import complaints as faults_of
from ingest.jsonform import quality_from_json
from register import attaching, audit, jobs, touch
from register.errors import refused, unknown
from register.graph import settle
from register.insert import insert_ignoring
from register.models import File, FilePage, Job, Letter, Obligation
from register.models.documents import FIRST_UPLOAD
from register.names import safe_name
from register.originals import OriginalStore, digest_of
from register.views import FileView, Slice

STEP = "process"
"""The kind of the job that takes a file through reading, understanding and recording."""

URGENCIES = ("hỏa tốc", "thượng khẩn", "khẩn")
"""Degrees of urgency, the most urgent first (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

STATES = ("waiting", "reading", "done", "failed", "refused", "duplicate", "merged")


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
    sha256 = digest_of(content)
    name = safe_name(name)  # wherever it comes from: a browser, a folder of a share in another encoding
    first = _first(s, sha256)
    if first is not None and first.state == "refused":
        size = len(content) if isinstance(content, bytes) else content.stat().st_size
    else:
        # Bytes first: a row must never point to an original that is not there. Bytes without a row are harmless.
        size = store.put(content).size
    values = {
        "sha256": sha256,
        "name": name,
        "media_type": media_type,
        "size": size,
        "received_at": at,
        "received_by": by,
        "changed_at": at,
    }
    if first is None and insert_ignoring(
        s, File, {**values, "state": "waiting"}, conflict=["sha256"], where=FIRST_UPLOAD
    ):
        file = s.scalars(select(File).where(File.sha256 == sha256, FIRST_UPLOAD)).one()
        audit.write(s, "file-received", "file", file.id, at=at, by=by, name=name, sha256=sha256, size=size)
        job_id = _enqueue(s, file, version, at, force=False) if version else None
        return Receipt(file.id, sha256, "waiting", job_id=job_id)
    first = first or _first(s, sha256)
    assert first is not None
    again = File(**values, state="duplicate", duplicate_of=first.id)
    s.add(again)
    s.flush()
    audit.write(s, "file-duplicate", "file", again.id, at=at, by=by, name=name, duplicate_of=first.id)
    return Receipt(again.id, sha256, "duplicate", duplicate_of=first.id, first_state=first.state)


def requeue(
    s: Session, file_id: int, *, version: str, at: datetime, by: int | None = None, force: bool = False
) -> int:
    """Queue a file for processing (again) under a version; gives the job's id.

    A step already done is queued again only with `force` (a failed file after
    the cause was mended). BadRequest for unknown, duplicate or refused files.
    """
    file = _file(s, file_id)
    if file.state in ("duplicate", "refused", "merged"):
        raise refused(
            "file-not-processable",
            f"Tệp “{file.name}” không được xử lý lại (trạng thái: {file.state}).",
            f"The file “{file.name}” cannot be processed again (state: {file.state}).",
        )
    job_id = _enqueue(s, file, version, at, force=force)
    audit.write(s, "file-requeued", "file", file.id, at=at, by=by, version=version)
    return job_id


def reading(s: Session, file_id: int, *, at: datetime) -> None:
    """Mark that a worker has begun to read the file."""
    file = _file(s, file_id)
    file.state, file.changed_at = "reading", at


def waiting(s: Session, file_id: int, *, at: datetime) -> None:
    """The file was not read to its end and waits for another try."""
    file = _file(s, file_id)
    if file.state == "reading":
        file.state, file.changed_at = "waiting", at


def fail(s: Session, file_id: int, error: DondocError, *, at: datetime) -> None:
    """The file could not be processed: state "failed" with the error's code, message and advice.

    The original is kept; letters of an earlier processing stay.
    """
    file = _file(s, file_id)
    _reason(file, "failed", error, at)
    audit.write(s, "file-failed", "file", file.id, at=at, code=error.code)


def refuse(s: Session, store: OriginalStore, file_id: int, error: DondocError, *, at: datetime) -> None:
    """The letter is confined (MẬT …): its file is not kept, only sha256, name and the reason stay.

    The bytes are discarded after the transaction has been committed.
    """
    file = _file(s, file_id)
    _reason(file, "refused", error, at)
    file.media_type = file.page_count = None
    settle.mark(s, file.letters)
    for letter in list(file.letters):
        for each in s.scalars(select(Obligation).where(Obligation.letter_id == letter.id)):
            touch.obligation_gone(s, each, at=at)
        touch.letter_gone(s, letter, at=at)
        s.delete(letter)
    settle.settle(s)
    audit.write(s, "file-refused", "file", file.id, at=at, code=error.code)
    # Pages of other files that were read as part of this one are as confined as it is.
    files = [file, *s.scalars(select(File).where(File.merged_into == file.id, File.state == "merged"))]
    for other in files[1:]:
        _reason(other, "refused", error, at)
        other.media_type = other.page_count = None
    gone = {sha256 for each in files for sha256 in (each.sha256, each.read_sha256) if sha256}
    for each in files:
        each.arrangement = each.read_sha256 = None
    for sha256 in gone:
        attaching.refuse(s, store, sha256, at=at)
    # Only after the commit: should it fail, the row would point to bytes that are gone.
    s.info.setdefault("after_commit", []).extend(partial(store.discard, sha256) for sha256 in sorted(gone))


def get(s: Session, file_id: int) -> FileView:
    """One upload. BadRequest "file-unknown" if there is none."""
    return _views(s, [_file(s, file_id)])[0]


def by_ids(s: Session, file_ids: Sequence[int]) -> dict[int, FileView]:
    """Uploads by id; what does not exist is left out."""
    rows = s.scalars(select(File).where(File.id.in_(file_ids))).all()
    return {file.id: file for file in _views(s, rows)}


def listing(
    s: Session,
    *,
    states: Iterable[str] = (),
    name: str | None = None,
    offset: int = 0,
    limit: int = 50,
) -> Slice[FileView]:
    """Uploads, newest first; `name` is a part of the file name."""
    query = select(File)
    if states:
        query = query.where(File.state.in_(tuple(states)))
    if name:
        query = query.where(File.name.icontains(name, autoescape=True))
    total = s.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = s.scalars(query.order_by(File.id.desc()).offset(offset).limit(limit)).all()
    return Slice(_views(s, rows), total, offset, limit)


def urgent(s: Session, *, limit: int = 50) -> dict[int, str]:
    """Uploads that hold a letter with a degree of urgency nobody has reviewed: the degree by the upload's id, hỏa tốc first, then the newest."""
    rows = s.execute(
        select(Letter.file_id, Letter.urgency)
        .where(Letter.state == "unreviewed", Letter.urgency.in_(URGENCIES))
        .order_by(
            case(dict(zip(URGENCIES, range(len(URGENCIES)), strict=True)), value=Letter.urgency),
            Letter.id.desc(),
        )
        .limit(limit)
    )
    found: dict[int, str] = {}
    for file_id, degree in rows:
        found.setdefault(file_id, str(degree))
    return found


def counts(s: Session) -> dict[str, int]:
    """How many uploads there are in each state."""
    found = dict(s.execute(select(File.state, func.count()).group_by(File.state)).all())
    return {state: found.get(state, 0) for state in STATES}


def _first(s: Session, sha256: str) -> File | None:
    """The upload of this content that counts."""
    return s.scalars(select(File).where(File.sha256 == sha256, FIRST_UPLOAD)).one_or_none()


def _file(s: Session, file_id: int) -> File:
    file = s.get(File, file_id)
    if file is None:
        raise unknown("file", file_id)
    return file


def _enqueue(s: Session, file: File, version: str, at: datetime, *, force: bool) -> int:
    key = jobs.step_key(file.sha256, STEP, version)
    job_id = jobs.enqueue(s, STEP, key=key, payload={"file_id": file.id}, at=at, force=force)
    job = jobs.get(s, job_id)
    if job is not None and job.state == "queued":
        file.state, file.changed_at = "waiting", at
    return job_id


def _reason(file: File, state: str, error: DondocError, at: datetime) -> None:
    file.state, file.changed_at, file.reason = state, at, error.code[:64]
    file.message, file.message_en = error.message, error.message_en
    file.advice, file.advice_en = error.advice, error.advice_en


def _views(s: Session, files: Sequence[File]) -> tuple[FileView, ...]:
    owners = {file.duplicate_of or file.id for file in files}
    letters: dict[int, list[int]] = {}
    for file_id, letter_id in s.execute(
        select(Letter.file_id, Letter.id)
        .where(Letter.file_id.in_(owners), Letter.state != "withdrawn")
        .order_by(Letter.ordinal)
    ):
        letters.setdefault(file_id, []).append(letter_id)
    running: dict[str, object] = {}
    hashes = {file.sha256 for file in files if file.state in ("waiting", "reading")}
    if hashes:
        for key, progress in s.execute(select(Job.step_key, Job.progress).where(Job.state == "running")):
            running[key.split(":")[0]] = progress
    return tuple(
        FileView(
            id=file.id,
            sha256=file.sha256,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            received_at=file.received_at,
            received_by=file.received_by,
            duplicate_of=file.duplicate_of,
            state=file.state,
            reason=file.reason,
            message=file.message,
            message_en=file.message_en,
            advice=file.advice,
            advice_en=file.advice_en,
            page_count=file.page_count,
            version=file.version,
            letter_ids=tuple(letters.get(file.duplicate_of or file.id, ())),
            progress=running.get(file.sha256) if file.sha256 in hashes else None,  # type: ignore[arg-type]
            read_sha256=file.read_sha256,
            arranged=file.arrangement is not None,
            merged_into=file.merged_into,
        )
        for file in files
    )


def known(s: Session, sha256: str) -> int | None:
    """The first upload of this content, None where it was never received."""
    file = _first(s, sha256)
    return file.id if file else None


def complaints(s: Session, files: Sequence[FileView]) -> dict[int, tuple[Complaint, ...]]:
    """What is wrong with the images of each file's pages, by the file's id, in the order of the pages; only files with faults."""
    versions = {file.id: file.version for file in files if file.state == "done" and file.version}
    found: dict[int, tuple[Complaint, ...]] = {}
    rows = s.execute(
        select(FilePage.file_id, FilePage.version, FilePage.number, FilePage.notes, FilePage.quality)
        .where(FilePage.file_id.in_(versions))
        .order_by(FilePage.file_id, FilePage.number)
    )
    for file_id, version, number, notes, quality in rows:
        if version == versions[file_id]:
            faults = faults_of(number, notes, quality_from_json(quality))
            found[file_id] = (*found.get(file_id, ()), *faults)
    return {file_id: faults for file_id, faults in found.items() if faults}
