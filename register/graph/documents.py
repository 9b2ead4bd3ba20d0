"""Documents of the graph as lists and one by one; found by number, type and words while somebody types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from nlp.numbers import document_types, plain, symbol_key
from nlp.numbers import fold as fold_number
from register.errors import unknown
from register.models import CitedDocument, Letter, Reference
from register.text import fold


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document: `letter_id` is the letter of the register that it is, None for a stub only known from citations.

    `citing` counts the letters that cite it (withdrawn ones never); `dated_on`
    and `year` as far as anybody tells them.
    """

    id: int
    type: str | None
    code: str | None
    number: str | None
    symbol: str | None
    year: int | None
    dated_on: date | None
    issuer: str | None
    title: str | None
    letter_id: int | None
    citing: int

    @property
    def name(self) -> str:
        """Type and code, or the name of a law: "nghị định 45/2012/NĐ-CP", "luật Đầu tư công 2019"."""
        return name_of(self)

    @property
    def about(self) -> str | None:
        """Its title, where that is not its name."""
        return self.title if self.title and self.title not in self.name else None


def name_of(row: DocumentRow | CitedDocument) -> str:
    """How a document is called."""
    if row.code or row.number:
        return " ".join(filter(None, (row.type, row.code or row.number)))
    tail = str(row.year) if row.year and not row.symbol else None
    unread = f"…/{row.symbol}" if row.symbol else None
    return " ".join(filter(None, (row.type, unread or row.title, tail))) or "văn bản"


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody typed into the citation box: type, number (`whole`: not being typed any more), year, symbol, words."""

    type: str | None = None
    number: str | None = None
    whole: bool = False
    year: str | None = None
    symbol: str | None = None
    words: tuple[str, ...] = ()


_NUMBER = re.compile(
    r"(?:so\s*:?\s*)?(?P<number>\d{1,6}[a-z]{0,2})(?![a-z\d])"
    r"(?:\s*[/-]\s*(?P<year>\d{1,4}))?(?P<more>\s*[/-]\s*(?P<symbol>[a-z][\w&.]*(?:[-/][\w&.]*)*)?)?"
    r"(?P<after>(?:\s+nam)?\s+(?P<dated>(?:19|20)\d\d)\b)?"
)
_MOST = 1000
"""Identities looked at for one question."""


@cache
def _types() -> list[tuple[str, str]]:
    words = [
        (fold_number(form), kind.name)
        for kind in document_types()
        for form in (kind.name, *kind.words, *kind.short, *kind.abbreviations)
    ]
    return sorted({("vb", ""), ("van ban", ""), *words}, key=lambda each: -len(each[0]))


def understand(text: str) -> Sought:
    """What was typed so far: "nghị định 45", "45/2012", "NĐ 45 khuyến công", "1288/QĐ-TTg", "khuyến công"."""
    rest = " ".join(fold_number(plain(text)).split())[:200]
    kind = None
    for folded, name in _types():
        if rest == folded or rest.startswith(folded + " ") or re.match(rf"{re.escape(folded)}(?=\d)", rest):
            kind, rest = name or None, rest[len(folded) :].strip()
            break
    found = _NUMBER.match(rest)
    if found is None:
        words = tuple(re.findall(r"\w+", rest))
        if kind and not words and kind not in (each.name for each in document_types()):
            return Sought(words=(fold(text),))
        return Sought(type=kind, words=words)
    tail = rest[found.end() :]
    year = found["dated"] or found["year"]
    return Sought(
        type=kind,
        number=found["number"].lstrip("0") or "0",
        whole=bool(found["more"] or found["year"] or tail.strip() or found["dated"] or rest.endswith(" ")),
        year=year,
        symbol=symbol_key(found["symbol"]) if found["symbol"] else None,
        words=tuple(re.findall(r"\w+", tail)),
    )


def suggest(s: Session, text: str, *, limit: int = 10) -> tuple[DocumentRow, ...]:
    """Documents that what was typed may mean: the number itself first, then those known or cited most."""
    sought = understand(text)
    conditions = _conditions(sought)
    if not conditions:
        return ()
    exact = (
        case((CitedDocument.number_key == sought.number, 0), else_=1)
        if sought.number
        else case((CitedDocument.number_key.is_(None), 0), else_=1)
    )
    roots: dict[int, int] = {}
    query = select(CitedDocument.root_id, exact).where(*conditions).order_by(exact, CitedDocument.id.desc())
    for root, rank in s.execute(query.limit(_MOST)):
        roots[root] = min(rank, roots.get(root, rank))
    found = rows(s, roots)
    ranked = sorted(found, key=lambda each: (roots[each.id], each.letter_id is None, -each.citing, -each.id))
    return tuple(ranked[:limit])


def sought(s: Session, what: Sought, *, limit: int = 200) -> tuple[DocumentRow, ...]:
    """Documents with exactly this number (and year, symbol, type as far as they are told): "11/CT-TTg năm 2020"."""
    roots = s.scalars(
        select(CitedDocument.root_id)
        .where(*_conditions(what), CitedDocument.number_key == what.number)
        .distinct()
        .limit(limit)
    )
    return tuple(sorted(rows(s, roots), key=lambda each: (each.letter_id is None, -each.citing, each.id)))


def get(s: Session, document_id: int) -> DocumentRow:
    """The document that an identity belongs to. BadRequest "document-unknown" where there is none."""
    root = s.scalar(select(CitedDocument.root_id).where(CitedDocument.id == document_id))
    found = rows(s, [root]) if root else ()
    if not found:
        raise unknown("document", document_id)
    return found[0]


def rows(s: Session, roots: Iterable[int]) -> tuple[DocumentRow, ...]:
    """These documents, in three queries; identities that are no roots are left out."""
    wanted = sorted(set(roots))
    if not wanted:
        return ()
    found = s.scalars(select(CitedDocument).where(CitedDocument.root_id.in_(wanted))).all()
    members: dict[int, list[CitedDocument]] = {}
    for row in found:
        members.setdefault(row.root_id, []).append(row)
    letters = letters_of(s, wanted)
    counts = counts_of(s, wanted)
    result = []
    for root in wanted:
        own = [each for each in members.get(root, ()) if each.id == root]
        if not own:
            continue
        row = own[0]
        others = sorted(members[root], key=lambda each: each.id)
        known = letters.get(root, ())
        result.append(
            DocumentRow(
                id=root,
                type=row.type or _first(others, "type"),
                code=row.code,
                number=row.number,
                symbol=row.symbol,
                year=row.year or _first(others, "year"),
                dated_on=row.dated_on or _first(others, "dated_on"),
                issuer=row.issuer or _first(others, "issuer"),
                title=row.title or _first(others, "title"),
                letter_id=known[0] if known else None,
                citing=counts.get(root, 0),
            )
        )
    return tuple(result)


def most_cited(
    s: Session, *, relations: Sequence[str] = (), limit: int = 20
) -> tuple[DocumentRow, ...]:
    """The documents that most letters cite, or rest on with `relations` (căn cứ, thực hiện, theo)."""
    count = func.count(Reference.letter_id.distinct())
    query = (
        select(CitedDocument.root_id, count)
        .join(Reference, Reference.document_id == CitedDocument.id)
        .join(Letter, Letter.id == Reference.letter_id)
        .where(Letter.state != "withdrawn")
        .group_by(CitedDocument.root_id)
        .order_by(count.desc(), CitedDocument.root_id)
        .limit(limit)
    )
    if relations:
        query = query.where(Reference.relation.in_(relations))
    order = {root: (-number, root) for root, number in s.execute(query)}
    return tuple(sorted(rows(s, order), key=lambda each: order[each.id]))


def letters_of(s: Session, roots: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """The letters of the register that are these documents, by root; several where one was taken in twice."""
    found: dict[int, list[int]] = {}
    query = (
        select(CitedDocument.root_id, Letter.id)
        .join(Letter, Letter.document_id == CitedDocument.id)
        .where(CitedDocument.root_id.in_(list(roots)), Letter.state != "withdrawn")
        .order_by(Letter.id)
    )
    for root, letter in s.execute(query):
        found.setdefault(root, []).append(letter)
    return {root: tuple(each) for root, each in found.items()}


def counts_of(s: Session, roots: Iterable[int]) -> dict[int, int]:
    """How many letters cite these documents."""
    query = (
        select(CitedDocument.root_id, func.count(Reference.letter_id.distinct()))
        .join(Reference, Reference.document_id == CitedDocument.id)
        .join(Letter, Letter.id == Reference.letter_id)
        .where(CitedDocument.root_id.in_(list(roots)), Letter.state != "withdrawn")
        .group_by(CitedDocument.root_id)
    )
    return dict(s.execute(query).all())


def cited_letters(s: Session, references: Sequence[Reference]) -> dict[int, int]:
    """Which letter of the register each reference means for certain, by the reference's id, where it is exactly one.

    A citation that tells no year is not certain to mean a letter that has one.
    """
    ids = {each.document_id for each in references if each.document_id}
    if not ids:
        return {}
    cited, own = aliased(CitedDocument), aliased(CitedDocument)
    query = (
        select(cited.id, Letter.id)
        .join(own, own.root_id == cited.root_id)
        .join(Letter, Letter.document_id == own.id)
        .where(cited.id.in_(ids), Letter.state != "withdrawn", or_(cited.year.is_not(None), own.year.is_(None)))
    )
    found: dict[int, set[int]] = {}
    for document, letter in s.execute(query):
        found.setdefault(document, set()).add(letter)
    result = {}
    for each in references:
        others = found.get(each.document_id or 0, set()) - {each.letter_id}
        if len(others) == 1:
            result[each.id] = next(iter(others))
    return result


def _first(members: Sequence[CitedDocument], name: str) -> Any:
    return next((getattr(each, name) for each in members if getattr(each, name) is not None), None)


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    result: list[ColumnElement[bool]] = []
    if sought.number is not None:
        result.append(
            CitedDocument.number_key == sought.number
            if sought.whole
            else CitedDocument.number_key.startswith(sought.number, autoescape=True)
        )
    if sought.year:
        if len(sought.year) == 4:
            result.append(CitedDocument.year == int(sought.year))
        else:
            low, high = sought.year.ljust(4, "0"), sought.year.ljust(4, "9")
            result.append(CitedDocument.year.between(int(low), int(high)))
    if sought.symbol:
        result.append(CitedDocument.symbol_key.startswith(sought.symbol, autoescape=True))
    if sought.type and (result or sought.words):
        result.append(or_(CitedDocument.type == sought.type, CitedDocument.type.is_(None)))
    elif sought.type:
        result.append(CitedDocument.type == sought.type)
    if sought.words:
        result.append(and_(*(CitedDocument.words.contains(each, autoescape=True) for each in sought.words)))
    return result
