"""Appendices on pages of their own: found by title or brackets; only tables that give out work have tasks there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.types import Line, Page, Word
from nlp.dispatch import understand
from nlp.reading import Text, page_of_string
from nlp.sections import cut, split_documents
from tests.nlp.letters import PLAIN

_AT = PLAIN.index("Nơi nhận")
_SIGNED = PLAIN.index("KT. GIÁM ĐỐC")
WITH = "(Kèm theo Công văn số 845/SNV-TCBC ngày 09/5/2022 của Sở Nội vụ)"
ORDER = "Giao Sở Y tế báo cáo UBND tỉnh kết quả rà soát trước ngày 30/6/2022."
ROWS = (
    ("STT", "Nội dung", "Cơ quan chủ trì", "Thời hạn"),
    ("1", "Rà soát biên chế của các đơn vị sự nghiệp", "Sở Nội vụ", "30/6/2022"),
    ("2", "Báo cáo UBND tỉnh kết quả rà soát", "Sở Y tế", "15/7/2022"),
)


def read(text: str, number: int) -> Page:
    return replace(page_of_string(text, number), source="ocr", width=595.0, height=842.0)


def row(cells: tuple[str, ...]) -> Line:
    words = [cell.split() for cell in cells]
    return Line(tuple(Word(part, None) for cell in words for part in cell), True, tuple(map(len, words)))


@pytest.mark.parametrize(
    "letter",
    [
        PLAIN,
        PLAIN.replace("- Lưu: VT, TCBC (3).", "- tưu VT TCBC (3)."),
        PLAIN[:_AT] + PLAIN[_SIGNED:],
        PLAIN[:_AT] + PLAIN[_SIGNED:] + "\n" + PLAIN[_AT:_SIGNED],
    ],
    ids=["as the decree has it", "archive misread", "recipients lost", "signature first"],
)
@pytest.mark.parametrize(
    "title",
    [
        f"PHỤ LỤC\n{WITH}",
        "PHỤ LỤC 1A",
        "Phụ lục 1: Danh sách các đơn vị",
        f"PHỤ LỤC DANH MỤC NHIỆM VỤ GIAO CÁC SỞ\n{WITH}",
        f"DANH MỤC\nCÁC NHIỆM VỤ TRỌNG TÂM NĂM 2022\n{WITH}",
        f"BẢNG PHÂN CÔNG NHIỆM VỤ\n{WITH.replace('Kèm', 'Ban hành kèm')}",
        f"UBND TỈNH BÌNH LÂM\nSỞ NỘI VỤ\n\nPHỤ LỤC\n{WITH}",
        f"KẾ HOẠCH\nRà soát biên chế năm 2022\n{WITH}",
        "TỔNG HỢP BIÊN CHẾ\n(Kèm theo Công văn số      /SNV-TCBC ngày    tháng 5 năm 2022)",
    ],
)
def test_a_page_with_an_annexs_title_is_no_body(letter: str, title: str) -> None:
    annex = read(f"{title}\n\n{ORDER}", 2)
    annex = replace(annex, lines=(*annex.lines, *map(row, ROWS)))
    pages = (read(letter, 1), annex)
    text = Text.of_pages(pages)
    appendix = cut(text).appendix
    assert appendix is not None
    assert appendix.start == text.page_starts[1]
    assert len(split_documents(text)) == 1
    (alone,), (dispatch,) = understand(pages[:1]), understand(pages)
    own = [task for task in dispatch.tasks if not (task.label or "").startswith("PL.")]
    assert [task.text for task in own] == [task.text for task in alone.tasks]
    assert [(task.label, task.responsible[0].text) for task in dispatch.tasks[len(own) :]] == [("PL.1", "Sở Nội vụ"), ("PL.2", "Sở Y tế")]
    assert dispatch.header.number == alone.header.number


@pytest.mark.parametrize(
    "page",
    [
        "2. Các sở, ban, ngành rà soát biên chế theo danh mục đã ban hành\n(kèm theo Công văn số 12/SNV-TCBC) và báo cáo.",
        "Phụ lục\ncủa kế hoạch gửi về Sở Nội vụ trước ngày 30/5/2022 để tổng hợp, báo cáo.",
        "(kèm theo Công văn số 12/SNV-TCBC ngày 03/02/2022) và gửi về Sở Nội vụ.",
    ],
)
def test_a_page_of_the_body_stays_body(page: str) -> None:
    first, rest = PLAIN[: PLAIN.index("các cơ quan rà soát")], PLAIN[PLAIN.index("các cơ quan rà soát") :]
    text = Text.of_pages((read(first, 1), read(f"{page}\n{rest}", 2)))
    sections = cut(text)
    assert sections.appendix is None
    assert page.split("\n")[0] in sections.body.of(text.text)


def test_rows_of_a_table_in_the_body_are_read_row_by_row_each_a_task() -> None:
    at = PLAIN.index("Nơi nhận")
    head = read(PLAIN[:at], 1)
    page = replace(head, lines=(*head.lines, *map(row, ROWS), *read(PLAIN[at:], 1).lines))
    (dispatch,), (plain,) = understand((page,)), understand((read(PLAIN, 1),))
    assert "\n\n1 Rà soát biên chế của các đơn vị sự nghiệp Sở Nội vụ 30/6/2022\n\n2 Báo cáo" in dispatch.text
    rows = [task for task in dispatch.tasks if task.evidence.rule == "task-row"]
    assert [(task.responsible[0].text, str(task.deadlines[0].date)) for task in rows] == [("Sở Nội vụ", "2022-06-30"), ("Sở Y tế", "2022-07-15")]
    assert [task.text for task in dispatch.tasks if task not in rows] == [task.text for task in plain.tasks]
