"""Pages that ask no more of the database for more rows, and figures that are remembered no longer than they hold."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from api.gate import COOKIE
from api.services import Services
from ingest.pool import ReaderPool
from register import (
    assigning,
    books,
    calendar_days,
    events,
    jobs,
    own_agencies,
    reminding,
    saved,
    tasks,
    units,
    users,
)
from register.clock import now
from register.models import User
from register.terms import office_days
from tests.api.conftest import TODAY
from tests.api.test_dashboard import BODIES, Board, open_board
from tests.register.letters import AT
from tests.register.webs import queries

PAGES = (
    "/nhiem-vu", "/nhiem-vu?trang_thai=all", "/nhiem-vu?viec=an+toan", "/nhiem-vu?co_quan=Sở", "/nhiem-vu?xem=bang", "/nhiem-vu/lich",
    "/nhiem-vu/{}", "/nhiem-vu/gia-han", "/nhiem-vu/tra-loi", "/dieu-hanh", "/dieu-hanh?co_quan=Sở", "/bao-cao?tu=01/01/2020",
    "/van-ban", "/van-ban?noi=Sở", "/van-ban/so", "/tiep-nhan", "/tiep-nhan/danh-sach", "/trich-dan", "/tim-kiem?q=chợ", "/tim-da-luu",
    "/nhac-viec", "/nhac-viec/thiet-lap", "/tai-khoan",
)  # fmt: skip
ADMIN = (
    "nguoi-dung", "nguoi-dung/1", "don-vi", "don-vi/1", "so-van-ban", "lich", "co-quan", "viec-may", "chi-muc", "nhat-ky",
)  # fmt: skip


def furnish(services: Services, count: int) -> str:
    """So many of everything that an office keeps beside its letters; gives an administrator's session."""
    with services.database.transaction() as s:
        leader = s.scalars(select(User.id).where(User.login == "leader")).one()
        due = [row.obligation_id for row in tasks.listing(s, today=TODAY, limit=1000).items if row.due_on and row.status == "in-time"]
        for number in range(count):
            user = User(
                login=f"user{number}", name=f"Người {number}", password_hash="", role="admin" if number == 0 else "officer", language="vi",
                must_change_password=False, active=True, created_at=now(),
            )  # fmt: skip
            s.add(user)
            s.flush()
            unit = units.add(s, name=f"Phòng {number}", head_id=user.id, at=AT, by=None)
            units.join(s, user.id, 1, at=AT, by=None)
            units.follow(s, 1, user.id, True, at=AT, by=None)
            books.add(s, f"Sổ {number}", at=AT, by=None)
            own_agencies.add(s, f"Ban Chỉ đạo thử nghiệm {number}", "", at=AT, by=None)
            calendar_days.put(s, date(2021, 5, 3) + timedelta(days=7 * number), working=False, name="Nghỉ", at=AT, by=None)
            saved.save(s, leader, name=f"Chợ {number}", question={"text": "chợ", "kind": "letters"}, notify=True, at=AT)
            jobs.enqueue(s, "index-reconcile", key=f"thử:{number}", payload={}, at=AT)
            if number < len(due):
                assigning.assign(s, due[number], user_id=leader, unit_id=unit.id, at=AT, by=None)
                events.request_extension(s, due[number], new_due=TODAY + timedelta(days=90), text="x", at=AT, by=leader)
        reminding.remind(s, today=TODAY, at=AT, days=office_days(None), mail=False)
        first = s.scalars(select(User.id).where(User.login == "user0")).one()
        return users.open_session(s, first, at=now())


def statements(made: Board, path: str) -> int:
    """How many questions a page asks once it has been opened before."""
    assert made.leader.get(path).status_code == 200, path
    with queries(made.room.services.database) as seen:
        made.leader.get(path)
    # How far the index is behind is asked by the clock, not by the page.
    return sum(1 for each in seen if each.startswith("SELECT") and "outbox" not in each and "office_settings" not in each)


def test_no_page_asks_more_of_the_database_for_more_rows(tmp_path: Path, reader: ReaderPool) -> None:
    """As many statements with few letters, tasks, people, units, jobs and so on as with many: none is asked row by row."""
    asked: list[dict[str, int]] = []
    for letters, others in ((12, 3), (40, 9)):
        (folder := tmp_path / str(letters)).mkdir()
        with open_board(folder, reader, letters) as made:
            session = furnish(made.room.services, others)
            one = next(row.obligation_id for row in made.rows if row.body == BODIES[0])
            counts = {path: statements(made, path.format(one)) for path in PAGES}
            made.leader.cookies.set(COOKIE, session)
            counts |= {path: statements(made, f"/quan-tri/{path}") for path in ADMIN}
            asked.append(counts)
    assert asked[0] == asked[1]
    assert max(asked[0].values()) < 45


def test_bodies_to_choose_from_are_asked_anew_when_something_was_done(tmp_path: Path, reader: ReaderPool) -> None:
    with open_board(tmp_path, reader) as made:
        name = '<option value="Ban Quản lý các khu công nghiệp và khu kinh tế">'
        assert name in made.leader.get("/nhiem-vu").text
        database = made.room.services.database
        with database.transaction() as s:
            for row in tasks.listing(s, tasks.TaskFilter(body=BODIES[3], statuses=("open",)), today=TODAY, limit=1000).items:
                events.mark_done(s, row.obligation_id, on=TODAY, at=AT, by=None, today=TODAY)
        assert name not in made.leader.get("/nhiem-vu").text
