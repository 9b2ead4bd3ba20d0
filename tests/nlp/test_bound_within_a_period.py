"""Who must do something within a period that stands between the body and its duty; where the period's beginning ends."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.deadlines import find_deadlines
from nlp.tasks import find_tasks
from nlp.types import Evidence, Named

SENT_TO = (Named("Các sở, ban, ngành", Evidence(0, 0, "test")),)
OPENING = "UBND tỉnh yêu cầu các đơn vị thực hiện như sau:\n1. "


@pytest.mark.parametrize(
    ("text", "body", "period"),
    [
        ("UBND xã trong thời hạn 05 ngày làm việc kể từ ngày nhận hồ sơ phải niêm yết danh sách.", "UBND xã", "P5D working after receipt"),
        ("Phòng Nội vụ trong vòng 03 ngày sau khi nhận đủ hồ sơ có trách nhiệm trả lời.", "Phòng Nội vụ", "P3D after receipt"),
        ("Hạt Kiểm lâm chậm nhất 02 ngày kể từ ngày phát hiện cần lập biên bản.", "Hạt Kiểm lâm", "P2D after phát hiện"),
        ("Sở Y tế trong thời hạn 10 ngày, kể từ ngày nhận được ý kiến phải hoàn thiện đề án.", "Sở Y tế", "P10D after receipt"),
    ],
)
def test_a_period_between_a_body_and_its_duty(text: str, body: str, period: str) -> None:
    task = find_tasks(OPENING + text, issuer="UBND tỉnh Hải Sơn", addressees=SENT_TO, issued_on=date(2024, 5, 6))[0]
    assert [each.text for each in task.responsible] == [body]
    assert [deadline.rule for deadline in task.deadlines] == [period]


@pytest.mark.parametrize(
    "text",
    [
        "Công ty Sông Thao trong thời hạn 05 năm đã thua lỗ.",
        "Sở Y tế trong vòng một năm qua chưa tuyển dụng.",
        "Sở Y tế trong vòng hai năm chưa được giao thêm biên chế.",
        "Chi cục Thuế trong vòng 03 tháng thu được 12 tỷ đồng.",
    ],
)
def test_a_period_that_only_tells_binds_nobody(text: str) -> None:
    assert find_tasks(OPENING + text, issuer="UBND tỉnh Hải Sơn", addressees=SENT_TO, issued_on=date(2024, 5, 6)) == ()


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("trong thời hạn 10 ngày kể từ ngày họp xét phải công bố kết quả", "trong thời hạn 10 ngày kể từ ngày họp xét"),
        ("trong vòng 05 ngày kể từ khi có đủ số liệu cần thiết, Sở báo cáo", "trong vòng 05 ngày kể từ khi có đủ số liệu cần thiết"),
    ],
)
def test_the_beginning_of_a_period_ends_before_what_is_owed(text: str, raw: str) -> None:
    assert [deadline.raw for deadline in find_deadlines(text, issued_on=date(2024, 5, 6))] == [raw]
