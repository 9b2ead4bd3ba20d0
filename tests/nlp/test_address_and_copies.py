"""Kính gửi, Nơi nhận, the signature and the ĐẾN stamp, with what scans do to them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.types import Box, Mark, Page
from nlp.addressees import read_addressees
from nlp.mending import mend
from nlp.persons import name_at_end
from nlp.reading import Text, page_of_string
from nlp.recipients import read_recipients
from nlp.sections import Sections, cut
from nlp.signature import read_signer
from nlp.stamps import read_incoming
from tests.nlp.letters import ALL, PLAIN

ADDRESS = "Kính gửi:\n- Các sở, ban, ngành thuộc UBND tỉnh;\n- UBND các huyện, thành phố thuộc\ntỉnh."
COPIES = PLAIN[PLAIN.index("Nơi nhận:") :]


def parts(letter: str) -> tuple[Text, Sections]:
    text = Text.of_string(letter)
    return text, cut(text)


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Kính gửi: Sở Y tế", ["Sở Y tế"]),
        ("Kính gửi: Sở Y tế.", ["Sở Y tế"]),
        ("Kính gửi : Sở Y tế.", ["Sở Y tế"]),
        ("Kinh gửi: Sở Y tế", ["Sở Y tế"]),
        ("KÍNH GỬI: Sở Y tế", ["Sở Y tế"]),
        ("ngửi: Các sở, ngành.", ["Các sở, ngành"]),
        ("Kính gửi: Sở Y tế; Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("Kính gửi:\nSở Y tế;\nSở Nội vụ.", ["Sở Y tế", "Sở Nội vụ"]),
        ("Kính gửi:\n\n- Sở Y tế;\n\n- Sở Nội vụ.", ["Sở Y tế", "Sở Nội vụ"]),
        ("Kính gửi: - Sở Y tế;\n- Sở Nội vụ.", ["Sở Y tế", "Sở Nội vụ"]),
        ("Kính gửi:\n+ Sở Y tế\n+ Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        (
            "Kính gửi: Ủy ban nhân dân các tỉnh, thành phố trực thuộc\nTrung ương",
            ["Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương"],
        ),
        ("Kính gửi: Sở Văn hóa, Thể thao và\nDu lịch", ["Sở Văn hóa, Thể thao và Du lịch"]),
        (
            "Kính gửi: Đồng chí Chủ tịch UBND\nCÔNG VĂN ĐẾN các huyện, thành phố",
            ["Đồng chí Chủ tịch UBND các huyện, thành phố"],
        ),
        ("Kính gửi: Ủy ban nhân dân TP. Hồ Chí Minh", ["Ủy ban nhân dân TP. Hồ Chí Minh"]),
        ("Kính gửi:\n7 ~ Sở Y tế;\nRa ¿o - Sở Nội vụ;\n- Sở Tư pháp.", ["Sở Y tế", "Sở Nội vụ", "Sở Tư pháp"]),
        ("Kính gửi: Ông Hai - Giám đốc Sở Y tế", ["Ông Hai - Giám đốc Sở Y tế"]),
        (
            "Kính gửi:\n- Các Bộ, cơ quan ngang Bộ,\ncơ quan thuộc Chính phủ;",
            ["Các Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ"],
        ),
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_addressees(printed: str, names: list[str], gap: str) -> None:
    letter = PLAIN.replace(ADDRESS + "\n\n", printed + gap)
    text, sections = parts(letter)
    assert [item.text for item in read_addressees(text, sections)] == names
    assert sections.body.of(text.text).startswith("Thực hiện Kế hoạch")


def test_counted_lines_behind_the_full_stop_of_a_bulleted_list_are_the_body() -> None:
    letter = PLAIN.replace("Thực hiện Kế hoạch", "1. Thời gian kiểm tra: tháng 6/2022.\n2. Thành phần: Phòng Tổ chức.\n\nThực hiện Kế hoạch")
    text, sections = parts(letter)
    assert [item.text for item in read_addressees(text, sections)] == ["Các sở, ban, ngành thuộc UBND tỉnh", "UBND các huyện, thành phố thuộc tỉnh"]
    assert sections.body.of(text.text).startswith("1. Thời gian")


def test_no_addressees_without_kinh_gui() -> None:
    text, sections = parts(PLAIN.replace(ADDRESS, ""))
    assert read_addressees(text, sections) == ()


def test_a_greeting_inside_the_body_is_no_address() -> None:
    letter = PLAIN.replace(ADDRESS, "").replace("gửi về Sở", "xin kính gửi: về Sở")
    text, sections = parts(letter)
    assert read_addressees(text, sections) == ()


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        (
            "Nơi nhận:\n- Như trên;\n- Các Cục, Vụ; các Tổng công ty; đơn vị thuộc Bộ (để thực hiện);\n- Lưu: VT, KH (2).",
            ["Như trên", "Các Cục, Vụ; các Tổng công ty; đơn vị thuộc Bộ (để thực hiện)", "Lưu: VT, KH (2)"],
        ),
        (
            "Nơi nhận:\n- Như trên;\n- Sở Y tế, TTYT\ncác huyện;\n- Lưu: VT.",
            ["Như trên", "Sở Y tế, TTYT các huyện", "Lưu: VT"],
        ),
        ("Nơi nhận: KT. CHỦ TỊCH\n- Như trên; PHÓ CHỦ TỊCH\n- Lưu: VT.", ["Như trên", "Lưu: VT"]),
        ("Nơi gửi:\n- Như trên\n- VP Bộ (để báo cáo)\n- Lưu VP", ["Như trên", "VP Bộ (để báo cáo)", "Lưu VP"]),
        (
            "Noi nhận:\n- Như trên; R ạm N\n- Ban Giám đốc; ff\n- Lưu: VT. a",
            ["Như trên", "Ban Giám đốc", "Lưu: VT"],
        ),
        (
            "Nơi nhận:\n- Như trên;\n: VPUB: CVP, PCVP;\n- Lưu: VT.",
            ["Như trên", "VPUB: CVP, PCVP", "Lưu: VT"],
        ),
        (
            "Nơi nhận:\n- Như trên;\n- VPCP: BTCN, các PCN;\ncác vụ: TH, KTN; Cổng thông tin;\n- Lưu: VT.",
            ["Như trên", "VPCP: BTCN, các PCN; các vụ: TH, KTN; Cổng thông tin", "Lưu: VT"],
        ),
        (
            "Nơi nhận:\nNhư trên;\nThường trực Thành ủy (kèm Quyết định)\nTTUB: CT, các PCT;\nLưu: VT.",
            ["Như trên", "Thường trực Thành ủy (kèm Quyết định)", "TTUB: CT, các PCT", "Lưu: VT"],
        ),
        ("ơi nhận: GIÁM ĐỐC\n- Như trên;\n- Lưu: VT.", ["Như trên", "Lưu: VT"]),
        ("Nơi nhận:\nNhư trên;\nSở Y tế (để b/c);\nLưu: VT.", ["Như trên", "Sở Y tế (để b/c)", "Lưu: VT"]),
        (
            "Nơi nhận:\n- Bộ Y tế (đẻ b/c);\n- Vụ KH (b/©);\n- Lưu: VT.",
            ["Bộ Y tế (để b/c)", "Vụ KH (b/c)", "Lưu: VT"],
        ),
        ("Nơi nhận:\n- Chi cục A: Người ký: Ủy b;\n- Lưu: VT.", ["Chi cục A: Người ký: Ủy b", "Lưu: VT"]),
        (
            "Nơi nhận:\n- Các Sở: CN, TC, KH&ĐT;\n- Lưu VT- CN; (T.34)\n- (abcTr)",
            ["Các Sở: CN, TC, KH&ĐT", "Lưu VT- CN; (T.34)"],
        ),
        (
            "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTrần Văn Bảy\n- Ghi chú: bản giấy gửi sau",
            ["Như trên", "Lưu: VT"],
        ),
    ],
)
def test_recipients(printed: str, names: list[str]) -> None:
    text, sections = parts(PLAIN.replace(COPIES, printed + "\n"))
    assert [item.text for item in read_recipients(text, sections)] == names


def test_no_recipients_without_their_heading() -> None:
    text, sections = parts(PLAIN.replace("Nơi nhận:", "Ghi chú:"))
    assert read_recipients(text, sections) == ()


@pytest.mark.parametrize(
    ("printed", "authority", "position", "name"),
    [
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nTrần Thị Lan", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Thị Lan"),
        ("KT. BỘ TRƯỞNG THỨ TRƯỞNG Đỗ Văn Hùng", "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Đỗ Văn Hùng"),
        ("KT BỘ TRƯỞNG\nTHỦ TRƯỞNG\nĐỗ Văn Hùng", "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Đỗ Văn Hùng"),
        ("KT/ CHỦ TỊCH\nPHÓ CHỦ TỊCH\nĐỗ Văn Hùng", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Đỗ Văn Hùng"),
        ("K/T GIÁM ĐÓC\nPHÓ GIÁM ĐỐC\nĐỗ Văn Hùng", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Đỗ Văn Hùng"),
        (
            "TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\nLê Thu Hà",
            "TL. CHỦ TỊCH KT. CHÁNH VĂN PHÒNG",
            "PHÓ CHÁNH VĂN PHÒNG",
            "Lê Thu Hà",
        ),
        (
            "TM. THƯỜNG TRỰC HĐND\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Thu Hà",
            "TM. THƯỜNG TRỰC HĐND KT. CHỦ TỊCH",
            "PHÓ CHỦ TỊCH",
            "Lê Thu Hà",
        ),
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nVừ A Sính", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Vừ A Sính"),
        ("CHỦ TỊCH\n\nHoàng Văn Nam", None, "CHỦ TỊCH", "Hoàng Văn Nam"),
        ("Hoàng Văn Nam", None, None, "Hoàng Văn Nam"),
        ("GIÁM ĐỐC\n\nĐại tá Hoàng Văn Nam", None, "GIÁM ĐỐC", "Hoàng Văn Nam"),
        ("GIÁM ĐỐC\nX6uyễn Hoàng Nam", None, "GIÁM ĐỐC", "Nguyễn Hoàng Nam"),
        ("GIÁM ĐỐC\n\nNguyên Văn Nam", None, "GIÁM ĐỐC", "Nguyễn Văn Nam"),
        ("GIÁM ĐỐC\n\n: lá F Thị Lê Vân", None, "GIÁM ĐỐC", None),
        ("GIÁM ĐỐC\n\nQaơ Ảnh Tuấn", None, "GIÁM ĐỐC", None),
        ("GIÁM ĐỐC\nNgười ký: Sở Nội vụ\nThời gian ký: 18.06.2019\n11:03:02 +07:00", None, "GIÁM ĐỐC", None),
    ],
)
def test_signatures(printed: str, authority: str | None, position: str | None, name: str | None) -> None:
    old = PLAIN[PLAIN.index("KT. GIÁM ĐỐC") :]
    text, sections = parts(PLAIN.replace(old, printed + "\n"))
    signer = read_signer(text, sections)
    assert signer is not None
    assert (signer.authority, signer.position, signer.name) == (authority, position, name)


def test_a_letter_without_a_signature_has_no_signer() -> None:
    text, sections = parts(PLAIN[: PLAIN.index("KT. GIÁM ĐỐC")])
    assert read_signer(text, sections) is None


@pytest.mark.parametrize(
    "line",
    [
        "- Đ/c Trần Văn Bảy;",
        "- Phòng Tài chính huyện",
        "Hà Nội",
        "Lâm Đồng",
        "UBND tỉnh Hà Nam",
        "triển khai thực hiện",
        "",
        "12345",
    ],
)
def test_lines_that_hold_no_signers_name(line: str) -> None:
    assert name_at_end(line) is None


STAMP = "SỞ XÂY DỰNG TỈNH BÌNH LÂM\nSố:.... 1177 ....\nNgày:... 23/8/19 ...\nĐẾN\nChuyển:..........\nLưu hồ sơ số:....."


@pytest.mark.parametrize(
    ("printed", "body", "number", "day"),
    [
        (STAMP, "Sở Xây dựng tỉnh Bình Lâm", "1177", date(2019, 8, 23)),
        ("SỞ XÂY DỰNG\nĐẾN Số: 88\nNgày: 21/08/2019\nChuyển: ....", "Sở Xây dựng", "88", date(2019, 8, 21)),
        ("SỞ XÂY DỰNG\nCÔNG VĂN ĐEN Số: 88\nNgày: 21/08/2019", "Sở Xây dựng", "88", date(2019, 8, 21)),
        ("UBND TỈNH BÌNH LÂM\nCÔNG VĂN ĐẾN\nSố:.......... Ngày:......", "UBND tỉnh Bình Lâm", None, None),
        ("SỞ XÂY DỰNG\nĐẾN\nSố: 5\nNgày: 23/8/12", "Sở Xây dựng", "5", None),
        ("SỞ XÂY DỰNG\nĐẾN\nSố: 5\nNgày: 32/8/19", "Sở Xây dựng", "5", None),
    ],
)
def test_incoming_stamps_in_the_text(printed: str, body: str, number: str | None, day: date | None) -> None:
    text, sections = parts(ALL["stamped"].replace(STAMP, printed))
    stamp = read_incoming(text, sections)
    assert stamp is not None
    assert (stamp.body, stamp.number, stamp.date) == (body, number, day)
    assert sections.body.of(text.text).startswith("Thực hiện Nghị định")


def test_an_incoming_stamp_set_apart_on_the_page() -> None:
    page = page_of_string(PLAIN)
    mark = Mark(
        "stamp", Box(10, 10, 90, 60), "SỞ Y TẾ TỈNH HÀ GIANG\nĐẾN\nSố: 77\nNgày: 11/5/22\nChuyển:", 0.9
    )
    text = Text.of_pages((Page(1, 595, 842, page.lines, "ocr", marks=(mark,)),))
    stamp = read_incoming(text, cut(text))
    assert stamp is not None
    assert (stamp.body, stamp.number, stamp.date) == ("Sở Y tế tỉnh Hà Giang", "77", date(2022, 5, 11))


@pytest.mark.parametrize("name", ["plain", "flattened", "boxed", "party", "news", "handwritten"])
def test_letters_without_a_stamp_have_none(name: str) -> None:
    text, sections = parts(ALL[name])
    assert read_incoming(text, sections) is None


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("Thú tướng Chính phủ (đẻ b/c)", "Thủ tướng Chính phủ (để b/c)"),
        ("giải pháp cAp bách", "giải pháp cấp bách"),
        ("BẢO ĐẦM AN TOÀN GIAO THỒNG", "BẢO ĐẢM AN TOÀN GIAO THÔNG"),
        ("Uỷ ban nhân dân", "Uỷ ban nhân dân"),
        ("cộng tác viên", "cộng tác viên"),
        ("tại chính quyền xã", "tại chính quyền xã"),
        ("Sở Y tế Bình Lâm", "Sở Y tế Bình Lâm"),
    ],
)
def test_fixed_phrases_are_mended_and_others_stay(read: str, right: str) -> None:
    assert mend(read) == right


@given(st.text(max_size=80))
def test_mending_keeps_the_length_and_settles(text: str) -> None:
    from nlp.normalise import nfc

    once = mend(text)
    assert len(once) == len(nfc(text))
    assert mend(once) == once


@given(st.sampled_from(sorted(ALL)), st.data())
@settings(max_examples=80, deadline=None)
def test_damaged_letters_never_fail_and_evidence_lies_in_the_text(name: str, data: st.DataObject) -> None:
    chars = list(ALL[name])
    for _ in range(data.draw(st.integers(0, 40))):
        chars[data.draw(st.integers(0, len(chars) - 1))] = data.draw(st.sampled_from(" \n;.:-AxĐ0"))
    text, sections = parts("".join(chars))
    found = [*read_addressees(text, sections), *read_recipients(text, sections)]
    signer, stamp = read_signer(text, sections), read_incoming(text, sections)
    for item in (*found, *(x for x in (signer, stamp) if x)):
        assert 0 <= item.evidence.start <= item.evidence.end <= len(text.text)
