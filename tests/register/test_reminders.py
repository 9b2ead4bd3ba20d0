"""Who is reminded of which due day, on which working day, and only once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from ingest.errors import BadRequest
from nlp.calendar import COUNTRY, OfficeDays, is_working_day
from register import assigning, audit, events, jobs, mailing, reminding, tasks, units, users
from register.database import Database
from register.models import Job, Reminder
from register.originals import OriginalStore
from register.reminder_days import alarm_day, days_late, days_left, kind_of
from register.tasks import TaskFilter
from tests.register.letters import AT, dispatch, fixed, monthly, receive, record, task
from tests.register.test_assigning import duties, people
from tests.register.test_units import office

__all__ = ["office", "people"]

DUE = date(2020, 5, 15)  # a Friday; 30/4 and 1/5/2020 are days off
TERM = fixed(date(2020, 5, 16), "trước ngày 16/5/2020")


@pytest.mark.parametrize(
    ("today", "kind"),
    [
        (date(2020, 5, 5), None),  # eight working days before
        (date(2020, 5, 6), "7"),
        (date(2020, 5, 8), "7"),
        (date(2020, 5, 9), None),  # Saturday
        (date(2020, 5, 11), "7"),
        (date(2020, 5, 12), "3"),
        (date(2020, 5, 13), "3"),
        (date(2020, 5, 14), "1"),
        (date(2020, 5, 15), "1"),
        (date(2020, 5, 17), None),  # Sunday: late, but nobody is told on a day off
        (date(2020, 5, 18), "late"),
        (date(2020, 5, 22), "late"),
        (date(2020, 5, 25), None),  # late for longer than is told
    ],
)
def test_reminders_are_counted_in_working_days(today: date, kind: str | None) -> None:
    assert kind_of(today, DUE) == kind


def test_days_off_of_the_law_and_of_the_office_do_not_count() -> None:
    assert days_left(date(2020, 4, 29), date(2020, 5, 4)) == 1, "30/4 and 1/5 lie between"
    assert kind_of(date(2020, 4, 29), date(2020, 5, 4)) == "1"
    own = OfficeDays(off=frozenset({date(2020, 5, 14)}), working=frozenset({date(2020, 5, 16)}))
    assert kind_of(date(2020, 5, 14), DUE, own) is None
    assert kind_of(date(2020, 5, 13), DUE, own) == "1"
    assert kind_of(date(2020, 5, 16), DUE, own) == "late", "a make-up Saturday is worked"
    assert days_late(date(2020, 5, 18), DUE, own) == 2


DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(-40, 40))
def test_a_due_day_is_told_in_order_and_on_working_days_only(today: date, apart: int) -> None:
    due = today + timedelta(days=apart)
    kind = kind_of(today, due)
    assert kind is None or is_working_day(today)
    if kind == "late":
        assert due < today
        assert 1 <= days_late(today, due) <= 5
    elif kind:
        assert today <= due
        assert days_left(today, due) <= int(kind)


@given(DAYS)
def test_who_looks_every_day_is_told_each_kind(due: date) -> None:
    seen = dict.fromkeys(kind for n in range(-30, 30) if (kind := kind_of(due + timedelta(days=n), due)))
    assert list(seen) == ["7", "3", "1", "late"]
    for days in (7, 3, 1):
        alarm = alarm_day(due, days)
        assert is_working_day(alarm)
        assert days_left(alarm, due) in (days, days - 1), "one less where the due day is a day off"


def told(database: Database, day: date, *, mail: bool = True) -> list[tuple[str, str]]:
    """Who was reminded of what on a day: (login, kind)."""
    at = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    with database.transaction() as s:
        rows = reminding.remind(s, today=day, at=at, days=COUNTRY, mail=mail)
        mailing.queue(s, rows, today=day, at=at)
        logins = {each.id: each.login for each in users.listing(s)}
    return sorted((logins[row.user_id], row.kind) for row in rows)


Give = Callable[..., int]


@pytest.fixture
def given_to(database: Database, store: OriginalStore) -> Give:
    """Gives a new obligation due on `DUE` to somebody."""

    numbers = count()

    def give(**whom: object) -> int:
        file = receive(database, store, f"thư {next(numbers)}".encode())
        [letter] = record(database, file, dispatch(task("1", "Báo cáo chợ", TERM))).letter_ids
        with database.reading() as s:
            [duty] = [
                row.obligation_id for row in tasks.listing(s, TaskFilter(letter_id=letter), today=DUE).items
            ]
        if whom:
            with database.transaction() as s:
                assigning.assign(s, duty, **{"user_id": None, **whom}, at=AT, by=None)  # type: ignore[arg-type]
        return duty

    return give


def test_whoever_looks_after_it_is_told_once_of_each_kind(
    database: Database, people: dict[str, int], given_to: Give
) -> None:
    given_to(user_id=people["an"])
    days = [DUE + timedelta(days=number) for number in range(-14, 12)]
    found = [(day, who) for day in days for _ in (1, 2) for who in told(database, day)]
    assert found == [
        (date(2020, 5, 6), ("an", "7")),
        (date(2020, 5, 12), ("an", "3")),
        (date(2020, 5, 14), ("an", "1")),
        (date(2020, 5, 18), ("an", "late")),
        (date(2020, 5, 18), ("binh", "late")),
    ], "the leader is told of lateness, nobody twice"


def test_what_was_missed_is_caught_up_once(
    database: Database, people: dict[str, int], given_to: Give
) -> None:
    given_to(user_id=people["an"])
    assert told(database, date(2020, 5, 13)) == [("an", "3")], "the program did not run before"
    assert told(database, date(2020, 5, 14)) == [("an", "1")]
    assert told(database, date(2020, 5, 21)) == [("an", "late"), ("binh", "late")]


def test_what_is_long_past_is_no_news(database: Database, people: dict[str, int], given_to: Give) -> None:
    given_to(user_id=people["an"])
    told(database, date(2020, 5, 18))
    with database.reading() as s:
        assert reminding.unseen(s, people["an"]) == 1
    told(database, date(2020, 7, 15))
    with database.reading() as s:
        assert reminding.unseen(s, people["an"]) == 0
        assert reminding.listing(s, people["an"]).total == 1


def test_a_unit_is_told_by_its_head_and_followers_else_by_its_members(
    database: Database, people: dict[str, int], office: dict[str, int], given_to: Give
) -> None:
    trade, desk = office.values()
    with database.transaction() as s:
        chi = users.add(s, login="dung", name="Vũ Dung", password="mật khẩu dài", role="officer", at=AT).id
        units.join(s, chi, desk, at=AT, by=None)
        units.follow(s, trade, chi, True, at=AT, by=None)
    given_to(unit_id=trade)
    given_to(unit_id=desk)
    assert told(database, date(2020, 5, 14)) == [("binh", "1"), ("dung", "1"), ("dung", "1")]
    with database.transaction() as s:
        users.change(s, chi, at=AT, by=None, active=False)
    assert told(database, date(2020, 5, 18)) == [("binh", "late"), ("binh", "late")]


def test_a_moved_due_day_reminds_anew_and_what_is_done_or_nobodys_does_not(
    database: Database, people: dict[str, int], given_to: Give
) -> None:
    moved, done, _nobodys, cancelled = (given_to(user_id=people["an"]), given_to(user_id=people["an"]), given_to(), given_to(user_id=people["an"]))  # fmt: skip
    with database.transaction() as s:
        events.mark_done(s, done, on=date(2020, 5, 5), at=AT, by=None)
        events.cancel(s, cancelled, on=date(2020, 5, 5), reason="thu hồi", at=AT, by=None)
    assert told(database, date(2020, 5, 14)) == [("an", "1")]
    with database.transaction() as s:
        assert reminding.unseen(s, people["an"]) == 1
        assert reminding.unseen(s, people["an"], most=0) == 0
        request = events.request_extension(s, moved, new_due=date(2020, 5, 29), text="mưa", at=AT, by=None)
        events.decide_extension(s, request, granted=True, at=AT, by=None)
        assert reminding.unseen(s, people["an"]) == 0, "the day it told of is no more"
    assert told(database, date(2020, 5, 28)) == [("an", "1")]
    with database.transaction() as s:
        found = reminding.listing(s, people["an"])
        assert [(each.kind, each.due_on, each.current) for each in found.items] == [
            ("1", date(2020, 5, 29), True), ("1", DUE, False),
        ]  # fmt: skip
        assert found.items[0].letter_code == "2990/BCT-CTĐP"
        assert reminding.mark_seen(s, people["an"], at=AT) == 2
        assert reminding.unseen(s, people["an"]) == 0
        assert reminding.listing(s, people["binh"]).total == 0


def test_each_day_of_a_recurring_task_is_told(
    database: Database, store: OriginalStore, people: dict[str, int]
) -> None:
    [duty] = duties(database, store, task("1", "Báo cáo hằng tháng", monthly()))
    with database.transaction() as s:
        assigning.assign(s, duty, user_id=people["an"], at=AT, by=None)
    first, second = (min(days) for days in _due_days(database, duty))
    assert told(database, alarm_day(first, 1)) == [("an", "1")]
    assert ("an", "1") in told(database, alarm_day(second, 1)), "though the first is still open"


def _due_days(database: Database, duty: int) -> list[list[date]]:
    with database.reading() as s:
        days = sorted(each.due_on for each in tasks.obligation(s, duty).occurrences)
    return [[days[0]], [days[1]]]


def test_an_old_letter_taken_in_late_reminds_nobody(
    database: Database, store: OriginalStore, people: dict[str, int]
) -> None:
    late = AT.date() - timedelta(days=3)
    [duty] = duties(
        database, store, task("1", "Đã quá hạn khi vào sổ", fixed(late, "chậm nhất", strict=False))
    )
    with database.transaction() as s:
        assigning.assign(s, duty, user_id=people["an"], at=AT, by=None)
    day = AT.date()
    while not is_working_day(day):
        day += timedelta(days=1)
    assert told(database, day) == []


@pytest.mark.parametrize(("choice", "mails"), [("each", 2), ("digest", 1), ("off", 0)])
def test_a_user_chooses_how_mail_comes(
    database: Database, people: dict[str, int], given_to: Give, choice: str, mails: int
) -> None:
    with database.transaction() as s:
        mailing.choose(s, people["an"], email=" an@tinh.gov.vn ", choice=choice, at=AT, by=people["an"])
        assert audit.listing(s, action="mail-chosen")[0].details["email"] == "an@tinh.gov.vn"
    for _ in (1, 2):
        given_to(user_id=people["an"])
    assert len(told(database, date(2020, 5, 14))) == 2
    told(database, date(2020, 5, 14))
    with database.reading() as s:
        assert s.scalar(select(func.count()).where(Job.kind == mailing.MAIL)) == mails
        assert set(s.scalars(select(Reminder.mail))) == ({"queued"} if mails else {"none"})
        assert mailing.state(s, at=AT).waiting == mails
        assert {each.max_attempts for each in s.scalars(select(Job)) if each.kind == mailing.MAIL} <= {
            mailing.TRIES
        }


@pytest.mark.parametrize(
    "email", ["an", "an@", "a b@c.vn", "an@tinh.gov.vn\nBcc: x@y.vn", "an@tinh..vn", "<an@tinh.vn>"]
)
def test_what_is_no_address_is_refused(database: Database, people: dict[str, int], email: str) -> None:
    with pytest.raises(BadRequest) as caught, database.transaction() as s:
        mailing.choose(s, people["an"], email=email, choice="each", at=AT, by=None)
    assert caught.value.code == "email-wrong"


def test_without_a_mail_server_or_an_address_reminders_stay_in_the_program(
    database: Database, people: dict[str, int], given_to: Give
) -> None:
    given_to(user_id=people["an"])
    assert told(database, date(2020, 5, 12)) == [("an", "3")], "no address"
    with database.transaction() as s:
        mailing.choose(s, people["an"], email="an@tinh.gov.vn", choice="each", at=AT, by=None)
    assert told(database, date(2020, 5, 14), mail=False) == [("an", "1")], "no server"
    with database.reading() as s:
        assert set(s.scalars(select(Reminder.mail))) == {"none"}
        assert [each for each in jobs.listing(s) if each.kind == mailing.MAIL] == []
