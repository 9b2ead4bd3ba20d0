"""Reading letters out of the register: one, many, lists with filters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, exists, extract, func, or_, select
from sqlalchemy.orm import Session, selectinload, undefer

from ingest.types import Page
from nlp.numbers import NumberQuery, parse_query, symbol_key
from register import pages as page_forms
from register.building import letter_row, reference_view, task_view
from register.citations import number_part
from register.errors import unknown
from register.graph.documents import cited_letters
from register.models import Correction, Extraction, FilePage, Letter, Obligation, Reference, Task
from register.models.documents import File
from register.recording import Recorded, record
from register.text import contains, squeeze
from register.views import LetterRow, LetterView, ReferenceView, Slice, TaskView

__all__ = [
    "LetterFilter",
    "Recorded",
    "get",
    "get_many",
    "ids",
    "listing",
    "misread",
    "own_number",
    "pages",
    "record",
    "rows",
    "shown",
]

FEW = 300
"""So many letters of a filter are put in order by their ids."""
LetterSort = Literal["received", "issued", "number", "issuer"]


@dataclass(frozen=True, slots=True)
class LetterFilter:
    """Which letters. All given conditions must hold.

    `kind` and `direction` exact ("công văn", "đến"); `issuer`, `subject` a
    part of the text, with or without diacritics; `number` a document number
    in any spelling ("1617", "1617/BCT-CNĐP", "công văn 1617/2009"); `states`
    as in `register.models.Letter` (empty: all but withdrawn); `has_tasks`
    tells letters with tracked tasks from those without; `doubtful` asks for
    those that nobody has reviewed and that hold values "cần kiểm tra".
    """

    kind: str | None = None
    issuer: str | None = None
    subject: str | None = None
    number: str | None = None
    direction: str | None = None
    states: tuple[str, ...] = ()
    issued_from: date | None = None
    issued_to: date | None = None
    received_from: date | None = None
    received_to: date | None = None
    file_id: int | None = None
    urgency: str | None = None
    has_tasks: bool | None = None
    doubtful: bool | None = None


def listing(
    s: Session,
    where: LetterFilter = LetterFilter(),
    *,
    sort: LetterSort = "received",
    descending: bool = True,
    offset: int = 0,
    limit: int = 50,
) -> Slice[LetterRow]:
    """A page of letters, at most four queries whatever its length."""
    conditions = _conditions(where)
    if where == LetterFilter():
        total = count(s)
    elif len(few := s.scalars(select(Letter.id).where(*conditions).limit(FEW + 1)).all()) <= FEW:
        total, conditions = len(few), [Letter.id.in_(few)]  # looked for once, not for the count and for the page
    else:
        total = s.scalar(select(func.count()).select_from(Letter).where(*conditions)) or 0
    keys: dict[str, tuple[Any, ...]] = {
        "received": (Letter.arrived_on, Letter.id),
        "issued": (Letter.issued_on, Letter.id),
        "number": (func.length(Letter.number), Letter.number, Letter.id),
        "issuer": (Letter.issuer_fold, Letter.issued_on, Letter.id),
    }
    order = [key.desc() if descending else key.asc() for key in keys[sort]]
    if sort != "received":  # every letter has a day of arrival
        order = [key.nulls_last() for key in order]
    # The page is found first, on what an index holds: a sort carries ids, not whole letters.
    page = list(s.scalars(select(Letter.id).where(*conditions).order_by(*order).offset(offset).limit(limit)))
    found = rows(s, page)
    return Slice(tuple(found[each] for each in page), total, offset, limit)


def rows(s: Session, letter_ids: Sequence[int]) -> dict[int, LetterRow]:
    """The list rows of these letters by id, in one query; unknown ids are left out."""
    if not letter_ids:
        return {}
    return {found[0].id: _row(*found) for found in s.execute(_rows().where(Letter.id.in_(letter_ids)))}


def get(s: Session, letter_id: int) -> LetterView:
    """A letter whole. BadRequest "letter-unknown" if there is none."""
    found = get_many(s, [letter_id])
    if not found:
        raise unknown("letter", letter_id)
    return found[0]


def get_many(s: Session, letter_ids: Sequence[int]) -> tuple[LetterView, ...]:
    """Several letters whole in a fixed number of queries, in the order asked; unknown ids are left out."""
    if not letter_ids:
        return ()
    query = _rows().where(Letter.id.in_(letter_ids)).options(undefer(Letter.text), undefer(Letter.evidence))
    letters = {found[0].id: (found[0], _row(*found)) for found in s.execute(query)}
    corrected: dict[tuple[int, int | None], list[str]] = {}
    for letter_id, task_id, field in s.execute(
        select(Correction.letter_id, Correction.task_id, Correction.field)
        .where(Correction.letter_id.in_(letters))
        .order_by(Correction.id)
    ):
        corrected.setdefault((letter_id, task_id), []).append(field)
    tasks: dict[int, list[Task]] = {}
    for task in s.scalars(
        select(Task)
        .where(Task.letter_id.in_(letters))
        .order_by(Task.position, Task.id)
        .options(
            selectinload(Task.deadlines),
            selectinload(Task.obligations).selectinload(Obligation.occurrences),
        )
    ):
        tasks.setdefault(task.letter_id, []).append(task)
    references: dict[int, list[Reference]] = {}
    for reference in s.scalars(
        select(Reference)
        .where(Reference.letter_id.in_(letters))
        .order_by(Reference.position)
        .options(selectinload(Reference.mentions))
    ):
        references.setdefault(reference.letter_id, []).append(reference)
    cited = cited_letters(s, [each for group in references.values() for each in group])
    return tuple(
        _whole(
            *letters[number],
            tasks=[task_view(task, corrected.get((number, task.id), ())) for task in tasks.get(number, ())],
            references=[reference_view(each, cited.get(each.id)) for each in references.get(number, ())],
            corrected=corrected.get((number, None), ()),
        )
        for number in letter_ids
        if number in letters
    )


def _whole(
    letter: Letter,
    row: LetterRow,
    *,
    tasks: Sequence[TaskView],
    references: Sequence[ReferenceView],
    corrected: Sequence[str],
) -> LetterView:
    return LetterView(
        row=row,
        addressees=tuple(letter.addressees),
        recipients=tuple(letter.recipients),
        signer_authority=letter.signer_authority,
        signer_position=letter.signer_position,
        signer_name=letter.signer_name,
        incoming_body=letter.incoming_body,
        tasks=tuple(tasks),
        references=tuple(references),
        evidence=letter.evidence,
        warnings=tuple(letter.warnings),
        pages=tuple(letter.pages),
        text=letter.text,
        corrected=tuple(dict.fromkeys(corrected)),
        extraction=letter.extraction,
        reviewed_at=letter.reviewed_at,
        reviewed_by=letter.reviewed_by,
        changed_at=letter.changed_at,
    )


def ids(s: Session) -> Iterator[tuple[int, int]]:
    """Ids and versions of all letters that are not withdrawn, for reconciling an index."""
    yield from s.execute(
        select(Letter.id, Letter.version).where(Letter.state != "withdrawn").order_by(Letter.id)
    )


def count(s: Session) -> int:
    """How many letters there are that are not withdrawn."""
    every = select(func.count()).select_from(Letter)  # counting all and the few is quicker than looking at each
    return (s.scalar(every) or 0) - (s.scalar(every.where(Letter.state == "withdrawn")) or 0)


def shown(s: Session, letter_ids: Collection[int]) -> frozenset[int]:
    """Those of these letters that are in the register and not withdrawn."""
    if not letter_ids:
        return frozenset()
    return frozenset(
        s.scalars(select(Letter.id).where(Letter.id.in_(letter_ids), Letter.state != "withdrawn"))
    )


def misread(s: Session, letter_id: int) -> tuple[dict[str, Any], ...]:
    """The words that the letter's reading took for misread: `corrections` of `nlp.jsonform.to_json`.

    They are the program's, not a person's; readings by versions before 2 have none.
    """
    dispatch = s.scalar(
        select(Extraction.dispatch)
        .join(Letter, Letter.id == Extraction.letter_id)
        .where(Letter.id == letter_id, Extraction.version == Letter.extraction)
    )
    return tuple(dispatch.get("corrections") or ()) if dispatch else ()


def pages(s: Session, letter_id: int) -> tuple[Page, ...]:
    """The letter's pages as they were read."""
    letter = s.get(Letter, letter_id)
    if letter is None:
        raise unknown("letter", letter_id)
    rows = s.scalars(
        select(FilePage)
        .where(FilePage.file_id == letter.file_id, FilePage.version == letter.extraction)
        .order_by(FilePage.number)
        .options(undefer(FilePage.layout), undefer(FilePage.marks))
    )
    wanted = set(letter.pages)
    return tuple(page_forms.to_page(row) for row in rows if not wanted or row.number in wanted)


def _rows() -> Select[Letter, str, str, int]:
    tracked = (
        select(func.count())
        .where(Task.letter_id == Letter.id, Task.state == "active", Task.optional.is_(False))
        .correlate(Letter)
        .scalar_subquery()
    )
    return select(Letter, File.name, File.sha256, tracked).join(File, File.id == Letter.file_id)


def _row(letter: Letter, file_name: str, sha256: str, task_count: int) -> LetterRow:
    return letter_row(letter, file_name=file_name, sha256=sha256, task_count=task_count)


def _conditions(where: LetterFilter) -> list[ColumnElement[bool]]:
    result: list[ColumnElement[bool]] = [
        Letter.state.in_(where.states) if where.states else Letter.state != "withdrawn"
    ]
    exact: tuple[tuple[Any, Any], ...] = (
        (Letter.kind, where.kind),
        (Letter.direction, where.direction),
        (Letter.file_id, where.file_id),
        (Letter.urgency, where.urgency),
    )
    result.extend(column == value for column, value in exact if value is not None)
    if where.issuer:
        result.append(contains(Letter.issuer_fold, where.issuer))
    if where.subject:
        result.append(contains(Letter.subject_fold, where.subject))
    if where.number:
        result.extend(own_number(where.number))
    if where.issued_from:
        result.append(Letter.issued_on >= where.issued_from)
    if where.issued_to:
        result.append(Letter.issued_on <= where.issued_to)
    if where.received_from:
        result.append(Letter.arrived_on >= where.received_from)
    if where.received_to:
        result.append(Letter.arrived_on <= where.received_to)
    if where.has_tasks is not None:
        some = exists().where(Task.letter_id == Letter.id, Task.state == "active", Task.optional.is_(False))
        result.append(some if where.has_tasks else ~some)
    if where.doubtful is not None:
        open_doubts = and_(Letter.state == "unreviewed", func.coalesce(Letter.doubts, 0) > 0)
        result.append(open_doubts if where.doubtful else ~open_doubts)
    return result


def own_number(text: str) -> list[ColumnElement[bool]]:
    """Conditions for letters with this number, in any spelling; a text that is no number finds none."""
    query = parse_query(text)
    if query is None and squeeze(text).isalnum():
        query = NumberQuery(number=squeeze(text))
    if query is None or query.number is None:
        return [Letter.id.is_(None)]
    result = [Letter.number_key.startswith(f"{number_part(query.number)}/", autoescape=True)]
    if query.symbol:
        result.append(Letter.number_key.contains(f"/{symbol_key(query.symbol)}", autoescape=True))
    if query.year:
        in_code = Letter.number_key.contains(f"/{query.year}/", autoescape=True)
        result.append(or_(in_code, extract("year", Letter.issued_on) == query.year))
    if query.type:
        result.append(or_(Letter.kind == query.type, Letter.kind.is_(None)))
    return result
