"""The two registers of incoming letters as the decree prints them (Nghị định 30/2020/NĐ-CP, Phụ lục IV).

Sổ đăng ký văn bản đến has ten columns, sổ theo dõi giải quyết văn bản đến
seven. What only hands write (ký nhận) stays empty; who a letter went to and when is
taken from what was assigned in the program.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from register.models import Arrival, Event, Letter, Obligation, Task, Unit, User
from register.text import code

MOST: Final = 10_000
"""Letters of one printed register; how many more there are is told."""
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """A letter in the register of arrivals. `passed_to` and `passed_on`: to whom it was given in the office, and when."""

    arrived_on: date | None
    number: str
    author: str
    code: str
    issued_on: date | None
    subject: str
    passed_to: str
    passed_on: date | None
    remark: str
    letter_id: int


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One obligation of an incoming letter in the register of follow-up; `reply` is the letter it was done by."""

    number: str
    letter: str
    passed_to: str
    due_on: date | None
    done_on: date | None
    reply: str
    remark: str


def arrivals(
    s: Session, *, first: date, last: date, book_id: int | None = None, limit: int = MOST
) -> tuple[tuple[Entry, ...], int]:
    """Letters that arrived from `first` to `last`, in the order of their numbers; and how many there are in all."""
    where = [Letter.direction == "đến", Letter.state != "withdrawn", Letter.arrived_on.between(first, last)]
    if book_id is not None:
        where.append(Arrival.book_id == book_id)
    joined = Arrival.letter_id == Letter.id
    total = s.scalar(select(func.count()).select_from(Letter).join(Arrival, joined, isouter=True).where(*where)) or 0
    query = (
        select(
            Letter.id, Letter.arrived_on, Arrival.number, Letter.incoming_number, Letter.issuer, Letter.number, Letter.symbol,
            Letter.issued_on, Letter.kind, Letter.subject, Letter.urgency,
        )
        .join(Arrival, joined, isouter=True)
        .where(*where)
        .order_by(Letter.arrived_on, Arrival.book_id, Arrival.number, Letter.id)
        .limit(limit)
    )  # fmt: skip
    rows = s.execute(query).all()
    passed = _passed(s, [row[0] for row in rows])
    entries = []
    for letter, arrived, number, stamped, issuer, own, symbol, issued, kind, subject, urgency in rows:
        names, day = passed.get(letter, ("", None))
        entries.append(
            Entry(
                arrived, str(number) if number is not None else stamped or "", issuer or "", code(own, symbol) or "", issued,
                _titled(kind, subject), names, day, (urgency or "").upper(), letter,
            )
        )  # fmt: skip
    return tuple(entries), total


def follow_up(
    s: Session, *, first: date, last: date, book_id: int | None = None, limit: int = MOST
) -> tuple[tuple[FollowUp, ...], int]:
    """What the letters of a period oblige to, one row for each obligation that counts; and how many there are in all."""
    where = [Letter.direction == "đến", Letter.arrived_on.between(first, last), Obligation.tracked]
    if book_id is not None:
        where.append(Arrival.book_id == book_id)

    def over(query: Any) -> Any:
        return (
            query.select_from(Letter)
            .join(Obligation, Obligation.letter_id == Letter.id)
            .join(Task, Task.id == Obligation.task_id)
            .join(Arrival, Arrival.letter_id == Letter.id, isouter=True)
            .join(User, User.id == Obligation.assignee_id, isouter=True)
            .join(Unit, Unit.id == Obligation.unit_id, isouter=True)
            .where(*where)
        )

    total = s.scalar(over(select(func.count()))) or 0
    columns = (
        Obligation.id, Arrival.number, Letter.incoming_number, Letter.kind, Letter.number, Letter.symbol, Letter.issued_on, Letter.issuer,
        Obligation.body, Unit.name, User.name, Obligation.due_on, Obligation.done_on, Task.text,
    )  # fmt: skip
    order = (Letter.arrived_on, Arrival.book_id, Arrival.number, Letter.id, Task.position, Obligation.position)
    rows = s.execute(over(select(*columns)).order_by(*order).limit(limit)).all()
    replies = _replies(s, [row[0] for row in rows if row[12] is not None])
    found = []
    for id_, number, stamped, kind, own, symbol, issued, issuer, body, unit, person, due, done, text in rows:
        parts = (kind.capitalize() if kind else "", code(own, symbol), f"ngày {issued:%d/%m/%Y}" if issued else "", f"của {issuer}" if issuer else "")
        to = "; ".join(dict.fromkeys(filter(None, (unit, person)))) or body
        found.append(
            FollowUp(
                str(number) if number is not None else stamped or "", " ".join(filter(None, parts)), to, due, done, replies.get(id_, ""), text,
            )
        )  # fmt: skip
    return tuple(found), total


def _titled(kind: str | None, subject: str | None) -> str:
    return ": ".join(filter(None, (kind.capitalize() if kind else "", subject)))


def _passed(s: Session, letters: Sequence[int]) -> Mapping[int, tuple[str, date | None]]:
    """To whom the obligations of each letter were given, and the day that was first done."""
    found: dict[int, tuple[str, date | None]] = {}
    for start in range(0, len(letters), _BATCH):
        batch = letters[start : start + _BATCH]
        names: dict[int, dict[str, None]] = {}
        people = (
            select(Obligation.letter_id, Unit.name, User.name)
            .join(User, User.id == Obligation.assignee_id, isouter=True)
            .join(Unit, Unit.id == Obligation.unit_id, isouter=True)
            .where(Obligation.letter_id.in_(batch), Obligation.tracked)
            .order_by(Obligation.id)
        )
        for letter, *both in s.execute(people):
            names.setdefault(letter, {}).update(dict.fromkeys(filter(None, both)))
        days = (
            select(Obligation.letter_id, func.min(Event.at))
            .join(Event, Event.obligation_id == Obligation.id)
            .where(Obligation.letter_id.in_(batch), Event.kind == "assigned")
            .group_by(Obligation.letter_id)
        )
        given = {letter: at.astimezone().date() for letter, at in s.execute(days)}
        found |= {letter: ("; ".join(each), given.get(letter)) for letter, each in names.items() if each}
    return found


def _replies(s: Session, obligations: Sequence[int]) -> Mapping[int, str]:
    """The letters by which these obligations were done last; one that was reopened and done without a letter has none."""
    found: dict[int, str] = {}
    for start in range(0, len(obligations), _BATCH):
        query = (
            select(Event.obligation_id, Letter.number, Letter.symbol)
            .join(Letter, Letter.id == Event.letter_id, isouter=True)
            .where(Event.obligation_id.in_(obligations[start : start + _BATCH]), Event.kind == "done")
            .order_by(Event.id)
        )
        found |= {each: code(number, symbol) or "" for each, number, symbol in s.execute(query)}
    return found
