"""Duties in other forms than an order: roles below an item, persons, brackets, works done by somebody, guidance with a day, headings without a label."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.deadlines import find_deadlines
from nlp.duties import read_coordinating, read_responsible
from nlp.outline import outline
from nlp.outline.lines import printed_lines, usual_width
from nlp.reporting import read_reporting
from nlp.tasks import find_tasks
from nlp.tasks.from_tables import read_time
from nlp.tasks.setting import Setting
from nlp.types import Evidence, Named, Task

DAY = date(2024, 3, 5)
ADDRESSEES = (Named("UBND các xã, thị trấn", Evidence(0, 0, "test")), Named("Phòng Nội vụ", Evidence(0, 0, "test")))


def tasks(body: str, kind: str = "công văn", addressees: tuple[Named, ...] = ADDRESSEES) -> list[Task]:
    return list(find_tasks(body, kind=kind, issuer="UBND huyện Tân Khê", addressees=addressees, issued_on=DAY))


def names(bodies: tuple[Named, ...]) -> list[str]:
    return [body.text for body in bodies]


def days(task: Task) -> list[str]:
    return [str(each.date or each.rule or each.kind) for each in task.deadlines]


def doer(text: str) -> tuple[list[str], str] | None:
    found = read_responsible(text, issuer="UBND tỉnh Tân Khê", labelled=True)
    return (names(found[0]), found[1]) if found else None


PLAN = "UBND huyện ban hành Kế hoạch như sau:\n\nI. MỤC ĐÍCH\n- Nâng cao chất lượng phục vụ người dân.\n\nII. NHIỆM VỤ\n"


@pytest.mark.parametrize(
    "lines",
    [
        "- Chủ trì: Phòng Tư pháp.\n- Phối hợp: Công an huyện, UBND các xã.\n- Thời gian: Quý II/2024.",
        "- Cơ quan chủ trì: Phòng Tư pháp\n- Cơ quan phối hợp: Công an huyện, UBND các xã\n- Thời gian hoàn thành: Trước ngày 30/6/2024",
        "- Chủ trì: Phòng Tư pháp. Phối hợp: Công an huyện, UBND các xã.\n- Thời gian: Quý II/2024.",
        "- Đơn vị thực hiện: Phòng Tư pháp; Phối hợp: Công an huyện, UBND các xã; Thời hạn: 30/6/2024.",
        "Chủ trì: Phòng Tư pháp.\nPhối hợp: Công an huyện, UBND các xã.\nTiến độ: Quý II năm 2024.",
        "- Cơ quan thực hiện: Phòng Tư pháp chủ trì, phối hợp với Công an huyện; UBND các xã.\n- Thời gian thực hiện: Hoàn thành trong quý II/2024.",
        "- Cơ quan thực hiện: Phòng Tư pháp chủ trì phối hợp với Công an huyện, UBND các xã -Thời gian thực hiện: Quý II/2024.",
        "Có sổ điện tử cho từng thôn.\n- Phân công: Phòng Tư pháp chủ trì, phối hợp Công an huyện, UBND các xã tham mưu thực hiện.\n- Thời gian: Quý II/2024.",
    ],
)
def test_lines_with_roles_below_an_item_are_a_row_printed_downwards(lines: str) -> None:
    first, second = tasks(PLAN + f"1. Số hóa sổ hộ tịch của các xã.\n{lines}\n2. Giao Phòng Nội vụ kiểm tra công vụ tại các xã.", "kế hoạch", ())
    assert first.label == "II.1"
    assert names(first.responsible) == ["Phòng Tư pháp"]
    assert names(first.coordinating) == ["Công an huyện", "UBND các xã"]
    assert days(first) == ["2024-06-30"]
    assert first.text.startswith("Số hóa sổ hộ tịch")
    assert names(second.responsible) == ["Phòng Nội vụ"]


@pytest.mark.parametrize(
    ("line", "doers", "helpers"),
    [
        ("- Cơ quan thực hiện: Sở Công Thương đôn đốc, hướng dẫn các đơn vị triển khai.", ["Sở Công Thương"], []),
        ("- Đơn vị thực hiện: Sở Công Thương chủ trì, phối hợp với các sở liên quan tham mưu thực hiện.", ["Sở Công Thương"], ["các sở liên quan"]),
        ("- Cơ quan thực hiện: Sở Công Thương chủ trì, phối hợp với Công an tỉnh và địa phương.", ["Sở Công Thương"], ["Công an tỉnh", "địa phương"]),
        ("- Chủ trì: Hội Nông dân huyện vận động hội viên.", ["Hội Nông dân huyện"], []),
        ("- Chủ trì: do các hộ tự lo.", [], []),
        ("- Hình thức thực hiện: Sở Công Thương chủ trì hội chợ.", [], []),
    ],
)
def test_a_line_of_roles_may_say_what_is_done_in_them(line: str, doers: list[str], helpers: list[str]) -> None:
    found = [task for task in tasks(PLAN + f"1. Mở phiên chợ hàng Việt tại các xã.\n{line}", "kế hoạch", ()) if task.label == "II.1"]
    assert [name for task in found for name in names(task.responsible)] == doers
    assert [name for task in found for name in names(task.coordinating)] == helpers


@pytest.mark.parametrize(
    ("time", "rule"),
    [
        ("Sau khi có hướng dẫn của Bộ Công Thương.", "P0D after hướng dẫn của Bộ Công Thương"),
        ("Ngay sau khi Kế hoạch được duyệt", "P0D after Kế hoạch được duyệt"),
        ("Thường xuyên.", None),
    ],
)
def test_a_time_may_be_an_event(time: str, rule: str | None) -> None:
    found = tasks(PLAN + f"1. Mở phiên chợ hàng Việt tại các xã.\n- Chủ trì: Sở Công Thương.\n- Thời gian: {time}", "kế hoạch", ())
    assert [each.rule for task in found for each in task.deadlines] == ([rule] if rule else [])


ROLES = "- Cơ quan thực hiện: Sở Công Thương chủ trì, phối hợp với Công an tỉnh.\n- Thời gian thực hiện: Quý II/2024."


@pytest.mark.parametrize(
    ("items", "found"),
    [
        (f"1.1. Mở phiên chợ tại các xã.\n1.2. Kiểm tra giá hàng thiết yếu.\n{ROLES}", ["II.1.1", "II.1.2"]),
        (f"1.1. Mở phiên chợ tại các xã.\n{ROLES}\n1.2. Kiểm tra giá hàng thiết yếu.", ["II.1.1"]),
        (f"1.1. Số phiên chợ mỗi năm là 12.\n1.2. Kiểm tra giá hàng thiết yếu.\n{ROLES}", ["II.1.2"]),
        (f"1.1. Phiên chợ vùng cao\n1.2. Kiểm tra giá hàng thiết yếu.\n{ROLES}", ["II.1.2"]),
        (f"- Mở phiên chợ tại các xã.\n1.2. Kiểm tra giá hàng thiết yếu.\n{ROLES}", ["II.1.2"]),
    ],
)
def test_lines_of_roles_may_stand_once_below_several_items(items: str, found: list[str]) -> None:
    given = tasks(PLAN + f"1. Phát triển thị trường\n{items}", "kế hoạch", ())
    assert [task.label for task in given] == found
    assert all(names(task.responsible) == ["Sở Công Thương"] and names(task.coordinating) == ["Công an tỉnh"] for task in given)


def test_duties_below_an_item_with_roles_are_those_of_the_one_who_leads() -> None:
    found = tasks(PLAN + "1. Công tác hộ tịch\n- Chủ trì: Phòng Tư pháp.\n- Rà soát sổ hộ tịch của các xã.\n- Tập huấn công chức tư pháp.", "kế hoạch", ())
    assert [names(task.responsible) for task in found] == [["Phòng Tư pháp"], ["Phòng Tư pháp"]]


@pytest.mark.parametrize(
    "item",
    [
        "1. Họp giao ban tháng 3\n- Chủ trì: Chủ tịch UBND huyện.\n- Thành phần: Trưởng các phòng.\n- Thời gian: 8 giờ ngày 11/3/2024.",
        "1. Số hóa sổ hộ tịch\n- Kết quả thực hiện: đạt 80%.\n- Chủ trì: Phòng Tư pháp.",
        "1. Số hóa sổ hộ tịch\n- Kinh phí: ngân sách huyện.\n- Thời gian: Quý II/2024.",
        "1. Lễ phát động\n- Chủ trì: Phòng Tư pháp.\n- Thời gian: 07 giờ 30 ngày 15/3/2024.",
    ],
)
def test_lines_of_a_meeting_or_of_results_give_no_row(item: str) -> None:
    assert [task for task in tasks(PLAN + item, "kế hoạch", ()) if task.evidence.rule == "task-row"] == []


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("Việc di dời đường dây trung thế do Công ty Điện lực Tân Khê thực hiện, xong trước ngày 30/4/2024.", ["Công ty Điện lực Tân Khê"]),
        ("Việc khoanh nợ cho các hộ bị thiệt hại do Ngân hàng Nhà nước Việt Nam xem xét, chỉ đạo thực hiện.", ["Ngân hàng Nhà nước Việt Nam"]),
        ("Công tác bảo đảm an ninh do Công an huyện chịu trách nhiệm chủ trì.", ["Công an huyện"]),
        ("Riêng việc cấp nước do Trung tâm Nước sạch tỉnh trực tiếp xử lý trong tháng 3/2024.", ["Trung tâm Nước sạch tỉnh"]),
    ],
)
def test_a_work_that_is_somebodys(text: str, doers: list[str]) -> None:
    assert doer(text) == (doers, "work-of")


@pytest.mark.parametrize(
    "text",
    [
        "Việc di dời đường dây đã do Công ty Điện lực Tân Khê thực hiện.",
        "Việc chậm trễ do thời tiết bất lợi kéo dài.",
        "Việc giải ngân còn chậm. Nguyên nhân do Sở Tài chính thực hiện thẩm định muộn.",
        "Các khoản chi do Sở Tài chính thẩm định được quyết toán theo quy định.",
    ],
)
def test_what_only_says_by_whom_it_was_done_is_no_such_work(text: str) -> None:
    found = doer(text)
    assert found is None or found[1] != "work-of"


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("Rà soát chuẩn chương trình, báo cáo Ban Giám hiệu trong tháng 5/2024 (Phòng Đào tạo).", ["Phòng Đào tạo"]),
        ("Hoàn thành đánh giá công chức quý I (Phòng Nội vụ, Thanh tra huyện);", ["Phòng Nội vụ", "Thanh tra huyện"]),
        ("Tổ chức 12 buổi tư vấn tại các trường. Đơn vị thực hiện: Phòng Công tác sinh viên, Đoàn Thanh niên.", ["Phòng Công tác sinh viên", "Đoàn Thanh niên"]),
        ("Lắp đặt camera tại các nút giao. Người phụ trách: Trưởng Công an huyện.", ["Trưởng Công an huyện"]),
    ],
)
def test_who_does_it_stands_behind_what_is_to_be_done(text: str, doers: list[str]) -> None:
    found = doer(text)
    assert found is not None
    assert found[0] == doers


@pytest.mark.parametrize(
    "text",
    [
        "Lập danh sách gửi về Sở Y tế (Phòng Nghiệp vụ Y).",
        "Báo cáo kết quả về UBND huyện (qua Phòng Nội vụ).",
        "Rà soát các thủ tục (theo mẫu kèm theo).",
        "Phối hợp với Sở Công Thương (Chi cục Quản lý thị trường).",
    ],
)
def test_a_bracket_that_belongs_to_a_receiver_names_no_doer(text: str) -> None:
    assert doer(text) is None


@pytest.mark.parametrize(
    ("text", "doers", "helpers"),
    [
        ("Ban Tuyên giáo Huyện ủy chủ trì, cùng Phòng Văn hóa và Thông tin định hướng tuyên truyền.", ["Ban Tuyên giáo Huyện ủy"], ["Phòng Văn hóa và Thông tin"]),
        ("Sở Xây dựng rà lại dự toán, nếu vượt tổng mức thì cùng Sở Tài chính đề xuất hướng xử lý.", ["Sở Xây dựng"], ["Sở Tài chính"]),
        ("Cùng Mặt trận Tổ quốc xã tổ chức hội nghị cử tri.", [], ["Mặt trận Tổ quốc xã"]),
        ("Cuối cùng Sở Tài chính báo cáo kết quả.", [], []),
        ("Kiểm tra các cơ sở cùng loại hình.", [], []),
        ("Sở Giao thông vận tải yêu cầu nhà thầu tăng ca, bù lại khối lượng chậm.", ["Sở Giao thông vận tải"], []),
        ("Ban Quản lý các khu công nghiệp yêu cầu các doanh nghiệp lập tổ y tế.", ["Ban Quản lý các khu công nghiệp"], []),
        ("Chủ tịch UBND tỉnh yêu cầu Sở Xây dựng kiểm tra các chung cư cũ.", ["Sở Xây dựng"], []),
        ("UBND tỉnh yêu cầu các chủ đầu tư khẩn trương hoàn thiện hồ sơ.", ["các chủ đầu tư"], []),
        ("Chủ tịch UBND tỉnh yêu cầu chủ đầu tư hoàn thiện hồ sơ.", ["chủ đầu tư"], []),
    ],
)
def test_who_leads_and_who_stands_beside(text: str, doers: list[str], helpers: list[str]) -> None:
    found = doer(text)
    assert (found[0] if found else []) == doers
    assert names(read_coordinating(text)) == helpers


def test_this_body_is_the_one_named_before() -> None:
    assert doer("Thống nhất đề xuất của Sở Kế hoạch và Đầu tư. Giao Sở này hoàn chỉnh danh mục, trình UBND tỉnh.") == (["Sở Kế hoạch và Đầu tư"], "directing-verb")
    assert doer("Xem xét kiến nghị của Công ty Cấp nước Tân Khê; yêu cầu Công ty này khắc phục sự cố.") is not None
    assert doer("Thống nhất chủ trương. Giao Sở này quản lý còn nhiều bất cập.") is None


ORDERED = "Chủ tịch UBND huyện phân công như sau:\n\n"


@pytest.mark.parametrize(
    ("body", "doers"),
    [
        (ORDERED + "1/ Đ/c Trần Văn Hùng - PCT UBND xã:\n• Phụ trách chung công tác Tết.\n• Duyệt danh sách hộ nghèo.", ["Đ/c Trần Văn Hùng - PCT UBND xã"] * 2),
        (ORDERED + "1. Đồng chí Lê Thị Thu, Phó Chủ tịch UBND huyện:\n- Chỉ đạo công tác y tế.\n- Kiểm tra các trạm y tế.", ["Đồng chí Lê Thị Thu, Phó Chủ tịch UBND huyện"] * 2),
        (ORDERED + "1. Bà Lê Thị Hoa, công chức Văn hóa - Xã hội: lập danh sách hộ nghèo.", ["Bà Lê Thị Hoa, công chức Văn hóa - Xã hội"]),
        (ORDERED + "1. PGS.TS. Bùi Đức Minh, Phó Hiệu trưởng chỉ đạo chung công tác tuyển sinh.", ["PGS.TS. Bùi Đức Minh, Phó Hiệu trưởng"]),
        (ORDERED + "1. Chủ đầu tư có tỷ lệ giải ngân dưới 30% (danh sách kèm theo):\n- Kiểm điểm trách nhiệm.\n- Cam kết tiến độ.", ["Chủ đầu tư có tỷ lệ giải ngân dưới 30%"] * 2),
        (ORDERED + "1. Các doanh nghiệp sử dụng trên 500 lao động:\n- Lập tổ y tế tại đơn vị.", ["Các doanh nghiệp sử dụng trên 500 lao động"]),
    ],
)
def test_headings_that_name_persons_or_say_who_is_meant(body: str, doers: list[str]) -> None:
    assert [names(task.responsible) for task in tasks(body, "thông báo", ())] == [[each] for each in doers]


@pytest.mark.parametrize("heading", ["1. Cơ sở vật chất:", "1. Người lao động:", "1. Hoàn thiện hồ sơ trong tháng:"])
def test_headings_that_name_a_thing_or_a_theme_name_no_bearer(heading: str) -> None:
    assert all("heading" not in {body.evidence.rule for body in task.responsible} for task in tasks(ORDERED + heading + "\n- Rà soát, bổ sung thiết bị.", "thông báo"))


GUIDED = "Căn cứ Luật Ngân sách nhà nước, Kho bạc Nhà nước hướng dẫn một số nội dung về khóa sổ năm 2024 như sau:\n\n"
BRANCHES = (Named("Kho bạc Nhà nước các tỉnh", Evidence(0, 0, "test")), Named("Cục Công nghệ thông tin", Evidence(0, 0, "test")))


@pytest.mark.parametrize(
    ("unit", "doers"),
    [
        ("Kho bạc Nhà nước các tỉnh thông báo công khai thời hạn tại trụ sở trước ngày 01/12/2024.", ["Kho bạc Nhà nước các tỉnh"]),
        ("Cục Công nghệ thông tin bố trí cán bộ trực hỗ trợ đến hết ngày 31/01/2025.", ["Cục Công nghệ thông tin"]),
        ("Đối chiếu số liệu với cơ quan thuế, hoàn thành trước ngày 15/12/2024.", ["Kho bạc Nhà nước các tỉnh", "Cục Công nghệ thông tin"]),
        ("Báo cáo nhanh: Kho bạc Nhà nước các tỉnh gửi về Kho bạc Nhà nước chậm nhất ngày 02/01/2025.", ["Kho bạc Nhà nước các tỉnh"]),
    ],
)
def test_in_guidance_what_is_owed_by_a_day_is_a_duty(unit: str, doers: list[str]) -> None:
    found = tasks(GUIDED + "1. Thời hạn khóa sổ\n\n1.1. Thời hạn gửi chứng từ chậm nhất ngày 30/12/2024.\n\n1.2. " + unit, addressees=BRANCHES)
    assert [names(task.responsible) for task in found] == [doers]


@pytest.mark.parametrize(
    "unit",
    [
        "Người nộp thuế nộp hồ sơ quyết toán chậm nhất ngày 31/3/2025.",
        "Các doanh nghiệp kê khai, nộp thuế trước ngày 20/4/2024.",
        "Theo Điều 12 Nghị định số 11/2020/NĐ-CP, đơn vị gửi đối chiếu trước ngày 31/12/2024.",
        "Kho bạc Nhà nước các tỉnh áp dụng mẫu biểu kèm theo.",
        "Chứng từ nộp sau ngày 31/12/2024 được hạch toán vào năm sau.",
        "Kho bạc Nhà nước các tỉnh đã nhận hồ sơ trước ngày 31/12/2024.",
    ],
)
def test_in_guidance_rules_and_what_holds_for_anybody_are_no_duties(unit: str) -> None:
    assert tasks(GUIDED + "1. " + unit + "\n\n2. Mẫu biểu thực hiện theo phụ lục.", addressees=BRANCHES) == []


def test_what_another_letter_wanted_makes_an_answer_no_order() -> None:
    asked = "Trả lời công văn số 12/CT-TTHT của Cục Thuế tỉnh đề nghị hướng dẫn về thuế suất đối với dịch vụ gia công, Tổng cục Thuế có ý kiến như sau:\n\n"
    assert tasks(asked + "1. Cơ sở kinh doanh phải có hợp đồng gia công.\n\n2. Hóa đơn phải xuất trong ngày.") == []
    assert len(tasks(asked + "1. Giao Phòng Nội vụ trả lời người nộp thuế.\n\n2. Hóa đơn phải xuất trong ngày.")) == 1


def test_an_answer_on_rules_with_days_gives_no_task() -> None:
    body = "Trả lời công văn số 12/CT-TTHT ngày 01/3/2024 của Cục Thuế đề nghị hướng dẫn, Tổng cục Thuế hướng dẫn như sau:\n\n1. Cục Thuế cấp mã trước ngày 30/6/2024.\n\n2. Thuế suất 10%."
    assert tasks(body) == []


PARTY = (
    "Ban Thường vụ Tỉnh ủy có ý kiến như sau:\n\nCÁC HUYỆN ỦY, THÀNH ỦY\n\n1- Hoãn các hội nghị chưa cần thiết.\n\n2- Rà soát người về từ vùng dịch.\n\n"
    "BAN CÁN SỰ ĐẢNG ỦY BAN NHÂN DÂN TỈNH\n\n1- Bảo đảm vật tư xét nghiệm.\n\nĐẢNG ỦY CÔNG AN TỈNH\n\n- Lãnh đạo lực lượng bảo vệ ngày bầu cử."
)


def test_headings_in_capitals_without_a_label_name_whose_duties_stand_below() -> None:
    found = tasks(PARTY, addressees=())
    assert [(task.label, names(task.responsible)) for task in found] == [
        ("1", ["CÁC HUYỆN ỦY, THÀNH ỦY"]),
        ("2", ["CÁC HUYỆN ỦY, THÀNH ỦY"]),
        ("1", ["BAN CÁN SỰ ĐẢNG ỦY BAN NHÂN DÂN TỈNH"]),
        ("-1", ["ĐẢNG ỦY CÔNG AN TỈNH"]),
    ]


@pytest.mark.parametrize("line", ["KẾ HOẠCH CHUYỂN ĐỔI SỐ NĂM 2024", "Ban Tổ chức Tỉnh ủy", "TỔ CHỨC THỰC HIỆN"])
def test_other_lines_without_a_label_open_no_section(line: str) -> None:
    assert all(item.path for item in outline(f"Có ý kiến như sau:\n\n{line}\n\n1. Rà soát hồ sơ.\n\n2. Báo cáo kết quả.").items)


def test_a_list_that_begins_behind_a_heading_in_capitals() -> None:
    tree = outline("A. ĐỐI VỚI CÁC ĐƠN VỊ\n1. Lập kế hoạch.\n2. Báo cáo.\nB. ĐỐI VỚI CƠ QUAN TẬP ĐOÀN 1. Ban Kỹ thuật tổ chức kiểm tra.\n2. Ban Kinh doanh theo dõi.")
    assert [item.label for item in tree.walk()] == ["A", "A.1", "A.2", "B", "B.1", "B.2"]
    alone = outline("A. ĐỐI VỚI CÁC ĐƠN VỊ\n1. Lập kế hoạch.\nB. GIAI ĐOẠN 1. Từ năm 2024 thực hiện thí điểm.")
    assert [item.label for item in alone.walk()] == ["A", "A.1", "B"]


def test_a_heading_may_end_with_a_word_that_cites_numbers_before_a_decimal() -> None:
    tree = outline("3. Phát triển dữ liệu số\n3.1. Số hóa sổ hộ tịch.\n3.2. Làm sạch dữ liệu.")
    assert [item.label for item in tree.walk()] == ["3", "3.1", "3.2"]


def test_orders_below_an_assessment_are_duties_of_those_addressed() -> None:
    body = (
        "Qua theo dõi, Viện kiểm sát nhận thấy:\n\n1. Ưu điểm: Các đơn vị đã bám sát chỉ thị.\n\n2. Tồn tại: Còn 11 đơn vị chưa phát hiện vi phạm.\n\n"
        "Để khắc phục tồn tại trên, Viện trưởng Viện kiểm sát nhân dân tỉnh yêu cầu:\n\nMột là, phân công Kiểm sát viên có kinh nghiệm theo dõi án.\n\n"
        "Hai là, trong thời hạn 02 ngày kể từ ngày nhận được bản án, các đơn vị phải gửi về Phòng 10.\n\nBa là, rà soát các vụ án tạm đình chỉ."
    )
    found = tasks(body)
    assert [names(task.responsible) for task in found] == [names(ADDRESSEES)] * 3


def test_a_paragraph_that_names_nobody_goes_on_with_the_doer_of_its_item() -> None:
    body = PLAN + "1. Cấp huyện\nHội Phụ nữ huyện phát động cuộc thi trước ngày 20/3/2024.\nTổ chức tọa đàm gặp mặt cán bộ Hội.\n2. Cấp xã\nHội Phụ nữ các xã vận động hội viên."
    assert [names(task.responsible) for task in tasks(body, "kế hoạch", ())] == [["Hội Phụ nữ huyện"], ["Hội Phụ nữ huyện"], ["Hội Phụ nữ các xã"]]


def test_lines_that_no_printer_broke_are_paragraphs() -> None:
    whole = "\n".join(f"{n}. Phòng Tài chính rà soát các khoản chi thường xuyên của đơn vị dự toán số {n}, báo cáo Ủy ban." for n in range(1, 15))
    broken = "\n".join("Phòng Tài chính rà soát các khoản chi thường xuyên của các đơn vị dự toán trong\nhuyện và báo cáo kết quả." for _ in range(8))
    assert usual_width(printed_lines(whole)) == 0
    assert usual_width(printed_lines(broken)) > 55


def test_the_closing_formula_begins_a_paragraph_behind_a_full_line() -> None:
    body = (
        "1. Sở Tài chính thẩm định dự toán kinh phí của các đơn vị trực thuộc, trình Ủy\nban nhân dân tỉnh xem xét.\n"
        "2. Giao Văn phòng Ủy ban nhân dân tỉnh theo dõi việc thực hiện Thông báo này.\n"
        "Trên đây là kết luận của Chủ tịch Ủy ban nhân dân tỉnh tại cuộc họp, Văn phòng\nthông báo để các đơn vị biết."
    )
    tree = outline(body)
    assert len(tree.closing) == 1
    assert body[tree.closing[0].start :].startswith("Trên đây là")


@pytest.mark.parametrize(
    ("text", "receiver"),
    [
        ("Làm việc với tư vấn, báo cáo lại UBND tỉnh nguyên nhân chậm.", "UBND tỉnh"),
        ("Khi có học sinh nghi mắc thì báo ngay cho Trung tâm Y tế huyện.", "Trung tâm Y tế huyện"),
        ("Thực hiện chế độ báo cáo trước 15 giờ hàng ngày về Sở Y tế (Phòng Nghiệp vụ Y).", "Sở Y tế"),
        ("Báo cáo kết quả quán triệt về Cục (qua Phòng Giám sát) trước ngày 26/3.", "Cục"),
        ("Tổng hợp tiến độ gửi Chủ tịch và các Phó Chủ tịch.", "Chủ tịch và các Phó Chủ tịch"),
        ("Thực hiện chế độ báo cáo theo quy định của Sở Y tế.", None),
        ("Dự báo ngay từ đầu vụ cho nông dân.", None),
    ],
)
def test_more_ways_to_say_who_gets_the_report(text: str, receiver: str | None) -> None:
    found = read_reporting(text).to
    assert (found.text if found else None) == receiver


@pytest.mark.parametrize(
    "item",
    [
        "1. Đơn đề nghị\n- Cơ quan thực hiện: Sở Tư pháp.\n- Thời hạn giải quyết: 05 ngày làm việc.",
        "1. Đ/c Lê Văn Bình - Phó Chủ tịch UBND huyện: Phó Trưởng ban.\n2. Đ/c Trần Thị Cúc, Phó Chủ tịch Hội Phụ nữ: Thành viên.",
        "1. Đ/c Nguyễn Văn An - Phó Chủ tịch UBND huyện phát biểu khai mạc.",
        "1. Ban Chỉ đạo huyện\n- Đã họp 03 lần.",
        "1. Việc quản lý tài chính của Quỹ do Hội đồng quản lý Quỹ thực hiện theo quy định.",
    ],
)
def test_steps_posts_speeches_and_how_things_are_give_no_task(item: str) -> None:
    assert tasks("UBND huyện quy định như sau:\n\n" + item, "quyết định", ()) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lập lịch trực Tết (từ 14/3 đến 22/3), trình Chủ tịch ký trước ngày 10/3.", ["2024-03-10"]),
        ("Mở đợt cao điểm trấn áp tội phạm (từ 14/3 đến 22/3).", ["2024-03-22"]),
        ("Viên chức còn nợ tạm ứng phải hoàn ứng xong trước 30/4/2024, quá hạn trừ vào lương.", ["2024-04-30"]),
        ("Nhà ăn tập thể phải được khử khuẩn hằng ngày.", ["FREQ=DAILY"]),
        ("Thủ trưởng cơ quan được giao chủ trì ban hành kế hoạch trong thời hạn 15 ngày kể từ ngày ký Quyết định này.", ["P15D after issue"]),
        ("Người học được hoàn phí trong thời hạn 15 ngày kể từ ngày công bố.", []),
        ("Các khoản nợ phát sinh trước ngày 30/4/2024 được xử lý theo quy định cũ.", []),
    ],
)
def test_terms_and_what_only_looks_like_one(text: str, expected: list[str]) -> None:
    assert [str(each.date or each.rule) for each in find_deadlines(text, issued_on=DAY)] == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Quý II, III năm 2024", ["2024-06-30", "2024-09-30"]),
        ("Quý II và Quý IV năm 2024", ["2024-06-30", "2024-12-31"]),
        ("Tháng 4, 5 và 6/2024", ["2024-04-30", "2024-05-31", "2024-06-30"]),
        ("Quý II - III/2024", ["2024-09-30"]),
        ("Tháng 4 - 6/2024", ["2024-06-30"]),
        ("Từ năm học 2024 - 2025", []),
        ("Từ quý II/2024", []),
        ("Từ tháng 4 đến tháng 6/2024", ["2024-06-30"]),
    ],
)
def test_times_of_rows(cell: str, expected: list[str]) -> None:
    assert [str(each.date) for each in read_time(cell, Setting("kế hoạch", "", (), DAY))] == expected


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("Kinh phí thực hiện giao Sở Tài chính tham mưu bố trí.", ["Sở Tài chính"]),
        ("Không xếp lịch thi vào ngày lễ; lịch thi bù giao Phòng Khảo thí phối hợp Phòng Đào tạo công bố.", ["Phòng Khảo thí"]),
        ("Các hồ sơ còn tồn giao Văn phòng Đăng ký đất đai tỉnh giải quyết dứt điểm trong tháng 4.", ["Văn phòng Đăng ký đất đai tỉnh"]),
        ("Dự toán giao Sở Tài chính quản lý còn dư 02 tỷ đồng.", None),
        ("Nhiệm vụ giao Sở Y tế thực hiện đạt thấp.", None),
        ("Diện tích rừng được giao Ban Quản lý rừng phòng hộ quản lý.", None),
    ],
)
def test_what_is_given_out_may_stand_before_the_order(text: str, doers: list[str] | None) -> None:
    found = doer(text)
    assert (found[0] if found else None) == doers


def test_a_first_number_before_a_dash_may_be_misread_where_the_second_follows() -> None:
    assert [item.label for item in outline("Thực hiện các việc sau:\n\nl- Rà soát hồ sơ.\n\n2- Báo cáo kết quả.").walk()] == ["1", "2"]
    assert [item.label for item in outline("Thực hiện các việc sau:\n\nl- Rà soát hồ sơ.\n\nBáo cáo kết quả.").walk()] == []


@pytest.mark.parametrize(
    ("closing", "doers"),
    [
        ("Văn phòng Tỉnh ủy theo dõi, đôn đốc việc thực hiện Thông báo này.", [["Văn phòng Tỉnh ủy"]]),
        ("Văn phòng Tỉnh ủy thông báo để các cơ quan, đơn vị biết, thực hiện.", []),
    ],
)
def test_an_office_that_passes_on_a_conclusion_may_have_to_see_to_it(closing: str, doers: list[list[str]]) -> None:
    body = f"Thường trực Tỉnh ủy kết luận như sau:\n\n1. Kết quả: các cấp ủy đã triển khai tốt.\n\n2. Ưu điểm: nền nếp.\n\n{closing}\n\nTrên đây là kết luận của Thường trực Tỉnh ủy."
    found = find_tasks(body, kind="thông báo", issuer="Văn phòng Tỉnh ủy", addressees=(), issued_on=DAY)
    assert [names(task.responsible) for task in found] == doers
