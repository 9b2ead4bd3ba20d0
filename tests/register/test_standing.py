"""What counts: the database's own column says the same as the rows it is made of, whatever happens to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select, update

from register import corrections, events, letters, tasks
from register.database import Database
from register.models import Letter, Obligation, Task
from register.originals import OriginalStore
from tests.register.letters import AT, dispatch, fixed, receive, record, task

FIRST = task("1", "Rà soát", fixed(date(2020, 5, 15), "trước ngày 15/5"), lead=["Sở A", "Sở B"])
SECOND = task("2", "Báo cáo", lead=["Sở C"])


def counted(database: Database) -> list[str]:
    """The bodies of what counts; and the column agrees with what it is made of."""
    with database.reading() as s:
        kept = list(s.scalars(select(Obligation.id).where(Obligation.standing > 0).order_by(Obligation.id)))
        made_of = (
            select(Obligation.id)
            .join(Task, Task.id == Obligation.task_id)
            .join(Letter, Letter.id == Obligation.letter_id)
            .where(
                Task.state == "active",
                Task.optional.is_(False),
                Letter.state != "withdrawn",
                Obligation.cancelled_on.is_(None),
            )
            .order_by(Obligation.id)
        )
        assert kept == list(s.scalars(made_of))
        return [tasks.obligation(s, each).body for each in kept]


def test_what_counts_follows_every_change(database: Database, store: OriginalStore) -> None:
    announced = replace(SECOND, text="Yêu cầu các đơn vị:", optional=True)
    [letter_id] = record(database, receive(database, store), dispatch(FIRST, SECOND, announced)).letter_ids
    assert counted(database) == ["Sở A", "Sở B", "Sở C"]
    with database.reading() as s:
        one, two, three = letters.get(s, letter_id).tasks
    first = one.obligations[0].id
    with database.transaction() as s:
        events.cancel(s, first, on=date(2020, 5, 1), reason="không còn cần", at=AT, by=None)
    assert counted(database) == ["Sở B", "Sở C"]
    with database.transaction() as s:
        corrections.correct_task(s, two.id, "state", "dropped", at=AT, by=None)
        corrections.correct_task(s, three.id, "optional", False, at=AT, by=None)
    assert counted(database) == ["Sở B", "Sở C"], "what was announced is a task now, the other is none"
    with database.transaction() as s:
        events.restore(s, first, at=AT, by=None)
        corrections.correct_task(s, two.id, "state", "active", at=AT, by=None)
        corrections.correct_task(s, three.id, "optional", True, at=AT, by=None)
    assert counted(database) == ["Sở A", "Sở B", "Sở C"]


def test_a_withdrawn_letter_takes_its_obligations_along(database: Database, store: OriginalStore) -> None:
    [letter_id] = record(database, receive(database, store), dispatch(FIRST)).letter_ids
    for state, bodies in (("withdrawn", []), ("reviewed", ["Sở A", "Sở B"])):
        with database.transaction() as s:
            s.execute(update(Letter).where(Letter.id == letter_id).values(state=state))
        assert counted(database) == bodies
