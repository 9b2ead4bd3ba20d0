"""From a letter of the register to what its page shows: values with marks, pages with boxes on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

from api.hit_view import boxes_on, spans_in
from api.misread_view import Misread
from ingest.types import Page
from register.views import LetterView
from search.plan import Pattern

HEADER: Final = (
    "parent_body", "issuer", "number", "symbol", "place", "issued_on", "kind", "subject", "urgency",
    "received_on", "direction",
)  # fmt: skip
"""Header fields in the order in which they stand on the page, then what the office adds."""

QUIET_WHEN_EMPTY: Final = frozenset({"parent_body", "urgency", "received_on", "place"})
NOTES: Final = ("conditions", "exceptions", "products", "channel")
"""What a task says beside who and when, in the order of its card."""

DATES: Final = frozenset({"issued_on", "received_on", "incoming_on"})


@dataclass(frozen=True, slots=True)
class Value:
    """One header value: `reason` says why it is doubtful, or None. `id` is its mark."""

    name: str
    text: str | None
    id: str
    reason: str | None
    corrected: bool
    page: int | None

    @property
    def is_date(self) -> bool:
        """Whether it is edited with a date field."""
        return self.name in DATES


@dataclass(frozen=True, slots=True)
class Listed:
    """An addressee or recipient with its mark."""

    text: str
    id: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Spot:
    """A value's boxes on one page image, in points: (x, y, width, height), and what a pointer over it tells."""

    id: str
    kind: str
    boxes: tuple[tuple[float, float, float, float], ...]
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it is shown: size in points and the spots on it."""

    number: int
    width: float
    height: float
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the reading text and the marks that cover it (for files without page images).

    `title` is set on a misread word: what it should be, and why; `doubtful` on
    the words of a value to look at, `hit` on words that were searched for.
    """

    text: str
    ids: tuple[str, ...]
    only_task: bool
    title: str | None = None
    doubtful: bool = False
    hit: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    id: str
    kind: str
    evidence: Mapping[str, Any]


Reasons = Mapping[str, str]
"""Why values are doubtful, by their marks."""


def values_of(letter: LetterView, reasons: Reasons) -> tuple[Value, ...]:
    """The header values in the decree's order; what is rightly empty is left out."""
    found = []
    for name in HEADER:
        raw = getattr(letter.row, name)
        text = None if raw is None else str(raw)
        if text is None and name in QUIET_WHEN_EMPTY:
            continue
        evidence = letter.evidence.get(name)
        id = f"v-{name}"
        page = evidence.get("page") if evidence else None
        found.append(Value(name, text, id, reasons.get(id), name in letter.corrected, page))
    return tuple(found)


def empty_fields(letter: LetterView) -> tuple[str, ...]:
    """Header fields that are rightly empty and may still be filled by a person."""
    return tuple(name for name in HEADER if name in QUIET_WHEN_EMPTY and getattr(letter.row, name) is None)


def listed(letter: LetterView, name: str, reasons: Reasons) -> tuple[Listed, ...]:
    """The addressees or recipients with their marks."""
    ids = (f"v-{name}-{index}" for index in range(len(getattr(letter, name))))
    return tuple(
        Listed(text, id, reasons.get(id)) for text, id in zip(getattr(letter, name), ids, strict=True)
    )


def _marks(letter: LetterView, misread: Iterable[Misread], reasons: Reasons) -> list[_Mark]:
    """Every mark of the letter; misread words and tasks first, so that what stands inside lies on top."""
    marks: list[_Mark] = [_Mark(each.id, "misread", each.evidence) for each in misread]

    def add(id: str, kind: str, evidence: Mapping[str, Any] | None) -> None:
        if evidence:
            marks.append(_Mark(id, "doubt" if id in reasons and kind != "task" else kind, evidence))

    for task in letter.tasks:
        if task.state == "active":
            add(f"t-{task.id}", "task", task.evidence)
    for name in (*HEADER, "signer", "incoming"):
        add(f"v-{name}", "value", letter.evidence.get(name))
    for each in letter.evidence.get("handwritten") or ():
        if not letter.evidence.get(each["field"]):
            add(f"v-{each['field']}", "value", {"boxes": each["boxes"]})
    for name in ("addressees", "recipients"):
        for index, evidence in enumerate(letter.evidence.get(name) or ()):
            add(f"v-{name}-{index}", "value", evidence)
    for reference in letter.references:
        for mention in reference.mentions:
            place = {"boxes": mention.boxes, "start": mention.start, "end": mention.end, "page": mention.page}
            add(f"r-{reference.id}", "reference", place)
    for task in letter.tasks:
        if task.state != "active":
            continue
        for obligation in task.obligations:
            add(f"o-{obligation.id}", "body", obligation.evidence)
        for deadline in task.deadlines:
            add(f"d-{deadline.id}", "deadline", deadline.evidence)
        add(f"n-{task.id}-report_to-0", "note", task.report_evidence)
        for name in NOTES:
            for index, noted in enumerate(getattr(task, name)):
                add(f"n-{task.id}-{name}-{index}", "note", noted.evidence)
    return marks


def sheets_of(
    letter: LetterView,
    pages: Iterable[Page],
    patterns: Sequence[Pattern] = (),
    misread: Sequence[Misread] = (),
    reasons: Reasons = MappingProxyType({}),
) -> tuple[Sheet, ...]:
    """The pages with their spots. `patterns` are those of a search, lit where they stand."""
    by_page: dict[int, dict[tuple[str, str], list[tuple[float, float, float, float]]]] = {}
    titles = {**reasons, **{each.id: each.title for each in misread}}
    for mark in _marks(letter, misread, reasons):
        for place in mark.evidence.get("boxes") or ():
            x0, y0, x1, y1 = place["box"]
            box = (round(x0 - 1.5, 1), round(y0 - 1.5, 1), round(x1 - x0 + 3, 1), round(y1 - y0 + 3, 1))
            if mark.kind == "misread":  # a line under the word
                box = (round(x0, 1), round(y1 + 0.5, 1), round(x1 - x0, 1), 0.1)
            by_page.setdefault(place["page"], {}).setdefault((mark.id, mark.kind), []).append(box)
    shown = []
    for page in pages:
        if not page.width or not page.height or page.source == "text":
            continue
        spots = [
            Spot(id, kind, tuple(boxes), titles.get(id))
            for (id, kind), boxes in by_page.get(page.number, {}).items()
        ]
        if patterns and (hits := boxes_on(page, patterns)):
            spots.append(Spot("hit", "hit", hits))
        shown.append(Sheet(page.number, round(page.width, 1), round(page.height, 1), tuple(spots)))
    return tuple(shown)


def pieces_of(
    letter: LetterView,
    misread: Sequence[Misread] = (),
    reasons: Reasons = MappingProxyType({}),
    patterns: Sequence[Pattern] = (),
) -> tuple[Piece, ...]:
    """The reading text cut at every mark's border; each piece names the marks that cover it."""
    length = len(letter.text)
    titles = {each.id: each.title for each in misread}
    spans = [
        (mark.id, mark.kind, max(0, mark.evidence["start"]), min(length, mark.evidence["end"]))
        for mark in _marks(letter, misread, reasons)
        if mark.evidence.get("end")
    ]
    spans += [("hit", "hit", start, end) for start, end in spans_in(letter.text, patterns)]
    borders = sorted({0, length, *(start for _, _, start, _ in spans), *(end for *_, end in spans)})
    pieces = []
    for start, end in pairwise(borders):
        if start >= end or start >= length:
            continue
        over = [(id, kind) for id, kind, first, last in spans if first <= start and end <= last]
        pieces.append(
            Piece(
                letter.text[start:end],
                tuple(dict.fromkeys(id for id, kind in over if kind != "hit")),
                bool(over) and all(kind in ("task", "note", "misread", "hit") for _, kind in over),
                next((titles[id] for id, _ in over if id in titles), None),
                any(kind == "doubt" for _, kind in over),
                any(kind == "hit" for _, kind in over),
            )
        )
    return tuple(pieces)
