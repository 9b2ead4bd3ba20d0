"""What only tells: answers, notices, programmes, decisions on persons, courtesy; and what looks like it and orders."""

from __future__ import annotations

import pytest

from nlp.tasks import find_tasks
from nlp.types import Evidence, Named


def named(*names: str) -> tuple[Named, ...]:
    return tuple(Named(name, Evidence(0, 0, "test")) for name in names)


COMPANY = ("Công ty cổ phần Dệt Sông Lam",)
DISTRICTS = ("UBND các huyện, thành phố",)


@pytest.mark.parametrize(
    ("kind", "addressees", "body"),
    [
        ("công văn", COMPANY,
         "Phúc đáp công văn số 11/DSL ngày 02/3/2020 của quý Công ty, Cục Thuế tỉnh có ý kiến như sau:\n"
         "1. Doanh nghiệp phải nộp tờ khai chậm nhất ngày 20 của tháng sau.\n"
         "2. Trường hợp ngừng kinh doanh, doanh nghiệp thông báo với cơ quan đăng ký kinh doanh trước 03 ngày.\n"
         "Cục Thuế trả lời để Công ty được biết./."),
        ("công văn", ("Bảo hiểm xã hội tỉnh Hà Sơn",),
         "Bảo hiểm xã hội Việt Nam nhận được văn bản số 81/BHXH-CĐ ngày 04/5/2016 hỏi về cách tính thời gian hưởng. Bảo hiểm xã hội Việt Nam "
         "có ý kiến trao đổi như sau:\n"
         "a) Người lao động nộp sổ trong vòng 45 ngày kể từ ngày nghỉ việc.\n"
         "b) Khi giải quyết, cơ quan bảo hiểm phải trả lời bằng văn bản trong 05 ngày làm việc.\n"),
        ("công văn", ("Ông Ngô Văn Tý",),
         "Sở Xây dựng nhận được đơn ngày 03/4/2019 của ông hỏi về giấy phép xây dựng. Sở Xây dựng giải thích như sau:\n"
         "- Chủ đầu tư gửi 02 bộ hồ sơ; trong 20 ngày, cơ quan cấp phép phải trả kết quả.\n"
         "- Thanh tra Sở kiểm tra, lập biên bản nếu xây dựng sai phép.\n"),
        ("thông báo", (),
         "Văn phòng Đoàn đại biểu Quốc hội tỉnh thông báo lịch tiếp công dân quý II năm 2019 như sau:\n"
         "1. Trưởng đoàn tiếp công dân vào ngày 05 hàng tháng.\n"
         "2. Phó Trưởng đoàn tiếp công dân vào ngày 20 hàng tháng; Thanh tra tỉnh cùng tham gia.\n"),
        ("thông báo", (),
         "Hội đồng thi đua thông báo kết quả bình xét như sau:\n"
         "1. Trường Mầm non Họa Mi đạt danh hiệu tập thể xuất sắc.\n"
         "2. Sáng kiến lọc nước do Trạm Y tế xã Lạc Đạo thực hiện đạt giải nhì.\n"),
        ("công văn", DISTRICTS,
         "Sở Văn hóa và Thể thao trân trọng kính mời lãnh đạo UBND các huyện, thành phố dự lễ khai mạc. Chương trình:\n"
         "- 19 giờ 30: Đoàn nghệ thuật tỉnh biểu diễn.\n"
         "- Từ 20h00 đến 20h20: Giám đốc Sở báo cáo, lãnh đạo tỉnh phát biểu chỉ đạo.\n"),
        ("quyết định", (),
         "QUYẾT ĐỊNH:\nĐiều 1. Điều động bà Lê Thị Hạnh, Phó Trưởng phòng Hành chính Sở Nội vụ, giữ chức Trưởng phòng Tổ chức Sở Y tế.\n"
         "Điều 2. Bà Lê Thị Hạnh được giữ nguyên hệ số lương.\n"),
        ("công văn", DISTRICTS,
         "Nhân dịp năm mới, Thường trực Tỉnh ủy gửi tới cán bộ, chiến sĩ và nhân dân lời chúc tốt đẹp nhất./."),
        ("công văn", COMPANY, "Ban Quản lý khu kinh tế thông tin để quý Công ty tham khảo./."),
    ],
)  # fmt: skip
def test_what_only_tells_is_no_task(kind: str, addressees: tuple[str, ...], body: str) -> None:
    found = find_tasks(body, kind=kind, issuer="Cơ quan ban hành", addressees=named(*addressees))
    assert [t.text for t in found if not t.optional] == []


@pytest.mark.parametrize(
    ("kind", "addressees", "body", "texts"),
    [
        ("công văn", COMPANY,
         "Phúc đáp công văn số 11/DSL ngày 02/3/2020 của quý Công ty, Cục Thuế tỉnh có ý kiến như sau:\n"
         "1. Doanh nghiệp phải nộp tờ khai chậm nhất ngày 20 của tháng sau.\n"
         "2. Đề nghị Công ty nộp bổ sung hợp đồng trước ngày 30/3/2020.\n",
         ["Đề nghị Công ty nộp bổ sung hợp đồng trước ngày 30/3/2020."]),
        ("công văn", ("UBND huyện An Bình",),
         "Trả lời Tờ trình số 41/TTr-UBND ngày 04/5/2016 của UBND huyện An Bình về việc xin chủ trương, UBND tỉnh có ý kiến như sau:\n"
         "1. UBND huyện An Bình lập hồ sơ, gửi Sở Xây dựng thẩm định trước ngày 30/6/2016.\n",
         ["UBND huyện An Bình lập hồ sơ, gửi Sở Xây dựng thẩm định trước ngày 30/6/2016."]),
        ("thông báo", (),
         "UBND huyện thông báo kế hoạch thu quỹ như sau:\n"
         "1. UBND các xã, thị trấn nộp danh sách về Hạt Quản lý đê trước ngày 15/5/2018.\n"
         "2. Quỹ được dùng để mua vật tư dự phòng.\n",
         ["UBND các xã, thị trấn nộp danh sách về Hạt Quản lý đê trước ngày 15/5/2018."]),
        ("thông báo", (),
         "Văn phòng UBND tỉnh thông báo kết luận của Chủ tịch UBND tỉnh như sau:\n1. Sở Y tế rà soát nhân lực tuyến xã.\n",
         ["Sở Y tế rà soát nhân lực tuyến xã."]),
        ("công văn", DISTRICTS,
         "UBND tỉnh yêu cầu các địa phương thực hiện các nội dung sau:\n"
         "1. Theo khoản 2 Điều 8 Nghị định số 10/2020/NĐ-CP, UBND các huyện, thành phố lập danh mục điểm đỗ.\n",
         ["Theo khoản 2 Điều 8 Nghị định số 10/2020/NĐ-CP, UBND các huyện, thành phố lập danh mục điểm đỗ."]),
        ("quyết định", (),
         "QUYẾT ĐỊNH:\nĐiều 1. Bổ nhiệm ông Lê Văn Nhã giữ chức Phó Giám đốc Sở Tư pháp.\n"
         "Điều 2. Giao Sở Nội vụ chuyển hồ sơ cán bộ trước ngày 10/6/2019.\n",
         ["Giao Sở Nội vụ chuyển hồ sơ cán bộ trước ngày 10/6/2019."]),
        ("công văn", DISTRICTS,
         "Sở Y tế yêu cầu các đơn vị thực hiện các nội dung sau:\n1. Trực cấp cứu 24/24 giờ.\n2. Tổ chức lễ chúc mừng ngày Thầy thuốc.\n",
         ["Trực cấp cứu 24/24 giờ.", "Tổ chức lễ chúc mừng ngày Thầy thuốc."]),
    ],
)  # fmt: skip
def test_an_order_beside_it_stays_a_task(kind: str, addressees: tuple[str, ...], body: str, texts: list[str]) -> None:
    found = find_tasks(body, kind=kind, issuer="Cơ quan ban hành", addressees=named(*addressees))
    assert [t.text for t in found if not t.optional] == texts
