"""How communes, schools and party cells of the provinces write: offices without a capital, orders apart from the programme, pages without a head."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.directives import directing_clauses
from nlp.tasks import find_tasks
from nlp.types import Evidence, Named, Task

SCHOOLS = (Named("Các trường tiểu học", Evidence(0, 0, "test")), Named("Các trường mầm non", Evidence(0, 0, "test")))
BOTH = ["Các trường tiểu học", "Các trường mầm non"]


def tasks(body: str, kind: str = "công văn", addressees: tuple[Named, ...] = SCHOOLS) -> list[Task]:
    found = find_tasks(body, kind=kind, issuer="Phòng Giáo dục và Đào tạo huyện Tân Khê", addressees=addressees, issued_on=date(2023, 4, 10))
    return [task for task in found if not task.optional]


def doers(task: Task) -> list[str]:
    return [body.text for body in task.responsible]


def told(text: str) -> list[str]:
    return [text[clause.bodies_start : clause.bodies_end] for clause in directing_clauses(text)]


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Đề nghị thành viên Tổ thẩm định huyện kiểm tra hồ sơ.", "thành viên Tổ thẩm định huyện"),
        ("Yêu cầu chủ tịch UBND các xã ký cam kết.", "chủ tịch UBND các xã"),
        ("Giao trưởng phòng Nội vụ rà soát biên chế.", "trưởng phòng Nội vụ"),
        ("Yêu cầu hiệu trưởng trường tiểu học báo cáo sĩ số.", "hiệu trưởng trường tiểu học"),
        ("Giao các đồng chí Phó trưởng phòng phụ trách các cấp học rà soát.", "các đồng chí Phó trưởng phòng phụ trách các cấp học"),
        ("Giao đồng chí Phó Chủ tịch UBND xã phụ trách văn hóa chỉ đạo.", "đồng chí Phó Chủ tịch UBND xã phụ trách văn hóa"),
        # spoken of, not told
        ("Theo đề nghị của giám đốc Sở Y tế, giá thuốc được giữ nguyên.", None),
        ("Yêu cầu thành viên trong gia đình khai báo lịch trình.", None),
        ("Đề nghị lãnh đạo, chỉ đạo chặt chẽ công tác thu.", None),
        ("Giao các đồng chí Phó trưởng phòng phụ trách xây dựng đề cương.", "các đồng chí Phó trưởng phòng"),
    ],
)
def test_an_order_to_an_office_written_small(text: str, whom: str | None) -> None:
    assert told(text) == ([whom] if whom else [])


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Phòng tổ chức họp giao ban Hiệu trưởng quý II.", []),
        ("Văn phòng chuẩn bị nội dung giao ban cụm thi đua số 3.", []),
        ("Giao ban công tác tháng 5 vào ngày 03/5/2023.", []),
        ("Sở họp giao ban đầu tuần với các phòng.", []),
        ("UBND huyện giao Ban Quản lý dự án huyện lập hồ sơ.", ["Ban Quản lý dự án huyện"]),
        ("UBND huyện giao ban Quản lý dự án huyện lập hồ sơ.", ["ban Quản lý dự án huyện"]),
        ("Giao Ban Tuyên giáo Huyện ủy chuẩn bị nội dung giao ban báo chí.", ["Ban Tuyên giáo Huyện ủy"]),
        ("Giao Ban Chỉ huy Quân sự xã trực sẵn sàng.", ["Ban Chỉ huy Quân sự xã"]),
    ],
)
def test_a_meeting_is_no_order_to_a_board(text: str, whom: list[str]) -> None:
    assert told(text) == whom


PROGRAMME = "Phòng Giáo dục và Đào tạo tổ chức tập huấn sử dụng học bạ số.\n\n1. Thời gian, địa điểm:\n- Sáng 15/4/2023: cấp tiểu học.\n- Chiều 15/4/2023: cấp mầm non."


@pytest.mark.parametrize(
    ("paragraph", "responsible"),
    [
        ("Giao Trường Tiểu học Tân Khê chuẩn bị hội trường.", [["Trường Tiểu học Tân Khê"]]),
        ("Yêu cầu Hiệu trưởng các trường cử giáo viên dự đủ.", [["Hiệu trưởng các trường"]]),
        ("Đề nghị Trạm Y tế xã trực cấp cứu.", [["Trạm Y tế xã"]]),
        ("Giao các đồng chí Phó trưởng phòng phụ trách cấp học chuẩn bị tài liệu.", [["các đồng chí Phó trưởng phòng phụ trách cấp học"]]),
        ("Hội trường có 200 chỗ, có máy chiếu.", []),
        ("Trường Tiểu học Tân Khê tổ chức ăn trưa.", []),
        ("Giáo viên được giao nhiệm vụ giảng bài đến trước 30 phút.", []),
        ("Việc in tài liệu đã giao Trường Tiểu học Tân Khê.", []),
    ],
)
def test_an_order_apart_from_the_programme_above_it(paragraph: str, responsible: list[list[str]]) -> None:
    found = tasks(f"{PROGRAMME}\n\n{paragraph}\n\nTrân trọng thông báo để các trường biết.")
    assert [doers(task) for task in found] == responsible
