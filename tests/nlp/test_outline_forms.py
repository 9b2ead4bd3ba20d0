"""Every form of numbering, whole and damaged, and what only looks like one. All texts are invented."""

from __future__ import annotations

import pytest

from nlp.outline import outline, paragraph_text
from nlp.outline.shapes import LETTERS, ROMAN_OF, ROMANS, misread
from nlp.reading import Text


def labels(text: str) -> list[str]:
    return [item.label for item in outline(text).walk()]


FORMS: list[tuple[str, list[str]]] = [
    *(("|".join(mark.format(n) for n in (1, 2, 3)), ["1", "2", "3"]) for mark in ("{}.", "{}/", "{}/.", "{})", "({})", "{}-")),
    ("Điều 1.|Điều 2.|Điều 3.", ["Điều 1", "Điều 2", "Điều 3"]),
    ("a)|b)|c)|d)|đ)|e)|g)|h)|i)|k)", ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k"]),
    ("a.|b.|c.|d.|đ.", ["a", "b", "c", "d", "đ"]),
    ("a/|b/|c/", ["a", "b", "c"]),
    ("(a)|(b)|(c)", ["a", "b", "c"]),
    ("a)|b)|c)|d)|e)|g)", ["a", "b", "c", "d", "e", "g"]),
    ("I.|II.|III.|IV.|V.|VI.", ["I", "II", "III", "IV", "V", "VI"]),
    ("I/|II/|III/", ["I", "II", "III"]),
    ("I-|II-|III-", ["I", "II", "III"]),
    ("A.|B.|C.", ["A", "B", "C"]),
    ("(i)|(ii)|(iii)", ["i", "ii", "iii"]),
    ("i)|ii)|iii)", ["i", "ii", "iii"]),
    ("1.1.|1.2.|1.3.", ["1.1", "1.2", "1.3"]),
    ("1.1)|1.2)|1.3)", ["1.1", "1.2", "1.3"]),
    ("(1.1)|(1.2)|(1.3)", ["1.1", "1.2", "1.3"]),
    ("-|-|-", ["-1", "-2", "-3"]),
    ("–|–|–", ["-1", "-2", "-3"]),
    ("+|+|+", ["+1", "+2", "+3"]),
    ("*|*|*", ["-1", "-2", "-3"]),
    ("•|•|•", ["-1", "-2", "-3"]),
    ("▪|▪|▪", ["-1", "-2", "-3"]),
    ("\uf0b7|\uf0b7|\uf0b7", ["-1", "-2", "-3"]),
    ("ĐIỀU 1.|ĐIỀU 2.", ["Điều 1", "Điều 2"]),
    ("Điều 1:|Điều 2:", ["Điều 1", "Điều 2"]),
    ("Thứ nhất,|Thứ hai,|Thứ ba,", ["Thứ nhất", "Thứ hai", "Thứ ba"]),
    ("Một là,|Hai là,|Ba là:|Bốn là,", ["Một là", "Hai là", "Ba là", "Bốn là"]),
]  # fmt: skip
NEEDS_SPACE = ("Thứ", "Một")
TEXTS = (
    "Rà soát các chợ cũ.",
    "Giao Sở Y tế kiểm tra.",
    "Ủy ban nhân dân các xã báo cáo.",
    "Đôn đốc các đơn vị.",
)


@pytest.mark.parametrize(("printed", "found"), FORMS)
@pytest.mark.parametrize("how", ["space", "no space", "bold", "capitals", "page", "gaps"])
def test_each_form_is_read_however_it_is_set(printed: str, found: list[str], how: str) -> None:
    marks = printed.split("|")
    lines = []
    for position, mark in enumerate(marks):
        words = TEXTS[position % len(TEXTS)]
        space = "" if how == "no space" and not mark.startswith(NEEDS_SPACE) else " "
        if how == "capitals":
            words = words.upper()
        lines.append(
            f"**{mark}**{space}{words}"
            if how == "bold" and mark not in ("*", "-", "+")
            else f"{mark}{space}{words}"
        )
    joint = {"page": "\n\n2\n\n", "gaps": "\n\n"}.get(how, "\n")
    text = joint.join(lines)
    assert labels(Text.of_string(text).text) == found


def test_the_second_level_bullet_of_word_processors_is_a_bullet() -> None:
    assert labels("o Rà soát các chợ.\no Báo cáo kết quả.") == ["-1", "-2"]


@pytest.mark.parametrize("printed", list(misread("digits")))
def test_a_misread_number_counts_where_it_is_expected_only(printed: str) -> None:
    meant = int(misread("digits")[printed][0]) or 10
    reading = printed if meant < 10 else f"1{printed}"
    before = [f"{n}. Việc số {n} của Sở." for n in range(1, meant)]
    after = f"{meant + 1}. Việc sau."
    assert labels("\n".join([*before, f"{reading}. Giao Sở Y tế.", after])) == [
        str(n) for n in range(1, meant + 2)
    ]
    assert (
        str(meant)
        not in labels("1. Một việc.\n2. Hai việc.\n3. Ba việc.\n" + f"{reading}. Giao Sở Y tế.")[3:]
    )


@pytest.mark.parametrize(
    ("printed", "meant"), [(r, m) for r, all_ in misread("letters").items() for m in all_]
)
def test_a_misread_letter_counts_where_it_is_expected_only(printed: str, meant: str) -> None:
    place = LETTERS.index(meant)
    before = [f"{letter}) Việc {letter} của Sở;" for letter in LETTERS[:place]]
    after = [f"{letter}) Việc sau {letter};" for letter in LETTERS[place + 1 : place + 3]]
    assert labels("\n".join([*before, f"{printed}) Giao Sở Y tế;", *after])) == list(LETTERS[: place + 3])


@pytest.mark.parametrize(
    ("printed", "meant"), [(r, m) for r, all_ in misread("romans").items() for m in all_]
)
def test_a_misread_roman_counts_where_it_is_expected(printed: str, meant: str) -> None:
    place = ROMANS[meant]
    before = [f"{ROMAN_OF[n]}. PHẦN VIỆC THỨ {n}" for n in range(1, place)]
    after = f"{ROMAN_OF[place + 1]}. PHẦN VIỆC SAU"
    assert labels("\n".join([*before, f"{printed}. TỔ CHỨC THỰC HIỆN", after])) == [
        ROMAN_OF[n] for n in range(1, place + 2)
    ]


DAMAGED: list[tuple[str, list[str]]] = [
    ("l. Rà soát hồ sơ.\n2. Giao Sở Y tế.", ["1", "2"]),
    ("| Rà soát hồ sơ.\n2. Giao Sở Y tế.", ["1", "2"]),
    ("|. Rà soát hồ sơ.\n2. Giao Sở Y tế.", ["1", "2"]),
    ("I. Rà soát hồ sơ.\n2. Giao Sở Y tế.\n3. Giao Sở Nội vụ.", ["1", "2", "3"]),
    ("1 Rà soát hồ sơ.\n2. Giao Sở Y tế.", ["1", "2"]),
    ("1. Rà soát hồ sơ.\n. Giao Sở Y tế.\n3. Giao Sở Nội vụ.", ["1", "2", "3"]),
    ("yêu cầu các đơn vị:\n. Giao Sở Y tế rà soát.\n2. Giao Sở Nội vụ.", ["1", "2"]),
    ("7. Rà soát hồ sơ.\nö. Giao Sở Y tế.\n9. Giao Sở Nội vụ.", ["7", "8", "9"]),
    ("5. Xây dựng\nS.]. Giao Sở Xây dựng\n5.2. Giao Sở Tài chính", ["5", "5.1", "5.2"]),
    ("5. Xây dựng\n5.6. Giao Sở Xây dựng.\n5.7, Giao Sở Tài chính.\n5.8. Giao Sở Y tế.", ["5", "5.6", "5.7", "5.8"]),
    ("3. Rà soát hồ sơ.\n4, Giao Sở Y tế.\n5. Giao Sở Nội vụ.", ["3", "4", "5"]),
    ("a) Một;\nb) Hai;\ne) Ba;\nd) Bốn;\nđ) Năm;\ne) Sáu;\nø) Bảy.", ["a", "b", "c", "d", "đ", "e", "g"]),
    ("a) Một;\nb) Hai;\nc) Ba;\nd) Bốn;\nđd) Năm;\ne) Sáu.", ["a", "b", "c", "d", "đ", "e"]),
    ("I. MỞ ĐẦU\nHai câu.\nIl. NỘI DUNG\nHai câu.\nHI. TỔ CHỨC", ["I", "II", "III"]),
    ("1. TINH THẦN CHUNG\nHai câu.\nII. NHIỆM VỤ\n1. Giao Sở Y tế.", ["I", "II", "II.1"]),
    ("I. ĐÁNH GIÁ CHUNG\n1. Tốt.\n11. NHIỆM VỤ TỚI\n1. Giao Sở Y tế.", ["I", "I.1", "II", "II.1"]),
    ("1. Sở Y tế:\n- Rà soát nhân lực;\n: Mua vật tư;\n- Báo cáo kết quả.", ["1", "1.-1", "1.-2", "1.-3"]),
    ("1. Sở Y tế:\n- Rà soát nhân lực;\nMua vật tư;\n- Báo cáo kết quả.", ["1", "1.-1", "1.-2", "1.-3"]),
    ("1. Sở Y tế:\n- Rà soát nhân lực;\nMua vật tư.\n- Báo cáo kết quả.\n2. Sở Nội vụ.", ["1", "1.-1", "1.-2", "1.-3", "2"]),
    ("a) Rà soát nhân lực;\nMua vật tư;\nc) Báo cáo kết quả.", ["a", "b", "c"]),
    ("1. Sở Y tế:\n» Rà soát nhân lực.\n— Mua vật tư.", ["1", "1.-1", "1.-2"]),
    ("1. Rà soát hồ sơ cũ.\n\n- 2 -\n\n2. Giao Sở Y tế.", ["1", "2"]),
    ("1. Rà soát hồ sơ cũ.\nTrang 2/5\n2. Giao Sở Y tế.", ["1", "2"]),
    ("2. Rà soát hồ sơ cũ.\n1. Giao Sở Y tế.\n3. Giao Sở Nội vụ.", ["2", "1", "3"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), DAMAGED)
def test_damaged_labels(text: str, found: list[str]) -> None:
    assert labels(text) == found


NESTED: list[tuple[str, list[str]]] = [
    ("I. Đánh giá\nII. Phương hướng\nI. Lĩnh vực kinh tế\n1.1. Giao Sở Y tế.\nII. Lĩnh vực xã hội\nIII. Lĩnh vực khác\nIII. TỔ CHỨC THỰC HIỆN",
     ["I", "II", "II.1", "II.1.1", "II.2", "II.3", "III"]),
    ("1. Sở Y tế:\n- Hướng dẫn các nội dung sau:\na) Thuốc;\nb) Vật tư.\n- Báo cáo.\n2. Sở Nội vụ.", ["1", "1.-1", "1.-1.a", "1.-1.b", "1.-2", "2"]),
    ("1. Sở Y tế:\na) Các việc:\n1. Thuốc.\n2. Vật tư.\nb) Báo cáo.\n2. Sở Nội vụ.", ["1", "1.a", "1.a.1", "1.a.2", "1.b", "2"]),
    ("Thứ nhất, về kinh tế:\n1. Rà soát.\n2. Báo cáo.\nThứ hai, về xã hội:\n1. Kiểm tra.",
     ["Thứ nhất", "Thứ nhất.1", "Thứ nhất.2", "Thứ hai", "Thứ hai.1"]),
    ("(1) Các công ty:\n(1.1) Rà soát.\n(1.2) Báo cáo.\n(2) Các ban:\n2.1. Kiểm tra.", ["1", "1.1", "1.2", "2", "2.1"]),
    ("Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi.\n1. Một.\nChương II\nTỔ CHỨC\nĐiều 2. Giao Sở Y tế.", ["", "Điều 1", "Điều 1.1", "", "Điều 2"]),
    ("Điều 3. Giao Sở Y tế:\n1. Rà soát:\na) Thuốc;\nb) Vật tư.\n2. Báo cáo.", ["Điều 3", "Điều 3.1", "Điều 3.1.a", "Điều 3.1.b", "Điều 3.2"]),
    ("A. TÌNH HÌNH\nI. Kết quả\n1. Tốt.\nB. NHIỆM VỤ\nI. Chung\n1. Giao Sở Y tế.", ["A", "A.I", "A.I.1", "B", "B.I", "B.I.1"]),
    ("1. Một.\n2. Hai.\n2. Hai nữa.\n5. Năm.", ["1", "2", "2", "5"]),
    ("a) Một;\nb) Hai;\nb) Hai nữa;\nd) Bốn.", ["a", "b", "b", "d"]),
    ("1. Sở Y tế:\n- Rà soát.\n2. Sở Nội vụ.\nChế độ báo cáo:\n- Định kỳ hàng tháng.\n- Đột xuất.", ["1", "1.-1", "2", "", "-1", "-2"]),
    ("II. NHIỆM VỤ\n1. Sở Y tế.\n2. Sở Nội vụ.\nChế độ thông tin, báo cáo:\n- Định kỳ hàng tháng.", ["II", "II.1", "II.2", "", "II.-1"]),
    ("1- Một.\n2- Hai.\n4- Bốn.", ["1", "2", "4"]),
    ("1.- Một.\n2.- Hai.\n3.- Ba.", ["1", "2", "3"]),
    ("I.- MỘT\n1. Rà soát.\nII.- HAI\n1. Lập danh sách.", ["I", "I.1", "II", "II.1"]),
    ("1. 100% hộ có nước sạch.\n2. 05 xã đạt chuẩn.", ["1", "2"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), NESTED)
def test_lists_in_lists_and_numbers_as_printed(text: str, found: list[str]) -> None:
    assert labels(text) == found


FLATTENED: list[tuple[str, list[str]]] = [
    ("2. Về hồ sơ 2.1. Điều kiện\n2.2. Thời hạn", ["2", "2.1", "2.2"]),
    ("2. Về hồ sơ 2.1. Điều kiện chung 2.2. Thời hạn nộp", ["2", "2.1", "2.2"]),
    ("2. Về hồ sơ 2.1.\nĐiều kiện chung.\n2.2.\nThời hạn nộp.", ["2", "2.1", "2.2"]),
    ("- Rà soát các chợ; - Kiểm tra giá; - Báo cáo.", ["-1", "-2", "-3"]),
    ("1. Sở Y tế: - Rà soát thuốc. - Mua vật tư.\n2. Sở Nội vụ.", ["1", "1.-1", "1.-2", "2"]),
    ("1. Sở Y tế: a) Rà soát thuốc; b) Mua vật tư.\n2. Sở Nội vụ.", ["1", "1.a", "1.b", "2"]),
    ("Phó Chủ tịch có ý kiến như sau: 1. Giao Sở Y tế rà soát. 2. Giao Sở Nội vụ thẩm định.", ["1", "2"]),
    ("1) Giao Sở Y tế rà soát; 2) Giao Sở Nội vụ thẩm định; 3) Báo cáo.", ["1", "2", "3"]),
    ("1. Sở Y tế: a) Rà soát thuốc;\nb) Mua vật tư.", ["1", "1.a", "1.b"]),
    ("- Sở Y tế: + Rà soát; + Báo cáo.\n- Sở Nội vụ.", ["-1", "-1.+1", "-1.+2", "-2"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), FLATTENED)
def test_lists_in_one_line(text: str, found: list[str]) -> None:
    assert labels(text) == found


ALONE: list[tuple[str, list[str]]] = [
    ("1.\nGiao Sở Y tế.\n2.\nGiao Sở Nội vụ.", ["1", "2"]),
    ("Điều 1.\nGiao Sở Y tế.\nĐiều 2.\n\nGiao Sở Nội vụ.", ["Điều 1", "Điều 2"]),
    ("a)\nGiao Sở Y tế;\nb)\nGiao Sở Nội vụ.", ["a", "b"]),
    ("•\nGiao Sở Y tế.\n•\nGiao Sở Nội vụ.", ["-1", "-2"]),
    ("1. Giao Sở Y tế.\n2.", ["1"]),
    ("1. Giao Sở Y tế trả lại đất trước ngày 15 tháng\n9.\n2. Giao Sở Nội vụ.", ["1", "2"]),
]


@pytest.mark.parametrize(("text", "found"), ALONE)
def test_labels_in_lines_of_their_own(text: str, found: list[str]) -> None:
    items = list(outline(text).walk())
    assert [item.label for item in items] == found
    assert paragraph_text(text, items[0].paragraphs[0]).startswith("Giao Sở Y tế")


FULL = "Thực hiện chỉ đạo của cấp trên về việc rà soát các công trình, đề nghị các đơn vị theo"
NO_LABEL: list[str] = [
    "Theo Điều 5, 6; khoản 1. Các đơn vị thực hiện.",
    "Điều 5, 6; khoản 1. Các đơn vị thực hiện.",
    f"{FULL} đúng quy định tại\nĐiều 5. Các đơn vị khác thực hiện theo hướng dẫn của ngành.",
    f"{FULL} dõi từ ngày\n1. 5 đơn vị chưa gửi báo cáo.",
    f"{FULL} dõi từ ngày\n15. Các đơn vị chưa gửi báo cáo phải giải trình rõ lý do chậm trễ.",
    "Số 1. Các đơn vị thực hiện.",
    f"{FULL} quy định tại văn bản số\n1. Các đơn vị thực hiện.",
    "1.200 đồng mỗi suất ăn.",
    "3.500 người được hỗ trợ.",
    "2020. Các đơn vị thực hiện.",
    "II/2020 đã giao cho các đơn vị.",
    f"{FULL} dõi trong quý\nII/2020. Các đơn vị thực hiện.",
    f"{FULL} hướng dẫn lần\n2. Các đơn vị thực hiện.",
    f"{FULL} kế hoạch, đạt tỷ lệ\n5. 3% số hộ.",
    f"{FULL} Nghị định số\n45/2012 của Chính phủ.",
    f"{FULL} giai đoạn 2021\n- 2025 của tỉnh.",
    "Nguyễn\nV. A trình bày báo cáo của đơn vị.",
    "Người trình bày là ông Nguyễn\nV. Bình, phó trưởng phòng.",
    "1 Sở Y tế 12 15 20\n2 Sở Nội vụ 11 14 25",
    "| 1 | Sở Y tế | 31/8 |",
    "12/5/2020 là hạn cuối.",
    "1,5 triệu đồng mỗi hộ.",
    "Chương trình cung cấp nước sạch.",
    "Mục tiêu chung của kế hoạch.",
    "Thứ hai, ngày 05/6/2023, họp tại Hội trường.",
    "Hai là số đơn vị chưa báo cáo.",
    f"{FULL} hướng dẫn của Sở Lao động\n- Thương binh và Xã hội.",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_LABEL)
def test_what_only_looks_like_a_label(text: str) -> None:
    assert labels(text) == []


IN_ITEM: list[str] = [
    "1. Thực hiện Điều 5, 6; khoản 1. Các đơn vị báo cáo.",
    "1. Hoàn thành trong tháng 2. Các đơn vị báo cáo.",
    "1. Thực hiện quy định tại mục 1.1. Các đơn vị báo cáo.",
    "1. Thực hiện quy định tại mục 1.1.\nCác đơn vị báo cáo.",
    "1. Diện tích rừng trồng mới đạt 2.1.\nCác đơn vị báo cáo.",
    "1. Sở Y tế báo cáo theo điểm 2. Các đơn vị khác phối hợp.",
    "1. Sở Kế hoạch và Đầu tư gửi hồ sơ. Ban Văn hóa - Xã hội thẩm tra.",
]


@pytest.mark.parametrize("text", IN_ITEM)
def test_numbers_in_a_sentence_cut_nothing(text: str) -> None:
    assert labels(text) == ["1"]


def test_a_lost_number_is_not_invented_where_the_next_does_not_follow() -> None:
    assert labels("1. Rà soát hồ sơ.\n. Giao Sở Y tế.\n7. Giao Sở Nội vụ.") == ["1", "7"]


def test_a_label_cut_off_by_a_page_keeps_its_text_together() -> None:
    text = Text.of_string(f"1. {FULL}\n\n2\n\ndõi, đôn đốc.\n2. Giao Sở Y tế.").text
    first = next(outline(text).walk())
    assert paragraph_text(text, first.paragraphs[0]).endswith("theo dõi, đôn đốc.")
    assert labels(text) == ["1", "2"]


ENDS: list[tuple[str, list[str], int]] = [
    ("1. Rà soát hồ sơ.\n2. Kiểm tra thực địa.\nGiao Văn phòng theo dõi việc thực hiện Thông báo này.", ["1", "2"], 1),
    ("- Rà soát hồ sơ.\n- Kiểm tra thực địa.\nBáo cáo và tài liệu gửi về Ban trước ngày 21/10.\nRất mong sự phối hợp.", ["-1", "-2"], 2),
    ("II. Nhiệm vụ\n1. Rà soát hồ sơ.\n2. Cải cách hành chính\nYêu cầu các xã xin lỗi bằng văn bản.", ["II", "II.1", "II.2"], 0),
    ("I. MỤC TIÊU\nII. CHẾ ĐỘ BÁO CÁO\nCác xã báo cáo hằng tháng.\nĐề nghị Ngân hàng cung cấp sao kê dư nợ.", ["I", "II"], 0),
    ("A. Khoa\nB. Thi đua\nKhoa nào chậm sẽ bị trừ điểm.\nYêu cầu các khoa nghiêm túc thực hiện; phòng Hành chính lưu hồ sơ.", ["A", "B"], 1),
    ("1. Rà soát hồ sơ.\n- Sở Y tế:\nTăng cường kiểm tra.", ["1", "1.-1"], 0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found", "closing"), ENDS)
def test_what_closes_the_letter_belongs_to_no_item(text: str, found: list[str], closing: int) -> None:
    tree = outline(text)
    assert [item.label for item in tree.walk()] == found
    assert len(tree.closing) == closing


WIDE = "Thực hiện chỉ đạo của cấp trên về việc rà soát các công trình, đề nghị các đơn vị theo dõi."


@pytest.mark.parametrize(
    "heading", ["1. Cấp tỉnh", "1. Công an xã, Ban Chỉ huy Quân sự xã", "1. Sở Y tế", "1. CÁC HUYỆN"]
)
def test_a_short_heading_is_a_paragraph_of_its_own(heading: str) -> None:
    text = f"{WIDE}\n{WIDE}\n{heading}\nBảo vệ các trụ sở đang bỏ trống, không để mất mát tài sản của nhà nước.\n"
    assert len(next(outline(text).walk()).paragraphs) == 2


def test_a_number_parted_from_its_dash_is_a_label_where_others_are_whole() -> None:
    body = "1\n- Thời gian thực hiện:\n- Từ tháng 5.\n2 - Sở Y tế có trách nhiệm.\n- Rà soát danh mục.\n3\n- Ủy ban nhân dân huyện:\n- Lập dự toán."
    assert [item.path for item in outline(body).items] == [("1",), ("2",), ("3",)]


def test_a_page_number_before_a_bullet_stays_a_page_number() -> None:
    body = "1. Sở Y tế rà soát.\n- Danh mục thuốc;\n2\n- Danh mục thiết bị.\n2. Sở Tài chính bố trí kinh phí."
    assert [item.path for item in outline(body).items] == [("1",), ("2",)]


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("1. Rà soát theo quy định tại Khoản\n3 Điều 61 Luật Giá.", ["Rà soát theo quy định tại Khoản\n3 Điều 61 Luật Giá."]),
        ("1. Thực hiện Nghị định số\n15/2022/NĐ-CP.", ["Thực hiện Nghị định số\n15/2022/NĐ-CP."]),
        ("1. Báo cáo trước ngày\n15/6/2024.", ["Báo cáo trước ngày\n15/6/2024."]),
        ("1. Căn cứ các Điều\n5 và 6 của Quy chế, lập hồ sơ.", ["Căn cứ các Điều\n5 và 6 của Quy chế, lập hồ sơ."]),
        # a line of its own
        ("1. Chuyển đổi số\nSở Y tế rà soát phần mềm.", ["Chuyển đổi số", "Sở Y tế rà soát phần mềm."]),
        ("1. Số liệu năm\n2023 là năm gốc.", ["Số liệu năm", "2023 là năm gốc."]),
        ("1. Nêu rõ các điểm\nĐơn vị báo cáo sau họp.", ["Nêu rõ các điểm", "Đơn vị báo cáo sau họp."]),
        ("1. Rà soát theo từng khoản.\n3 ngày sau gửi kết quả.", ["Rà soát theo từng khoản.", "3 ngày sau gửi kết quả."]),
    ],
)
def test_a_line_that_breaks_off_inside_a_citation_goes_on(body: str, paragraphs: list[str]) -> None:
    item = outline(body).items[0]
    assert [body[part.start : part.end] for part in item.paragraphs] == paragraphs


LONG = "Các đơn vị trực thuộc rà soát toàn bộ máy móc, thiết bị đã được trang bị trong ba năm gần đây, lập danh mục những thứ hỏng, kế hoạch sửa"


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (f"1. {LONG};\nđịnh kỳ hằng năm báo cáo Sở.", 1),
        (f"1. {LONG},\nmỗi quý báo cáo Sở.", 1),
        (f"1. {LONG} theo Chỉ thị số 5/CT-UBND;\nQuyết định số 61/QĐ-UBND và các văn bản liên quan.", 1),
        # paragraphs of their own
        (f"1. {LONG}.\nđịnh kỳ hằng năm báo cáo Sở.", 2),
        (f"1. {LONG};\nSở tổng hợp, báo cáo.", 2),
        (f"1. {LONG};\nQuyết định khen thưởng các đơn vị làm tốt.", 2),
        (f"1. {LONG}:\nmáy in, máy quét.", 2),
    ],
)
def test_a_paragraph_cut_at_a_semicolon_goes_on(body: str, count: int) -> None:
    rest = "\n".join(f"{n}. {LONG}." for n in range(2, 16))  # lines that are whole paragraphs
    assert len(outline(f"{body}\n{rest}").items[0].paragraphs) == count


def paths(body: str) -> list[str]:
    return [item.label for item in outline(body).walk()]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("3. Sở Y tế:\nđ) Rà soát kho.\ne) Lập sổ.\n8) Báo cáo.\n4. Sở Nội vụ rà soát.", ["3", "3.đ", "3.e", "3.g", "4"]),
        ("1. Sở Y tế:\nđ) Rà soát kho.\ne) Lập sổ.\n9) Báo cáo.\n2. Sở Nội vụ:\na) Rà soát.", ["1", "1.đ", "1.e", "1.g", "2", "2.a"]),
        ("1. Sở Y tế:\nc) Rà soát kho.\nd) Lập sổ.\n6) Báo cáo.", ["1", "1.c", "1.d", "1.đ"]),
        ("2. Sở Y tế:\nđ) Rà soát kho.\ne) Lập sổ.\n8) Báo cáo.\n3. Sở Nội vụ rà soát.", ["2", "2.đ", "2.e", "2.g", "3"]),
        # a number
        ("7. Sở Y tế:\nđ) Rà soát kho.\ne) Lập sổ.\n8) Báo cáo.\n9) Lưu hồ sơ.", ["7", "7.đ", "7.e", "8", "9"]),
        ("6. Sở Y tế:\nđ) Rà soát kho.\ne) Lập sổ.\n8) Báo cáo.", ["6", "6.đ", "6.e", "8"]),
        ("1. Sở Y tế:\na) Rà soát kho.\nb) Lập sổ.\n8) Báo cáo.", ["1", "1.a", "1.b", "8"]),
        ("5. Sở Y tế:\nc) Rà soát kho.\nd) Lập sổ.\n6) Báo cáo.", ["5", "5.c", "5.d", "6"]),
    ],
)
def test_the_last_letter_of_a_list_read_as_a_number(body: str, expected: list[str]) -> None:
    assert paths(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1. Giao theo các cách sau:\n() Giao theo lượt.\n(ii) Giao theo năm.", ["1", "1.i", "1.ii"]),
        ("a) Xét các mức:\n( ) Mức một.\n(ii) Mức hai.\n(iii) Mức ba.", ["a", "a.i", "a.ii", "a.iii"]),
        ("2. Gồm:\na) Nhóm một:\n() Bò sữa.\n(ii) Bò thịt.\nb) Nhóm hai.", ["2", "2.a", "2.a.i", "2.a.ii", "2.b"]),
        ("- Xét theo:\n() Thâm niên.\n(ii) Bằng cấp.", ["-1", "-1.i", "-1.ii"]),
        # no label
        ("1. Đánh dấu vào ô trống:\n() Có.\n() Không.", ["1"]),
        ("1. Rà soát kho và báo cáo về\n() Sở Y tế trước ngày họp.\n2. Lập sổ.", ["1", "2"]),
        ("1. Ghi rõ:\n() số lượng.\n(ii) chủng loại.", ["1", "1.ii"]),
        ("1. Ký tên:\n(  ).\n2. Lập sổ.", ["1", "2"]),
    ],
)
def test_a_bracket_that_lost_its_thin_numeral(body: str, expected: list[str]) -> None:
    assert paths(body) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. Sở Y tế:\n\na, Rà soát.\n\nb, Kiểm tra.\n\nc, Báo cáo.\n\n2. Sở Nội vụ:\n\nä, Rà soát.\n\nb, Kiểm tra.", ["1", "1.a", "1.b", "1.c", "2", "2.a", "2.b"]),
        ("1. Rà soát chợ.\n\n2. Kiểm tra.\n\nä. Hàng quý báo cáo.", ["1", "2", "3"]),
        ("1. Rà soát chợ.\n\nÄ. Kiểm tra.\n\n3. Báo cáo.", ["1", "2", "3"]),
        ("1. Sở Y tế:\n\nä. Rà soát.\n\nb. Kiểm tra.", ["1", "1.a", "1.b"]),
        ("1. Rà soát chợ.\n\n| 2. Kiểm tra.\n\n3. Báo cáo.", ["1", "2", "3"]),
        # no labels: a row of a table, words that go on, a letter alone
        ("| 7. Kiểm tra.\n\nSở Y tế rà soát.", []),
        ("Sở Y tế rà soát việc\na, Bình và các cộng sự.", []),
        ("1. Rà soát tổ\nb, Đội 3.", ["1"]),
        ("1. Rà soát chợ.\n\na, Bảng kê.\n\n2. Kiểm tra.", ["1", "2"]),
        ("ä. Rà soát chợ.", []),
    ],
)
def test_letters_with_a_comma_and_readings_that_open_no_word(text: str, found: list[str]) -> None:
    assert labels(Text.of_string(text).text) == found
