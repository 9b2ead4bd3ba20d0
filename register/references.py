"""Who cites what: a document's number in any spelling gives the letters that cite it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only, selectinload

from nlp.numbers import NumberQuery, symbol_key
from nlp.references.resolve import law_key
from register.building import reference_view
from register.errors import refused
from register.graph import decisions, documents
from register.graph.documents import DocumentRow, Sought, cited_letters
from register.models import CitedDocument, File, Letter, Reference
from register.text import code, fold
from register.views import CitingRow, ReferenceView


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found: the documents meant, those that are probably the same, and the letters that cite them."""

    documents: tuple[DocumentRow, ...]
    probable: tuple[DocumentRow, ...]
    citing: tuple[CitingRow, ...]


def find(s: Session, query: NumberQuery | str, *, limit: int = 1000) -> Found:
    """The documents that a number means, and the letters that cite them or what is probably the same.

    What the query does not say is not asked for: "Nghị định 45/2012" finds
    every decree 45 of 2012; a law is found by its name. BadRequest
    "number-unclear" when the text is neither.
    """
    sought = _sought(query)
    if sought.number is None and not (sought.type and sought.words):
        raise refused(
            "number-unclear",
            f"“{query}” không phải số, ký hiệu văn bản.",
            f"“{query}” is not the number of a document.",
            "Ví dụ: Nghị định 45/2012, 1288/QĐ-TTg, 02-NQ/TU, Luật Đất đai.",
            "For example: Nghị định 45/2012, 1288/QĐ-TTg, 02-NQ/TU, Luật Đất đai.",
        )
    meant = documents.sought(s, sought) if sought.number else _law(s, sought, str(query))
    others = _probable(s, [each.id for each in meant])
    rows = of_documents(
        s, {**dict.fromkeys((each.id for each in others), True), **dict.fromkeys((each.id for each in meant), False)},
        limit=limit,
    )  # fmt: skip
    return Found(meant, others, rows)


def citing(s: Session, query: NumberQuery | str, *, limit: int = 1000) -> tuple[CitingRow, ...]:
    """The letters that cite the documents meant, newest first; see `find`."""
    return find(s, query, limit=limit).citing


def of_documents(
    s: Session, roots: Mapping[int, bool] | Iterable[int], *, limit: int = 1000
) -> tuple[CitingRow, ...]:
    """The letters that cite these documents, newest first, one row for each citation, with the first place it stands.

    A mapping tells of each whether it is only probably the one asked for.
    """
    probable = dict(roots) if isinstance(roots, Mapping) else dict.fromkeys(roots, False)
    if not probable:
        return ()
    found = (
        select(Reference, Letter, File.name, CitedDocument.root_id)
        .join(CitedDocument, CitedDocument.id == Reference.document_id)
        .join(Letter, Letter.id == Reference.letter_id)
        .join(File, File.id == Letter.file_id)
        .where(CitedDocument.root_id.in_(list(probable)), Letter.state != "withdrawn")
        .options(
            selectinload(Reference.mentions),
            load_only(Letter.number, Letter.symbol, Letter.issued_on, Letter.subject),
        )
        .order_by(
            func.coalesce(Letter.issued_on, func.date(Letter.created_at)).desc(),
            Letter.id.desc(),
            Reference.position,
        )
        .limit(limit)
    )
    rows = []
    for reference, letter, name, root in s.execute(found):
        first = reference.mentions[0] if reference.mentions else None
        rows.append(
            CitingRow(
                letter_id=letter.id,
                reference_id=reference.id,
                file=name,
                number=letter.number,
                symbol=letter.symbol,
                code=code(letter.number, letter.symbol),
                page=first.page if first else None,
                provisions=tuple(reference.provisions),
                relation=reference.relation,
                snippet=first.snippet if first else reference.raw,
                cited=" ".join(filter(None, (reference.type, reference.code or reference.number or reference.title))),
                issued_on=letter.issued_on,
                subject=letter.subject,
                document_id=root,
                probable=probable[root],
                yearless=reference.year is None and reference.dated_on is None and reference.number is not None,
            )
        )
    return tuple(rows)


def of_letter(s: Session, letter_id: int) -> tuple[ReferenceView, ...]:
    """What a letter cites, in the order of the letter."""
    rows = s.scalars(
        select(Reference)
        .where(Reference.letter_id == letter_id)
        .order_by(Reference.position)
        .options(selectinload(Reference.mentions))
    ).all()
    cited = cited_letters(s, rows)
    return tuple(reference_view(row, cited.get(row.id)) for row in rows)


def _sought(query: NumberQuery | str) -> Sought:
    if isinstance(query, str):
        return documents.understand(query + " ")  # nothing is being typed any more
    return Sought(
        type=query.type,
        number=(query.number or "").lower().lstrip("0") or ("0" if query.number else None),
        whole=True,
        year=str(query.year) if query.year else None,
        symbol=symbol_key(query.symbol) if query.symbol else None,
    )


def _law(s: Session, sought: Sought, text: str) -> tuple[DocumentRow, ...]:
    """A law by its name, with or without its year, as named or with its number."""
    kind = sought.type or ""
    year = next((int(each) for each in sought.words if each.isdigit() and len(each) == 4), None)
    name = " ".join(each for each in sought.words if each not in ("nam", str(year)))
    query = select(CitedDocument.root_id, CitedDocument.title).where(
        CitedDocument.type == kind, CitedDocument.words.contains(name, autoescape=True)
    )
    if year:
        query = query.where(CitedDocument.year == year)
    roots = [root for root, title in s.execute(query) if law_key(title) == law_key(name) or fold(title or "") == name]
    return tuple(sorted(documents.rows(s, roots), key=lambda each: (-(each.year or 0), each.id)))


def _probable(s: Session, roots: Sequence[int]) -> tuple[DocumentRow, ...]:
    if not roots:
        return ()
    pairs = decisions.pairs(s, document_ids=tuple(roots))
    others = {side.document_id for pair in pairs for side in (pair.left, pair.right)} - set(roots)
    return documents.rows(s, others)
