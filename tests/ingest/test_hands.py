"""Numbers and days that a hand filled in: found always, read right or not at all; print, blanks and scribbles stay."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus import letters
from corpus.marks import _FIGURES
from corpus.render import render_pdf
from corpus.scan import MILD, scan
from ingest import hands
from ingest.hands import figures, reading
from ingest.hands.places import breadth, find_slots
from ingest.hands.shapes import shapes_of
from ingest.jsonform import page_from_json, page_to_json
from ingest.prepare import Turn
from ingest.reader import read_file
from ingest.types import Box, Limits, Mark, Page, Word
from nlp.dispatch import understand
from nlp.hands import SURE
from tools import digit_samples as draw
from tools import hand_slots


class DrawnPens:
    """Writers whose figures are the strokes of the project's own specimens, which no network learnt from."""

    def writer(self, chance: random.Random) -> hand_slots.Writer:
        return hand_slots.Writer(chance.uniform(5, 9), chance.gauss(0, 0.08), frozenset(), None)

    def figure(self, label: int, writer: hand_slots.Writer, chance: random.Random) -> Any:
        strokes = [[(x * 0.55, 1 - y / 2) for x, y in stroke] for stroke in _FIGURES[str(label)]]
        return draw.bent(
            draw.stroked(strokes, writer.pen), chance, strong=0.2, slant=writer.slant, pen=writer.pen
        )


def scenes(fill: str, count: int, seed: int) -> list[hand_slots.Scene]:
    chance = random.Random(seed)
    return [hand_slots.scene(DrawnPens(), chance, fill) for _ in range(count)]


def same(read: str, truth: str) -> bool:
    return read.isdecimal() and int(read) == int(truth)


def test_every_blank_a_hand_filled_is_found_and_most_are_read_none_wrong_for_sure() -> None:
    found = read = 0
    made = scenes("hand", 16, 5)
    for each in made:
        marks = hand_slots.marks_of(each)
        assert marks.keys() <= {"number", "day"}
        for kind, mark in marks.items():
            found += 1
            right = same(hand_slots.figures_of(mark), each.truth[kind])
            read += right
            assert right or mark.confidence < SURE
    assert found == 2 * len(made)
    assert read > found * 0.7


@pytest.mark.parametrize("fill", ["print", "empty"])
def test_print_and_empty_blanks_are_left_as_they_are(fill: str) -> None:
    for each in scenes(fill, 8, 3):
        lines = [list(line) for line in each.words]
        turn = Turn(0.0, each.image.shape[1], each.image.shape[0])
        assert hands.filled_in(lines, each.image, turn, hand_slots.WIDTH, hand_slots.HEIGHT) == (lines, [])


@pytest.mark.parametrize("fill", ["scribble", "flourish"])
def test_scribbles_are_never_read_for_sure(fill: str) -> None:
    for each in scenes(fill, 10, 11):
        assert all(mark.confidence < SURE for mark in hand_slots.marks_of(each).values())


def test_the_mark_lies_where_the_hand_wrote_and_the_line_is_whole_again() -> None:
    for each in scenes("hand", 5, 21):
        lines, marks = hands.filled_in(
            [list(line) for line in each.words], each.image, Turn(0.0, each.image.shape[1], each.image.shape[0]),
            hand_slots.WIDTH, hand_slots.HEIGHT,
        )  # fmt: skip
        number, dated = (" ".join(word.text for word in line) for line in lines)
        assert number.startswith("Số: ")
        assert number.count("/") == 1
        assert len(number.split()) == 3
        assert " ngày " in dated
        assert " tháng " in dated
        for mark in marks:
            assert mark.kind == "handwriting"
            assert mark.box is not None
            ink = each.image.min(axis=2) if each.image.ndim == 3 else each.image
            x0, y0, x1, y1 = (
                round(value * each.dpi / 72) for value in (mark.box.x0, mark.box.y0, mark.box.x1, mark.box.y1)
            )
            assert (ink[y0:y1, x0:x1] < 150).sum() > 20


def test_a_turned_page_gives_the_place_on_the_page_as_scanned() -> None:
    [each] = scenes("hand", 1, 2)
    flat = hand_slots.marks_of(each)
    height, width = each.image.shape[:2]
    angle = 2.0
    # The page as scanned leans; its words are those of the straightened page.
    from PIL import Image

    leaning = np.asarray(
        Image.fromarray(each.image).rotate(
            angle, Image.Resampling.BICUBIC, fillcolor=(250,) * 3 if each.image.ndim == 3 else 250
        )
    )
    turn = Turn(angle, width, height)
    _, marks = hands.filled_in(
        [list(line) for line in each.words], leaning, turn, hand_slots.WIDTH, hand_slots.HEIGHT
    )
    unit = each.dpi / 72
    for mark in marks:
        box = flat["number" if mark.text.startswith("Số") else "day"].box
        assert box is not None
        assert mark.box is not None
        wanted = turn.back(*(value * unit for value in (box.x0, box.y0, box.x1, box.y1)))
        assert (mark.box.x0, mark.box.y0) == pytest.approx((wanted[0] / unit, wanted[1] / unit), abs=1.5)
    assert {mark.text for mark in marks} == {mark.text for mark in flat.values()}


def row(
    *words: tuple[str, float] | tuple[str, float, float], y: float = 100.0, size: float = 13.0
) -> list[Word]:
    """Words with their left edge, as broad as print of `size` (or up to a given right edge)."""
    return [
        Word(text, Box(x, y, rest[0] if rest else x + breadth(text) * size, y + 0.7 * size), 0.95)
        for text, x, *rest in words  # type: ignore[misc]
    ]


@pytest.mark.parametrize(
    ("words", "read", "left", "right"),
    [
        ((("Số:", 90), ("{2", 112), ("/UBND-KT", 140)), "{2", "Số:", "/UBND-KT"),
        ((("Số:", 90), ("/UBND-KT", 140)), "", "Số:", "/UBND-KT"),
        ((("Số:Ø04", 90, 135), ("/UBND-KT", 140)), "Ø04", "Số:", "/UBND-KT"),
        ((("Só:/-", 90, 135), ("/TB-UBND", 140)), "/-", "Só:", "/TB-UBND"),
        ((("Số:", 90), ("†4/UBND-KT", 110, 205)), "†4", "Số:", "/UBND-KT"),
        ((("Só:zZ27STC-GCS", 90, 205),), "zZ27", "Só:", "/STC-GCS"),
        ((("Số", 90), (":", 104), ("12", 112), ("/", 140), ("QĐ-UBND", 145)), "12", "Số", "/"),
        ((("Số:", 90), ("12/2024/QĐ-UBND", 110, 215)), "12", "Số:", "/2024/QĐ-UBND"),
    ],
)
def test_where_the_number_stands(words: Sequence[Any], read: str, left: str, right: str) -> None:
    [slot] = find_slots(row(*words), 842)
    assert (slot.kind, slot.read, slot.left.label, slot.right.label) == ("number", read, left, right)
    assert 104 < slot.x0 < slot.x1 <= 146


@pytest.mark.parametrize(
    "words",
    [
        (("Sở", 90), ("Tài", 110), ("chính/UBND", 130)),
        (("Sông", 90), ("/UBND-KT", 140)),
        (("Số:", 90), ("lượng", 112), ("lớn", 150)),
        (("theo", 60), ("Công", 90), ("văn", 120)),
    ],
)
def test_what_is_no_number_line(words: Sequence[Any]) -> None:
    assert find_slots(row(*words), 842) == ()


DATED = (("Huế,", 280), ("ngày", 306), ("{2", 335), ("tháng", 360), ("04", 393), ("năm", 410), ("2019", 436))


@pytest.mark.parametrize(
    ("words", "read"),
    [
        (DATED, ["{2", "04"]),
        (
            (("Huế,", 280), ("ngày", 306), ("{tháng", 340, 389), ("04", 393), ("năm", 410), ("2019", 436)),
            ["{", "04"],
        ),
        ((("Huế,", 280), ("ngày2ŸJtháng", 306, 389), ("năm", 410), ("Ø", 398), ("2019", 436)), ["2ŸJ", "Ø"]),
        ((*DATED[:2], ("tháng", 360), *DATED[4:]), ["", "04"]),
        ((*DATED[:4], ("5m", 398, 428), ("2019", 436)), ["{2", "5"]),
        ((*DATED[:4], ("-", 396, 432), ("Ø", 397), ("2019", 436)), ["{2", "Ø"]),
    ],
)
def test_where_day_and_month_stand(words: Sequence[Any], read: list[str]) -> None:
    slots = find_slots(row(*words), 842)
    assert [slot.kind for slot in slots] == ["day", "month"]
    assert [slot.read for slot in slots] == read
    assert slots[0].x1 <= slots[1].x0


@pytest.mark.parametrize(
    "words",
    [
        (*DATED, ("của", 466), ("Ủy", 490)),  # in a sentence
        (("Ngày", 306), ("13/6/2019,", 335), ("Ủy", 390)),
        (("trong", 306), ("tháng", 360), ("04", 393), ("năm", 410), ("2019", 436)),
        (*DATED[:4], ("04", 393), ("2019", 436)),  # nothing stands where "năm" would
    ],
)
def test_a_day_within_a_sentence_is_no_blank(words: Sequence[Any]) -> None:
    assert find_slots(row(*words), 842) == ()


def test_a_blank_below_the_head_is_not_the_letters() -> None:
    assert find_slots(row(*DATED, y=600), 842) == ()


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("number", ["1", "05", "12345"], ["0", "000", "123456"]),
        ("day", ["1", "01", "31"], ["0", "32", "001"]),
        ("month", ["9", "12"], ["13", "00"]),
    ],
)
def test_what_figures_fit_a_blank(kind: str, good: list[str], bad: list[str]) -> None:
    fits = hands.fits(kind)
    assert all(map(fits, good))
    assert not any(map(fits, bad))


def test_the_model_is_small_and_its_probabilities_add_up() -> None:
    assert figures.MODEL.stat().st_size < 400_000
    said = figures.probabilities(np.zeros((3, figures.SIZE, figures.SIZE), dtype=np.float32))
    assert said.shape == (3, figures.CLASSES)
    assert said.sum(axis=1) == pytest.approx([1, 1, 1], abs=1e-4)
    assert figures.probabilities(np.zeros((0, figures.SIZE, figures.SIZE), dtype=np.float32)).shape == (
        0,
        figures.CLASSES,
    )


def test_too_many_pieces_are_no_number() -> None:
    comb = np.zeros((40, 400), dtype=bool)
    comb[5:35, ::9] = True
    comb[5:35, 1::9] = True
    assert reading.read_figures([shapes_of(comb)], hands.fits("number")) is None
    assert reading.read_figures([(), ()], hands.fits("number")) is None


def test_touching_shapes_are_one_and_apart_are_two() -> None:
    ink = np.zeros((20, 30), dtype=bool)
    ink[2:12, 3:6] = True
    ink[12:18, 6:9] = True  # touches at a corner
    ink[2:18, 20:24] = True
    ink[0, 29] = True  # a speck
    assert [(shape.x0, shape.width, shape.height) for shape in shapes_of(ink)] == [(3, 6, 16), (20, 4, 16)]


def test_marks_of_handwriting_are_kept_with_the_page() -> None:
    page = Page(1, 595, 842, (), "ocr", 300, (Mark("handwriting", Box(1, 2, 3, 4), "Số: 651", 0.93),))
    assert page_from_json(page_to_json(page)) == page


def test_a_grey_page_is_read_too() -> None:
    grey = [
        replace(each, image=each.image if each.image.ndim == 2 else each.image.min(axis=2))
        for each in scenes("hand", 4, 31)
    ]
    assert all(len(hand_slots.marks_of(each)) == 2 for each in grey)


@pytest.mark.parametrize("name", ["hason_ct_rung_2021", "xa_2025"])
def test_a_scanned_letter_with_a_number_by_hand_has_the_right_one_or_none(name: str, tmp_path: Path) -> None:
    specimen = next(each for each in letters() if each.name == name)
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan(render_pdf(specimen), MILD[0], seed=4))
    pages = read_file(path, limits=Limits()).pages
    found = understand(pages)[0]
    assert {"number"} <= {each.field for each in found.handwritten}
    assert found.header.symbol is not None
    for field, truth in (("number", specimen.source.number), ("issued_on", specimen.gold["issued_on"])):
        value = getattr(found.header, field)
        assert value is None or value.value == truth
    [mark] = [mark for mark in pages[0].marks if mark.text.startswith("Số: ")]
    assert mark.kind == "handwriting"
