"""Lists of letters and tasks: filters, order, paging, and a number of queries that does not grow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from ingest.errors import BadRequest
from nlp.numbers import NumberQuery
from register import letters, references, task_filter, tasks
from register.database import Database
from register.letters import LetterFilter
from register.originals import OriginalStore
from register.tasks import TaskFilter
from tests.register.letters import AT, citation, dispatch, fixed, receive, record, task

TODAY = date(2020, 5, 20)
TEXT = "Căn cứ Nghị định số 45/2012/NĐ-CP ngày 21/5/2012 về khuyến công; thực hiện khoản 2 Điều 8 của Nghị định này."
DECREE = citation(
    "45/2012/NĐ-CP",
    "nghị định",
    "45",
    2012,
    "NĐ-CP",
    start=19,
    end=32,
    provisions=["khoản 2 Điều 8"],
    relation="căn cứ",
)


@contextmanager
def queries(database: Database) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def many(database: Database, store: OriginalStore, count: int, first: int = 0) -> None:
    for number in range(first, first + count):
        day = date(2020, 1, 1) + timedelta(days=number)
        letter = dispatch(
            task("1", f"Báo cáo số {number}", fixed(day, "x"), fixed(day, "y"), lead=["Sở A", "Sở B"]),
            task("2", "Phối hợp", lead=["Sở C"]),
            number=str(number + 1),
            issued_on=day,
            references=[DECREE],
            text=TEXT,
        )
        record(database, receive(database, store, b"%d" % number, f"{number}.pdf"), letter)


@pytest.fixture
def filled(database: Database, store: OriginalStore) -> Database:
    letters_ = [
        dispatch(
            task("1", "Báo cáo trước ngày 15/5", fixed(date(2020, 5, 15), "trước ngày 15/5"), lead=["Sở Công Thương"]),
            task("2", "Rà soát", fixed(date(2020, 5, 26), "trước ngày 26/5"), lead=["Sở Tài chính"], cooperating=["Sở Công Thương"]),
            task(None, "Yêu cầu các đơn vị:", optional=True),
            references=[DECREE],
            text=TEXT,
        ),
        dispatch(task("1", "Theo dõi", lead=["Sở Nội vụ"]), number="12", symbol="QĐ-UB", issuer="Ủy ban nhân dân tỉnh", issued_on=date(2004, 3, 2)),
        dispatch(number="02", symbol="NQ/TU", issuer="Tỉnh ủy", issued_on=None, subject="về đường lối 100%_"),
    ]  # fmt: skip
    for number, letter in enumerate(letters_):
        at = AT + timedelta(days=number)
        record(database, receive(database, store, b"%d" % number, f"{number}.pdf", at=at), letter, at=at)
    return database


def found(database: Database, **conditions: object) -> list[str]:
    with database.reading() as s:
        rows = letters.listing(s, LetterFilter(**conditions), sort="issued", descending=True)  # type: ignore[arg-type]
    assert rows.total == len(rows.items)
    return [str(row.number) for row in rows.items]


LETTER_FILTERS: list[tuple[dict[str, object], list[str]]] = [
    ({}, ["2990", "12", "02"]),
    ({"issuer": "uy ban"}, ["12"]),
    ({"issuer": "CÔNG THƯƠNG"}, ["2990"]),
    ({"subject": "duong loi"}, ["02"]),
    ({"subject": "100%_"}, ["02"]),
    ({"subject": "%"}, ["02"]),
    ({"kind": "công văn", "direction": "đến"}, ["2990", "12", "02"]),
    ({"kind": "chỉ thị"}, []),
    ({"issued_from": date(2004, 3, 2), "issued_to": date(2020, 4, 27)}, ["12"]),
    ({"number": "2990"}, ["2990"]),
    ({"number": "2990/bct-ctdp"}, ["2990"]),
    ({"number": "2990/BCT"}, ["2990"]),
    ({"number": "29"}, []),
    ({"number": "12/QĐ-UBND"}, ["12"]),
    ({"number": "công văn 12/2004"}, ["12"]),
    ({"number": "công văn 12/2005"}, []),
    ({"number": "2-NQ/TU"}, ["02"]),
    ({"number": "không phải số"}, []),
    ({"has_tasks": True}, ["2990", "12"]),
    ({"has_tasks": False}, ["02"]),
    ({"states": ("reviewed",)}, []),
    ({"received_from": date(2020, 4, 29)}, ["12", "02"]),
    ({"received_to": date(2020, 4, 28)}, ["2990"]),
]


@pytest.mark.parametrize("few", [letters.FEW, 0])
def test_filters_of_letters(filled: Database, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(letters, "FEW", few)
    for conditions, numbers in LETTER_FILTERS:
        assert (conditions, found(filled, **conditions)) == (conditions, numbers)


TASK_FILTERS: list[tuple[dict[str, object], list[str]]] = [
    ({}, ["Sở Công Thương", "Sở Tài chính", "Sở Công Thương", "Sở Nội vụ"]),
    ({"agency": "so cong thuong"}, ["Sở Công Thương", "Sở Công Thương"]),
    ({"agency": "Công Thương", "role": "lead"}, ["Sở Công Thương"]),
    ({"statuses": ("overdue",)}, ["Sở Công Thương"]),
    ({"statuses": ("due-soon",)}, ["Sở Tài chính", "Sở Công Thương"]),
    ({"statuses": ("overdue", "no-term")}, ["Sở Công Thương", "Sở Nội vụ"]),
    ({"statuses": ("done",)}, []),
    ({"due_before": date(2020, 5, 14)}, ["Sở Công Thương"]),
    ({"due_before": date(2020, 5, 13)}, []),
    ({"due_after": date(2020, 5, 15)}, ["Sở Tài chính", "Sở Công Thương"]),
    ({"issuer": "uy ban nhan dan"}, ["Sở Nội vụ"]),
    ({"text": "ra soat"}, ["Sở Tài chính", "Sở Công Thương"]),
    ({"kind": "quyết định"}, []),
    ({"direction": "đi"}, []),
]


@pytest.mark.parametrize("few", [task_filter.FEW_TASKS, 0])
def test_filters_of_tasks(filled: Database, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(task_filter, "FEW_TASKS", few)
    for conditions, bodies in TASK_FILTERS:
        with filled.reading() as s:
            where = tasks.looked_up(s, TaskFilter(**conditions))  # type: ignore[arg-type]
            rows = tasks.listing(s, where, today=TODAY)
            counted = tasks.counts(s, where, today=TODAY)
            assert tasks.listing(s, where, today=TODAY, total=rows.total) == rows, "counted before or not"
        assert (conditions, [row.body for row in rows.items]) == (conditions, bodies)
        if "statuses" not in conditions:
            assert sum(count for status, count in counted.items() if status != "due-soon") == rows.total


def test_a_row_tells_what_who_until_when_and_where_from(filled: Database) -> None:
    with filled.reading() as s:
        row = tasks.listing(s, today=TODAY).items[0]
    assert (row.label, row.body, row.due_on, row.printed_on) == (
        "1",
        "Sở Công Thương",
        date(2020, 5, 14),
        date(2020, 5, 15),
    )
    assert (row.status, row.days, row.soon, row.raw_deadlines) == ("overdue", -6, False, ("trước ngày 15/5",))
    assert (row.letter_code, row.letter_issuer, row.page, row.file_name) == (
        "2990/BCT-CTĐP",
        "Bộ Công Thương",
        1,
        "0.pdf",
    )


def test_an_unknown_status_is_refused(filled: Database) -> None:
    with pytest.raises(BadRequest, match="trạng thái"), filled.reading() as s:
        tasks.listing(s, TaskFilter(statuses=("late",)), today=TODAY)


def test_bodies_that_owe_something_come_with_who_owes_most_first(filled: Database) -> None:
    with filled.reading() as s:
        assert tasks.bodies(s) == ("Sở Công Thương", "Sở Nội vụ", "Sở Tài chính")
        assert tasks.bodies(s, limit=1) == ("Sở Công Thương",)


def test_paging_misses_and_repeats_nothing(database: Database, store: OriginalStore) -> None:
    many(database, store, 5)
    for sort in ("due", "issued", "body", "letter"):
        with database.reading() as s:
            pages = [tasks.listing(s, today=TODAY, sort=sort, offset=n, limit=4) for n in range(0, 16, 4)]  # type: ignore[arg-type]
        ids = [row.obligation_id for page in pages for row in page.items]
        assert len(ids) == len(set(ids)) == pages[0].total == 15
        assert not pages[-1].more
    with database.reading() as s:
        assert [row.number for row in letters.listing(s, sort="number", descending=False).items] == list(
            "12345"
        )


def test_lists_take_as_many_queries_for_many_rows_as_for_few(
    database: Database, store: OriginalStore
) -> None:
    counts = []
    for first, count in ((0, 2), (2, 4)):
        many(database, store, count, first)
        with queries(database) as seen, database.reading() as s:
            letters.listing(s, limit=100)
            tasks.listing(s, today=TODAY, limit=100)
            letters.get_many(s, [number for number, _ in letters.ids(s)])
            references.citing(s, "45/2012")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_citing_letters_are_found_by_any_spelling_and_others_are_not(filled: Database) -> None:
    with filled.reading() as s:
        for query in (
            "Nghị định 45/2012", "45/2012", "nđ 45/2012/nd-cp", "45/2012/NĐ-CP", "45", NumberQuery(None, "045", 2012, None),
        ):  # fmt: skip
            [row] = references.citing(s, query)
            assert (row.number, row.file, row.page, row.provisions) == (
                "2990",
                "0.pdf",
                1,
                ("khoản 2 Điều 8",),
            )
            assert row.relation == "căn cứ"
            assert "45/2012/NĐ-CP" in row.snippet
        for other in ("Thông tư 45/2012", "45/2013", "4/2012", "45/2012/QĐ-TTg"):
            assert references.citing(s, other) == (), other


def test_a_query_without_a_number_is_said_to_be_none(filled: Database) -> None:
    with pytest.raises(BadRequest, match="Ví dụ"), filled.reading() as s:
        references.citing(s, "khuyến công")


def test_a_citation_leads_to_the_letter_it_means_only_when_that_is_certain(
    database: Database, store: OriginalStore
) -> None:
    def cite(content: bytes, **more: object) -> int:
        year = more["year"]
        cited = citation(
            "12/CT-TTg",
            "chỉ thị",
            "12",
            year,
            "CT-TTg",
            start=0,
            end=5,
            **{k: v for k, v in more.items() if k != "year"},
        )  # type: ignore[arg-type]
        return record(
            database, receive(database, store, content), dispatch(number="9", references=[cited])
        ).letter_ids[0]

    old, new = (
        record(
            database,
            receive(database, store, b"%d" % year),
            dispatch(number="12", symbol="CT-TTg", issued_on=date(year, 3, 1)),
        ).letter_ids[0]
        for year in (2019, 2020)
    )
    by_year, by_day, wrong_day, bare = (
        cite(b"a", year=2019), cite(b"b", year=2020, date=date(2020, 3, 1)), cite(b"c", year=2020, date=date(2020, 3, 2)), cite(b"d", year=None),
    )  # fmt: skip
    with database.reading() as s:
        meant = [
            references.of_letter(s, each)[0].cited_letter_id for each in (by_year, by_day, wrong_day, bare)
        ]
    assert meant == [old, new, None, None]
    record(
        database,
        receive(database, store, b"twin"),
        dispatch(number="12", symbol="CT-TTg", issued_on=date(2019, 3, 1)),
    )
    with database.reading() as s:
        assert references.of_letter(s, by_year)[0].cited_letter_id is None
