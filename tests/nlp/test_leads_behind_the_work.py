"""Who leads and who helps, said behind the work: in brackets, after a comma; orders announced below an assessment."""

from __future__ import annotations

import pytest

from nlp.dispatch import understand
from nlp.reading import page_of_string
from nlp.types import Task
from tests.nlp.letters import PLAIN

BODY = PLAIN[PLAIN.index("Thực hiện Kế hoạch") : PLAIN.index("\n\nNơi nhận")]


def tasks(body: str) -> list[Task]:
    return list(understand([page_of_string(PLAIN.replace(BODY, body))])[0].tasks)


@pytest.mark.parametrize(
    ("work", "leads", "helps"),
    [
        ("Điều chỉnh quy hoạch (Sở Xây dựng chủ trì; Sở Y tế, UBND quận Cái Răng phối hợp).", ["Sở Xây dựng"], ["Sở Y tế", "UBND quận Cái Răng"]),
        ("Tạo quỹ đất sạch (giao Sở Xây dựng, phối hợp với Sở Y tế; hoàn thành trong quý III năm 2022).", ["Sở Xây dựng"], ["Sở Y tế"]),
        ("Mở lớp bồi dưỡng (đề nghị Trường Chính trị tỉnh, Trường Đại học Bình Lâm).", ["Trường Chính trị tỉnh", "Trường Đại học Bình Lâm"], []),
        ("Tổ chức tuần tra ban đêm (Công an thành phố; Sở Y tế phối hợp).", ["Công an thành phố"], ["Sở Y tế"]),
        ("Xây dựng Đề án, Sở Xây dựng chủ trì, Sở Y tế phối hợp.", ["Sở Xây dựng"], ["Sở Y tế"]),
    ],
)
def test_who_leads_is_said_behind_the_work(work: str, leads: list[str], helps: list[str]) -> None:
    [task] = tasks(f"Sở Nội vụ yêu cầu thực hiện các nội dung sau:\n- {work}")
    assert [each.text for each in task.responsible] == leads
    assert [each.text for each in task.coordinating] == helps


@pytest.mark.parametrize("work", ["Gửi báo cáo về Sở (Phòng Tổ chức; điện thoại 0262.3123.456).", "Rà soát chợ tại các huyện (Tam Nông, Tân Hồng)."])
def test_other_brackets_name_nobody(work: str) -> None:
    [task] = tasks(f"Sở Nội vụ yêu cầu thực hiện các nội dung sau:\n- {work}")
    assert [each.text for each in task.responsible] == ["Các sở, ban, ngành thuộc UBND tỉnh", "UBND các huyện, thành phố thuộc tỉnh"]


def test_orders_announced_below_an_assessment() -> None:
    found = tasks(
        "Sở Nội vụ thông báo kết luận như sau:\n\n1. Về tình hình biên chế\n\nCác đơn vị đã rà soát 12 vị trí.\n\nGiám đốc Sở yêu cầu các đơn vị tập trung:\n\n"
        "Phòng Tổ chức lập đề án.\n\nThanh tra Sở kiểm tra việc tuyển dụng."
    )
    assert [[each.text for each in task.responsible] for task in found] == [["Phòng Tổ chức"], ["Thanh tra Sở"]]


def test_a_first_number_misread_below_a_heading_in_capitals_where_the_next_has_a_comma() -> None:
    found = tasks("Sở Nội vụ yêu cầu:\n\nI- TUYỂN QUÂN\n\nl- Phòng Tổ chức:\n\n- Lập danh sách.\n\n2, Thanh tra Sở xác minh lý lịch.\n\n3- Văn phòng Sở lập dự toán.\n\nII- PHÒNG CHÁY\n\n1- Văn phòng Sở:\n\n- Cắm biển cấm lửa.")
    assert [task.label for task in found] == ["I.1.-1", "I.2", "I.3", "II.1.-1"]
