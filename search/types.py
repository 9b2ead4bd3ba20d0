"""What goes into the index and what comes out of a search. Frozen values, the same for both engines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

Kind = Literal["letters", "tasks", "references"]
"""What is searched: văn bản, nhiệm vụ (one per responsible body), trích dẫn (one per citing letter)."""

KINDS: tuple[Kind, ...] = ("letters", "tasks", "references")

Sort = Literal["relevance", "newest", "due"]

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one page; `number` counts from 1 and is None where the source has no pages."""

    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """What is known of a document's number: type ("nghị định"), number, year and symbol.

    `year` is the year inside the code or of the document's date.
    """

    number: str
    type: str | None = None
    year: int | None = None
    symbol: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the index, made from register rows.

    `id` is unique within its kind; `version` grows with every change of the
    register row: an older version never overwrites a newer one. `numbers` are
    the document's own numbers, `cited` those of the documents it cites.
    `agencies` are the names to filter by. `state` is "open", "done" or
    "done-late" for a task (whether an open one is overdue depends on the day
    and is worked out when searching), the register's own word for a letter,
    the relation ("căn cứ") for a citation. `fields` is shown with a hit and never searched.
    """

    kind: Kind
    id: str
    version: int
    letter_id: str
    title: str
    pages: tuple[PageText, ...] = ()
    numbers: tuple[Number, ...] = ()
    cited: tuple[Number, ...] = ()
    agencies: tuple[str, ...] = ()
    doc_type: str | None = None
    direction: str | None = None
    state: str | None = None
    issued_on: date | None = None
    due_on: date | None = None
    fields: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Upsert:
    """Write this document unless the index holds a newer version of it."""

    document: Document

    @property
    def kind(self) -> Kind:
        """The document's kind."""
        return self.document.kind

    @property
    def id(self) -> str:
        """The document's id."""
        return self.document.id

    @property
    def version(self) -> int:
        """The document's version."""
        return self.document.version


@dataclass(frozen=True, slots=True)
class Delete:
    """Take this document out unless the index holds a newer version of it."""

    kind: Kind
    id: str
    version: int


@dataclass(frozen=True, slots=True)
class Purge:
    """Take out the documents of a letter that are older than `version`.

    For what a letter has many of (its citations): after the new ones are
    written, those that are no more go.
    """

    kind: Kind
    letter_id: str
    version: int


Change = Upsert | Delete | Purge


@dataclass(frozen=True, slots=True)
class Rejected:
    """A change the engine can never take, with the reason; trying again is useless."""

    kind: Kind
    id: str
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a batch: written, older than what is there, refused for good."""

    written: int = 0
    stale: int = 0
    rejected: tuple[Rejected, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the index.

    `text` is what the user typed (see `search.query`). The filters are joined
    by "and", the values of one filter by "or". `agencies` are whole names as in a
    facet, `agencies_like` parts of names; letter case and diacritics do not
    matter. `statuses` are those of `search.statuses`; what "overdue" means
    depends on `today`. Dates are inclusive.
    `number` and `cited` are document numbers in any spelling. `cursor` is that
    of the results before. `facets` asks for the counts. `letter_ids` keeps to
    these letters. Pages that follow a cursor show the index as it was when the
    second page was asked for; with `steady` already the first one is so kept
    (`search.paging.every`). With `bare` hits carry ids and scores, no texts.
    """

    text: str = ""
    kind: Kind = "letters"
    agencies: tuple[str, ...] = ()
    agencies_like: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    doc_types: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    issued_from: date | None = None
    issued_to: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    letter_id: str | None = None
    letter_ids: tuple[str, ...] | None = None
    number: str | None = None
    cited: str | None = None
    sort: Sort | None = None
    size: int = 20
    cursor: str | None = None
    facets: bool = True
    today: date | None = None
    soon_days: int = 7
    steady: bool = False
    bare: bool = False

    def following(self, cursor: str) -> Query:
        """The same question for the page after `cursor`."""
        return replace(self, cursor=cursor)


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters that matched."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the ranges that matched, to be shown highlighted."""

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found. `page` is the page of the snippet, None where there are no pages."""

    kind: Kind
    id: str
    letter_id: str
    title: Marked
    snippet: Marked
    page: int | None
    score: float
    doc_type: str | None = None
    direction: str | None = None
    state: str | None = None
    issued_on: date | None = None
    due_on: date | None = None
    agencies: tuple[str, ...] = ()
    fields: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet and how many documents have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: `name` is agency, status, doc_type, direction or year.

    The counts obey every filter except the facet's own.
    """

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """One page of answers. `cursor` asks for the next page and is None on the last.

    `notes` say in Vietnamese what of the query was not understood.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    cursor: str | None
    engine: str
    took_ms: float
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion of what is being typed: text to show, document and how often it is there."""

    text: str
    kind: Kind
    id: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Status:
    """How an engine is. `outdated` means that the index was built by an older analysis: rebuild it."""

    engine: str
    available: bool
    documents: Mapping[Kind, int]
    size_bytes: int | None
    generation: str
    outdated: bool
    detail: str = ""
