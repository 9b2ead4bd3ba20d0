"""The answers of the REST interface on citations: documents, pairs, changes, replies."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from api.schemas import Out, TaskOut


class DocumentOut(Out):
    """A cited document; `letter_id` is the letter of the register that it is, null for one only known from citations."""

    id: int
    name: str
    type: str | None
    code: str | None
    year: int | None
    dated_on: date | None
    issuer: str | None
    title: str | None
    letter_id: int | None
    citing: int = Field(description="letters that cite it")


class CitingOut(Out):
    """A letter that cites the document asked for."""

    letter_id: int
    reference_id: int
    document_id: int | None
    file: str
    number: str | None
    symbol: str | None
    page: int | None
    provisions: tuple[str, ...]
    relation: str | None = Field(
        description="căn cứ, thực hiện, theo, trả lời, sửa đổi, thay thế, bãi bỏ"
    )
    snippet: str
    issued_on: date | None
    subject: str | None
    probable: bool = Field(description="cites what is only probably the document asked for")
    yearless: bool = Field(description="the citation tells no year")


class CitingListOut(BaseModel):
    """Who cites a document: the documents meant, those that are probably the same, the letters that cite them."""

    cites: str
    documents: list[DocumentOut]
    probable: list[DocumentOut]
    citing: list[CitingOut]


class CitesOut(Out):
    """A document that a letter cites, with role, provisions and place."""

    reference_id: int
    letter_id: int
    document: DocumentOut
    relation: str | None
    provisions: tuple[str, ...]
    page: int | None
    snippet: str


class ChangeOut(Out):
    """A document is amended, replaced or repealed by another; `told_by` is the letter that says so."""

    target: int = Field(description="document")
    target_name: str
    actor: int = Field(description="document")
    actor_name: str
    effect: str = Field(description="sửa đổi, thay thế, bãi bỏ")
    day: date | None = Field(description="when it takes effect, null where nothing tells")
    told_by: int
    page: int | None
    snippet: str


class SideOut(Out):
    """One document of a pair."""

    document_id: int
    name: str
    title: str | None
    letter_id: int | None
    citing: int


class PairOut(Out):
    """Two documents that are probably one, read or printed differently; a person decides."""

    id: int
    state: str = Field(description="probable, confirmed, rejected")
    reason: str = Field(
        description="symbol (one letter apart), day, place, title (a number that was not read)"
    )
    left: SideOut
    right: SideOut


class MomentOut(Out):
    """Something dated in a document's life; `kind`: issued, cited, changed."""

    day: date | None
    kind: str
    text: str
    letter_id: int | None
    document_id: int | None
    page: int | None


class DocumentWholeOut(BaseModel):
    """A document with what it cites, who cites it, what changed it and what it changes, in time."""

    document: DocumentOut
    letters: tuple[int, ...]
    incoming: list[CitingOut]
    outgoing: list[CitesOut]
    answers: list[CitingOut]
    changed_by: list[ChangeOut]
    changes: list[ChangeOut]
    pairs: list[PairOut]
    timeline: list[MomentOut]


class StepOut(Out):
    """A link of a chain: the letter, and where it cites the next."""

    letter_id: int
    name: str
    page: int | None
    relation: str | None


class RestingOut(BaseModel):
    """An open obligation that rests on a document, in its own words (`direct`) or through the letters of `chain`."""

    task: TaskOut
    direct: bool
    chain: list[StepOut]


class WarningOut(BaseModel):
    """The letter rests on a document that was amended, replaced or repealed since."""

    reference_id: int
    document_id: int
    cited: str
    change: ChangeOut


class Decision(BaseModel):
    """Whether the two are one document."""

    same: bool


class ReplyOut(Out):
    """An outgoing letter offered as the evidence that an obligation is fulfilled."""

    id: int
    state: str = Field(description="offered, accepted, declined")
    obligation_id: int
    task_id: int
    task: str
    body: str
    due_on: date | None
    asked_letter_id: int
    asked_code: str | None
    letter_id: int
    code: str | None
    issued_on: date | None
    subject: str | None
    reports: bool = Field(description="the task asks for a report")
    page: int | None
    snippet: str
