"""What stands below a duty and is only what it is about: what people are to be told, what a decree says, data, notes."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.lexicon import toml
from nlp.tasks import find_tasks
from nlp.tasks.headings import tells_people
from nlp.types import Evidence, Named, Task

SENT_TO = tuple(Named(name, Evidence(0, 0, "test")) for name in ("Chi cục Thuế các huyện", "Trung tâm Y tế các huyện"))
ALL = [body.text for body in SENT_TO]
OPENING = "Sở Tài chính đề nghị các đơn vị thực hiện các nội dung sau:\n"


def tasks(items: str) -> list[Task]:
    found = find_tasks(OPENING + items, issuer="Sở Tài chính", addressees=SENT_TO, issued_on=date(2024, 5, 6))
    return [task for task in found if not task.optional]


def labels(items: str) -> list[str | None]:
    return [task.label for task in tasks(items)]


@pytest.mark.parametrize(
    "items",
    [
        "1. Yêu cầu Chi cục Thuế huyện hướng dẫn người nộp thuế kê khai như sau:\na) Chọn mẫu 01.\nb) Ghi đủ mã số thuế.\n2. Rà soát nợ thuế.",
        "1. UBND các xã khuyến cáo bà con nuôi tôm:\n- Thả giống đúng lịch.\n- Thay nước ba ngày một lần.\n2. Rà soát diện tích nuôi.",
        "1. Trung tâm Y tế thông báo đến các hộ chăn nuôi:\n- Tiêm phòng cho chó.\n- Nhốt chó khi có dịch.\n2. Rà soát số chó nuôi.",
        "1. Tuyên truyền, vận động nhân dân thực hiện các việc sau:\n- Chằng chống nhà cửa.\n- Dự trữ nước sạch.\n2. Rà soát nhà yếu.",
    ],
)
def test_what_people_are_told_is_theirs_to_do(items: str) -> None:
    assert labels(items) == ["1", "2"]


@pytest.mark.parametrize(
    "items",
    [
        "1. Chi cục Thuế huyện hướng dẫn các Đội Thuế:\na) Rà soát hộ kinh doanh.\nb) Lập sổ bộ thuế.",
        "1. Tuyên truyền đến người dân và thực hiện các nhiệm vụ sau:\na) Phun thuốc diệt muỗi.\nb) Lập đội xung kích.",
        "1. Hướng dẫn người dân làm thủ tục; tập trung các việc sau:\na) Bố trí bàn tiếp nhận.\nb) Niêm yết thủ tục.",
        "1. Về hướng dẫn doanh nghiệp, yêu cầu Chi cục Thuế huyện:\na) Mở lớp tập huấn.\nb) Cử người trực điện thoại.",
    ],
)
def test_what_offices_are_told_is_their_duty(items: str) -> None:
    assert labels(items) == ["1.a", "1.b"]


def test_the_words_for_people_tell_them_from_offices() -> None:
    told = toml("duty_words.toml")["told"]
    assert tells_people(told["yes"])
    assert not tells_people(told["no"])


@pytest.mark.parametrize(
    "items",
    [
        "1. Phổ biến Luật Đất đai tới công chức, trong đó lưu ý một số nội dung:\na) Về giá đất:\n- Bảng giá đất ban hành hằng năm.\nb) Các trường hợp miễn tiền sử dụng đất.",
        "1. Quán triệt Nghị định số 15/2024/NĐ-CP với các điểm mới:\na) Mức phí mới áp dụng từ ngày 01/7/2024.\nb) Đối tượng được giảm phí.",
        "1. Tổ chức tuyên truyền về bảo hiểm y tế với những nội dung sau:\na) Mức đóng của hộ gia đình.\nb) Quyền lợi khi khám chữa bệnh.",
        "1. Tiếp tục phổ biến chính sách hỗ trợ học phí, gồm các quy định:\na) Mức hỗ trợ một tháng.\nb) Thời gian hưởng.",
    ],
)
def test_what_is_to_be_made_known_is_no_duty(items: str) -> None:
    assert labels(items) == ["1"]


@pytest.mark.parametrize(
    "items",
    [
        "1. Phổ biến Luật Đất đai, tập trung các nội dung:\na) Biên soạn tài liệu hỏi đáp.\nb) Mở chuyên mục trên đài.",
        "1. Tuyên truyền về bảo hiểm y tế với các điểm mới:\na) Đăng tải toàn văn trên cổng thông tin.\nb) Biên soạn tờ gấp.",
        "1. Quán triệt Chỉ thị số 15/CT-TTg, lưu ý một số nội dung:\na) Trung tâm Y tế huyện trực 24/24 giờ.\nb) Rà soát cơ số thuốc.",
        "1. Tổ chức phổ biến quy chế, chú ý các vấn đề:\na) Lập danh sách người học.\nb) Báo cáo kết quả trước ngày 30/6/2024.",
    ],
)
def test_what_is_to_be_done_to_make_it_known_is_a_duty(items: str) -> None:
    assert labels(items) == ["1.a", "1.b"]


@pytest.mark.parametrize(
    "items",
    [
        "1. Chi cục Thống kê tỉnh cung cấp số liệu dân số\n- Số hộ nghèo theo xã.\n- Số hộ cận nghèo theo xã.\n2. Rà soát địa bàn.",
        "1. Thống kê, tổng hợp số liệu miễn, giảm thuế\n- Số tiền thuế được miễn.\n- Số tiền thuế được giảm.\n2. Rà soát địa bàn.",
        "1. Gửi kèm các tài liệu\n- Biên bản họp.\n- Danh sách hộ dân.\n2. Rà soát địa bàn.",
        "1. Lập biểu, báo cáo các thông tin về công trình\n- Tên công trình.\n- Nguồn vốn.\n2. Rà soát địa bàn.",
    ],
)
def test_data_below_a_line_that_lost_its_colon_are_contents(items: str) -> None:
    assert labels(items) == ["1", "2"]


@pytest.mark.parametrize(
    "items",
    [
        "1. Công tác báo cáo\n- Lập biểu theo mẫu.\n- Gửi biểu trước ngày 20/6/2024.",
        "1. Số liệu\n- Đối chiếu với Kho bạc.\n- Khóa sổ trước ngày 20/6/2024.",
        "1. Hồ sơ\n- Chi cục Thuế huyện lập hồ sơ.\n- Kiểm tra trước khi nộp.",
        "1. Báo cáo số liệu.\n- Rà soát số nợ.\n- Thông báo cho người nợ.",
    ],
)
def test_lines_that_say_what_to_do_are_duties(items: str) -> None:
    assert labels(items)[-2:] == ["1.-1", "1.-2"]


HEADED = "1. Đối với Trung tâm Y tế các huyện:\na) Lập danh mục thuốc.\nb) {}\nc) Báo cáo kết quả về Sở Tài chính.\n"


@pytest.mark.parametrize(
    "note",
    [
        "Lưu ý: Danh mục nêu tại điểm a gồm tên thuốc, hàm lượng, số đăng ký.",
        "Chú ý: Mẫu số 02 dùng cho trạm y tế xã.",
        "Ghi chú: Số lượng tính theo hộp, không theo viên.",
        "Lưu ý thêm: Kinh phí đã bao gồm thuế giá trị gia tăng.",
    ],
)
def test_a_note_that_explains_is_no_duty(note: str) -> None:
    assert labels(HEADED.format(note)) == ["1.a", "1.c"]


@pytest.mark.parametrize(
    "note",
    [
        "Lưu ý: Rà soát kỹ thuốc sắp hết hạn trước khi lập danh mục.",
        "Lưu ý: phải đối chiếu bản gốc khi nhận hồ sơ.",
        "Chú ý: Đối với thuốc hướng thần, cần lập danh mục riêng.",
        "Lưu ý: gửi bản mềm trước ngày 20/6/2024.",
    ],
)
def test_a_note_that_binds_is_a_duty(note: str) -> None:
    assert labels(HEADED.format(note)) == ["1.a", "1.b", "1.c"]


@pytest.mark.parametrize(
    ("heading", "bodies"),
    [
        ("Đối với các Sở quản lý chuyên ngành (theo quy định tại khoản 5 Điều 3 Nghị định số 17/2024/NĐ-CP)", ["các Sở quản lý chuyên ngành"]),
        ("Ủy ban nhân dân các xã ven biển (danh sách kèm theo)", ["Ủy ban nhân dân các xã ven biển"]),
        ("Sở Y tế (đầu mối tiếp nhận phản ánh của người dân)", ["Sở Y tế"]),
        ("Giao Công an tỉnh, Sở Xây dựng (theo phân công tại Quyết định số 12/QĐ-UBND ngày 05/01/2024)", ["Công an tỉnh", "Sở Xây dựng"]),
    ],
)
def test_a_bracket_behind_the_bodies_of_a_heading(heading: str, bodies: list[str]) -> None:
    found = tasks(f"1. {heading}\na) Lập danh mục công trình.\nb) Phối hợp với Kho bạc rà soát.")
    assert [(task.label, [body.text for body in task.responsible]) for task in found] == [("1.a", bodies), ("1.b", bodies)]


@pytest.mark.parametrize(
    "heading",
    [
        "Về danh mục tài sản (theo quy định tại khoản 5 Điều 3 Nghị định số 17/2024/NĐ-CP)",
        "Đối với hồ sơ trễ hạn (kể cả hồ sơ nộp tại Sở Y tế)",
        "Chế độ báo cáo (mẫu kèm theo)",
        "Công tác phối hợp (Sở Y tế, Công an tỉnh)",
    ],
)
def test_a_theme_with_a_bracket_names_nobody(heading: str) -> None:
    found = tasks(f"1. {heading}\na) Lập danh mục công trình.\nb) Rà soát lại số liệu.")
    assert [[body.text for body in task.responsible] for task in found] == [ALL, ALL]


@pytest.mark.parametrize("text", ["Các mặt hàng nhập khẩu thực hiện theo Phụ lục I.", "Các tờ khai đăng ký trước ngày này thực hiện theo quy định cũ.",
                                  "Những hóa đơn sai mã thực hiện điều chỉnh theo mẫu 04.", "Các dòng hàng có dấu sao thực hiện theo cột 10."])  # fmt: skip
def test_things_bear_no_duty(text: str) -> None:
    assert [body.text for task in tasks(f"1. Rà soát kho.\n2. {text}") for body in task.responsible if body.text.startswith(("Các", "Những"))] == []


@pytest.mark.parametrize(("text", "who"), [("Các kho hàng thực hiện kiểm kê theo mẫu.", "Các kho hàng"), ("Các tiểu thương thực hiện niêm yết giá.", "Các tiểu thương"),
                                           ("Các chủ hàng phải khai báo đúng chủng loại.", "Các chủ hàng"), ("Các nhà thuốc thực hiện bán theo đơn.", "Các nhà thuốc")])  # fmt: skip
def test_people_and_places_of_business_do(text: str, who: str) -> None:
    assert [body.text for body in tasks(f"1. Rà soát kho.\n2. {text}")[-1].responsible] == [who]


@pytest.mark.parametrize(
    "items",
    [
        "1. Sở Y tế công bố danh mục thuốc hiếm, cụ thể như sau:\n- Thuốc giải độc.\n- Huyết thanh kháng nọc rắn.\n2. Rà soát kho.",
        "1. Trong tháng 6/2024, Sở Xây dựng ban hành đơn giá; cụ thể như sau:\n- Nhà cấp bốn.\n- Nhà tạm.\n2. Rà soát kho.",
        "1. Giao Công an tỉnh lập ba tổ chốt trực tại:\n- Ngã ba Cây Đa.\n- Bến phà cũ.\n2. Rà soát kho.",
        "1. Phòng Nội vụ trình ban hành các văn bản:\n- Quy chế thi đua.\n- Đề án vị trí việc làm.\n2. Rà soát kho.",
    ],
)
def test_things_listed_below_what_somebody_must_do_are_no_duties(items: str) -> None:
    assert labels(items) == ["1", "2"]


@pytest.mark.parametrize(
    "items",
    [
        "1. Sở Y tế thực hiện các nhiệm vụ trọng tâm sau:\n- Diệt muỗi tại các ổ dịch.\n- Lập đội cơ động.",
        "1. Giao Công an tỉnh tập trung các biện pháp về trật tự đô thị sau:\n- Lập ba tổ chốt trực.\n- Xử phạt xe quá tải.",
        "1. Phòng Nội vụ có trách nhiệm:\n- Trình định mức xe.\n- Soạn thảo quy chế thi đua.",
        "1. Sở Xây dựng chủ trì:\n- Rà soát nhà tạm.\n- Ban hành đơn giá.",
        "1. Sở Xây dựng chủ trì, phối hợp với Công an tỉnh:\n- Bít lối vào công trường.\n- Khoanh vùng nhà nghiêng.",
        "1. Công an tỉnh chỉ đạo Công an các xã:\n- Bít lối mòn qua biên giới.\n- Vây bắt nhóm gây rối.",
    ],
)
def test_lines_below_announced_duties_stay_duties(items: str) -> None:
    assert labels(items) == ["1.-1", "1.-2"]
