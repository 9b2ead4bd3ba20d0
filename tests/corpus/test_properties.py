"""What must hold for any words, not only for those of the specimens."""

from __future__ import annotations

import textwrap

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.annotate import as_printed, split_code
from corpus.compare import dice, folded, paired
from corpus.flatten import reading
from corpus.source import LABEL

WORD = st.sampled_from(
    ["Sở", "Công", "Thương", "UBND-KT", "45/2012/NĐ-CP", "trước", "ngày", "15/5/2024", "(b/c)", "đ)", "Đắk", "-", "./."]
)
WORDS = st.lists(WORD, min_size=1, max_size=30)


@given(WORDS, st.integers(12, 60), st.data())
@settings(deadline=None)
def test_a_quotation_is_found_however_the_lines_break(words: list[str], width: int, data: st.DataObject) -> None:
    text = "\n".join(textwrap.wrap(" ".join(words), width, break_long_words=False, break_on_hyphens=True))
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    found = as_printed(reading(text), " ".join(words[start:end]))
    assert found is not None
    assert found.replace(" ", "") == "".join(words[start:end])
    assert found in reading(text)


@given(st.integers(1, 99999), st.one_of(st.none(), st.integers(1945, 2099)), st.sampled_from(["NĐ-CP", "QĐ-UBND"]))
def test_a_code_splits_into_what_it_was_made_of(number: int, year: int | None, symbol: str) -> None:
    code = f"{number}/{year}/{symbol}" if year else f"{number}/{symbol}"
    assert split_code(code) == (str(number), year, symbol)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(), st.text())
def test_likeness_is_symmetric_and_bounded(left: str, right: str) -> None:
    assert 0 <= dice(left, right) == dice(right, left) <= 1
    assert dice(left, left) == 1


@given(st.lists(st.text(max_size=8), max_size=6), st.lists(st.text(max_size=8), max_size=6))
def test_pairs_use_each_item_once_and_leave_no_like_pair_over(gold: list[str], found: list[str]) -> None:
    pairs = paired(gold, found, dice, 0.5)
    mine, theirs = {i for i, _ in pairs}, {j for _, j in pairs}
    assert len(mine) == len(theirs) == len(pairs)
    assert all(
        dice(gold[i], found[j]) < 0.5
        for i in set(range(len(gold))) - mine
        for j in set(range(len(found))) - theirs
    )


@given(st.sampled_from(["1. ", "2.1 ", "2.1. ", "a) ", "đ) ", "- ", "+ ", "IV. ", "1) ", "1/ ", "(1) ", "• "]))
def test_printed_labels_are_known(label: str) -> None:
    assert LABEL.match(f"{label}Rà soát").group() == label


@given(st.sampled_from(["Giao Sở A", "UBND tỉnh", "Đề nghị", "Cấp giấy", "2024 là năm"]))
def test_sentences_have_no_label(sentence: str) -> None:
    found = LABEL.match(sentence)
    assert found is None or sentence.startswith("2024")
