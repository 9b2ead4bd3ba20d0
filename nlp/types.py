"""What nlp gives: the values mined from a letter, each with its evidence.

Unknown is a value (None, an empty tuple); nothing is guessed in silence. What
was inferred says from what in its evidence's `rule`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ingest.types import Box


@dataclass(frozen=True, slots=True)
class PageBox:
    """A box on a page (page numbers count from 1)."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value was read and by which rule.

    `start` and `end` are character offsets into the document's reading text
    (`nlp.reading.Text.text`); `page` is the page of `start`; `boxes` are the
    places of the words on their pages (empty for plain text files). A finder
    that sees only a string fills start, end, rule and confidence;
    `nlp.reading.Text.place` adds page and boxes. Finders put their rule's own
    score into `confidence`; in a finished dispatch it is the probability that
    the value is right (`nlp.calibration`), and `doubt` says in Vietnamese why
    a person must look where that is low.
    """

    start: int
    end: int
    rule: str
    confidence: float = 1.0
    page: int | None = None
    boxes: tuple[PageBox, ...] = ()
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A printed name or short text with its evidence (addressee, recipient, body)."""

    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Field:
    """One header value with its evidence; `value` is as in the gold format (dates ISO)."""

    value: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed: authority (quyền hạn: "KT. BỘ TRƯỞNG"), position (chức vụ) and name."""

    authority: str | None
    position: str | None
    name: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class IncomingStamp:
    """The ĐẾN stamp of the receiving office (Nghị định 30/2020/NĐ-CP, Phụ lục IV)."""

    body: str | None
    number: str | None
    date: date | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Header:
    """The letter's head by Nghị định 30/2020/NĐ-CP, Phụ lục I, and older forms.

    Keys and meanings are those of the gold format. `kind` is the document
    type in Vietnamese lower case ("công văn", "khác" for what is no
    administrative document).
    """

    kind: Field | None = None
    number: Field | None = None
    symbol: Field | None = None
    issuer: Field | None = None
    parent_body: Field | None = None
    place: Field | None = None
    issued_on: Field | None = None
    subject: Field | None = None
    urgency: Field | None = None
    secrecy: Field | None = None


DeadlineKind = Literal["fixed", "recurring", "relative", "immediate"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as written.

    `date` is the printed day ("trước ngày 15/5/2020" gives 2020-05-15; the
    register derives the safe day before it, `strict` says so). `rule` is an
    iCalendar RRULE for recurring ones, an ISO 8601 duration with its anchor
    ("P5D after receipt") for relative ones. `raw` are the exact words.
    `warnings` say what is odd ("năm đã qua").
    """

    kind: DeadlineKind
    date: date | None
    rule: str | None
    raw: str
    evidence: Evidence
    strict: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A cited document: one per distinct document, mentions merged.

    `type` is lower case ("nghị định"); `code` is the normalised number and
    symbol ("45/2012/NĐ-CP") or None; `year` is the year in the code or of
    `date`; `provisions` are "khoản 2 Điều 8" and so on, one per place;
    `relation` is one of căn cứ, thực hiện, theo, sửa đổi, thay thế, bãi bỏ,
    trả lời, or None; `issuer` is the cited body where named. `mentions` holds
    the evidence of each place it is cited.
    """

    type: str | None
    code: str | None
    number: str | None
    year: int | None
    symbol: str | None
    date: date | None
    provisions: tuple[str, ...]
    raw: str
    mentions: tuple[Evidence, ...]
    title: str | None = None
    relation: str | None = None
    issuer: str | None = None

    @property
    def evidence(self) -> Evidence:
        """Evidence of the first mention."""
        return self.mentions[0]


@dataclass(frozen=True, slots=True)
class Task:
    """A unit in which the letter directs somebody to do something.

    `label` is the path of printed labels ("2.1", "3.a", "-2.+1") or None;
    `text` is the own text without child tasks; `responsible` lead bodies as
    printed; `coordinating` those named as "phối hợp"; `report_to` the body
    that must get the report ("A; B" where several verbs name several bodies:
    its evidence is that of the first), `channel` through whom it goes ("qua
    Cục …"). `conditions` say in which case or for what the task holds
    ("trường hợp …", "đối với các đề án …"), `exceptions` what is left out
    ("trừ …"), `products` what must come out ("kế hoạch …", "báo cáo …"), each
    in the letter's own words. `optional` marks a sentence that only announces
    a list or only urges the document's execution: shown, never an obligation.
    `inherited` is true where the responsible bodies come from a heading or
    from the addressees.
    """

    label: str | None
    text: str
    responsible: tuple[Named, ...]
    coordinating: tuple[Named, ...]
    deadlines: tuple[Deadline, ...]
    report_to: Named | None
    evidence: Evidence
    optional: bool = False
    inherited: bool = False
    channel: Named | None = None
    conditions: tuple[Named, ...] = ()
    exceptions: tuple[Named, ...] = ()
    products: tuple[Named, ...] = ()


AgencyKind = Literal["one", "group", "open", "unknown"]


@dataclass(frozen=True, slots=True)
class AgencyRef:
    """Who a printed name is in the registry of agencies, as of the letter's date.

    `kind`: one body; a group whose members are all known; an open one, to which
    others belong that nothing lists ("các cơ quan liên quan"); unknown. `id` is
    the canonical id, for a group the expression of the set ("ubnd-huyen@51.*").
    `ids` are the bodies themselves, `holders` those that hold their duties as
    far as the registry knows (Nghị quyết 190/2025/QH15); `choose` says that a
    duty was split, so a person chooses. `basis` is what the territory followed
    from: "name", or the "issuer", "parent_body", "place" or "addressees" of the
    letter. `note` says in Vietnamese what to mind.
    """

    name: str
    kind: AgencyKind
    id: str | None = None
    ids: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    choose: bool = False
    basis: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that was probably misread, and what it should be; the reading itself stays as it is.

    `read` is the text at the evidence's span, `proposed` what stands there
    instead, `reason` says in Vietnamese why; the evidence's rule and confidence
    say which rule proposes it and how sure it is. `applied` is true where the
    finders worked with the proposed word.
    """

    read: str
    proposed: str
    reason: str
    evidence: Evidence
    applied: bool = True

    @property
    def start(self) -> int:
        """Where the word begins in the reading text."""
        return self.evidence.start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.evidence.end

    @property
    def confidence(self) -> float:
        """How sure the proposal is, 0 to 1."""
        return self.evidence.confidence


@dataclass(frozen=True, slots=True)
class Handwritten:
    """A header field that was filled in by hand: "number" or "issued_on".

    `read` are the figures as read ("651", "29/5"), None where they were not;
    `believed` says whether they are the field's value, `reason` in
    Vietnamese why not; `against` says that the letter itself speaks against
    them; `places` is where the hand wrote.
    """

    field: str
    read: str | None
    believed: bool
    reason: str
    places: tuple[PageBox, ...]
    against: bool = False


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One administrative document, understood."""

    header: Header
    addressees: tuple[Named, ...] = ()
    recipients: tuple[Named, ...] = ()
    signer: Signer | None = None
    incoming: IncomingStamp | None = None
    tasks: tuple[Task, ...] = ()
    references: tuple[Reference, ...] = ()
    warnings: tuple[str, ...] = ()
    text: str = ""
    pages: tuple[int, ...] = ()
    page_starts: tuple[int, ...] = ()
    """Where in `text` each of `pages` begins."""
    corrections: tuple[Correction, ...] = ()
    agencies: tuple[AgencyRef, ...] = ()
    handwritten: tuple[Handwritten, ...] = ()
