"""Letters made for the tests of the register."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime

from ingest.types import Box, Line, Mark, Page, Reading, Word
from nlp.types import (
    Deadline,
    Dispatch,
    Evidence,
    Field,
    Header,
    IncomingStamp,
    Named,
    PageBox,
    Reference,
    Signer,
    Task,
)
from register import intake, letters
from register.database import Database
from register.originals import OriginalStore

AT = datetime(2020, 4, 28, 3, 0, tzinfo=UTC)
HOME = "Cục Công Thương địa phương"
LEAD = "Sở Công Thương các tỉnh"


def place(start: int = 0, end: int = 10, rule: str = "test", page: int = 1) -> Evidence:
    return Evidence(start, end, rule, 0.9, page, (PageBox(page, Box(10.0, 20.0, 30.5, 40.25)),))


def named(text: str) -> Named:
    return Named(text, place())


def field(value: str) -> Field:
    return Field(value, place(rule="header"))


def fixed(day: date, raw: str, *, strict: bool = True) -> Deadline:
    return Deadline("fixed", day, None, raw, place(), strict)


def monthly(day: int = 25, *, strict: bool = True) -> Deadline:
    return Deadline(
        "recurring", None, f"FREQ=MONTHLY;BYMONTHDAY={day}", f"trước ngày {day} hàng tháng", place(), strict
    )


def task(
    label: str | None,
    text: str,
    *deadlines: Deadline,
    lead: Sequence[str] = (LEAD,),
    cooperating: Sequence[str] = (),
    optional: bool = False,
    report_to: str | None = None,
) -> Task:
    return Task(
        label=label,
        text=text,
        responsible=tuple(map(named, lead)),
        coordinating=tuple(map(named, cooperating)),
        deadlines=deadlines,
        report_to=named(report_to) if report_to else None,
        evidence=place(5, 20, "task"),
        optional=optional,
    )


def citation(
    code: str, type_: str, number: str, year: int | None, symbol: str, *, start: int, end: int, **more: object
) -> Reference:
    return Reference(
        type=type_,
        code=code,
        number=number,
        year=year,
        symbol=symbol,
        date=more.get("date"),  # type: ignore[arg-type]
        provisions=tuple(more.get("provisions", ())),  # type: ignore[arg-type]
        raw=code,
        mentions=(place(start, end, "reference"),),
        relation=more.get("relation"),  # type: ignore[arg-type]
    )


def dispatch(
    *tasks: Task,
    number: str | None = "2990",
    symbol: str | None = "BCT-CTĐP",
    issuer: str | None = "Bộ Công Thương",
    parent_body: str | None = None,
    issued_on: date | None = date(2020, 4, 28),
    subject: str = "đôn đốc thực hiện kế hoạch khuyến công",
    stamp: IncomingStamp | None = None,
    references: Sequence[Reference] = (),
    text: str = "Căn cứ Nghị định số 45/2012/NĐ-CP ngày 21/5/2012, đề nghị các đơn vị thực hiện.",
    warnings: Sequence[str] = (),
) -> Dispatch:
    def maybe(value: str | None) -> Field | None:
        return field(value) if value else None

    return Dispatch(
        header=Header(
            kind=field("công văn"),
            number=maybe(number),
            symbol=maybe(symbol),
            issuer=maybe(issuer),
            parent_body=maybe(parent_body),
            place=field("Hà Nội"),
            issued_on=maybe(issued_on.isoformat() if issued_on else None),
            subject=field(subject),
        ),
        addressees=(named(LEAD),),
        recipients=(named("Như trên"), named("Lưu: VT")),
        signer=Signer("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Nguyễn Văn Mẫu", place()),
        incoming=stamp,
        tasks=tasks,
        references=tuple(references),
        warnings=tuple(warnings),
        text=text,
        pages=(1,),
    )


def reading(name: str = "cv.pdf", content: bytes = b"%PDF-1 letter") -> Reading:
    words = (Word("Kính", Box(1.0, 2.0, 3.25, 4.5), 0.93), Word("gửi:", Box(4.0, 2.0, 6.0, 4.5), 1.0))
    page = Page(
        1,
        595.0,
        842.0,
        (Line(words), Line((Word("Sở", Box(1, 6, 3, 8), 0.5),), gap=True)),
        "ocr",
        300,
        (Mark("stamp", Box(300, 20, 400, 90), "ĐẾN\nSố: 631", 0.8), Mark("seal", None)),
        ("nghiêng 1,5 độ",),
    )
    return Reading(name, hashlib.sha256(content).hexdigest(), "application/pdf", (page,))


def receive(
    database: Database, store: OriginalStore, content: bytes = b"%PDF-1 letter", name: str = "cv.pdf", at: datetime = AT
) -> int:
    with database.transaction() as s:
        return intake.receive(s, store, content, name=name, at=at, version="v1").file_id


def record(
    database: Database,
    file_id: int,
    *dispatches: Dispatch,
    version: str = "v1",
    at: datetime = AT,
    home: str | None = HOME,
    **more: object,
) -> letters.Recorded:
    with database.transaction() as s:
        return letters.record(
            s,
            file_id,
            reading(),
            dispatches,
            version=version,
            at=at,
            home_agency=home,
            **more,  # type: ignore[arg-type]
        )
