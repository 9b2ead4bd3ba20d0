"""People's corrections of what the program read: records of their own that survive re-processing.

Fields of a letter (value): kind, number, symbol, issuer, parent_body, place,
subject, urgency, signer_authority, signer_position, signer_name,
incoming_number, incoming_body (text or None); issued_on, incoming_on,
received_on (ISO date or None); direction ("đến", "đi"); addressees,
recipients (list of text).

Fields of a task: label, text, report_to (text or None); optional (bool);
responsible, coordinating (list of text); deadlines (list of {"kind", "date",
"rule", "raw", "strict"}); state ("active", "dropped").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from register import audit, duties, fields, respellings, touch
from register.errors import changed_meanwhile, refused, unknown
from register.graph import changes, replies, settle
from register.models import Correction, Letter, Obligation, Task, User
from register.tasksync import order, tasks_of
from register.terms import Term
from register.text import fold, squeeze


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """One correction with the name of who made it."""

    id: int
    letter_id: int
    task_id: int | None
    field: str
    old: Any
    new: Any
    user_id: int | None
    user_name: str | None
    at: datetime


def correct_letter(
    s: Session,
    letter_id: int,
    field: str,
    value: Any,
    *,
    at: datetime,
    by: int | None,
    expected_version: int | None = None,
    holidays: Mapping[date, bool] | None = None,
) -> None:
    """Set a header field. BadRequest for an unknown field or a value of the wrong form.

    `expected_version` guards against two people at once: BadRequest
    "changed-meanwhile" when the letter has another version. A new
    received_on works out the relative deadlines anew.
    """
    letter = _letter(s, letter_id, expected_version)
    settle.mark(s, [letter])
    old = fields.get_letter(letter, field)
    fields.set_letter(letter, field, value)
    _put(s, letter, None, field, old, fields.get_letter(letter, field), at, by)
    if field in ("received_on", "issued_on"):
        ctx = duties.context(letter, at=at, holidays=holidays)
        for task in tasks_of(s, letter_id):
            duties.materialise(s, task, ctx)
    touch.letter(s, letter, at=at, obligations=True)
    if field in ("kind", "subject", "issued_on"):
        changes.write(s, letter)
    replies.offer(s, settle.settle(s), [letter_id])
    s.flush()


def correct_task(
    s: Session,
    task_id: int,
    field: str,
    value: Any,
    *,
    at: datetime,
    by: int | None,
    expected_version: int | None = None,
    holidays: Mapping[date, bool] | None = None,
) -> None:
    """Set a field of a task; obligations, deadlines and occurrences follow. `expected_version` is the letter's."""
    task, letter = _task(s, task_id, expected_version)
    old = fields.get_task(task, field)
    terms = fields.set_task(task, field, value)
    _sync(s, task, letter, at, holidays, terms)
    _put(s, letter, task, field, old, fields.get_task(task, field), at, by)


def confirm(
    s: Session,
    letter_id: int,
    field: str,
    *,
    task_id: int | None = None,
    at: datetime,
    by: int | None,
    expected_version: int | None = None,
) -> None:
    """Say that a value is right as it stands: kept like a correction, so that a later reading does not change it."""
    if task_id is None:
        letter, task = _letter(s, letter_id, expected_version), None
        value = fields.get_letter(letter, field)
    else:
        task, letter = _task(s, task_id, expected_version)
        value = fields.get_task(task, field)
    _put(s, letter, task, field, value, value, at, by)
    touch.letter(s, letter, at=at)
    s.flush()


def add_task(
    s: Session,
    letter_id: int,
    *,
    text: str,
    at: datetime,
    by: int | None,
    label: str | None = None,
    after: int | None = None,
    responsible: tuple[str, ...] = (),
    coordinating: tuple[str, ...] = (),
    deadlines: tuple[Mapping[str, Any], ...] = (),
    report_to: str | None = None,
    evidence: Mapping[str, Any] | None = None,
    holidays: Mapping[date, bool] | None = None,
) -> int:
    """A task the program missed; it stands after the task `after` (None: at the end). Gives its id."""
    letter = _letter(s, letter_id, None)
    task = Task(letter_id=letter_id, letter=letter, origin="person", state="active", position=0)
    task.text, task.key, task.text_fold, task.inherited, task.optional = "", "", "", False, False
    task.responsible, task.coordinating, task.evidence = [], [], dict(evidence) if evidence else None
    task.particulars = {}
    terms: list[tuple[Term, Any]] = []
    for field, value in (
        ("text", text),
        ("label", label),
        ("report_to", report_to),
        ("responsible", responsible),
        ("coordinating", coordinating),
        ("deadlines", deadlines),
    ):
        terms = fields.set_task(task, field, value) or terms
    task.key = fold(task.text, None)
    s.add(task)
    s.flush()
    _sync(s, task, letter, at, holidays, terms)
    _put(s, letter, task, "added", None, {"after": after}, at, by)
    _renumber(s, letter_id)
    return task.id


def split_task(
    s: Session,
    task_id: int,
    *,
    offset: int,
    at: datetime,
    by: int | None,
    holidays: Mapping[date, bool] | None = None,
) -> int:
    """Cut a task's text at a character offset; the second half becomes a task with the same bodies. Gives its id."""
    task, letter = _task(s, task_id, None)
    first, second = task.text[:offset].strip(), task.text[offset:].strip()
    if not first or not second:
        raise refused(
            "split-empty",
            "Không tách được: một phần sẽ không có nội dung.",
            "The task cannot be cut there: one part would be empty.",
        )
    number = add_task(
        s,
        letter.id,
        text=second,
        at=at,
        by=by,
        label=task.label,
        after=task.id,
        responsible=tuple(body["text"] for body in task.responsible),
        coordinating=tuple(body["text"] for body in task.coordinating),
        report_to=task.report_to,
        evidence=task.evidence,
        holidays=holidays,
    )
    # What else was read goes with the part that holds its words, like each deadline.
    added = s.get_one(Task, number)
    added.particulars = {
        name: [each for each in noted if squeeze(each["text"]) in second and squeeze(each["text"]) not in first]
        for name, noted in task.particulars.items()
    }
    task.particulars = {
        name: [each for each in noted if each not in added.particulars[name]]
        for name, noted in task.particulars.items()
    }
    moved = [
        each
        for each in fields.get_task(task, "deadlines")
        if _holds(second, each) and not _holds(first, each)
    ]
    if moved:
        kept = [each for each in fields.get_task(task, "deadlines") if each not in moved]
        correct_task(s, number, "deadlines", moved, at=at, by=by, holidays=holidays)
        correct_task(s, task_id, "deadlines", kept, at=at, by=by, holidays=holidays)
    correct_task(s, task_id, "text", first, at=at, by=by, holidays=holidays)
    return number


def merge_tasks(
    s: Session,
    task_id: int,
    other_id: int,
    *,
    at: datetime,
    by: int | None,
    holidays: Mapping[date, bool] | None = None,
) -> None:
    """Join the other task's text and bodies to the first; the other is dropped."""
    task, letter = _task(s, task_id, None)
    other, other_letter = _task(s, other_id, None)
    if letter.id != other_letter.id or task.id == other.id:
        raise refused(
            "merge-apart",
            "Chỉ gộp được hai nhiệm vụ khác nhau của cùng một văn bản.",
            "Only two different tasks of one letter can be joined.",
        )
    task.particulars = {
        name: [*task.particulars.get(name, ()), *other.particulars.get(name, ())]
        for name in {**task.particulars, **other.particulars}
    }
    for field in ("responsible", "coordinating", "deadlines"):
        own, theirs = fields.get_task(task, field), fields.get_task(other, field)
        union = own + [each for each in theirs if each not in own]
        if union != own:
            correct_task(s, task_id, field, union, at=at, by=by, holidays=holidays)
    correct_task(s, task_id, "text", f"{task.text} {other.text}", at=at, by=by, holidays=holidays)
    correct_task(s, other_id, "state", "dropped", at=at, by=by, holidays=holidays)


def review(s: Session, letter_id: int, *, at: datetime, by: int | None, reviewed: bool = True) -> None:
    """Mark a letter as reviewed, or take that back."""
    letter = _letter(s, letter_id, None)
    letter.state = "reviewed" if reviewed else "unreviewed"
    letter.reviewed_at, letter.reviewed_by = (at, by) if reviewed else (None, None)
    touch.letter(s, letter, at=at)
    audit.write(s, "letter-reviewed" if reviewed else "letter-unreviewed", "letter", letter_id, at=at, by=by)
    s.flush()


def history(s: Session, letter_id: int) -> tuple[CorrectionView, ...]:
    """All corrections of a letter and its tasks, oldest first."""
    rows = s.execute(
        select(Correction, User.name)
        .join(User, User.id == Correction.user_id, isouter=True)
        .where(Correction.letter_id == letter_id)
        .order_by(Correction.id)
    )
    return tuple(
        CorrectionView(
            each.id, each.letter_id, each.task_id, each.field, each.old, each.new, each.user_id, name, each.at
        )
        for each, name in rows
    )


def _letter(s: Session, letter_id: int, expected_version: int | None) -> Letter:
    letter = s.scalars(
        select(Letter)
        .where(Letter.id == letter_id)
        .with_for_update(of=Letter)
        .options(selectinload(Letter.file))
    ).one_or_none()
    if letter is None:
        raise unknown("letter", letter_id)
    if expected_version is not None and letter.version != expected_version:
        raise changed_meanwhile()
    return letter


def _task(s: Session, task_id: int, expected_version: int | None) -> tuple[Task, Letter]:
    task = s.scalars(
        select(Task)
        .where(Task.id == task_id)
        .options(
            selectinload(Task.deadlines),
            selectinload(Task.obligations).selectinload(Obligation.occurrences),
        )
    ).one_or_none()
    if task is None:
        raise unknown("task", task_id)
    return task, _letter(s, task.letter_id, expected_version)


def _sync(
    s: Session,
    task: Task,
    letter: Letter,
    at: datetime,
    holidays: Mapping[date, bool] | None,
    terms: list[tuple[Term, Any]] | None,
) -> None:
    ctx = duties.context(letter, at=at, holidays=holidays)
    duties.sync(s, task, duties.terms_of(task) if terms is None else terms, ctx)
    s.flush()
    for each in task.obligations:
        touch.obligation(s, each, at=at)
    touch.letter(s, letter, at=at)


def _put(
    s: Session,
    letter: Letter,
    task: Task | None,
    field: str,
    old: Any,
    new: Any,
    at: datetime,
    by: int | None,
) -> None:
    number = task.id if task else None
    s.add(Correction(letter_id=letter.id, task_id=number, field=field, old=old, new=new, user_id=by, at=at))
    entity, entity_id = ("task", number) if task else ("letter", letter.id)
    audit.write(s, "corrected", entity, entity_id, at=at, by=by, field=field, old=old, new=new)
    s.flush()
    respellings.note(s, letter.id, number, field, at=at)


def _renumber(s: Session, letter_id: int) -> None:
    """Give added tasks their places."""
    tasks = tasks_of(s, letter_id)
    made: dict[int, list[Correction]] = {}
    for each in s.scalars(
        select(Correction).where(Correction.letter_id == letter_id, Correction.field == "added")
    ):
        made.setdefault(each.task_id or 0, []).append(each)
    order(
        [task for task in tasks if task.origin == "program"],
        [task for task in tasks if task.origin == "person"],
        made,
    )
    s.flush()


def _holds(text: str, deadline: Mapping[str, Any]) -> bool:
    return bool(deadline["raw"]) and squeeze(deadline["raw"]) in text
