"""Keeping the graph right: after every change of letters, in the same transaction.

Whoever is about to change, withdraw or delete a letter calls `mark` before, and
`settle` once at the end. `settle` gives every citation and letter its
identity, forgets identities that nobody bears or cites any more, and decides
anew what is one document, for the numbers that were touched only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement, delete, exists, func, insert, or_, select, text
from sqlalchemy.orm import Session

from nlp.agencies.places import up
from register.graph import clusters
from register.graph.bodies import home
from register.graph.identity import Identity, of_citation, of_letter, place_of
from register.graph.likeness import near_symbols
from register.models import CitedDocument, Letter, Reference, SameDocument
from register.text import fold

LOCK = 0x7472696368  # "trich": one at a time settles, or two would not see each other's rows
BATCH = 400
MOST_LIKE = 2000
"""Documents of one symbol looked through for the title of a letter whose number was not read."""
_FIELDS = tuple(Identity.__dataclass_fields__)
Value = TypeVar("Value", int, str)


def mark(s: Session, letters: Iterable[Letter]) -> None:
    """These letters are about to change or go: remember what they cite and which document they are."""
    pending = _pending(s)
    rows = [each for each in letters if each.id]
    pending["letters"].update(each.id for each in rows)
    pending["documents"].update(each.document_id for each in rows if each.document_id)
    for batch in _batches(each.id for each in rows):
        pending["documents"].update(
            s.scalars(
                select(Reference.document_id).where(
                    Reference.letter_id.in_(batch), Reference.document_id.is_not(None)
                )
            )
        )


def settle(s: Session, also: Iterable[int] = ()) -> set[int]:
    """Bring the graph in step with the letters that were marked, and decide anew on the identities `also`.

    Gives the documents (roots) concerned.
    """
    pending = s.info.pop("graph", None) or {"letters": set(), "documents": set()}
    pending["documents"].update(also)
    if not any(pending.values()):
        return set()
    s.flush()
    if s.get_bind().dialect.name == "postgresql":
        s.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    touched: set[int] = set(pending["documents"])
    for batch in _batches(sorted(pending["letters"])):
        touched |= _identify(s, batch)
    s.flush()
    numbers = _numbers(s, touched)
    kept = touched - _forget(s, touched)
    _retitle(s, kept)
    return _join(s, kept, numbers)


def scope_of(letter: Letter) -> str | None:
    """The place that a letter comes from, folded: its province where known, else the place its issuer tells."""
    place = home(letter).place
    province = up(place, "province") if place else None
    if province is not None:
        return fold(province.name).removeprefix("tinh ").removeprefix("thanh pho ")
    return place_of(letter.issuer) or place_of(letter.parent_body)


def _pending(s: Session) -> dict[str, set[int]]:
    found: dict[str, set[int]] = s.info.setdefault("graph", {"letters": set(), "documents": set()})
    return found


def _batches(values: Iterable[Value]) -> Iterator[list[Value]]:
    each = iter(values)
    while batch := list(islice(each, BATCH)):
        yield batch


def _identify(s: Session, letter_ids: Sequence[int]) -> set[int]:
    """Give these letters and their citations their identities; gives the ids of those."""
    letters = {each.id: each for each in s.scalars(select(Letter).where(Letter.id.in_(letter_ids)))}
    references = s.scalars(select(Reference).where(Reference.letter_id.in_(letters))).all()
    scopes = {number: scope_of(letter) for number, letter in letters.items() if letter.state != "withdrawn"}
    meant: list[tuple[Letter | Reference, Identity | None]] = [
        *((each, _own(each) if number in scopes else None) for number, each in letters.items()),
        *((each, _cited(each, scopes[each.letter_id]) if each.letter_id in scopes else None) for each in references),
    ]
    ids = _ensure(s, {identity.key: identity for _, identity in meant if identity})
    for row, identity in meant:
        row.document_id = ids[identity.key] if identity else None
    return set(ids.values())


def _own(letter: Letter) -> Identity | None:
    return of_letter(
        kind=letter.kind, number=letter.number, symbol=letter.symbol, issuer=letter.issuer,
        parent_body=letter.parent_body, issued_on=letter.issued_on, subject=letter.subject, letter_id=letter.id,
    )  # fmt: skip


def _cited(each: Reference, scope: str | None) -> Identity | None:
    return of_citation(
        type=each.type, number=each.number, year=each.year, symbol=each.symbol, dated_on=each.dated_on,
        issuer=each.issuer, title=each.title, code_printed=each.code, scope=scope,
    )  # fmt: skip


def _ensure(s: Session, wanted: dict[str, Identity]) -> dict[str, int]:
    """The ids of these identities, made where they are not there yet."""
    present: dict[str, CitedDocument] = {}
    for batch in _batches(wanted):
        present.update({row.key: row for row in s.scalars(select(CitedDocument).where(CitedDocument.key.in_(batch)))})
    new = [
        {
            **{name: getattr(each, name) for name in _FIELDS},
            "key": key,
            "series": each.series,
            "root_id": 0,
            "unread": each.unread,
            "words": each.words,
        }
        for key, each in wanted.items()
        if key not in present
    ]
    ids = {key: row.id for key, row in present.items()}
    if new:
        made = s.execute(insert(CitedDocument).returning(CitedDocument.id, CitedDocument.key), new)
        ids.update({key: number for number, key in made})
    for key, row in present.items():
        for name in ("type", "title", "issuer"):
            if getattr(row, name) is None and getattr(wanted[key], name) is not None:
                setattr(row, name, getattr(wanted[key], name))
                row.words = identity(row).words
    return ids


def identity(row: CitedDocument) -> Identity:
    """The value of a row."""
    return Identity(**{name: getattr(row, name) for name in _FIELDS})


def _numbers(s: Session, touched: set[int]) -> set[tuple[str | None, str | None]]:
    """Numbers and names of laws whose documents must be decided anew."""
    found: set[tuple[str | None, str | None]] = set()
    for batch in _batches(sorted(touched)):
        query = select(CitedDocument.number_key, CitedDocument.title_key).where(CitedDocument.id.in_(batch))
        found.update((number, title) for number, title in s.execute(query))
    return found


def _forget(s: Session, touched: set[int]) -> set[int]:
    """Delete identities that no letter bears and none cites; gives their ids."""
    gone: set[int] = set()
    for batch in _batches(sorted(touched)):
        used = set(s.scalars(select(Letter.document_id).where(Letter.document_id.in_(batch)).distinct()))
        used |= set(s.scalars(select(Reference.document_id).where(Reference.document_id.in_(batch)).distinct()))
        gone |= set(batch) - used
    for batch in _batches(sorted(gone)):
        lost = set(s.scalars(select(CitedDocument.series).where(CitedDocument.id.in_(batch))))
        s.execute(
            delete(CitedDocument)
            .where(CitedDocument.id.in_(batch))
            .execution_options(synchronize_session="fetch")
        )
        lost -= set(s.scalars(select(CitedDocument.series).where(CitedDocument.series.in_(lost))))
        s.execute(
            delete(SameDocument)
            .where(
                SameDocument.state == "probable",
                or_(SameDocument.left.in_(lost), SameDocument.right.in_(lost)),
            )
            .execution_options(synchronize_session="fetch")
        )
    return gone


def _retitle(s: Session, touched: set[int]) -> None:
    """A title stands only as long as a letter bears it or some citation gives it: what a refused letter told goes with it."""
    for batch in _batches(sorted(touched)):
        cited = exists().where(Reference.document_id == CitedDocument.id, Reference.title == CitedDocument.title)
        borne = exists().where(Letter.document_id == CitedDocument.id, Letter.subject == CitedDocument.title)
        stale = s.scalars(
            select(CitedDocument).where(
                CitedDocument.id.in_(batch), CitedDocument.title.is_not(None), ~cited, ~borne
            )
        )
        for row in stale:
            subject = s.scalar(
                select(Letter.subject)
                .where(Letter.document_id == row.id, Letter.subject.is_not(None))
                .order_by(Letter.id)
                .limit(1)
            )
            row.title = subject or s.scalar(
                select(Reference.title)
                .where(Reference.document_id == row.id, Reference.title.is_not(None))
                .group_by(Reference.title)
                .order_by(func.count().desc(), Reference.title)
                .limit(1)
            )
            row.words = identity(row).words
    s.flush()


def _join(s: Session, kept: set[int], numbers: set[tuple[str | None, str | None]]) -> set[int]:
    """Decide anew which identities of the touched numbers are one document, and which probably are."""
    rows = _neighbours(s, kept, numbers)
    nodes = {number: identity(row) for number, row in rows.items()}
    decided = _decided(s, {each.series for each in nodes.values()})
    rows |= _confirmed_with(s, nodes, decided)
    nodes = {number: identity(row) for number, row in rows.items()}
    root_of = clusters.roots(nodes, [pair for pair, state in decided.items() if state == "confirmed"])
    moved = {number for number, row in rows.items() if row.root_id != root_of[number]}
    for number in moved:
        rows[number].root_id = root_of[number]
    focus = {root_of[number] for number in nodes if number in kept or number in moved}
    _propose(s, nodes, root_of, focus, list(decided))
    return focus


def _neighbours(
    s: Session, kept: set[int], numbers: set[tuple[str | None, str | None]]
) -> dict[int, CitedDocument]:
    """All identities of these numbers and laws; and of letters whose number or day was not read those they may be."""
    rows: dict[int, CitedDocument] = {}
    for column, names in (
        (CitedDocument.number_key, sorted({number for number, _ in numbers if number})),
        (CitedDocument.title_key, sorted({title for number, title in numbers if title and not number})),
    ):
        for batch in _batches(names):
            rows.update({row.id: row for row in s.scalars(select(CitedDocument).where(column.in_(batch)))})
    touched = [rows[number] for number in kept if number in rows and rows[number].symbol_key]
    unread = s.scalars(
        select(CitedDocument.symbol_key)
        .where(CitedDocument.unread.is_(True), CitedDocument.symbol_key.is_not(None))
        .distinct()
    ).all()
    for row in touched:
        if row.unread:
            every = s.scalars(select(CitedDocument.symbol_key).distinct()).all()
            rows.update(_like(s, row, _near(row, every), CitedDocument.unread.is_(False)))
        elif near := _near(row, unread):
            rows.update(_like(s, row, near, CitedDocument.unread.is_(True)))
    return rows


def _near(row: CitedDocument, keys: Iterable[str | None]) -> list[str]:
    own = row.symbol_key or ""
    return [each for each in keys if each and (each == own or near_symbols(each, own))]


def _like(
    s: Session, row: CitedDocument, near: list[str], which: ColumnElement[bool]
) -> dict[int, CitedDocument]:
    query = select(CitedDocument).where(CitedDocument.symbol_key.in_(near), which)
    if row.year:
        query = query.where(or_(CitedDocument.year == row.year, CitedDocument.year.is_(None)))
    return {each.id: each for each in s.scalars(query.order_by(CitedDocument.id.desc()).limit(MOST_LIKE))}


def _decided(s: Session, series: Iterable[str]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for batch in _batches(sorted(set(series))):
        found.update(
            {
                (left, right): state
                for left, right, state in s.execute(
                    select(SameDocument.left, SameDocument.right, SameDocument.state).where(
                        or_(SameDocument.left.in_(batch), SameDocument.right.in_(batch)),
                        SameDocument.state != "probable",
                    )
                )
            }
        )
    return found


def _confirmed_with(
    s: Session, nodes: dict[int, Identity], decided: dict[tuple[str, str], str]
) -> dict[int, CitedDocument]:
    """What a person said is one with these comes along, with all of its number and what was decided on that."""
    confirmed = {name for pair, state in decided.items() if state == "confirmed" for name in pair}
    missing = confirmed - {each.series for each in nodes.values()}
    found: dict[int, CitedDocument] = {}
    for batch in _batches(sorted(missing)):
        found.update({row.id: row for row in s.scalars(select(CitedDocument).where(CitedDocument.series.in_(batch)))})
    for batch in _batches(sorted({row.number_key for row in found.values() if row.number_key})):
        query = select(CitedDocument).where(CitedDocument.number_key.in_(batch))
        found.update({row.id: row for row in s.scalars(query)})
    decided.update(_decided(s, {row.series for row in found.values()}))
    return found


def _propose(
    s: Session,
    nodes: dict[int, Identity],
    root_of: dict[int, int],
    focus: set[int],
    decided: list[tuple[str, str]],
) -> None:
    """Write the pairs that are probably one document, forget those that no longer are."""
    wanted = {(low, high): reason for low, high, reason in clusters.probable(nodes, root_of, focus, decided)}
    own = sorted({nodes[each].series for each in nodes if root_of[each] in focus})
    present: dict[tuple[str, str], SameDocument] = {}
    for batch in _batches(own):
        rows = s.scalars(
            select(SameDocument).where(or_(SameDocument.left.in_(batch), SameDocument.right.in_(batch)))
        )
        present.update({(row.left, row.right): row for row in rows})
    for pair, row in present.items():
        if row.state == "probable" and pair not in wanted:
            s.delete(row)
    for pair, reason in wanted.items():
        if pair not in present:
            s.add(SameDocument(left=pair[0], right=pair[1], state="probable", reason=reason))
    s.flush()
