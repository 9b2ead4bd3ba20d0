"""Filling the graph for letters recorded before there was one."""

from __future__ import annotations

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from register.graph import changes, replies, settle
from register.models import Letter, Reference

BATCH = 200


def backfill(s: Session) -> int:
    """Identify the letters that have no place in the graph yet; gives how many. Cheap where there are none."""
    left_out = exists().where(
        Reference.letter_id == Letter.id, Reference.document_id.is_(None), Reference.number_key.is_not(None)
    )
    own = or_(Letter.number.is_not(None), Letter.symbol.is_not(None), Letter.subject.is_not(None))
    administrative = or_(Letter.kind.is_(None), Letter.kind != "khác", Letter.number.is_not(None))
    ids = s.scalars(
        select(Letter.id)
        .where(
            Letter.state != "withdrawn", Letter.document_id.is_(None), or_(left_out, administrative & own)
        )
        .order_by(Letter.id)
    ).all()
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        found = s.scalars(select(Letter).where(Letter.id.in_(batch))).all()
        settle.mark(s, found)
        for letter in found:
            changes.write(s, letter)
        replies.offer(s, settle.settle(s), batch)
        s.flush()
        s.expunge_all()  # a whole register does not fit into memory
    return len(ids)
