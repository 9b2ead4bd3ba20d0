"""How communes, schools and party cells of the provinces write: offices without a capital, orders apart from the programme, pages without a head."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.directives import directing_clauses
from nlp.outline import outline
from nlp.reporting import read_reporting
from nlp.tasks import find_tasks
from nlp.telling import gives_new_wording
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


@pytest.mark.parametrize(
    ("text", "receiver"),
    [
        ("Nộp báo cáo về Phòng Nội vụ trước ngày 12/5 để Phòng tổng hợp báo cáo UBND huyện.", "Phòng Nội vụ"),
        ("Gửi số liệu về Sở Xây dựng trước ngày 20/5 để Sở tổng hợp, báo cáo UBND tỉnh.", "Sở Xây dựng"),
        ("Gửi kết quả về Bộ Y tế để Bộ kịp thời báo cáo Thủ tướng Chính phủ.", "Bộ Y tế"),
        ("Báo cáo Ban Chỉ đạo tỉnh để Ban Chỉ đạo tỉnh xem xét, báo cáo Trung ương.", "Ban Chỉ đạo tỉnh"),
        # the report is the doer's own
        ("Rà soát các hộ để hỗ trợ, báo cáo UBND xã.", "UBND xã"),
        ("Kiểm tra để phòng ngừa sai phạm, báo cáo Sở Y tế.", "Sở Y tế"),
        ("Bố trí người trực để UBND xã hoạt động liên tục, báo cáo Sở Nội vụ.", "Sở Nội vụ"),
        ("Họp dân để Phòng Nội vụ lấy ý kiến; báo cáo UBND huyện.", "UBND huyện"),
    ],
)
def test_what_the_receiver_reports_on_is_no_report_of_the_doer(text: str, receiver: str) -> None:
    found = read_reporting(text).to
    assert found is not None
    assert found.text == receiver


SEPARATE = "Phòng yêu cầu các trường thực hiện:\n\n{0}\nRà soát cơ sở vật chất.\n{0}\nLập danh sách học sinh.\n\n{0}\nBáo cáo trước ngày 20/4/2023.\n"


@pytest.mark.parametrize("mark", ["-", "•", "–", "- \n"])
def test_bullets_on_lines_of_their_own_go_with_the_lines_below(mark: str) -> None:
    text = SEPARATE.format(mark)
    assert [(task.label, text[task.evidence.start : task.evidence.end]) for task in tasks(text)] == [
        ("-1", "Rà soát cơ sở vật chất."), ("-2", "Lập danh sách học sinh."), ("-3", "Báo cáo trước ngày 20/4/2023."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Phòng đề nghị các trường báo cáo sĩ số.\n-\nTrân trọng cảm ơn.",
        "Phòng đề nghị các trường rà soát sĩ số năm 2021\n-\n2022 và báo cáo.",
        "Phòng Lao động\n-\nThương binh và Xã hội đề nghị các trường báo cáo sĩ số.",
        "Phòng đề nghị các trường báo cáo sĩ số, gồm\n-\nsố học sinh\n-\nsố giáo viên.",
    ],
)
def test_a_dash_alone_is_no_bullet(text: str) -> None:
    assert [item.label for item in outline(text).items] == []


GREEN = "Phòng đề nghị các trường {0}, cụ thể như sau:\n\n1. Thời gian: ngày 22/4/2023.\n\n2. Nội dung:\n\n- Tổng vệ sinh sân trường, trồng cây xanh.\n\n- Thăm hỏi gia đình chính sách."


@pytest.mark.parametrize("what", ["triển khai đồng loạt Ngày Chủ nhật xanh", "tổ chức hưởng ứng Tháng Thanh niên", "phát động Tuần lễ trồng cây", "ra quân làm sạch biển"])
def test_the_contents_of_an_activity_are_what_is_to_be_done(what: str) -> None:
    assert [(task.label, doers(task)) for task in tasks(GREEN.format(what))] == [("2.-1", BOTH), ("2.-2", BOTH)]


@pytest.mark.parametrize("what", ["tổ chức hội nghị viên chức", "cử giáo viên dự tập huấn", "tổ chức Lễ ra quân", "tổ chức hội thi nấu ăn", "biết nội dung lớp bồi dưỡng"])
def test_the_contents_of_a_meeting_are_its_programme(what: str) -> None:
    assert tasks(GREEN.format(what)) == []


@pytest.mark.parametrize(
    ("sentence", "helpers"),
    [
        ("UBND các xã có trách nhiệm phối hợp chặt chẽ với Phòng Nội vụ để thống kê.", ["UBND các xã"]),
        ("Công an huyện, UBND các xã trong vùng dự án phối hợp với Phòng Nội vụ kiểm đếm.", ["Công an huyện", "UBND các xã"]),
        ("Đồng thời, Hội Nông dân huyện chủ động phối hợp với cơ quan chủ trì vận động hội viên.", ["Hội Nông dân huyện"]),
        ("Trạm Y tế xã có nhiệm vụ phối hợp kịp thời với đơn vị được giao chủ trì.", ["Trạm Y tế xã"]),
        # with others than the lead, or nothing of the kind
        ("UBND các xã phối hợp với Trạm Y tế xã phun thuốc.", ["Trạm Y tế xã"]),
        ("UBND các xã bố trí địa điểm.", []),
        ("Việc thống kê phải có sự phối hợp chặt chẽ.", []),
        ("Kết quả gửi Phòng Nội vụ trước ngày 20/4/2023.", []),
    ],
)
def test_who_helps_the_lead_by_a_sentence_of_their_own(sentence: str, helpers: list[str]) -> None:
    first, *_ = tasks(f"UBND huyện quyết định:\n\nĐiều 1. Giao Phòng Nội vụ chủ trì thống kê lao động. {sentence}\n\nĐiều 2. Giao Phòng Y tế trực.", kind="quyết định")
    assert doers(first) == ["Phòng Nội vụ"]
    assert [body.text for body in first.coordinating] == helpers


@pytest.mark.parametrize(
    ("opening", "changed"),
    [
        ("Điểm 2 Công văn số 12/PGDĐT-TH được sửa đổi, bổ sung như sau:", True),
        ("Phòng xin đính chính nội dung tại mục III Kế hoạch số 5/KH-PGDĐT như sau:", True),
        ("Trang 3, dòng 5 của Hướng dẫn số 7/HD-PGDĐT nay sửa lại là:", True),
        ("Khoản 1 phần B được thay thế thành:", True),
        ("Đề nghị các trường bổ sung nội dung sau vào kế hoạch như sau:", False),
        ("Phòng có ý kiến như sau:", False),
        ("Các trường điều chỉnh thời gian học như sau:", False),
        ("Phòng chỉ đạo thực hiện một số nội dung sau:", False),
    ],
)
def test_words_that_another_paper_now_has_order_nothing(opening: str, changed: bool) -> None:
    found = tasks(f"{opening}\n\nTrường Tiểu học Tân Khê có trách nhiệm tập huấn cho giáo viên.", kind="thông báo")
    assert gives_new_wording(opening) is changed
    assert [doers(task) for task in found] == ([] if changed else [["Trường Tiểu học Tân Khê"]])
