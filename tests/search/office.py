"""A real register to which letters are added as a worker does, for tests of the way into the index."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

from ingest.types import Line, Page, Reading, Word
from nlp.types import Deadline as Term
from nlp.types import Dispatch, Evidence, Field, Header, Named, Reference, Task
from register import intake, letters, outbox, tasks
from register.originals import OriginalStore
from search.engine import Engine
from search.relay import relay_all
from search.types import Kind, Query
from tests.registers import new_register

AT = datetime(2023, 3, 1, 2, 0, tzinfo=UTC)
TODAY = date(2023, 3, 10)


def seen(start: int = 0) -> Evidence:
    return Evidence(start, start + 5, "test", 0.9, 1)


def field(value: str) -> Field:
    return Field(value, seen())


def task(text: str, *bodies: str, due: date | None = None) -> Task:
    terms = (Term("fixed", due, None, f"trước ngày {due:%d/%m/%Y}", seen(), strict=True),) if due else ()
    return Task("1", text, tuple(Named(body, seen()) for body in bodies), (), terms, None, seen(3))


DECREE = Reference(
    "nghị định", "77/2019/NĐ-CP", "77", 2019, "NĐ-CP", None, ("Điều 4",), "Nghị định 77", (seen(),)
)
DECISION = Reference(
    "quyết định", "1102/QĐ-TTg", "1102", 2020, "QĐ-TTg", date(2020, 7, 1), (), "QĐ 1102", (seen(9),)
)


class Office:
    """A register to which letters are added as a worker does."""

    def __init__(self, folder: Path) -> None:
        self.database = new_register(folder / "register.db")
        self.store = OriginalStore(folder / "originals")

    def receive(self, name: str) -> int:
        with self.database.transaction() as s:
            return intake.receive(s, self.store, name.encode(), name=name, at=AT).file_id

    def record(
        self,
        file_id: int,
        *given: Task,
        number: str = "21",
        subject: str = "phòng cháy chợ đêm",
        pages: tuple[str, ...] = ("Kính gửi các phường",),
        references: tuple[Reference, ...] = (DECREE, DECISION),
        version: str = "v1",
    ) -> int:
        dispatch = Dispatch(
            header=Header(
                kind=field("công văn"),
                number=field(number),
                symbol=field("UBND-KT"),
                issuer=field("Ủy ban nhân dân quận Lá"),
                issued_on=field("2023-02-27"),
                subject=field(subject),
            ),
            tasks=given,
            references=references,
            text=" ".join(pages),
            pages=tuple(range(1, len(pages) + 1)),
        )
        sheets = tuple(
            Page(page, 595, 842, tuple(Line((Word(word, None),)) for word in text.split()), "ocr")
            for page, text in enumerate(pages, 1)
        )
        reading = Reading("x.pdf", hashlib.sha256(number.encode()).hexdigest(), "application/pdf", sheets)
        with self.database.transaction() as s:
            return letters.record(s, file_id, reading, [dispatch], version=version, at=AT).letter_ids[0]

    def add(self, name: str, *given: Task, **more: object) -> int:
        return self.record(self.receive(name), *given, **more)  # type: ignore[arg-type]

    def obligations(self, letter_id: int) -> list[int]:
        with self.database.reading() as s:
            where = tasks.TaskFilter(letter_id=letter_id)
            return [row.obligation_id for row in tasks.listing(s, where, today=TODAY).items]

    def lag(self) -> outbox.Lag:
        with self.database.reading() as s:
            return outbox.lag(s, at=AT)


def find(engine: Engine, text: str, kind: Kind = "letters", **more: object) -> list[str]:
    engine.refresh()
    return [hit.id for hit in engine.search(Query(text, kind=kind, today=TODAY, **more)).hits]  # type: ignore[arg-type]


def relay(office: Office, engine: Engine) -> int:
    moved = relay_all(office.database, engine, at=AT)
    engine.refresh()
    return moved
