"""An explanation names the rule, the page, the line and the words of every value."""

from __future__ import annotations

import pytest

from corpus.specimen import Specimen, letters
from ingest.types import Box, Line, Page, Word
from nlp.dispatch import understand
from nlp.explain import Explained, explain, meaning
from nlp.jsonform import from_json, to_json
from nlp.reading import page_of_string
from nlp.types import Dispatch, Evidence


def explained(text: str) -> tuple[Explained, ...]:
    return explain(understand((page_of_string(text),))[0])


@pytest.mark.parametrize("specimen", letters(), ids=lambda each: each.name)
def test_every_rule_has_a_name_in_words_and_every_place_its_line(specimen: Specimen) -> None:
    (dispatch, *_) = understand((page_of_string(specimen.text),))
    lines = [line for line in dispatch.text.splitlines() if line.strip()]
    for value in explain(dispatch):
        assert value.meaning, f"{value.rule} is not in nlp/data/rule_names.toml"
        assert 0 < value.confidence <= 1
        if value.words is None:
            continue
        assert value.page == 1
        assert value.line is not None
        first = value.words.split()[0].strip("*")
        assert first in lines[value.line - 1], f"{value.words!r} does not begin on line {value.line}"


def test_nothing_that_was_found_is_left_out() -> None:
    (dispatch,) = understand((page_of_string(next(each.text for each in letters() if each.name == "gtvt_khan_2025")),))
    values = explain(dispatch)

    def evidence(value: object) -> list[Evidence]:
        if isinstance(value, Evidence):
            return [value]
        if isinstance(value, tuple):
            return [each for item in value for each in evidence(item)]
        fields = getattr(value, "__dataclass_fields__", {})
        return [each for name in fields for each in evidence(getattr(value, name))]

    assert len(values) == len(evidence(dispatch))


def test_lines_are_counted_on_their_page() -> None:
    def page(number: int, *lines: str) -> Page:
        box = Box(10, 10, 50, 20)
        return Page(number, 595, 842, tuple(Line(tuple(Word(w, box) for w in line.split())) for line in lines), "text-layer")

    pages = (
        page(1, "ỦY BAN NHÂN DÂN TỈNH BÌNH LÂM", "Số: 12/UBND-VP", "Bình Lâm, ngày 12 tháng 3 năm 2020", "Kính gửi: Sở Y tế.", "UBND tỉnh yêu cầu:"),
        page(2, "1. Sở Y tế tổ chức trực cấp cứu.", "2. Sở Nội vụ kiểm tra công vụ, báo cáo UBND tỉnh."),
    )  # fmt: skip
    (dispatch,) = understand(pages)
    [value] = [each for each in explain(dispatch) if each.name == "report_to"]
    assert (value.page, value.line, value.words) == (2, 2, "UBND tỉnh")
    [number] = [each for each in explain(dispatch) if each.name == "number"]
    assert (number.page, number.line) == (1, 2)
    again = from_json(to_json(dispatch, with_text=True))
    assert [each.line for each in explain(again)] == [each.line for each in explain(dispatch)]


def test_long_places_are_shortened_and_empty_ones_are_none() -> None:
    values = explained("Số: 12/UBND-VP\n\nGiao Sở Y tế " + "rà soát trang thiết bị, " * 30 + "báo cáo UBND tỉnh.")
    assert all(len(each.words) < 180 for each in values if each.words)
    assert explain(Dispatch(understand(())[0].header)) == ()


@pytest.mark.parametrize(
    ("rule", "words"),
    [("report-gửi", "nơi nhận báo cáo"), ("deadline.before-day", "mẫu câu thời hạn"), ("header.subject.mended", "trích yếu"), ("unheard-of", "")],
)  # fmt: skip
def test_a_rule_is_called_by_its_longest_known_beginning(rule: str, words: str) -> None:
    assert meaning(rule).startswith(words)
    assert bool(meaning(rule)) is bool(words)
