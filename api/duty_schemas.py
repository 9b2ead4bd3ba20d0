"""The answers and bodies of the REST interface on single obligations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from api.deps import MAX_ID
from api.duty_actions import BULK
from api.schemas import LetterTaskOut, Out
from register.assigning import MOST_COOPERATING


class AttachmentOut(Out):
    """A file given as evidence. `state`: waiting (being checked), kept, unread, or refused (a secrecy mark; not kept)."""

    id: int
    name: str
    media_type: str
    size: int
    state: str


class EventOut(Out):
    """An entry of the history; `answers` is the request that a decision answers."""

    id: int
    kind: str = Field(
        description="note, done, reopened, extension-requested, extension-granted, extension-refused, "
        "cancelled, restored, assigned"
    )
    on_day: date | None
    old_due: date | None
    new_due: date | None
    answers: int | None
    text: str | None
    letter_id: int | None
    assignee_id: int | None
    assignee_name: str | None
    unit_id: int | None
    unit_name: str | None
    cooperating: tuple[str, ...] | None = Field(description="who helps from then on; null: as before")
    files: tuple[AttachmentOut, ...]
    user_id: int | None
    user_name: str | None
    at: datetime


class RequestOut(EventOut):
    """An extension request that waits for a decision."""

    obligation_id: int


class SourceOut(Out):
    """The letter that gave the task."""

    id: int
    code: str | None
    kind: str | None
    issuer: str | None
    issued_on: date | None
    subject: str | None
    signer_authority: str | None
    signer_position: str | None
    signer_name: str | None


class PartyOut(Out):
    """A unit or a person of the office."""

    kind: Literal["unit", "user"]
    id: int
    name: str


class DutyOut(BaseModel):
    """One obligation whole; its days and occurrences are those of `task.obligations` with the same id."""

    obligation_id: int
    task: LetterTaskOut
    source: SourceOut
    role: str
    body: str
    due_on: date | None
    done_on: date | None
    cancelled_on: date | None
    cancel_reason: str | None
    status: str
    tracked: bool
    open: bool
    assignee_id: int | None
    assignee_name: str | None
    unit_id: int | None
    unit_name: str | None
    cooperating: list[PartyOut] = Field(description="who in the office helps")
    page: int | None = Field(description="page of the letter on which the task begins")
    requests: list[EventOut] = Field(description="extension requests without a decision")
    events: list[EventOut]
    version: int


class PersonOut(Out):
    """Somebody who can be given work."""

    id: int
    name: str
    role: str
    unit_id: int | None


class NoteIn(BaseModel):
    """How it goes."""

    text: str = Field(min_length=1, max_length=5000)


class PartyIn(BaseModel):
    """A unit or a person of the office."""

    kind: Literal["unit", "user"]
    id: int = Field(ge=1, le=MAX_ID)


class AssignIn(BaseModel):
    """To whom: a user, a unit or both; both null for nobody. Without a unit it is the user's own."""

    user_id: int | None = Field(default=None, ge=1, le=MAX_ID)
    unit_id: int | None = Field(default=None, ge=1, le=MAX_ID)
    cooperating: list[PartyIn] | None = Field(
        default=None, max_length=MOST_COOPERATING, description="who helps from now on; null leaves them"
    )
    text: str = Field(default="", max_length=5000)


class ExtensionIn(BaseModel):
    """A later due day, and why."""

    new_due: date
    reason: str = Field(min_length=1, max_length=5000)


class DecisionIn(BaseModel):
    """Granted (until the day asked for, or another) or refused."""

    granted: bool
    new_due: date | None = None
    text: str = Field(default="", max_length=5000)


class CompletionIn(BaseModel):
    """The evidence: a letter of the register; without `on` the day is that of the letter, else today."""

    on: date | None = None
    letter_id: int | None = Field(default=None, ge=1, le=MAX_ID)
    text: str = Field(default="", max_length=5000)
    occurrence_id: int | None = Field(default=None, ge=1, le=MAX_ID)
    whole: bool = Field(default=False, description="no further occurrence will follow")


class CancellationIn(BaseModel):
    """Why it is no longer tracked."""

    reason: str = Field(min_length=1, max_length=5000)


class BulkIn(BaseModel):
    """The same for several obligations."""

    ids: list[int] = Field(min_length=1, max_length=BULK)
    action: Literal["complete", "assign"]
    on: date | None = Field(default=None, description="complete: the day, else today")
    user_id: int | None = Field(default=None, ge=1, le=MAX_ID, description="assign: to whom, null for nobody")
    unit_id: int | None = Field(default=None, ge=1, le=MAX_ID, description="assign: to which unit")


class BulkRefusedOut(BaseModel):
    """One that was not changed, and why."""

    id: int
    code: str
    title: str


class BulkOut(BaseModel):
    """What became of it."""

    done: list[int]
    refused: list[BulkRefusedOut]
