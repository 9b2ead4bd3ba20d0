"""What people do with an obligation: done, reopened, notes, extensions (gia hạn), cancelled.

Each writes an event, an audit entry and an outbox entry, and refuses before it
changes anything. Assigning is in `register.assigning`, reading in `register.history`. `at` is the moment
of writing, `on` the day the thing happened.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from register import audit, duties, touch
from register.errors import refused, unknown
from register.models import Event, Obligation, Occurrence, Reply, Task
from register.models.base import Json
from register.text import squeeze

EARLIEST = date(1945, 9, 2)
"""No completion is before this day where the letter's own date is not known."""

YEARS_AHEAD: Final = 5
"""How many years after this one, or that of the present due day, an extension may reach."""


def mark_done(
    s: Session,
    obligation_id: int,
    *,
    on: date,
    at: datetime,
    by: int | None,
    text: str | None = None,
    occurrence_id: int | None = None,
    whole: bool = False,
    today: date | None = None,
    letter_id: int | None = None,
) -> int:
    """The obligation was fulfilled on day `on`: not before its letter's date, nor after `today` where that is given.

    Of a recurring obligation (or one with several due days) that is one
    occurrence: the given one, else the next open one; the whole is done when
    none is open and none will follow, or when `whole` says so. `letter_id` is
    the letter that shows it. Gives the event's id.
    BadRequest when it is done already.
    """
    row = locked_open(s, obligation_id)
    _sensible(on, row.task.letter.issued_on, today)
    occurrence = _occurrence(row, occurrence_id)
    if occurrence is not None:
        occurrence.done_on = on
    remaining = [each for each in row.occurrences if each.done_on is None]
    duties.refresh(row)
    if whole or not (remaining or duties.recurring(row)):
        row.done_on = on
    return enter(
        s, row, "done", at=at, by=by, text=text, on_day=on, occurrence=occurrence, letter_id=letter_id
    ).id


def reopen(s: Session, obligation_id: int, *, at: datetime, by: int | None, text: str | None = None) -> None:
    """Undo the last `mark_done` of the obligation."""
    row = locked(s, obligation_id)
    last = s.scalars(
        select(Event)
        .where(Event.obligation_id == obligation_id, Event.kind.in_(("done", "reopened")))
        .order_by(Event.id.desc())
    ).all()
    # Events come newest first; each "reopened" takes back the nearest earlier "done" not yet taken back.
    undone, event = 0, None
    for each in last:
        if each.kind == "reopened":
            undone += 1
        elif undone:
            undone -= 1
        else:
            event = each
            break
    if event is None:
        raise refused(
            "not-done",
            "Nhiệm vụ này chưa được ghi là hoàn thành.",
            "This obligation has not been marked as done.",
        )
    row.done_on = None
    occurrence = next((each for each in row.occurrences if each.id == event.occurrence_id), None)
    if occurrence is not None:
        occurrence.done_on = None
    duties.refresh(row)
    for reply in s.scalars(select(Reply).where(Reply.event_id == event.id)):
        # What the completion rested on is an offer again.
        reply.state, reply.event_id, reply.user_id, reply.at = "offered", None, None, None
    enter(s, row, "reopened", at=at, by=by, text=text, occurrence=occurrence)


def note(
    s: Session, obligation_id: int, *, text: str, at: datetime, by: int | None, with_files: bool = False
) -> int:
    """Write a note; gives the event's id. `with_files`: files come with it, so it needs no words."""
    words = squeeze(text)
    if not words and not with_files:
        raise refused("note-empty", "Ghi chú chưa có nội dung.", "The note is empty.")
    return enter(s, locked(s, obligation_id), "note", at=at, by=by, text=words or None).id


def request_extension(
    s: Session, obligation_id: int, *, new_due: date, text: str, at: datetime, by: int | None
) -> int:
    """Ask for a later due day (gia hạn) of the next open occurrence; gives the request's id.

    BadRequest when nothing is open, the new day is not later than the present one, or lies more than `YEARS_AHEAD` years ahead.
    """
    row = locked_open(s, obligation_id)
    occurrence = _occurrence(row, None)
    if occurrence is None:
        raise refused(
            "no-term",
            "Nhiệm vụ này không có thời hạn để gia hạn.",
            "This obligation has no due day to extend.",
        )
    _later(occurrence, new_due, at)
    event = enter(
        s,
        row,
        "extension-requested",
        at=at,
        by=by,
        text=squeeze(text) or None,
        occurrence=occurrence,
        old_due=occurrence.due_on,
        new_due=new_due,
    )
    return event.id


def decide_extension(
    s: Session,
    request_id: int,
    *,
    granted: bool,
    at: datetime,
    by: int | None,
    new_due: date | None = None,
    text: str | None = None,
) -> None:
    """Grant (with the day asked for, or another) or refuse an extension; old and new day stay in the history."""
    request = s.get(Event, request_id)
    if request is None or request.kind != "extension-requested":
        raise unknown("extension", request_id)
    row = locked(s, request.obligation_id)
    if s.scalar(select(Event.id).where(Event.answers == request_id).limit(1)) is not None:
        raise refused(
            "extension-decided",
            "Đề nghị gia hạn này đã được quyết định.",
            "This request has already been decided.",
        )
    occurrence = next((each for each in row.occurrences if each.id == request.occurrence_id), None)
    old_due = occurrence.due_on if occurrence else request.old_due
    day = (new_due or request.new_due) if granted else None
    if granted and (
        occurrence is None or day is None or occurrence.done_on is not None or row.done_on is not None
    ):
        raise refused(
            "extension-late",
            "Kỳ hạn này đã hoàn thành hoặc không còn, không gia hạn được nữa.",
            "This due day is done or gone and can no longer be extended.",
        )
    if granted and occurrence is not None and day is not None:
        _later(occurrence, day, at)
        occurrence.due_on = day
        duties.refresh(row)
    enter(
        s,
        row,
        "extension-granted" if granted else "extension-refused",
        at=at,
        by=by,
        text=squeeze(text or "") or None,
        occurrence=occurrence,
        old_due=old_due,
        new_due=day,
        answers=request_id,
    )


def cancel(s: Session, obligation_id: int, *, on: date, reason: str, at: datetime, by: int | None) -> None:
    """Take the obligation out of the tracking, with the reason."""
    row = locked(s, obligation_id)
    if not squeeze(reason):
        raise refused("reason-empty", "Cần ghi lý do.", "A reason is needed.")
    if row.cancelled_on is not None:
        raise refused(
            "cancelled-already", "Nhiệm vụ này đã thôi theo dõi.", "This obligation is no longer tracked."
        )
    row.cancelled_on, row.cancel_reason = on, squeeze(reason)
    enter(s, row, "cancelled", at=at, by=by, text=row.cancel_reason, on_day=on)


def restore(s: Session, obligation_id: int, *, at: datetime, by: int | None) -> None:
    """Take back a cancellation."""
    row = locked(s, obligation_id)
    if row.cancelled_on is None:
        raise refused(
            "not-cancelled", "Nhiệm vụ này đang được theo dõi.", "This obligation is being tracked."
        )
    row.cancelled_on = row.cancel_reason = None
    enter(s, row, "restored", at=at, by=by)


def locked(s: Session, obligation_id: int) -> Obligation:
    """The obligation with all that its rules need, locked until the transaction ends; BadRequest where there is none."""
    row = s.scalars(
        select(Obligation)
        .where(Obligation.id == obligation_id)
        .with_for_update()
        .options(
            selectinload(Obligation.occurrences),
            selectinload(Obligation.task).options(selectinload(Task.deadlines), selectinload(Task.letter)),
        )
    ).one_or_none()
    if row is None:
        raise unknown("obligation", obligation_id)
    return row


def locked_open(s: Session, obligation_id: int) -> Obligation:
    """The same, of what is neither done nor out of the tracking; BadRequest "not-open" else."""
    row = locked(s, obligation_id)
    untracked = not touch.tracked(row.task) or row.task.letter.state == "withdrawn"
    if row.done_on is not None or row.cancelled_on is not None or untracked:
        raise refused(
            "not-open",
            "Nhiệm vụ này đã hoàn thành hoặc đã thôi theo dõi.",
            "This obligation is done or no longer tracked.",
            "Hãy mở lại nhiệm vụ trước.",
            "Reopen it first.",
        )
    return row


def _occurrence(row: Obligation, occurrence_id: int | None) -> Occurrence | None:
    """The occurrence meant: the given one, else the next open one, None where there is none."""
    open_ = sorted((each for each in row.occurrences if each.done_on is None), key=lambda each: each.due_on)
    if occurrence_id is None:
        return open_[0] if open_ else None
    for each in open_:
        if each.id == occurrence_id:
            return each
    raise unknown("occurrence", occurrence_id)


def _sensible(on: date, issued_on: date | None, today: date | None) -> None:
    """A wrong year typed in would count as done in time (or late) for good, so it is asked again."""
    if today is not None and on > today:
        raise refused(
            "done-in-future",
            f"Ngày hoàn thành {on:%d/%m}/{on.year} ở tương lai.",
            f"The day of completion, {on.isoformat()}, is in the future.",
            f"Hãy chọn ngày không sau hôm nay ({today:%d/%m/%Y}).",
            f"Choose a day not after today ({today.isoformat()}).",
        )
    first = issued_on or EARLIEST
    if on < first:
        raise refused(
            "done-before-letter",
            f"Ngày hoàn thành {on:%d/%m}/{on.year} trước ngày ban hành văn bản ({first:%d/%m/%Y}).",
            f"The day of completion, {on.isoformat()}, is before the letter's date ({first.isoformat()}).",
            "Hãy kiểm tra lại; nếu ngày của văn bản đọc sai, hãy sửa ngày đó trước.",
            "Check it; where the letter's date was misread, correct that first.",
        )


def _later(occurrence: Occurrence, new_due: date, at: datetime) -> None:
    last = date(min(max(occurrence.due_on, at.date()).year + YEARS_AHEAD, date.max.year), 12, 31)
    if new_due > last:
        raise refused(
            "extension-too-far",
            f"Ngày gia hạn {new_due:%d/%m/%Y} xa quá {YEARS_AHEAD} năm; có lẽ năm gõ nhầm.",
            f"The new due day {new_due.isoformat()} is more than {YEARS_AHEAD} years ahead; perhaps the year is mistyped.",
            f"Hãy chọn ngày không sau {last:%d/%m/%Y}.",
            f"Choose a day not after {last.isoformat()}.",
        )
    if new_due <= occurrence.due_on:
        raise refused(
            "extension-not-later",
            f"Ngày gia hạn phải sau ngày {occurrence.due_on:%d/%m/%Y}.",
            f"The new due day must be later than {occurrence.due_on.isoformat()}.",
        )


def enter(
    s: Session,
    row: Obligation,
    kind: str,
    *,
    at: datetime,
    by: int | None,
    text: str | None = None,
    on_day: date | None = None,
    occurrence: Occurrence | None = None,
    old_due: date | None = None,
    new_due: date | None = None,
    answers: int | None = None,
    letter_id: int | None = None,
    assignee_id: int | None = None,
    unit_id: int | None = None,
    cooperating: Json | None = None,
) -> Event:
    """Write an event with its audit entry, and tell the index; `kind` as in `register.models.Event`."""
    event = Event(
        obligation_id=row.id,
        occurrence_id=occurrence.id if occurrence else None,
        kind=kind,
        on_day=on_day,
        old_due=old_due,
        new_due=new_due,
        answers=answers,
        text=text,
        letter_id=letter_id,
        assignee_id=assignee_id,
        unit_id=unit_id,
        cooperating=cooperating,
        user_id=by,
        at=at,
    )
    s.add(event)
    s.flush()
    touch.obligation(s, row, at=at)
    audit.write(s, f"obligation-{kind}", "obligation", row.id, at=at, by=by, event=event.id)
    s.flush()
    return event
