"""What stands above the announcement, in a quotation or in force is told; what is ordered beside it stays a task. All texts are invented."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.outline import outline
from nlp.tasks import find_tasks
from nlp.tasks.quoted import only_quotes, quotations, quotes_below
from nlp.types import Evidence, Named, Task


def tasks(body: str, *, kind: str = "công văn", issuer: str = "Sở Y tế", sent_to: tuple[str, ...] = ("UBND các xã", "Các bệnh viện công lập")) -> list[Task]:
    addressees = tuple(Named(each, Evidence(0, 0, "test")) for each in sent_to)
    return list(find_tasks(body, kind=kind, issuer=issuer, addressees=addressees, issued_on=date(2023, 5, 9)))


def labels(body: str) -> list[str | None]:
    return [task.label for task in tasks(body)]


TOLD = "Qua theo dõi công tác tiêm chủng cho thấy:\n\n- Nhiều trạm y tế chưa tập trung ghi sổ tiêm.\n\n- Việc bảo quản vắc xin còn chưa được chú ý.\n\n"
ORDERED = "Do đó, Sở Y tế yêu cầu UBND các xã thực hiện các nội dung sau:\n\n1. Ghi sổ:\n\n- Ghi sổ tiêm hằng ngày.\n\n2. Kiểm tra tủ lạnh.\n"


def test_dashes_above_the_announcement_of_a_numbered_list_are_told() -> None:
    assert [label for label in labels(TOLD + ORDERED) if label and label[0] == "-"] in ([], ["-2"])  # the announcing sentence itself is free
    assert {"1.-1", "2"} <= set(labels(TOLD + ORDERED))


def test_numbers_below_a_dash_without_a_paragraph_stay_in_it() -> None:
    body = "- Ghi sổ tiêm chủng:\n\n1. Ghi hằng ngày.\n\n2. Ký xác nhận.\n\n- Kiểm tra tủ lạnh.\n"
    assert [item.label for item in outline(body).walk()] == ["-1", "-1.1", "-1.2", "-2"]


LISTED = "Sở Y tế yêu cầu thực hiện các nội dung sau:\n\n1. Rà soát kho thuốc.\n\n2. {unit}\n"


@pytest.mark.parametrize(
    ("unit", "is_task"),
    [
        ("Công văn này thay thế Công văn số 12/SYT-NVY ngày 03/3/2022 của Sở Y tế.", False),
        ("Thay thế tủ lạnh hỏng trước ngày 30/5/2023.", True),
        ("Không áp dụng Công văn này đối với trạm y tế đã đóng cửa, phải di dời.", False),
        ("Không áp dụng hình thức khoán đối với trạm y tế.", True),
        ("Tại Điều 5 Thông tư số 10/2020/TT-BYT của Bộ Y tế quy định: “Trưởng trạm phải ghi sổ hằng ngày.”", False),
        ("Thực hiện ghi sổ theo Điều 5 Thông tư số 10/2020/TT-BYT của Bộ Y tế.", True),
    ],
)
def test_what_holds_and_what_is_quoted(unit: str, is_task: bool) -> None:
    assert labels(LISTED.format(unit=unit)) == (["1", "2"] if is_task else ["1"])


def test_a_quotation_over_several_paragraphs() -> None:
    body = (
        "Sở Y tế yêu cầu thực hiện như sau:\n\n1. Về ghi sổ.\n\n"
        "Căn cứ Nghị quyết số 5/NQ-HĐND ngày 01/3/2023 của HĐND tỉnh thì: “Các trạm y tế được bố trí kinh phí.\n\nGiao Sở Tài chính cấp kinh phí cho các trạm.{end}\n\n"
        "Đề nghị UBND các xã lập dự toán.\n"
    )
    assert [[each.text for each in task.responsible] for task in tasks(body.format(end="”"))] == [["UBND các xã"]]
    assert len(tasks(body.replace("“", "").format(end=""))) > 1


def test_below_a_cited_provision_stands_what_it_says() -> None:
    body = "Sở Y tế yêu cầu thực hiện như sau:\n\n1. Về hồ sơ\n\n{head}\n\n- Lập đơn đăng ký;\n\n- Nộp đơn tại Sở.\n\n2. Kiểm tra tủ lạnh.\n"
    assert quotes_below("Tại khoản 2 Điều 5 Thông tư số 10/2020/TT-BYT quy định:")
    assert not quotes_below("Sở đề nghị các xã thực hiện Điều 5 Thông tư số 10/2020/TT-BYT, quy định:")
    assert not quotes_below("Các xã làm các việc sau:")
    assert labels(body.format(head="Làm các việc sau:")) == ["1.-1", "1.-2", "2"]
    told = "Sở Y tế yêu cầu thực hiện như sau:\n\n1. Tại khoản 2 Điều 5 Thông tư số 10/2020/TT-BYT của Bộ Y tế quy định:\n\n- Lập đơn đăng ký;\n\n- Nộp đơn tại Sở.\n\n2. Kiểm tra tủ lạnh.\n"
    assert labels(told) == ["2"]


def test_quotations_by_their_marks() -> None:
    assert quotations("Tại Điều 5 Luật Khám bệnh quy định: “Bác sĩ phải ghi sổ.”\n") == [(37, 56)]
    assert quotations("Tại Điều 5 Luật Khám bệnh quy định: “Bác sĩ phải ghi sổ.\n") == []
    assert quotations("Tại Điều 5 Luật Khám bệnh quy định: “sổ khám” là sổ của trạm.\n") == []
    assert only_quotes("Điều 5 Luật Khám bệnh quy định: “Bác sĩ phải ghi sổ.”")
    assert not only_quotes("Điều 5 Luật Khám bệnh quy định: “Bác sĩ phải ghi sổ.” Các xã kiểm tra việc này.")


@pytest.mark.parametrize(
    ("unit", "is_task"),
    [
        ("Đối với thuốc hết hạn, doanh nghiệp phải kê khai, xử lý theo quy định.", False),
        ("Đối với thuốc hết hạn, kê khai và xử lý theo quy định.", True),
        ("Đối với giấy khám chưa đủ điều kiện (thiếu chữ ký, sử dụng mã số), các trạm vẫn được nhận.", False),
    ],
)
def test_rules_for_anybody_in_an_opinion(unit: str, is_task: bool) -> None:
    assert bool(tasks(f"Sở Y tế có ý kiến như sau:\n\n1. {unit}\n\n2. Kho thuốc của tỉnh đã đầy.\n")) is is_task


@pytest.mark.parametrize(
    ("unit", "is_task"),
    [
        ("Khiếu nại về xử phạt hành chính thực hiện theo quy định của Luật Khiếu nại.", False),
        ("Giải quyết khiếu nại và thực hiện theo quy định của Luật Khiếu nại.", True),
        ("Thanh toán chi phí khám bệnh thực hiện theo quy định tại Luật Bảo hiểm y tế.", False),
        ("Thanh toán đủ chi phí khám bệnh cho trạm.", True),
    ],
)
def test_which_law_holds_is_no_duty_in_a_notice(unit: str, is_task: bool) -> None:
    assert bool(tasks(f"Sở Y tế thông báo một số nội dung như sau:\n\n1. {unit}\n\n2. Kho thuốc của tỉnh đã đầy.\n")) is is_task


@pytest.mark.parametrize(("head", "found"), [("Các cơ sở cần tập trung kiểm tra:", []), ("Các xã tập trung thực hiện:", ["1.-1", "1.-2"])])
def test_what_work_is_done_on(head: str, found: list[str]) -> None:
    units = ("Các doanh nghiệp tổ chức bếp ăn.", "Các hộ kinh doanh nấu cỗ.") if not found else ("Tổ chức kiểm tra bếp ăn.", "Lập danh sách hộ nấu cỗ.")
    body = f"Sở Y tế yêu cầu thực hiện như sau:\n\n1. {head}\n\n- {units[0]}\n\n- {units[1]}\n\n2. Kiểm tra tủ lạnh.\n"
    assert labels(body) == [*found, "2"]


@pytest.mark.parametrize(("head", "found"), [("Kiểm kê kho và xử lý thuốc hết hạn, bao gồm:", ["1.-1", "1.-2"]), ("Lập báo cáo về kho thuốc, bao gồm:", ["1"])])
def test_parts_of_a_work_are_duties_those_of_a_paper_are_not(head: str, found: list[str]) -> None:
    body = f"Sở Y tế yêu cầu thực hiện như sau:\n\n1. {head}\n\n- Thống kê thuốc tồn.\n\n- Đối với thuốc hết hạn: lập danh sách.\n\n2. Kiểm tra tủ lạnh.\n"
    assert labels(body) == [*found, "2"]


@pytest.mark.parametrize(("bracket", "found"), [(" (trừ các trạm đang thực hiện, triển khai chế độ riêng theo yêu cầu của Bộ Y tế hoặc chỉ đạo của tỉnh)", 0), ("", 0)])
def test_a_long_bracket_in_an_announcement(bracket: str, found: int) -> None:
    body = f"Sở Y tế hướng dẫn chế độ đối với người trực{bracket} như sau:\n\n1. Nghỉ bù một ngày sau khi trực.\n\n2. Thực hiện trực theo ca, không đổi ca.\n"
    assert len(tasks(body)) == found
    assert len(tasks(body.replace("hướng dẫn", "yêu cầu thực hiện"))) > 0


@pytest.mark.parametrize(("opening", "found"), [("hướng dẫn tiếp theo về việc thực hiện chế độ trực", 0), ("hướng dẫn các trạm y tế thực hiện chế độ trực", 1)])
def test_guidance_that_goes_on(opening: str, found: int) -> None:
    body = f"Sở Y tế {opening} như sau:\n\n1. Kho thuốc của tỉnh đã đầy.\n\n2. Thực hiện trực theo ca, không đổi ca.\n"
    assert len(tasks(body)) == found


def test_what_goes_with_the_letter_is_no_task() -> None:
    body = "Sở Y tế yêu cầu thực hiện như sau:\n\n1. Kiểm tra tủ lạnh.\n\n2. Ghi sổ hằng ngày.\n\nTrân trọng./.\n{kem}\n- Danh mục vật tư cần kiểm tra, phải ghi sổ.\n"
    assert labels(body.format(kem="Đính kèm:")) == ["1", "2"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("I. Về ghi sổ\n\n1. Ghi sổ hằng ngày.\n\nII, Về tổ chức thực hiện\n\n1. Kiểm tra tủ lạnh.\n", ["I", "I.1", "II", "II.1"]),
        ("1. Báo cáo kết quả trong các quý I,\nII, Sở sẽ tổng hợp.\n\n2. Kiểm tra tủ lạnh.\n", ["1", "2"]),
    ],
)
def test_a_roman_with_a_comma_counts_where_it_is_the_next(body: str, found: list[str]) -> None:
    assert [item.label for item in outline(body).walk()] == found


def test_page_marks_and_the_day_of_force_end_a_paragraph() -> None:
    lines = "Thực hiện kiểm tra kho thuốc của tất cả các trạm y tế trên địa bàn huyện và"
    body = f"1. {lines}\n{lines}.\nCông văn này có hiệu lực kể từ ngày ký và thay thế Công văn số 5 của Sở Y tế.\n2. {lines}\n\n--- PAGE 2 ---\n\ncác xã.\n"
    first, second = outline(body).items
    assert len(first.paragraphs) == 2
    assert len(second.paragraphs) == 1
    assert body[: second.paragraphs[0].end].endswith("các xã.")


LIST = "Sở Y tế yêu cầu thực hiện như sau:\n\n1. Kiểm tra tủ lạnh.\n\n2. Ghi sổ hằng ngày.\n\n"


@pytest.mark.parametrize(
    ("behind", "found"),
    [
        ("Sở Y tế thông báo để các xã biết, thực hiện./.\n\n- Phòng NV: theo dõi, kiểm tra.\n\nLưu: VT.\n\nKT. GIÁM ĐỐC\n", ["1", "2"]),
        ("Sở Y tế thông báo để các xã biết, thực hiện./.\n\n3. Rà soát kho thuốc.\n", ["1", "2", "3"]),
    ],
)
def test_the_foot_that_was_left_in_the_body(behind: str, found: list[str]) -> None:
    assert labels(LIST + behind) == found


@pytest.mark.parametrize(("unit", "is_task"), [("Đầu mối hỗ trợ kỹ thuật: số điện thoại (0211.111.111 máy lẻ 5).", False), ("Đầu mối hỗ trợ kỹ thuật phải trực số điện thoại ngày đêm.", True)])
def test_where_help_is_found(unit: str, is_task: bool) -> None:
    assert labels(LISTED.format(unit=unit)) == (["1", "2"] if is_task else ["1"])


@pytest.mark.parametrize(("order", "found"), [("Sở Y tế giao Phòng Nghiệp vụ tập huấn cho các trạm.", ["I", "I.1", "I.2"]), ("Sở Y tế đã tập huấn cho các trạm.", ["I.1", "I.2"])])
def test_an_order_before_the_sentence_that_announces_for_others(order: str, found: list[str]) -> None:
    body = f"Sở Y tế yêu cầu các đơn vị thực hiện như sau:\n\nI. Về ghi sổ\n\nThực tế có nhiều trạm mới.\n\n{order} Trên cơ sở kết quả tập huấn, đề nghị UBND các xã triển khai thực hiện các công việc sau:\n\n1. Ghi sổ hằng ngày.\n\n2. Kiểm tra tủ lạnh.\n"
    got = [task for task in tasks(body) if "công việc sau" not in task.text]
    assert [task.label for task in got] == found
    assert [each.text for each in got[-1].responsible] == ["UBND các xã"]


@pytest.mark.parametrize(
    ("unit", "doers"),
    [
        ("Trường hợp kho còn thuốc hết hạn thì Phòng Nghiệp vụ lập biên bản.", ["Phòng Nghiệp vụ"]),
        ("Trong trường hợp trạm thiếu người thì đơn vị chủ trì thực hiện điều động.", ["đơn vị chủ trì"]),
        ("Trường hợp kho còn thuốc hết hạn thì doanh nghiệp nộp phạt theo quy định.", None),
        ("Trường hợp kho còn thuốc hết hạn thì Sở Y tế xem xét, xử lý.", None),
    ],
)
def test_who_is_bound_in_a_case(unit: str, doers: list[str] | None) -> None:
    found = {task.label: [each.text for each in task.responsible] for task in tasks(LISTED.format(unit=unit))}
    assert found.get("2") == doers


@pytest.mark.parametrize(("units", "found"), [
    (("Trường hợp 1: Trạm y tế lập biên bản.", "Trường hợp 2: Kho quá đầy thì Phòng Nghiệp vụ chuyển thuốc."), ["1", "1.+1", "1.+2"]),
    (("Trường hợp 1: Kho còn thuốc hết hạn.", "Trường hợp 2: Kho quá đầy."), ["1"]),
])  # fmt: skip
def test_cases_in_which_somebody_acts_are_no_contents(units: tuple[str, str], found: list[str]) -> None:
    body = f"Sở Y tế yêu cầu thực hiện như sau:\n\n1. Các trạm y tế thực hiện kiểm kê kho thuốc theo các trường hợp sau:\n\n+ {units[0]}\n\n+ {units[1]}\n"
    assert [label for label in labels(body) if label] in (found, found[1:])


@pytest.mark.parametrize(("unit", "found"), [("Tăng cường thu hồi thuốc hết hạn. Theo đó, mỗi đoàn phải ghi biên bản.", ["1", "1.-1"]), ("Tăng cường thu hồi thuốc hết hạn", ["1.-1"])])
def test_two_sentences_are_no_heading(unit: str, found: list[str]) -> None:
    assert labels(f"Sở Y tế yêu cầu thực hiện như sau:\n\n1. {unit}\n\n- Phân công nhập số liệu.\n") == found


@pytest.mark.parametrize(("sentence", "count"), [("Ngày 04/3/2023, Bộ Y tế ban hành Chỉ thị số 5/CT-BYT về tiêm chủng, theo đó, giao các bệnh viện công lập tiêm vét cho trẻ.", 0), ("Ngày 04/3/2023 là ngày tiêm chủng, đề nghị các bệnh viện công lập tiêm vét cho trẻ.", 1)])
def test_what_a_paper_just_issued_orders_is_told(sentence: str, count: int) -> None:
    assert len(tasks(sentence)) == count


@pytest.mark.parametrize(
    ("closing", "count"),
    [
        ("Căn cứ nội dung Công văn này, UBND các xã có văn bản chỉ đạo các trạm y tế trực thuộc lập kế hoạch trực.", 3),
        ("Căn cứ nội dung Công văn này, UBND các xã nghiêm túc thực hiện.", 2),
        ("Trong quá trình thực hiện, nếu có những vấn đề vướng mắc, đề nghị UBND các xã phản ánh về Sở Y tế.", 2),
        ("Đề nghị UBND các xã báo cáo những vấn đề vướng mắc về Sở Y tế trước ngày 30/5/2023.", 3),
    ],
)
def test_what_stands_behind_the_list(closing: str, count: int) -> None:
    assert len(labels(LIST + closing + "\n")) == count
