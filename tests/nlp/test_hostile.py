"""Texts made to keep the reader busy: the time grows with the length, not with its square."""

from __future__ import annotations

import time

import pytest

from ingest.plain import lines_of
from ingest.types import Page
from nlp.dispatch import understand
from nlp.outline import outline

HEAD = """ỦY BAN NHÂN DÂN TỈNH BÌNH LÂM
Số: 12/UBND-VP
Bình Lâm, ngày 12 tháng 3 năm 2020
Kính gửi: Sở Công Thương

"""
SECONDS = 15.0
"""Of this process on a processor; several times what these take. The quadratic rules they once found took longer by far."""


@pytest.mark.parametrize("unit", ["a", "1", "-", "(", "a/", "45/2012/", "1.1.1.1.", "phối hợp với ", "A-B", "báo cáo ", "nếu ", "(trừ ", "đối với, ",
                                  "yêu cầu Sở Y tế báo cáo ", "Giao Sở Y tế, Sở Nội vụ rà soát\n"])  # fmt: skip
def test_one_line_without_end_takes_a_moment(unit: str) -> None:
    text = HEAD + unit * (200_000 // len(unit))
    started = time.process_time()
    understand([Page(1, 595.0, 842.0, lines_of(text), "text")])
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("unit", ["a) b\nb) c\n", "1. Sở Y tế\n", "Điều 1. Sở Y tế\n1. TINH THẦN ABC\n", "- Sở Y tế;\n", "1. A:\na) B:\n", "1. Giao: a) A; - B ", "- A;\nB;\n",
                                  "- A\n" + "Sở B;\n" * 20_000, "1.\nSở A\n"])  # fmt: skip
def test_a_list_without_end_takes_a_moment(unit: str) -> None:
    text = unit * (600_000 // len(unit))
    started = time.process_time()
    found = outline(text)
    assert time.process_time() - started < SECONDS
    assert found.items
