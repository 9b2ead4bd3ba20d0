"""Pages in, dispatches out: the whole of nlp in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar

import rapidfuzz  # noqa: F401  (its modules import each other: loaded whole here, before threads ask for parts of it)

from ingest.types import Page
from nlp.addressees import read_addressees
from nlp.agencies.identity import identify_all
from nlp.annexed_plans import Part, parts_of_annex
from nlp.calibration import DOUBT
from nlp.doubts import calibrated
from nlp.footnotes import with_footnotes
from nlp.hands import with_hands
from nlp.header import header_warnings, probable_date, read_header
from nlp.numbers import DocumentNumber
from nlp.reading import Text
from nlp.recipients import read_recipients
from nlp.references import find_references, resolve
from nlp.repair import repair
from nlp.repair.checks import check
from nlp.repair.repair import references_as_read, tasks_as_read
from nlp.sections import Sections, Span, cut, split_documents
from nlp.signature import read_signer
from nlp.stamps import read_incoming
from nlp.tasks import find_annexed, find_tasks
from nlp.types import Correction, Dispatch, Evidence, Header, Named, Task

T = TypeVar("T")

VERSION = "10"
"""Raised with every change of the rules that may change results; part of a step's key."""


def understand(
    pages: Sequence[Page], *, name: str = "", arrived_on: date | None = None, doubt: float = DOUBT
) -> tuple[Dispatch, ...]:
    """Understand the documents on some pages.

    `name` is the file's name, used in warnings only: it is evidence of
    nothing. `arrived_on` is the day the letter arrived, the anchor of
    relative deadlines where the ĐẾN stamp gives none. A value less probable
    than `doubt` is to be looked at. A file of several
    documents (a covering letter and what it forwards) gives several results.
    """
    return tuple(calibrated(dispatch, text.confidence, below=doubt) for dispatch, text in found(pages))


def found(pages: Sequence[Page]) -> tuple[tuple[Dispatch, Text], ...]:
    """What the finders give, with the confidence their rules were given by hand, and the text of each document."""
    reading = Text.of_pages(pages)
    repaired = repair(reading)
    text = reading.with_text(repaired.text)
    parts = [(text.slice(start, end), start, end) for start, end in split_documents(text)]
    return tuple(
        (_document(part, reading.text[start:end], _within(repaired.corrections, start, end)), part)
        for part, start, end in parts
    ) or ((Dispatch(header=Header(), text=reading.text), text),)


def _document(text: Text, read: str, words: tuple[Correction, ...]) -> Dispatch:
    """One document. `text` has misread words put right, `read` is the reading itself; both are as long."""
    sections = cut(text)
    header, handwritten = with_hands(text, sections, read_header(text, sections))
    addressees = read_addressees(text, sections)
    issued_on = probable_date(text, sections, header)
    annexed = _annexed(text, sections, header)
    tasks = _tasks(text, sections, annexed, header, addressees, issued_on)
    own = _own_number(header)
    cited = resolve(find_references(_citing(text.text, sections, annexed)), issued_on=issued_on, own=own)
    signer = read_signer(text, sections)
    checked = check(read, sections, header, signer, cited, words)
    dispatch = Dispatch(
        header=checked.header,
        addressees=addressees,
        recipients=read_recipients(text, sections),
        signer=signer,
        # A day that is not believed is nothing to judge the stamp's by.
        incoming=read_incoming(text, sections if header.issued_on else replace(sections, date=None)),
        tasks=tasks_as_read(tasks, read, text.text),
        references=references_as_read(cited, read, text.text),
        warnings=(
            *header_warnings(text, sections, header, handwritten),
            *_warnings(header),
            *_deadline_warnings(tasks),
            *checked.warnings,
        ),
        text=read,
        pages=text.page_numbers,
        page_starts=text.page_starts,
        corrections=checked.corrections,
        agencies=identify_all(checked.header, addressees, tasks, issued_on),
        handwritten=handwritten,
    )
    return moved(dispatch, text.place)


def _tasks(
    text: Text, sections: Sections, annexed: Sequence[Part], header: Header, addressees: Sequence[Named], issued_on: date | None
) -> tuple[Task, ...]:
    """The tasks of the body, then those of the plans and tables in the appendix."""
    kind = header.kind.value if header.kind else "công văn"
    finders: list[tuple[Span | Part, Callable[..., tuple[Task, ...]], str]] = [(sections.body, find_tasks, kind)]
    finders += [(part, find_tasks, "kế hoạch") if part.is_plan else (part, find_annexed, kind) for part in annexed]
    found: list[Task] = []
    for part, find, kind in finders:
        start, end = part.start, part.end
        found += _shifted(
            find(
                text.text[start:end],
                kind=kind,
                issuer=header.issuer.value if header.issuer else "",
                addressees=_shifted(tuple(addressees), -start),
                issued_on=issued_on,
                cells=text.cells_within(start, end),
            ),
            start,
        )
    return tuple(found)


def _annexed(text: Text, sections: Sections, header: Header) -> tuple[Part, ...]:
    """The parts of the appendix."""
    if sections.appendix is None:
        return ()
    return parts_of_annex(text.text, *sections.appendix, promulgated_by=header.kind.value if header.kind else "")


def _citing(text: str, sections: Sections, annexed: Sequence[Part]) -> str:
    """What of a letter cites others: all up to its signature, the notes below it, and the plans it promulgates; the rest is blank."""
    below = sections.tail or Span(sections.body.end, sections.body.end)
    found = with_footnotes(text, max(sections.body.end, 0), below.end)
    for part in annexed:
        if part.is_plan:
            found += re.sub(r"[^\n]", " ", text[len(found) : part.start]) + text[part.start : part.end]
    return found


def _shifted(value: T, by: int) -> T:
    return moved(value, lambda evidence: replace(evidence, start=evidence.start + by, end=evidence.end + by))


def moved(value: T, move: Callable[[Evidence], Evidence]) -> T:
    """The value with every evidence in it changed by `move`."""
    return _moved(value, move)  # type: ignore[no-any-return]


def _moved(value: Any, move: Callable[[Evidence], Evidence]) -> Any:
    if isinstance(value, Evidence):
        return move(value)
    if isinstance(value, tuple):
        return tuple(_moved(item, move) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {f.name: _moved(getattr(value, f.name), move) for f in fields(value)}
        return replace(value, **changes)
    return value


def _within(corrections: Sequence[Correction], start: int, end: int) -> tuple[Correction, ...]:
    """The corrections in [start, end), their offsets counted from `start`."""
    return tuple(
        moved(each, lambda e: replace(e, start=e.start - start, end=e.end - start))
        for each in corrections
        if start <= each.start and each.end <= end
    )


def _own_number(header: Header) -> DocumentNumber | None:
    if header.number is None or header.symbol is None:
        return None
    return DocumentNumber.parse(f"{header.number.value}/{header.symbol.value}")


def _warnings(header: Header) -> tuple[str, ...]:
    if header.kind is not None and header.kind.value == "khác":
        return ()
    missing = {"symbol": "chưa đọc được ký hiệu văn bản – cần nhập", "issuer": "chưa đọc được cơ quan ban hành – cần nhập"}
    return tuple(message for name, message in missing.items() if getattr(header, name) is None)


def _deadline_warnings(tasks: Sequence[Task]) -> tuple[str, ...]:
    """What is odd about a deadline, with the task it belongs to."""
    return tuple(
        f"mục {task.label}: {warning}" if task.label else warning
        for task in tasks
        for deadline in task.deadlines
        for warning in deadline.warnings
    )
