"""Positions that differ in their marks only: the head of an office (thủ trưởng) and a deputy minister (thứ trưởng)."""

from __future__ import annotations

import pytest

from nlp.reading import Text
from nlp.sections import cut
from nlp.signature import read_signer
from tests.nlp.letters import PLAIN


def signed(block: str) -> tuple[str | None, str | None]:
    text = Text.of_string(PLAIN.replace("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", block))
    signer = read_signer(text, cut(text))
    assert signer is not None
    return signer.authority, signer.position


@pytest.mark.parametrize(
    ("block", "read"),
    [
        ("THỦ TRƯỞNG", (None, "THỦ TRƯỞNG")),
        ("THỦ TRƯỞNG ĐƠN VỊ", (None, "THỦ TRƯỞNG ĐƠN VỊ")),
        ("KT. THỦ TRƯỞNG\nPHÓ THỦ TRƯỞNG", ("KT. THỦ TRƯỞNG", "PHÓ THỦ TRƯỞNG")),
        ("TL. THỦ TRƯỞNG\nTRƯỞNG PHÒNG", ("TL. THỦ TRƯỞNG", "TRƯỞNG PHÒNG")),
        ("TM. CƠ QUAN THƯỜNG TRỰC\nTHỦ TRƯỞNG CƠ QUAN", ("TM. CƠ QUAN THƯỜNG TRỰC", "THỦ TRƯỞNG CƠ QUAN")),
    ],
)
def test_the_head_of_an_office_stays_as_printed(block: str, read: tuple[str | None, str]) -> None:
    assert signed(block) == read


@pytest.mark.parametrize(
    ("block", "read"),
    [
        ("KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG", ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG")),
        ("KT. BỘ TRƯỞNG\nTHỦ TRƯỞNG", ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG")),
        ("KT. BỘ TRƯỞNG\nTHÚ TRƯỞNG", ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG")),
        ("THỨ TRƯỞNG", (None, "THỨ TRƯỞNG")),
        ("THƯ TRƯỞNG", (None, "THỨ TRƯỞNG")),
    ],
)
def test_who_signs_for_a_minister_is_a_deputy_minister(block: str, read: tuple[str | None, str]) -> None:
    assert signed(block) == read
