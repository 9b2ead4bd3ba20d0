"""Books of incoming letters and số đến: given by the program, one series per book and year, never given twice.

Nghị định 30/2020/NĐ-CP, Phụ lục VI asks for số đến given automatically per
year. The number stamped on the paper (`Letter.incoming_number`) is what was
read and stays beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from ingest.errors import BadRequest
from register import audit
from register.errors import refused, unknown
from register.insert import insert_ignoring
from register.models import Arrival, Book, File, Letter
from register.text import fold, squeeze

FIRST: Final = "Sổ văn bản đến"
"""The book that is there by itself."""
IN: Final = "đến"
LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class BookView:
    """A book; `last` is the number given last in the year asked for (0: none), `count` the letters of that year in it."""

    id: int
    name: str
    active: bool
    last: int
    count: int


@dataclass(frozen=True, slots=True)
class ArrivalView:
    """Số đến of a letter."""

    book_id: int
    book: str
    year: int
    number: int


def enter(s: Session, letter: Letter, *, at: datetime, book_id: int | None = None) -> ArrivalView | None:
    """Give an incoming letter its number, the next of its year in the book (the first open one); None for one that goes out.

    A letter that has a number keeps it. The book's row is locked, so that two workers cannot give the same.
    """
    if letter.direction != IN:
        return None
    present = s.scalars(
        select(Arrival).where(Arrival.letter_id == letter.id).options(joinedload(Arrival.book))
    ).one_or_none()
    if present is not None and (book_id is None or present.book_id == book_id):
        return _arrival(present)
    book = _open(s, book_id, at)
    if present is not None:
        present.letter_id = None  # its number stays used
        s.flush()
    year = day_of(letter).year
    last = s.scalar(select(func.max(Arrival.number)).where(Arrival.book_id == book.id, Arrival.year == year))
    row = Arrival(book_id=book.id, year=year, number=(last or 0) + 1, letter_id=letter.id, at=at)
    s.add(row)
    s.flush()
    return ArrivalView(book.id, book.name, row.year, row.number)


def move(s: Session, letter_id: int, book_id: int, *, at: datetime, by: int | None) -> ArrivalView:
    """Put a letter into another book, where it gets the next number; the old number is not given again."""
    letter = s.get(Letter, letter_id)
    if letter is None:
        raise unknown("letter", letter_id)
    if not get(s, book_id).active:
        raise refused("book-closed", "Sổ này đã đóng.", "This book is closed.")
    found = enter(s, letter, at=at, book_id=book_id)
    if found is None:
        raise refused(
            "letter-goes-out", "Văn bản đi không có số đến.", "A letter that goes out has no số đến."
        )
    audit.write(
        s, "arrival-moved", "letter", letter_id, at=at, by=by, book=found.book, year=found.year, number=found.number
    )  # fmt: skip
    return found


def of_letters(s: Session, letter_ids: Sequence[int]) -> dict[int, ArrivalView]:
    """Số đến of letters, by the letter's id."""
    rows = s.scalars(
        select(Arrival).where(Arrival.letter_id.in_(letter_ids)).options(joinedload(Arrival.book))
    )
    return {row.letter_id: _arrival(row) for row in rows if row.letter_id is not None}


def missing(s: Session) -> int:
    """Incoming letters without a number (registered before there were books)."""
    return s.scalar(select(func.count()).select_from(_missing().subquery())) or 0


def number_all(s: Session, *, at: datetime, by: int | None, limit: int = 500) -> int:
    """Give numbers to incoming letters without one, in the order of their arrival; gives how many got one."""
    ids = [row[0] for row in s.execute(_missing().limit(limit))]
    for letter_id in ids:
        enter(s, s.get_one(Letter, letter_id), at=at)
    if ids:
        audit.write(s, "arrivals-numbered", "book", None, at=at, by=by, total=len(ids))
    return len(ids)


def add(s: Session, name: str, *, at: datetime, by: int | None) -> Book:
    """Add a book. BadRequest for an empty or taken name."""
    name = _name(name)
    values = {"name": name, "name_fold": fold(name), "active": True, "created_at": at}
    if not insert_ignoring(s, Book, values, conflict=["name_fold"]):
        raise _taken(name)
    row = s.scalars(select(Book).where(Book.name_fold == fold(name))).one()
    audit.write(s, "book-added", "book", row.id, at=at, by=by, name=name)
    return row


def change(s: Session, book_id: int, *, name: str, active: bool, at: datetime, by: int | None) -> None:
    """Rename, close or open a book. BadRequest "last-book" where no open one would be left."""
    row, name = get(s, book_id), _name(name)
    other = s.scalars(select(Book).where(Book.name_fold == fold(name), Book.id != book_id)).first()
    if other is not None:
        raise _taken(name)
    open_ = s.scalars(select(Book.id).where(Book.active.is_(True)).with_for_update()).all()
    if not active and list(open_) == [book_id]:
        raise refused("last-book", "Phải còn ít nhất một sổ đang dùng.", "At least one book must stay open.")
    row.name, row.name_fold, row.active = name, fold(name), active
    audit.write(s, "book-changed", "book", book_id, at=at, by=by, name=name, active=active)
    s.flush()


def get(s: Session, book_id: int) -> Book:
    """One book. BadRequest "book-unknown" if there is none."""
    row = s.get(Book, book_id)
    if row is None:
        raise unknown("book", book_id)
    return row


def listing(s: Session, year: int) -> tuple[BookView, ...]:
    """All books with the figures of a year, open ones first in the order they were made."""
    figures = {
        row[0]: (row[1], row[2])
        for row in s.execute(
            select(Arrival.book_id, func.max(Arrival.number), func.count(Arrival.letter_id))
            .where(Arrival.year == year)
            .group_by(Arrival.book_id)
        )
    }
    rows = s.scalars(select(Book).order_by(Book.active.desc(), Book.id))
    return tuple(BookView(row.id, row.name, row.active, *figures.get(row.id, (0, 0))) for row in rows)


def open_books(s: Session) -> tuple[tuple[int, str], ...]:
    """Ids and names of the books in use."""
    rows = s.execute(select(Book.id, Book.name).where(Book.active.is_(True)).order_by(Book.id))
    return tuple((row[0], row[1]) for row in rows)


def _open(s: Session, book_id: int | None, at: datetime) -> Book:
    query = select(Book).where(Book.active.is_(True)).order_by(Book.id).limit(1).with_for_update()
    if book_id is not None:
        query = select(Book).where(Book.id == book_id).with_for_update()
    found = s.scalars(query).one_or_none()
    if found is None and book_id is None:
        values = {"name": FIRST, "name_fold": fold(FIRST), "active": True, "created_at": at}
        insert_ignoring(s, Book, values, conflict=["name_fold"])
        found = s.scalars(select(Book).where(Book.name_fold == fold(FIRST)).with_for_update()).one()
    if found is None:
        raise unknown("book", book_id or 0)
    return found


def _missing() -> Select[int]:
    return (
        select(Letter.id)
        .join(File, File.id == Letter.file_id)
        .outerjoin(Arrival, Arrival.letter_id == Letter.id)
        .where(Letter.direction == IN, Letter.state != "withdrawn", Arrival.id.is_(None))
        .order_by(File.received_at, Letter.id)
    )


def day_of(letter: Letter) -> date:
    """The day of arrival: as the office entered it, else the day the file was taken in."""
    return letter.received_on or letter.file.received_at.astimezone().date()


def _name(name: str) -> str:
    name = squeeze(name)[:LONGEST]
    if not name:
        raise refused("name-empty", "Hãy ghi tên sổ.", "Write the name of the book.")
    return name


def _taken(name: str) -> BadRequest:
    return refused("name-taken", f"Sổ “{name}” đã có.", f"There is a book “{name}” already.")


def _arrival(row: Arrival) -> ArrivalView:
    return ArrivalView(row.book_id, row.book.name, row.year, row.number)
