"""Status on two axes, the same in Python and in SQL."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from register import letters, tasks
from register.database import Database
from register.models import Obligation
from register.originals import OriginalStore
from register.status import NAMES, STATUSES, is_soon, status_filter, status_of
from tests.register.letters import dispatch, receive, record, task

D = date(2020, 5, 14)


@pytest.mark.parametrize(
    ("due_on", "done_on", "today", "expected"),
    [
        (D, None, D, "in-time"),
        (D, None, D - timedelta(days=1), "in-time"),
        (D, None, D + timedelta(days=1), "overdue"),
        (D, D, D + timedelta(days=99), "done-in-time"),
        (D, D + timedelta(days=1), D, "done-late"),
        (None, None, D, "no-term"),
        (None, D, D, "done-in-time"),
    ],
)
def test_status(due_on: date | None, done_on: date | None, today: date, expected: str) -> None:
    assert status_of(due_on=due_on, done_on=done_on, today=today) == expected


def test_soon_is_a_view_of_open_obligations() -> None:
    def soon(days_left: int, done: bool = False) -> bool:
        return is_soon(due_on=D, done_on=D if done else None, today=D - timedelta(days=days_left), days=7)

    assert [soon(each) for each in (8, 7, 0, -1)] == [False, True, True, False]
    assert not soon(3, done=True)
    assert not is_soon(due_on=None, done_on=None, today=D)


def test_every_status_has_the_offices_word() -> None:
    assert set(NAMES) == {*STATUSES, "due-soon"}


def test_sql_and_python_agree_on_every_case(database: Database, store: OriginalStore) -> None:
    cases = [(due, done) for due in (None, *range(-9, 10, 3)) for done in (None, *range(-9, 10, 3))]
    letter = dispatch(*(task(str(n), f"Việc thứ {n} " + "x" * n) for n in range(len(cases))))
    [letter_id] = record(database, receive(database, store), letter).letter_ids
    with database.transaction() as s:
        for view, (due, done) in zip(letters.get(s, letter_id).tasks, cases, strict=True):
            row = s.get_one(Obligation, view.obligations[0].id)
            row.due_on = D + timedelta(days=due) if due is not None else None
            row.done_on = D + timedelta(days=done) if done is not None else None
    with database.reading() as s:
        every = s.scalars(select(Obligation)).all()
        assert len(every) == len(cases)
        rows = [(row, status_of(due_on=row.due_on, done_on=row.done_on, today=D)) for row in every]
        for status in STATUSES:
            found = set(s.scalars(select(Obligation.id).where(status_filter(status, D))))
            assert found == {row.id for row, word in rows if word == status}
        soon = set(s.scalars(select(Obligation.id).where(status_filter("due-soon", D, soon_days=3))))
        assert soon == {
            row.id for row, _ in rows if is_soon(due_on=row.due_on, done_on=row.done_on, today=D, days=3)
        }
        counts = tasks.counts(s, today=D, soon_days=3)
        assert counts["due-soon"] == len(soon)
        assert sum(counts[each] for each in STATUSES) == len(cases)
