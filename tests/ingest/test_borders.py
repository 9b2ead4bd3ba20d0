"""Dark edges, punch holes and empty pages: no words out of nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from ingest import ocr
from ingest.borders import without_borders
from ingest.prepare import ink

MM = 200 / 25.4


def sheet(shade: int = 250) -> Any:
    return Image.new("L", (1654, 2339), shade)


def with_edges(image: Any) -> Any:
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 0), (5 * MM, 0), (2 * MM, 2339), (0, 2339)], fill=30)
    draw.polygon([(0, 0), (1654, 0), (1654, 2 * MM), (0, 4 * MM)], fill=30)
    return image


def with_holes(image: Any, *, left: float = 9) -> Any:
    draw = ImageDraw.Draw(image)
    for middle in (1169 - 40 * MM, 1169 + 40 * MM):
        draw.ellipse([left * MM, middle - 3 * MM, (left + 6) * MM, middle + 3 * MM], fill=30)
    return image


def back_of(letter: Any, share: float) -> Any:
    """The letter seen through the paper from behind."""
    behind = (
        letter.convert("L").transpose(Image.Transpose.FLIP_LEFT_RIGHT).filter(ImageFilter.GaussianBlur(2))
    )
    return Image.fromarray((250 - (255 - np.asarray(behind, dtype=np.float32)) * share).astype(np.uint8))


def page_of(image: Any) -> Any:
    return ocr.read_image(np.asarray(image), number=1, width=595, height=842, dpi=200, seconds=60)[0]


def test_edges_and_holes_go_and_print_stays(letter_image: Any) -> None:
    plain = np.asarray(letter_image)
    dirty = np.asarray(with_holes(with_edges(letter_image.copy())))
    cleaned, steps = without_borders(dirty, ink(dirty), 200)
    assert steps == ("borders", "holes")
    assert (cleaned < 128).sum() == pytest.approx((plain < 128).sum(), rel=0.002)
    same, none = without_borders(plain, ink(plain), 200)
    assert none == ()
    assert same is plain


@pytest.mark.parametrize("spare", ["letters", "bullet", "seal"])
def test_what_is_no_hole(spare: str) -> None:
    image = sheet()
    draw = ImageDraw.Draw(image)
    if spare == "letters":
        draw.rectangle([12 * MM, 100 * MM, 12.6 * MM, 106 * MM], fill=20)
    elif spare == "bullet":
        draw.ellipse([18 * MM, 100 * MM, 20.5 * MM, 102.5 * MM], fill=20)
    else:
        draw.ellipse([100 * MM, 200 * MM, 106 * MM, 206 * MM], fill=20)
    array = np.asarray(image)
    assert without_borders(array, ink(array), 200)[1] == ()


@pytest.mark.parametrize("through", [0.0, 0.18, 0.3])
def test_an_empty_page_is_blank_with_edges_holes_and_the_other_side(
    letter_image: Any, through: float
) -> None:
    back = back_of(letter_image, through)
    for image in (
        back.copy(),
        with_edges(back.copy()),
        with_holes(back.copy()),
        with_holes(with_edges(back.copy())),
    ):
        page = page_of(image)
        assert page.notes == ("blank",)
        assert page.words == ()


def test_no_words_are_invented_from_edges_and_holes(letter_image: Any) -> None:
    plain, dirty = page_of(letter_image), page_of(with_holes(with_edges(letter_image.copy())))
    assert dirty.text == plain.text
    assert {"borders", "holes"} <= set(dirty.quality.steps)
