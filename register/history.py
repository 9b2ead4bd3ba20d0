"""The history of obligations as it is read: who wrote what, when, and which requests wait for a decision."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from register import attaching
from register.models import Event, Obligation, Unit, User
from register.status import OPEN
from register.views import EventView

_Writer, _Assignee, _Answer = aliased(User), aliased(User), aliased(Event)


def of_obligation(s: Session, obligation_id: int) -> tuple[EventView, ...]:
    """All events of an obligation, oldest first, with their files; two queries."""
    found = _views(s, _events().where(Event.obligation_id == obligation_id).order_by(Event.id))
    files = attaching.of_events(s, [each.id for each in found])
    return tuple(replace(each, files=files[each.id]) if each.id in files else each for each in found)


def open_requests(s: Session, *, limit: int = 200) -> tuple[EventView, ...]:
    """Extension requests that nobody has decided yet, oldest first; those of closed obligations wait for nothing."""
    return _views(s, _waiting(_events()).order_by(Event.id).limit(limit))


def request(s: Session, request_id: int) -> EventView | None:
    """One extension request, decided or not."""
    found = _views(s, _events().where(Event.id == request_id, Event.kind == "extension-requested"))
    return found[0] if found else None


def count_requests(s: Session) -> int:
    """How many extension requests wait for a decision."""
    return s.scalar(_waiting(select(func.count(Event.id)))) or 0


def _waiting(query: Any) -> Any:
    answered = exists().where(_Answer.answers == Event.id)
    return query.join(Obligation, Obligation.id == Event.obligation_id).where(
        Event.kind == "extension-requested", Obligation.standing == OPEN, ~answered
    )


def _events() -> Select[Event, str | None, str | None, str | None]:
    return (
        select(Event, _Writer.name, _Assignee.name, Unit.name)
        .join(_Writer, _Writer.id == Event.user_id, isouter=True)
        .join(Unit, Unit.id == Event.unit_id, isouter=True)
        .join(_Assignee, _Assignee.id == Event.assignee_id, isouter=True)
    )


def _views(s: Session, query: Any) -> tuple[EventView, ...]:
    return tuple(
        EventView(
            event.id,
            event.obligation_id,
            event.occurrence_id,
            event.kind,
            event.on_day,
            event.old_due,
            event.new_due,
            event.answers,
            event.text,
            event.user_id,
            name,
            event.at,
            event.letter_id,
            event.assignee_id,
            assignee,
            event.unit_id,
            unit,
            None if event.cooperating is None else tuple(each["name"] for each in event.cooperating),
        )
        for event, name, assignee, unit in s.execute(query)
    )
