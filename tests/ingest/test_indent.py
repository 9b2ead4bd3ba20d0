"""First lines set in by spaces open paragraphs in a text that keeps the page's layout."""

import pytest

from ingest.indent import indented_lines, laid_lines
from ingest.plain import lines_of

LAID_OUT = """        Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành thực hiện nghiêm các
nội dung đã được giao tại phiên họp tháng trước và báo cáo kết quả.
        Các sở, ban, ngành chịu trách nhiệm về số liệu báo cáo của mình trước
Ủy ban nhân dân tỉnh; chậm báo cáo sẽ bị nhắc nhở bằng văn bản.
        Giao Văn phòng theo dõi, đôn đốc việc thực hiện của các cơ quan, đơn
vị liên quan."""


def test_first_lines_that_are_set_in_open_paragraphs() -> None:
    assert [line.gap for line in lines_of(LAID_OUT)] == [False, False, True, False, True, False]


def test_columns_centred_lines_and_text_without_layout_do_not() -> None:
    head = ["ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "   TỈNH BÌNH SƠN              Độc lập - Tự do - Hạnh phúc và một dòng dài nữa", "Số: 12"]
    assert indented_lines(head) == frozenset()
    assert indented_lines(["Một dòng dài không lùi vào, viết liền cho tới hết lề phải của trang.", "     Ngắn", "Dòng sau"]) == frozenset()


@pytest.mark.parametrize(
    ("printed", "cells"),
    [
        (["TT\tViệc\tAi làm", "1\tBáo cáo\tSở Y tế"], (1, 1, 2)),
        (["TT   Việc   Ai làm", "1   Báo cáo   Sở Y tế"], (1, 1, 2)),
        (["| TT | Việc | Ai làm |", "|---|---|---|", "| 1 | Báo cáo | Sở Y tế |"], (1, 1, 2)),
        # a letter's head in two columns, one row alone, a line spread to the margins
        (["SỞ Y TẾ   CỘNG HÒA", "Số: 5   Hà Nội"], ()),
        (["Một  việc  nữa", "Hết."], ()),
        (["A | B", "C | D"], ()),
    ],
)
def test_rows_of_typed_tables_keep_their_cells(printed: list[str], cells: tuple[int, ...]) -> None:
    lines = laid_lines(printed)
    assert lines[0].cells == cells
    assert lines[0].text.split() == printed[0].replace("|", " " if cells else "|").split()
