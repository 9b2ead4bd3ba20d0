"""What the register gives to readers: frozen values, detached from the database.

`evidence` values are JSON objects as in `nlp.jsonform`: page, start, end,
rule, confidence, boxes ([{"page": 1, "box": [x0, y0, x1, y1]}] in points).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Slice(Generic[Item]):
    """One page of a list. `total` counts all that match; `offset` is where this page begins."""

    items: tuple[Item, ...]
    total: int
    offset: int
    limit: int

    @property
    def more(self) -> bool:
        """Whether further items follow."""
        return self.offset + len(self.items) < self.total


@dataclass(frozen=True, slots=True)
class FileView:
    """An upload and what became of it; `state` and reason as in `register.models.File`.

    `progress` is that of its running job ({"page": 3, "pages": 12, "stage": "ocr"}) or None.
    `letter_ids` are the letters found in it (for a duplicate: in the first upload).
    """

    id: int
    sha256: str
    name: str
    media_type: str | None
    size: int
    received_at: datetime
    received_by: int | None
    duplicate_of: int | None
    state: str
    reason: str | None
    message: str | None
    message_en: str | None
    advice: str | None
    advice_en: str | None
    page_count: int | None
    version: str | None
    letter_ids: tuple[int, ...]
    progress: Json | None
    read_sha256: str | None = None
    arranged: bool = False
    merged_into: int | None = None

    @property
    def content(self) -> str:
        """The SHA-256 of what its pages are shown from: the original, or its pages as a person arranged them."""
        return self.read_sha256 or self.sha256


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter in a list. `task_count` counts active tasks that are tracked (not the optional ones).

    `document_id` is its place in the graph of citations, None without a number.
    `doubtful` says that nobody has reviewed it yet and the program was not sure of some value.
    """

    id: int
    file_id: int
    file_name: str
    sha256: str
    ordinal: int
    direction: str
    kind: str | None
    number: str | None
    symbol: str | None
    code: str | None
    issuer: str | None
    parent_body: str | None
    place: str | None
    issued_on: date | None
    subject: str | None
    urgency: str | None
    incoming_number: str | None
    incoming_on: date | None
    received_on: date | None
    state: str
    task_count: int
    warning_count: int
    doubtful: bool
    version: int
    created_at: datetime
    document_id: int | None = None


@dataclass(frozen=True, slots=True)
class OccurrenceView:
    """One due day of an obligation; see `register.models.Occurrence`."""

    id: int
    deadline_id: int
    printed_on: date
    first_due_on: date
    due_on: date
    done_on: date | None


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """A deadline of a task; see `register.models.Deadline`."""

    id: int
    kind: str
    printed_on: date | None
    safe_on: date | None
    rule: str | None
    raw: str
    strict: bool
    warnings: tuple[str, ...]
    evidence: Json | None


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file given as evidence; `state` as in `register.models.Attachment`."""

    id: int
    event_id: int
    name: str
    media_type: str
    size: int
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EventView:
    """An entry of an obligation's history with the name of who wrote it; `letter_id` shows that it was done.

    `assignee_*` and `unit_*` are whom an "assigned" entry names, None for nobody; `cooperating`
    who helps from then on (names), None where that was left as it was. `files` are given as evidence with it.
    """

    id: int
    obligation_id: int
    occurrence_id: int | None
    kind: str
    on_day: date | None
    old_due: date | None
    new_due: date | None
    answers: int | None
    text: str | None
    user_id: int | None
    user_name: str | None
    at: datetime
    letter_id: int | None = None
    assignee_id: int | None = None
    assignee_name: str | None = None
    unit_id: int | None = None
    unit_name: str | None = None
    cooperating: tuple[str, ...] | None = None
    files: tuple[AttachmentView, ...] = ()


@dataclass(frozen=True, slots=True)
class ObligationView:
    """One body's share of a task; see `register.models.Obligation`."""

    id: int
    task_id: int
    letter_id: int
    role: str
    body: str
    agency_id: str | None
    due_on: date | None
    printed_on: date | None
    done_on: date | None
    cancelled_on: date | None
    cancel_reason: str | None
    occurrences: tuple[OccurrenceView, ...]
    evidence: Json | None
    version: int
    assignee_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class NotedView:
    """Words of a task (a condition, a product …) with their place."""

    text: str
    evidence: Json | None


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task of a letter with its deadlines and obligations.

    `responsible` are the lead bodies (chủ trì), `coordinating` the
    co-operating ones (phối hợp), as printed or as corrected.

    `report_evidence` is where the receiver of the report was read (None
    once a person has named another), `channel` through whom it goes;
    `conditions`, `exceptions` and `products` are in the letter's own words.

    `corrected` names the fields that a person has changed; `origin`, `state`
    as in `register.models.Task`.
    """

    id: int
    letter_id: int
    position: int
    label: str | None
    text: str
    optional: bool
    inherited: bool
    responsible: tuple[str, ...]
    coordinating: tuple[str, ...]
    report_to: str | None
    report_evidence: Json | None
    channel: tuple[NotedView, ...]
    conditions: tuple[NotedView, ...]
    exceptions: tuple[NotedView, ...]
    products: tuple[NotedView, ...]
    origin: str
    state: str
    evidence: Json | None
    deadlines: tuple[DeadlineView, ...]
    obligations: tuple[ObligationView, ...]
    corrected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MentionView:
    """One place where a document is cited."""

    page: int | None
    start: int
    end: int
    boxes: tuple[Json, ...]
    snippet: str


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A cited document; `cited_letter_id` is the letter of the register it means, where there is exactly one.

    `document_id` is its place in the graph of citations.
    """

    id: int
    letter_id: int
    type: str | None
    code: str | None
    number: str | None
    year: int | None
    symbol: str | None
    dated_on: date | None
    title: str | None
    issuer: str | None
    provisions: tuple[str, ...]
    relation: str | None
    raw: str
    mentions: tuple[MentionView, ...]
    cited_letter_id: int | None = None
    document_id: int | None = None


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter whole: header after corrections, tasks, references, evidence, warnings.

    `evidence` maps header fields, "addressees", "recipients", "signer",
    "incoming" and "references" (the surest mention of each) to their evidence. `text` is the reading text that all offsets
    refer to. `corrected` names the header fields that a person has changed.
    """

    row: LetterRow
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    signer_authority: str | None
    signer_position: str | None
    signer_name: str | None
    incoming_body: str | None
    tasks: tuple[TaskView, ...]
    references: tuple[ReferenceView, ...]
    evidence: Json
    warnings: tuple[str, ...]
    pages: tuple[int, ...]
    text: str
    corrected: tuple[str, ...]
    extraction: str
    reviewed_at: datetime | None
    reviewed_by: int | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One obligation in the list of tasks: what, who, until when, from which letter.

    `status` as in `register.status` for the day asked; `days` until the due
    day (negative: days late), None without a term or when done.
    `raw_deadlines` are the words of the deadlines, `deadline_kinds` their kinds;
    `assignee_*` is the user who looks after it, `unit_*` the unit.
    """

    obligation_id: int
    task_id: int
    letter_id: int
    file_name: str
    label: str | None
    text: str
    role: str
    body: str
    agency_id: str | None
    due_on: date | None
    printed_on: date | None
    done_on: date | None
    status: str
    soon: bool
    days: int | None
    raw_deadlines: tuple[str, ...]
    deadline_kinds: tuple[str, ...]
    report_to: str | None
    page: int | None
    letter_kind: str | None
    letter_number: str | None
    letter_symbol: str | None
    letter_code: str | None
    letter_issuer: str | None
    letter_issued_on: date | None
    letter_subject: str | None
    direction: str
    version: int
    assignee_id: int | None = None
    assignee_name: str | None = None
    unit_id: int | None = None
    unit_name: str | None = None


@dataclass(frozen=True, slots=True)
class CitingRow:
    """A letter that cites a document, at its first mention (the form of `dondoc refs`).

    `document_id` is the document cited; `probable` says that it is only
    probably the one asked for, `yearless` that the citation tells no year.
    """

    letter_id: int
    reference_id: int
    file: str
    number: str | None
    symbol: str | None
    code: str | None
    page: int | None
    provisions: tuple[str, ...]
    relation: str | None
    snippet: str
    cited: str
    issued_on: date | None
    subject: str | None
    document_id: int | None = None
    probable: bool = False
    yearless: bool = False
