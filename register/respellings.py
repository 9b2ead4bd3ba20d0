"""Misread values that people put right: kept with each correction, and where else the same reading stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, String, cast, delete, exists, func, or_, select
from sqlalchemy.orm import Session

from nlp.agencies import agencies
from nlp.agencies.keys import written_out
from nlp.agencies.places import territories
from register.errors import unknown
from register.letters import rows as letter_rows
from register.models import Correction, Letter, Respelling, RespellingRefusal, Task
from register.respelling import KINDS, respellings
from register.text import squeeze
from register.views import LetterRow

MOST_SHOWN: Final = 200
"""Letters that are looked for with one reading."""
LISTS: Final = ("addressees", "recipients", "responsible", "coordinating")


@dataclass(frozen=True, slots=True)
class RespellingView:
    """A reading that was corrected; see `register.models.Respelling`."""

    id: int
    letter_id: int
    kind: str
    wrong: str
    right: str


def note(s: Session, letter_id: int, task_id: int | None, field: str, *, at: datetime) -> None:
    """Keep what a field's corrections say about letters: its first reading against what stands now."""
    if field not in KINDS:
        return
    made = s.execute(
        select(Correction.old, Correction.new)
        .where(Correction.letter_id == letter_id, Correction.task_id == task_id, Correction.field == field)
        .order_by(Correction.id)
    ).all()
    s.execute(
        delete(Respelling).where(
            Respelling.letter_id == letter_id, Respelling.task_id == task_id, Respelling.field == field
        )
    )
    for each in respellings(field, made[0].old, made[-1].new) if made else ():
        if each.kind == "body" and _is_body(each.wrong):
            continue  # a body that there is: another was meant
        s.add(
            Respelling(
                letter_id=letter_id, task_id=task_id, field=field, at=at,
                kind=each.kind, key=each.key, wrong=each.wrong, right=each.right,
            )
        )  # fmt: skip
    s.flush()


def find(s: Session, respelling_id: int) -> RespellingView | None:
    """One of them, None if there is none (any more)."""
    row = s.get(Respelling, respelling_id)
    return _view(row) if row else None


def get(s: Session, respelling_id: int) -> RespellingView:
    """One of them. BadRequest "respelling-unknown" if there is none (any more)."""
    found = find(s, respelling_id)
    if found is None:
        raise unknown("respelling", respelling_id)
    return found


def of_field(s: Session, letter_id: int, task_id: int | None, field: str) -> tuple[RespellingView, ...]:
    """What the corrections of a field say about letters."""
    rows = s.scalars(
        select(Respelling)
        .where(Respelling.letter_id == letter_id, Respelling.task_id == task_id, Respelling.field == field)
        .order_by(Respelling.id)
    )
    return tuple(map(_view, rows))


def elsewhere(s: Session, respelling: RespellingView) -> tuple[LetterRow, ...]:
    """Other letters that nobody has reviewed or refused it for, with the very reading; newest first, `MOST_SHOWN` at most."""
    wrong, kind = respelling.wrong, respelling.kind
    fields = [field for field, each in KINDS.items() if each == kind]
    in_letter = [_stands(s, getattr(Letter, field), field, wrong) for field in fields if hasattr(Letter, field) and field != "text"]
    in_task = [_stands(s, getattr(Task, field), field, wrong) for field in fields if hasattr(Task, field)]
    task = select(Task.letter_id).where(Task.state == "active", or_(*in_task)) if in_task else None
    refused = exists().where(
        RespellingRefusal.letter_id == Letter.id,
        RespellingRefusal.kind == kind,
        RespellingRefusal.wrong == wrong,
        RespellingRefusal.right == respelling.right,
    )
    found = list(
        s.scalars(
            select(Letter.id)
            .where(Letter.state == "unreviewed", Letter.id != respelling.letter_id, ~refused)
            .where(or_(*in_letter, *([Letter.id.in_(task)] if task is not None else [])))
            .order_by(Letter.id.desc())
            .limit(MOST_SHOWN)
        )
    )
    rows = letter_rows(s, found)
    return tuple(rows[each] for each in found)


def _view(row: Respelling) -> RespellingView:
    return RespellingView(row.id, row.letter_id, row.kind, row.wrong, row.right)


def _stands(s: Session, column: Any, field: str, wrong: str) -> ColumnElement[bool]:
    """The column holds the reading: as its value, as one of its names, or among its words; the same on both databases."""
    find = func.instr if s.get_bind().dialect.name == "sqlite" else func.strpos
    if field in LISTS:
        return find(cast(column, String), json.dumps(wrong, ensure_ascii=False)) > 0
    if KINDS[field] == "words":
        return find(" " + column + " ", f" {wrong} ") > 0
    same: ColumnElement[bool] = column == wrong
    return same


def _is_body(name: str) -> bool:
    """Whether a body of the registry is spelt so, alone or with a territory there is ("Sở Y tế tỉnh Gia Lai")."""
    words = squeeze(written_out(name)).casefold().split()
    names, places = _spelt()
    for cut in range(len(words), 0, -1):
        if " ".join(words[:cut]) in names:
            rest = words[cut:]
            return not rest or any(" ".join(rest[at:]) in places for at in range(min(3, len(rest))))
    return False


@cache
def _spelt() -> tuple[frozenset[str], frozenset[str]]:
    """The names of all bodies and of all territories, as they are spelt, in small letters."""
    bodies = frozenset(squeeze(name).casefold() for each in agencies().values() for name in each.names)
    places = frozenset(
        squeeze(name).casefold() for each in territories().values() for name in (each.name, *each.also)
    )
    return bodies, places
