"""Heads, lists of copies and signatures as scans give them: letters misread, the other column run in, marks lost."""

import pytest

from nlp.header import read_header
from nlp.names import mend_place, near_body
from nlp.persons import spelled_name
from nlp.reading import Text
from nlp.recipients import read_recipients
from nlp.sections import cut
from nlp.signature import read_signer
from nlp.types import Header
from tests.nlp.letters import PLAIN

NUMBERED = "Số: 845/SNV-TCBC\nV/v rà soát biên chế của các\nđơn vị sự nghiệp năm 2022"
COPIES = PLAIN[PLAIN.index("Nơi nhận:") :]


def head(letter: str) -> Header:
    text = Text.of_string(letter)
    return read_header(text, cut(text))


def copies(printed: str) -> list[str]:
    text = Text.of_string(PLAIN.replace(COPIES, printed + "\n"))
    return [entry.text for entry in read_recipients(text, cut(text))]


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("VW rà soát biên chế", "rà soát biên chế"),
        ("VWv rà soát biên chế", "rà soát biên chế"),
        ("'V/ rà soát biên chế", "rà soát biên chế"),
        ("Xe VW cũ", None),
        ("V/1 biên chế", None),
    ],
)
def test_v_v_misread(line: str, subject: str | None) -> None:
    found = head(PLAIN.replace(NUMBERED, f"Số: 845/SNV-TCBC\n{line}")).subject
    assert (found.value if found else None) == subject


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Kink gửi: Sở Y tế", ["Sở Y tế"]),
        ("Site gửi: Sở Y tế", ["Sở Y tế"]),
        ("Người gửi: Sở Y tế", []),
        ("nơi gửi: Sở Y tế", []),
    ],
)
def test_kinh_misread(line: str, names: list[str]) -> None:
    address = PLAIN[PLAIN.index("Kính gửi") : PLAIN.index("Thực hiện Kế hoạch")]
    sections = cut(Text.of_string(PLAIN.replace(address, f"{line}\n\n")))
    assert [each.text for each in sections.names] == names


@pytest.mark.parametrize(
    ("printed", "place"),
    [
        ("Hà Nôi", "Hà Nội"),
        ("Nội", "Hà Nội"),
        ("Thành phố Hà Chi Minh", "Thành phố Hồ Chí Minh"),
        ("Thạnh Hòa", "Thạnh Hòa"),
        ("Thành phố Cao Lãnh", "Thành phố Cao Lãnh"),
        ("Hà Nam", "Hà Nam"),
    ],
)
def test_places_misread(printed: str, place: str) -> None:
    assert mend_place(printed)[0] == place


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Nơi nhận:\n- Nhutrén;f „ PHO\n- Phong TCHC;\n- Luu: VT, TCHC (3b)z he Ab", ["Như trên", "Phòng TCHC", "Lưu: VT, TCHC (3b)"]),
        ("Nơi nhận:\n- Như trény PHÓ GIÁM ĐỐC\n- D/c Giám đốc (dé bc);\n- Lưu: VT£", ["Như trên", "Đ/c Giám đốc (để bc)", "Lưu: VT"]),
        ("Nơi nhận:\n- Như trên (để thực hiện);\n- Lưu: VT, 4.04.05.", ["Như trên (để thực hiện)", "Lưu: VT, 4.04.05"]),
        ("Nơi nhận:\n- Huyện ủy (b/c), CHÁNH VĂN PHÒNG\n- UBND huyện, l\n- Lưu: VT. Tr 41/4", ["Huyện ủy (b/c)", "UBND huyện", "Lưu: VT. Tr 41/4"]),
        ("Nơi nhận:\n- TT.Tỉnh ủy; TT.HĐND tỉnh;\n- Vụ KH; Cục QLN (để phối hợp);\n- Lưu: VT; KH (3b). tụ", ["TT.Tỉnh ủy; TT.HĐND tỉnh", "Vụ KH; Cục QLN (để phối hợp)", "Lưu: VT; KH (3b)"]),
        ("Nơi nhận:\n- Như trên;\n- Lưu: VT, KH. KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC", ["Như trên", "Lưu: VT, KH"]),
        ("Nơi nhận:\n- Như trên;\n- Lưu: VT. VÀ ĐÀO T", ["Như trên", "Lưu: VT"]),
        ("Nơi nhận:\n- Như trên;\n- Lưu: VT, KH (3b)z\nhe Ab Coy", ["Như trên", "Lưu: VT, KH (3b)"]),
        ("Nơi nhận:\n- Như trên;\n- Lưu: VT, VP. UBND tỉnh.", ["Như trên", "Lưu: VT, VP. UBND tỉnh"]),
        ("Nơi nhận:\n- Như trên;\n- Lưu: VT, QHQT (2). NT", ["Như trên", "Lưu: VT, QHQT (2). NT"]),
    ],
)
def test_lists_of_copies(printed: str, names: list[str]) -> None:
    assert copies(printed) == names


@pytest.mark.parametrize(
    ("read", "name"),
    [
        ("Vương Thi Lan Hương", "Vương Thị Lan Hương"),
        ("Đặng Ngoc Minh", "Đặng Ngọc Minh"),
        ("Nguyễn Thi Sách", "Nguyễn Thi Sách"),
        ("Lê Minh Hoang", "Lê Minh Hoang"),
    ],
)
def test_names_without_their_marks(read: str, name: str) -> None:
    assert spelled_name(read) == name


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Đỗ Văn Hùng", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Đỗ Văn Hùng")),
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nĐỗ Văn Hùng (đã ký)", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Đỗ Văn Hùng")),
        ("GIÁM ĐỐC Sở giao cho Đỗ Văn Hùng xem xét", None),
    ],
)
def test_signatures_without_copies(last: str, expected: tuple[str, str, str] | None) -> None:
    text = Text.of_string(PLAIN.replace(COPIES, last + "\n"))
    found = read_signer(text, cut(text))
    assert ((found.authority, found.position, found.name) if found else None) == expected


@pytest.mark.parametrize(
    ("top", "issuer"),
    [
        ("BỘ CÔNG NGHIỆP & TTCN TRƯỜNG ĐẠI HỌC HÀ NAM CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Trường Đại học Hà Nam"),
        ("BỘ TÀI CHÍNH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Bộ Tài chính"),
    ],
)
def test_a_ministry_and_a_body_under_it_on_one_line(top: str, issuer: str) -> None:
    letter = f"{top}\nĐộc lập - Tự do - Hạnh phúc\nSố: 84/ĐHBL-TC\nBình Lâm, ngày 3 tháng 4 năm 2020\n\nKính gửi: Sở Y tế\n\nĐề nghị Sở Y tế báo cáo.\n"
    found = head(letter).issuer
    assert found is not None
    assert found.value == issuer


@pytest.mark.parametrize(
    ("below", "issuer"),
    [
        ("Trân trọng./.\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO HUYỆN BÌNH LÂM\nTải về: mau2.xls", "Phòng Giáo dục và Đào tạo huyện Bình Lâm"),
        ("Trân trọng./.\nTải về: mau2.xls", None),
    ],
)
def test_a_page_that_a_body_alone_signs(below: str, issuer: str | None) -> None:
    letter = f"Về việc rà soát hồ sơ phụ cấp\nBình Lâm, ngày 14 tháng 3 năm 2018\nKính gửi:\n- Hiệu trưởng các trường THCS.\n\nĐề nghị Hiệu trưởng các trường gửi hồ sơ trước ngày 21/3/2018.\n{below}\n"
    found = head(letter).issuer
    assert (found.value if found else None) == issuer


@pytest.mark.parametrize(("line", "symbol"), [("Số: 84/QĐ-BIC", "QĐ-BTC"), ("Số: 84/ICT-KK", "TCT-KK"), ("Số: 84/QĐ-BIDV", "QĐ-BIDV")])
def test_symbols_in_which_t_was_read_as_i(line: str, symbol: str) -> None:
    found = head(PLAIN.replace("Số: 845/SNV-TCBC", line)).symbol
    assert found is not None
    assert found.value == symbol


@pytest.mark.parametrize(("printed", "body"), [("TONG CYC THUE", "TỔNG CỤC THUẾ"), ("TRƯỜNG THCS HÒA", None), ("CỤC THUẾ TỈNH", None)])
def test_bodies_misread_in_a_letter(printed: str, body: str | None) -> None:
    assert near_body(printed) == body


def test_a_figure_that_stands_apart_in_the_subject() -> None:
    found = head(PLAIN.replace(NUMBERED, "Số: 845/SNV-TCBC\nV/v thực hiện Nghị định số 1 18/2021/NĐ-CP")).subject
    assert found is not None
    assert found.value == "thực hiện Nghị định số 118/2021/NĐ-CP"


def test_a_sentence_of_the_body_is_no_subject() -> None:
    letter = "Bộ Tài chính nhận được kiến nghị của một số doanh nghiệp về việc dùng hóa đơn điện tử.\nVề vấn đề này, Bộ Tài chính có ý kiến như sau:\nĐề nghị các Cục Thuế báo cáo trước ngày 3/4/2020.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nĐỗ Văn Hùng\n"
    assert head(letter).subject is None
