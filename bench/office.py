"""A register in numbers for the pages: the invented letters of `bench.letters` and what they oblige to, in SQLite."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert

from bench.letters import TODAY, Outline, outlines
from register.database import Database
from register.models import Deadline, File, Letter, Obligation, Occurrence, Task
from register.text import fold, number_key

_BATCH = 2_000
_RECURRING = 0.02
"""Share of tasks that come back every month."""


def fill(database: Database, letters: int, tell: Callable[[str], None] = lambda _: None) -> int:
    """Write that many letters with their tasks; gives the obligations. Always the same for a number."""
    rows: dict[type, list[dict[str, Any]]] = {
        each: [] for each in (File, Letter, Task, Deadline, Obligation, Occurrence)
    }
    counts = dict.fromkeys(rows, 0)

    def put(model: type, **values: Any) -> int:
        counts[model] += 1
        rows[model].append({"id": counts[model], **values})
        return counts[model]

    def flush() -> None:
        with database.transaction() as s:
            for model, waiting in rows.items():
                if waiting:
                    s.execute(insert(model), waiting)
                waiting.clear()

    for index, outline in enumerate(outlines(0, letters)):
        _letter(put, outline)
        if index % _BATCH == _BATCH - 1:
            flush()
            if index % 20_000 == 19_999:
                tell(f"{index + 1} văn bản, {counts[Obligation]} nhiệm vụ")
    flush()
    return counts[Obligation]


def _letter(put: Callable[..., int], outline: Outline) -> None:
    own, subject = outline.head, outline.subject.replace("_", " ")
    at = datetime.combine(own.issued + timedelta(days=2), time(2), UTC)
    file = put(
        File, sha256=f"{own.index:064x}", name=f"{own.number}.pdf", media_type="application/pdf", size=90_000, received_at=at,
        state="done", page_count=2, version="bench", changed_at=at,
    )  # fmt: skip
    letter = put(
        Letter, file_id=file, ordinal=1, direction=outline.direction, kind=own.kind, number=str(own.number), symbol=own.symbol,
        number_key=number_key(str(own.number), own.symbol), issuer=own.issuer.name, issuer_fold=fold(own.issuer.name), issued_on=own.issued,
        subject=subject, subject_fold=fold(subject), incoming_number=str(own.index % 5_000 + 1), received_on=at.date(), addressees=[], recipients=[],
        evidence={}, warnings=[], pages=[1, 2], text=subject, state=outline.state, extraction="bench", doubts=0, created_at=at, changed_at=at, version=1,
    )  # fmt: skip
    for position, (text, duties) in enumerate(outline.tasks, 1):
        _task(
            put,
            letter,
            position,
            text.replace("_", " "),
            duties,
            at,
            random.Random(own.index * 31 + position),
        )


def _task(
    put: Callable[..., int],
    letter: int,
    position: int,
    text: str,
    duties: Any,
    at: datetime,
    chance: random.Random,
) -> None:
    task = put(
        Task, letter_id=letter, position=position, label=str(position), text=text, text_fold=fold(text), key=fold(text), evidence={"page": 1},
        optional=False, inherited=False, responsible=[], coordinating=[], particulars={}, origin="program", state="active",
    )  # fmt: skip
    deadline, recurring = None, chance.random() < _RECURRING
    if dues := [due for _, due, _, _ in duties if due]:
        deadline = put(
            Deadline, task_id=task, position=1, kind="recurring" if recurring else "fixed", printed_on=min(dues),
            rule="FREQ=MONTHLY;BYMONTHDAY=25" if recurring else None, raw=f"trước ngày {min(dues):%d/%m/%Y}", strict=True, warnings=[], read_warnings=[], evidence=None,
        )  # fmt: skip
    for number, (body, due, done, late) in enumerate(duties, 1):
        done_on = None if not done else (due or at.date()) + timedelta(days=late)
        obligation = put(
            Obligation, task_id=task, letter_id=letter, position=number, role="lead" if number == 1 or chance.random() < 0.6 else "cooperating",
            body=body.name, body_fold=fold(body.name), agency_id=None, evidence=None, due_on=due, printed_on=due,
            done_on=min(done_on, TODAY) if done_on else None, created_at=at, changed_at=at, version=1,
        )  # fmt: skip
        if due and deadline:
            put(
                Occurrence, obligation_id=obligation, deadline_id=deadline, printed_on=due, first_due_on=due, due_on=due,
                done_on=min(done_on, TODAY) if done_on else None,
            )  # fmt: skip
