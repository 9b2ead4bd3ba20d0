"""Reminders on the running worker: the job of the day, mails to a real SMTP server, a server that is away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dondoc import reminders
from dondoc.mailer import Mailer
from dondoc.settings import Settings
from dondoc.worker import Office, Workers
from ingest.errors import BadRequest
from register import assigning, audit, calendar_days, events, jobs, mailing, office_settings, reminding, users
from register.originals import OriginalStore
from tests.register.letters import AT, dispatch, fixed, receive, record, task
from tests.registers import new_register
from tests.smtp_server import Post, mail_server

DUE = date(2020, 5, 15)
DAY_BEFORE = datetime(2020, 5, 14, 9, tzinfo=UTC)
LONG = "Tổng hợp " + "số liệu chợ dân sinh trên địa bàn tỉnh " * 5


@dataclass
class Desk:
    """An office with two tasks given to An, and the time it is there."""

    office: Office
    people: dict[str, int]
    tasks: tuple[int, int]
    now: datetime

    def at(self, moment: datetime) -> Desk:
        self.now = moment
        return self

    def run(self) -> None:
        """What the thread of the worker does until nothing is left to do."""
        reminders.queue_day(self.office)
        while reminders.remind_one(self.office, "test") or reminders.mail_one(self.office, "test"):
            pass

    def mail(self, login: str, choice: str, email: str | None = None) -> None:
        with self.office.database.transaction() as s:
            address = email or f"{login}@tinh.gov.vn"
            mailing.choose(s, self.people[login], email=address, choice=choice, at=AT, by=None)

    def mails(self) -> list[str]:
        with self.office.database.reading() as s:
            return sorted(each.mail for each in reminding.listing(s, self.people["an"]).items)

    def state(self) -> mailing.MailState:
        with self.office.database.reading() as s:
            return mailing.state(s, at=self.now)


@pytest.fixture
def post() -> Iterator[Post]:
    with mail_server() as post:
        yield post


@pytest.fixture
def desk(tmp_path: Path, post: Post) -> Iterator[Desk]:
    with ExitStack() as stack:
        database = new_register(tmp_path / "dondoc.sqlite")
        stack.callback(database.close)
        store = OriginalStore(tmp_path / "originals")
        term = fixed(DUE, "chậm nhất ngày 15/5/2020", strict=False)
        made = dispatch(task("1", LONG, term), task("2", "Báo cáo kết quả", term))
        record(database, receive(database, store), made)
        with database.transaction() as s:
            people = {
                login: users.add(s, login=login, name=name, password="mật khẩu dài", role=role, at=AT).id
                for login, name, role in (("an", "Trần Thị Ân", "officer"), ("binh", "Lê Bình", "leader"))
            }
            from register import tasks

            first, second = (row.obligation_id for row in tasks.listing(s, today=DUE, sort="letter").items)
            for each in (first, second):
                assigning.assign(s, each, user_id=people["an"], at=AT, by=None)
        mailer = Mailer("127.0.0.1", post.port, "Đôn Đốc <dondoc@tinh.gov.vn>", security="none")
        office = Office(database, store, None, None, mailer=mailer, public_url="https://dondoc.tinh.gov.vn")  # type: ignore[arg-type]
        desk = Desk(office, people, (first, second), DAY_BEFORE)
        desk.office = replace(office, clock=lambda: desk.now)
        yield desk


def test_a_task_is_told_of_by_mail_once(desk: Desk, post: Post) -> None:
    desk.mail("an", "each")
    for _ in (1, 2):
        desk.run()
    assert len(post.mails) == 2
    mail = post.mails[0]
    assert str(mail["To"]) == "Trần Thị Ân <an@tinh.gov.vn>"
    assert str(mail["From"]) == "Đôn Đốc <dondoc@tinh.gov.vn>"
    assert str(mail["Subject"]).startswith("[Đôn Đốc] Còn 1 ngày làm việc: Tổng hợp số liệu")
    assert len(str(mail["Subject"])) < 140
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_content()
    for words in ("Kính gửi Trần Thị Ân,", "15/05/2020", "Sở Công Thương", "2990/BCT-CTĐP (Bộ Công Thương)",
                  f"https://dondoc.tinh.gov.vn/nhiem-vu/{desk.tasks[0]}", "https://dondoc.tinh.gov.vn/nhac-viec"):  # fmt: skip
        assert words in text, words
    assert desk.mails() == ["sent", "sent"]
    assert desk.state() == mailing.MailState(0, 0, 0, None)
    with desk.office.database.reading() as s:
        assert len(audit.listing(s, action="reminder-mailed")) == 2


def test_the_offices_own_words_go_out(desk: Desk, post: Post) -> None:
    desk.mail("an", "digest")
    with desk.office.database.transaction() as s:
        office_settings.put(s, "subject_many.vi", "Nhắc {n} việc ngày {day}", at=AT, by=None)
        office_settings.put(s, "body.vi", "Anh/chị {name}!\n\n{tasks}\n\nXem: {link}", at=AT, by=None)
    desk.run()
    [mail] = post.mails
    assert str(mail["Subject"]) == "Nhắc 2 việc ngày 14/05/2020"
    text = mail.get_content()
    assert text.startswith("Anh/chị Trần Thị Ân!")
    assert "Tổng hợp số liệu" in text
    assert "Kính gửi" not in text


def test_reminders_come_on_the_days_that_the_office_set(desk: Desk) -> None:
    with desk.office.database.transaction() as s:
        office_settings.put(s, "remind_days", "10, 2", at=AT, by=None)
    desk.run()
    with desk.office.database.reading() as s:
        assert {each.kind for each in reminding.listing(s, desk.people["an"]).items} == {"2"}


def test_a_digest_is_one_mail_in_the_language_of_whoever_gets_it(desk: Desk, post: Post) -> None:
    desk.mail("an", "digest")
    with desk.office.database.transaction() as s:
        users.set_language(s, desk.people["an"], "en")
    desk.run()
    [mail] = post.mails
    assert str(mail["Subject"]) == "[Đôn Đốc] 2 tasks due soon, 14/05/2020"
    assert mail.get_content().count("1 working day left") == 2


def test_what_comes_later_on_the_day_is_a_second_digest(desk: Desk, post: Post) -> None:
    desk.mail("an", "digest")
    with desk.office.database.transaction() as s:
        events.cancel(s, desk.tasks[1], on=DUE, reason="nhầm", at=AT, by=None)
    desk.run()
    with desk.office.database.transaction() as s:
        events.restore(s, desk.tasks[1], at=AT, by=None)
        # The job of a day on which the program stopped is done today, after today's own.
        jobs.enqueue(s, mailing.REMIND, key=f"{mailing.REMIND}:2020-05-13", payload={"on": "2020-05-13"}, at=desk.now)
    desk.run()
    assert len(post.mails) == 2
    assert desk.mails() == ["sent", "sent"]


def test_leaders_are_told_of_lateness(desk: Desk, post: Post) -> None:
    desk.mail("binh", "digest")
    desk.run()
    assert post.mails == []
    desk.at(datetime(2020, 5, 18, 9, tzinfo=UTC)).run()
    assert str(post.mails[0]["Subject"]) == "[Đôn Đốc] 2 việc cần để ý, 2 việc quá hạn, ngày 18/05/2020"
    assert post.recipients == ["binh@tinh.gov.vn"]


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2020, 5, 13, 22, tzinfo=UTC), 0),
        (datetime(2020, 5, 16, 9, tzinfo=UTC), 0),
        (DAY_BEFORE, 2),
    ],
)
def test_nothing_is_told_before_the_hour_or_on_a_day_off(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, moment: datetime, written: int
) -> None:
    hour = moment.astimezone().hour
    desk.office = replace(desk.office, reminder_hour=hour if written else min(23, hour + 1))
    desk.at(moment).run()
    assert len(desk.mails()) == written


def test_an_office_sets_its_own_days(desk: Desk) -> None:
    with desk.office.database.transaction() as s:
        calendar_days.put(s, date(2020, 5, 14), working=False, name="nghỉ", at=AT, by=None)
    desk.run()
    assert desk.mails() == []


def test_a_server_that_is_away_is_tried_again_later_and_that_is_seen(desk: Desk, post: Post) -> None:
    desk.mail("an", "digest")
    working = desk.office
    desk.office = replace(working, mailer=replace(working.mailer, port=1))  # type: ignore[type-var]
    desk.run()
    state = desk.state()
    assert (state.waiting, state.retrying, state.failed) == (0, 1, 0)
    assert "Máy chủ thư không nhận" in (state.error or "")
    assert desk.mails() == ["queued", "queued"]
    desk.office = working
    desk.run()
    assert post.mails == [], "not before the pause is over"
    desk.at(DAY_BEFORE + timedelta(seconds=6)).run()
    assert len(post.mails) == 1
    assert desk.state() == mailing.MailState(0, 0, 0, None)


def test_a_mail_that_goes_out_a_day_later_counts_from_that_day(desk: Desk, post: Post) -> None:
    desk.mail("an", "each")
    working = desk.office
    desk.office = replace(working, mailer=replace(working.mailer, port=1))  # type: ignore[type-var]
    desk.run()
    desk.office = working
    desk.at(DAY_BEFORE + timedelta(hours=23)).run()
    assert {str(each["Subject"]).partition(":")[0] for each in post.mails} == {"[Đôn Đốc] Hết hạn hôm nay"}


def test_a_server_that_stays_away_is_given_up_and_told(desk: Desk) -> None:
    desk.mail("an", "digest")
    desk.office = replace(desk.office, mailer=replace(desk.office.mailer, port=1))  # type: ignore[type-var]
    for number in range(mailing.TRIES):
        desk.at(DAY_BEFORE + timedelta(minutes=31 * number)).run()
    state = desk.state()
    assert (state.retrying, state.failed) == (0, 1)
    assert set(desk.mails()) == {"failed"}


def test_a_busy_server_is_tried_again_and_a_refusal_is_final(desk: Desk, post: Post) -> None:
    desk.mail("an", "digest")
    post.data = "451 try later"
    desk.run()
    assert desk.state().retrying == 1
    post.data, post.refuse = "250 taken", {"an@tinh.gov.vn": "550 no such user"}
    desk.at(DAY_BEFORE + timedelta(minutes=1)).run()
    state = desk.state()
    assert (state.retrying, state.failed) == (0, 1)
    assert "550 no such user" in (state.error or "")
    assert set(desk.mails()) == {"failed"}
    assert post.mails == []


def test_what_is_done_in_between_is_not_mailed(desk: Desk, post: Post) -> None:
    desk.mail("an", "each")
    reminders.queue_day(desk.office)
    assert reminders.remind_one(desk.office, "test")
    with desk.office.database.transaction() as s:
        events.mark_done(s, desk.tasks[0], on=date(2020, 5, 14), at=AT, by=None)
    desk.run()
    assert len(post.mails) == 1
    assert "Báo cáo kết quả" in post.mails[0].get_content()


@pytest.mark.parametrize("change", ["off", "inactive", "no address"])
def test_who_wants_no_mail_any_more_gets_none(desk: Desk, post: Post, change: str) -> None:
    desk.mail("an", "each")
    reminders.queue_day(desk.office)
    assert reminders.remind_one(desk.office, "test")
    with desk.office.database.transaction() as s:
        if change == "inactive":
            users.change(s, desk.people["an"], at=AT, by=None, active=False)
        else:
            email = "" if change == "no address" else "an@tinh.gov.vn"
            mailing.choose(
                s, desk.people["an"], email=email, choice="off" if change == "off" else "each", at=AT, by=None
            )
    desk.run()
    assert post.mails == []
    assert desk.state() == mailing.MailState(0, 0, 0, None)


def test_a_worker_that_dies_after_sending_sends_the_same_mail_again(desk: Desk, post: Post) -> None:
    desk.mail("an", "digest")
    reminders.queue_day(desk.office)
    assert reminders.remind_one(desk.office, "test")
    with desk.office.database.transaction() as s:
        job = jobs.claim(s, worker="dead", at=desk.now, kinds=(mailing.MAIL,))
    assert job
    assert reminders._send(desk.office, job, desk.now), "and then it dies"
    desk.at(DAY_BEFORE + timedelta(minutes=3))
    with desk.office.database.transaction() as s:
        jobs.sweep(s, at=desk.now)
    desk.run()
    assert len(post.mails) == 2
    assert len({str(mail["Message-ID"]) for mail in post.mails}) == 1, "a mail program shows it once"
    assert desk.mails() == ["sent", "sent"]


def test_a_worker_that_dies_while_reminders_are_written_leaves_none_half(desk: Desk) -> None:
    reminders.queue_day(desk.office)
    with desk.office.database.transaction() as s:
        assert jobs.claim(s, worker="dead", at=desk.now, kinds=(mailing.REMIND,))
    desk.run()
    assert desk.mails() == [], "the dead worker still has it"
    with Workers(desk.at(DAY_BEFORE + timedelta(minutes=3)).office, 0) as workers:
        workers.sweep()
    desk.run()
    assert len(desk.mails()) == 2


def test_hostile_words_make_no_headers(desk: Desk, post: Post) -> None:
    with desk.office.database.transaction() as s:
        users.change(s, desk.people["an"], at=AT, by=None, name="Ân\r\nBcc: x@y.vn")
    desk.mail("an", "each")
    desk.run()
    assert {str(mail["Bcc"]) for mail in post.mails} == {"None"}
    assert post.recipients == ["an@tinh.gov.vn"] * 2


def test_without_a_mail_server_reminders_stay_in_the_program(desk: Desk, post: Post) -> None:
    desk.mail("an", "each")
    desk.office = replace(desk.office, mailer=None)
    desk.run()
    assert desk.mails() == ["none", "none"]
    assert post.mails == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"smtp_host": "mail.tinh.gov.vn"}, "smtp-from"),
        (
            {"smtp_host": "m", "smtp_from": "a@b.vn", "smtp_security": "none", "smtp_password": "bí mật"},
            "smtp-password",
        ),
        ({"smtp_from": "không có"}, "settings-wrong"),
        ({"public_url": "dondoc.vn"}, "settings-wrong"),
    ],
)
def test_settings_of_mail_that_cannot_work_are_told(given: dict[str, str], code: str) -> None:
    with pytest.raises(BadRequest) as caught:
        Settings(**given)
    assert caught.value.code == code
    assert "bí mật" not in str(caught.value)


def test_a_password_shows_nowhere() -> None:
    kept = Settings(smtp_host="m", smtp_from="a@b.vn", smtp_password="bí mật")
    assert "bí mật" not in repr(kept)
    from dondoc.running import mailer_of

    mailer = mailer_of(kept)
    assert mailer
    assert mailer.password == "bí mật"
    assert "bí mật" not in repr(mailer)
