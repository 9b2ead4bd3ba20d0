"""Số đến: one series per book and year, given once, on both databases and with workers side by side."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from alembic import command
from sqlalchemy import text

from ingest.errors import BadRequest
from register import books, intake, recording, registers
from register.database import Database
from register.migrations.run import config
from register.models import Letter
from register.originals import OriginalStore
from tests.register.letters import AT, dispatch, reading, receive


def take(
    database: Database,
    store: OriginalStore,
    number: str,
    *,
    received: date | None = None,
    home: str | None = None,
) -> int:
    """A letter of one file; gives its id."""
    file_id = receive(database, store, content=number.encode(), name=f"{number}.pdf")
    with database.transaction() as s:
        done = recording.record(
            s, file_id, reading(content=number.encode()), [dispatch(number=number)],
            version="v1", at=AT, received_on=received, home_agency=home,
        )  # fmt: skip
    return done.letter_ids[0]


def numbers(database: Database, *ids: int) -> list[tuple[str, int, int] | None]:
    with database.reading() as s:
        found = books.of_letters(s, ids)
    return [(found[id].book, found[id].year, found[id].number) if id in found else None for id in ids]


def test_incoming_letters_are_numbered_in_the_order_they_come_and_by_year(
    database: Database, store: OriginalStore
) -> None:
    one = take(database, store, "11", received=date(2020, 5, 4))
    two = take(database, store, "12", received=date(2020, 5, 4))
    next_year = take(database, store, "13", received=date(2021, 1, 4))
    out = take(database, store, "14", home="Bộ Công Thương")
    assert numbers(database, one, two, next_year, out) == [
        (books.FIRST, 2020, 1),
        (books.FIRST, 2020, 2),
        (books.FIRST, 2021, 1),
        None,
    ]


def test_the_first_morning_of_a_year_is_in_its_register(
    database: Database, store: OriginalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    time.tzset()
    try:
        at = datetime(2020, 12, 31, 18, tzinfo=UTC)  # 1 o'clock on 1 January
        with database.transaction() as s:
            file_id = intake.receive(s, store, b"21", name="21.pdf", at=at, version="v1").file_id
            read = reading(content=b"21")
            recording.record(s, file_id, read, [dispatch(number="21")], version="v1", at=at)
        with database.reading() as s:
            [entry], total = registers.arrivals(s, first=date(2021, 1, 1), last=date(2021, 1, 1))
            assert registers.arrivals(s, first=date(2020, 1, 1), last=date(2020, 12, 31)) == ((), 0)
        with database.engine.begin() as connection:  # as earlier versions kept it
            command.downgrade(config(connection), "0017")
            connection.execute(text("UPDATE letters SET arrived_on = '2020-12-31'"))
        database.upgrade()
        with database.reading() as s:
            assert registers.arrivals(s, first=date(2021, 1, 1), last=date(2021, 1, 1)) == ((entry,), 1)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert (entry.number, entry.arrived_on, total) == ("1", date(2021, 1, 1), 1)


def test_a_letter_read_again_keeps_its_number(database: Database, store: OriginalStore) -> None:
    one = take(database, store, "11", received=date(2020, 5, 4))
    with database.transaction() as s:
        file_id = s.get_one(Letter, one).file_id
        recording.record(s, file_id, reading(content=b"11"), [dispatch(number="11")], version="v2", at=AT)
    assert numbers(database, one) == [(books.FIRST, 2020, 1)]


def test_a_letter_moved_to_another_book_gets_its_next_number_and_the_old_one_stays_used(
    database: Database, store: OriginalStore
) -> None:
    one = take(database, store, "11", received=date(2020, 5, 4))
    with database.transaction() as s:
        other = books.add(s, "Sổ giấy mời", at=AT, by=None).id
        books.move(s, one, other, at=AT, by=None)
    two = take(database, store, "12", received=date(2020, 5, 5))
    assert numbers(database, one, two) == [("Sổ giấy mời", 2020, 1), (books.FIRST, 2020, 2)]
    with database.reading() as s:
        assert [(each.name, each.last, each.count) for each in books.listing(s, 2020)] == [
            (books.FIRST, 2, 1),
            ("Sổ giấy mời", 1, 1),
        ]


def test_a_closed_book_takes_no_letter_and_one_stays_open(database: Database, store: OriginalStore) -> None:
    one = take(database, store, "11", received=date(2020, 5, 4))
    with database.transaction() as s:
        other = books.add(s, "Sổ giấy mời", at=AT, by=None).id
        first = books.open_books(s)[0][0]
        books.change(s, first, name=books.FIRST, active=False, at=AT, by=None)
    two = take(database, store, "12", received=date(2020, 5, 5))
    assert numbers(database, one, two) == [(books.FIRST, 2020, 1), ("Sổ giấy mời", 2020, 1)]
    with pytest.raises(BadRequest, match="đã đóng"), database.transaction() as s:
        books.move(s, two, first, at=AT, by=None)
    with pytest.raises(BadRequest, match="ít nhất một sổ"), database.transaction() as s:
        books.change(s, other, name="Sổ giấy mời", active=False, at=AT, by=None)
    with pytest.raises(BadRequest, match="đã có"), database.transaction() as s:
        books.add(s, "sổ  GIẤY mời", at=AT, by=None)


def test_letters_of_before_are_numbered_in_the_order_of_their_arrival(
    database: Database, store: OriginalStore
) -> None:
    ids = [take(database, store, str(number), received=date(2020, 5, 4)) for number in (11, 12, 13)]
    with database.transaction() as s:
        for each in s.query(books.Arrival):
            s.delete(each)
    with database.transaction() as s:
        assert books.missing(s) == 3
        assert books.number_all(s, at=AT, by=None, limit=2) == 2
        assert books.number_all(s, at=AT, by=None, limit=2) == 1
        assert books.number_all(s, at=AT, by=None, limit=2) == 0
    assert [each[2] for each in numbers(database, *ids) if each] == [1, 2, 3]


def test_workers_side_by_side_never_give_a_number_twice(database: Database, store: OriginalStore) -> None:
    with ThreadPoolExecutor(4) as pool:
        ids = list(
            pool.map(lambda n: take(database, store, str(n), received=date(2020, 5, 4)), range(11, 23))
        )
    given = sorted(each[2] for each in numbers(database, *ids) if each)
    assert given == list(range(1, 13))
