"""Keeping obligations, deadlines and occurrences in step with a task's values.

Nothing that a person decided on is lost: an obligation with a history is
cancelled where it is no longer named, never deleted; a day that was done or
extended hands that on to the day that takes its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session, selectinload

from register import calendar_days, touch
from register.agencies import agency_resolver
from register.models import Deadline, Event, Letter, Obligation, Occurrence, Task
from register.terms import Anchors, Term, days, office_days, work_out
from register.text import fold

HORIZON_DAYS = 400
"""How far ahead recurring deadlines are materialised: a yearly report always has its next day."""

AUTO_CANCELLED = "không còn được nêu trong văn bản sau khi đọc lại hoặc sửa"

Resolver = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Context:
    """What is needed to work a letter's duties out: anchors of deadlines, the moment, the registry of agencies."""

    anchors: Anchors
    at: datetime
    resolve: Resolver


def context(
    letter: Letter,
    *,
    at: datetime,
    holidays: Mapping[date, bool] | None = None,
    horizon_days: int = HORIZON_DAYS,
) -> Context:
    """The context of a letter at a moment; without `holidays` the office's own days as they stand in the register."""
    session = object_session(letter)
    if holidays is None and session is not None:
        holidays = calendar_days.overrides(session)
    registered = letter.file.received_at.date()
    arrived = letter.received_on or letter.issued_on
    start = max(registered, arrived) if arrived else registered
    anchors = Anchors(
        issued_on=letter.issued_on,
        received_on=letter.received_on,
        start=start,
        until=max(at.date(), start) + timedelta(days=horizon_days),
        office=office_days(holidays),
    )
    return Context(anchors, at, agency_resolver(letter))


def sync(s: Session, task: Task, terms: Sequence[tuple[Term, Any]], ctx: Context) -> None:
    """Bring the obligations, deadlines and occurrences of a task in step; `terms` come with their evidence."""
    if touch.tracked(task):
        _sync_bodies(s, task, ctx)
    decided = _sync_deadlines(s, task, terms)
    s.flush()
    materialise(s, task, ctx, decided)


def terms_of(task: Task) -> list[tuple[Term, Any]]:
    """The task's present deadlines as values with their evidence."""
    return [(_term(deadline), deadline.evidence) for deadline in task.deadlines]


def materialise(
    s: Session, task: Task, ctx: Context, decided: Mapping[int, Sequence[Occurrence]] | None = None
) -> None:
    """Work every deadline of the task out and see that each open obligation has its occurrences."""
    plans = []
    for deadline in task.deadlines:
        term = _term(deadline)
        worked = work_out(term, ctx.anchors)
        deadline.safe_on = worked.safe_on
        deadline.warnings = list(worked.warnings)
        plans.append((deadline, days(term, worked, ctx.anchors)))
    for obligation in task.obligations:
        if obligation.done_on is None and obligation.cancelled_on is None:
            for deadline, wanted in plans:
                _occur(obligation, deadline, wanted)
            _hand_on(obligation, (decided or {}).get(obligation.id, ()))
        s.flush()
        refresh(obligation)


def refresh(obligation: Obligation) -> None:
    """Derive the day the status is judged by: that of the next open occurrence, else of the last one."""
    ordered = sorted(obligation.occurrences, key=lambda each: (each.due_on, each.id or 0))
    open_ = [each for each in ordered if each.done_on is None]
    shown = open_[0] if open_ else ordered[-1] if ordered else None
    obligation.due_on = shown.due_on if shown else None
    obligation.printed_on = shown.printed_on if shown else None


def recurring(obligation: Obligation) -> bool:
    """Whether further occurrences will follow."""
    return any(deadline.kind == "recurring" and deadline.rule for deadline in obligation.task.deadlines)


def has_history(s: Session, obligation: Obligation) -> bool:
    """Whether a person ever decided anything about the obligation."""
    if obligation.done_on or any(each.done_on for each in obligation.occurrences):
        return True
    return s.scalar(select(Event.id).where(Event.obligation_id == obligation.id).limit(1)) is not None


def roll_forward(
    s: Session, *, at: datetime, holidays: Mapping[date, bool] | None = None, horizon_days: int = HORIZON_DAYS
) -> int:
    """Materialise the occurrences of recurring deadlines up to the horizon; once a day. Gives the obligations changed."""
    tasks = s.scalars(
        select(Task)
        .where(
            Task.id.in_(
                select(Deadline.task_id).where(Deadline.kind == "recurring", Deadline.rule.is_not(None))
            )
        )
        .where(Task.state == "active", Task.optional.is_(False))
        .options(
            selectinload(Task.deadlines),
            selectinload(Task.obligations).selectinload(Obligation.occurrences),
            selectinload(Task.letter).selectinload(Letter.file),
        )
    )
    changed = 0
    for task in tasks:
        before = {each.id: (len(each.occurrences), each.due_on) for each in task.obligations}
        materialise(s, task, context(task.letter, at=at, holidays=holidays, horizon_days=horizon_days))
        for each in task.obligations:
            if before[each.id][1] != each.due_on:
                touch.obligation(s, each, at=at)
            changed += before[each.id] != (len(each.occurrences), each.due_on)
    return changed


def _sync_bodies(s: Session, task: Task, ctx: Context) -> None:
    wanted: dict[tuple[str, str], tuple[str, Any]] = {}
    for role, bodies in (("lead", task.responsible), ("cooperating", task.coordinating)):
        for body in bodies:
            wanted.setdefault((role, fold(body["text"])), (body["text"], body.get("evidence")))
    if not any(role == "lead" for role, _ in wanted):
        wanted["lead", ""] = ("", None)  # who must do it is unknown, that it must be done is not
    present = {(each.role, each.body_fold): each for each in task.obligations}
    missing = [key for key in wanted if key not in present]
    surplus = [key for key in present if key not in wanted and present[key].cancelled_on is None]
    for role in ("lead", "cooperating"):
        news, olds = [k for k in missing if k[0] == role], [k for k in surplus if k[0] == role]
        if len(news) == len(olds) == 1:
            # One name took the place of one other: the same obligation with its name put right.
            present[news[0]] = present.pop(olds[0])
    for position, (key, (body, evidence)) in enumerate(wanted.items(), 1):
        row = present.get(key)
        if row is None:
            row = Obligation(letter_id=task.letter_id, role=key[0], created_at=ctx.at, version=0)
            task.obligations.append(row)
        row.position, row.body, row.body_fold, row.evidence = position, body, key[1], evidence
        row.changed_at = ctx.at
        row.agency_id = ctx.resolve(body)
        if row.cancelled_on is not None and row.cancel_reason == AUTO_CANCELLED:
            row.cancelled_on = row.cancel_reason = None
    s.flush()
    for key in [key for key in present if key not in wanted]:
        row = present[key]
        if has_history(s, row):
            if row.cancelled_on is None:
                row.cancelled_on, row.cancel_reason = ctx.at.date(), AUTO_CANCELLED
        else:
            touch.obligation_gone(s, row, at=ctx.at)
            task.obligations.remove(row)


def _sync_deadlines(s: Session, task: Task, terms: Sequence[tuple[Term, Any]]) -> dict[int, list[Occurrence]]:
    """Put the task's deadlines in order; gives decided occurrences, by obligation, of deadlines that went."""
    old = {_identity(_term(deadline)): deadline for deadline in task.deadlines}
    kept: list[Deadline] = []
    for position, (term, evidence) in enumerate(terms, 1):
        row = old.pop(_identity(term), None)
        if row is None:
            row = Deadline(
                kind=term.kind, printed_on=term.printed_on, rule=term.rule, raw=term.raw, strict=term.strict
            )
            task.deadlines.append(row)
        row.position, row.evidence, row.read_warnings = position, evidence, list(term.warnings)
        row.warnings = row.read_warnings
        kept.append(row)
    decided: dict[int, list[Occurrence]] = {}
    for row in old.values():
        for obligation in task.obligations:
            for occurrence in [each for each in obligation.occurrences if each.deadline_id == row.id]:
                if occurrence.done_on or occurrence.due_on != occurrence.first_due_on:
                    decided.setdefault(obligation.id, []).append(occurrence)
                obligation.occurrences.remove(occurrence)
    s.flush()
    task.deadlines[:] = kept
    return decided


def _occur(obligation: Obligation, deadline: Deadline, wanted: Sequence[tuple[date, date]]) -> None:
    own = [each for each in obligation.occurrences if each.deadline_id == deadline.id]
    if deadline.kind != "recurring" and len(own) == 1 and len(wanted) == 1:
        _move(own[0], *wanted[0])
        return
    present = {each.printed_on: each for each in own}
    for printed_on, safe_on in wanted:
        if printed_on in present:
            _move(present[printed_on], printed_on, safe_on)
        else:
            obligation.occurrences.append(
                Occurrence(
                    deadline_id=deadline.id, printed_on=printed_on, first_due_on=safe_on, due_on=safe_on
                )
            )
    if deadline.kind != "recurring" and not wanted:
        for each in own:
            if each.done_on is None:
                obligation.occurrences.remove(each)


def _move(occurrence: Occurrence, printed_on: date, safe_on: date) -> None:
    extended = occurrence.due_on != occurrence.first_due_on
    occurrence.printed_on, occurrence.first_due_on = printed_on, safe_on
    if not extended:
        occurrence.due_on = safe_on


def _hand_on(obligation: Obligation, decided: Sequence[Occurrence]) -> None:
    """What was done or extended on a deadline that went holds for the one that took its place."""
    for old in decided:
        heirs = [each for each in obligation.occurrences if each.printed_on == old.printed_on]
        heirs = heirs or (obligation.occurrences if len(obligation.occurrences) == 1 else [])
        for heir in heirs[:1]:
            heir.done_on = heir.done_on or old.done_on
            if old.due_on != old.first_due_on:
                heir.due_on = old.due_on


def _term(row: Deadline) -> Term:
    return Term(row.kind, row.printed_on, row.rule, row.raw, row.strict, tuple(row.read_warnings))


def _identity(term: Term) -> tuple[object, ...]:
    return (term.kind, term.printed_on, term.rule, term.raw, term.strict)
