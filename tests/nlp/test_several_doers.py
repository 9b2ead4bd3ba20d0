"""Several doers of one duty, doers behind what is agreed to or what is to become of a thing, works that somebody will do."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.duties import read_responsible
from nlp.duties.agreeing import behind_agreement
from nlp.duties.several import each_with_a_day
from nlp.tasks import find_tasks
from nlp.types import Evidence, Named, Task
from tests.nlp.growth import grows_with_the_length

SENT_TO = tuple(Named(name, Evidence(0, 0, "test")) for name in ("Các sở, ban, ngành", "UBND các huyện"))
DAY = date(2024, 2, 1)


def doers(text: str) -> list[str]:
    found = read_responsible(text, issuer="UBND tỉnh Tân Khê", labelled=True)
    return [body.text for body in found[0]] if found else []


def second(text: str, opening: str = "UBND tỉnh yêu cầu các đơn vị thực hiện các nội dung sau:") -> list[Task]:
    """The tasks of the second item of a list."""
    body = f"{opening}\n1. Rà soát hồ sơ lưu trữ tại đơn vị.\n2. {text}\n"
    found = find_tasks(body, issuer="UBND tỉnh Tân Khê", addressees=SENT_TO, issued_on=DAY)
    return [task for task in found if task.label == "2"]


def names(task: Task) -> list[str]:
    return [body.text for body in task.responsible]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Sở Nội vụ theo dõi chỉ số cải cách hành chính, Sở Tài chính theo dõi chỉ số năng lực cạnh tranh.", ["Sở Nội vụ", "Sở Tài chính"]),
        ("Giao Sở Y tế kiểm tra các bệnh viện, Sở Công Thương kiểm tra các chợ, báo cáo UBND tỉnh.", ["Sở Y tế", "Sở Công Thương"]),
        ("Giao Sở Y tế hướng dẫn UBND các huyện, Sở Tài chính hướng dẫn thanh toán.", ["Sở Y tế", "Sở Tài chính"]),
        ("Yêu cầu Công an tỉnh tuyên truyền trong học sinh; Sở Tư pháp tuyên truyền tại các xã.", ["Công an tỉnh", "Sở Tư pháp"]),
        ("Sở Xây dựng rà soát nhà ở, Sở Y tế rà soát trạm y tế và Sở Nội vụ rà soát trụ sở.", ["Sở Xây dựng", "Sở Y tế", "Sở Nội vụ"]),
    ],
)
def test_each_body_with_its_part_of_the_same_deed_is_a_doer(text: str, bodies: list[str]) -> None:
    assert doers(text) == bodies


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        # by the conventions of the gold the first directive of a paragraph says who leads
        ("Sở Tài chính bảo đảm kinh phí; Sở Nội vụ hướng dẫn chế độ cho người nghỉ việc.", ["Sở Tài chính"]),
        ("Sở Y tế kiểm tra các cơ sở, phối hợp với Công an tỉnh, Sở Công Thương kiểm tra chợ.", ["Sở Y tế"]),
        ("Sở Y tế kiểm tra các cơ sở cùng với Công an tỉnh, Sở Công Thương kiểm tra chợ.", ["Sở Y tế"]),
        ("Giao Sở Y tế tham mưu kế hoạch, UBND tỉnh xem xét, quyết định.", ["Sở Y tế"]),
        ("Sở Y tế kiểm tra bệnh viện. Sở Công Thương kiểm tra chợ.", ["Sở Y tế"]),
    ],
)
def test_another_deed_of_another_body_makes_it_no_doer_of_the_first(text: str, bodies: list[str]) -> None:
    assert doers(text) == bodies


@pytest.mark.parametrize(
    ("text", "bodies", "days"),
    [
        ("Hoàn thành phương án: Sở Y tế trước ngày 05/3/2024, Sở Tài chính trước ngày 10/3/2024.", ["Sở Y tế", "Sở Tài chính"], ["2024-03-05", "2024-03-10"]),
        (
            "Gửi dự toán về UBND tỉnh: Công an tỉnh chậm nhất 15/3/2024; Sở Nội vụ chậm nhất 20/3/2024.",
            ["Công an tỉnh", "Sở Nội vụ"],
            ["2024-03-15", "2024-03-20"],
        ),
        (
            "Báo cáo quyết toán gửi chậm nhất 15/4/2024 đối với Sở Y tế, 25/4/2024 đối với Sở Tài chính.",
            ["Sở Y tế", "Sở Tài chính"],
            ["2024-04-15", "2024-04-25"],
        ),
        ("Nộp hồ sơ thi đua: Sở Y tế (trước ngày 05/3/2024), Sở Nội vụ (trước ngày 08/3/2024).", ["Sở Y tế", "Sở Nội vụ"], ["2024-03-05", "2024-03-08"]),
    ],
)
def test_each_with_a_day_of_its_own(text: str, bodies: list[str], days: list[str]) -> None:
    (task,) = second(text)
    assert names(task) == bodies
    assert [str(each.date) for each in task.deadlines] == days


@pytest.mark.parametrize(
    "text",
    [
        "Hoàn thành phương án: Sở Y tế trước ngày 05/3/2024.",
        "Rà soát các nội dung: quy hoạch trước ngày 05/3/2024, đất đai trước ngày 10/3/2024.",
        "Gửi báo cáo cho: Sở Y tế, Sở Tài chính trước ngày 10/3/2024.",
        "Áp dụng từ ngày 05/3/2024 đối với Sở Y tế.",
    ],
)
def test_one_day_or_no_body_gives_no_such_doers(text: str) -> None:
    assert each_with_a_day(text) == ()


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Số tiền chi sai phải thu hồi, nộp ngân sách; Kho bạc tỉnh đôn đốc các chủ đầu tư.", "Kho bạc tỉnh"),
        ("Trụ sở dôi dư chưa có phương án sử dụng, để xuống cấp; Sở Tài chính tham mưu xử lý.", "Sở Tài chính"),
        ("Thống nhất thông qua Đề án bến xe. Giao Sở Xây dựng hoàn chỉnh, trình ký.", "Sở Xây dựng"),
        ("Về đề nghị của UBND xã Hòa An: Thống nhất chủ trương. UBND huyện Tân Khê lập dự toán; Phòng Tài chính cân đối vốn.", "UBND huyện Tân Khê"),
        ("Đồng ý với đề xuất của Sở Y tế. Yêu cầu Sở Y tế triển khai trong tháng 3/2024.", "Sở Y tế"),
    ],
)
def test_the_doer_stands_behind_a_clause_that_orders_nobody(text: str, body: str) -> None:
    (task,) = second(text)
    assert names(task) == [body]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Rà soát các mỏ đá hết hạn; giao Sở Xây dựng tổng hợp.", ["Các sở, ban, ngành", "UBND các huyện"]),
        ("Sở Y tế kiểm tra cơ sở; UBND các huyện tuyên truyền.", ["Sở Y tế"]),
        ("Số tiền chi sai phải thu hồi, nộp ngân sách; không để phát sinh nợ mới.", ["Các sở, ban, ngành", "UBND các huyện"]),
        ("Thống nhất số liệu với Sở Y tế. Giao nộp tài liệu trước ngày 05/3/2024.", ["Các sở, ban, ngành", "UBND các huyện"]),
    ],
)
def test_a_first_directive_keeps_its_doer(text: str, bodies: list[str]) -> None:
    (task,) = second(text)
    assert names(task) == bodies


@pytest.mark.parametrize(
    "text",
    ["Thống nhất với đề xuất của Sở Y tế.", "Đồng ý cho Sở Y tế mua sắm thiết bị.", "Rà soát. Giao Sở Y tế báo cáo.", "Thống nhất số liệu. Gửi Sở Y tế."],
)
def test_where_nothing_stands_behind_what_is_agreed_to(text: str) -> None:
    assert behind_agreement(text) is None


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Sổ theo dõi điện tử sẽ do Sở Thông tin và Truyền thông cài đặt, hoàn thành trước ngày 15/3/2024.", "Sở Thông tin và Truyền thông"),
        ("Các lớp bồi dưỡng sẽ do Trường Chính trị tỉnh mở trong quý II/2024.", "Trường Chính trị tỉnh"),
        ("Việc thu hồi thẻ do Sở Y tế thực hiện, xong trước ngày 15/3/2024.", "Sở Y tế"),
        ("Bộ tiêu chí chấm điểm sẽ do Sở Nội vụ xây dựng.", "Sở Nội vụ"),
    ],
)
def test_a_work_that_a_body_will_do_is_its_duty(text: str, body: str) -> None:
    (task,) = second(text)
    assert names(task) == [body]


@pytest.mark.parametrize(
    "text",
    [
        "Kinh phí tập huấn do Sở Tài chính cấp.",
        "Hội nghị tổng kết sẽ do Sở Y tế tổ chức.",
        "Hồ sơ của người dân sẽ do Sở Xây dựng tiếp nhận.",
        "Hệ thống này do Sở Thông tin và Truyền thông quản lý.",
        "Trường hợp tranh chấp sẽ do Tòa án nhân dân huyện xét xử.",
    ],
)
def test_how_things_are_or_go_is_nobody_s_duty(text: str) -> None:
    assert second(text) == []


@pytest.mark.parametrize(("text", "labels"), [("Kỳ kế toán tháng 13 sẽ do Kho bạc tỉnh mở.", ["2"]), ("Việc đối chiếu do Kho bạc huyện thực hiện.", [])])
def test_a_letter_that_guides_tells_who_will_do_a_work(text: str, labels: list[str]) -> None:
    found = second(text, "UBND tỉnh hướng dẫn một số nội dung về khóa sổ kế toán như sau:")
    assert [task.label for task in found] == labels


@pytest.mark.parametrize(
    "unit", ["Sở Y tế kiểm tra chợ, ", "Sở Y tế trước ngày 05/3/2024, ", "Thống nhất với đề xuất. Giao ", "Số tiền phải nộp; ", "Sổ sẽ do "]
)
def test_doers_are_read_in_time_by_the_length(unit: str) -> None:
    assert grows_with_the_length(doers, "Báo cáo: " + unit if "trước" in unit else unit, 12_000)
