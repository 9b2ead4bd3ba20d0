"""A decision whose head is lost takes its number and day from the title of its annex; a title in capitals cites others."""

from __future__ import annotations

import pytest

from nlp.dispatch import understand
from nlp.reading import page_of_string
from nlp.types import Dispatch

HEADLESS = """BAN HÀNH KẾ HOẠCH THỰC HIỆN CHỈ THỊ SỐ 14-CT/TW NGÀY 19 THÁNG 7 NĂM 2017 CỦA BAN BÍ THƯ
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BÌNH LÂM
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch thực hiện Chỉ thị số 14-CT/TW.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.

Nơi nhận:
- Như Điều 2;
- Lưu: VT.

CHỦ TỊCH

Trần Văn Bình

KẾ HOẠCH
THỰC HIỆN CHỈ THỊ SỐ 14-CT/TW NGÀY 19 THÁNG 7 NĂM 2017
(Ban hành kèm theo Quyết định số 512/QĐ-UBND ngày 26 tháng 6 năm 2018 của Chủ tịch UBND tỉnh Bình Lâm)

I. MỤC ĐÍCH
1. Nâng cao nhận thức của các cấp.

II. TỔ CHỨC THỰC HIỆN
1. Sở Y tế
- Xây dựng phác đồ, hoàn thành trong quý III năm 2018.
2. Sở Tài chính
- Bố trí kinh phí.
"""


def read(text: str) -> Dispatch:
    return understand([page_of_string(text)])[0]


def test_number_kind_and_day_stand_in_the_annex() -> None:
    found = read(HEADLESS)
    header = found.header
    assert header.kind is not None
    assert [field.value if field else None for field in (header.kind, header.number, header.symbol, header.issued_on)] == ["quyết định", "512", "QĐ-UBND", "2018-06-26"]
    assert [task.label for task in found.tasks] == ["II.1.-1", "II.2.-1"]
    assert str(found.tasks[0].deadlines[0].date) == "2018-09-30"


@pytest.mark.parametrize("bracket", ["(Ban hành kèm theo Quyết định này)", "(Kèm theo Công văn số 512/UBND-VX ngày 26/6/2018)", ""])
def test_without_it_the_number_is_unknown_and_never_that_of_another(bracket: str) -> None:
    start = HEADLESS.index("(Ban hành")
    text = HEADLESS[:start] + bracket + HEADLESS[HEADLESS.index("\n", start) :]
    assert read(text).header.number is None


def test_a_page_that_decides_nothing_takes_no_number_from_an_annex() -> None:
    assert read(HEADLESS.replace("QUYẾT ĐỊNH:", "THÔNG BÁO:").replace("Điều 1. ", "").replace("Điều 2. ", "")).header.number is None
