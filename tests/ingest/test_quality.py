"""What is measured of a page's image, and what a clerk is told of it."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.render import render_pdf
from corpus.scan import Damage, scan
from corpus.specimen import letters
from ingest.faults import Complaint, complaints
from ingest.jsonform import quality_from_json, quality_to_json
from ingest.pool import ReaderPool
from ingest.quality import contrast, doubtful
from ingest.types import Quality, Word

GOOD = Quality(skew=0.2, contrast=0.8, speckle=1.0, doubtful=0.02, steps=("max-channel",), dpi=300)


def page_of(paper: int, print_: int) -> np.ndarray:
    image = np.full((400, 400), paper, dtype=np.uint8)
    image[100:110, 50:350] = print_
    return image


def test_contrast_is_the_way_from_print_to_paper() -> None:
    assert contrast(page_of(255, 0)) == pytest.approx(1.0)
    assert contrast(page_of(255, 150)) < 0.5
    assert contrast(page_of(255, 255)) == 0.0


@pytest.mark.parametrize(("sure", "unsure", "share"), [(30, 10, 0.25), (40, 0, 0.0), (3, 3, 0.0)])
def test_doubt_is_told_of_only_where_there_are_words_enough(sure: int, unsure: int, share: float) -> None:
    words = [Word("chữ", None, 0.95)] * sure + [Word("chu", None, 0.3)] * unsure + [Word("1", None, 0.1)] * 9
    assert doubtful(words) == share


@pytest.mark.parametrize(
    ("notes", "quality", "faults"),
    [
        ((), GOOD, []),
        ((), replace(GOOD, dpi=199), []),
        ((), replace(GOOD, dpi=None), []),
        ((), None, []),
        ((), replace(GOOD, dpi=100), ["low-resolution"]),
        (("unreadable",), None, ["unreadable"]),
        ((), Quality(-4.0, 0.2, 45.0, 0.4, dpi=150), ["low-resolution", "many-doubtful", "faint", "skewed", "speckled"]),
        (("blank",), None, []),
        (("read-again 2", "one-reader"), GOOD, ["one-reader"]),
        (("cut-off 60%", "one-reader"), replace(GOOD, dpi=100), ["cut-off", "one-reader", "low-resolution"]),
    ],
)
def test_what_a_clerk_is_told(notes: tuple[str, ...], quality: Quality | None, faults: list[str]) -> None:
    found = complaints(3, notes, quality)
    assert [each.fault for each in found] == faults
    assert all(each.page == 3 for each in found)


figure = st.floats(min_value=0, max_value=50, allow_nan=False).map(lambda value: round(value, 3))


@given(st.none() | st.builds(Quality, figure, figure, figure, figure, st.lists(st.text(max_size=9)).map(tuple), st.none() | st.integers(30, 1200)))
def test_quality_goes_to_json_and_back(quality: Quality | None) -> None:
    assert quality_from_json(json.loads(json.dumps(quality_to_json(quality)))) == quality


def test_a_coarse_scan_is_complained_of_and_a_good_one_is_not(tmp_path: object) -> None:
    from pathlib import Path

    specimen = next(each for each in letters() if not each.source.hand and each.source.incoming is None)
    pdf = render_pdf(specimen)
    folder = Path(str(tmp_path))
    with ReaderPool(1) as pool:
        found = []
        for name, damage in (("thô", Damage(dpi=100, blur=0.6)), ("tốt", Damage())):
            path = folder / f"{name}.pdf"
            path.write_bytes(scan(pdf, damage))
            page = pool.read(path).pages[0]
            assert page.quality is not None
            found.append(complaints(page.number, page.notes, page.quality))
    assert Complaint("low-resolution", 1, 100) in found[0]
    assert found[1] == ()
