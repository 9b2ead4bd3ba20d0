"""A duty that ends with an address is a duty; an order that is only told of orders nothing."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.directives import directing_clauses
from nlp.tasks import find_tasks
from nlp.types import Evidence, Named

SCHOOLS = (Named("Các trường tiểu học", Evidence(0, 0, "test")),)


@pytest.mark.parametrize(
    "duty",
    [
        "Gửi báo cáo về Phòng trước ngày 15 tháng 5 năm 2023 theo địa chỉ:",
        "Khẩn trương nộp danh sách trước ngày 20/5/2023 theo địa chỉ sau:",
        "Lập hồ sơ, gửi về bộ phận văn thư trước ngày 10/5/2023, thông tin liên hệ:",
        "Báo cáo kết quả trước ngày 30/5/2023 vào hộp thư điện tử:",
    ],
)
def test_what_is_sent_to_an_address_by_a_day_is_owed(duty: str) -> None:
    body = f"Phòng đề nghị các trường tiểu học:\n1. Rà soát sĩ số.\n2. {duty}\nSố 5, đường Lê Lợi, thị trấn Tân Khê\n"
    found = find_tasks(body, kind="công văn", issuer="Phòng Giáo dục và Đào tạo", addressees=SCHOOLS, issued_on=date(2023, 4, 10))
    due = [(task.label, [deadline.kind for deadline in task.deadlines if deadline.kind == "fixed"]) for task in found if not task.optional]
    assert due == [("1", []), ("2", ["fixed"])]


@pytest.mark.parametrize(
    "line",
    [
        "Địa chỉ nhận hồ sơ, số điện thoại:",
        "Đầu mối liên hệ:",
        "Mọi ý kiến xin gửi theo địa chỉ:",
        "Hộp thư điện tử:",
    ],
)
def test_an_address_alone_is_none(line: str) -> None:
    body = f"Phòng đề nghị các trường tiểu học:\n1. Rà soát sĩ số.\n2. {line}\nSố 5, đường Lê Lợi, thị trấn Tân Khê\n"
    found = find_tasks(body, kind="công văn", issuer="Phòng Giáo dục và Đào tạo", addressees=SCHOOLS, issued_on=date(2023, 4, 10))
    assert [task.label for task in found if not task.optional] == ["1"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("UBND tỉnh có chủ trương giao Sở Xây dựng lập đề án.", 0),
        ("Trước đây đã có kế hoạch giao Sở Xây dựng lập đề án.", 0),
        ("UBND tỉnh giao Sở Xây dựng lập đề án.", 1),
        ("Nay giao Sở Xây dựng lập đề án.", 1),
    ],
)
def test_an_intention_to_give_an_order_is_none(text: str, told: int) -> None:
    assert len(directing_clauses(text)) == told
