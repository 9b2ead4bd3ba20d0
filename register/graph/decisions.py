"""What people decide about probable pairs: the same document, or two; kept by series, so that it outlives re-reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from register import audit
from register.errors import unknown
from register.graph import documents, replies, settle
from register.models import CitedDocument, SameDocument


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its document (root), how it is printed, the letter it is, and how many cite it."""

    document_id: int
    name: str
    title: str | None
    letter_id: int | None
    citing: int


@dataclass(frozen=True, slots=True)
class PairView:
    """Two documents that are probably one; `state` and `reason` as in `register.models.SameDocument`."""

    id: int
    state: str
    reason: str
    left: Side
    right: Side


def get(s: Session, pair_id: int) -> SameDocument:
    """A pair. BadRequest "pair-unknown" where there is none."""
    row = s.get(SameDocument, pair_id)
    if row is None:
        raise unknown("pair", pair_id)
    return row


def decide(s: Session, pair_id: int, *, same: bool, at: datetime, by: int | None) -> None:
    """Say that the two are one document, or that they are not; both may be said anew later.

    BadRequest "pair-unknown" where there is no such pair.
    """
    row = get(s, pair_id)
    row.state, row.user_id, row.at = ("confirmed" if same else "rejected"), by, at
    audit.write(
        s, "document-pair-confirmed" if same else "document-pair-rejected", "pair", row.id, at=at, by=by,
        left=row.left, right=row.right,
    )  # fmt: skip
    touched = s.scalars(
        select(CitedDocument.id).where(CitedDocument.series.in_((row.left, row.right)))
    ).all()
    roots = settle.settle(s, touched)
    replies.offer(s, roots)


def pairs(
    s: Session, *, state: str = "probable", document_ids: tuple[int, ...] | None = None, limit: int = 100
) -> tuple[PairView, ...]:
    """Pairs with a state, those with a letter of ours first, or those of these documents (roots).

    A pair of which one side is neither borne nor cited any more is left out.
    """
    left, right = aliased(CitedDocument), aliased(CitedDocument)
    query = (
        select(SameDocument, left.root_id, right.root_id)
        .join(left, left.series == SameDocument.left)
        .join(right, right.series == SameDocument.right)
        .where(SameDocument.state == state)
        .order_by(SameDocument.id)
        .distinct()
    )
    if document_ids is not None:
        query = query.where(or_(left.root_id.in_(document_ids), right.root_id.in_(document_ids)))
    found: dict[int, tuple[SameDocument, int, int]] = {}
    for row, one, other in s.execute(query.limit(limit * 4)):
        found.setdefault(row.id, (row, one, other))
    sides = _sides(s, {each for _, one, other in found.values() for each in (one, other)})
    shown = [
        PairView(row.id, row.state, row.reason, sides[one], sides[other])
        for row, one, other in found.values()
        if one in sides and other in sides
    ]
    shown.sort(key=lambda each: (not (each.left.letter_id or each.right.letter_id), each.id))
    return tuple(shown[:limit])


def count(s: Session) -> int:
    """How many pairs wait for a decision, at most 100."""
    return len(pairs(s))


def _sides(s: Session, roots: set[int]) -> dict[int, Side]:
    return {
        each.id: Side(each.id, each.name, each.title, each.letter_id, each.citing) for each in documents.rows(s, roots)
    }


