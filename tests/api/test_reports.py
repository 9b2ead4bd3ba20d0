"""The periodic report: its groups add up, agree with the register and with a count in Python, and open in office programs."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select

from api.printed import Sheet, written
from api.report_forms import sentences
from register import events, tasks
from register.models import Letter, Obligation
from register.office_settings import Heading
from register.period import Line, added, report
from register.tasks import TaskFilter
from tests.api.conftest import TODAY
from tests.api.test_dashboard import BODIES, Board, board  # noqa: F401
from tests.register.letters import AT

START = date(2020, 1, 1)


def test_over_all_time_the_report_says_what_the_list_says(board: Board) -> None:  # noqa: F811
    with board.room.services.database.reading() as s:
        found = report(s, TaskFilter(), first=START, last=TODAY, today=TODAY)
        counts = tasks.counts(s, today=TODAY)
    total = found.total
    assert total.done_in_time == counts["done-in-time"]
    assert (total.done_late, total.open_late) == (counts["done-late"], counts["overdue"])
    assert total.open_in_time == counts["in-time"] + counts["no-term"]
    assert total.stopped > 0, "what was taken out of the tracking is told"
    assert total.carried == 0


@pytest.mark.parametrize(("first", "last"), [(date(2021, 1, 1), date(2021, 2, 28)), (date(2021, 3, 1), date(2021, 3, 31))])
def test_the_groups_are_what_python_counts_over_the_rows(board: Board, first: date, last: date) -> None:  # noqa: F811
    with board.room.services.database.reading() as s:
        found = report(s, TaskFilter(), first=first, last=last, today=TODAY)
    as_of = min(last, TODAY)
    assert found.as_of == as_of
    with board.room.services.database.reading() as s:
        columns = (Obligation.due_on, Obligation.done_on, Obligation.cancelled_on, Letter.issued_on)
        every = s.execute(select(*columns).join(Letter, Letter.id == Obligation.letter_id)).all()
    rows = [row for row in every if row.issued_on <= as_of and (row.done_on is None or row.done_on >= first)]
    total = found.total
    stopped = [row for row in rows if row.cancelled_on and row.cancelled_on <= as_of]
    assert total.stopped == len(stopped)
    rows = [row for row in rows if not (row.cancelled_on and row.cancelled_on <= as_of)]
    done = [row for row in rows if row.done_on and row.done_on <= as_of]
    late = [row for row in done if row.due_on and row.done_on and row.done_on > row.due_on]
    assert (total.done_in_time, total.done_late) == (len(done) - len(late), len(late))
    still = [row for row in rows if not (row.done_on and row.done_on <= as_of)]
    assert total.open_late == sum(1 for row in still if row.due_on and row.due_on < as_of)
    outcomes = total.done_in_time + total.done_late + total.open_in_time + total.open_late + total.stopped
    assert outcomes == total.total == total.carried + total.given
    assert added(found.lines) == total
    assert len(found.late) == total.done_late + total.open_late
    assert all(each.days > 0 for each in found.late)


def test_a_body_has_its_own_report_and_its_reasons(board: Board) -> None:  # noqa: F811
    database = board.room.services.database
    with database.reading() as s:
        where = TaskFilter(body=BODIES[0])
        before = report(s, where, first=START, last=TODAY, today=TODAY)
    assert {line.body for line in before.lines} == {BODIES[0]}
    item = next(each for each in before.late if each.done_on is None)
    with database.transaction() as s:
        events.note(s, item.obligation_id, text="Chờ ý kiến Bộ Xây dựng", at=AT + timedelta(days=1), by=None)
    with database.reading() as s:
        after = report(s, where, first=START, last=TODAY, today=TODAY)
    assert next(each.reason for each in after.late if each.obligation_id == item.obligation_id) == "Chờ ý kiến Bộ Xây dựng"


def test_the_files_hold_the_numbers_of_the_page(board: Board) -> None:  # noqa: F811
    query = {"tu": "01/01/2020", "den": f"{TODAY:%d/%m/%Y}", "vai_tro": "lead"}
    page = board.leader.get("/bao-cao", params=query)
    assert page.status_code == 200
    with board.room.services.database.reading() as s:
        found = report(s, TaskFilter(role="lead"), first=START, last=TODAY, today=TODAY)
    answer = board.leader.get("/bao-cao/tai", params=query | {"dang": "xlsx"})
    assert answer.headers["content-disposition"].startswith('attachment; filename="bao-cao-nhiem-vu-20200101-')
    book = load_workbook(io.BytesIO(answer.content))
    rows = [[cell.value for cell in row] for row in book["Tổng hợp"].iter_rows()]
    [total] = [row for row in rows if row[1] == "Tổng cộng"]
    assert total[2:5] == [found.total.total, found.total.carried, found.total.given]
    assert book["Tổng hợp"].page_setup.orientation == "landscape"
    late = [row for row in book["Quá hạn"].iter_rows(values_only=True) if isinstance(row[0], int)]
    assert len(late) == len(found.late)
    document = Document(io.BytesIO(board.leader.get("/bao-cao/tai", params=query).content))
    text = "\n".join(each.text for each in document.paragraphs)
    assert all(sentence in text for sentence in sentences(found))
    cells = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert [str(found.total.total)] == [row[2] for row in cells if row[1] == "Tổng cộng"]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in document.tables[0].rows[0].cells[1].text


@pytest.mark.parametrize("query", ["tu=01/05/2021&den=01/04/2021", "tu=x", "tu=01/05/2099", "tu=01/01/1990"])
def test_a_period_that_is_none_is_told(board: Board, query: str) -> None:  # noqa: F811
    assert board.leader.get(f"/bao-cao?{query}").status_code == 400


def test_the_share_in_time_leaves_out_what_is_not_due_yet() -> None:
    assert Line("", given=10, done_in_time=3, done_late=1, open_in_time=5, open_late=1).rate == 60
    assert Line("", given=2, open_in_time=2).rate is None


@pytest.mark.parametrize("form", ["xlsx", "docx", "pdf"])
def test_a_printed_table_holds_hostile_words_as_words(form: str) -> None:
    sheet = Sheet("Sổ", "SỔ", ("từ ngày",), (("Một", 0.5), ("Hai", 0.5)), (("=1+1", date(2021, 3, 1)), ("<b>&\x00 chữ", 2)), numbered=True)  # fmt: skip
    content = written(form, (sheet,), Heading("Sở <Thử>", "UBND & tỉnh"))  # type: ignore[arg-type]
    if form == "xlsx":
        page = load_workbook(io.BytesIO(content)).active
        values = [cell.value for row in page.iter_rows() for cell in row]
        assert "'=1+1" in values
        assert "<b>& chữ" in values
        assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    elif form == "docx":
        rows = [[cell.text for cell in row.cells] for row in Document(io.BytesIO(content)).tables[0].rows]
        assert rows == [["Một", "Hai"], ["(1)", "(2)"], ["=1+1", "01/03/2021"], ["<b>& chữ", "2"]]
    else:
        import pypdfium2

        text = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
        assert "=1+1" in text
        assert "01/03/2021" in text
