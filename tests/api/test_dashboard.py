"""The dashboard: every number is the length of the list it opens, and what Python counts over the rows."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.app import create_app
from api.chart import Column, charts
from api.gate import COOKIE
from api.task_filters import Chosen, quoted, week_of
from ingest.errors import BadRequest
from ingest.pool import ReaderPool
from register import events, tasks, users
from register.clock import now
from register.figures import LATE, figures
from register.models import Obligation, User
from register.status import status_of
from register.tasks import TaskFilter
from register.views import TaskRow
from tests.api.conftest import TODAY, Room, open_room
from tests.register.letters import AT, dispatch, fixed, monthly, task
from tests.register.webs import take

BODIES = (
    "Sở Công Thương",
    "Sở Y tế",
    "Sở Y tế tỉnh Bình Lâm",
    "Ban Quản lý các khu công nghiệp và khu kinh tế",
)


@dataclass(frozen=True)
class Board:
    """An office with four score of obligations of every kind, and a leader's browser."""

    room: Room
    leader: TestClient
    rows: tuple[TaskRow, ...]


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, reader: ReaderPool) -> Iterator[Board]:
    with open_board(tmp_path_factory.mktemp("board"), reader) as made:
        yield made


@contextmanager
def open_board(folder: Path, reader: ReaderPool, letters: int = 12) -> Iterator[Board]:
    """An office with so many letters of three or four tasks each."""
    with ExitStack() as stack:
        room = open_room(folder, stack, reader)
        database = room.services.database
        for number in range(letters):
            due = TODAY - timedelta(days=17 * (number % 12) - 20)
            made = dispatch(
                task("1", f"Rà soát chợ số {number}", fixed(due, f"trước ngày {due:%d/%m/%Y}", strict=False), lead=list(BODIES[: 1 + number % 4])),
                task("2", "Kiểm tra an toàn", lead=[BODIES[number % 4]], cooperating=["Sở Xây dựng"]),
                task("3", "Báo cáo hằng tháng", monthly(), lead=["Sở Tài chính"]) if number % 3 == 0 else task("3", "Đôn đốc"),
                number=str(100 + number),
                issued_on=min(TODAY, due) - timedelta(days=5),
            )  # fmt: skip
            take(database, room.services.store, made, f"{number}.pdf")
        with database.transaction() as s:
            every = [row.obligation_id for row in tasks.listing(s, today=TODAY, limit=1000).items]
            for index, each in enumerate(every):
                row = s.get_one(Obligation, each)
                if index % 4 == 1 and row.due_on:
                    on = min(TODAY, row.due_on + timedelta(days=index % 3 - 1))
                    events.mark_done(s, each, on=on, at=AT, by=None, today=TODAY)
                elif index % 11 == 5:
                    events.cancel(s, each, on=TODAY, reason="không còn cần", at=AT, by=None)
            user = User(
                login="leader", name="Lê Hoàng Long", password_hash="", role="leader", language="vi", must_change_password=False,
                active=True, created_at=now(),
            )  # fmt: skip
            s.add(user)
            s.flush()
            token = users.open_session(s, user.id, at=now())
        client = stack.enter_context(TestClient(create_app(room.services), follow_redirects=False))
        client.cookies.set(COOKIE, token)
        with database.reading() as s:
            rows = tasks.listing(s, today=TODAY, limit=1000).items
        yield Board(room, client, rows)


def links(page: str) -> list[tuple[str, int]]:
    """Every number of a page that is a link to the list of tasks."""
    found = re.findall(r'<a[^>]*href="(/nhiem-vu[^"]*)"[^>]*>(?:<strong[^>]*>)?([\d.]+)\b', page)
    return [
        (html.unescape(href), int(count.replace(".", "")))
        for href, count in found
        if not re.fullmatch(r"/nhiem-vu/\d+", href)
    ]


def length(client: TestClient, href: str) -> int:
    """How long the list at an address is, by its own paging; 0 where it is empty."""
    answer = client.get(href)
    assert answer.status_code == 200, href
    found = re.search(r'<nav class="paging" aria-label="[^"]*?([\d.]+)[^"\d]*"', answer.text)
    return int(found[1].replace(".", "")) if found else 0


@pytest.mark.parametrize(
    "address",
    ["/dieu-hanh", "/dieu-hanh?vai_tro=lead", "/dieu-hanh?co_quan=Sở+Y+tế", "/dieu-hanh?co_quan=“Sở+Y+tế”"],
)
def test_every_number_is_the_length_of_the_list_it_opens(board: Board, address: str) -> None:
    page = board.leader.get(address)
    assert page.status_code == 200
    found = links(page.text)
    assert len(found) > 15
    assert [(href, count) for href, count in found if length(board.leader, href) != count] == []


def test_the_figures_are_what_python_counts_over_the_rows(board: Board) -> None:
    rows = board.rows
    with board.room.services.database.reading() as s:
        found = figures(s, TaskFilter(), today=TODAY, soon_days=7, bodies=100, letters=100)
    still_open = [row for row in rows if row.done_on is None]
    monday = TODAY - timedelta(days=TODAY.weekday())
    assert found.week == sum(
        1 for row in still_open if row.due_on and monday <= row.due_on <= monday + timedelta(days=6)
    )
    assert found.week > 0
    days = [(TODAY - row.due_on).days for row in still_open if row.due_on and row.due_on < TODAY]
    assert [each.count for each in found.late] == [sum(a <= d <= (b or 9999) for d in days) for a, b in LATE]
    assert sum(each.count for each in found.late) == found.overdue == len(days)
    for month in found.months:
        due = [row for row in rows if row.due_on and month.first <= row.due_on <= month.last]
        words = [status_of(due_on=row.due_on, done_on=row.done_on, today=TODAY) for row in due]
        shown = (month.done_in_time, month.done_late, month.overdue, month.waiting)
        assert shown == tuple(
            words.count(word) for word in ("done-in-time", "done-late", "overdue", "in-time")
        ), month
        judged = len(words) - words.count("in-time")
        assert month.rate == (100 * words.count("done-in-time") / judged if judged else None)
    assert sum(month.judged for month in found.months) > 10
    for load in found.bodies:
        own = [row for row in still_open if row.body == load.body]
        assert (load.open, load.overdue) == (len(own), sum(1 for row in own if row.status == "overdue")), (
            load.body
        )
    assert {load.body for load in found.bodies} == {row.body for row in still_open}
    for source in found.letters:
        own = [row for row in still_open if row.letter_id == source.letter_id]
        assert (source.open, source.overdue) == (len(own), sum(1 for row in own if row.status == "overdue"))
        assert source.next_due == min((row.due_on for row in own if row.due_on), default=None)
    assert sum(source.open for source in found.letters) == len(still_open)
    ahead = [
        row
        for row in still_open
        if "recurring" in row.deadline_kinds and row.due_on and 0 <= (row.due_on - TODAY).days <= 30
    ]
    assert found.recurring == len(ahead) > 0


def test_what_is_left_out_is_counted(board: Board) -> None:
    with board.room.services.database.reading() as s:
        found = figures(s, TaskFilter(), today=TODAY, soon_days=7, bodies=2, letters=3)
        whole = figures(s, TaskFilter(), today=TODAY, soon_days=7, bodies=100, letters=100)
    assert found.bodies == whole.bodies[:2]
    assert (found.bodies_more, found.letters_more) == (len(whole.bodies) - 2, len(whole.letters) - 3)


def test_leaders_begin_here_and_others_with_the_tasks(board: Board, clerk: TestClient) -> None:
    assert board.leader.get("/").headers["location"] == "/dieu-hanh"
    assert clerk.get("/").headers["location"] == "/nhiem-vu"
    assert 'aria-current="page"' in board.leader.get("/dieu-hanh").text


def test_an_office_without_tasks_is_told_what_to_do(empty_room: Room) -> None:
    with empty_room.services.database.reading() as s:
        found = figures(s, TaskFilter(), today=date(2021, 1, 31), soon_days=7)
    assert found.overdue == found.week == found.recurring == 0
    assert (found.months[0].first, found.months[-1].last) == (date(2020, 2, 1), date(2021, 1, 31))
    assert charts([Column("1", "", (("in-time", 0, ""),))]) == ()


def test_columns_stand_on_the_scale_and_keep_their_proportions() -> None:
    wide, narrow = charts(
        [
            Column("1", "75%", (("in-time", 3, "a"), ("late", 1, "b"), ("overdue", 0, "c"))),
            Column("2", "", ()),
        ]
    )
    assert [bar.kind for bar in wide.bars] == ["in-time", "late"], "nothing is drawn for nothing"
    assert wide.bars[0].height == pytest.approx(3 * wide.bars[1].height, abs=0.2)
    assert wide.bars[0].y == pytest.approx(wide.bars[1].y + wide.bars[1].height, abs=0.2)
    assert [word.text for word in wide.scale] == ["0", "1", "2", "3", "4"]
    assert narrow.bars[0].width < wide.bars[0].width


@pytest.mark.parametrize(("text", "whole"), [("“Sở Y tế”", "Sở Y tế"), ('"Sở Y tế"', "Sở Y tế"), ('""', ""), ("Sở Y tế", None), ("", None), ("“", None)])  # fmt: skip
def test_quotation_marks_ask_for_the_whole_name(text: str, whole: str | None) -> None:
    assert quoted(text) == whole


def test_days_late_and_this_week_are_read_from_the_address() -> None:
    assert Chosen(tre="8-30").where((), TODAY) == TaskFilter(late_from=8, late_to=30)
    assert Chosen(tre="91-").where((), TODAY) == TaskFilter(late_from=91)
    week = week_of("nay", TODAY)
    assert week is not None
    assert (week.value, week.away, week.first) == ("nay", 0, TODAY - timedelta(days=TODAY.weekday()))
    for bad in ("x", "30-8", "0-3", "-", "1-2-3"):
        with pytest.raises(BadRequest):
            Chosen(tre=bad).where((), TODAY)


def test_the_column_that_says_what_counts_is_kept_by_the_database(board: Board) -> None:
    with board.room.services.database.reading() as s:
        counted = set(s.scalars(select(Obligation.id).where(Obligation.standing > 0)))
    assert counted == {row.obligation_id for row in board.rows}
