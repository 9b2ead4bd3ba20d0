"""Documents that only a note below the signature names."""

from __future__ import annotations

import pytest

from nlp.dispatch import understand
from nlp.footnotes import with_footnotes
from nlp.reading import page_of_string
from tests.nlp.letters import PLAIN


def cited(notes: str) -> list[str | None]:
    return [each.code for each in understand([page_of_string(f"{PLAIN.rstrip()}\n\n{notes}")])[0].references]


@pytest.mark.parametrize(
    "note",
    [
        "(1) Công văn số 77/UBND-NC ngày 05/4/2022 về biên chế.",
        "[2] Theo Công văn số 77/UBND-NC ngày 05/4/2022.",
        "1 Công văn số 77/UBND-NC ngày 05/4/2022 của UBND tỉnh.",
        "(*) Xem Công văn số 77/UBND-NC\nngày 05/4/2022 của UBND tỉnh.",
    ],
)
def test_a_note_cites(note: str) -> None:
    assert cited(note) == ["31/KH-UBND", "77/UBND-NC"]


@pytest.mark.parametrize(
    "line",
    [
        "Công văn số 77/UBND-NC ngày 05/4/2022.",  # no mark
        "(1) Số liệu theo Công văn số 77/UBND-NC",  # another matter
        "1. Công văn số 77/UBND-NC",  # a list
        "Sao y Công văn số 77/UBND-NC",
    ],
)
def test_other_lines_below_the_signature_cite_nothing(line: str) -> None:
    assert cited(line) == ["31/KH-UBND"]


def test_places_stay() -> None:
    text = "Thân văn bản.\nNơi nhận:\n(1) Quyết định số 5/QĐ-SNV\nLưu: VT\n\n- Khác"
    found = with_footnotes(text, 14, len(text))
    assert found.startswith("Thân văn bản.\n")
    assert found.index("Quyết định số 5/QĐ-SNV") == text.index("Quyết định số 5/QĐ-SNV")
    assert "Khác" not in found
