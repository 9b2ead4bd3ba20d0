"""Sentence cuts, written as the text with "|" at each cut."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.sentences import sentences


@pytest.mark.parametrize(
    "marked",
    [
        "Sở Y tế rà soát. | Sở Tài chính cân đối.",
        "Giao UBND TP. Hồ Chí Minh báo cáo. | Sau đó tổng hợp.",
        "KT. Bộ trưởng ký ngày 2/3.",
        "Đồng chí Nguyễn V. Hùng chủ trì. | Các thành viên tham dự.",
        "Kết quả đạt 1.234,5 triệu đồng. | Tuy nhiên còn chậm.",
        "Theo Điều 5, 6 và khoản 1. | Các đơn vị báo cáo.",
        "Đạt tỷ lệ 5. 3% số hộ. | Còn lại 1.200 hộ.",
        "Họp ngày 1. 5 đơn vị dự.",
        "Hoàn thành trong năm 2020. | 15 đơn vị chưa gửi.",
        "Hoàn thành trước ngày 25/5/2020. | 15 đơn vị chưa gửi.",
        "Hoàn thành trong tháng 2. | Các đơn vị báo cáo.",
        "Giao PGS.TS. Nguyễn Văn A chủ trì. | Các khoa phối hợp.",
        "Trong quý II. | Sở báo cáo.",
        "Thực hiện Công văn số 1. | Sở báo cáo.",
        "Tổng số 1.200 đồng. | Số còn lại 3.500 đồng.",
        "Địa chỉ: số 1 Đ. Lê Lợi, P. 5, Q. 3.",
        "Kết quả tốt... | Tuy nhiên còn chậm.",
        "Gửi qua thư syt@binhlam.gov.vn. | Mọi vướng mắc xin liên hệ.",
        "Căn cứ Luật Đầu tư;\n | Xét đề nghị của Sở Y tế,",
        "Nơi nhận:\n | - Như trên;\n | - Lưu: VT.",
        "Nay giao các Sở thực hiện.\n | 2. Sở Nội vụ thẩm định.",
        "Có ý kiến như sau: Giao Sở Y tế chủ trì. | Sở Nội vụ phối hợp./.",
        "Ông hỏi: “Vì sao chậm?” | Sở trả lời.",
        "Giao Sở Xây dựng chủ trì, phối hợp với Sở Tài chính, Sở Nội vụ. Sở Y tế và Công an tỉnh rà soát nhà cũ.",
        "Giao Sở Xây dựng chủ trì, phối hợp với Sở Tài chính, Sở Nội vụ. | Sở Y tế rà soát nhà cũ.",
        "Giao Sở Xây dựng chủ trì, phối hợp với Sở Y tế, Sở Tài chính và Sở Nội vụ. | Sở Y tế và Công an tỉnh báo cáo.",
        "Giao Sở Xây dựng chủ trì, phối hợp với Sở Y tế, Sở Nội vụ rà soát. | Sở Y tế và Công an tỉnh báo cáo.",
    ],
)
def test_cuts(marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    text = re.sub(r" ?\| ?", " ", marked)
    assert [text[begin:end] for begin, end in sentences(text)] == expected


@given(st.text(max_size=300))
def test_spans_are_in_order_inside_the_text_and_lose_only_white_space(text: str) -> None:
    position = 0
    for begin, end in sentences(text):
        assert position <= begin < end <= len(text)
        assert not text[position:begin].strip()
        position = end
    assert not text[position:].strip()
