"""One document in the web of citations: what it cites, who cites it, what rests on it, what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, selectinload

from register import references, tasks
from register.graph import changes, decisions, documents
from register.graph.changes import RESTS, ChangeView
from register.graph.decisions import PairView
from register.graph.documents import DocumentRow
from register.models import CitedDocument, Letter, Mention, Obligation, Reference, Task
from register.text import code
from register.views import CitingRow, TaskRow

DEEPEST = 4
"""Steps of a chain (task, letter, basis, its basis …) that are followed."""
MOST_LETTERS = 2000
"""Letters of one step that are followed."""


@dataclass(frozen=True, slots=True)
class Cites:
    """A document that one of our letters cites, with role, provisions and the place it stands."""

    reference_id: int
    letter_id: int
    document: DocumentRow
    relation: str | None
    provisions: tuple[str, ...]
    page: int | None
    snippet: str


@dataclass(frozen=True, slots=True)
class Step:
    """A link of a chain: the letter, and the citation by which it rests on the next."""

    letter_id: int
    name: str
    reference_id: int
    page: int | None
    relation: str | None


@dataclass(frozen=True, slots=True)
class Resting:
    """An open obligation that rests on a document: in its own words (`direct`), or through the letters of `chain`."""

    task: TaskRow
    direct: bool
    chain: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something dated in a document's life; `kind`: issued, cited, changed, changes. None as day: not known."""

    day: date | None
    kind: str
    text: str
    letter_id: int | None
    document_id: int | None = None
    reference_id: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document whole; `letters` are its letters in the register, `answers` those that cite it to answer it."""

    row: DocumentRow
    letters: tuple[int, ...]
    incoming: tuple[CitingRow, ...]
    outgoing: tuple[Cites, ...]
    changed_by: tuple[ChangeView, ...]
    changes: tuple[ChangeView, ...]
    pairs: tuple[PairView, ...]
    joined: tuple[PairView, ...]
    timeline: tuple[Moment, ...]

    @property
    def answers(self) -> tuple[CitingRow, ...]:
        """The letters that answer this one."""
        return tuple(each for each in self.incoming if each.relation == "trả lời")


def get(s: Session, document_id: int, *, limit: int = 500) -> DocumentView:
    """A document with everything round it, in a fixed number of queries. BadRequest "document-unknown"."""
    row = documents.get(s, document_id)
    letters = documents.letters_of(s, [row.id]).get(row.id, ())
    incoming = references.of_documents(s, [row.id], limit=limit)
    outgoing = cites(s, letters[:1])
    changed_by = changes.of_documents(s, [row.id])
    makes = changes.of_documents(s, [row.id], by=True)
    return DocumentView(
        row=row,
        letters=letters,
        incoming=incoming,
        outgoing=outgoing,
        changed_by=changed_by,
        changes=makes,
        pairs=decisions.pairs(s, document_ids=(row.id,)),
        joined=decisions.pairs(s, state="confirmed", document_ids=(row.id,)),
        timeline=_timeline(row, letters, incoming, changed_by),
    )


def cites(s: Session, letter_ids: Sequence[int]) -> tuple[Cites, ...]:
    """What these letters cite, in the order of the letters."""
    if not letter_ids:
        return ()
    found = s.execute(
        select(Reference, CitedDocument.root_id)
        .join(CitedDocument, CitedDocument.id == Reference.document_id)
        .where(Reference.letter_id.in_(letter_ids))
        .order_by(Reference.letter_id, Reference.position)
        .options(selectinload(Reference.mentions))
    ).all()
    known = {each.id: each for each in documents.rows(s, {root for _, root in found})}
    result = []
    for each, root in found:
        first = each.mentions[0] if each.mentions else None
        result.append(
            Cites(
                each.id, each.letter_id, known[root], each.relation, tuple(each.provisions),
                first.page if first else None, first.snippet if first else each.raw,
            )
        )  # fmt: skip
    return tuple(result)


def chain(s: Session, letter_id: int) -> tuple[tuple[Cites, ...], ...]:
    """What a letter rests on, step by step: its bases, the bases of those that are letters of ours, and so on.

    Each document stands once, at the first step at which it is met.
    """
    steps: list[tuple[Cites, ...]] = []
    own = s.scalar(
        select(CitedDocument.root_id)
        .join(Letter, Letter.document_id == CitedDocument.id)
        .where(Letter.id == letter_id)
    )
    seen = {own}
    letters: list[int] = [letter_id]
    while letters and len(steps) < DEEPEST:
        fresh: dict[int, Cites] = {}
        for each in cites(s, letters):
            if each.relation in RESTS and each.document.id not in seen:
                fresh.setdefault(each.document.id, each)
        if not fresh:
            break
        steps.append(tuple(fresh.values()))
        seen |= set(fresh)
        letters = [each.document.letter_id for each in fresh.values() if each.document.letter_id]
    return tuple(steps)


def resting(s: Session, document_id: int, *, today: date, limit: int = 200) -> tuple[Resting, ...]:
    """The open obligations that rest on a document, also through other letters; the most urgent first."""
    root = documents.get(s, document_id).id
    chains = _resting_letters(s, root)
    rows = s.execute(
        select(Obligation.id, Obligation.letter_id, Task.evidence)
        .join(Task, Task.id == Obligation.task_id)
        .where(
            Obligation.letter_id.in_(list(chains)[:MOST_LETTERS]),
            Obligation.done_on.is_(None),
            Obligation.cancelled_on.is_(None),
            Task.state == "active",
            Task.optional.is_(False),
        )
        .order_by(Obligation.due_on.asc().nulls_last(), Obligation.id)
        .limit(limit)
    ).all()
    places = _places(s, root, {letter for _, letter, _ in rows})
    pages = _pages(s, {step.reference_id for _, letter, _ in rows for step in chains[letter]})
    shown = {each.obligation_id: each for each in tasks.by_ids(s, [number for number, _, _ in rows], today=today)}
    return tuple(
        Resting(
            shown[number],
            any(_inside(evidence, at) for at in places.get(letter, ())),
            tuple(replace(step, page=pages.get(step.reference_id)) for step in chains[letter]),
        )
        for number, letter, evidence in rows
        if number in shown
    )


def _resting_letters(s: Session, root: int) -> dict[int, tuple[Step, ...]]:
    """Letters that rest on a document, each with the shortest chain to it (its own step first)."""
    cited, own = aliased(CitedDocument), aliased(CitedDocument)
    chains: dict[int, tuple[Step, ...]] = {}
    wanted: dict[int, tuple[Step, ...]] = {root: ()}
    seen = {root}
    for _ in range(DEEPEST):
        rows = s.execute(
            select(
                Reference.id, Reference.relation, cited.root_id, own.root_id, Letter.id, Letter.number, Letter.symbol,
                Letter.subject,
            )
            .join(cited, cited.id == Reference.document_id)
            .join(Letter, Letter.id == Reference.letter_id)
            .join(own, own.id == Letter.document_id, isouter=True)
            .where(
                cited.root_id.in_(list(wanted)), Letter.state != "withdrawn", Reference.relation.in_(RESTS)
            )
            .order_by(Letter.id, Reference.position)
            .limit(MOST_LETTERS)
        ).all()  # fmt: skip
        following: dict[int, tuple[Step, ...]] = {}
        for reference, relation, target, document, letter, number, symbol, subject in rows:
            if letter in chains or document in wanted:
                continue
            name = code(number, symbol) or subject or ""
            chains[letter] = (Step(letter, name, reference, None, relation), *wanted[target])
            if document is not None and document not in seen:
                following[document] = chains[letter]
                seen.add(document)
        if not following:
            break
        wanted = following
    return chains


def _places(s: Session, root: int, letters: Iterable[int]) -> dict[int, list[int]]:
    """Where in these letters the document is cited."""
    found: dict[int, list[int]] = {}
    query = (
        select(Reference)
        .join(CitedDocument, CitedDocument.id == Reference.document_id)
        .where(CitedDocument.root_id == root, Reference.letter_id.in_(list(letters)))
        .options(selectinload(Reference.mentions))
    )
    for each in s.scalars(query):
        found.setdefault(each.letter_id, []).extend(mention.start for mention in each.mentions)
    return found


def _pages(s: Session, references_: Iterable[int]) -> dict[int, int | None]:
    """The first page on which these citations stand."""
    query = (
        select(Mention.reference_id, func.min(Mention.page))
        .where(Mention.reference_id.in_(list(references_)))
        .group_by(Mention.reference_id)
    )
    return dict(s.execute(query).all())


def _inside(evidence: object, at: int) -> bool:
    return isinstance(evidence, dict) and evidence.get("start", 0) <= at < evidence.get("end", 0)


def _timeline(
    row: DocumentRow, letters: Sequence[int], incoming: Sequence[CitingRow], changed_by: Sequence[ChangeView]
) -> tuple[Moment, ...]:
    found = [Moment(row.dated_on, "issued", row.name, letters[0] if letters else None)]
    found += [
        Moment(
            each.day, "changed", f"{each.effect}|{each.actor_name}", each.told_by, document_id=each.actor, page=each.page
        )
        for each in changed_by
    ]
    seen: set[int] = set()
    for each in incoming:
        if each.letter_id not in seen:
            seen.add(each.letter_id)
            found.append(
                Moment(
                    each.issued_on, "cited", each.code or each.subject or each.file, each.letter_id,
                    reference_id=each.reference_id, page=each.page,
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.kind != "issued", each.day or date.max)))
