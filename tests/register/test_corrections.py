"""What people put right stays right, also after the program has read the letter again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ingest.errors import BadRequest
from register import corrections, events, letters, tasks
from register.database import Database
from register.originals import OriginalStore
from register.views import LetterView, TaskView
from tests.register.letters import AT, LEAD, dispatch, fixed, monthly, named, receive, record, task

FIRST = task(
    "1", "Báo cáo kết quả thực hiện trước ngày 15/5/2020", fixed(date(2020, 5, 15), "trước ngày 15/5/2020")
)
SECOND = task("2", "Tổ chức kiểm tra các cơ sở")
TODAY = date(2020, 5, 1)


class Office:
    """A register with one letter."""

    def __init__(self, database: Database, store: OriginalStore) -> None:
        self.database = database
        self.file_id = receive(database, store)
        [self.letter_id] = record(database, self.file_id, dispatch(FIRST, SECOND)).letter_ids

    def letter(self) -> LetterView:
        with self.database.reading() as s:
            return letters.get(s, self.letter_id)

    def task(self, number: int) -> TaskView:
        return self.letter().tasks[number]

    def correct(self, field: str, value: Any, **more: Any) -> None:
        with self.database.transaction() as s:
            corrections.correct_letter(s, self.letter_id, field, value, at=AT, by=None, **more)

    def correct_task(self, number: int, field: str, value: Any, **more: Any) -> None:
        task_id = self.task(number).id
        with self.database.transaction() as s:
            corrections.correct_task(s, task_id, field, value, at=AT, by=None, **more)

    def read_again(self, *tasks: Any, version: str = "v2") -> None:
        record(self.database, self.file_id, dispatch(*tasks), version=version)


@pytest.fixture
def office(database: Database, store: OriginalStore) -> Office:
    return Office(database, store)


def test_a_corrected_header_survives_a_new_reading(office: Office) -> None:
    office.correct("number", "2999")
    office.correct("number", "2991")
    office.correct("issued_on", "2020-04-27")
    office.correct("issuer", None)
    office.correct("addressees", ["Sở A", " Sở  B "])
    office.read_again(FIRST, SECOND)
    view = office.letter()
    assert (view.row.code, view.row.issued_on, view.row.issuer) == ("2991/BCT-CTĐP", date(2020, 4, 27), None)
    assert view.addressees == ("Sở A", "Sở B")
    assert view.corrected == ("number", "issued_on", "issuer", "addressees")
    with office.database.reading() as s:
        found = letters.listing(s, letters.LetterFilter(number="2991")).items
        history = corrections.history(s, office.letter_id)
    assert [each.id for each in found] == [office.letter_id]
    assert [(each.old, each.new) for each in history[:2]] == [("2990", "2999"), ("2999", "2991")]


def test_a_corrected_task_survives_a_new_reading(office: Office) -> None:
    office.correct_task(0, "text", "Báo cáo kết quả")
    office.correct_task(0, "responsible", ["Sở Tài chính", "Sở Nội vụ"])
    office.correct_task(
        0, "deadlines", [{"kind": "fixed", "date": "2020-06-01", "rule": None, "raw": "", "strict": False}]
    )
    office.correct_task(1, "state", "dropped")
    kept = office.task(0)
    office.read_again(replace(FIRST, text=FIRST.text.replace("kết quả", "kêt quả")), SECOND)
    after = office.task(0)
    assert (after.id, after.text, after.responsible) == (
        kept.id,
        "Báo cáo kết quả",
        ("Sở Tài chính", "Sở Nội vụ"),
    )
    assert [each.id for each in after.obligations] == [each.id for each in kept.obligations]
    assert [each.due_on for each in after.obligations] == [date(2020, 6, 1)] * 2
    assert after.corrected == ("text", "responsible", "deadlines")
    assert office.task(1).state == "dropped"
    with office.database.reading() as s:
        assert {each.task_id for each in tasks.listing(s, today=TODAY).items} == {after.id}


def test_a_dropped_task_stays_dropped_when_it_is_lost_and_found_again(office: Office) -> None:
    office.correct_task(1, "state", "dropped")
    office.read_again(FIRST, version="v2")
    office.read_again(FIRST, SECOND, version="v3")
    assert office.task(1).state == "dropped"


def test_deadlines_taken_away_stay_away(office: Office) -> None:
    office.correct_task(0, "deadlines", [])
    office.read_again(FIRST, SECOND)
    assert office.task(0).deadlines == ()
    assert office.task(0).obligations[0].due_on is None


def test_a_renamed_body_keeps_its_obligation_and_history(office: Office) -> None:
    before = office.task(0).obligations[0]
    with office.database.transaction() as s:
        events.note(s, before.id, text="đã gọi", at=AT, by=None)
    office.correct_task(0, "responsible", ["Sở Công Thương tỉnh Long An"])
    after = office.task(0).obligations
    assert [(each.id, each.body) for each in after] == [(before.id, "Sở Công Thương tỉnh Long An")]


def test_a_body_taken_out_after_work_was_done_is_cancelled_not_deleted(office: Office) -> None:
    office.correct_task(0, "responsible", ["Sở A", "Sở B"])
    second = office.task(0).obligations[1]
    with office.database.transaction() as s:
        events.note(s, second.id, text="đã gọi", at=AT, by=None)
    office.correct_task(0, "responsible", ["Sở A"])
    with office.database.reading() as s:
        assert tasks.obligation(s, second.id).cancelled_on == AT.date()
        assert [
            each.body
            for each in tasks.listing(s, tasks.TaskFilter(agency="so"), today=TODAY).items
            if each.task_id == second.task_id
        ] == ["Sở A"]
    office.correct_task(0, "responsible", ["Sở A", "Sở B"])
    with office.database.reading() as s:
        assert tasks.obligation(s, second.id).cancelled_on is None


def test_what_was_done_or_extended_is_handed_on_to_a_corrected_deadline(office: Office) -> None:
    obligation = office.task(0).obligations[0].id
    with office.database.transaction() as s:
        request = events.request_extension(s, obligation, new_due=date(2020, 7, 1), text="", at=AT, by=None)
        events.decide_extension(s, request, granted=True, at=AT, by=None)
    office.correct_task(
        0,
        "deadlines",
        [{"kind": "fixed", "date": "2020-05-15", "raw": "trước ngày 15/5/2020", "strict": False}],
    )
    with office.database.reading() as s:
        [occurrence] = tasks.obligation(s, obligation).occurrences
    assert (occurrence.first_due_on, occurrence.due_on) == (date(2020, 5, 15), date(2020, 7, 1))


def test_an_announcing_sentence_can_be_made_a_task(database: Database, store: OriginalStore) -> None:
    [letter_id] = record(
        database, receive(database, store), dispatch(replace(FIRST, optional=True))
    ).letter_ids
    with database.transaction() as s:
        [view] = letters.get(s, letter_id).tasks
        assert view.obligations == ()
        corrections.correct_task(s, view.id, "optional", False, at=AT, by=None)
    with database.reading() as s:
        assert [each.body for each in tasks.listing(s, today=TODAY).items] == [LEAD]


def test_a_task_that_was_missed_can_be_added_in_its_place(office: Office) -> None:
    with office.database.transaction() as s:
        number = corrections.add_task(
            s,
            office.letter_id,
            text="Gửi danh sách",
            after=letters.get(s, office.letter_id).tasks[0].id,
            responsible=("Sở Y tế",),
            deadlines=(
                {"kind": "recurring", "rule": "FREQ=MONTHLY;BYMONTHDAY=10", "raw": "ngày 10 hàng tháng"},
            ),
            at=AT,
            by=None,
        )
    assert [each.text for each in office.letter().tasks] == [FIRST.text, "Gửi danh sách", SECOND.text]
    office.read_again(FIRST, SECOND)
    added = office.task(1)
    assert (added.id, added.origin, added.responsible) == (number, "person", ("Sở Y tế",))
    assert added.obligations[0].due_on == date(2020, 5, 10)


def test_splitting_and_joining_tasks(office: Office) -> None:
    offset = FIRST.text.index("trước")
    with office.database.transaction() as s:
        other = corrections.split_task(
            s, letters.get(s, office.letter_id).tasks[0].id, offset=offset, at=AT, by=None
        )
    first, second, _ = office.letter().tasks
    assert (first.text, second.text, second.id) == (
        "Báo cáo kết quả thực hiện",
        "trước ngày 15/5/2020",
        other,
    )
    assert (first.deadlines, second.responsible) == ((), (LEAD,))
    assert second.obligations[0].due_on == date(2020, 5, 14), "the deadline goes with its words"
    with office.database.transaction() as s:
        corrections.merge_tasks(s, first.id, other, at=AT, by=None)
    joined, dropped, _ = office.letter().tasks
    assert (joined.text, dropped.state) == (FIRST.text, "dropped")
    assert joined.obligations[0].due_on == date(2020, 5, 14)
    with pytest.raises(BadRequest, match="không có nội dung"), office.database.transaction() as s:
        corrections.split_task(s, joined.id, offset=0, at=AT, by=None)


def test_what_a_task_says_goes_with_its_words_when_it_is_split_and_joined(office: Office) -> None:
    office.read_again(replace(FIRST, products=(named("Báo cáo kết quả"),), conditions=(named("trước ngày"),)), SECOND)

    def said() -> list[tuple[list[str], list[str]]]:
        return [([p.text for p in t.products], [c.text for c in t.conditions]) for t in office.letter().tasks]

    with office.database.transaction() as s:
        first = letters.get(s, office.letter_id).tasks[0].id
        other = corrections.split_task(s, first, offset=FIRST.text.index("trước"), at=AT, by=None)
    assert said()[:2] == [(["Báo cáo kết quả"], []), ([], ["trước ngày"])]
    with office.database.transaction() as s:
        corrections.merge_tasks(s, first, other, at=AT, by=None)
    assert said()[0] == (["Báo cáo kết quả"], ["trước ngày"])


def test_two_people_at_once_are_told(office: Office) -> None:
    seen = office.letter().row.version
    office.correct("subject", "một", expected_version=seen)
    with pytest.raises(BadRequest) as caught:
        office.correct("subject", "hai", expected_version=seen)
    assert caught.value.code == "changed-meanwhile"
    with pytest.raises(BadRequest, match="người khác sửa"):
        office.correct_task(0, "label", "9", expected_version=seen)


WRONG_OF_LETTERS: list[tuple[str, object]] = [
    ("id", 3),
    ("state", "reviewed"),
    ("issued_on", "ngày 5"),
    ("issued_on", 5),
    ("direction", "lên"),
    ("addressees", "Sở A"),
    ("addressees", [1]),
    ("subject", ["x"]),
    ("subject", "x" * 20_001),
]


def test_wrong_values_of_a_letter_are_refused(office: Office) -> None:
    before = office.letter()
    for field, value in WRONG_OF_LETTERS:
        with pytest.raises(BadRequest):
            office.correct(field, value)
        assert office.letter() == before, field


WRONG_OF_TASKS: list[tuple[str, object]] = [
    ("letter_id", 3),
    ("text", ""),
    ("text", None),
    ("optional", "yes"),
    ("state", "withdrawn"),
    ("responsible", "Sở A"),
    ("deadlines", [{"kind": "fixed"}]),
    ("deadlines", [{"kind": "soon"}]),
    ("deadlines", ["mai"]),
    ("deadlines", [{"kind": "recurring", "rule": "FREQ=SOMETIMES", "raw": "x"}]),
    ("deadlines", [{"kind": "fixed", "date": "2020-02-30"}]),
]


def test_wrong_values_of_a_task_are_refused(office: Office) -> None:
    before = office.letter()
    for field, value in WRONG_OF_TASKS:
        with pytest.raises(BadRequest):
            office.correct_task(0, field, value)
        assert office.letter() == before, field


def test_reviewing(office: Office) -> None:
    with office.database.transaction() as s:
        corrections.review(s, office.letter_id, at=AT, by=None)
    assert office.letter().row.state == "reviewed"
    office.read_again(FIRST, SECOND)
    assert office.letter().row.state == "reviewed"
    with office.database.transaction() as s:
        corrections.review(s, office.letter_id, at=AT, by=None, reviewed=False)
    assert office.letter().row.state == "unreviewed"


def test_a_monthly_duty_keeps_what_was_done_over_a_new_reading(
    database: Database, store: OriginalStore
) -> None:
    number = receive(database, store)
    report = task("5", "Báo cáo hàng tháng", monthly())
    [letter_id] = record(database, number, dispatch(report)).letter_ids
    with database.transaction() as s:
        obligation = letters.get(s, letter_id).tasks[0].obligations[0]
        events.mark_done(s, obligation.id, on=date(2020, 5, 20), at=AT, by=None)
    record(database, number, dispatch(report), version="v2")
    with database.reading() as s:
        view = tasks.obligation(s, obligation.id)
    assert view.occurrences[0].done_on == date(2020, 5, 20)
    assert view.due_on == date(2020, 6, 24)


@pytest.mark.parametrize("day", ["0001-01-01", "1020-04-28", "2202-04-28", "9999-12-31"])
def test_a_mistyped_year_is_refused(office: Office, day: str) -> None:
    with pytest.raises(BadRequest, match="không đúng dạng"):
        office.correct("issued_on", day)
    with pytest.raises(BadRequest, match="không đúng dạng"):
        office.correct_task(0, "deadlines", [{"kind": "fixed", "date": day, "raw": ""}])
    assert office.letter().corrected == ()
