"""Texts made to keep the reader busy: the time grows with the length, not with its square."""

from __future__ import annotations

import pytest

from ingest.plain import lines_of
from ingest.types import Page
from nlp.dispatch import understand
from nlp.outline import outline
from tests.nlp.growth import grows_with_the_length

HEAD = """ỦY BAN NHÂN DÂN TỈNH BÌNH LÂM
Số: 12/UBND-VP
Bình Lâm, ngày 12 tháng 3 năm 2020
Kính gửi: Sở Công Thương

"""
@pytest.mark.parametrize("unit", ["a", "1", "-", "(", "a/", "45/2012/", "1.1.1.1.", "phối hợp với ", "A-B", "báo cáo ", "nếu ", "(trừ ", "đối với, ",
                                  "yêu cầu Sở Y tế báo cáo ", "Giao Sở Y tế, Sở Nội vụ rà soát\n"])  # fmt: skip
def test_one_line_without_end_takes_time_by_its_length(unit: str) -> None:
    def read(text: str) -> None:
        understand([Page(1, 595.0, 842.0, lines_of(HEAD + text), "text")])

    assert grows_with_the_length(read, unit, 15_000)


@pytest.mark.parametrize("unit", ["a) b\nb) c\n", "1. Sở Y tế\n", "Điều 1. Sở Y tế\n1. TINH THẦN ABC\n", "- Sở Y tế;\n", "1. A:\na) B:\n", "1. Giao: a) A; - B ", "- A;\nB;\n",
                                  "- A\n" + "Sở B;\n" * 2_000, "1.\nSở A\n"])  # fmt: skip
def test_a_list_without_end_takes_time_by_its_length(unit: str) -> None:
    assert grows_with_the_length(outline, unit, 60_000)
    assert outline(unit * (60_000 // len(unit))).items
