"""Sentence cuts, written as the text with "|" at each cut."""

from __future__ import annotations

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
        "Ông hỏi: “Vì sao chậm?” | Sở trả lời.",
    ],
)
def test_cuts(marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    text = " ".join(expected)
    assert [text[begin:end] for begin, end in sentences(text)] == expected


@given(st.text(max_size=300))
def test_spans_are_in_order_inside_the_text_and_lose_only_white_space(text: str) -> None:
    position = 0
    for begin, end in sentences(text):
        assert position <= begin < end <= len(text)
        assert not text[position:begin].strip()
        position = end
    assert not text[position:].strip()
