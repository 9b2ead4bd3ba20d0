"""Heads, lists and lines as offices print them: who is taken out of a list, what is asked for by name, labels misread and left out."""

from __future__ import annotations

import pytest

from nlp.dispatch import understand
from nlp.duties import read_responsible
from nlp.reading import page_of_string
from nlp.types import Dispatch, Task
from tests.nlp.letters import PLAIN

BODY = PLAIN[PLAIN.index("Thực hiện Kế hoạch") : PLAIN.index("\n\nNơi nhận")]


def letter(body: str, *, head: str = PLAIN) -> Dispatch:
    return understand([page_of_string(head.replace(BODY, body))])[0]


def tasks(body: str) -> list[Task]:
    return list(letter(body).tasks)


def names(task: Task) -> list[str]:
    return [each.text for each in task.responsible]


LIST = "Sở Nội vụ đề nghị các đơn vị thực hiện các việc sau:\n- Kiểm kê hồ sơ.\n"


@pytest.mark.parametrize(
    ("line", "doers"),
    [
        ("- Riêng Công ty Điện lực Bình Lâm đóng điện trạm biến áp trước 15/5/2022.", ["Công ty Điện lực Bình Lâm"]),
        ("- Riêng những bãi ven sông do Hạt Quản lý đê lập biên bản.", ["Hạt Quản lý đê"]),
    ],
)
def test_whom_a_list_takes_out(line: str, doers: list[str]) -> None:
    assert [names(task) for task in tasks(LIST + line)][1:] == [doers]


@pytest.mark.parametrize("line", ["- Riêng Sở Y tế đạt 95% kế hoạch.", "- Riêng Sở Y tế chưa báo cáo.", "- Riêng số tiền do Sở Y tế quản lý được giữ lại."])
def test_how_one_of_them_stands_is_no_duty(line: str) -> None:
    assert len(tasks(LIST + line)) == 1


@pytest.mark.parametrize(
    ("line", "doers"),
    [
        ("2. Kết quả rà soát đề nghị Sở Y tế gửi về Sở Nội vụ trước ngày 30/5/2022.", ["Sở Y tế"]),
        ("2. Danh sách yêu cầu Sở Y tế nộp trước ngày 30/5/2022.", ["Sở Y tế"]),
    ],
)
def test_what_is_asked_for_may_stand_first(line: str, doers: list[str]) -> None:
    found = tasks("Sở Nội vụ có ý kiến như sau:\n1. UBND các huyện lập danh mục.\n" + line)
    assert names(found[-1]) == doers
    assert [str(each.date) for each in found[-1].deadlines] == ["2022-05-30"]


def test_a_work_that_is_set_going_is_no_information() -> None:
    found = tasks("Sở Nội vụ triển khai việc đăng ký danh hiệu như sau:\n\n1. Các phòng\n\nLập danh sách.\n\n2. Văn phòng\n\nCung cấp biểu mẫu.")
    assert [names(task) for task in found] == [["Các phòng"], ["Văn phòng"]]


def test_a_heading_says_who_leads_and_who_helps() -> None:
    found = tasks("Phân công như sau:\n1. Phòng Tổ chức chủ trì, Thanh tra Sở phối hợp thực hiện\na) Xây dựng kế hoạch.\nb) Ra bản tin vào thứ năm hàng tuần.")
    assert [task.label for task in found] == ["1.a", "1.b"]
    assert [names(task) for task in found] == [["Phòng Tổ chức"]] * 2
    assert [[each.text for each in task.coordinating] for task in found] == [["Thanh tra Sở"]] * 2


@pytest.mark.parametrize("line", ["Kê lại bàn ghế trong phòng họp.", "Chỉnh lý xong hồ sơ tồn đọng trong quý II năm 2022.", "Giải ngân hết vốn kéo dài."])
def test_how_a_deed_ends_shows_the_verb(line: str) -> None:
    assert [task.text for task in tasks(f"Giám đốc Sở yêu cầu:\n1. Lập danh sách.\n2. {line}")][1:] == [line]


@pytest.mark.parametrize("line", ["Hiện còn lại 05 hồ sơ chưa xử lý.", "Hồ sơ còn lại được lưu tại kho.", "Trở lại bình thường từ tháng 6."])
def test_words_that_only_look_so(line: str) -> None:
    assert len(tasks(f"Giám đốc Sở yêu cầu:\n1. Lập danh sách.\n2. {line}")) == 1


@pytest.mark.parametrize(
    ("eighth", "labels"),
    [("ö. Giao Văn phòng đôn đốc.", ["5", "6", "8"]), ("B. Giao Văn phòng đôn đốc.", ["5", "6", "6"])],
)
def test_a_number_misread_behind_one_left_out(eighth: str, labels: list[str]) -> None:
    found = tasks(f"Giám đốc Sở kết luận:\n5. Giao Phòng Tổ chức lập danh sách.\n6. Giao Thanh tra Sở kiểm tra.\n{eighth}")
    assert [task.label for task in found] == labels


def test_a_standing_committee_issues_in_the_name_of_its_council_and_place() -> None:
    head = PLAIN.replace("UBND TỈNH BÌNH LÂM\nSỞ NỘI VỤ", "THƯỜNG TRỰC HĐND\nHUYỆN BÌNH SƠN").replace("845/SNV-TCBC", "58/GM-HĐND")
    issuer = letter(BODY, head=head).header.issuer
    assert issuer is not None
    assert issuer.value == "Thường trực HĐND huyện Bình Sơn"


def test_the_end_of_a_symbol_is_no_place() -> None:
    head = PLAIN.replace("Số: 845/SNV-TCBC\n", "").replace("Bình Lâm, ngày 09", "Số: 410/CT-TTr Tân Khê, ngày 09")
    header = letter(BODY, head=head).header
    assert header.place is not None
    assert header.symbol is not None
    assert (header.symbol.value, header.place.value) == ("CT-TTr", "Tân Khê")


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Kết quả rà soát gửi về Sở Nội vụ trước ngày 30/5/2022.", ["2022-05-30"]),
        ("Văn bản góp ý gửi Sở Nội vụ chậm nhất ngày 30/5/2022 để tổng hợp.", ["2022-05-30"]),
        ("Các dự án đề nghị gửi về Sở Nội vụ trước tháng 6 năm 2022.", ["2022-06-01"]),
        ("Định kỳ hàng quý báo cáo kết quả gửi về Sở Nội vụ.", ["None"]),
    ],
)
def test_a_paper_wanted_by_a_day_is_a_duty_of_its_own(sentence: str, due: list[str]) -> None:
    found = tasks(f"Sở Nội vụ đề nghị Sở Y tế và Thanh tra tỉnh rà soát biên chế của đơn vị. {sentence}")
    assert [str(each.date) for each in found[-1].deadlines] == due
    assert [names(task) for task in found] == [["Sở Y tế", "Thanh tra tỉnh"]] * 2


@pytest.mark.parametrize("sentence", ["Hoàn thành trước ngày 30/5/2022.", "Danh sách gửi kèm theo mẫu."])
def test_what_only_goes_on_is_the_same_duty(sentence: str) -> None:
    assert len(tasks(f"Sở Nội vụ đề nghị Sở Y tế rà soát biên chế của đơn vị. {sentence}")) == 1


def test_the_words_of_a_form_are_no_duties() -> None:
    found = tasks(
        "Sở Nội vụ đề nghị các đơn vị thực hiện:\n\n- Báo cáo vướng mắc;\n\n- Tổng hợp chi phí theo mẫu sau:\n\nThời gian\n\nKhám chữa bệnh\n\nĐề nghị gửi trước ngày 30/5/2022."
    )
    assert [task.label for task in found] == ["-1", "-2", None]


def test_ways_of_doing_it_are_no_duties() -> None:
    found = tasks("Sở Nội vụ yêu cầu các đơn vị hướng dẫn thí sinh tra cứu điểm thi như sau:\n- Cách 1: Mở trang của Sở, nhập số báo danh.\n- Cách 2: Đăng nhập vào Cổng dịch vụ công.")
    assert [task.label for task in found] == [None]
    steps = tasks("Sở Nội vụ yêu cầu thực hiện như sau:\n- Bước 1: Sở Y tế lập danh sách.\n- Bước 2: Thanh tra tỉnh kiểm tra.")
    assert [names(task) for task in steps] == [["Sở Y tế"], ["Thanh tra tỉnh"]]


def test_what_is_permitted_is_no_duty() -> None:
    found = tasks("Sở Nội vụ có ý kiến như sau:\n1. Cho phép bổ sung 02 biên chế cho Sở Y tế.\n2. Sở Y tế tổ chức tuyển dụng theo quy định.")
    assert [task.label for task in found] == ["2"]


def test_work_on_a_decision_is_more_than_carrying_it_out() -> None:
    [task] = tasks("Giao Sở Y tế nghiên cứu Quyết định số 06/2010/QĐ-TTg, kịp thời tham mưu UBND tỉnh việc triển khai thực hiện Quyết định này.")
    assert names(task) == ["Sở Y tế"]
    urging = tasks("Giao Sở Y tế lập danh sách. Yêu cầu các đơn vị nghiêm túc thực hiện Quyết định này.")
    assert [task.optional for task in urging if names(task) == ["Sở Y tế"]] == [False]
    assert all(task.optional for task in urging if names(task) != ["Sở Y tế"])


def test_addressees_who_report_by_a_list_of_days() -> None:
    found = tasks("Các đơn vị thực hiện báo cáo nhanh như sau:\n1. Trước 16h00 ngày 26/12/2022, báo cáo số thu.\n2. Trước ngày 03/01/2023, báo cáo đầy đủ các chỉ tiêu.")
    assert [str(task.deadlines[0].date) for task in found] == ["2022-12-26", "2023-01-03"]


def test_what_a_notice_tells_everybody_to_do() -> None:
    found = tasks(
        "Sở Nội vụ thông báo việc nghỉ lễ như sau:\n1. Cán bộ được nghỉ từ ngày 30/4/2022.\n2. Các cơ quan, đơn vị treo cờ Tổ quốc từ ngày 29/4/2022.\n3. Các trường được nghỉ bù vào thứ Hai."
    )
    assert [task.label for task in found] == ["2"]


def test_an_office_that_passes_on_by_order_is_told_nothing() -> None:
    found = tasks("Giám đốc Sở kết luận:\n1. Phòng Tổ chức lập danh sách.\n\nThừa lệnh Giám đốc Sở, Văn phòng Sở thông báo để các đơn vị biết, thực hiện.")
    assert [task.label for task in found if not task.optional] == ["1"]


def test_what_follows_from_the_law_for_a_case_is_an_answer() -> None:
    answer = "Sở Nội vụ có ý kiến như sau:\n- Căn cứ các quy định trên, trường hợp đơn vị ký hợp đồng chăm sóc, tỉa cành thì chi phí này được hạch toán vào chi thường xuyên."
    assert tasks(answer) == []
    bound = "Sở Nội vụ có ý kiến như sau:\n- Căn cứ các quy định trên, trường hợp đơn vị chưa nộp thì phải báo cáo Sở Nội vụ trước ngày 30/5/2022."
    assert len(tasks(bound)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "ỦY BAN KẾ HOẠCH NHÀ NƯỚC CÙNG VỚI BỘ VẬT TƯ, BỘ NỘI THƯƠNG TÍNH TOÁN LẠI CÂN ĐỐI XĂNG DẦU.",
        "Ban Viễn tông và Công nghệ thông in cung Bãn Kinhh doãnh hoàn thiện cứứ năng cảnh báo.",
    ],
)
def test_a_doer_that_cannot_be_taken_apart_is_still_one(line: str) -> None:
    found = read_responsible(line, labelled=True)
    assert found is None or found[0]
