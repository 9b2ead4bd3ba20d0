"""Index documents from the register's rows: letters, tasks (one per responsible body), citations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from nlp.numbers import DocumentNumber
from nlp.references.law_numbers import law_code
from register import letters, tasks
from register.clock import now
from register.models import FilePage, Letter, Reference
from register.views import LetterRow, LetterView, ReferenceView, TaskRow
from search.types import Document, Json, Kind, Number, PageText

WITHDRAWN = "withdrawn"
TITLE_CHARACTERS = 1000


@dataclass(frozen=True, slots=True)
class LetterDocuments:
    """A letter with its citations, for the index; `version` is the letter's."""

    letter: Document
    references: tuple[Document, ...]

    @property
    def all(self) -> tuple[Document, ...]:
        """The letter first, then its citations."""
        return (self.letter, *self.references)


def reference_id(letter_id: int | str, position: int) -> str:
    """Id of a citation's document: the letter and the citation's place in it, the same after re-processing."""
    return f"{letter_id}.{position}"


def own_number(row: LetterRow) -> Number | None:
    """What the index knows of a letter's own number; the year is the code's, else the date's."""
    if not row.number:
        return None
    parsed = DocumentNumber.parse(row.code or row.number)
    year = parsed.year if parsed and parsed.year else row.issued_on.year if row.issued_on else None
    symbol = parsed.symbol if parsed else row.symbol
    return Number(row.number, row.kind, year, symbol)


def cited_number(
    number: str | None, type_: str | None, year: int | None, symbol: str | None, dated_year: int | None, title: str | None
) -> Number | None:
    """What the index knows of a cited number; None where only a title is known (a law whose number is not)."""
    if number:
        return Number(number, type_, year or dated_year, symbol)
    law = DocumentNumber.parse(law_code(type_, title, year or dated_year) or "")
    return Number(law.number, type_, law.year, law.symbol) if law else None


def _sentence(*parts: str | None) -> str:
    return " ".join(part.strip() for part in parts if part and part.strip())


def _capital(text: str | None) -> str:
    return text[:1].upper() + text[1:] if text else ""


def letter_title(row: LetterRow) -> str:
    """The line by which a letter is known: type, number, subject; its file's name where it has none."""
    kind = _capital(row.kind) if row.kind and row.kind != "khác" else ""
    head = _sentence(kind or None, f"số {row.code}" if row.code else None)
    title = ": ".join(part for part in (head, row.subject or "") if part)
    return (title or row.file_name)[:TITLE_CHARACTERS]


def letter_documents(s: Session, letter_ids: Sequence[int]) -> dict[int, LetterDocuments | None]:
    """Documents of these letters by id; None for one that is withdrawn or gone.

    A fixed number of queries however many letters.
    """
    views = {view.row.id: view for view in letters.get_many(s, letter_ids)}
    shown = {id_: view for id_, view in views.items() if view.row.state != WITHDRAWN}
    texts = _page_texts(s, list(shown.values()))
    return {
        id_: _letter(shown[id_], texts.get(id_, ())) if id_ in shown else None
        for id_ in dict.fromkeys(letter_ids)
    }


def _page_texts(s: Session, views: Sequence[LetterView]) -> dict[int, tuple[PageText, ...]]:
    """Texts of the letters' pages, as they were read."""
    if not views:
        return {}
    files = {view.row.file_id for view in views}
    rows = s.execute(
        select(FilePage.file_id, FilePage.version, FilePage.number, FilePage.text, FilePage.source)
        .where(FilePage.file_id.in_(files))
        .order_by(FilePage.number)
    )
    by_file: dict[tuple[int, str], dict[int, PageText]] = {}
    for file_id, version, number, text, source in rows:
        # A plain text file has no pages to open.
        shown = None if source == "text" else number
        by_file.setdefault((file_id, version), {})[number] = PageText(shown, text)
    found: dict[int, tuple[PageText, ...]] = {}
    for view in views:
        pages = by_file.get((view.row.file_id, view.extraction), {})
        wanted = view.pages or tuple(pages)
        found[view.row.id] = tuple(pages[number] for number in wanted if number in pages)
    return found


def _letter(view: LetterView, pages: Sequence[PageText]) -> LetterDocuments:
    row = view.row
    own = own_number(row)
    numbers = (own,) if own else ()
    title = letter_title(row)
    bodies = [
        obligation.body
        for task in view.tasks
        if task.state == "active" and not task.optional
        for obligation in task.obligations
        if obligation.role == "lead" and obligation.cancelled_on is None
    ]
    letter = Document(
        kind="letters",
        id=str(row.id),
        version=row.version,
        letter_id=str(row.id),
        title=title,
        pages=tuple(pages) or (PageText(None, view.text),),
        numbers=numbers,
        cited=tuple(number for number in map(_cited, view.references) if number),
        agencies=_names(row.issuer, *bodies),
        doc_type=row.kind,
        direction=row.direction,
        state=row.state,
        issued_on=row.issued_on,
        fields={
            "file": row.file_name,
            "file_id": row.file_id,
            "code": row.code,
            "number": row.number,
            "symbol": row.symbol,
            "issuer": row.issuer,
            "subject": row.subject,
            "urgency": row.urgency,
            "task_count": row.task_count,
        },
    )
    return LetterDocuments(
        letter,
        tuple(_reference(view, one, position, numbers) for position, one in enumerate(view.references, 1)),
    )


def _reference(view: LetterView, one: ReferenceView, position: int, numbers: tuple[Number, ...]) -> Document:
    row = view.row
    cited = _cited(one)
    printed = _sentence(_capital(one.type), one.code or one.number) or one.raw
    first = one.mentions[0] if one.mentions else None
    return Document(
        kind="references",
        id=reference_id(row.id, position),
        version=row.version,
        letter_id=str(row.id),
        title=_sentence(printed, one.title)[:TITLE_CHARACTERS],
        pages=tuple(PageText(mention.page, mention.snippet) for mention in one.mentions)
        or (PageText(None, one.raw),),
        numbers=numbers,
        cited=(cited,) if cited else (),
        agencies=_names(row.issuer),
        doc_type=one.type,
        direction=row.direction,
        state=one.relation,
        issued_on=row.issued_on,
        fields={
            "file": row.file_name,
            "number": row.number,
            "symbol": row.symbol,
            "code": row.code,
            "subject": row.subject,
            "cited": printed,
            "provisions": list(one.provisions),
            "relation": one.relation,
            "page": first.page if first else None,
            "raw": one.raw,
        },
    )


def _cited(one: ReferenceView) -> Number | None:
    return cited_number(
        one.number, one.type, one.year, one.symbol, one.dated_on.year if one.dated_on else None, one.title
    )


def _names(*names: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(name.split()) for name in names if name and name.strip()))


def task_documents(s: Session, obligation_ids: Sequence[int]) -> dict[int, Document | None]:
    """Documents of these obligations by id; None for one that is gone or not tracked."""
    # The day plays no part: only what does not change by itself goes into the index.
    rows = {row.obligation_id: row for row in tasks.by_ids(s, obligation_ids, today=now().date())}
    cited = _cited_by(s, {row.letter_id for row in rows.values()})
    return {
        id_: _task(rows[id_], cited.get(rows[id_].letter_id, ())) if id_ in rows else None
        for id_ in dict.fromkeys(obligation_ids)
    }


def _cited_by(s: Session, letter_ids: Iterable[int]) -> Mapping[int, Sequence[Number]]:
    found: dict[int, list[Number]] = {}
    rows = s.execute(
        select(
            Reference.letter_id,
            Reference.number,
            Reference.type,
            Reference.year,
            Reference.symbol,
            Reference.dated_on,
            Reference.title,
        )
        .where(Reference.letter_id.in_(list(letter_ids)))
        .order_by(Reference.letter_id, Reference.position)
    )
    for letter_id, number, type_, year, symbol, dated_on, title in rows:
        known = cited_number(number, type_, year, symbol, dated_on.year if dated_on else None, title)
        if known:
            found.setdefault(letter_id, []).append(known)
    return found


def _task(row: TaskRow, cited: Sequence[Number]) -> Document:
    own = None
    if row.letter_number:
        parsed = DocumentNumber.parse(row.letter_code or row.letter_number)
        issued_year = row.letter_issued_on.year if row.letter_issued_on else None
        own = Number(
            row.letter_number,
            row.letter_kind,
            parsed.year if parsed and parsed.year else issued_year,
            parsed.symbol if parsed else row.letter_symbol,
        )
    state = "open"
    if row.done_on is not None:
        state = "done-late" if row.due_on is not None and row.done_on > row.due_on else "done"
    letter = _sentence(_capital(row.letter_kind), f"số {row.letter_code}" if row.letter_code else None)
    origin = ": ".join(part for part in (letter, row.letter_subject or "") if part)
    deadlines = "; ".join(row.raw_deadlines)
    lines = (
        row.body,
        origin,
        row.letter_issuer,
        deadlines,
        f"Báo cáo {row.report_to}" if row.report_to else None,
    )
    fields: dict[str, Json] = {
        "obligation_id": row.obligation_id,
        "task_id": row.task_id,
        "label": row.label,
        "body": row.body,
        "role": row.role,
        "agency_id": row.agency_id,
        "file": row.file_name,
        "letter_code": row.letter_code,
        "letter_subject": row.letter_subject,
        "deadlines": list(row.raw_deadlines),
        "report_to": row.report_to,
        "printed_on": row.printed_on.isoformat() if row.printed_on else None,
        "done_on": row.done_on.isoformat() if row.done_on else None,
    }
    return Document(
        kind="tasks",
        id=str(row.obligation_id),
        version=row.version,
        letter_id=str(row.letter_id),
        title=row.text,
        pages=(PageText(row.page, " · ".join(line for line in lines if line)),),
        numbers=(own,) if own else (),
        cited=tuple(cited),
        agencies=_names(row.body),
        doc_type=row.letter_kind,
        direction=row.direction,
        state=state,
        issued_on=row.letter_issued_on,
        due_on=row.due_on,
        fields=fields,
    )


def versions(s: Session, kind: Kind) -> Iterator[tuple[str, int]]:
    """What the index should hold of a kind: ids with versions."""
    if kind == "letters":
        yield from ((str(id_), version) for id_, version in letters.ids(s))
    elif kind == "tasks":
        yield from ((str(id_), version) for id_, version in tasks.ids(s))
    else:
        rows = s.execute(
            select(Reference.letter_id, Letter.version)
            .join(Letter, Letter.id == Reference.letter_id)
            .where(Letter.state != WITHDRAWN)
            .order_by(Reference.letter_id, Reference.position)
            .execution_options(yield_per=5000)
        )
        last, position = -1, 0
        for letter_id, version in rows:
            position = position + 1 if letter_id == last else 1
            last = letter_id
            yield reference_id(letter_id, position), version
