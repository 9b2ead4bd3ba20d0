"""Who cites what: a document's number in any spelling gives the letters that cite it."""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from nlp.numbers import NumberQuery, parse_query, symbol_key
from register.building import reference_view
from register.citations import number_part
from register.errors import refused
from register.letters import cited_letters
from register.models import File, Letter, Reference
from register.text import code, squeeze
from register.views import CitingRow, ReferenceView


def citing(s: Session, query: NumberQuery | str, *, limit: int = 1000) -> tuple[CitingRow, ...]:
    """Letters that cite the document, newest first, one row each, with the first place it stands.

    A text is parsed by `nlp.numbers.parse_query`. What the query does not say
    is not asked for: "Nghị định 45/2012" finds every decree 45 of 2012.
    BadRequest "number-unclear" when the text is no document number.
    """
    wanted = parse_query(query) if isinstance(query, str) else query
    if (
        wanted is None
        and isinstance(query, str)
        and squeeze(query).isalnum()
        and any(map(str.isdigit, query))
    ):
        wanted = NumberQuery(number=squeeze(query))
    if wanted is None or wanted.number is None:
        raise refused(
            "number-unclear",
            f"“{query}” không phải số, ký hiệu văn bản.",
            f"“{query}” is not the number of a document.",
            "Ví dụ: Nghị định 45/2012, 1288/QĐ-TTg, 02-NQ/TU.",
            "For example: Nghị định 45/2012, 1288/QĐ-TTg, 02-NQ/TU.",
        )
    found = (
        select(Reference, Letter, File.name)
        .join(Letter, Letter.id == Reference.letter_id)
        .join(File, File.id == Letter.file_id)
        .where(Reference.number_key == number_part(wanted.number), Letter.state != "withdrawn")
        .options(selectinload(Reference.mentions))
        .order_by(
            func.coalesce(Letter.issued_on, func.date(Letter.created_at)).desc(),
            Letter.id.desc(),
            Reference.position,
        )
        .limit(limit)
    )
    if wanted.year is not None:
        found = found.where(Reference.year == wanted.year)
    if wanted.symbol:
        found = found.where(Reference.symbol_key.startswith(symbol_key(wanted.symbol), autoescape=True))
    if wanted.type:
        found = found.where(or_(Reference.type == wanted.type, Reference.type.is_(None)))
    rows = []
    for reference, letter, name in s.execute(found):
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
                cited=" ".join(filter(None, (reference.type, reference.code or reference.number))),
                issued_on=letter.issued_on,
                subject=letter.subject,
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
