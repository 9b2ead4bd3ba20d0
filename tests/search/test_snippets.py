"""Highlights and snippets."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import tidy
from search.plan import Pattern
from search.snippets import WINDOW, mark, snippet
from search.types import Marked, PageText


def shown(marked: Marked) -> list[str]:
    return [marked.text[span.start : span.end] for span in marked.spans]


def patterns(*words: str) -> list[Pattern]:
    return [Pattern(tuple(word.split())) for word in words]


def test_neighbours_are_marked_as_one() -> None:
    assert shown(mark("Đề án khuyến công và khuyến học", patterns("khuyen", "cong"))) == [
        "khuyến công",
        "khuyến",
    ]
    assert shown(mark("số 45/2012/NĐ-CP.", patterns("45 2012 nd cp"))) == ["45/2012/NĐ-CP"]


def test_a_phrase_is_marked_only_where_it_stands_whole() -> None:
    assert shown(mark("công khai khuyến công", patterns("khuyen cong"))) == ["khuyến công"]
    assert shown(mark("khuyến; công", patterns("khuyen cong"))) == ["khuyến; công"]
    assert shown(mark("công khuyến", patterns("khuyen cong"))) == []


def test_the_place_with_most_of_the_query_is_shown() -> None:
    far = "một " * 100
    text = f"cá {far} cá sấu xổng {far} sấu"
    result, page = snippet([PageText(3, text)], patterns("ca", "sau", "xong"))
    assert shown(result) == ["cá sấu xổng"]
    assert page == 3
    assert result.text.startswith("… ")
    assert result.text.endswith(" …")


def test_what_was_typed_exactly_is_shown_before_what_only_folds_alike() -> None:
    pages = [PageText(1, "tổ chức"), PageText(2, "tố cáo")]
    result, page = snippet(pages, [Pattern(("to",), ("tố",))])
    assert (shown(result), page) == (["tố"], 2)


def test_without_a_match_the_beginning_is_shown() -> None:
    result, page = snippet([PageText(1, "từ " * 100), PageText(2, "x")], patterns("gì"))
    assert page == 1
    assert result.spans == ()
    assert len(result.text.split()) == WINDOW + 1
    assert snippet([], patterns("a")) == (Marked(""), None)
    assert snippet([PageText(None, "...")], patterns("a")) == (Marked("..."), None)


def test_lines_become_one_line() -> None:
    result, _ = snippet([PageText(1, "\n  dòng một\ncó\tcá\n\n")], patterns("ca"))
    assert result.text == "dòng một có cá"
    assert shown(result) == ["cá"]


@given(st.text(max_size=400).map(tidy), st.lists(st.sampled_from(["a", "to", "1", "cong"]), max_size=3))
@settings(max_examples=300, deadline=None)
def test_spans_lie_inside_the_text_in_order_and_hold_what_was_asked(text: str, asked: list[str]) -> None:
    wanted = patterns(*asked)
    for result in (mark(text, wanted), snippet([PageText(1, text)], wanted)[0]):
        last = 0
        for span in result.spans:
            assert last <= span.start < span.end <= len(result.text)
            assert result.text[span.start : span.end].strip() == result.text[span.start : span.end]
            last = span.end
