"""Telegrams (công điện) that have number, place and day at their foot."""

from __future__ import annotations

import pytest

from ingest.plain import lines_of
from ingest.types import Page
from nlp.dispatch import understand
from nlp.types import Dispatch
from tests.nlp.growth import grows_with_the_length

TOP = """CÔNG ĐIỆN

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH TÂN KHÊ ĐIỆN:

- Chủ tịch UBND các huyện;
- Giám đốc Sở Thủy sản.

Bão số 6 đang tiến vào vùng biển của tỉnh. Yêu cầu Chủ tịch UBND các huyện kêu gọi tàu thuyền vào bờ, báo cáo UBND tỉnh trước ngày 30/9/2006.

"""


def read(text: str) -> Dispatch:
    (dispatch,) = understand([Page(1, 595.0, 842.0, lines_of(text), "text")])
    return dispatch


def head(text: str) -> tuple[str | None, str | None, str | None]:
    header = read(text).header
    return tuple(field.value if field else None for field in (header.number, header.symbol, header.issued_on))  # type: ignore[return-value]


@pytest.mark.parametrize(
    "foot",
    [
        "Số: 14/CĐ-UBND\nTân Khê, ngày 28 tháng 9 năm 2006\n\nCHỦ TỊCH\n\nLê Văn Quý\n",
        "CHỦ TỊCH\nLê Văn Quý\n\nSố 14/CĐ-UBND\nTân Khê, ngày 28/9/2006\n",
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLê Văn Quý\n\nSố: 14/CĐ-UBND, ngày 28 tháng 9 năm 2006\n",
        "Tân Khê, ngày 28 tháng 9 năm 2006\nSố: 14/CĐ-UBND\n\nCHỦ TỊCH\n\nLê Văn Quý\n",
    ],
)
def test_a_telegram_with_its_head_at_the_foot(foot: str) -> None:
    text = TOP + foot
    assert head(text) == ("14", "CĐ-UBND", "2006-09-28")
    dispatch = read(text)
    assert dispatch.header.kind is not None
    assert dispatch.header.kind.value == "công điện"
    assert dispatch.header.issuer is not None
    assert dispatch.header.issuer.value == "Ủy ban nhân dân tỉnh Tân Khê"
    assert [named.text for named in dispatch.addressees] == ["Chủ tịch UBND các huyện", "Giám đốc Sở Thủy sản"]
    (task,) = dispatch.tasks
    assert task.text.startswith("Yêu cầu Chủ tịch UBND các huyện")
    assert task.text.endswith("trước ngày 30/9/2006.")
    assert [str(each.date) for each in task.deadlines] == ["2006-09-30"]


def test_a_telegram_with_its_head_above_keeps_it() -> None:
    text = TOP.replace("CÔNG ĐIỆN\n", "Số: 09/CĐ-UBND\nTân Khê, ngày 27 tháng 9 năm 2006\n\nCÔNG ĐIỆN\n", 1)
    assert head(text + "CHỦ TỊCH\n\nLê Văn Quý\n\nSố: 14/CĐ-UBND\n") == ("09", "CĐ-UBND", "2006-09-27")


@pytest.mark.parametrize(
    "line",
    [
        "Thực hiện Công điện số 14/CĐ-UBND ngày 28/9/2006 của UBND tỉnh.",
        "Số điện thoại trực ban: 02603/862.114",
        "Các huyện báo cáo theo mẫu số 14/BC-PCLB trước ngày 29/9/2006.",
        "Số 14 đường Hùng Vương",
    ],
)
def test_what_is_no_number_of_the_telegram(line: str) -> None:
    assert head(f"{TOP}{line}\n\nCHỦ TỊCH\n\nLê Văn Quý\n")[0] is None


@pytest.mark.parametrize("unit", ["Số: 14/CĐ-UBND\n", "Số: ", "CÔNG ĐIỆN\nABC ĐIỆN:\n"])
def test_a_foot_is_sought_in_time_by_the_length(unit: str) -> None:
    assert grows_with_the_length(lambda text: read(TOP + text), unit, 8_000)
