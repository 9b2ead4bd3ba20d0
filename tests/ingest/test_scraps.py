"""What is read and is no text of the letter: specks, strokes, marks in margins, tiny running heads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.fragments import box_of
from ingest.scraps import beside_out, scribbles_out
from ingest.types import Box, Word


def line(text: str, x: float, y: float, confidence: float = 0.95) -> list[Word]:
    """Words of 12 points side by side."""
    words = []
    for part in text.split():
        words.append(Word(part, Box(x, y, x + 6 * len(part), y + 12), confidence))
        x += 6 * len(part) + 4
    return words


def test_scraps_of_signatures_are_no_lines_and_bullets_stay() -> None:
    runs = [
        line("- Như trên;", 85, 600),
        line("Í{", 400, 650, 0.2),
        line("|", 500, 300, 0.9),
        line("§", 85, 400, 0.2) + line("đảm bảo tiến độ.", 97, 400),
        line("2.", 85, 450, 0.9),
    ]
    kept, marks = scribbles_out(runs, 842)
    assert [" ".join(part.text for part in run) for run in kept] == [
        "- Như trên;",
        "§ đảm bảo tiến độ.",
        "2.",
    ]
    assert sorted(mark.text for mark in marks) == ["|", "Í{"]


BODY = [line("dòng chữ thường của văn bản này dài tới lề bên phải trang", 85, 120 + 20 * row) for row in range(12)]


@pytest.mark.parametrize(
    ("text", "x", "y", "confidence", "tall", "is_scrap"),
    [
        ("H", 88, 135, 0.88, 5, True),  # a speck between two lines
        ("7", 410, 500, 1.0, 3, True),
        ("g", 490, 500, 0.97, 12, True),  # a stroke of a signature
        ("ƒ k", 480, 500, 0.98, 10, True),
        ("“", 400, 500, 0.9, 4, True),
        ("-", 400, 500, 0.9, 2, True),
        ("2.", 85, 500, 0.9, 12, False),
        ("15", 300, 500, 0.9, 12, False),
        ("/TTr-STC", 160, 60, 0.22, 12, False),  # the symbol behind an empty "Số:"
    ],
)
def test_specks_and_single_letters_by_themselves_are_scraps(
    text: str, x: float, y: float, confidence: float, tall: float, is_scrap: bool
) -> None:
    piece = [
        replace(word, box=replace(box_of(word), y1=box_of(word).y0 + tall)) for word in line(text, x, y, confidence)
    ]
    runs = [line("Số:", 130, 60), *BODY, piece]
    _, marks = scribbles_out(runs, 842)
    assert [mark.text for mark in marks] == ([text] if is_scrap else [])


def test_a_letter_in_a_cell_of_a_table_is_no_scrap() -> None:
    runs = [*BODY, line("x", 300, 500)]
    assert scribbles_out(runs, 842, [Box(80, 480, 540, 620)]) == (runs, [])


def test_a_tiny_running_head_is_no_text_and_the_tail_of_a_paragraph_is() -> None:
    head = [Word("5.NQ13", Box(85, 23, 103, 30), 0.7)]
    tail = line("ra.", 85, 40)
    kept, marks = scribbles_out([head, tail, *BODY], 842)
    assert [mark.text for mark in marks] == ["5.NQ13"]
    assert tail in kept


def test_marks_in_the_margins_of_justified_text_go_and_bullets_and_dashes_stay() -> None:
    full = box_of(BODY[0][-1]).x1
    runs = [
        [Word("_", Box(70, 120, 74, 130), 0.6), *BODY[0]],
        [*BODY[1], Word("{", Box(full + 8, 140, full + 12, 152), 0.5)],
        [*BODY[2], Word("–", Box(full - 4, 160, full + 4, 162), 0.9)],
        [Word("-", Box(85, 180, 89, 182), 0.9), *BODY[3][1:]],
        *BODY[4:],
    ]
    texts = [" ".join(word.text for word in run) for run in beside_out(runs)]
    assert texts[0][0] not in "_"
    assert not texts[1].endswith("{")
    assert texts[2].endswith("–")
    assert texts[3].startswith("-")


def test_without_justified_lines_nothing_is_taken_from_the_margins() -> None:
    runs = [line("- Như trên;", 85, 600), line("+ Lưu: VT.", 60, 620)]
    assert beside_out(runs) == runs
