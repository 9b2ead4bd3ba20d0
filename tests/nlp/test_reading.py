"""Every character of the reading text leads back to its place on its page."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.types import Box, Line, Page, Word
from nlp.normalise import clean
from nlp.reading import Text, page_of_string
from nlp.types import Evidence

WORDS = st.text(
    alphabet=st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), blacklist_characters=" "),
    min_size=1,
    max_size=8,
)
LINES = st.lists(WORDS, min_size=1, max_size=6)
PAGES = st.lists(st.lists(st.tuples(LINES, st.booleans()), max_size=5), min_size=1, max_size=4)


def make(pages: list[list[tuple[list[str], bool]]], source: str = "ocr") -> tuple[Page, ...]:
    result = []
    for number, lines in enumerate(pages, 1):
        made = []
        for row, (words, gap) in enumerate(lines):
            made.append(
                Line(
                    tuple(
                        Word(word, Box(60.0 * i, 20.0 * row, 60.0 * i + 50, 20.0 * row + 12), 0.9)
                        for i, word in enumerate(words)
                    ),
                    gap,
                )
            )
        result.append(Page(number, 595, 842, tuple(made), source))  # type: ignore[arg-type]
    return tuple(result)


@given(PAGES)
def test_characters_map_back_to_the_page_they_came_from(raw: list[list[tuple[list[str], bool]]]) -> None:
    pages = make(raw)
    text = Text.of_pages(pages)
    for offset, char in enumerate(text.text):
        number, place = text.to_page(offset)
        put_in = char == " " and offset + 1 < len(text) and text.to_page(offset + 1) == (number, place)
        if char == "\n" or put_in:  # a space lost between glued words stands where the next word begins
            continue
        assert char in clean(pages[number - 1].text[place : place + 8])


@given(PAGES)
def test_the_text_is_composed_and_offsets_rise(raw: list[list[tuple[list[str], bool]]]) -> None:
    text = Text.of_pages(make(raw))
    places = [text.to_page(i) for i in range(len(text))]
    assert places == sorted(places)
    assert list(text.page_starts) == sorted(text.page_starts)


@given(PAGES, st.data())
def test_a_slice_keeps_the_places(raw: list[list[tuple[list[str], bool]]], data: st.DataObject) -> None:
    text = Text.of_pages(make(raw))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    part = text.slice(start, end)
    assert part.text == text.text[start:end]
    for i in range(len(part)):
        assert part.to_page(i) == text.to_page(start + i)
        assert part.boxes(i, i + 1) == text.boxes(start + i, start + i + 1)


def test_boxes_are_merged_per_line_and_found_across_pages() -> None:
    pages = make([[(["báo", "cáo"], False), (["trước", "ngày"], False)], [(["15/5/2020", "gửi"], False)]])
    text = Text.of_pages(pages)
    start = text.text.index("trước")
    end = text.text.index(" gửi")
    boxes = text.boxes(start, end)
    assert [(b.page, b.box.x0, b.box.x1) for b in boxes] == [(1, 0.0, 110.0), (2, 0.0, 50.0)]
    placed = text.place(Evidence(start, end, "some.rule"))
    assert (placed.page, placed.boxes) == (1, boxes)


def test_a_paragraph_runs_on_over_the_page_and_page_numbers_are_dropped() -> None:
    pages = make(
        [
            [(["báo", "cáo", "trước"], False)],
            [(["2"], False), (["ngày", "15/5/2020."], False)],
            [(["-", "3", "-"], False), (["4.", "Giao", "Sở", "Y"], False)],
        ]
    )
    text = Text.of_pages(pages)
    assert text.text == "báo cáo trước\nngày 15/5/2020.\n\n4. Giao Sở Y"
    assert [text.text[s:].split()[0] for s in text.page_starts] == ["báo", "ngày", "4."]
    assert text.page_numbers == (1, 2, 3)
    assert text.page_of(text.text.index("15/5")) == 2


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Số: **1617** /BCT-ABC", "Số: 1617 /BCT-ABC"),
        ("Số: <b>631</b> ngày", "Số: 631 ngày"),
        ("*Nơi nhận:*", "Nơi nhận:"),
        ("* Mục một * hai", "* Mục một * hai"),
        ("N\u00d0\u2011CP 2\u20445", "NĐ-CP 2/5"),
        (unicodedata.normalize("NFD", "Uỷ ban"), "Uỷ ban"),
    ],
)
def test_marks_of_text_files_are_left_out(written: str, read: str) -> None:
    text = Text.of_string(written)
    assert text.text == read


def test_dropped_characters_do_not_move_what_follows() -> None:
    text = Text.of_string("Số: **1617** /BCT")
    assert text.to_page(text.text.index("/BCT")) == (1, "Số: **1617** /BCT".index("/BCT"))


def test_in_a_text_file_page_numbers_rise_and_the_letters_own_number_stays() -> None:
    text = Text.of_string("Số:\n2\n/UBND-VX\nGiao Sở Y rà soát\n2\ntoàn bộ.\n--- PAGE BREAK ---\nHết.\n5\n")
    assert text.text == "Số:\n2\n/UBND-VX\nGiao Sở Y rà soát\ntoàn bộ.\n\nHết.\n5"


@pytest.mark.parametrize(
    ("written", "stays"),
    [
        ("1. Giao Sở Y rà soát.\n2.\nGiao Sở Nội vụ tổng hợp.", True),
        ("a) Giao Sở Y rà soát;\n2)\nGiao Sở Nội vụ tổng hợp.", True),
        ("Giao Sở Y rà soát.\n2\nGiao Sở Nội vụ tổng hợp.", False),
        ("Giao Sở Y rà soát\n2.\ntoàn bộ sổ sách.", False),
        ("Giao Sở Y rà soát\n- 2 -\nToàn bộ.", False),
    ],
)
def test_a_number_with_its_full_stop_alone_above_a_paragraph_is_a_label(written: str, stays: bool) -> None:
    assert ("2" in Text.of_string(written).text) is stays


def test_no_pages_and_empty_pages() -> None:
    assert Text.of_pages(()).text == ""
    assert Text.of_pages((page_of_string(""),)).to_page(0) == (1, 0)
    assert Text.of_pages(()).boxes(0, 5) == ()
