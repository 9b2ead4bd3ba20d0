"""What amends, replaces or repeals what, and which letters rest on a document that was changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, aliased

from nlp.references.effects import Cited, find_effects
from register.citations import snippet
from register.graph.documents import name_of
from register.models import Change, CitedDocument, Letter, Mention, Reference

RESTS: tuple[str, ...] = ("căn cứ", "thực hiện", "theo")
"""Roles in which a letter rests on what it cites."""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A document (root) is changed by another; `day` is when that takes effect, None where nothing tells.

    `told_by` is the letter that says so, on `page`.
    """

    target: int
    target_name: str
    actor: int
    actor_name: str
    actor_letter_id: int | None
    effect: str
    day: date | None
    told_by: int
    page: int | None
    snippet: str

    def in_force(self, today: date) -> bool:
        """Whether the change holds on a day; one whose day nobody tells is told as done."""
        return self.day is None or self.day <= today


@dataclass(frozen=True, slots=True)
class BasisWarning:
    """A letter rests on a document that was changed: "căn cứ đã được thay thế"."""

    letter_id: int
    reference_id: int
    cited: str
    document_id: int
    change: ChangeView


def write(s: Session, letter: Letter) -> None:
    """Find anew what the letter says of changes; its references must have been written."""
    s.execute(
        delete(Change).where(Change.letter_id == letter.id).execution_options(synchronize_session="fetch")
    )
    rows = s.execute(
        select(Mention.reference_id, Mention.start, Mention.end, Mention.page)
        .join(Reference, Reference.id == Mention.reference_id)
        .where(Reference.letter_id == letter.id, Mention.end > Mention.start)
    ).all()
    if not rows:
        return
    text = letter.text
    effects = find_effects(
        text,
        [Cited(start, end, number) for number, start, end, _ in rows],
        kind=letter.kind,
        issued_on=letter.issued_on,
        subject=letter.subject,
    )
    for each in effects:
        page = next((page for number, start, _, page in rows if number == each.target and start >= each.start), None)
        s.add(
            Change(
                letter_id=letter.id,
                actor_id=each.actor,
                target_id=each.target,
                effect=each.kind,
                from_day=each.from_day,
                page=page,
                snippet=snippet(text, each.start, each.end),
            )
        )
    s.flush()


def of_documents(s: Session, roots: Iterable[int], *, by: bool = False) -> tuple[ChangeView, ...]:
    """The changes of these documents, or with `by` those they make; one for each pair, the best told first.

    What a document says itself goes before what others tell of it.
    """
    wanted = sorted(set(roots))
    if not wanted:
        return ()
    actor_ref, target_ref = aliased(Reference), aliased(Reference)
    actor_doc, target_doc, own_doc = aliased(CitedDocument), aliased(CitedDocument), aliased(CitedDocument)
    teller = aliased(Letter)
    query = (
        select(Change, target_doc.root_id, actor_doc.root_id, own_doc.root_id, actor_ref, teller)
        .join(target_ref, target_ref.id == Change.target_id)
        .join(target_doc, target_doc.id == target_ref.document_id)
        .join(teller, teller.id == Change.letter_id)
        .join(actor_ref, actor_ref.id == Change.actor_id, isouter=True)
        .join(actor_doc, actor_doc.id == actor_ref.document_id, isouter=True)
        .join(own_doc, own_doc.id == teller.document_id, isouter=True)
        .where(teller.state != "withdrawn")
    )
    if by:
        own = Change.actor_id.is_(None) & own_doc.root_id.in_(wanted)
        query = query.where(actor_doc.root_id.in_(wanted) | own)
    else:
        query = query.where(target_doc.root_id.in_(wanted))
    found: dict[tuple[int, int], tuple[tuple[object, ...], ChangeView]] = {}
    for change, target, told_actor, own_actor, reference, letter in s.execute(query):
        actor = told_actor if change.actor_id is not None else own_actor
        if actor is None or actor == target:
            continue
        own_words = change.actor_id is None
        day = change.from_day
        if day is None:
            day = letter.issued_on if own_words else (reference.dated_on if reference else None)
        if day is None and not own_words:
            day = letter.issued_on  # told as done
        view = ChangeView(
            target=target,
            target_name="",
            actor=actor,
            actor_name="",
            actor_letter_id=letter.id if own_words else None,
            effect=change.effect,
            day=day,
            told_by=letter.id,
            page=change.page,
            snippet=change.snippet,
        )
        rank = (not own_words, change.from_day is None, change.id)
        key = (target, actor)
        if key not in found or rank < found[key][0]:
            found[key] = (rank, view)
    return _named(s, [view for _, view in found.values()])


def warnings(
    s: Session, letter_ids: Sequence[int], *, today: date
) -> dict[int, tuple[BasisWarning, ...]]:
    """For letters that rest on a changed document what changed; a fixed number of queries.

    Left out: letters that make the change, and letters issued once it was in
    force that cite the changing document too: they know.
    """
    if not letter_ids:
        return {}
    rows = s.execute(
        select(Reference, CitedDocument.root_id, Letter.issued_on)
        .join(CitedDocument, CitedDocument.id == Reference.document_id)
        .join(Letter, Letter.id == Reference.letter_id)
        .where(Reference.letter_id.in_(letter_ids))
        .order_by(Reference.letter_id, Reference.position)
    ).all()
    by_target: dict[int, list[ChangeView]] = {}
    resting = {root for each, root, _ in rows if each.relation in RESTS}
    for change in of_documents(s, resting):
        if change.in_force(today):
            by_target.setdefault(change.target, []).append(change)
    cites: dict[int, set[int]] = {}
    for each, root, _ in rows:
        cites.setdefault(each.letter_id, set()).add(root)
    found: dict[int, list[BasisWarning]] = {}
    for each, root, issued_on in rows:
        if each.relation not in RESTS:
            continue
        for change in by_target.get(root, ()):
            knows = change.actor in cites[each.letter_id] and bool(
                issued_on and change.day and issued_on >= change.day
            )
            if (change.told_by == each.letter_id and change.actor_letter_id == each.letter_id) or knows:
                continue
            cited = " ".join(filter(None, (each.type, each.code or each.number or each.title)))
            found.setdefault(each.letter_id, []).append(BasisWarning(each.letter_id, each.id, cited, root, change))
    return {letter: tuple(each) for letter, each in found.items()}


def _named(s: Session, views: Sequence[ChangeView]) -> tuple[ChangeView, ...]:
    names: dict[int, str] = {}
    for row in s.scalars(select(CitedDocument).where(CitedDocument.id.in_({each for view in views for each in (view.actor, view.target)}))):
        names[row.id] = name_of(row)
    ordered = sorted(views, key=lambda each: (each.day or date.min, each.actor))
    return tuple(
        replace(each, actor_name=names.get(each.actor, ""), target_name=names.get(each.target, ""))
        for each in ordered
    )
