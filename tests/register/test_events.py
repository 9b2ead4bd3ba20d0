"""What people do with obligations: done, reopened, extended, cancelled; each in its history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ingest.errors import BadRequest
from register import audit, events, history, letters, outbox, tasks, users
from register.database import Database
from register.originals import OriginalStore
from register.views import ObligationView
from tests.register.letters import AT, dispatch, fixed, monthly, receive, record, task

TODAY = date(2020, 5, 1)
ONCE = task("1", "Báo cáo kết quả", fixed(date(2020, 5, 15), "trước ngày 15/5/2020"))


class Duty:
    """One obligation of a letter."""

    def __init__(self, database: Database, store: OriginalStore, *deadlines: Any) -> None:
        self.database = database
        letter = dispatch(task("1", "Báo cáo kết quả", *deadlines))
        [letter_id] = record(database, receive(database, store), letter).letter_ids
        with database.reading() as s:
            self.id = letters.get(s, letter_id).tasks[0].obligations[0].id

    def do(self, action: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        with self.database.transaction() as s:
            return action(s, *(arguments or (self.id,)), at=AT, by=None, **more)

    def view(self) -> ObligationView:
        with self.database.reading() as s:
            return tasks.obligation(s, self.id)

    def status(self, today: date = TODAY) -> str:
        with self.database.reading() as s:
            return tasks.by_ids(s, [self.id], today=today)[0].status

    def kinds(self) -> list[str]:
        with self.database.reading() as s:
            return [each.kind for each in history.of_obligation(s, self.id)]


@pytest.fixture
def duty(database: Database, store: OriginalStore) -> Duty:
    return Duty(database, store, fixed(date(2020, 5, 15), "trước ngày 15/5/2020"))


@pytest.mark.parametrize(("day", "status"), [(14, "done-in-time"), (15, "done-late")])
def test_done_in_time_is_judged_by_the_safe_day(duty: Duty, day: int, status: str) -> None:
    duty.do(events.mark_done, on=date(2020, 5, day))
    assert duty.status() == status
    with pytest.raises(BadRequest, match="đã hoàn thành"):
        duty.do(events.mark_done, on=date(2020, 5, day))


def test_reopening_takes_back_the_last_done(duty: Duty) -> None:
    duty.do(events.mark_done, on=date(2020, 5, 20))
    duty.do(events.reopen, text="báo cáo bị trả lại")
    assert (duty.status(), duty.view().due_on) == ("in-time", date(2020, 5, 14))
    assert duty.kinds() == ["done", "reopened"]
    with pytest.raises(BadRequest, match="chưa được ghi"):
        duty.do(events.reopen)


def test_an_extension_is_asked_for_and_granted(duty: Duty) -> None:
    request = duty.do(events.request_extension, new_due=date(2020, 6, 1), text="chờ số liệu")
    assert duty.view().due_on == date(2020, 5, 14), "asking changes nothing"
    with duty.database.reading() as s:
        assert [each.id for each in history.open_requests(s)] == [request]
    duty.do(events.decide_extension, request, granted=True, new_due=date(2020, 5, 29))
    assert duty.view().due_on == date(2020, 5, 29)
    assert duty.view().occurrences[0].first_due_on == date(2020, 5, 14)
    with duty.database.reading() as s:
        asked, granted = history.of_obligation(s, duty.id)
        assert history.open_requests(s) == ()
    assert (asked.old_due, asked.new_due, asked.text) == (date(2020, 5, 14), date(2020, 6, 1), "chờ số liệu")
    assert (granted.old_due, granted.new_due, granted.answers) == (
        date(2020, 5, 14),
        date(2020, 5, 29),
        request,
    )
    with pytest.raises(BadRequest, match="đã được quyết định"):
        duty.do(events.decide_extension, request, granted=False)


def test_a_refused_extension_changes_no_day(duty: Duty) -> None:
    request = duty.do(events.request_extension, new_due=date(2020, 6, 1), text="")
    duty.do(events.decide_extension, request, granted=False, text="không đủ lý do")
    assert duty.view().due_on == date(2020, 5, 14)
    assert duty.kinds() == ["extension-requested", "extension-refused"]


def test_an_extension_must_be_later_and_of_something_open(
    database: Database, store: OriginalStore, duty: Duty
) -> None:
    with pytest.raises(BadRequest, match="14/05/2020"):
        duty.do(events.request_extension, new_due=date(2020, 5, 14), text="")
    request = duty.do(events.request_extension, new_due=date(2020, 6, 1), text="")
    duty.do(events.mark_done, on=date(2020, 5, 10))
    with pytest.raises(BadRequest, match="không gia hạn được"):
        duty.do(events.decide_extension, request, granted=True)
    with pytest.raises(BadRequest):
        duty.do(events.decide_extension, 999, granted=True)


@pytest.mark.parametrize(("day", "right"), [(date(2025, 12, 31), True), (date(2026, 1, 1), False), (date(9999, 12, 31), False)])
def test_an_extension_does_not_reach_further_than_five_years(duty: Duty, day: date, right: bool) -> None:
    if right:
        duty.do(events.request_extension, new_due=day, text="")
        return
    with pytest.raises(BadRequest, match="không sau 31/12/2025") as caught:
        duty.do(events.request_extension, new_due=day, text="")
    assert caught.value.code == "extension-too-far"
    request = duty.do(events.request_extension, new_due=date(2020, 6, 1), text="")
    with pytest.raises(BadRequest):
        duty.do(events.decide_extension, request, granted=True, new_due=day)


def test_what_has_no_term_cannot_be_extended_but_done(database: Database, store: OriginalStore) -> None:
    duty = Duty(database, store)
    with pytest.raises(BadRequest, match="không có thời hạn"):
        duty.do(events.request_extension, new_due=date(2030, 1, 1), text="")
    duty.do(events.mark_done, on=date(2029, 1, 1))
    assert duty.status() == "done-in-time"


def test_of_a_monthly_duty_one_occurrence_is_done_at_a_time(database: Database, store: OriginalStore) -> None:
    duty = Duty(database, store, monthly())
    duty.do(events.mark_done, on=date(2020, 5, 20))
    view = duty.view()
    assert (view.done_on, view.due_on) == (None, date(2020, 6, 24))
    assert duty.status(date(2020, 6, 25)) == "overdue"
    later = view.occurrences[2].id
    duty.do(events.mark_done, on=date(2020, 5, 21), occurrence_id=later)
    assert duty.view().due_on == date(2020, 6, 24)
    with pytest.raises(BadRequest, match="kỳ hạn"):
        duty.do(events.mark_done, on=date(2020, 5, 21), occurrence_id=later)
    duty.do(events.reopen)
    assert [each.done_on for each in duty.view().occurrences[:3]] == [date(2020, 5, 20), None, None]
    duty.do(events.reopen)
    assert duty.view().due_on == date(2020, 5, 24)
    duty.do(events.mark_done, on=date(2020, 5, 2), whole=True)
    assert duty.status() == "done-in-time"


def test_two_days_are_done_one_after_the_other(database: Database, store: OriginalStore) -> None:
    duty = Duty(
        database,
        store,
        fixed(date(2020, 6, 30), "quý II", strict=False),
        fixed(date(2020, 9, 30), "quý III", strict=False),
    )
    duty.do(events.mark_done, on=date(2020, 6, 1))
    assert (duty.view().done_on, duty.view().due_on) == (None, date(2020, 9, 30))
    duty.do(events.mark_done, on=date(2020, 10, 1))
    assert duty.status() == "done-late"


def test_cancelling_takes_out_of_the_list_and_the_index_until_restored(duty: Duty) -> None:
    duty.do(events.cancel, on=TODAY, reason="văn bản bị thu hồi")
    with duty.database.reading() as s:
        assert tasks.by_ids(s, [duty.id], today=TODAY) == ()
        assert [each.op for each in outbox.pending(s) if each.entity == "obligation"] == ["upsert", "delete"]
    with pytest.raises(BadRequest):
        duty.do(events.mark_done, on=TODAY)
    duty.do(events.restore)
    assert duty.status() == "in-time"
    with pytest.raises(BadRequest, match="lý do"):
        duty.do(events.cancel, on=TODAY, reason="  ")


def test_notes_name_their_writer_and_everything_is_audited(duty: Duty) -> None:
    with duty.database.transaction() as s:
        user = users.add(s, login="an", name="Nguyễn Thị An", password="mật khẩu dài", role="văn thư", at=AT)
        events.note(s, duty.id, text="đã gọi điện", at=AT, by=user.id)
    with duty.database.reading() as s:
        [note] = history.of_obligation(s, duty.id)
        assert (note.user_name, note.text, note.at) == ("Nguyễn Thị An", "đã gọi điện", AT)
        assert audit.listing(s, entity="obligation", entity_id=duty.id)[0].actor == "an"
    with pytest.raises(BadRequest):
        duty.do(events.note, text=" ")
    with pytest.raises(BadRequest):
        duty.do(events.note, 999, text="x")


def test_every_change_reaches_the_outbox_with_a_growing_version(duty: Duty) -> None:
    duty.do(events.note, text="một")
    duty.do(events.mark_done, on=TODAY)
    with duty.database.reading() as s:
        versions = [each.entity_version for each in outbox.pending(s) if each.entity == "obligation"]
        assert versions == [1, 2, 3]
        assert dict(tasks.ids(s)) == {duty.id: 3}


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(1, 1, 1), "done-before-letter"),
        (date(2020, 4, 1), "done-before-letter"),
        (date(2020, 5, 2), "done-in-future"),
        (date(9999, 12, 31), "done-in-future"),
    ],
)
def test_a_day_of_completion_before_the_letter_or_in_the_future_is_asked_again(
    duty: Duty, on: date, code: str
) -> None:
    with pytest.raises(BadRequest) as caught:
        duty.do(events.mark_done, on=on, today=TODAY)
    assert caught.value.code == code
    assert duty.kinds() == []
    duty.do(events.mark_done, on=TODAY, today=TODAY)
    assert duty.status() == "done-in-time"
