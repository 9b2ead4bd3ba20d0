"""Bringing a letter's tasks in step with a new reading, keeping ids and people's decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload, undefer

from nlp import types as nlp_types
from register import duties, fields, touch
from register.models import Correction, Letter, Obligation, Task
from register.terms import Term
from register.text import fold

SAME_LABEL = 70
"""Likeness (0–100) of texts from which two tasks of one label are the same."""

ANY_LABEL = 90
"""Likeness from which two tasks are the same whatever their labels."""

PARTICULARS = ("report_to", "channel", "conditions", "exceptions", "products")
"""What a task says beside who and when; kept with its evidence."""


def sync_tasks(
    s: Session,
    letter: Letter,
    read: Sequence[nlp_types.Task],
    forms: Sequence[Mapping[str, Any]],
    ctx: duties.Context,
) -> None:
    """Write the tasks that were read, apply corrections again, keep or withdraw what is no longer read."""
    present = tasks_of(s, letter.id)
    made: dict[int, list[Correction]] = {}
    for correction in s.scalars(
        select(Correction)
        .where(Correction.letter_id == letter.id, Correction.task_id.is_not(None))
        .order_by(Correction.id)
    ):
        made.setdefault(correction.task_id or 0, []).append(correction)
    from_program = [task for task in present if task.origin == "program"]
    pairs = match(from_program, read)
    rows: list[Task] = []
    for index, (task, form) in enumerate(zip(read, forms, strict=True)):
        row = pairs.get(index)
        if row is None:
            row = Task(letter_id=letter.id, letter=letter, origin="program")
            s.add(row)
        elif row in present:
            present.remove(row)
        terms = _write(row, task, form)
        corrections = fields.latest(made.get(row.id, ())) if row.id else {}
        for field, value in corrections.items():
            if field in fields.TASK_FIELDS:
                terms = fields.set_task(row, field, value) or ([] if field == "deadlines" else terms)
        rows.append(row)
        row.position = len(rows)
        s.flush()
        duties.sync(s, row, terms, ctx)
    persons = [task for task in present if task.origin == "person"]
    for row in persons:
        duties.sync(s, row, duties.terms_of(row), ctx)
    gone = [task for task in present if task.origin == "program"]
    kept = [row for row in gone if not _forget(s, row, bool(made.get(row.id)), ctx)]
    order(rows, persons, made)
    for position, row in enumerate(kept, len(rows) + 1):
        row.position = position
    s.flush()


def tasks_of(s: Session, letter_id: int) -> list[Task]:
    """All tasks of a letter with everything that belongs to them, in a fixed number of queries."""
    return list(
        s.scalars(
            select(Task)
            .where(Task.letter_id == letter_id)
            .order_by(Task.position, Task.id)
            .options(
                undefer(Task.key),
                selectinload(Task.deadlines),
                selectinload(Task.obligations).selectinload(Obligation.occurrences),
            )
        )
    )


def match(present: Sequence[Task], read: Sequence[nlp_types.Task]) -> dict[int, Task]:
    """Which task of the register each read one is, by its index: the same text, or a like one of the same label."""
    free = list(present)
    found: dict[int, Task] = {}
    keys = [fold(task.text, None) for task in read]

    def take(index: int, row: Task) -> None:
        found[index] = row
        free.remove(row)

    for same_label in (True, False):
        for index, task in enumerate(read):
            if index in found:
                continue
            for row in free:
                if row.key == keys[index] and (row.label == task.label or not same_label):
                    take(index, row)
                    break
    for same_label, least in ((True, SAME_LABEL), (False, ANY_LABEL)):
        for index, task in enumerate(read):
            likely = [row for row in free if row.label == task.label or not same_label]
            if index in found or not likely:
                continue
            best = max(likely, key=lambda row: fuzz.ratio(row.key, keys[index]))
            if fuzz.ratio(best.key, keys[index]) >= least:
                take(index, best)
    return found


def order(rows: list[Task], persons: Sequence[Task], made: Mapping[int, Sequence[Correction]]) -> None:
    """Put tasks that a person added after the task they were added to, then number all."""
    # What a task was added after is older than it.
    for row in sorted(persons, key=lambda each: each.id):
        after = fields.latest(made.get(row.id, ())).get("added", {}).get("after")
        places = [index for index, each in enumerate(rows) if each.id == after]
        rows.insert(places[0] + 1 if places else len(rows), row)
    for position, row in enumerate(rows, 1):
        row.position = position


def _write(row: Task, task: nlp_types.Task, form: Mapping[str, Any]) -> list[tuple[Term, Any]]:
    """The task as read; gives its deadlines as terms with their evidence."""
    evidence = form["evidence"]
    row.label, row.text, row.report_to = task.label, task.text, form["report_to"]
    row.key = fold(task.text, None)
    row.text_fold = row.key
    row.optional, row.inherited = task.optional, task.inherited
    row.evidence = evidence["task"]
    row.responsible = _bodies(form["responsible"], evidence["responsible"])
    row.coordinating = _bodies(form["coordinating"], evidence["coordinating"])
    row.particulars = {name: _noted(form[name], evidence[name]) for name in PARTICULARS if form[name]}
    row.state = "active"
    return [
        (Term(each.kind, each.date, each.rule, each.raw, each.strict, each.warnings), each_form["evidence"])
        for each, each_form in zip(task.deadlines, form["deadlines"], strict=True)
    ]


def _noted(texts: str | Sequence[str], evidence: Any) -> list[dict[str, Any]]:
    return _bodies([texts], [evidence]) if isinstance(texts, str) else _bodies(texts, evidence)


def _bodies(names: Sequence[str], evidence: Sequence[Any]) -> list[dict[str, Any]]:
    return [{"text": name, "evidence": place} for name, place in zip(names, evidence, strict=True)]


def _forget(s: Session, row: Task, corrected: bool, ctx: duties.Context) -> bool:
    """A task no longer read: deleted unless people decided anything about it, then withdrawn."""
    decided = [each for each in row.obligations if duties.has_history(s, each)]
    if not corrected and not decided:
        for each in row.obligations:
            touch.obligation_gone(s, each, at=ctx.at)
        s.delete(row)
        return True
    row.state = "withdrawn"
    return False
