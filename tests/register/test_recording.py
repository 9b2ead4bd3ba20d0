"""What was understood becomes rows: once, with its history, and people's decisions outlive a new reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from ingest.errors import BadRequest, Confined
from ingest.types import Box, Line, Page, Word
from nlp.types import Deadline, IncomingStamp
from register import audit, corrections, events, history, intake, letters, outbox, pages, tasks
from register.database import Database
from register.models import Base, Extraction, FilePage
from register.originals import OriginalStore
from tests.register.letters import (
    AT,
    LEAD,
    citation,
    dispatch,
    fixed,
    monthly,
    named,
    place,
    reading,
    receive,
    record,
    task,
)

REPORT = task(
    "1", "Báo cáo tình hình thực hiện kế hoạch khuyến công", fixed(date(2020, 5, 15), "trước ngày 15/5/2020")
)
SURVEY = task(
    "2",
    "Rà soát các đề án chưa ký hợp đồng",
    fixed(date(2020, 5, 25), "trước ngày 25/5/2020"),
    cooperating=["Sở Tài chính"],
    report_to="Cục Công Thương địa phương",
)
ANNOUNCE = task(None, "Bộ yêu cầu thực hiện một số nội dung sau:", optional=True)
STAMP = IncomingStamp("Cục Công Thương địa phương", "631", date(2020, 4, 29), place())


def rows(database: Database) -> dict[str, int]:
    with database.reading() as s:
        return {
            name: s.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


def test_a_letter_comes_back_as_it_was_understood(database: Database, store: OriginalStore) -> None:
    number = receive(database, store)
    [letter_id] = record(
        database, number, dispatch(ANNOUNCE, REPORT, SURVEY, stamp=STAMP, warnings=["số viết tay"])
    ).letter_ids
    with database.reading() as s:
        view = letters.get(s, letter_id)
        file = intake.get(s, number)
        [page] = letters.pages(s, letter_id)
    assert (view.row.code, view.row.issuer, view.row.issued_on) == (
        "2990/BCT-CTĐP",
        "Bộ Công Thương",
        date(2020, 4, 28),
    )
    assert (view.row.incoming_number, view.row.incoming_on, view.row.received_on) == (
        "631",
        date(2020, 4, 29),
        date(2020, 4, 29),
    )
    assert (view.row.direction, view.row.kind, view.row.state, view.row.task_count) == (
        "đến",
        "công văn",
        "unreviewed",
        2,
    )
    assert (view.signer_authority, view.signer_name) == ("KT. BỘ TRƯỞNG", "Nguyễn Văn Mẫu")
    assert (view.addressees, view.recipients) == ((LEAD,), ("Như trên", "Lưu: VT"))
    assert view.warnings == ("số viết tay",)
    assert view.evidence["number"]["boxes"] == [{"page": 1, "box": [10.0, 20.0, 30.5, 40.25]}]
    announce, report, survey = view.tasks
    assert announce.optional
    assert announce.obligations == ()
    assert [each.body for each in report.obligations] == [LEAD]
    assert report.evidence is not None
    assert report.evidence["page"] == 1
    assert [(each.role, each.body) for each in survey.obligations] == [
        ("lead", LEAD),
        ("cooperating", "Sở Tài chính"),
    ]
    assert survey.report_to == "Cục Công Thương địa phương"
    assert (file.state, file.page_count, file.version) == ("done", 1, "v1")
    assert page == reading().pages[0]


def test_what_a_task_says_of_itself_comes_back_with_its_place(database: Database, store: OriginalStore) -> None:
    said = replace(
        SURVEY,
        channel=named("Văn phòng Cục"),
        conditions=(named("đối với các đề án dở dang"),),
        exceptions=(named("trừ đề án đã dừng"),),
        products=(named("danh sách"), named("báo cáo")),
    )
    [letter_id] = record(database, receive(database, store), dispatch(said)).letter_ids
    with database.transaction() as s:
        [task_] = letters.get(s, letter_id).tasks
        for name in ("channel", "conditions", "exceptions", "products"):
            kept = getattr(task_, name)
            read = getattr(said, name)
            assert [each.text for each in kept] == [each.text for each in (read if isinstance(read, tuple) else [read])]
            assert all(each.evidence["page"] == 1 for each in kept)
        assert task_.report_evidence is not None
        corrections.correct_task(s, task_.id, "report_to", "Sở Tài chính", at=AT, by=None)
    with database.reading() as s:
        [task_] = letters.get(s, letter_id).tasks
    assert (task_.report_to, task_.report_evidence) == ("Sở Tài chính", None), "not read: named by a person"


def test_before_a_day_gives_a_safe_day_and_warns_of_sundays(database: Database, store: OriginalStore) -> None:
    [letter_id] = record(database, receive(database, store), dispatch(REPORT, SURVEY)).letter_ids
    with database.reading() as s:
        first, second = letters.get(s, letter_id).tasks
    assert (first.deadlines[0].printed_on, first.deadlines[0].safe_on) == (
        date(2020, 5, 15),
        date(2020, 5, 14),
    )
    assert (second.deadlines[0].printed_on, second.deadlines[0].safe_on) == (
        date(2020, 5, 25),
        date(2020, 5, 24),
    )
    assert not any("không phải ngày làm việc" in each for each in first.deadlines[0].warnings)
    assert any("24/05/2020" in each and "22/05/2020" in each for each in second.deadlines[0].warnings)
    assert second.obligations[0].due_on == date(2020, 5, 24)


def test_recording_the_same_twice_changes_nothing(database: Database, store: OriginalStore) -> None:
    number = receive(database, store)
    letter = dispatch(REPORT, replace(SURVEY, deadlines=(monthly(),)))
    first = record(database, number, letter)
    before = rows(database)
    again = record(database, number, letter, at=AT + timedelta(days=1))
    assert again == letters.Recorded(first.letter_ids, again=True)
    with database.transaction() as s:
        intake.reading(s, number, at=AT)  # as a worker does that takes over the job of a killed one
    assert record(database, number, letter).again
    assert rows(database) == before
    with database.reading() as s:
        assert intake.get(s, number).state == "done"


def test_a_forced_reading_under_the_same_version_keeps_the_earlier_extraction(
    database: Database, store: OriginalStore
) -> None:
    number = receive(database, store)
    [letter_id] = record(database, number, dispatch(REPORT)).letter_ids
    with database.transaction() as s:
        intake.reading(s, number, at=AT)
    record(database, number, dispatch(REPORT, SURVEY))
    with database.reading() as s:
        assert s.scalars(select(Extraction.version).order_by(Extraction.id)).all() == ["v1", "v1~2"]
        assert letters.get(s, letter_id).extraction == "v1~2"


def test_a_new_reading_keeps_ids_and_history_of_what_is_still_there(
    database: Database, store: OriginalStore
) -> None:
    number = receive(database, store)
    [letter_id] = record(database, number, dispatch(REPORT, SURVEY)).letter_ids
    with database.transaction() as s:
        first, second = letters.get(s, letter_id).tasks
        events.mark_done(s, first.obligations[0].id, on=date(2020, 5, 10), at=AT, by=None, text="CV 12/SCT")
    better = replace(REPORT, text=REPORT.text.replace("tình hình", "tinh hinh") + ";")
    inserted = task("0", "Việc mới đọc được ở trang sau", lead=["Sở Nội vụ"])
    record(database, number, dispatch(inserted, better, SURVEY), version="v2")
    with database.reading() as s:
        view = letters.get(s, letter_id)
        written = history.of_obligation(s, first.obligations[0].id)
    assert [each.id for each in view.tasks[1:]] == [first.id, second.id]
    assert view.tasks[1].text == better.text
    assert view.tasks[1].obligations[0].done_on == date(2020, 5, 10)
    assert [each.text for each in written] == ["CV 12/SCT"]
    assert rows(database)["extractions"] == 2


def test_what_is_no_longer_read_goes_unless_people_worked_on_it(
    database: Database, store: OriginalStore
) -> None:
    number = receive(database, store)
    [letter_id] = record(database, number, dispatch(REPORT, SURVEY)).letter_ids
    with database.transaction() as s:
        first, second = letters.get(s, letter_id).tasks
        events.note(s, second.obligations[0].id, text="đã gọi điện", at=AT, by=None)
    record(database, number, dispatch(), version="v2")
    with database.reading() as s:
        assert [(each.id, each.state) for each in letters.get(s, letter_id).tasks] == [
            (second.id, "withdrawn")
        ]
        assert tasks.listing(s, today=date(2020, 5, 1)).items == ()
        deleted = {
            each.entity_id for each in outbox.pending(s) if (each.entity, each.op) == ("obligation", "delete")
        }
    assert deleted == {each.id for task in (first, second) for each in task.obligations}
    record(database, number, dispatch(SURVEY), version="v3")
    with database.reading() as s:
        assert [(each.id, each.state) for each in letters.get(s, letter_id).tasks] == [(second.id, "active")]


def test_letters_no_longer_found_in_a_file(database: Database, store: OriginalStore) -> None:
    number = receive(database, store)
    one, two, three = record(
        database, number, dispatch(REPORT), dispatch(REPORT, number="2"), dispatch(REPORT, number="3")
    ).letter_ids
    with database.transaction() as s:
        corrections.review(s, three, at=AT, by=None)
    assert record(database, number, dispatch(REPORT), version="v2").letter_ids == (one,)
    with database.reading() as s:
        assert [each.id for each in letters.listing(s).items] == [one]
        assert letters.get(s, three).row.state == "withdrawn"
        assert [number for number, _ in letters.ids(s)] == [one]
    with pytest.raises(BadRequest, match="Không có văn bản"), database.reading() as s:
        letters.get(s, two)


def test_unknown_values_stay_unknown(database: Database, store: OriginalStore) -> None:
    odd = task(None, "Việc không rõ cơ quan", Deadline("fixed", None, None, "trước ngày …", place()), lead=[])
    empty = dispatch(odd, number=None, symbol=None, issuer=None, issued_on=None)
    [letter_id] = record(database, receive(database, store), empty).letter_ids
    with database.reading() as s:
        view = letters.get(s, letter_id)
        [row] = tasks.listing(s, today=date(2030, 1, 1)).items
    assert (view.row.number, view.row.code, view.row.issued_on, view.row.issuer) == (None, None, None, None)
    assert view.row.direction == "đến"
    assert (row.body, row.due_on, row.status, row.days) == ("", None, "no-term", None)


def test_a_day_that_does_not_exist_is_unknown(database: Database, store: OriginalStore) -> None:
    letter = dispatch()
    wrong = replace(
        letter, header=replace(letter.header, issued_on=replace(letter.header.issued_on, value="2018-02-42"))
    )  # type: ignore[type-var]
    [letter_id] = record(database, receive(database, store), wrong).letter_ids
    with database.reading() as s:
        assert letters.get(s, letter_id).row.issued_on is None


def test_nul_bytes_of_a_reading_are_left_out(database: Database, store: OriginalStore) -> None:
    letter = dispatch(
        task("1", "Báo\x00 cáo"),
        subject="a\x00b",
        references=[citation("1/QĐ\x00", "quyết định", "1", None, "QĐ", start=0, end=4)],
    )
    [letter_id] = record(database, receive(database, store), replace(letter, text="x\x00y" * 5)).letter_ids
    with database.reading() as s:
        view = letters.get(s, letter_id)
    assert (view.row.subject, view.tasks[0].text, view.references[0].code) == ("ab", "Báo cáo", "1/QĐ")


@pytest.mark.parametrize(
    ("issuer", "parent", "home", "expected"),
    [
        ("Bộ Công Thương", None, "Bộ Công thương", "đi"),
        ("Ủy ban nhân dân tỉnh Long An", None, "UBND tỉnh Long An", "đi"),
        ("Sở Công Thương", "UBND tỉnh Long An", "Sở Công Thương tỉnh Long An", "đi"),
        ("Sở Công Thương", "UBND tỉnh Cà Mau", "Sở Công Thương tỉnh Long An", "đến"),
        ("Sở Công Thương", None, "Sở Công Thương tỉnh Long An", "đến"),
        (None, None, "Bộ Công Thương", "đến"),
        ("Bộ Công Thương", None, None, "đến"),
    ],
)
def test_direction_follows_from_the_home_agency(
    database: Database,
    store: OriginalStore,
    issuer: str | None,
    parent: str | None,
    home: str | None,
    expected: str,
) -> None:
    letter = dispatch(issuer=issuer, parent_body=parent)
    [letter_id] = record(database, receive(database, store), letter, home=home).letter_ids
    with database.reading() as s:
        assert letters.get(s, letter_id).row.direction == expected


def test_a_monthly_report_is_tracked_from_registration_up_to_the_horizon(
    database: Database, store: OriginalStore
) -> None:
    old = dispatch(task("5", "Báo cáo hàng tháng", monthly()), issued_on=date(2009, 2, 26))
    [letter_id] = record(database, receive(database, store), old, horizon_days=100).letter_ids
    with database.reading() as s:
        [obligation] = letters.get(s, letter_id).tasks[0].obligations
    assert [each.due_on for each in obligation.occurrences] == [
        date(2020, 5, 24),
        date(2020, 6, 24),
        date(2020, 7, 24),
    ]
    assert (obligation.due_on, obligation.printed_on) == (date(2020, 5, 24), date(2020, 5, 25))
    from register import duties

    with database.transaction() as s:
        assert duties.roll_forward(s, at=AT + timedelta(days=31), horizon_days=100) == 1
        assert duties.roll_forward(s, at=AT + timedelta(days=31), horizon_days=100) == 0
    with database.reading() as s:
        assert tasks.obligation(s, obligation.id).occurrences[-1].printed_on == date(2020, 8, 25)


def test_a_relative_deadline_waits_for_the_day_of_arrival(database: Database, store: OriginalStore) -> None:
    soon = Deadline(
        "relative", None, "P5D working after receipt", "trong 05 ngày làm việc kể từ ngày nhận", place()
    )
    [letter_id] = record(database, receive(database, store), dispatch(task("1", "Trả lời", soon))).letter_ids
    with database.reading() as s:
        [before] = letters.get(s, letter_id).tasks
    assert before.deadlines[0].safe_on is None
    assert before.deadlines[0].warnings == ("chưa biết ngày đến nên chưa tính được thời hạn",)
    assert before.obligations[0].due_on is None
    with database.transaction() as s:
        corrections.correct_letter(s, letter_id, "received_on", "2020-04-28", at=AT, by=None)
    with database.reading() as s:
        [after] = letters.get(s, letter_id).tasks
    # 28/4 is not counted; 30/4 and 1/5 are holidays, 2 and 3/5 a weekend: 29/4, 4, 5, 6, 7/5.
    assert (after.deadlines[0].safe_on, after.deadlines[0].warnings) == (date(2020, 5, 7), ())
    assert after.obligations[0].due_on == date(2020, 5, 7)


def test_the_offices_own_days_count(database: Database, store: OriginalStore) -> None:
    soon = Deadline("relative", None, "P2D working after issue", "trong 02 ngày làm việc", place())
    [letter_id] = record(
        database,
        receive(database, store),
        dispatch(task("1", "Trả lời", soon)),
        holidays={date(2020, 4, 29): False, date(2020, 5, 2): True},
    ).letter_ids
    with database.reading() as s:
        assert letters.get(s, letter_id).tasks[0].deadlines[0].safe_on == date(2020, 5, 4)


@pytest.mark.parametrize("rule", ["FREQ=SOMETIMES", "nonsense", "P5D after nobody knows", None])
def test_a_rule_that_is_not_understood_is_kept_and_warned_of(
    database: Database, store: OriginalStore, rule: str | None
) -> None:
    kinds = ("recurring", "relative")
    odd = [Deadline(kind, None, rule, f"định kỳ {kind}", place()) for kind in kinds]  # type: ignore[arg-type]
    [letter_id] = record(database, receive(database, store), dispatch(task("1", "Báo cáo", *odd))).letter_ids
    with database.reading() as s:
        [view] = letters.get(s, letter_id).tasks
    assert all(each.warnings and each.rule == rule for each in view.deadlines)
    assert view.obligations[0].due_on is None


@pytest.mark.parametrize(
    ("issuer", "agency"), [("Bộ Công Thương", "so-tai-chinh"), ("Ủy ban nhân dân tỉnh Long An", "so-tai-chinh@80")]
)
def test_agencies_are_resolved_as_of_the_letters_day(
    database: Database, store: OriginalStore, issuer: str, agency: str
) -> None:
    record(database, receive(database, store), dispatch(SURVEY, issuer=issuer))
    with database.reading() as s:
        found = tasks.listing(s, tasks.TaskFilter(agency_id=agency), today=date(2020, 5, 1))
        group = tasks.listing(s, tasks.TaskFilter(agency_id="so-cong-thuong@*"), today=date(2020, 5, 1))
    assert [each.body for each in found.items] == ["Sở Tài chính"]
    assert [each.body for each in group.items] == [LEAD]


def test_everything_is_audited_and_announced_in_the_same_transaction(
    database: Database, store: OriginalStore
) -> None:
    number = receive(database, store)

    def fail_after_recording() -> None:
        with database.transaction() as s:
            letters.record(s, number, reading(), [dispatch(REPORT)], version="v1", at=AT)
            raise RuntimeError

    before = rows(database)
    with pytest.raises(RuntimeError):
        fail_after_recording()
    assert rows(database) == before
    [letter_id] = record(database, number, dispatch(REPORT)).letter_ids
    with database.reading() as s:
        assert [
            (each.entity, each.entity_id, each.op) for each in outbox.pending(s) if each.entity == "letter"
        ] == [("letter", letter_id, "upsert")]
        assert [each.action for each in audit.listing(s)] == ["recorded", "file-received"]
        assert audit.listing(s)[0].details == {"version": "v1", "letters": [letter_id]}


def test_recording_for_an_unknown_file(database: Database) -> None:
    with pytest.raises(BadRequest) as caught:
        record(database, 77, dispatch())
    assert caught.value.code == "file-unknown"


def test_nothing_is_recorded_for_a_duplicate_or_a_refused_file(
    database: Database, store: OriginalStore
) -> None:
    first = receive(database, store)
    duplicate = receive(database, store)
    with database.transaction() as s:
        intake.refuse(s, store, first, Confined("letter-confined", "MẬT", "secret"), at=AT)
    before = rows(database)
    for number in (first, duplicate):
        with pytest.raises(BadRequest, match="không được ghi vào sổ"):
            record(database, number, dispatch(REPORT))
    assert rows(database) == before


@pytest.mark.parametrize("text", ["x" * 50_000, "ế" * 5_000])
def test_very_long_names_do_not_break_the_register(
    database: Database, store: OriginalStore, text: str
) -> None:
    letter = dispatch(task(text, text, lead=[text]), issuer=text, number=text, symbol=text, subject=text)
    [letter_id] = record(database, receive(database, store), letter).letter_ids
    with database.reading() as s:
        assert letters.get(s, letter_id).tasks[0].responsible == (text,)


def test_rows_of_a_table_are_kept_cell_by_cell() -> None:
    words = (Word("1", Box(0, 0, 5, 10)), Word("Sở", Box(30, 0, 40, 10)), Word("Y", Box(42, 0, 47, 10)))
    lines = (Line(words[:1]), Line(words, True, (1, 2, 0)))
    page = Page(1, 595.0, 842.0, lines, "ocr", 200)
    row = FilePage(
        number=1, width=595.0, height=842.0, layout=pages.layout_of(page), source="ocr", dpi=200, marks=[], notes=[],
        quality=None,
    )  # fmt: skip
    assert pages.to_page(row) == page
