"""Tables stay rows: grids of ruled lines, cells from left to right, text before and behind in its place."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from corpus.scan import PRESETS, Damage, scan
from ingest.grids import Rule, find
from ingest.jsonform import page_from_json, page_to_json
from ingest.layout import lay_out
from ingest.reader import read_file
from ingest.searchable import write_searchable, write_text
from ingest.types import Box, Limits, Line, Page, Word
from nlp.reading import Text
from tests.ingest.tablepages import AFTER, BEFORE, TASKS, table_pdf


def grid(xs: list[float], ys: list[float]) -> tuple[list[Rule], list[Rule]]:
    return [Rule(y, xs[0], xs[-1]) for y in ys], [Rule(x, ys[0], ys[-1]) for x in xs]


def word(text: str, x: float, y: float) -> Word:
    return Word(text, Box(x, y, x + 6 * len(text), y + 11))


def line(text: str, x: float, y: float) -> list[Word]:
    words = []
    for part in text.split():
        words.append(word(part, x, y))
        x += 6 * len(part) + 4
    return words


def read(path: Path, content: bytes) -> tuple[Page, ...]:
    path.write_bytes(content)
    return read_file(path, limits=Limits()).pages


def test_a_grid_of_lines_has_rows_and_columns() -> None:
    (found,) = find(*grid([80, 110, 300, 500], [200, 230, 290]))
    assert (found.xs, found.ys) == ((80, 110, 300, 500), (200, 230, 290))
    assert found.cell_at(90, 210) == (0, 0)
    assert found.cell_at(400, 250) == (1, 2)
    assert found.cell_at(400, 300) is None


@pytest.mark.parametrize(
    ("level", "upright", "what"),
    [
        (*grid([80, 300], [200, 300]), "a frame round a stamp or a signature"),
        (*grid([400, 470, 540], [100, 120, 160]), "a stamp with fields"),
        (*grid([80, 500], [200, 220, 240, 260]), "a box with ruled lines to write on"),
        ([Rule(90, 300, 460), Rule(95, 120, 180)], [], "the rules under issuer and motto"),
        ([Rule(90, 80, 500)], [Rule(20, 0, 842)], "a rule, and the streak of a copier"),
        (*grid([80, 300, 500], [200, 300]), "a box in two halves"),
    ],
)
def test_what_is_no_table(level: list[Rule], upright: list[Rule], what: str) -> None:
    assert find(level, upright) == (), what


def test_lines_drawn_twice_or_in_pieces_are_one() -> None:
    level, upright = grid([80, 110, 300, 500], [200, 230, 290])
    pieces = [Rule(rule.at + 0.7, a, b) for rule in level for a, b in ((80, 109), (111, 299), (301, 500))]
    (found,) = find(pieces + level, upright)
    assert len(found.xs) == 4
    assert len(found.ys) == 3


def test_a_cell_over_several_rows_or_columns_is_one() -> None:
    level = [Rule(200, 80, 500), Rule(230, 80, 300), Rule(260, 80, 500)]
    upright = [Rule(80, 200, 260), Rule(190, 230, 260), Rule(300, 200, 260), Rule(500, 200, 260)]
    (found,) = find(level, upright)
    assert found.cell_at(400, 210) == found.cell_at(400, 250) == (0, 2)
    assert found.cell_at(100, 210) == found.cell_at(250, 210) == (0, 0)
    words = [*line("Tên", 90, 205), *line("a", 90, 240), *line("b", 200, 240), *line("Hai hàng", 310, 225)]
    laid = lay_out(words, 595, 842, None, [found])
    assert [item.text for item in laid.lines] == ["Tên\tHai hàng", "a\tb\t"]


def test_a_side_open_or_faint_is_found() -> None:
    level, upright = grid([80, 110, 300, 500], [200, 230, 290])
    (open_below,) = find(level[:-1], upright)
    assert list(open_below.ys) == [200, 230, 290]
    asked: list[Rule] = []

    def seen(is_upright: bool, rule: Rule) -> bool:
        asked.append(rule)
        return is_upright

    pieces = [Rule(110, 205, 225), *upright[:1], *upright[2:]]
    (found,) = find(level, pieces, seen)
    assert found.cell_at(90, 250) != found.cell_at(200, 250)
    assert Rule(110, 230, 290) in asked


def test_rows_stand_between_the_text_before_and_behind() -> None:
    (found,) = find(*grid([80, 110, 300, 500], [200, 230, 290]))
    words = [
        *line("Thực hiện các việc sau:", 85, 180), *line("TT", 85, 210), *line("Nội dung", 120, 210), *line("Hạn", 310, 210),
        *line("1", 85, 250), *line("Báo cáo kết", 120, 240), *line("quả thực hiện", 120, 256), *line("30/6", 310, 250),
        *line("Yêu cầu thực hiện.", 85, 310),
    ]  # fmt: skip
    lines = lay_out(words, 595, 842, None, [found]).lines
    assert [item.text for item in lines] == [
        "Thực hiện các việc sau:", "TT\tNội dung\tHạn", "1\tBáo cáo kết quả thực hiện\t30/6", "Yêu cầu thực hiện.",
    ]  # fmt: skip
    assert [item.gap for item in lines] == [False, True, True, True]
    assert lines[2].cells == (1, 6, 1)


def test_a_letter_in_a_frame_with_columns_is_a_letter() -> None:
    (found,) = find(*grid([40, 280, 560], [40, 120, 800]))
    words = [
        *line("SỞ CÔNG THƯƠNG", 60, 50), *line("Độc lập - Tự do - Hạnh phúc", 320, 50),
        *line("Kính gửi: các huyện", 150, 160),
    ]  # fmt: skip
    assert not any(item.cells for item in lay_out(words, 595, 842, None, [found]).lines)


def test_offsets_of_words_in_a_row() -> None:
    row = Line(tuple(Word(part, None) for part in ("a", "bc", "d")), True, (0, 1, 0, 2, 0))
    assert row.text == "\ta\t\tbc d\t"
    assert [row.text[at : at + len(item.text)] for at, item in zip(row.starts, row.words, strict=True)] == [
        "a",
        "bc",
        "d",
    ]
    page = Page(1, 0, 0, (Line((Word("x", None),)), row, row), "ocr")
    text = Text.of_pages((page,))
    assert text.text == "x\n\na bc d\n\na bc d"
    at = text.text.rindex("bc")
    assert [item.text for item in text.words(at, at + 2)] == ["bc"]
    assert page.text[slice(*(text.to_page(end)[1] for end in (at, at + 2)))] == "bc"


def test_a_row_goes_through_json_and_bad_rows_are_refused() -> None:
    row = Line((word("a", 0, 0), word("b", 50, 0)), True, (1, 0, 1))
    page = Page(1, 595, 842, (row, Line((word("c", 0, 30),))), "ocr")
    data = page_to_json(page)
    assert page_from_json(data) == page
    data["lines"][0]["cells"] = [1, 2]
    with pytest.raises(ValueError, match="cells"):
        page_from_json(data)


def test_the_printed_lines_of_a_row() -> None:
    words = (*line("một hai", 100, 200), *line("ba", 100, 214), *line("bốn", 300, 207))
    printed = Line(words, True, (3, 0, 1)).printed
    assert [[item.text for item in part] for part in printed] == [["một", "hai"], ["ba"], ["bốn"]]
    assert Line(words[:2]).printed == (words[:2],)


def rows_of(pages: tuple[Page, ...]) -> list[tuple[str, ...]]:
    return [tuple(item.text.split("\t")) for page in pages for item in page.lines if item.cells]


def test_a_table_of_a_born_digital_page(tmp_path: Path) -> None:
    (page,) = read(tmp_path / "a.pdf", table_pdf())
    assert rows_of((page,)) == list(TASKS)
    rest = " ".join(item.text for item in page.lines if not item.cells)
    assert rest == " ".join((BEFORE, *AFTER))
    assert not page.lines[0].cells
    assert [item.text for item in page.lines[-2:]] == list(AFTER[1:])


@pytest.mark.parametrize(
    "damage",
    [PRESETS["clean"], PRESETS["skew"], PRESETS["noise"], PRESETS["photocopy"], PRESETS["folder"]],
    ids=["clean", "skew", "noise", "photocopy", "folder"],
)
def test_a_table_of_a_scan(tmp_path: Path, damage: Damage) -> None:
    (page,) = read(tmp_path / "a.pdf", scan(table_pdf(), damage, seed=3))
    rows = rows_of((page,))
    assert [len(row) for row in rows] == [len(row) for row in TASKS]
    cells = [pair for want, got in zip(TASKS, rows, strict=True) for pair in zip(want, got, strict=True)]
    # A letter may be misread; a word in another cell would spoil two cells.
    assert sum(want == got for want, got in cells) >= len(cells) - 2
    assert all(bool(want) == bool(got) for want, got in cells)
    assert [item.text for item in page.lines[-2:]] == list(AFTER[1:])


def test_a_copied_table_is_read_row_by_row(tmp_path: Path) -> None:
    source, out = tmp_path / "a.pdf", tmp_path / "b.pdf"
    source.write_bytes(scan(table_pdf(), PRESETS["clean"], seed=3))
    reading = read_file(source, limits=Limits())
    write_searchable(source, reading, out)
    words = write_text(reading).split()
    document = pypdfium2.PdfDocument(out)
    assert document[0].get_textpage().get_text_bounded().split() == words
    document.close()
    with pdfplumber.open(out) as pdf:
        places = {each["text"]: each for each in pdf.pages[0].extract_words()}
    (cell,) = [item for item in reading.pages[0].words if item.text == "15/12/2024"]
    assert cell.box is not None
    assert places["15/12/2024"]["top"] == pytest.approx(cell.box.y0, abs=4)


def test_a_table_over_a_page_break(tmp_path: Path) -> None:
    rows = [
        TASKS[0],
        *((str(at), f"Nội dung công việc số {at}", "Văn phòng", "", "30/6/2024") for at in range(1, 45)),
    ]
    pages = read(tmp_path / "a.pdf", table_pdf(rows))
    assert len(pages) == 2
    assert all(any(item.cells for item in page.lines) for page in pages)
    assert rows_of(pages) == [tuple(row) for row in rows]


def test_an_enumeration_without_rules_stays_as_it_is(tmp_path: Path) -> None:
    rows = [("1.", "Sở Công Thương báo cáo kết quả."), ("2.", "Sở Tài chính tổng hợp, báo cáo.")]
    (page,) = read(tmp_path / "a.pdf", scan(table_pdf(rows, widths=(28, 300), rules=[]), seed=1))
    assert not any(item.cells for item in page.lines)
    assert "1. Sở Công Thương báo cáo kết quả." in [item.text for item in page.lines]
