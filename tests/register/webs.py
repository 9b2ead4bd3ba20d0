"""Letters that cite each other, for the tests of the graph."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import event, select

from nlp.references.find import find_references
from nlp.references.resolve import resolve
from nlp.types import Dispatch, Evidence, Reference
from register import intake
from register.database import Database
from register.graph import decisions, documents
from register.models import CitedDocument
from register.originals import OriginalStore
from tests.register.letters import AT, dispatch, receive, record

DECREE = "Căn cứ Nghị định số 45/2022/NĐ-CP ngày 21/5/2022 của Chính phủ về khuyến công"


def letter(
    text: str,
    *tasks: object,
    number: str | None = "1",
    symbol: str | None = "SCT-KH",
    issued_on: date | None = date(2023, 3, 1),
    kind: str = "công văn",
    **more: object,
) -> Dispatch:
    """A letter with a text whose citations are read from it."""
    from dataclasses import replace

    from tests.register.letters import field

    made = dispatch(
        *tasks, number=number, symbol=symbol, issued_on=issued_on, text=text, references=read(text, issued_on), **more
    )  # type: ignore[arg-type]
    return replace(made, header=replace(made.header, kind=field(kind)))


def read(text: str, issued_on: date | None = None) -> tuple[Reference, ...]:
    from dataclasses import replace

    found = resolve(find_references(text), issued_on)

    def on_page(each: Evidence) -> Evidence:
        return replace(each, page=1)

    return tuple(replace(each, mentions=tuple(map(on_page, each.mentions))) for each in found)


def take(database: Database, store: OriginalStore, made: Dispatch, name: str = "cv.pdf", **more: object) -> int:
    """Take a letter in; gives its id."""
    content = f"{name}{made.header.number}{made.header.symbol}{made.text}{made.header.subject}".encode()
    file = receive(database, store, content, name)
    return record(database, file, made, **more).letter_ids[0]


def refuse(database: Database, store: OriginalStore, file_id: int) -> None:
    from ingest.errors import Confined

    with database.transaction() as s:
        intake.refuse(s, store, file_id, Confined("confined", "mật", "confined"), at=AT)


def shape(database: Database) -> tuple[dict[str, str], set[tuple[str, str, str]]]:
    """Which identity stands for which, by their keys, and the probable pairs: what must not depend on order."""
    with database.reading() as s:
        rows = {row.id: row for row in s.scalars(select(CitedDocument))}
        return (
            {row.key: rows[row.root_id].key for row in rows.values()},
            {(pair.left.name, pair.right.name, pair.reason) for pair in decisions.pairs(s)},
        )


def one(database: Database, question: str) -> documents.DocumentRow:
    with database.reading() as s:
        [row] = documents.sought(s, documents.understand(question + " "))
    return row


@contextmanager
def queries(database: Database) -> Iterator[list[str]]:
    """The statements sent while the block runs."""
    seen: list[str] = []

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
