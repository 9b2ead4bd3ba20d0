"""The answers of the REST interface: their own types, so that the register may change inside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Out(BaseModel):
    """Base: made from values of the register by attribute."""

    model_config = ConfigDict(from_attributes=True)


class FileOut(Out):
    """An upload (tệp) and what became of it."""

    id: int
    name: str
    sha256: str
    size: int
    received_at: datetime
    state: str = Field(description="waiting, reading, done, failed, refused, duplicate")
    reason: str | None = None
    message: str | None = None
    advice: str | None = None
    page_count: int | None = None
    duplicate_of: int | None = None
    letter_ids: tuple[int, ...] = ()
    progress: Mapping[str, Any] | None = None


class LetterRowOut(Out):
    """A letter (văn bản) in a list."""

    id: int
    file_id: int
    file_name: str
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
    doubtful: bool = Field(description="not reviewed yet, with values to look at (cần kiểm tra)")
    version: int


class DoubtOut(Out):
    """A value to look at (cần kiểm tra): why, and how probably it is right (null: not read at all)."""

    field: str
    task_id: int | None
    value: str | None
    reason: str
    confidence: float | None


class PlaceOut(Out):
    """A value of a letter: a field of the header or of a task, `index` in a list."""

    field: str
    task_id: int | None
    index: int | None


class OfferOut(Out):
    """A reading that was corrected elsewhere, with every place of the letter where it stands."""

    id: int
    kind: str = Field(description="body, person, position, place, words")
    wrong: str
    right: str
    places: tuple[PlaceOut, ...]
    here: bool = Field(description="it was corrected in this very letter")
    times: int = Field(description="how often it was corrected so")


class OfferAnswer(BaseModel):
    """The letter's version as it was seen."""

    version: int | None = None


class DeadlineOut(Out):
    """A deadline: the printed day, the safe day the office works to, the words."""

    id: int
    kind: str
    printed_on: date | None
    safe_on: date | None
    rule: str | None
    raw: str
    strict: bool
    warnings: tuple[str, ...]
    evidence: Mapping[str, Any] | None


class ObligationOut(Out):
    """One body's share of a task."""

    id: int
    role: str
    body: str
    agency_id: str | None
    due_on: date | None
    printed_on: date | None
    done_on: date | None
    cancelled_on: date | None
    evidence: Mapping[str, Any] | None


class NotedOut(Out):
    """Words of a task in the letter's own words, with their place."""

    text: str
    evidence: Mapping[str, Any] | None


class LetterTaskOut(Out):
    """A task (nhiệm vụ) inside its letter."""

    id: int
    label: str | None
    text: str
    optional: bool
    inherited: bool
    report_to: str | None
    channel: tuple[NotedOut, ...] = Field(description="through whom or what the report goes (qua …)")
    conditions: tuple[NotedOut, ...] = Field(description="in which case, for what the task holds")
    exceptions: tuple[NotedOut, ...] = Field(description="what is left out (trừ …)")
    products: tuple[NotedOut, ...] = Field(description="what must come out: plan, report, list …")
    state: str
    evidence: Mapping[str, Any] | None
    deadlines: tuple[DeadlineOut, ...]
    obligations: tuple[ObligationOut, ...]
    corrected: tuple[str, ...]


class ReferenceOut(Out):
    """A cited document."""

    id: int
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
    cited_letter_id: int | None
    document_id: int | None = Field(description="its place in the graph: GET /documents/{document_id}")


class LetterOut(LetterRowOut):
    """A letter whole, after people's corrections, with the evidence of every value."""

    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    signer_authority: str | None
    signer_position: str | None
    signer_name: str | None
    incoming_body: str | None
    tasks: tuple[LetterTaskOut, ...]
    references: tuple[ReferenceOut, ...]
    evidence: Mapping[str, Any]
    review: tuple[DoubtOut, ...]
    warnings: tuple[str, ...]
    pages: tuple[int, ...]
    corrected: tuple[str, ...]
    extraction: str


class TaskOut(Out):
    """One obligation in the list of tasks, with its status on the day asked."""

    obligation_id: int
    task_id: int
    letter_id: int
    label: str | None
    text: str
    role: str
    body: str
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
    letter_code: str | None
    letter_issuer: str | None
    letter_issued_on: date | None
    letter_subject: str | None
    assignee_id: int | None
    assignee_name: str | None
    unit_id: int | None
    unit_name: str | None


class FileListOut(BaseModel):
    """A page of uploads."""

    items: list[FileOut]
    total: int
    offset: int
    limit: int


class LetterListOut(BaseModel):
    """A page of letters."""

    items: list[LetterRowOut]
    total: int
    offset: int
    limit: int


class TaskListOut(BaseModel):
    """A page of tasks, with the counts by status."""

    items: list[TaskOut]
    total: int
    offset: int
    limit: int
    counts: dict[str, int]


class SpanOut(Out):
    """A half-open range of characters that matched."""

    start: int
    end: int


class MarkedOut(Out):
    """A text with the ranges that matched."""

    text: str
    spans: tuple[SpanOut, ...] = ()


class HitOut(Out):
    """One document found; `page` is the page of the snippet."""

    kind: str
    id: str
    letter_id: str
    title: MarkedOut
    snippet: MarkedOut
    page: int | None
    score: float
    doc_type: str | None
    direction: str | None
    state: str | None
    issued_on: date | None
    due_on: date | None
    agencies: tuple[str, ...]


class FacetValueOut(Out):
    """One value of a facet and how many documents have it."""

    value: str
    count: int


class FacetOut(Out):
    """A facet of the results."""

    name: str
    values: tuple[FacetValueOut, ...]


class ResultsOut(Out):
    """One page of search results; `cursor` asks for the next."""

    total: int
    hits: tuple[HitOut, ...]
    facets: tuple[FacetOut, ...]
    cursor: str | None
    engine: str
    took_ms: float
    notes: tuple[str, ...] = Field(description="what of the question was not understood")
    notes_en: tuple[str, ...] = Field(default=(), description="the same in English")


class TwinOut(Out):
    """A letter that may be the same as another."""

    row: LetterRowOut
    reason: str = Field(description="same-day, same-year or text")
    likeness: float | None


class SavedOut(Out):
    """A saved search; `fresh` counts matches not yet looked at."""

    id: int
    name: str
    question: dict[str, Any]
    notify: bool
    created_at: datetime
    too_wide: bool = Field(description="more matches than can be watched: nothing is told")
    fresh: int


class SaveIn(BaseModel):
    """A search to keep: the parameters of `GET /search` and a name."""

    name: str = Field(min_length=1, max_length=1000)
    q: str = Field(default="", max_length=1000)
    kind: Literal["letters", "tasks", "references"] = "letters"
    agency: str = Field(default="", max_length=300)
    status: str = Field(default="", max_length=300)
    doc_type: str = Field(default="", max_length=300)
    direction: str = Field(default="", max_length=300)
    year: int | None = Field(default=None, ge=1, le=9999)
    notify: bool = True


class SavedChangeIn(BaseModel):
    """What to change of a saved search; what is not given stays."""

    name: str | None = Field(default=None, min_length=1, max_length=1000)
    notify: bool | None = None


class NoticeOut(Out):
    """A document that newly matches a saved search."""

    id: int
    search_id: int
    search_name: str
    kind: str
    doc_id: str
    letter_id: int
    code: str | None
    subject: str | None
    found_at: datetime
    seen: bool


class NoticeListOut(BaseModel):
    """A page of notices."""

    items: list[NoticeOut]
    total: int
    offset: int
    limit: int
    unseen: int


class SeenOut(BaseModel):
    """How many notices were new."""

    seen: int


class UploadOut(BaseModel):
    """What became of an upload."""

    file_id: int
    sha256: str
    state: str = Field(description="waiting, or duplicate for a content that is known")
    duplicate_of: int | None = None


class MeOut(Out):
    """Who is signed in."""

    id: int
    login: str
    name: str
    role: str
    language: str
    must_change_password: bool


class SignIn(BaseModel):
    """Name and password of a user."""

    login: str = Field(max_length=200)
    password: str = Field(max_length=2000)


class SessionOut(BaseModel):
    """A session of a program: send `token` as `Authorization: Bearer …`."""

    token: str
    expires_in: int = Field(description="seconds")
    user: MeOut


class Problem(BaseModel):
    """A failure (application/problem+json)."""

    type: str
    code: str
    status: int
    title: str
    detail: str
    advice: str
    retry: bool
