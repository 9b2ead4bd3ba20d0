"""The calendar of tasks and the printed registers of incoming letters."""

from __future__ import annotations

import html
import io
import re
from datetime import date

import pytest
from docx import Document
from openpyxl import load_workbook

from api.month import month, month_of
from ingest.errors import BadRequest
from register import calendar_days, due_days, events, registers
from register.task_filter import TaskFilter
from tests.api.conftest import TODAY
from tests.api.test_dashboard import Board, board, length  # noqa: F401
from tests.register.letters import AT

FIRST, LAST = date(2021, 3, 1), date(2021, 3, 31)


def test_each_day_says_how_many_are_due_and_opens_them(board: Board) -> None:  # noqa: F811
    page = board.leader.get("/nhiem-vu/lich")
    assert page.status_code == 200
    shown = [(html.unescape(href), int(n)) for href, n in re.findall(r'href="(/nhiem-vu\?[^"]*han_tu[^"]*)">(\d+) việc', page.text)]
    assert [(href, n) for href, n in shown if length(board.leader, href) != n] == []
    begin, end = date(2021, 3, 1), date(2021, 4, 4)
    due = [row.due_on for row in board.rows if row.due_on and begin <= row.due_on <= end]
    assert sum(n for _, n in shown) == len(due) > 0
    assert "Lịch nhiệm vụ tháng 03/2021" in page.text


def test_a_recurring_task_stands_on_each_of_its_days(board: Board) -> None:  # noqa: F811
    """In the month of its next day and in those that follow, but in lists on its present day only."""
    with board.room.services.database.reading() as s:
        found = due_days.by_due_day(s, TaskFilter(), first=date(2021, 5, 1), last=date(2021, 7, 31), today=TODAY, each=100)
    own = [row for row in board.rows if "recurring" in row.deadline_kinds and row.done_on is None]
    for month_ in (5, 6, 7):
        [day] = [each for each in found if each.month == month_ and found[each].turns]
        assert {turn.row.obligation_id for turn in found[day].turns} >= {row.obligation_id for row in own}
        assert found[day].turn_count == len(found[day].turns)
    page = board.leader.get("/nhiem-vu/lich?thang=2021-06").text
    assert "kỳ khác của nhiệm vụ" in page
    assert "Báo cáo hằng tháng" in page


def test_filters_hold_in_the_calendar_and_between_the_ways_of_seeing(board: Board) -> None:  # noqa: F811
    page = board.leader.get("/nhiem-vu/lich?thang=2021-03&co_quan=Sở+Tài+chính").text
    assert "Sở Tài chính: Báo cáo hằng tháng" in page
    assert "Rà soát chợ" not in page
    assert "/nhiem-vu?co_quan=" in page
    assert "/nhiem-vu/lich?co_quan=" in board.leader.get("/nhiem-vu?co_quan=Sở+Tài+chính").text


def test_days_off_are_named_and_the_offices_own_go_first(board: Board) -> None:  # noqa: F811
    own = ((date(2021, 3, 10), False, "Ngày truyền thống của cơ quan"), (date(2021, 3, 6), True, "Làm bù"))
    made = month(FIRST, LAST, {}, own, "vi")
    days = {each.day: each for week in made.weeks for each in week}
    assert all(len(week) == 7 and week[0].day.weekday() == 0 for week in made.weeks)
    assert (days[date(2021, 3, 10)].working, days[date(2021, 3, 10)].name) == (False, "Ngày truyền thống của cơ quan")
    assert days[date(2021, 3, 6)].working
    assert not days[date(2021, 3, 7)].working
    assert (made.back, made.next) == ("2021-02", "2021-04")
    april = month(date(2021, 4, 1), date(2021, 4, 30), {}, (), "vi")
    assert next(each.name for week in april.weeks for each in week if each.day == date(2021, 4, 30))
    with board.room.services.database.transaction() as s:
        calendar_days.put(s, date(2021, 3, 26), working=False, name="Nghỉ bão", at=AT, by=None)
    assert "Nghỉ bão" in board.leader.get("/nhiem-vu/lich").text


@pytest.mark.parametrize("text", ["2021-13", "2021", "x", "0001-01"])
def test_a_month_that_is_none_is_told(board: Board, text: str) -> None:  # noqa: F811
    with pytest.raises(BadRequest):
        month_of(text, TODAY)
    assert board.leader.get(f"/nhiem-vu/lich?thang={text}").status_code == 400


def test_the_register_of_arrivals_is_printed_in_ten_columns(board: Board) -> None:  # noqa: F811
    query = {"tu": "01/01/2000", "den": "31/12/2030"}
    assert board.leader.get("/van-ban/so", params=query).status_code == 400, "more than ten years"
    query = {"tu": "01/01/2019", "den": "31/12/2026"}
    with board.room.services.database.reading() as s:
        entries, total = registers.arrivals(s, first=date(2019, 1, 1), last=date(2026, 12, 31))
        duties, _ = registers.follow_up(s, first=date(2019, 1, 1), last=date(2026, 12, 31))
    assert total == len(entries) == 12
    assert len(duties) == len(board.rows)
    answer = board.leader.get("/van-ban/so/tai", params=query | {"dang": "xlsx"})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    at = next(index for index, row in enumerate(rows) if row[0] == "Ngày đến")
    assert [len([cell for cell in row if cell is not None]) for row in rows[at : at + 2]] == [10, 10]
    assert rows[at + 1] == tuple(f"({n})" for n in range(1, 11))
    assert [row[3] for row in rows[at + 2 :]] == [each.code for each in entries]
    follow = board.leader.get("/van-ban/so/tai", params=query | {"dang": "docx", "loai": "theo-doi"})
    table = Document(io.BytesIO(follow.content)).tables[0]
    assert len(table.columns) == 7
    assert len(table.rows) == len(duties) + 2
    paper = board.leader.get("/van-ban/so/tai", params=query | {"dang": "pdf"})
    assert paper.content.startswith(b"%PDF-")
    page = board.leader.get("/van-ban/so", params=query)
    assert "12 dòng đầu trong 12 văn bản" in page.text


def test_a_reply_that_was_taken_back_is_not_in_the_register(board: Board) -> None:  # noqa: F811
    with board.room.services.database.transaction() as s:
        [letter], _ = registers.arrivals(s, first=date(2019, 1, 1), last=date(2026, 12, 31), limit=1)
        one = next(row for row in board.rows if row.done_on is None and "recurring" not in row.deadline_kinds)

        def replies() -> set[str]:
            found, _ = registers.follow_up(s, first=date(2019, 1, 1), last=date(2026, 12, 31))
            return {each.reply for each in found}

        before = replies()
        events.mark_done(s, one.obligation_id, on=TODAY, at=AT, by=None, letter_id=letter.letter_id)
        assert replies() == before | {letter.code}
        events.reopen(s, one.obligation_id, at=AT, by=None)
        events.mark_done(s, one.obligation_id, on=TODAY, at=AT, by=None)
        assert replies() == before


def test_a_day_names_few_and_counts_all(board: Board) -> None:  # noqa: F811
    page = board.leader.get("/nhiem-vu/lich").text
    for cell in re.findall(r"<td.*?</td>", page, re.S):
        assert cell.count("<li") <= 3
