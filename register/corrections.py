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

from sqlalchemy.orm import Session


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
    raise NotImplementedError


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
    raise NotImplementedError


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
    raise NotImplementedError


def split_task(s: Session, task_id: int, *, offset: int, at: datetime, by: int | None) -> int:
    """Cut a task's text at a character offset; the second half becomes a task with the same bodies. Gives its id."""
    raise NotImplementedError


def merge_tasks(s: Session, task_id: int, other_id: int, *, at: datetime, by: int | None) -> None:
    """Join the other task's text and bodies to the first; the other is dropped."""
    raise NotImplementedError


def review(s: Session, letter_id: int, *, at: datetime, by: int | None, reviewed: bool = True) -> None:
    """Mark a letter as reviewed, or take that back."""
    raise NotImplementedError


def history(s: Session, letter_id: int) -> tuple[CorrectionView, ...]:
    """All corrections of a letter and its tasks, oldest first."""
    raise NotImplementedError
