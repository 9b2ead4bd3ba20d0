"""Reminders on the pages and for programs, and calendar feeds at secret addresses."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from dateutil.rrule import rruleset, rrulestr
from fastapi.testclient import TestClient
from httpx import Response
from hypothesis import given
from hypothesis import strategies as st

from api import ical
from api.app import create_app
from api.brake import Brake
from api.gate import COOKIE
from api.i18n import Words
from api.routers.feeds_page import PER_FEED
from ingest.pool import ReaderPool
from nlp.calendar import COUNTRY
from register import assigning, audit, events, feeds, office_settings, reminding, units, users
from register.feeds import Day, Entry
from register.models import Obligation
from tests.api.conftest import TODAY, Room, open_room
from tests.register.letters import dispatch, fixed, monthly, task
from tests.register.webs import take

AT = datetime(2021, 3, 1, 3, tzinfo=UTC)
LONG = "Rà soát, tổng hợp; báo cáo kết quả kiểm tra \\ thanh tra các chợ dân sinh trên địa bàn toàn tỉnh năm 2021"


@dataclass
class Desk:
    """An office with a clerk and an officer in a unit, two tasks of theirs and one of another unit."""

    room: Room
    stack: ExitStack
    people: dict[str, int]
    unit: int
    own: int
    monthly: int
    other: int
    now: datetime

    def browse(self, login: str | None = "an") -> TestClient:
        client = self.stack.enter_context(TestClient(create_app(self.room.services), follow_redirects=False))
        if login:
            with self.room.services.database.transaction() as s:
                client.cookies.set(COOKIE, users.open_session(s, self.people[login], at=self.now))
        return client

    @property
    def host(self) -> str:
        """What the identities of calendar entries end in."""
        with self.room.services.database.reading() as s:
            return f"{office_settings.load(s).installation}.dondoc"

    def feed(self, **body: object) -> str:
        answer = self.browse().post("/api/v1/calendar-feeds", json=body)
        assert answer.status_code == 201, answer.text
        address: str = answer.json()["address"]
        return address.removeprefix("http://testserver")


@pytest.fixture
def desk(tmp_path: Path, reader: ReaderPool) -> Iterator[Desk]:
    with ExitStack() as stack:
        room = open_room(tmp_path, stack, reader)
        made = dispatch(
            task("1", LONG, fixed(date(2021, 3, 20), "trước ngày 20/3/2021"), lead=["Sở Công Thương"]),
            task("2", "Báo cáo hằng tháng", monthly(), lead=["Sở Công Thương"]),
            task("3", "Việc của đơn vị khác", fixed(date(2021, 3, 16), "ngày 16/3"), lead=["Sở Xây dựng"]),
            issued_on=date(2021, 3, 1),
        )
        take(room.services.database, room.services.store, made)
        with room.services.database.transaction() as s:
            people = {
                login: users.add(
                    s, login=login, name=login.title(), password="mat khau dai", role="officer", at=AT, must_change_password=False
                ).id
                for login in ("an", "binh")
            }  # fmt: skip
            unit = units.add(s, name="Phòng Thương mại", at=AT, by=None).id
            away = units.add(s, name="Văn phòng", at=AT, by=None).id
            units.join(s, people["an"], unit, at=AT, by=None)
            from register import tasks

            rows = tasks.listing(s, today=TODAY, sort="letter").items
            own, repeated, other = (row.obligation_id for row in rows)
            assigning.assign(s, own, user_id=people["an"], at=AT, by=None)
            assigning.assign(s, repeated, user_id=None, unit_id=unit, at=AT, by=None)
            assigning.assign(s, other, user_id=None, unit_id=away, at=AT, by=None)
        desk = Desk(room, stack, people, unit, own, repeated, other, datetime(2021, 3, 15, 3, tzinfo=UTC))
        desk.room = replace(room, services=replace(room.services, now=lambda: desk.now))
        yield desk


def remind(desk: Desk) -> None:
    with desk.room.services.database.transaction() as s:
        reminding.remind(s, today=TODAY, at=desk.now, days=COUNTRY, mail=False)


def test_the_bell_and_the_page_tell_of_what_falls_due(desk: Desk) -> None:
    an, binh = desk.browse("an"), desk.browse("binh")
    assert "Chưa có gì phải nhắc" in an.get("/nhac-viec").text
    remind(desk)
    for path in ("/nhiem-vu", "/nhac-viec", "/tim-da-luu"):
        head = an.get(path).text.split("</header>")[0]
        assert 'aria-label="2 nhắc việc mới"' in head, path
        assert 'class="bell" href="/nhac-viec"' in head
        assert "nhắc việc mới" not in binh.get(path).text
    page = an.get("/nhac-viec").text
    assert f'href="/nhiem-vu/{desk.own}"' in page
    assert "còn 4 ngày làm việc" in page
    assert "19/03/2021" in page
    told = an.get("/api/v1/reminders").json()
    assert told["unseen"] == 2, "also of the unit, which has neither head nor followers"
    assert (told["items"][0]["kind"], told["items"][0]["whom"]) == ("7", "An · Phòng Thương mại")
    assert an.post("/nhac-viec/da-xem").status_code == 303
    assert "nhắc việc mới" not in an.get("/nhac-viec").text
    assert f'href="/nhiem-vu/{desk.own}"' in an.get("/nhac-viec").text, "what was seen stays"
    assert an.post("/api/v1/reminders/seen").json() == {"seen": 0}
    with desk.room.services.database.transaction() as s:
        events.mark_done(s, desk.own, on=TODAY, at=AT, by=None)
    assert "đã xong hoặc đã đổi hạn" in an.get("/nhac-viec").text


def test_one_chooses_mail_and_units(desk: Desk) -> None:
    an = desk.browse()
    page = an.get("/nhac-viec/thiet-lap").text
    assert "Cơ quan chưa đặt máy chủ gửi thư" in page
    assert an.post("/nhac-viec/thu", data={"dia_chi": "an@tinh.gov.vn", "cach": "digest"}).status_code == 303
    assert an.get("/api/v1/me/mail").json() == {"email": "an@tinh.gov.vn", "choice": "digest"}
    assert an.post("/nhac-viec/thu", data={"dia_chi": "không phải", "cach": "each"}).status_code == 400
    assert an.post("/nhac-viec/don-vi", data={"don_vi": desk.unit, "theo_doi": "1"}).status_code == 303
    assert "đang theo dõi" in an.get("/nhac-viec/thiet-lap").text
    assert an.post("/nhac-viec/don-vi", data={"don_vi": desk.unit, "theo_doi": "0"}).status_code == 303
    assert "đang theo dõi" not in an.get("/nhac-viec/thiet-lap").text
    health = an.get("/api/v1/health/ready").json()["checks"]["mail"]
    assert health == {"status": "off", "waiting": 0, "retrying": 0, "failed": 0}


# -- calendar feeds ---------------------------------------------------------------------------------


def lines_of(answer: Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    return re.sub(r"\r\n[ ]", "", answer.text).rstrip("\r\n").split("\r\n")


def parts(lines: list[str], kind: str = "VEVENT") -> list[list[str]]:
    text = "\n".join(lines)
    return [each.split("\n") for each in re.findall(rf"BEGIN:{kind}\n(.*?)\nEND:{kind}", text, re.S)]


def value(part: list[str], name: str) -> str:
    return next(line.split(":", 1)[1] for line in part if re.match(rf"{name}[:;]", line))


def test_a_feed_shows_ones_own_work_with_alarms_on_working_days(desk: Desk) -> None:
    answer = desk.browse(None).get(desk.feed())
    lines = lines_of(answer)
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    own, repeated = sorted(parts(lines), key=lambda part: value(part, "UID"))
    assert value(own, "UID") == f"nhiem-vu-{desk.own}@{desk.host}"
    assert value(own, "DTSTART") == "20210319"
    assert value(own, "DTEND") == "20210320"
    assert value(own, "SUMMARY") == f"Hạn: {LONG}".replace("\\", "\\\\").replace(",", "\\,").replace(
        ";", "\\;"
    )
    assert "Văn bản giao: 2990/BCT-CTĐP (Bộ Công Thương)" in value(own, "DESCRIPTION")
    # Friday 19/3: seven working days before is Wednesday 10/3, three Tuesday 16/3, one Thursday 18/3, at 8 o'clock.
    assert [line for line in own if line.startswith("TRIGGER")] == [
        "TRIGGER:-P8DT16H",
        "TRIGGER:-P2DT16H",
        "TRIGGER:-PT16H",
    ]
    assert "Việc của đơn vị khác" not in answer.text
    assert value(repeated, "RRULE").startswith("FREQ=MONTHLY")


def occurrences(part: list[str], until: date) -> list[date]:
    """The days of an event as a calendar program works them out."""
    found = rruleset()
    start = datetime.strptime(value(part, "DTSTART"), "%Y%m%d")
    found.rdate(start)
    for line in part:
        name, _, words = line.partition(":")
        days = (
            [datetime.strptime(each, "%Y%m%d") for each in words.split(",")] if "VALUE=DATE" in name else []
        )
        if name == "RRULE":
            found.rrule(rrulestr(words, dtstart=start))
        for day in days:
            if name.startswith("RDATE"):
                found.rdate(day)
            if name.startswith("EXDATE"):
                found.exdate(day)
    return [
        each.date() for each in found.between(start, datetime(until.year, until.month, until.day), inc=True)
    ]


def test_a_recurring_task_is_a_series_without_what_is_done_and_with_what_was_moved(desk: Desk) -> None:
    from register import tasks

    with desk.room.services.database.transaction() as s:
        days = tasks.obligation(s, desk.monthly).occurrences
        assert days[0].due_on != days[0].printed_on, "“trước ngày 25” is the 24th"
        events.mark_done(s, desk.monthly, on=TODAY, at=AT, by=None)
        moved = days[1].due_on + timedelta(days=6)
        request = events.request_extension(s, desk.monthly, new_due=moved, text="mưa", at=AT, by=None)
        events.decide_extension(s, request, granted=True, at=AT, by=None)
    lines = lines_of(desk.browse(None).get(desk.feed(scope="unit", unit_id=desk.unit)))
    series, override = [part for part in parts(lines) if f"nhiem-vu-{desk.monthly}@" in value(part, "UID")]
    last = days[-1].due_on
    assert occurrences(series, last) == [each.due_on for each in days[1:]]
    assert value(override, "RECURRENCE-ID") == f"{days[1].due_on:%Y%m%d}"
    assert value(override, "DTSTART") == f"{moved:%Y%m%d}"
    assert "RRULE" not in "".join(override)
    with desk.room.services.database.transaction() as s:
        events.mark_done(s, desk.monthly, on=TODAY, at=AT, by=None, whole=True)
    lines = lines_of(desk.browse(None).get(desk.feed(scope="unit", unit_id=desk.unit)))
    assert [value(part, "UID") for part in parts(lines)] == [f"nhiem-vu-{desk.own}@{desk.host}"]


def test_an_address_of_another_unit_an_agency_and_to_dos(desk: Desk) -> None:
    client = desk.browse(None)
    lines = lines_of(client.get(desk.feed(scope="agency", agency="so xay", form="todo")))
    [todo] = parts(lines, "VTODO")
    assert value(todo, "DUE") == "20210315", "“trước ngày 16/3”"
    assert value(todo, "STATUS") == "NEEDS-ACTION"
    assert value(todo, "UID") == f"nhiem-vu-{desk.other}@{desk.host}"
    assert parts(lines) == []
    months = parts(lines_of(client.get(desk.feed(form="todo"))), "VTODO")
    assert len({value(part, "UID") for part in months}) == len(months) > 10


def test_entries_keep_their_identity_when_the_address_of_the_pages_is_set(desk: Desk) -> None:
    address = desk.feed()
    before = {value(part, "UID") for part in parts(lines_of(desk.browse(None).get(address)))}
    moved = create_app(replace(desk.room.services, public_url="https://dondoc.vidu.vn"))
    with TestClient(moved) as client:
        answer = client.get(address)
    assert "https://dondoc.vidu.vn/nhiem-vu/" in answer.text
    assert {value(part, "UID") for part in parts(lines_of(answer))} == before


def test_sequence_grows_and_the_uid_stays(desk: Desk) -> None:
    client, address = desk.browse(None), desk.feed()
    before = next(p for p in parts(lines_of(client.get(address))) if f"-{desk.own}@" in value(p, "UID"))
    with desk.room.services.database.transaction() as s:
        request = events.request_extension(s, desk.own, new_due=date(2021, 3, 26), text="x", at=AT, by=None)
        events.decide_extension(s, request, granted=True, at=AT, by=None)
    after = next(p for p in parts(lines_of(client.get(address))) if f"-{desk.own}@" in value(p, "UID"))
    assert value(before, "UID") == value(after, "UID")
    assert int(value(after, "SEQUENCE")) > int(value(before, "SEQUENCE"))
    assert (value(before, "DTSTART"), value(after, "DTSTART")) == ("20210319", "20210326")
    assert "Đã gia hạn từ 19/03/2021 đến 26/03/2021" in value(after, "DESCRIPTION")


@pytest.mark.parametrize("form", ["event", "todo"])
def test_the_last_day_there_is_stops_no_feed(desk: Desk, form: str) -> None:
    with desk.room.services.database.transaction() as s:
        # No extension reaches so far any more; a register of before may hold one.
        row = s.get_one(Obligation, desk.own)
        row.due_on = row.occurrences[0].due_on = date.max
    assert "99991231" in desk.browse(None).get(desk.feed(form=form)).text


def test_what_has_not_changed_is_not_sent_again(desk: Desk) -> None:
    client, address = desk.browse(None), desk.feed()
    first = client.get(address)
    tag = first.headers["etag"]
    again = client.get(address, headers={"If-None-Match": f'"x", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert first.headers["cache-control"] == "private, no-cache"
    with desk.room.services.database.transaction() as s:
        events.mark_done(s, desk.own, on=TODAY, at=AT, by=None)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_an_address_is_secret_renewed_revoked_and_ends_with_its_user(desk: Desk) -> None:
    an, nobody, address = desk.browse(), desk.browse(None), desk.feed()
    token = address.removeprefix("/ics/").removesuffix(".ics")
    assert len(token) == 43, "256 bits"
    database = Path(str(desk.room.services.database.engine.url.database))
    kept = b"".join(each.read_bytes() for each in database.parent.glob(f"{database.name}*"))
    assert hashlib.sha256(token.encode()).hexdigest().encode() in kept
    assert token.encode() not in kept, "only its hash is kept"
    [feed] = an.get("/api/v1/calendar-feeds").json()
    assert "address" not in feed
    page = an.get("/nhac-viec/thiet-lap").text
    assert token not in page
    at = f"/api/v1/calendar-feeds/{feed['id']}"
    assert desk.browse("binh").post(f"{at}/renewal").status_code == 404
    assert desk.browse("binh").delete(at).status_code == 404
    shown = an.post(f"/nhac-viec/lich/{feed['id']}/doi").text
    assert (found := re.search(r'value="http://testserver(/ics/[^"]+)"', shown))
    assert nobody.get(address).status_code == 404, "renewed"
    assert nobody.get(found[1]).status_code == 200
    with desk.room.services.database.transaction() as s:
        users.change(s, desk.people["an"], at=AT, by=None, active=False)
    assert nobody.get(found[1]).status_code == 404, "who may not sign in has no feed"
    with desk.room.services.database.transaction() as s:
        users.change(s, desk.people["an"], at=AT, by=None, active=True)
        assert feeds.listing(s, desk.people["an"])[0].used_at == desk.now
    assert desk.browse().post(f"/nhac-viec/lich/{feed['id']}/thu-hoi").status_code == 303
    assert nobody.get(found[1]).status_code == 404
    with desk.room.services.database.reading() as s:
        actions = [each.action for each in audit.listing(s, entity="user", entity_id=desk.people["an"])]
    assert [each for each in actions if each.startswith("feed")] == [
        "feed-revoked",
        "feed-renewed",
        "feed-added",
    ]


def test_a_feed_is_read_only_and_tells_nothing_of_unknown_addresses(desk: Desk) -> None:
    client, address = desk.browse(None), desk.feed()
    assert client.post(address).status_code == 405
    for wrong in (
        "/ics/x.ics",
        f"/ics/{'x' * 43}.ics",
        "/ics/",
        "/ics/../nhiem-vu",
        f"/ics/{'x' * 5000}.ics",
    ):
        assert client.get(wrong).status_code in (303, 404), wrong
    assert "VCALENDAR" not in client.get(f"/ics/{'x' * 43}.ics").text


def test_too_many_requests_wait(desk: Desk) -> None:
    client, address = desk.browse(None), desk.feed()
    statuses = [client.get(address).status_code for _ in range(PER_FEED + 1)]
    assert statuses == [200] * PER_FEED + [429]
    assert int(client.get(address).headers["retry-after"]) > 0
    desk.now += timedelta(minutes=11)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"scope": "unit"}, 400),
        ({"scope": "unit", "unit_id": 999}, 404),
        ({"scope": "agency", "agency": "  "}, 400),
        ({"scope": "all"}, 422),
        ({"form": "html"}, 422),
    ],
)
def test_a_feed_of_nothing_is_refused(desk: Desk, body: dict[str, object], status: int) -> None:
    assert desk.browse().post("/api/v1/calendar-feeds", json=body).status_code == status


def test_a_user_has_so_many_feeds_at_most(desk: Desk) -> None:
    an = desk.browse()
    for _ in range(feeds.MOST):
        assert an.post("/nhac-viec/lich", data={"loai": "own"}).status_code == 200
    assert an.post("/nhac-viec/lich", data={"loai": "own"}).status_code == 400


def test_a_brake_forgets_the_oldest_and_counts_each_key() -> None:
    brake = Brake(2, timedelta(minutes=1))
    assert [brake.wait("a", AT), brake.wait("a", AT), brake.wait("b", AT)] == [0, 0, 0]
    assert brake.wait("a", AT + timedelta(seconds=10)) == 50
    assert brake.wait("a", AT + timedelta(minutes=1)) == 0


@given(st.text())
def test_lines_are_folded_between_letters_and_text_comes_back(text: str) -> None:
    folded = ical.fold("SUMMARY:" + ical.escape(text))
    assert all(len(line) <= 75 for line in folded.split(b"\r\n"))
    back = folded.decode().replace("\r\n ", "").removesuffix("\r\n").removeprefix("SUMMARY:")
    assert "\n" not in back
    assert "\r" not in back
    plain = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], back)
    expected = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", text.replace("\r\n", "\n").replace("\r", "\n"))
    assert plain == expected


RULES = ["FREQ=MONTHLY;BYMONTHDAY=25", "FREQ=MONTHLY;BYMONTHDAY=1", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;INTERVAL=3",
         "FREQ=MONTHLY;INTERVAL=6", "FREQ=YEARLY", "FREQ=WEEKLY;BYDAY=FR", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"]  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("strict", [True, False])
def test_every_recurring_deadline_gives_the_registers_days(rule: str, strict: bool) -> None:
    from nlp.calendar import occurrences as days_of
    from nlp.calendar import safe_date

    given_ = days_of(rule, date(2021, 1, 1), date(2022, 6, 30))
    days = tuple(
        Day(safe_date(each, strict=strict).day, safe_date(each, strict=strict).day, None) for each in given_
    )
    entry = Entry(1, 1, 3, AT, "Báo cáo", "Sở", None, None, None, rule, strict, days)
    text = ical.calendar([entry], name="x", form="event", t=Words("vi"), host="dondoc")
    [series] = parts(re.sub(r"\r\n[ ]", "", text.decode()).split("\r\n"))
    assert occurrences(series, days[-1].due_on) == [each.due_on for each in days]


def test_the_administrator_keeps_the_units(desk: Desk) -> None:
    with desk.room.services.database.transaction() as s:
        users.change(s, desk.people["binh"], at=AT, by=None, role="admin")
    admin = desk.browse("binh")
    made = admin.post("/quan-tri/don-vi", data={"ten": "Phòng Kế hoạch", "tat": "KH"})
    at = made.headers["location"]
    assert admin.post("/quan-tri/don-vi", data={"ten": "phòng KẾ HOẠCH"}).status_code == 400
    form = {"ten": "Phòng Kế hoạch – Tài chính", "tat": "KHTC", "truong": str(desk.people["an"])}
    assert admin.post(at, data=form).status_code == 303
    assert admin.post(f"{at}/thanh-vien", data={"nguoi": desk.people["binh"]}).status_code == 303
    assert admin.post(f"{at}/theo-doi", data={"nguoi": desk.people["binh"]}).status_code == 303
    page = admin.get(at).text
    assert "Bỏ ra: Binh" in page
    listed = admin.get("/quan-tri/don-vi").text
    for words in ("Phòng Kế hoạch – Tài chính", "KHTC", "An"):
        assert words in listed
    assert admin.post(f"{at}/thanh-vien", data={"nguoi": desk.people["binh"], "vao": "0"}).status_code == 303
    assert admin.post(f"{at}/theo-doi", data={"nguoi": desk.people["binh"], "vao": "0"}).status_code == 303
    assert "Bỏ ra" not in admin.get(at).text
    assert admin.post(at, data=form | {"dong": "1"}).status_code == 303
    assert "Ngừng hoạt động" in admin.get("/quan-tri/don-vi").text
    assert admin.post(f"{at}/thanh-vien", data={"nguoi": desk.people["an"]}).status_code == 400
