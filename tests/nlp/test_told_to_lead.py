"""Whom the doer of an item tells to take the lead is the one who must do it."""

from __future__ import annotations

import pytest

from nlp.duties import read_responsible
from nlp.duties.commanding import told_to_lead


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chỉ đạo Sở Xây dựng chủ trì, phối hợp với các địa phương kiểm tra các công trình.", "Sở Xây dựng"),
        ("Chỉ đạo Sở Y tế chủ trì phối hợp với các sở, ngành liên quan tập huấn.", "Sở Y tế"),
        ("Tiếp tục chỉ đạo Công an huyện làm đầu mối tiếp nhận tin báo của người dân.", "Công an huyện"),
        ("Giao Phòng Nội vụ là cơ quan chủ trì rà soát biên chế.", "Phòng Nội vụ"),
        ("Lãnh đạo, chỉ đạo Sở Tư pháp chủ trì thẩm định dự thảo.", "Sở Tư pháp"),
    ],
)
def test_who_is_told_to_lead_does_it(text: str, name: str) -> None:
    read = read_responsible(text)
    assert read is not None
    assert [body.text for body in read[0]] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Chỉ đạo Sở Xây dựng kiểm tra các công trình.",
        "Chỉ đạo các phòng phối hợp với Sở Y tế, cơ quan chủ trì đề án.",
        "Chỉ đạo Ủy ban nhân dân cấp xã báo cáo cơ quan chủ trì trước ngày 5/3.",
        "Rà soát các dự án do Sở Xây dựng chủ trì.",
        "Báo cáo Sở Tài chính chủ trì tổng hợp.",
        "Chỉ đạo việc chủ trì các hội nghị.",
        "Chỉ đạo các phòng, đơn vị được giao chủ trì soạn thảo hoàn thiện dự thảo.",
        "Chỉ đạo cơ quan được phân công chủ trì thẩm định gửi hồ sơ.",
    ],
)
def test_who_is_told_something_else_or_only_named_is_not(text: str) -> None:
    assert told_to_lead(text) is None
