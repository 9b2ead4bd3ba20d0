"""Writing what the program understood of a file, in one transaction, idempotent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload, undefer

from ingest.jsonform import quality_to_json
from ingest.types import Reading
from nlp.jsonform import to_json
from nlp.types import Dispatch
from nlp.values import HEADER_FIELDS
from register import audit, books, duties, fields, pages, resemblance, touch
from register.citations import write_references
from register.direction import direction
from register.errors import refused, unknown
from register.graph import changes, replies, settle
from register.models import Correction, Extraction, File, FilePage, Letter, Task
from register.tasksync import sync_tasks


@dataclass(frozen=True, slots=True)
class Recorded:
    """What `record` did: the file's letters; `again` if the same had been recorded before."""

    letter_ids: tuple[int, ...]
    again: bool = False


def record(
    s: Session,
    file_id: int,
    reading: Reading,
    dispatches: Sequence[Dispatch],
    *,
    version: str,
    at: datetime,
    home_agency: str | None = None,
    received_on: date | None = None,
    holidays: Mapping[date, bool] | None = None,
    horizon_days: int = duties.HORIZON_DAYS,
    read_sha256: str | None = None,
) -> Recorded:
    """Write letters, pages, extractions, tasks, obligations, deadlines, occurrences, references, graph, audit and outbox.

    The same file and version a second time changes nothing. A new version
    keeps every id it can (letters by their order, tasks by their text,
    obligations by role and body), applies people's corrections again, and
    never deletes what people had decided on: that becomes "withdrawn".

    `home_agency` names the office: a letter it issued has the direction "đi",
    any other "đến". `received_on` is the day of arrival where the office
    entered one; else the ĐẾN stamp's. `holidays` maps days to whether they
    are worked (True: a make-up working day), as the office set them.
    Recurring deadlines are materialised up to `horizon_days` after `at`.
    `read_sha256` is the content that was read where a person had arranged the pages.
    """
    file = s.scalars(select(File).where(File.id == file_id).with_for_update()).one_or_none()
    if file is None:
        raise unknown("file", file_id)
    if file.state in ("duplicate", "refused", "merged"):
        raise refused(
            "file-not-processable",
            f"Tệp “{file.name}” không được ghi vào sổ (trạng thái: {file.state}).",
            f"The file “{file.name}” cannot be recorded (state: {file.state}).",
        )
    present = {letter.ordinal: letter for letter in _letters(s, file_id)}
    forms = [to_json(dispatch) for dispatch in dispatches]
    if _recorded_before(s, file, present, forms, version):
        file.state, file.changed_at = "done", at
        return Recorded(
            tuple(letter.id for letter in present.values() if letter.state != "withdrawn"), again=True
        )
    version = _fresh_version(s, file, version)
    settle.mark(s, present.values())
    _write_pages(s, file, reading, version)
    ids = []
    for ordinal, (dispatch, form) in enumerate(zip(dispatches, forms, strict=True), 1):
        letter = present.pop(ordinal, None)
        if letter is None:
            letter = Letter(
                file=file, ordinal=ordinal, state="unreviewed", created_at=at, changed_at=at, version=0
            )
            s.add(letter)
        _write_header(letter, dispatch, form, version, home_agency, received_on)
        s.flush()
        _correct_again(s, letter)
        s.flush()
        # The database alone would take the day in UTC: early on 1 January that is another year than that of the number.
        letter.arrived_on = books.day_of(letter)
        books.enter(s, letter, at=at)
        ctx = duties.context(letter, at=at, holidays=holidays, horizon_days=horizon_days)
        s.add(Extraction(letter_id=letter.id, version=version, at=at, dispatch=form))
        sync_tasks(s, letter, dispatch.tasks, form["tasks"], ctx)
        write_references(s, letter, dispatch, form["references"])
        resemblance.remember(s, letter)
        s.flush()
        changes.write(s, letter)
        settle.mark(s, [letter])
        touch.letter(s, letter, at=at, obligations=True)
        ids.append(letter.id)
    for letter in present.values():
        withdraw(s, letter, at)
    _finish_file(file, reading, version, at)
    file.read_sha256 = read_sha256
    replies.offer(s, settle.settle(s), ids)
    audit.write(s, "recorded", "file", file.id, at=at, actor="worker", version=version, letters=ids)
    s.flush()
    return Recorded(tuple(ids))


def _letters(s: Session, file_id: int) -> Sequence[Letter]:
    return s.scalars(select(Letter).where(Letter.file_id == file_id).order_by(Letter.ordinal)).all()


def _recorded_before(
    s: Session, file: File, present: Mapping[int, Letter], forms: Sequence[Mapping[str, Any]], version: str
) -> bool:
    """Whether this very result is what stands: then a rerun (of a job whose worker was killed) is harmless."""
    if file.version is None or file.version.split("~")[0] != version:
        return False
    if file.state == "done":
        return True
    current = [letter for letter in present.values() if letter.state != "withdrawn"]
    stored = s.scalars(
        select(Extraction)
        .join(Letter, Letter.id == Extraction.letter_id)
        .where(Letter.file_id == file.id, Extraction.version == file.version)
        .order_by(Letter.ordinal)
        .options(undefer(Extraction.dispatch))
    ).all()
    return len(current) == len(forms) and [each.dispatch for each in stored] == list(forms)


def _fresh_version(s: Session, file: File, version: str) -> str:
    """The version, with a count where it was forced again: an extraction is never overwritten."""
    used = set(s.scalars(select(FilePage.version).where(FilePage.file_id == file.id).distinct()))
    used.update(
        s.scalars(
            select(Extraction.version)
            .join(Letter, Letter.id == Extraction.letter_id)
            .where(Letter.file_id == file.id)
        )
    )
    count, fresh = 1, version
    while fresh in used:
        count += 1
        fresh = f"{version}~{count}"
    return fresh


def _write_pages(s: Session, file: File, reading: Reading, version: str) -> None:
    s.add_all(
        FilePage(
            file_id=file.id,
            version=version,
            number=page.number,
            width=page.width,
            height=page.height,
            dpi=page.dpi,
            source=page.source,
            text=page.text,
            layout=pages.layout_of(page),
            marks=pages.marks_of(page),
            notes=list(page.notes),
            quality=quality_to_json(page.quality),
        )
        for page in reading.pages
    )


def _write_header(
    letter: Letter,
    dispatch: Dispatch,
    form: Mapping[str, Any],
    version: str,
    home_agency: str | None,
    received_on: date | None,
) -> None:
    """The header as read; corrections come after."""
    for name in HEADER_FIELDS:
        if name not in ("issued_on", "secrecy"):
            setattr(letter, name, form[name])
    letter.issued_on = _day(form["issued_on"])
    signer, stamp = dispatch.signer, dispatch.incoming
    letter.signer_authority = signer.authority if signer else None
    letter.signer_position = signer.position if signer else None
    letter.signer_name = signer.name if signer else None
    entered = letter.received_on if letter.received_on != letter.incoming_on else None
    letter.incoming_number = stamp.number if stamp else None
    letter.incoming_on = stamp.date if stamp else None
    letter.incoming_body = stamp.body if stamp else None
    letter.received_on = received_on or entered or letter.incoming_on
    letter.addressees, letter.recipients = form["addressees"], form["recipients"]
    letter.evidence = {
        **form["evidence"],
        "references": [_surest(each) for each in form["references"]],
        "handwritten": form["handwritten"],
    }
    letter.warnings, letter.pages, letter.doubts = form["warnings"], form["pages"], len(form["review"])
    letter.text = dispatch.text
    letter.direction = direction(letter.issuer, letter.parent_body, home_agency)
    letter.extraction = version
    if letter.state == "withdrawn":
        letter.state = "unreviewed"
    fields.derive(letter)


def _surest(reference: Mapping[str, Any]) -> dict[str, Any] | None:
    """The evidence of a reference's surest mention; its boxes stay with the mentions."""
    mentions: Sequence[Mapping[str, Any]] = reference["mentions"]
    best = max(mentions, key=lambda each: float(each["confidence"]), default=None)
    return {**best, "boxes": []} if best else None


def _correct_again(s: Session, letter: Letter) -> None:
    made = s.scalars(
        select(Correction)
        .where(Correction.letter_id == letter.id, Correction.task_id.is_(None))
        .order_by(Correction.id)
    ).all()
    for field, value in fields.latest(made).items():
        if field in fields.LETTER_FIELDS:
            fields.set_letter(letter, field, value)


def withdraw(s: Session, letter: Letter, at: datetime) -> None:
    """A letter that the new reading does not find: kept as withdrawn if people worked on it, else deleted."""
    tasks = s.scalars(
        select(Task).where(Task.letter_id == letter.id).options(selectinload(Task.obligations))
    ).all()
    corrected = s.scalar(select(Correction.id).where(Correction.letter_id == letter.id).limit(1)) is not None
    decided = any(duties.has_history(s, each) for task in tasks for each in task.obligations)
    if corrected or decided or letter.state != "unreviewed" or replies.decided(s, letter.id):
        letter.state = "withdrawn"
        touch.letter(s, letter, at=at, obligations=True)
        return
    for task in tasks:
        for obligation in task.obligations:
            touch.obligation_gone(s, obligation, at=at)
    touch.letter_gone(s, letter, at=at)
    s.delete(letter)


def _finish_file(file: File, reading: Reading, version: str, at: datetime) -> None:
    file.state, file.version, file.changed_at = "done", version, at
    file.page_count, file.media_type = len(reading.pages), reading.media_type
    file.reason = file.message = file.message_en = file.advice = file.advice_en = None


def _day(value: str | None) -> date | None:
    """A day as read; one that does not exist ("2018-02-42") is unknown."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None
