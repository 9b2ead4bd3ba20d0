"""Heads of older letters, of the party, and of pages that leave parts of the head out."""

import pytest

from nlp.genre import opening_title
from nlp.header import read_header
from nlp.landmarks import head_rows
from nlp.names import ordinary
from nlp.persons import name_alone
from nlp.reading import Text
from nlp.recipients import read_recipients
from nlp.sections import cut
from nlp.signature import read_signer
from nlp.types import Header, Signer
from tests.nlp.letters import PLAIN

NUMBERED = "Số: 845/SNV-TCBC\nV/v rà soát biên chế của các\nđơn vị sự nghiệp năm 2022"
DECISION = """ỦY BAN NHÂN DÂN
TỈNH BÌNH LÂM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 10/QĐ-UB
Bình Lâm, ngày 3 tháng 4 năm 1992

{title}

Căn cứ Luật Tổ chức HĐND và UBND ngày 30/6/1989;
Điều 1. Quy định mức thu thuỷ lợi phí vụ đông xuân.

{signature}
"""


def head(letter: str) -> Header:
    text = Text.of_string(letter)
    return read_header(text, cut(text))


def value(letter: str, field: str) -> str | None:
    found = getattr(head(letter), field)
    return found.value if found else None


def signer(letter: str) -> Signer | None:
    text = Text.of_string(letter)
    return read_signer(text, cut(text))


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    ("printed", "subject"),
    [
        ("Về rà soát biên chế của các|đơn vị sự nghiệp", "rà soát biên chế của các đơn vị sự nghiệp"),
        ("Về chế độ thông tin,|báo cáo định kỳ.", "chế độ thông tin, báo cáo định kỳ"),
        ("Về cho học sinh nghỉ học|Ngày 26/11/2018", "cho học sinh nghỉ học Ngày 26/11/2018"),
        ("(V/v rà soát biên chế)", "rà soát biên chế"),
        ("VỀVIỆC RÀ SOÁT BIÊN CHẾ", "Rà soát biên chế"),
        ("Vềviệc rà soát biên chế", "rà soát biên chế"),
        ("Phòng Tổ chức", None),
    ],
)
def test_subjects_under_the_number(printed: str, subject: str | None, gap: str) -> None:
    letter = PLAIN.replace(NUMBERED, gap.join(["Số: 845/SNV-TCBC", *printed.split("|")]))
    assert value(letter, "subject") == subject
    assert value(letter, "number") == "845"


def test_a_sentence_that_opens_with_ve_is_no_subject_after_the_address() -> None:
    letter = PLAIN.replace("\n".join(NUMBERED.split("\n")[1:]), "").replace(
        "Thực hiện Kế hoạch", "Về thực hiện Kế hoạch"
    )
    assert value(letter, "subject") is None


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN TỈNH BÌNH LÂM\n\nVề việc thu thuỷ lợi phí", "thu thuỷ lợi phí"),
        ("QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN TỈNH BÌNH LÂM\n“Về việc thu thuỷ lợi phí”", "thu thuỷ lợi phí"),
        ("QUYẾT ĐỊNH\nCỦA ỦY BAN NHÂN DÂN TỈNH BÌNH LÂM\nVề thu thuỷ lợi phí", "thu thuỷ lợi phí"),
        ("QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN\nTỈNH BÌNH LÂM\nVề việc thu thuỷ lợi phí", "thu thuỷ lợi phí"),
        ("QUYẾT ĐỊNH\nCỦA UBND TỈNH SỐ 10/QĐ-UB NGÀY 3-4-1992 VỀ VIỆC THU THUỶ LỢI PHÍ", "Thu thuỷ lợi phí"),
        ("THÔNG TƯ\nCỦA BỘ TÀI CHÍNH SỐ 10-TC/TCT NGÀY 3-4-1992 HƯỚNG DẪN THU THUẾ", "Hướng dẫn thu thuế"),
        ("HƯỚNG DẪN LIÊN SỞ\nVề việc thu thuỷ lợi phí", "thu thuỷ lợi phí"),
        (
            "THÔNG BÁO\nKết luận của Chủ tịch UBND tỉnh tại cuộc họp",
            "Kết luận của Chủ tịch UBND tỉnh tại cuộc họp",
        ),
        ("BÁO CÁO\ncủa Ban Chấp hành khoá X tại Đại hội", "của Ban Chấp hành khoá X tại Đại hội"),
        ("QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN TỈNH BÌNH LÂM", None),
    ],
)
def test_an_issuer_behind_the_type_is_no_subject(title: str, subject: str | None) -> None:
    assert value(DECISION.format(title=title, signature="CHỦ TỊCH\nLê Văn Quý"), "subject") == subject


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        ("Số: 210-CT", "210", "CT"),
        ("Số: 25 TC/TCT", "25", "TC/TCT"),
        ("Số 15 TT/LB", "15", "TT/LB"),
        ("Số ký hiệu: 15/UBND-VX", "15", "UBND-VX"),
        ("Số: 10/CT-UB-NCVX", "10", "CT-UB-NCVX"),
        ("Số: 12-14 phố Huế", None, None),
    ],
)
def test_older_number_lines(line: str, number: str | None, symbol: str | None) -> None:
    letter = DECISION.format(title="CHỈ THỊ\nVề việc chống hạn", signature="CHỦ TỊCH\nLê Văn Quý")
    letter = letter.replace("Số: 10/QĐ-UB", line)
    assert (value(letter, "number"), value(letter, "symbol")) == (number, symbol)


@pytest.mark.parametrize(
    ("first", "number"),
    [("1810/BYT-DP", "1810"), ("Công văn 1810/BYT-DP", "1810"), ("Gửi Công văn 1810/BYT-DP", None), ("1810/2015", None), ("24/7", None)],
)
def test_number_and_symbol_alone_at_the_top(first: str, number: str | None) -> None:
    letter = f"{first}\nBỘ Y TẾ\nCông văn V/v tiêm chủng\nKính gửi: Sở Y tế các tỉnh\nBộ Y tế yêu cầu các Sở tiêm vét.\n"
    assert value(letter, "number") == number


@pytest.mark.parametrize(
    ("line", "place", "day"),
    [
        ("Bình Lâm, hồi 14 giờ 30 ngày 12 tháng 5 năm 2015", "Bình Lâm", "2015-05-12"),
        ("Bình Lâm, hồi 8 giờ 00 phút, ngày 12 tháng 5 năm 2015", "Bình Lâm", "2015-05-12"),
        ("Quận 9, ngày 04 tháng 6 năm 2014", "Quận 9", "2014-06-04"),
        ("TP. Bình Lâm, ngày 15-4-1996", "TP. Bình Lâm", "1996-04-15"),
        ("Cuộc họp lúc 8 giờ ngày 12 tháng 5 năm 2015", None, None),
    ],
)
def test_place_and_day(line: str, place: str | None, day: str | None) -> None:
    letter = PLAIN.replace("Bình Lâm, ngày 09 tháng 5 năm 2022", line)
    assert (value(letter, "place"), value(letter, "issued_on")) == (place, day)


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("CHỈ THỊ SỐ 10/CT-UB NGÀY 3-4-1992\nVề việc chống hạn", "1992-04-03"),
        ("CHỈ THỊ\nCỦA ỦY BAN NHÂN DÂN TỈNH SỐ 10/CT-UB NGÀY 3-4-1992 VỀ VIỆC CHỐNG HẠN", "1992-04-03"),
        ("CHỈ THỊ\nVề việc thực hiện Quyết định ngày 3-4-1992", None),
    ],
)
def test_the_day_beside_the_type_where_the_head_has_none(title: str, day: str | None) -> None:
    letter = DECISION.format(title=title, signature="CHỦ TỊCH\nLê Văn Quý")
    assert value(letter.replace("Bình Lâm, ngày 3 tháng 4 năm 1992\n", ""), "issued_on") == day


def test_a_telegram_whose_type_stands_above_its_number() -> None:
    letter = (
        "UBND TỈNH BÌNH LÂM\nCÔNG ĐIỆN\nSố 3/CĐ-UBND, hồi 9 giờ ngày 12/5/2015\n"
        "Ủy ban nhân dân tỉnh Bình Lâm điện: Chủ tịch UBND các huyện; Giám đốc các sở.\n"
        "Theo tin dự báo, sắp có rét. Yêu cầu các đơn vị chống rét cho trâu bò.\nCHỦ TỊCH\n(Đã ký)\nLê Văn Quý\n"
    )
    text = Text.of_string(letter)
    sections = cut(text)
    found = read_header(text, sections)
    assert found.kind is not None
    assert found.kind.value == "công điện"
    assert found.subject is None
    assert found.issued_on is not None
    assert found.issued_on.value == "2015-05-12"
    assert [name.text for name in sections.names] == ["Chủ tịch UBND các huyện", "Giám đốc các sở"]


@pytest.mark.parametrize(
    ("letter", "kind"),
    [
        (
            "Giấy mời dự Lễ khai giảng\n\nThời gian: 8 giờ ngày 05/9/2019.\n\nKính mời các đại biểu về dự./.",
            "giấy mời",
        ),
        (
            "Thông báo Khẩn ngày 18/10/2020\n\nKính gửi:\n\nHiệu trưởng các trường\n\nYêu cầu cho học sinh nghỉ học.",
            "thông báo",
        ),
        (
            "Thông báo Về việc nghỉ Tết\n\nNhà trường thông báo lịch nghỉ:\n1. Nghỉ từ 01/02.\n\nHiệu trưởng\nLê Thị Hòa",
            "thông báo",
        ),
        (
            "Kính gửi: - Trưởng các đơn vị;\n- Công đoàn.\n\nBan Giám hiệu yêu cầu các đơn vị báo cáo.",
            "công văn",
        ),
        ("V/v thống kê y tế\n\nKính gửi: Các trạm y tế\n\nĐề nghị các trạm báo cáo.", "công văn"),
        ("Kính gửi: Sở Nội vụ\n\nTôi là giáo viên, xin hỏi về chế độ thai sản.", "khác"),
        (
            "Thông báo kết quả thi năm 2019\n\nSở đã công bố kết quả. Theo đó có 120 em đạt giải.\n\nNguyễn Hòa",
            "khác",
        ),
        ("Giấy mời họp có được coi là văn bản?\n\nÔng Hòa cho biết giấy mời là văn bản hành chính.", "khác"),
        (
            "Chỉ thị của Thủ tướng về phòng dịch\n\nThủ tướng vừa ban hành Chỉ thị. Yêu cầu:\n- Các bộ trực ban.",
            "khác",
        ),
        (
            "Kế hoạch phát triển du lịch được duyệt\n\n(BL) – UBND tỉnh vừa ban hành Quyết định số 15/QĐ-UBND.",
            "khác",
        ),
        (
            "Tỉnh họp\n\nSáng 12/4, UBND tỉnh đã họp. Chủ tịch yêu cầu:\n- Các sở báo cáo.\n\nChủ tịch\nLê Văn Quý",
            "khác",
        ),
        # the type opens the first line, the text names itself at the end
        (
            "Thông báo treo băng rôn ngày hội đọc sách\nThực hiện Thông báo số 5/TB-UBND ngày 02/4/2019 của Ủy ban nhân dân tỉnh "
            "về việc tổ chức ngày hội, Ủy ban nhân dân huyện thông báo như sau:\n1. Các trường treo băng rôn.\n"
            "Yêu cầu các trường thực hiện tốt nội dung Thông báo nêu trên./.",
            "thông báo",
        ),
        # an invitation: when and where
        (
            "Giấy mời họp bàn về nước sạch\nSở Xây dựng nhận được Công văn số 8/STC-TH ngày 02/4/2019 về việc họp.\n"
            "1. Thành phần: Báo Bình Lâm (cử phóng viên dự).\n2. Thời gian: 8 giờ ngày 05/4/2019;\n3. Địa điểm: Phòng họp số 2.",
            "giấy mời",
        ),
        # issuer and type on one line
        ("UBND XÃ TÂN LÂM THÔNG BÁO\n“V/v phòng chống rét”\nCác thôn che chắn chuồng trại.", "thông báo"),
        ("PHÒNG TÀI CHÍNH - KẾ HOẠCH\n“V/v phòng chống rét”\nCác thôn che chắn chuồng trại.", "khác"),
        # a body speaks in a line of its own
        ("Sở Y tế đề nghị các trạm y tế thực hiện:\n\n1. Báo cáo số giường trước ngày 10/4/2019.", "công văn"),
        (
            "Hỏi đáp\n\nVề việc xin thuê đất\n\nUBND tỉnh có ý kiến như sau:\n\nGiao Sở Xây dựng xem xét.\n\n"
            "(Theo Công văn số 35/UBND-KT, ngày 14/4/2019)",
            "công văn",
        ),
        # the text names itself in its last line
        (
            "1. Thời gian: 8 giờ ngày 05/4/2019.\n2. Địa điểm: Hội trường lớn.\nThông báo này thay cho giấy mời./.",
            "thông báo",
        ),
        # told from outside
        (
            "Thông báo mới về thu phí\nNgày 05/4/2019, UBND tỉnh ban hành Thông báo số 7/TB-UBND về thu phí.\n"
            "Thông báo nêu rõ: UBND tỉnh yêu cầu các sở:\n- Rà soát./.",
            "khác",
        ),
        ("Từ tháng 5 thu phí mới\n\nThông tư này có hiệu lực từ 01/5/2019.", "khác"),
        (
            "Hội thảo nước sạch\nThời gian: 8 giờ ngày 05/4/2019.\nĐịa điểm: Hội trường lớn, thành phố Bình Lâm.",
            "khác",
        ),
    ],
)
def test_pages_without_a_head(letter: str, kind: str) -> None:
    assert value(letter, "kind") == kind


def test_an_urgent_notice_of_one_line() -> None:
    letter = "Thông báo Khẩn ngày 18/10/2020\n\nKính gửi:\n\nHiệu trưởng các trường\n\nYêu cầu cho học sinh nghỉ học."
    assert value(letter, "urgency") == "khẩn"
    assert value(letter, "issued_on") == "2020-10-18"
    assert value(letter, "subject") is None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Thông báo về việc nghỉ", "thông báo"),
        ("Thông báo tin", "thông báo"),
        ("Thông Báo", None),
        ("Chỉ đạo", None),
    ],
)
def test_a_type_name_opens_the_first_line(line: str, kind: str | None) -> None:
    found = opening_title(head_rows(line + "\nThân văn bản."))
    assert (found.value if found else None) == kind


@pytest.mark.parametrize(
    ("signature", "expected"),
    [
        ("Phó Chủ tịch\n\n(Đã ký)\n\nThào A Tráng", (None, "Phó Chủ tịch", "Thào A Tráng")),
        ("Bộ trưởng Bộ Tài chính\nLê Văn Quý", (None, "Bộ trưởng Bộ Tài chính", "Lê Văn Quý")),
        (
            "TM. Ủy ban nhân dân\nKT. Chủ tịch\nPhó Chủ tịch\nLê Văn Quý",
            ("TM. Ủy ban nhân dân KT. Chủ tịch", "Phó Chủ tịch", "Lê Văn Quý"),
        ),
        ("K/T CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(đã ký)\nLê Văn Quý", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Quý")),
        ("KT CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn Quý", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Quý")),
        (
            "KT. CHÁNH VĂN PHÒNG\nPHÓ VĂN PHÒNG\n\nLê Văn Quý",
            ("KT. CHÁNH VĂN PHÒNG", "PHÓ VĂN PHÒNG", "Lê Văn Quý"),
        ),
        ("P. GIÁM ĐỐC\n(đã ký)\nLê Thị Hòa", (None, "P. GIÁM ĐỐC", "Lê Thị Hòa")),
        ("CHỦ TỊCH     Lê Văn Quý", (None, "CHỦ TỊCH", "Lê Văn Quý")),
        ("Hiệu trưởng\n(Đã ký và đóng dấu)\nLê Thị Hòa", (None, "Hiệu trưởng", "Lê Thị Hòa")),
        (
            "KT. BỘ TRƯỞNG BỘ Y TẾ\nTHỨ TRƯỞNG\nLê Văn Quý\nKT. BỘ TRƯỞNG BỘ TÀI CHÍNH\nTHỨ TRƯỞNG\nTrần Thị Lan",
            ("KT. BỘ TRƯỞNG BỘ Y TẾ", "THỨ TRƯỞNG", "Lê Văn Quý"),
        ),
    ],
)
def test_signatures_without_recipients(
    signature: str, expected: tuple[str | None, str | None, str | None]
) -> None:
    letter = DECISION.format(title="QUYẾT ĐỊNH\nVề việc thu thuỷ lợi phí", signature=signature)
    found = signer(letter)
    assert found is not None
    assert (found.authority, found.position, found.name) == expected
    text = Text.of_string(letter)
    assert cut(text).body.of(text.text).strip().endswith("vụ đông xuân.")


@pytest.mark.parametrize(
    "tail",
    [
        "Chủ tịch UBND các huyện\ntổ chức thực hiện.",
        "Phó Chủ tịch phụ trách\n1. Lê Văn Quý, Trưởng ban.",
        "Giám đốc sở báo cáo.",
        "CHỦ TỊCH báo cáo Lê Văn Quý",
        "Chủ tịch Lê Văn Quý",
    ],
)
def test_positions_in_ordinary_letters_without_a_name_sign_nothing(tail: str) -> None:
    assert signer(DECISION.format(title="QUYẾT ĐỊNH\nVề việc thu phí", signature=tail)) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "KT. BỘ TRƯỞNG THỨ TRƯỞNG- Lê Văn Quý Theo BỘ Y TẾ -",
            ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Lê Văn Quý"),
        ),
        ("KTBT, TT Lê Văn Quý Theo BỘ Y TẾ -", ("KTBT", "TT", "Lê Văn Quý")),
        ("Người ký văn bản:\nLê Văn Quý - Phó Cục trưởng", (None, "Phó Cục trưởng", "Lê Văn Quý")),
        ("Người ký: Lê Văn Quý", (None, None, "Lê Văn Quý")),
        ("Bài và ảnh: Lê Văn Quý", None),
        ("Người ký:", None),
    ],
)
def test_a_signer_named_above_the_body(
    line: str, expected: tuple[str | None, str | None, str] | None
) -> None:
    found = signer(
        f"1810/BYT-DP\n{line}\nCông văn V/v tiêm chủng\nKính gửi: Sở Y tế các tỉnh\nBộ Y tế yêu cầu các Sở báo cáo.\n"
    )
    assert (found and (found.authority, found.position, found.name)) == expected


def test_a_label_of_the_page_is_no_subject() -> None:
    letter = "THÔNG BÁO Về việc tiêm chủng\nNgười ký văn bản:\nLê Văn Quý\nNội dung:\nUBND xã thông báo:\n1. Tiêm chủng."
    assert value(letter, "subject") == "tiêm chủng"


@pytest.mark.parametrize(
    ("symbol", "body", "issuer"),
    [
        ("STNMT-QLĐ", "Sở Tài nguyên và Môi trường hướng dẫn", "Sở Tài nguyên và Môi trường"),
        ("SGD&ĐT-VP", "Sở Giáo dục và Đào tạo hướng dẫn", "Sở Giáo dục và Đào tạo"),
        ("STNMT-QLĐ", "Sở Xây dựng hướng dẫn", "UBND tỉnh Bình Lâm"),
        ("UBND-KT", "Sở Tài nguyên và Môi trường hướng dẫn", "UBND tỉnh Bình Lâm"),
    ],
)
def test_a_department_whose_line_is_lost(symbol: str, body: str, issuer: str) -> None:
    letter = (
        f"UBND TỈNH BÌNH LÂM CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 283/{symbol} Bình Lâm, ngày 19 tháng 5 năm 2008\n"
        f"Kính gửi: Ủy ban nhân dân các huyện.\nCăn cứ Luật Đất đai, {body} như sau.\n"
    )
    assert value(letter, "issuer") == issuer


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("SỞ Y TẾ BÌNH LÂM", "Sở Y tế Bình Lâm"),
        ("SỞ Y TẾ TỈNH BÌNH LÂM", "Sở Y tế tỉnh Bình Lâm"),
        ("SỞ TÀI CHÍNH - SỞ Y TẾ", "Sở Tài chính - Sở Y tế"),
        ("TRƯỜNG THPT LÊ QUÝ ĐÔN", "Trường THPT Lê Quý Đôn"),
        ("TRƯỜNG TIỂU HỌC BÌNH AN HUYỆN TÂN KHÊ", "Trường Tiểu học Bình An huyện Tân Khê"),
        ("TRƯỜNG ĐẠI HỌC KINH TẾ", "Trường Đại học Kinh tế"),
        ("LIÊN ĐOÀN LAO ĐỘNG TỈNH BÌNH LÂM", "Liên đoàn Lao động tỉnh Bình Lâm"),
        ("BỆNH VIỆN ĐA KHOA TỈNH BÌNH LÂM", "Bệnh viện Đa khoa tỉnh Bình Lâm"),
        ("HỘI ĐỒNG BỘ TRƯỞNG", "Hội đồng Bộ trưởng"),
        ("BẢO HIỂM XÃ HỘI", "Bảo hiểm xã hội"),
        ("BẢO HIỂM XÃ HỘI TỈNH BÌNH LÂM", "Bảo hiểm xã hội tỉnh Bình Lâm"),
    ],
)
def test_names_of_bodies_in_ordinary_letters(printed: str, written: str) -> None:
    assert ordinary(printed) == written


def test_particulars_listed_by_a_page() -> None:
    letter = (
        "Số ký hiệu: 1245/SYT-NVY\nNgày ban hành: 12/05/2019\nTrích yếu: tăng cường phòng dịch\nNgười ký: Lê Văn Quý\n\n"
        "Kính gửi: Giám đốc các Trung tâm Y tế\n\nSở Y tế yêu cầu các Trung tâm phun hóa chất trước ngày 30/5/2019.\n"
    )
    found = {
        name: value(letter, name)
        for name in ("kind", "number", "symbol", "issuer", "issued_on", "subject", "place")
    }
    assert found == {
        "kind": "công văn",
        "number": "1245",
        "symbol": "SYT-NVY",
        "issuer": "Sở Y tế",
        "issued_on": "2019-05-12",
        "subject": "tăng cường phòng dịch",
        "place": None,
    }
    assert (named := signer(letter)) is not None
    assert named.name == "Lê Văn Quý"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("BS.CKII. Lê Văn Quý", "Lê Văn Quý"),
        ("Lê Văn Quý", "Lê Văn Quý"),
        ("- Lưu: VT. Lê Văn Quý", None),
        ("Ông Lê Văn Quý trình bày", None),
    ],
)
def test_a_name_that_fills_its_line(line: str, name: str | None) -> None:
    found = name_alone(line)
    assert (found[0] if found else None) == name


def test_a_signature_on_one_line_behind_the_label_of_the_copies() -> None:
    letter = DECISION.format(
        title="QUYẾT ĐỊNH\nVề việc thu phí",
        signature="Nơi nhận: | KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê Văn Quý |\n- Như Điều 3; - Lưu: VT.",
    )
    found = signer(letter)
    assert found is not None
    assert (found.authority, found.position, found.name) == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Quý")


def test_a_signature_with_its_mark_and_rank_above_the_copies() -> None:
    letter = DECISION.format(
        title="QUYẾT ĐỊNH\nVề việc thu phí",
        signature="KT.GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n(đã ký)\nBS.CKII. Lê Văn Quý\nNơi nhận\n- Như Điều 3\n- Lưu VT",
    )
    text = Text.of_string(letter)
    assert cut(text).body.of(text.text).strip().endswith("vụ đông xuân.")
    found = signer(letter)
    assert found is not None
    assert found.name == "Lê Văn Quý"


PAGE = """{first}

{heading}

Về đề nghị của Sở Xây dựng tại Công văn số 25/SXD-TH ngày 13/5/2019 về việc cấp nước, UBND tỉnh có ý kiến như sau:

1. Giao Sở Xây dựng rà soát.

Văn phòng thông báo để các đơn vị biết, thực hiện./.
"""


@pytest.mark.parametrize(
    ("heading", "number", "symbol", "subject", "day"),
    [
        ("Công văn số: 315/VP-XD về việc cấp nước sạch.", "315", "VP-XD", "cấp nước sạch", None),
        (
            "Công văn 315/VP-XD ngày 20/5/2019 của Văn phòng UBND tỉnh về việc cấp nước sạch do Văn phòng UBND tỉnh ban hành",
            "315",
            "VP-XD",
            "cấp nước sạch",
            "2019-05-20",
        ),
        ("Công văn số 315/VP-XD năm 2019 về cấp nước sạch", "315", "VP-XD", "cấp nước sạch", None),
        ("Công văn số 315/VP-XD về việc cấp nước nêu rõ nhiều việc.", None, None, None, None),
        ("Công văn số 315/VP-XD gửi Sở Xây dựng ngày 20/5.", None, None, None, None),
    ],
)
def test_a_heading_of_the_page_names_the_letter(
    heading: str, number: str | None, symbol: str | None, subject: str | None, day: str | None
) -> None:
    letter = PAGE.format(first="Cấp nước sạch cho thành phố", heading=heading)
    assert value(letter, "kind") == ("công văn" if number else "khác")
    assert value(letter, "number") == number
    assert value(letter, "symbol") == symbol
    assert value(letter, "subject") == subject
    assert value(letter, "issued_on") == day


@pytest.mark.parametrize(
    ("note", "number"),
    [
        ("(Theo Công văn số 35/UBND-KT, ngày 14/4/2019)", "35"),
        ("Xem chi tiết tại Công văn 35/UBND-KT", "35"),
        ("Các sở thực hiện theo Công văn số 35/UBND-KT.", None),
    ],
)
def test_a_note_under_the_text_names_the_letter(note: str, number: str | None) -> None:
    letter = f"V/v xin thuê đất\n\nUBND tỉnh có ý kiến như sau:\n\nGiao Sở Xây dựng xem xét.\n\n{note}"
    assert value(letter, "number") == number


def test_a_cited_number_is_not_the_letters() -> None:
    letter = (
        "Thông báo Về việc nghỉ Tết\nThực hiện Thông báo số 5/TB-UBND ngày 02/4/2019 về việc nghỉ, trường thông báo như sau:\n"
        "1. Cán bộ, giáo viên, người lao động được nghỉ một ngày, ngày 30 tháng 4 năm 2019.\nThông báo này thay lịch cũ./."
    )
    assert value(letter, "symbol") is None
    assert value(letter, "issued_on") is None
    assert value(letter, "subject") == "nghỉ Tết"


def names_of(letter: str) -> list[str]:
    return [name.text for name in cut(Text.of_string(letter)).names]


TOP = "SỞ Y TẾ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 35/SYT-KH\nBình Lâm, ngày 04 tháng 4 năm 2019\n"


@pytest.mark.parametrize(
    ("block", "names", "opening"),
    [
        # nothing behind "Kính gửi:": the body follows
        (
            "Kính gửi:\nĐến nay, các trạm y tế đã tiêm xong mũi thứ nhất và đang chuẩn bị tiêm mũi thứ hai cho trẻ em trên địa bàn; "
            "đề nghị các trạm thực hiện:\n- Báo cáo số trẻ.",
            [],
            "Đến nay",
        ),
        # the grounds end the list although the last receiver ends in an open word
        (
            "Kính gửi:\n- Các bệnh viện;\n- Các đơn vị trực thuộc\nThực hiện Công văn số 1/BYT-KH ngày 01/4/2019 của Bộ Y tế;",
            ["Các bệnh viện", "Các đơn vị trực thuộc"],
            "Thực hiện",
        ),
        (
            "Kính gửi: Các đơn vị thuộc\nTrung tâm Y tế huyện\nThực hiện Kế hoạch năm, đề nghị báo cáo.",
            ["Các đơn vị thuộc Trung tâm Y tế huyện"],
            "Thực hiện",
        ),
        # every receiver closed by a full stop
        (
            "Kính gửi:\n- Các bệnh viện.\n- Các trạm y tế.\n- UBND các huyện\nTheo đề nghị của Bộ Y tế, các đơn vị báo cáo.",
            ["Các bệnh viện", "Các trạm y tế", "UBND các huyện"],
            "Theo",
        ),
        ("Kính gửi: Các bệnh viện.\n- Các trạm y tế cần báo cáo.", ["Các bệnh viện"], "- Các trạm"),
        ("Kính gửi:\n- Các bệnh viện.\n- Đề nghị báo cáo.", ["Các bệnh viện"], "- Đề nghị"),
        ("Kính gửi: UBND huyện……………\nĐề nghị báo cáo.", ["UBND huyện"], "Đề nghị"),
    ],
)
def test_where_the_receivers_end(block: str, names: list[str], opening: str) -> None:
    letter = f"{TOP}{block}\nNơi nhận:\n- Như trên;\n- Lưu: VT."
    sections = cut(Text.of_string(letter))
    assert names_of(letter) == names
    assert sections.body.of(letter).lstrip().startswith(opening)


@pytest.mark.parametrize(
    ("line", "symbol"),
    [
        ("Số: 3106/VPX /NC", "VPX/NC"),
        ("Số: 35/VPX-V .I", "VPX-V.I"),
        ("Số: 35/BTX-Vụ II", "BTX-Vụ II"),
        ("Số: 35/BTX-Vụ Hai", "BTX-Vụ"),
        ("Số: 35/SYT-KH", "SYT-KH"),
    ],
)
def test_symbols_of_offices(line: str, symbol: str) -> None:
    letter = TOP.replace("Số: 35/SYT-KH", line) + "Kính gửi: Các trạm y tế\nĐề nghị báo cáo."
    assert value(letter, "symbol") == symbol


@pytest.mark.parametrize(
    ("above", "subject"),
    [
        ("Báo cáo công tác chuẩn bị năm học mới\n\n8/24/2011 9:49:07 AM\n\n", "Báo cáo công tác chuẩn bị năm học mới"),
        ("Kiểm tra phong trào đọc sách năm 2011\n", "Kiểm tra phong trào đọc sách năm 2011"),
        ("Kiểm tra phong trào\nTin mới nhất của trường\n", None),
        ("Sở Giáo dục và Đào tạo tỉnh Bình Lâm\n", None),
    ],
)
def test_the_heading_of_a_page_over_the_receivers(above: str, subject: str | None) -> None:
    letter = f"{above}Kính gửi: Các trường\n\nSở đề nghị các trường báo cáo trước ngày 28/8/2011 về địa chỉ a@binhlam.edu.vn./."
    assert value(letter, "kind") == "công văn"
    assert value(letter, "subject") == subject
    assert names_of(letter) == ["Các trường"]


def test_a_subject_among_the_copies_and_copies_without_a_label() -> None:
    letter = (
        f"{TOP}Kính gửi:\n- Các trạm y tế\nĐề nghị báo cáo.\n- Như trên;\n- Ban Giám đốc;\n- Lưu VT.\n"
        "V/v đánh giá\ncông trình vệ sinh\nGIÁM ĐỐC\nLê Văn Quý"
    )
    text = Text.of_string(letter)
    assert value(letter, "subject") == "đánh giá công trình vệ sinh"
    assert [name.text for name in read_recipients(text, cut(text))] == ["Như trên", "Ban Giám đốc", "Lưu VT"]


def test_a_mark_of_authority_parted_from_its_position_gets_no_copy() -> None:
    text = Text.of_string(f"{DECISION.format(title='QUYẾT ĐỊNH', signature='')}\nNơi nhận:\n- Như trên;\nTL.\nCHỦ TỊCH\nLê Văn Quý")
    assert [name.text for name in read_recipients(text, cut(text))] == ["Như trên"]
    bare = Text.of_string(f"{DECISION.format(title='QUYẾT ĐỊNH', signature='')}\nNơi nhận:\nTL.\nCHỦ TỊCH")
    assert read_recipients(bare, cut(bare)) == ()


GROUNDS = "\nCăn cứ Luật Thủy lợi;\nQUYẾT ĐỊNH:\nĐiều 1. Giao Sở Xây dựng thực hiện.\n{signature}"


@pytest.mark.parametrize(
    ("top", "issuer", "subject"),
    [
        (
            "ỦY BAN NHÂN DÂN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 24/2014/QĐ-UBND\nBình Lâm, ngày 31 tháng 10 năm 2014\n"
            "BAN HÀNH QUY ĐỊNH VỀ THU PHÍ NƯỚC\nỦY BAN NHÂN DÂN TỈNH BÌNH LÂM",
            "Ủy ban nhân dân tỉnh Bình Lâm",
            "Ban hành Quy định về thu phí nước",
        ),
        ("QUYẾT ĐỊNH\nVỀ VIỆC THU PHÍ NƯỚC\nỦY BAN NHÂN DÂN TỈNH BÌNH LÂM", "Ủy ban nhân dân tỉnh Bình Lâm", "Thu phí nước"),
        ("QUYẾT ĐỊNH\nVỀ VIỆC THU PHÍ NƯỚC\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BÌNH LÂM", "Ủy ban nhân dân tỉnh Bình Lâm", "Thu phí nước"),
        ("QUYẾT ĐỊNH\nVỀ VIỆC THU PHÍ NƯỚC\nỦY BAN NHÂN DÂN", None, "Thu phí nước"),
        ("NGHỊ QUYẾT\nVỀ THU PHÍ NƯỚC NĂM 2024\nỦY BAN THƯỜNG VỤ QUỐC HỘI", "Ủy ban Thường vụ Quốc hội", "Thu phí nước năm 2024"),
    ],
)
def test_who_decides_stands_over_the_grounds(top: str, issuer: str | None, subject: str) -> None:
    letter = top + GROUNDS.format(signature="GIÁM ĐỐC\nLê Văn Quý")
    found = value(letter, "issuer")
    assert found == issuer
    assert (value(letter, "subject") or "").casefold() == subject.casefold()


def test_a_telegram_whose_sender_stands_over_its_receivers() -> None:
    letter = (
        "CÔNG ĐIỆN\nSố: 02/CĐ-BCĐ hồi 10 giờ 00 ngày 01/02/2014\nBAN CHỈ ĐẠO PHÒNG CHỐNG RÉT\n- ỦY BAN CỨU TRỢ\n"
        "Điện:\n- UBND các huyện;\n- Các sở.\nTheo tin dự báo, sắp có rét.\nYêu cầu các huyện:\n1. Che chắn chuồng trại./."
    )
    assert value(letter, "subject") is None
    assert value(letter, "issuer") == "Ban Chỉ đạo phòng chống rét - Ủy ban cứu trợ"


@pytest.mark.parametrize(
    ("first", "issuer"),
    [
        ("Sở Y tế đề nghị các trạm thực hiện:", "Sở Y tế"),
        ("UBND huyện Tân Lâm yêu cầu các xã thực hiện:", "UBND huyện Tân Lâm"),
        ("UBND huyện yêu cầu các xã thực hiện:", None),
        ("Sở yêu cầu các trạm thực hiện:", None),
    ],
)
def test_the_body_that_speaks_in_a_letter_without_a_head(first: str, issuer: str | None) -> None:
    assert value(f"{first}\n\n1. Báo cáo số giường./.", "issuer") == issuer


@pytest.mark.parametrize(
    ("last", "name"),
    [("Sóng Hồng", "Sóng Hồng"), ("Bình Dương", None), ("Nơi nhận", None), ("Sóng Hồng\nGhi chú", None)],
)
def test_a_name_that_is_known_by_its_place(last: str, name: str | None) -> None:
    letter = DECISION.format(title="QUYẾT ĐỊNH\nVề việc thu phí", signature=f"TM. HỘI ĐỒNG BỘ TRƯỞNG\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n{last}")
    found = signer(letter)
    assert found is not None
    assert found.authority == "TM. HỘI ĐỒNG BỘ TRƯỞNG KT. CHỦ TỊCH"
    assert found.name == name
