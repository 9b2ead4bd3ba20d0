"""The body's tree: every form of numbering, misread labels, wrapped lines, closing paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.outline import outline, paragraph_text


def labels(text: str) -> list[str]:
    return [item.label for item in outline(text).walk()]


def test_numbers_letters_and_dashes_nest() -> None:
    text = (
        "1. Sở Y tế:\na) Rà soát trang thiết bị;\nb) Bố trí nhân lực:\n- Tuyến tỉnh;\n- Tuyến huyện.\n"
        "2. Sở Tài chính cân đối kinh phí."
    )
    assert labels(text) == ["1", "1.a", "1.b", "1.b.-1", "1.b.-2", "2"]


def test_roman_sections_stand_before_numbers_and_decimals_take_their_parents_place() -> None:
    text = "I. ĐÁNH GIÁ\n1. Kết quả tốt.\nII. NHIỆM VỤ\n1. Nông nghiệp\n1.1. Giao phòng Kinh tế:\n- Rà soát;\n+ Diện tích.\n2. Y tế"
    assert labels(text) == ["I", "I.1", "II", "II.1", "II.1.1", "II.1.1.-1", "II.1.1.-1.+1", "II.2"]


def test_plus_below_dash_counts_by_position() -> None:
    text = "- Sở Xây dựng:\n+ Kiểm tra công trình.\n+ Báo cáo kết quả.\n- Sở Nội vụ:\n+ Thẩm định."
    assert labels(text) == ["-1", "-1.+1", "-1.+2", "-2", "-2.+1"]


@pytest.mark.parametrize(
    ("printed", "label"),
    [("1. Việc", "1"), ("1/ Việc", "1"), ("1) Việc", "1"), ("(1) Việc", "1"), ("a) Việc", "a"), ("đ) Việc", "đ"),
     ("I. Việc lớn", "I"), ("1.1. Việc", "1.1"), ("2.1 Việc", "2.1"), ("- Việc", "-1"), ("–Việc", "-1"), ("+ Việc", "+1"),
     ("• Việc", "-1"), ("* Việc", "-1"), ("Điều 2. Giao Sở Y tế", "Điều 2")],
)  # fmt: skip
def test_each_form_of_label_is_read(printed: str, label: str) -> None:
    assert labels(printed) == [label]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["1. Một", "2. Hai", "l. không"], ["1", "2"]),
        (["l. Một việc cần làm", "2. Hai"], ["1", "2"]),
        (["a) A.", "b) B.", "©) C.", "d) D.", "d) Đ."], ["a", "b", "c", "d", "đ"]),
        (["a) A.", "b) B.", "c) C.", "đ) D.", "đ) Đ.", "e) E."], ["a", "b", "c", "d", "đ", "e"]),
        (["I. MỞ ĐẦU", "Il. NỘI DUNG", "HI. TỔ CHỨC THỰC HIỆN"], ["I", "II", "III"]),
        (["5. Xây dựng", "S.]. Giao Sở Xây dựng", "5.2. Giao Sở Tài chính"], ["5", "5.1", "5.2"]),
    ],
)
def test_misread_labels_are_undone_where_the_order_confirms_it(lines: list[str], expected: list[str]) -> None:
    assert labels("\n".join(lines)) == expected


def test_printed_gaps_and_repeats_are_kept() -> None:
    assert labels("1. Một.\n2. Hai.\n4. Bốn.\n3. Ba.\n3. Ba nữa.") == ["1", "2", "4", "3", "3"]


def test_roman_restarting_inside_roman_is_the_inner_list() -> None:
    assert labels("I. Đánh giá\nII. Nhiệm vụ\nI. Nông nghiệp\n1.1. Giao A\n2. Y tế") == ["I", "II", "II.1", "II.1.1", "II.2"]


WRAPPED = (
    "Ngày vừa qua, trên địa bàn tỉnh xảy ra mưa lớn kéo dài làm nhiều tuyến đường bị\n"
    "ngập. Trước tình hình đó, ngay trong đêm và những ngày sau, Sở Lao động\n- Thương binh và Xã hội đã hỗ trợ các hộ dân ở vùng trũng thấp bị ngập sâu theo quy\n"
    "định của pháp luật hiện hành về trợ giúp xã hội đối với các đối tượng được thụ hưởng.\n"
    "1. Tiếp tục rà soát các hộ dân ở vùng trũng thấp, nhất là các hộ có người già và trẻ\n"
    "em, bảo đảm không để ai bị đói, bị rét, không có chỗ ở trong thời gian mưa lũ năm\n"
    "2024. Việc hỗ trợ phải công khai, đúng đối tượng và được chính quyền cơ sở xác nhận.\n"
)


def test_lines_wrapped_inside_a_sentence_open_no_item() -> None:
    assert labels(WRAPPED) == ["1"]
    item = next(outline(WRAPPED).walk())
    assert paragraph_text(WRAPPED, item.paragraphs[0]).endswith("xác nhận.")


def test_a_page_break_inside_a_paragraph_does_not_cut_it() -> None:
    text = WRAPPED.replace("trẻ\nem", "trẻ\n\n3\n\nem")
    assert labels(text) == ["1"]
    assert len(next(outline(text).walk()).paragraphs) == 1


def test_an_item_and_its_first_sub_item_may_share_a_line() -> None:
    assert labels("2. Về hồ sơ 2.1. Thành phần hồ sơ\n2.2. Thời hạn") == ["2", "2.1", "2.2"]


def test_closing_paragraphs_belong_to_no_item() -> None:
    tree = outline("1. Rà soát hồ sơ.\n\nĐề nghị các đơn vị triển khai thực hiện./.")
    assert [item.label for item in tree.walk()] == ["1"]
    assert len(tree.closing) == 1


@given(st.text(max_size=400))
def test_any_text_is_read_without_error_and_offsets_lie_inside(text: str) -> None:
    tree = outline(text)
    paragraphs = [*tree.preamble, *tree.closing, *(p for item in tree.walk() for p in item.paragraphs)]
    assert all(0 <= p.start <= p.end <= len(text) for p in paragraphs)


def test_dashes_whose_mark_was_not_read_are_restored_under_a_heading_with_a_colon() -> None:
    text = "1. Sở Y tế:\nRà soát nhân lực;\n- Mua vật tư.\n+ Găng tay.\n2. Sở Nội vụ:\nThẩm định hồ sơ như sau:\n- Hồ sơ tuyển dụng;\n- Hồ sơ nâng lương."
    assert labels(text) == ["1", "1.-1", "1.-2", "1.-2.+1", "2", "2.-1", "2.-2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Sở Y tế rà soát.\n2. Công an tỉnh\n1. Tuần tra.\n2. Xử lý vi phạm.\n3. UBND các xã vận động.", ["1", "2", "2.1", "2.2", "3"]),
        ("1. Giao Phòng Kinh tế\n1. Kiểm tra chợ.\n2. Báo cáo.\n2. Công an huyện tuần tra.", ["1", "1.1", "1.2", "2"]),
    ],
)
def test_numbers_that_begin_anew_below_a_body_are_its_list(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Rà soát.\n2. Báo cáo.\n1. Sở Y tế kiểm tra.", ["1", "2", "1"]),
        ("2. Sở Y tế kiểm tra.\n1. Rà soát.", ["2", "1"]),
        ("1. Kinh phí thực hiện\n1. Ngân sách tỉnh.", ["1", "1"]),
    ],
)
def test_numbers_that_begin_anew_elsewhere_are_no_inner_list(text: str, expected: list[str]) -> None:
    assert labels(text) == expected
