"""Collapsed text knows where each of its characters came from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlp.collapsed import Collapsed
from nlp.types import Evidence

TEXT = st.text(st.sampled_from("aĐộ 1.\n\t\u00a0\u2028,"), max_size=60)


def made(source: str, data: st.DataObject) -> tuple[Collapsed, int, int]:
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    return Collapsed.of(source, start, end), start, end


@given(TEXT, st.data())
def test_each_character_is_that_of_the_source(source: str, data: st.DataObject) -> None:
    collapsed, start, end = made(source, data)
    assert collapsed.text == " ".join(source[start:end].split())
    assert list(collapsed.offsets) == sorted(set(collapsed.offsets))
    assert all(start <= offset < end for offset in collapsed.offsets)
    for char, offset in zip(collapsed.text, collapsed.offsets, strict=True):
        assert char == source[offset] or (char == " " and source[offset].isspace())


@given(TEXT, st.data())
def test_evidence_moved_to_the_source_shows_the_same_words(source: str, data: st.DataObject) -> None:
    collapsed, _, _ = made(source, data)
    first = data.draw(st.integers(0, len(collapsed.text)))
    last = data.draw(st.integers(first, len(collapsed.text)))
    moved = collapsed.evidence(Evidence(first, last, "rule", 0.5))
    assert (moved.rule, moved.confidence) == ("rule", 0.5)
    assert 0 <= moved.start <= moved.end <= len(source)
    if first < last:
        assert " ".join(source[moved.start : moved.end].split()) == " ".join(collapsed.text[first:last].split())


@given(TEXT, st.data())
def test_a_part_of_a_part_still_points_to_the_source(source: str, data: st.DataObject) -> None:
    collapsed, _, _ = made(source, data)
    first = data.draw(st.integers(0, len(collapsed.text)))
    part = collapsed.cut(first, data.draw(st.integers(first, len(collapsed.text))))
    assert part.text == part.text.strip(" ")
    start, end = part.span
    assert " ".join(source[start:end].split()) == part.text
