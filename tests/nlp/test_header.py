"""Header fields: as printed where they can be read, unknown where they cannot."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.types import Box, Line, Mark, Page, Word
from nlp.header import header_warnings, probable_date, read_header, signed_on
from nlp.names import mend_place, ordinary, sentence_case
from nlp.reading import Text
from nlp.sections import cut
from nlp.types import Header
from tests.nlp.letters import ALL, HANDWRITTEN, PLAIN


def header_of(letter: str) -> Header:
    text = Text.of_string(letter)
    return read_header(text, cut(text))


def value(letter: str, field: str) -> str | None:
    found = getattr(header_of(letter), field)
    return found.value if found else None


EXPECTED: dict[str, dict[str, str | None]] = {
    "plain": {
        "kind": "công văn",
        "number": "845",
        "symbol": "SNV-TCBC",
        "issuer": "Sở Nội vụ",
        "parent_body": "UBND tỉnh Bình Lâm",
        "place": "Bình Lâm",
        "issued_on": "2022-05-09",
        "subject": "rà soát biên chế của các đơn vị sự nghiệp năm 2022",
        "urgency": None,
    },
    "flattened": {
        "kind": "chỉ thị",
        "number": "17",
        "symbol": "CT-UBND",
        "issuer": "Ủy ban nhân dân huyện Tân Khê",
        "parent_body": None,
        "issued_on": "2018-07-03",
        "subject": "tăng cường phòng cháy, chữa cháy rừng trong mùa khô trên địa bàn huyện",
    },
    "boxed": {
        "kind": "công điện",
        "number": "03",
        "issuer": "Ủy ban nhân dân tỉnh Bình Lâm",
        "issued_on": "2023-02-14",
        "subject": "ứng phó với không khí lạnh tăng cường",
        "urgency": "hỏa tốc",
        "secrecy": None,
    },
    "stamped": {
        "kind": "công văn",
        "number": "2051",
        "symbol": "BXD-HTKT",
        "issuer": "Bộ Xây dựng",
        "subject": "quản lý cây xanh đô thị",
        "place": "Hà Nội",
    },
    "web": {
        "kind": "quyết định",
        "number": "77",
        "symbol": "QĐ-UBND",
        "issuer": "Ủy ban nhân dân tỉnh Bình Lâm",
        "place": "Bình Lâm",
        "issued_on": "2014-01-06",
        "subject": "Ban hành kế hoạch phối hợp giữa Sở Y tế và UBND huyện năm 2014",
    },
    "web letter": {
        "kind": "công văn",
        "number": "311",
        "issuer": "Tổng cục Hải quan",
        "parent_body": "Bộ Tài chính",
        "subject": "kiểm tra sau thông quan mặt hàng phân bón",
        "issued_on": "2012-02-13",
    },
    "party": {"number": "44", "symbol": "CTr/TU", "issuer": "Tỉnh ủy Bình Lâm", "issued_on": "2016-01-12"},
    "news": {"kind": "khác", "number": None, "issuer": None, "subject": None, "issued_on": None},
    "handwritten": {
        "number": None,
        "issued_on": None,
        "symbol": "UBND-TH",
        "issuer": "Ủy ban nhân dân tỉnh Bình Lâm",
        "subject": "đôn đốc báo cáo quý III",
    },
}


@pytest.mark.parametrize(("name", "field"), [(n, f) for n, fields in EXPECTED.items() for f in fields])
def test_fields_of_whole_letters(name: str, field: str) -> None:
    assert value(ALL[name], field) == EXPECTED[name][field]


@pytest.mark.parametrize(
    ("line", "kind", "number"),
    [("Luật số: 16/2023/QH15", "luật", "16"), ("Luật số:\n16/2023/QH15", "luật", "16")],
)
def test_laws_have_their_own_number_line(line: str, kind: str, number: str) -> None:
    law = (
        f"QUỐC HỘI -------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ------- {line}\n"
        "Hà Nội, ngày 19 tháng 6 năm 2023 LUẬT X\nCăn cứ Hiến pháp;\nĐiều 1. Phạm vi\nLuật này quy định về X.\n"
    )
    assert value(law, "kind") == kind
    assert value(law, "number") == number
    assert value(law, "issuer") == "Quốc hội"


def with_number_line(line: str) -> str:
    return PLAIN.replace("Số: 845/SNV-TCBC", line)


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        ("Số: 845/SNV-TCBC", "845", "SNV-TCBC"),
        ("Số 845/SNV-TCBC", "845", "SNV-TCBC"),
        ("Số:845/ SNV - TCBC", "845", "SNV-TCBC"),
        ("Số: 05/SNV–TCBC", "05", "SNV-TCBC"),
        ("Số: 845\n\n/SNV-TCBC", "845", "SNV-TCBC"),
        ("Số:\n845\n/SNV-TCBC", "845", "SNV-TCBC"),
        ("Số: 845/SNV-CCHC&PC", "845", "SNV-CCHC&PC"),
        ("Số: 30c/SNV-TCBC", "30c", "SNV-TCBC"),
        ("Số: 12/2022/QÐ-UBND", "12", "QĐ-UBND"),
        ("Số: 612-CV/HU", "612", "CV/HU"),
        ("Số: 169-CP", "169", "CP"),
        ("Số 73/TTg-CN", "73", "TTg-CN"),
        ("Số: 113/HĐBT", "113", "HĐBT"),
        ("Số: 07/CT-BCA-V28", "07", "CT-BCA-V28"),
        ("Số: 129/V28-P5", "129", "V28-P5"),
        ("Số: 498/UBND", "498", "UBND"),
        ("Số : 498 / UBND-NL", "498", "UBND-NL"),
        ("SỐ: 498/UBND-NL", "498", "UBND-NL"),
        ("Số: /SNV-TCBC", None, "SNV-TCBC"),
        ("Số: ..../SNV-TCBC", None, "SNV-TCBC"),
        ("Số: đ04/SNV-TCBC", None, "SNV-TCBC"),
        ("Số: 8$5/SNV-TCBC", None, "SNV-TCBC"),
        ("Số: 000/SNV-TCBC", None, "SNV-TCBC"),
        ("Số: €Š4 /SNV-TCBC", None, "SNV-TCBC"),
    ],
)
def test_number_lines(line: str, number: str | None, symbol: str) -> None:
    assert value(with_number_line(line), "number") == number
    assert value(with_number_line(line), "symbol") == symbol


def test_the_number_of_a_cited_document_is_not_the_letters_own() -> None:
    letter = PLAIN.replace("Số: 845/SNV-TCBC\n", "").replace("trình", "trình")
    assert value(letter, "number") is None
    assert value(letter, "symbol") is None


@pytest.mark.parametrize(
    ("line", "issued_on", "place"),
    [
        ("Bình Lâm, ngày 09 tháng 5 năm 2022", "2022-05-09", "Bình Lâm"),
        ("Bình Lâm, ngày 9 thang 5 nam 2022", "2022-05-09", "Bình Lâm"),
        ("Bình Lâm, ngày09tháng 5 năm 2022", "2022-05-09", "Bình Lâm"),
        ("Bình Lâm, 09/5/2022", "2022-05-09", "Bình Lâm"),
        ("TP. Hồ Chí Minh, ngày 09 tháng 5 năm 2022", "2022-05-09", "TP. Hồ Chí Minh"),
        ("Ha Nội, ngày 09 tháng 5 năm 2022", "2022-05-09", "Hà Nội"),
        ("Đăk Nông, ngày 09 tháng 5 năm 2022", "2022-05-09", "Đăk Nông"),
        ("Bình Lâm, ngày {9 tháng 5 năm 2022", None, "Bình Lâm"),
        ("Bình Lâm, ngày tháng 5 năm 2022", None, "Bình Lâm"),
        ("Bình Lâm, ngày 39 tháng 5 năm 2022", None, "Bình Lâm"),
        ("Bình Lâm, ngày 31 tháng 6 năm 2022", None, "Bình Lâm"),
        ("Bình Lâm, ngày 09 tháng 5 năm 1022", None, "Bình Lâm"),
    ],
)
def test_place_and_day(line: str, issued_on: str | None, place: str) -> None:
    letter = PLAIN.replace("Bình Lâm, ngày 09 tháng 5 năm 2022", line)
    assert value(letter, "issued_on") == issued_on
    assert value(letter, "place") == place


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("QUYẾT ĐỊNH", "quyết định"),
        ("KẾ HOẠCH", "kế hoạch"),
        ("TỜ TRÌNH", "tờ trình"),
        ("THÔNG BÁO", "thông báo"),
        ("i: : _¬ CHỈ THỊ", "chỉ thị"),
        ("C Ô N G  Đ I Ệ N", "công điện"),
        ("THONG BAO", "thông báo"),
        ("GIẤY MỜI", "giấy mời"),
        ("HƯỚNG DẪN", "hướng dẫn"),
        ("BIÊN BẢN", "biên bản"),
    ],
)
def test_named_types(title: str, kind: str) -> None:
    letter = (
        "UBND TỈNH BÌNH LÂM\nSỞ Y TẾ\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
        f"Số: 12/XX-SYT\n\nBình Lâm, ngày 02 tháng 3 năm 2020\n\n{title}\nVề công tác tiêm chủng mở rộng\n\n"
        "Căn cứ kế hoạch năm 2020, Sở Y tế yêu cầu các đơn vị thực hiện./.\n\nNơi nhận:\n- Lưu: VT.\n"
    )
    assert value(letter, "kind") == kind
    assert value(letter, "subject") == "công tác tiêm chủng mở rộng"


@pytest.mark.parametrize(
    ("symbol", "kind"),
    [("QĐ-UBND", "quyết định"), ("CT-UBND", "chỉ thị"), ("TTr-SNV", "tờ trình"), ("SNV-KH", "công văn"), ("UBND-CT", "công văn")],
)
def test_the_symbol_tells_the_type_where_the_title_is_lost(symbol: str, kind: str) -> None:
    letter = with_number_line(f"Số: 7/{symbol}").replace("V/v rà soát", "rà soát")
    assert value(letter, "kind") == kind


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        ("Số: 61ÿSYT-NVY", None, "SYT-NVY"),
        ("Số: Ä7f!SYT-TC&KH", None, "SYT-TC&KH"),
        ("Số: 61ÿ NVY SYT", None, None),
        ("Số: 61 SYT-NVY", "61", "SYT-NVY"),
        ("Số: 61-CV/TU", "61", "CV/TU"),
    ],
)
def test_a_symbol_behind_a_slash_that_was_misread(line: str, number: str | None, symbol: str | None) -> None:
    letter = with_number_line(line)
    assert value(letter, "symbol") == symbol
    assert value(letter, "number") == number


def test_a_head_of_misread_words_is_a_letters() -> None:
    damaged = "TONG CUC Y TE\nSố: 7f03Y!SYT-NVY Ha Nội, ngày of tháng § năm 2021\n\n, Kink gửi: Công ty TNHH An Phát\n\nĐề nghị Công ty nộp hồ sơ.\n"
    assert value(damaged, "kind") == "công văn"
    assert value(damaged.replace(", Kink gửi:", "Hỏi đáp:"), "kind") == "khác"


@pytest.mark.parametrize(
    ("stamp", "urgency", "secrecy"),
    [
        ("KHẨN", "khẩn", None),
        ("HOẢ TỐC", "hỏa tốc", None),
        ("THƯỢNG KHẨN", "thượng khẩn", None),
        ("MẬT", None, "mật"),
        ("TUYỆT MẬT", None, "tuyệt mật"),
        ("Khẩn trương", None, None),
        ("MẶT", None, None),
        ("BẢN SAO", None, None),
    ],
)
def test_urgency_and_secrecy_stamps(stamp: str, urgency: str | None, secrecy: str | None) -> None:
    letter = PLAIN.replace("Số: 845", f"{stamp}\nSố: 845")
    assert value(letter, "urgency") == urgency
    assert value(letter, "secrecy") == secrecy
    assert value(letter, "issuer") == "Sở Nội vụ"


def test_words_of_urgency_in_the_body_are_no_stamp() -> None:
    assert value(PLAIN.replace("Lãnh đạo Sở", "KHẨN"), "urgency") is None


def test_urgency_in_the_title_line() -> None:
    assert (
        value(ALL["boxed"].replace("HỎA TỐC\n\n", "").replace("CÔNG ĐIỆN\n", "CÔNG ĐIỆN KHẨN\n"), "urgency")
        == "khẩn"
    )


@pytest.mark.parametrize(
    ("head", "issuer", "parent"),
    [
        ("BỘ TÀI CHÍNH\nTỔNG CỤC THUẾ", "Tổng cục Thuế", "Bộ Tài chính"),
        ("BO TAI CHINH\nTONG CUC THUE", "Tổng cục Thuế", "Bộ Tài chính"),
        ("THỦ TƯỚNG CHÍNHPHỦ", "Thủ tướng Chính phủ", None),
        ("HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ CẦN THƠ", "Hội đồng nhân dân thành phố Cần Thơ", None),
        (
            "UBND TỈNH BÌNH LÂM\nSỞ LAO ĐỘNG - THƯƠNG\nBINH VÀ XÃ HỘI",
            "Sở Lao động - Thương binh và Xã hội",
            "UBND tỉnh Bình Lâm",
        ),
        ("VĂN PHÒNG CHÍNH PHỦ", "Văn phòng Chính phủ", None),
        ("ỦY BAN THƯỜNG VỤ\nQUỐC HỘI", "Ủy ban Thường vụ Quốc hội", None),
        ("ỦY BAN NHÂN DÂN\nTĨNH KON TUM", "Ủy ban nhân dân tỉnh Kon Tum", None),
    ],
)
def test_issuer_and_parent(head: str, issuer: str, parent: str | None) -> None:
    letter = PLAIN.replace("UBND TỈNH BÌNH LÂM\nSỞ NỘI VỤ", head).replace("SNV-TCBC", "ABC-TCBC")
    assert value(letter, "issuer") == issuer
    assert value(letter, "parent_body") == parent


def test_a_missing_issuer_is_inferred_and_says_so() -> None:
    letter = PLAIN.replace("UBND TỈNH BÌNH LÂM\nSỞ NỘI VỤ\n\n", "").replace("SNV-TCBC", "BYT-DP")
    field = header_of(letter).issuer
    assert field is not None
    assert field.value == "Bộ Y tế"
    assert field.evidence.rule == "header.issuer.from-symbol"
    assert field.evidence.confidence < 0.8


def test_an_unknown_symbol_infers_nothing() -> None:
    headless = PLAIN.replace("UBND TỈNH BÌNH LÂM\nSỞ NỘI VỤ\n\n", "")
    assert value(headless.replace("SNV-TCBC", "ABC-TCBC"), "issuer") is None
    assert value(headless, "issuer") == "Sở Nội vụ"


def test_the_archive_line_mends_the_symbols_unit() -> None:
    letter = with_number_line("Số: 845/SNV-TCBD")
    field = header_of(letter).symbol
    assert field is not None
    assert field.value == "SNV-TCBC"
    assert "mended" in field.evidence.rule


@pytest.mark.parametrize(
    ("printed", "subject"),
    [
        (
            "V/v rà soát biên chế của các\nđơn vị sự nghiệp năm 2022",
            "rà soát biên chế của các đơn vị sự nghiệp năm 2022",
        ),
        ("V/v: đơn độc giải ngân", "đôn đốc giải ngân"),
        ("Về việc mời họp\nvề Chương trình giảm nghèo", "mời họp về Chương trình giảm nghèo"),
        ("V/v trả lời kiến nghị của\nPhần Lan", "trả lời kiến nghị của Phần Lan"),
    ],
)
def test_subjects_of_letters_without_a_type_name(printed: str, subject: str) -> None:
    letter = PLAIN.replace("V/v rà soát biên chế của các\nđơn vị sự nghiệp năm 2022", printed)
    assert value(letter, "subject") == subject


def test_the_subject_ends_before_a_body_that_follows_at_once() -> None:
    letter = (
        "ỦY BAN NHÂN DÂN\nTỈNH BÌNH LÂM\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 21/TB-UBND\nBình Lâm, ngày 08 tháng 4 năm 2021\nTHÔNG BÁO\n"
        "Kết luận của Chủ tịch UBND tỉnh tại cuộc họp về tiến độ\nxây dựng cầu Sông Trà trong thời gian đến\n"
        "Ngày 05/4/2021, Chủ tịch UBND tỉnh chủ trì họp với các sở, ban, ngành và huyện\nTân Khê về tiến độ.\n"
        "Nơi nhận:\n- Lưu: VT.\n"
    )
    assert value(letter, "subject") == (
        "Kết luận của Chủ tịch UBND tỉnh tại cuộc họp về tiến độ xây dựng cầu Sông Trà trong thời gian đến"
    )


@pytest.mark.parametrize(
    "first",
    [
        "Chiều 08/11/2021, Chủ tịch UBND tỉnh họp với các sở.",
        "Lúc 13 giờ ngày 14/10/2021, mực nước sông Trà lên trên báo động III.",
        "Mưa lớn những ngày qua làm mực nước sông Trà dâng cao trên mức báo động.",
        "Căn cứ Luật Đê điều;",
    ],
)
def test_bodies_that_follow_a_subject_without_a_gap(first: str) -> None:
    letter = (
        "ỦY BAN NHÂN DÂN\nTỈNH BÌNH LÂM\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 21/CĐ-UBND\nBình Lâm, ngày 15 tháng 10 năm 2021\nCÔNG ĐIỆN\n"
        "Về việc ứng phó với lũ khẩn cấp trên\nsông Trà và sông Con\n"
        f"{first}\nYêu cầu các huyện trực ban.\nNơi nhận:\n- Lưu: VT.\n"
    )
    assert value(letter, "subject") == "ứng phó với lũ khẩn cấp trên sông Trà và sông Con"


def test_what_could_not_be_read_is_told_with_its_hint() -> None:
    text = Text.of_string(HANDWRITTEN)
    sections = cut(text)
    header = read_header(text, sections)
    warnings = header_warnings(text, sections, header)
    assert any("&5" in warning for warning in warnings)
    assert any("11/10/2021" in warning for warning in warnings)
    assert signed_on(text) == date(2021, 10, 11)
    assert probable_date(text, sections, header) == date(2021, 10, 11)


def test_every_field_has_evidence_that_shows_it() -> None:
    text = Text.of_string(PLAIN)
    header = read_header(text, cut(text))
    for name in ("number", "symbol", "place"):
        field = getattr(header, name)
        assert text.text[field.evidence.start : field.evidence.end] == field.value
    assert header.issuer is not None
    assert text.text[header.issuer.evidence.start : header.issuer.evidence.end] == "SỞ NỘI VỤ"


def scanned(number_confidence: float) -> Text:
    lines = []
    for row, raw in enumerate(PLAIN.split("\n")):
        words = tuple(
            Word(
                word,
                Box(50.0 * i, 14.0 * row, 50.0 * i + 45, 14.0 * row + 10),
                number_confidence if word == "845/SNV-TCBC" else 0.95,
            )
            for i, word in enumerate(raw.split())
        )
        if words:
            lines.append(Line(words, gap=row > 0 and not PLAIN.split("\n")[row - 1].strip()))
    return Text.of_pages(
        (Page(1, 595, 842, tuple(lines), "ocr", marks=(Mark("stamp", Box(1, 1, 9, 9), "HỎA TỐC", 0.9),)),)
    )


def test_a_number_the_reader_doubts_stays_unknown() -> None:
    sure, unsure = scanned(0.9), scanned(0.3)
    assert read_header(sure, cut(sure)).number is not None
    assert read_header(unsure, cut(unsure)).number is None


def test_a_stamp_set_apart_on_the_page_is_read() -> None:
    text = scanned(0.9)
    urgency = read_header(text, cut(text)).urgency
    assert urgency is not None
    assert urgency.value == "hỏa tốc"


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH HÀ GIANG", "Ủy ban nhân dân tỉnh Hà Giang"),
        ("BAN CHỈ HUY PCTT VÀ TKCN TỈNH LÀO CAI", "Ban Chỉ huy PCTT và TKCN tỉnh Lào Cai"),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở Y tế", "Sở Y tế"),
        ("ỦY BAN NHÂN DÂN XÃ THẠNH HÒA", "Ủy ban nhân dân xã Thạnh Hòa"),
    ],
)
def test_ordinary_capitalisation(printed: str, name: str) -> None:
    assert ordinary(printed) == name


@pytest.mark.parametrize(
    ("printed", "mended"), [("Ha Nội", "Hà Nội"), ("Thạnh Hòa", "Thạnh Hòa"), ("Đăk Lăk", "Đăk Lăk")]
)
def test_places_are_mended_only_where_marks_are_missing(printed: str, mended: str) -> None:
    assert mend_place(printed)[0] == mended


@given(st.sampled_from(sorted(ALL)), st.data())
@settings(max_examples=80, deadline=None)
def test_damaged_letters_never_fail_and_never_give_impossible_values(name: str, data: st.DataObject) -> None:
    chars = list(ALL[name])
    for _ in range(data.draw(st.integers(0, 40))):
        chars[data.draw(st.integers(0, len(chars) - 1))] = data.draw(st.sampled_from(" \nxĐ0/-:;.Số"))
    header = header_of("".join(chars))
    if header.issued_on:
        date.fromisoformat(header.issued_on.value)
    if header.number:
        assert header.number.value[0].isdigit()


def test_a_subject_in_capitals_goes_on_over_longer_lines() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH ĐẮK LẮK\n\nSố: 12/CT-UBND\n\nĐắk Lắk, ngày 26 tháng 11 năm 2025\n\nCHỈ THỊ\n\n"
        "VỀ VIỆC TĂNG CƯỜNG QUẢN LÝ ĐẤT ĐAI, NÂNG\nCAO CHẤT LƯỢNG PHỤC VỤ NGƯỜI DÂN, DOANH NGHIỆP TRONG CẤP GIẤY\n"
        "CHỨNG NHẬN TRÊN ĐỊA BÀN TỈNH ĐẮK LẮK\n\nThời gian qua, các địa phương đã có nhiều cố gắng.\n"
    )
    assert value(text, "subject") == (
        "Tăng cường quản lý đất đai, nâng cao chất lượng phục vụ người dân, doanh nghiệp trong cấp giấy chứng nhận trên địa bàn tỉnh Đắk Lắk"
    )


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("BAN HÀNH KẾ HOẠCH “VỀ XÂY DỰNG NÔNG THÔN MỚI”", "Ban hành kế hoạch “về xây dựng nông thôn mới”"),
        ("TĂNG CƯỜNG QUẢN LÝ CỦA SỞ XÂY DỰNG TẠI HÀ GIANG", "Tăng cường quản lý của Sở Xây dựng tại Hà Giang"),
        ("TRIỂN KHAI CÔNG TÁC PCCC Ở VIỆT NAM", "Triển khai công tác PCCC ở Việt Nam"),
    ],
)
def test_a_subject_in_capitals_in_sentence_case(printed: str, written: str) -> None:
    assert sentence_case(printed) == written
