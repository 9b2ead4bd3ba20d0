"""Small letters: who is told to do what, and what is only told. Every table has its negative twin."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.tasks import find_tasks
from nlp.types import Evidence, Named, Task

ADDRESSEES = (Named("Sở Y tế", Evidence(0, 0, "test")), Named("Sở Nội vụ", Evidence(0, 0, "test")))
BOTH = ["Sở Y tế", "Sở Nội vụ"]
ORDER = "Để bảo đảm nước sinh hoạt mùa khô, UBND tỉnh yêu cầu các đơn vị triển khai các nhiệm vụ sau:\n\n"


def tasks(body: str, kind: str = "công văn", issuer: str = "Ủy ban nhân dân tỉnh Hải Sơn",
          addressees: tuple[Named, ...] = ADDRESSEES) -> list[Task]:  # fmt: skip
    found = find_tasks(body, kind=kind, issuer=issuer, addressees=addressees, issued_on=date(2023, 4, 10))
    return [task for task in found if not task.optional]


def doers(task: Task) -> list[str]:
    return [body.text for body in task.responsible]


def helpers(task: Task) -> list[str]:
    return [body.text for body in task.coordinating]


@pytest.mark.parametrize(
    "text",
    [
        "Dự trữ hóa chất lọc nước.", "Dự phòng máy phát điện.", "Sửa máy bơm hỏng.", "Đắp đập tạm trên kênh chính.",
        "Diệt lăng quăng trong bể chứa.", "Khử trùng giếng sau ngập.", "Chỉnh trang vỉa hè quanh hồ.", "Quan trắc nước ngầm.",
        "Tiêm phòng cho đàn bò.", "Khoanh vùng ổ dịch.",
    ],
)  # fmt: skip
def test_a_unit_of_an_ordered_list_opens_with_any_verb_of_doing(text: str) -> None:
    found = tasks(f"{ORDER}1. {text}\n2. Rà soát nhu cầu nước.")
    assert [(task.label, doers(task)) for task in found] == [("1", BOTH), ("2", BOTH)]


@pytest.mark.parametrize("text", ["Độ mặn tại cửa sông đã giảm.", "Đợt mặn này đến sớm hơn năm ngoái.", "Sữa học đường không thuộc phạm vi này."])
def test_a_unit_that_says_how_things_are_is_no_task(text: str) -> None:
    assert [task.label for task in tasks(f"{ORDER}1. Rà soát nhu cầu nước.\n2. {text}")] == ["1"]


@pytest.mark.parametrize(
    ("item", "lead", "help_"),
    [
        ("Sở Nội vụ (chủ trì), Sở Tư pháp, Thanh tra tỉnh (phối hợp) kiểm tra công vụ.", ["Sở Nội vụ"], ["Sở Tư pháp", "Thanh tra tỉnh"]),
        ("Sở Nội vụ (chủ trì), Sở Tư pháp kiểm tra công vụ.", ["Sở Nội vụ", "Sở Tư pháp"], []),
        ("UBMTTQVN tỉnh và các đoàn thể vận động nhân dân tiết kiệm nước.", ["UBMTTQVN tỉnh", "các đoàn thể"], []),
        ("Các đoàn thể vận động nhân dân tiết kiệm nước.", BOTH, []),
        ("CTCP Cấp nước tỉnh giảm giá nước cho hộ nghèo.", ["CTCP Cấp nước tỉnh"], []),
        ("Trạm Quan trắc phối hợp với UBND các huyện có cảng và các đơn vị liên quan đo độ mặn.", ["Trạm Quan trắc"],
         ["UBND các huyện có cảng", "các đơn vị liên quan"]),
        ("Đối với các xã ven biển, UBND huyện Gò Nổi có trách nhiệm đắp đập ngăn mặn.", ["UBND huyện Gò Nổi"], []),
        ("Đối với UBND huyện Gò Nổi, UBND huyện Hòn Đất có trách nhiệm giao nước đủ.", ["UBND huyện Hòn Đất"], []),
    ],
)  # fmt: skip
def test_who_leads_and_who_helps(item: str, lead: list[str], help_: list[str]) -> None:
    found = tasks(f"{ORDER}1. {item}\n2. Rà soát nhu cầu nước.")
    assert (doers(found[0]), helpers(found[0])) == (lead, help_)


@pytest.mark.parametrize(
    "body",
    [
        "Tại Thông báo số 45/TB-UBND, Chủ tịch UBND tỉnh giao Sở Nội vụ thẩm định đề án.",
        "Ngày 14/6/2018, Chánh án Tòa án nhân dân tỉnh đã ban hành Chỉ thị số 02/CT-TA, yêu cầu Sở Tư pháp rà soát án quá hạn.",
        "Tại Chỉ thị số 12/CT-TTg ngày 05/3/2022, Thủ tướng Chính phủ yêu cầu UBND các tỉnh rà soát quy hoạch cát.",
        "Ngày 05/3/2023, tại cuộc họp giao ban, Chủ tịch UBND tỉnh đã giao Sở Xây dựng rà soát nhà cũ.",
        "Sở Y tế kính gửi Sở Nội vụ hồ sơ thi đua năm 2022. Kính mong quý Sở quan tâm, xem xét, giúp đỡ./.",
        "UBND tỉnh báo cáo Bộ Nội vụ như sau:\n\n- Giao Sở Nội vụ rà soát biên chế, đã trình trước ngày 15/3/2023.\n"
        "- Yêu cầu các huyện tổng hợp, hoàn thành trong tháng 3/2023.",
        "UBND tỉnh tổ chức họp về cấp nước như sau:\n\n1. Địa điểm: Phòng họp số 2.\n2. Thành phần: Giám đốc Sở Y tế chủ trì; mời các huyện.",
        "Bộ Tài chính có ý kiến như sau:\n\n1. Tổ chức, cá nhân phải nộp hồ sơ trong thời hạn 10 ngày kể từ ngày có quyết định.\n"
        "2. Người nộp thuế phải trả lời trong vòng 05 ngày làm việc kể từ ngày nhận thông báo của cơ quan thuế.",
        "Căn cứ Luật Tài nguyên nước, người khai thác phải có giấy phép trước ngày 01/7/2023.",
    ],
)  # fmt: skip
def test_what_is_only_told_gives_no_task(body: str) -> None:
    assert [task.text for task in tasks(body)] == []


@pytest.mark.parametrize(
    ("body", "responsible"),
    [
        ("Ngày 05/3/2020, Bộ Y tế đã có Công văn số 12/BYT-DP, UBND tỉnh yêu cầu Sở Y tế tổng hợp số liệu.", ["Sở Y tế"]),
        ("Tại Thông báo số 45/TB-UBND, Chủ tịch UBND tỉnh giao Sở Nội vụ thẩm định đề án; UBND tỉnh yêu cầu Sở Y tế góp ý đề án.", ["Sở Y tế"]),
        ("Thực hiện Thông báo số 45/TB-UBND, UBND tỉnh giao Sở Nội vụ thẩm định đề án.", ["Sở Nội vụ"]),
        ("UBND tỉnh báo cáo Bộ Nội vụ như sau:\n\n- Giao Sở Nội vụ rà soát biên chế.\n- Đề nghị Bộ Nội vụ bổ sung 30 biên chế.", ["Bộ Nội vụ"]),
        ("Căn cứ tình hình hạn mặn, các địa phương cần khẩn trương đắp đập tạm trước ngày 25/4/2023.", BOTH),
        ("Kính mong các đơn vị báo cáo kết quả về Sở Tài chính trước ngày 25/4/2023./.", BOTH),
    ],
)  # fmt: skip
def test_an_order_beside_what_is_told_stays(body: str, responsible: list[str]) -> None:
    assert [doers(task) for task in tasks(body)] == [responsible]


def test_what_a_report_must_hold_is_no_duty_and_the_report_is() -> None:
    body = (
        "Sở Tài chính đề nghị các đơn vị báo cáo tình hình kiểm kê theo các nội dung sau:\n\n1. Tình hình triển khai:\n"
        "+ Thành lập Tổ kiểm kê.\n+ Tổ chức tập huấn.\n2. Đề xuất, kiến nghị.\n\n"
    )
    last = "Báo cáo gửi về Sở Tài chính trước ngày 20/5/2023./."
    found = tasks(body + last, issuer="Sở Tài chính")
    assert [(task.label, task.text, doers(task)) for task in found] == [(None, last, BOTH)]
    alone = tasks(body, issuer="Sở Tài chính")
    assert [task.text for task in alone] == ["Sở Tài chính đề nghị các đơn vị báo cáo tình hình kiểm kê theo các nội dung sau:"]


def test_a_list_of_duties_is_no_list_of_contents() -> None:
    body = "Sở Tài chính đề nghị các đơn vị báo cáo và thực hiện các nội dung sau:\n\n1. Thành lập Tổ kiểm kê.\n2. Tổ chức tập huấn."
    assert [task.label for task in tasks(body, issuer="Sở Tài chính")] == ["1", "2"]


def test_the_article_on_who_carries_out_a_decision_is_no_task() -> None:
    body = (
        "QUYẾT ĐỊNH:\n\nĐiều 1. Giao Sở Nội vụ cấp thẻ cho thanh tra viên.\n"
        "Điều 2. Chánh Văn phòng UBND tỉnh, Giám đốc các Sở và Chánh Thanh tra căn cứ Quyết định thi hành./."
    )
    assert [task.label for task in tasks(body, kind="quyết định", addressees=())] == ["Điều 1"]


NOW = " UBND tỉnh yêu cầu Sở Xây dựng khẩn trương báo cáo kết quả trước ngày 25/4/2023./."
TOLD = [
    "Ngày 05/3/2023, UBND tỉnh đã ban hành Kế hoạch số 45/KH-UBND, trong đó giao Sở Xây dựng rà soát nhà ở.",
    "Kế hoạch số 45/KH-UBND giao Sở Xây dựng chủ trì, phối hợp với Sở Nội vụ rà soát nhà ở.",
    "UBND tỉnh đã nhiều lần nhắc nhở, đề nghị Sở Xây dựng báo cáo nhưng chưa nhận được.",
    "Trước đó, tại cuộc họp ngày 03/4/2023, Phó Chủ tịch UBND tỉnh yêu cầu Sở Xây dựng báo cáo trước ngày 05/4/2023.",
    "Theo chỉ đạo của Thủ tướng Chính phủ tại Công điện số 12/CĐ-TTg, các địa phương phải hoàn thành kiểm kê trước ngày 30/4/2023.",
    "Việc giao Sở Xây dựng làm đầu mối là phù hợp.",
]


@pytest.mark.parametrize("told", TOLD)
def test_orders_of_the_past_are_told_and_the_one_behind_them_counts(told: str) -> None:
    assert tasks(told + "\n\nUBND tỉnh thông báo để các đơn vị biết.") == []
    (found,) = tasks(told + NOW)
    assert (doers(found), [str(each.date) for each in found.deadlines if each.date]) == (["Sở Xây dựng"], ["2023-04-25"])


@pytest.mark.parametrize(
    ("item", "task"),
    [
        ("Thống nhất với đề xuất của Sở Xây dựng.", False),
        ("Cơ bản thống nhất chủ trương đầu tư nhà máy nước.", False),
        ("Thống nhất số liệu với Sở Xây dựng.", True),
        ("Trường hợp phát hiện vi phạm, xử phạt theo quy định.", True),
        ("Trường hợp người tham gia bảo hiểm khám không đúng tuyến theo điểm c khoản 3, thanh toán theo mức quy định.", False),
        ("Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh về Sở Xây dựng.", False),
        ("Phản ánh vướng mắc của dân về Sở Xây dựng.", True),
        ("Đài Truyền thanh huyện phát thanh 02 lần mỗi ngày.", True),
        ("Các đơn vị quản lý hồ chứa (Công ty Thủy lợi, Công ty Điện lực) xả lũ đúng quy trình.", True),
    ],
)
def test_units_that_agree_tell_of_cases_or_of_difficulties(item: str, task: bool) -> None:
    labels = [each.label for each in tasks(f"{ORDER}1. {item}\n2. Rà soát nhu cầu nước.")]
    assert labels == (["1", "2"] if task else ["2"])


@pytest.mark.parametrize(
    ("item", "lead", "help_"),
    [
        ("Sở Nội vụ chủ trì phối hợp với: Sở Tư pháp, Thanh tra tỉnh kiểm tra công vụ.", ["Sở Nội vụ"], ["Sở Tư pháp", "Thanh tra tỉnh"]),
        ("Về đầu tư: Ban Quản lý dự án đẩy nhanh tiến độ, hoàn chỉnh hồ sơ.", ["Ban Quản lý dự án"], []),
        ("Các đơn vị quản lý hồ chứa (Công ty Thủy lợi, Công ty Điện lực) xả lũ đúng quy trình.", ["Các đơn vị quản lý hồ chứa"], []),
        ("Các đồng chí Giám đốc: Sở Nội vụ, Công an tỉnh chuẩn bị lực lượng.", ["Giám đốc Sở Nội vụ", "Giám đốc Công an tỉnh"], []),
        ("ø1ao Sở Tư pháp thẩm định dự thảo.", ["Sở Tư pháp"], []),
    ],
)  # fmt: skip
def test_names_end_before_what_is_to_be_done(item: str, lead: list[str], help_: list[str]) -> None:
    found = tasks(f"{ORDER}1. {item}\n2. Rà soát nhu cầu nước.")
    assert (doers(found[0]), helpers(found[0])) == (lead, help_)


@pytest.mark.parametrize(
    ("body", "task"),
    [
        ("Phó Chủ tịch UBND tỉnh có ý kiến như sau: Chuyển Sở Y tế xem xét, giải quyết đơn của ông An.", True),
        ("UBND tỉnh chuyển Sở Y tế 05 tỷ đồng từ nguồn dự phòng.", False),
        ("Đơn của ông An đã chuyển Sở Y tế giải quyết.", False),
    ],
)
def test_papers_passed_on_to_be_dealt_with(body: str, task: bool) -> None:
    assert [doers(each) for each in tasks(body)] == ([["Sở Y tế"]] if task else [])


def test_what_follows_from_not_doing_it_is_no_part_of_the_task() -> None:
    body = (
        "Để có số liệu báo cáo Bộ, Sở Tài chính đề nghị các đơn vị tổng hợp số thu, gửi về Sở trước ngày 20/4/2023. "
        "Đơn vị nào không gửi, Sở sẽ báo cáo UBND tỉnh."
    )
    (found,) = tasks(body, issuer="Sở Tài chính")
    assert found.text.endswith("trước ngày 20/4/2023.")
    assert found.report_to is not None
    assert found.report_to.text == "Sở"


@pytest.mark.parametrize(
    ("item", "receiver"),
    [
        ("Sở Nội vụ báo cáo kết quả về Bộ Nội vụ (qua Vụ Biên chế) và UBND tỉnh.", "Bộ Nội vụ; UBND tỉnh"),
        ("Sở Nội vụ kiểm tra, kịp thời báo cáo, đề xuất UBND tỉnh xem xét.", "UBND tỉnh"),
        ("Sở Nội vụ đề xuất UBND tỉnh xem xét.", None),
        ("Sở Nội vụ tổng hợp để kịp báo cáo UBND tỉnh.", None),
    ],
)
def test_who_gets_the_report(item: str, receiver: str | None) -> None:
    found = tasks(f"{ORDER}1. {item}\n2. Rà soát nhu cầu nước.")[0].report_to
    assert (found.text if found else None) == receiver


def test_reporting_rules_in_one_line_behind_the_list() -> None:
    body = f"{ORDER}1. Rà soát nhu cầu nước.\n\nChế độ báo cáo: Định kỳ trước ngày 25 hằng tháng, các đơn vị báo cáo kết quả về Sở Xây dựng."
    found = tasks(body)
    assert [(each.label, doers(each)) for each in found] == [("1", BOTH), (None, BOTH)]
    assert [each.rule for each in found[1].deadlines] == ["FREQ=MONTHLY;BYMONTHDAY=25"]


def test_what_a_meeting_deals_with_is_no_duty() -> None:
    particulars = "- Thời gian: 8h00 ngày 20/4/2023;\n- Địa điểm: Phòng họp A.\n- Nội dung: Sở Xây dựng báo cáo quy hoạch.\n"
    assert tasks("Kính mời Quý cơ quan cử đại diện dự họp:\n" + particulars) == []
    alone = f"{ORDER}1. Nội dung: Sở Xây dựng rà soát quy hoạch.\n2. Rà soát nhu cầu nước."
    assert [each.label for each in tasks(alone)] == ["1", "2"]


WATCH = "Sở Y tế nắm tình hình nguồn nước.\n2. Sở Nội vụ rà soát nhân lực.\n\n"


@pytest.mark.parametrize(
    ("closing", "doer"),
    [
        ("Giao Văn phòng UBND tỉnh theo dõi, đôn đốc việc thực hiện Công văn này.", ["Văn phòng UBND tỉnh"]),
        ("Thanh tra tỉnh kiểm tra, giám sát việc thực hiện Công văn này.", ["Thanh tra tỉnh"]),
        ("Yêu cầu các đơn vị nghiêm túc thực hiện Công văn này.", None),
        ("Các sở, ngành theo dõi, thực hiện Công văn này.", None),
    ],
)
def test_one_body_that_must_watch_over_the_letter_has_a_duty(closing: str, doer: list[str] | None) -> None:
    found = tasks(f"{ORDER}1. {WATCH}{closing}", kind="chỉ thị")
    assert [doers(task) for task in found if task.label is None] == ([doer] if doer else [])


GUIDE = "Sở Xây dựng hướng dẫn một số nội dung như sau:\n\n1. Hồ sơ gồm đơn và bản vẽ.\n\n"


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("2. Tổ chức thực hiện", ["2.-1"]),
        ("2. Phân công chuẩn bị:", ["2.-1"]),
        ("2. Trách nhiệm thực hiện:", ["2.-1"]),
        ("2. Thành phần hồ sơ", []),
    ],
)
def test_a_letter_that_explains_gives_work_under_a_heading_that_says_so(heading: str, expected: list[str]) -> None:
    body = f"{GUIDE}{heading}\n- Phòng Kinh tế niêm yết bảng giá.\n- Thời gian: trong giờ làm việc."
    assert [task.label for task in tasks(body, kind="hướng dẫn", addressees=())] == expected


def test_an_invitation_gives_work_only_where_it_parcels_work_out() -> None:
    body = "Kính mời các đồng chí dự họp.\n\n1. Thời gian: 8 giờ ngày 20/4/2023.\n\n2. Phân công chuẩn bị:\n- Sở Y tế chuẩn bị báo cáo tiêm chủng."
    assert [(task.label, doers(task)) for task in tasks(body, kind="giấy mời", addressees=())] == [("2.-1", ["Sở Y tế"])]
    without = "Kính mời các đồng chí dự họp.\n\n1. Thời gian: 8 giờ ngày 20/4/2023.\n\n2. Đề nghị các đồng chí dự đúng giờ."
    assert tasks(without.replace("2. Đề", "Đề"), kind="giấy mời", addressees=()) == []


def test_an_article_that_orders_gives_its_items_and_the_formula_of_a_decision_informs_of_nothing() -> None:
    body = (
        "Xét kết quả kiểm tra tại Báo cáo số 12/BC-TTr ngày 02/3/2023,\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Phê duyệt kết quả kiểm tra kho muối xã Hải An.\n"
        "Điều 2. Chủ tịch UBND huyện yêu cầu:\n1. Phòng Nội vụ rà soát nhân sự kho.\n2. Chủ tịch UBND xã Hải An:\na) Nộp 12.000.000 đồng vào ngân sách xã.\n"
        "Điều 3. Tổ công tác tự giải thể sau khi hoàn thành nhiệm vụ."
    )
    found = tasks(body, kind="quyết định", addressees=())
    assert [doers(task) for task in found] == [["Phòng Nội vụ"], ["Chủ tịch UBND xã Hải An"]]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ban Tiếp công dân chuyển đơn đến quý cơ quan để xem xét, đề nghị cung cấp hồ sơ trước ngày 20/5/2023.", [BOTH]),
        ("Sở Y tế đã nhận được đơn, theo đề nghị của công dân.", []),
        ("Sở Y tế nhận được đơn đề ngày 26/02/2023 của ông Hồ Văn Lạc.", []),
        ("Chuyển đơn của ông Hồ Văn Lạc đến Sở Nội vụ để xem xét, giải quyết theo thẩm quyền.", [["Sở Nội vụ"]]),
        ("Đơn vị nào báo cáo chậm, Thủ trưởng đơn vị chịu trách nhiệm trước Giám đốc Sở.", []),
    ],
)
def test_what_is_asked_behind_a_comma_and_what_only_threatens(sentence: str, expected: list[list[str]]) -> None:
    assert [doers(task) for task in tasks(f"{sentence}")] == expected


def test_of_an_opinion_the_first_who_is_told_is_the_doer() -> None:
    body = "Phó Thủ tướng có ý kiến như sau: Sở Y tế chủ động bố trí xe; phần còn lại giao Sở Nội vụ xem xét, báo cáo trong quý III năm 2023."
    assert [doers(task) for task in tasks(body)] == [["Sở Y tế"]]


def test_terms_that_lines_below_a_duty_set_are_its_own() -> None:
    body = f"{ORDER}1. Gửi báo cáo về Sở theo địa chỉ thư điện tử:\n- Các phòng chuyên môn: chậm nhất ngày 10/5/2023;\n- Các trạm: chậm nhất ngày 06/5/2023.\n2. Rà soát nhu cầu nước."
    first, *_ = tasks(body)
    assert [str(each.date) for each in first.deadlines] == ["2023-05-10", "2023-05-06"]


@pytest.mark.parametrize("order", ["Phân công cán bộ trực 24/24 giờ.", "Bố trí Công an xã trực tại bến đò."])
def test_a_heading_stays_the_doer_where_its_own_people_are_set_to_work(order: str) -> None:
    first, *_ = tasks(f"{ORDER}1. UBND huyện Gò Nổi:\n- {order}\n2. Rà soát nhu cầu nước.")
    assert doers(first) == ["UBND huyện Gò Nổi"]


@pytest.mark.parametrize(
    ("heading", "doer"),
    [
        ("1. Đối với các bệnh viện có điều trị sốt xuất huyết", ["các bệnh viện có điều trị sốt xuất huyết"]),
        ("1. Đối với Sở Nội vụ", ["Sở Nội vụ"]),
    ],
)
def test_a_heading_keeps_the_clause_that_narrows_its_group(heading: str, doer: list[str]) -> None:
    found = tasks(f"{ORDER}{heading}\n- Rà soát cơ số thuốc.\n- Báo cáo tồn kho trước ngày 20/5/2023.")
    assert [doers(task) for task in found] == [doer, doer]


@pytest.mark.parametrize(("doer", "expected"), [("Ban Thường trực các xã", [["Ban Thường trực các xã"]]), ("Ủy ban Kiểm tra Đảng ủy xã", [["Ủy ban Kiểm tra Đảng ủy xã"]])])
def test_a_body_of_a_lower_level_is_not_the_sender_whose_name_its_own_begins_with(doer: str, expected: list[list[str]]) -> None:
    issuer = doer.split(" Đảng")[0].split(" các")[0]
    body = f"Kết luận:\n1. {doer} bổ sung chương trình kiểm tra.\n2. Giao Sở Nội vụ đôn đốc."
    assert [doers(task) for task in tasks(body, kind="thông báo", issuer=issuer, addressees=())][:1] == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("Phối hợp với cơ quan tài chính, cơ quan thuế, hải quan đối chiếu số thu.", ["cơ quan tài chính", "cơ quan thuế", "cơ quan hải quan"]),
        ("Phối hợp với cơ quan tài chính cùng cấp rà soát số dư.", ["cơ quan tài chính cùng cấp"]),
        ("Làm việc với cơ quan thuế về hóa đơn.", []),
        ("Theo dõi việc cơ quan thuế ấn định thuế.", []),
    ],
)
def test_offices_named_by_their_field_help(item: str, expected: list[str]) -> None:
    first, *_ = tasks(f"{ORDER}1. {item}\n2. Rà soát nhu cầu nước.")
    assert helpers(first) == expected
