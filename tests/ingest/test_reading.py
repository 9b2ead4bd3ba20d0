"""Two readers and the language: what is read again, what may change, what never does."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest import rules
from ingest.pages import ONE_READER
from ingest.prepare import ink
from ingest.reading import again, second, tesseract, weighing
from ingest.reading.bullets import with_bullets
from ingest.reading.page import read
from ingest.reading.pictures import picture
from ingest.reading.seen import Seen, parted, sensible
from ingest.reading.spellings import cost, list_number, may_change, spellings
from ingest.reading.uncovered import uncovered
from ingest.types import Box, Word


def _page(lines: list[str], *, dpi: int = 200, size: int = 38) -> Any:
    """White paper with lines of print."""
    from PIL import Image, ImageDraw, ImageFont

    from ingest.searchable import vietnamese_font

    image = Image.new("L", (1654, 330 + 70 * len(lines)), 255)
    font = ImageFont.truetype(str(vietnamese_font()), size)
    draw = ImageDraw.Draw(image)
    for at, line in enumerate(lines):
        draw.text((150, 100 + 70 * at), line, font=font, fill=20)
    return np.asarray(image)


PRINT = [
    "Thực hiện Nghị định số 68/2017/NĐ-CP ngày 25/5/2017 của Chính phủ,",
    "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành tổ chức triển khai",
    "thực hiện các nhiệm vụ sau đây; báo cáo kết quả trước ngày 20/3/2021.",
]


def _letters(seen: Seen) -> str:
    return "\n".join(" ".join(word.text for word in line) for line in seen.lines)


@pytest.mark.parametrize("engine", [tesseract.by_library, tesseract.by_command], ids=["library", "command"])
def test_both_ways_to_tesseract_read_the_same_words_with_boxes(engine: Any) -> None:
    image = _page(PRINT)
    seen = engine(image, dpi=200, seconds=30)
    assert _letters(seen) == "\n".join(PRINT)
    for word in seen.words:
        assert word.box is not None
        assert 0 <= word.box.x0 < word.box.x1 <= image.shape[1]
        assert 0 <= word.box.y0 < word.box.y1 <= image.shape[0]
        assert 0 <= word.confidence <= 1


@pytest.mark.parametrize("engine", [tesseract.by_library, tesseract.by_command], ids=["library", "command"])
def test_a_limit_of_time_is_kept(engine: Any) -> None:
    with pytest.raises(tesseract.Unfinished):
        engine(_page(PRINT * 12), dpi=200, seconds=0.01)


def test_an_empty_image_has_no_words() -> None:
    assert tesseract.recognise(np.full((200, 300), 255, dtype=np.uint8), dpi=200, seconds=10).words == ()


def test_without_the_library_the_command_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "_library", lambda: None)
    assert _letters(tesseract.recognise(_page(PRINT[:1]), dpi=200, seconds=30)) == PRINT[0]


def test_the_second_reader_reads_words_and_knows_how_likely_others_are() -> None:
    seen = tesseract.recognise(_page(PRINT), dpi=200, seconds=30)
    line = seen.lines[1]
    steps = second.look([picture(_page(PRINT), line, at) for at in range(len(line))])
    assert (
        sum(second.likeliest(each) == word.text for each, word in zip(steps, line, strict=True))
        >= len(line) - 2
    )
    at = next(i for i, word in enumerate(line) if word.text == "tổ")
    right, other_mark, other_word = second.bits(steps[at], ["tổ", "tô", "chức"])
    assert right < other_mark < other_word


def _with(seen: Seen, exchanged: dict[str, str], confidence: float) -> Seen:
    """What a worse reading would have been."""
    return Seen.of(
        [
            replace(word, text=exchanged[word.text], confidence=confidence)
            if word.text in exchanged
            else word
            for word in line
        ]
        for line in seen.lines
    )


@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.955])
def test_misread_marks_are_put_right_by_the_picture_and_the_language(confidence: float) -> None:
    image = _page(PRINT)
    seen = tesseract.recognise(image, dpi=200, seconds=30)
    worse = _with(seen, {"tổ": "tô", "cầu": "câu", "triển": "triến"}, confidence)
    better, changed = weighing.reread(image, worse)
    assert _letters(better) == "\n".join(PRINT)
    assert changed == 3
    assert [word.box for word in better.words] == [word.box for word in seen.words]


def test_numbers_and_codes_of_which_tesseract_is_sure_stay() -> None:
    image = _page(PRINT)
    seen = tesseract.recognise(image, dpi=200, seconds=30)
    read_as = {"68/2017/NĐ-CP": "68/2011/NĐ-CP", "20/3/2021.": "26/3/2021."}
    kept, changed = weighing.reread(image, _with(seen, read_as, 0.92))
    assert changed == 0
    assert {"68/2011/NĐ-CP", "26/3/2021."} <= {word.text for word in kept.words}


def test_a_code_that_tesseract_guessed_at_is_put_right_by_its_picture_and_stays_doubtful() -> None:
    image = _page(PRINT)
    seen = tesseract.recognise(image, dpi=200, seconds=30)
    better, changed = weighing.reread(image, _with(seen, {"68/2017/NĐ-CP": "68/2Ø17/NĐÐ-CP"}, 0.5))
    assert changed == 1
    assert _letters(better) == "\n".join(PRINT)
    code = next(word for word in better.words if word.text == "68/2017/NĐ-CP")
    assert code.confidence < 0.85


def _cut_short(model: Path) -> None:
    model.write_bytes(model.read_bytes()[: model.stat().st_size // 2])


def _of_other_letters(letters: Path) -> None:
    letters.write_text('{"chars": ["a", "b", "c"]}', encoding="utf-8")


@pytest.fixture
def assets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A copy of the second reader's model that can be spoilt; the model is loaded anew before and after."""
    folder = second._folder()
    assert folder is not None
    copy = Path(shutil.copytree(folder, tmp_path / "assets"))
    monkeypatch.setattr(second, "_folder", lambda: copy)
    load = second._model
    load.cache_clear()
    yield copy
    load.cache_clear()


@pytest.mark.parametrize(
    ("name", "harm"),
    [
        ("asternet.onnx", _cut_short),
        ("asternet.onnx", Path.unlink),
        ("vocab.json", Path.unlink),
        ("vocab.json", _cut_short),
        ("vocab.json", _of_other_letters),
    ],
)
def test_without_a_sound_second_reader_the_page_is_read_by_one_and_says_so(
    assets: Path, name: str, harm: Callable[[Path], None]
) -> None:
    harm(assets / name)
    seen, notes = read(_page(PRINT), 200, 30)
    assert seen is not None
    assert _letters(seen) == "\n".join(PRINT)
    assert notes == (ONE_READER,)


def test_a_sound_second_reader_is_not_complained_of(assets: Path) -> None:
    assert ONE_READER not in read(_page(PRINT), 200, 30)[1]


def test_a_second_reader_that_fails_on_a_page_leaves_the_words(assets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = second._model()
    assert known is not None

    class Exhausted:
        def get_inputs(self) -> Any:
            return known[0].get_inputs()

        def run(self, *given: Any) -> Any:
            return known[0].run(None, {"no such input": given})

    monkeypatch.setattr(second, "_model", lambda: (Exhausted(), *known[1:]))
    seen, notes = read(_page(PRINT), 200, 30)
    assert seen is not None
    assert _letters(seen) == "\n".join(PRINT)
    assert ONE_READER in notes


@pytest.mark.parametrize(
    ("word", "may"),
    [
        ("tô", True), ("(nêu", True), ("KHÂN", True), ("dân”.", True), ("Ủy", True),
        ("15", False), ("45/2012/NĐ-CP", False), ("20/3/2021.", False), ("KT.", False), ("VT,", False),
        ("UBND", False), ("HI.", False), ("II,", False), ("XIII", False), ("IV", False), ("VI", True), ("VÌ", True), ("sách-nhà", True), ("2O20", False), ("BCT-KH", False), ("-", False), ("./.", False), ("NĐ", False),
    ],
)  # fmt: skip
def test_what_may_change(word: str, may: bool) -> None:
    assert may_change(word) is may


def test_spellings_are_the_readings_and_what_the_language_knows_between_them() -> None:
    found = spellings("tô", "tổ")
    assert found[0] == "tô"
    assert {"tổ", "tố", "tờ"} & set(found) >= {"tổ", "tố"}
    assert "(nếu" in spellings("(nêu", "(nểu")
    # A dash that the second reader has no letter for is no other reading.
    assert all(not text.endswith('"') for text in spellings("dân”", 'dân"'))


def test_other_marks_cost_less_than_other_letters_and_case() -> None:
    assert cost("tổ", "tổ") == 0 < cost("tổ", "tô") < cost("tổ", "tạ")
    assert cost("cộng", "CỘNG") > cost("cao", "Cao") > 0
    assert 0 < cost("động", "động.") < cost("động", "động...")


def _sealed(image: Any, grey: int) -> Any:
    """The page with a seal copied in grey over its print: what is darker stays."""
    from PIL import Image, ImageDraw

    rng = np.random.default_rng(3)
    seal = Image.new("L", image.shape[::-1], 255)
    draw = ImageDraw.Draw(seal)
    draw.ellipse((380, 60, 720, 400), outline=grey, width=12)
    draw.ellipse((430, 110, 670, 350), fill=grey + 20)
    specks = np.asarray(seal).copy()
    specks[rng.random(specks.shape) < 0.35] = 255
    return np.minimum(image, specks)


def test_print_under_a_grey_seal_is_read() -> None:
    image = _sealed(_page(PRINT), 105)
    grey, _ = rules.without_lines(image, ink(image), 200)
    seen, _ = read(grey, 200, 30)
    assert seen is not None
    words = _letters(seen).split()
    missing = [word for word in " ".join(PRINT).split() if word not in words]
    assert len(missing) <= 2, missing


def test_grey_of_a_seal_is_no_ruled_line() -> None:
    image = _sealed(_page(PRINT), 105)
    ruled = image.copy()
    ruled[470:474, 150:1500] = 0
    assert not rules.straight_lines(ink(image), 200).any()
    lines = rules.straight_lines(ink(ruled), 200)
    assert lines[470:474, 160:1490].mean() > 0.95
    assert not lines[:460].any()


def test_a_worse_second_look_changes_nothing() -> None:
    line = tuple(
        Word(text, Box(100 + 80 * at, 10, 170 + 80 * at, 40), 0.5)
        for at, text in enumerate(["các", "sở", "ban", "ngành"])
    )
    seen = Seen.of([line])
    image = np.full((60, 600), 255, dtype=np.uint8)

    def junk(patch: Any) -> Seen:
        return Seen.of([[Word("~;", Box(20, 10, 60, 30), 0.2)]])

    assert again.read_again(image, seen, 200, junk) == (seen, image, 0)


def test_a_better_second_look_takes_the_line_and_keeps_its_place() -> None:
    first, last = (tuple(Word(text, Box(50, y, 400, y + 30), 0.95) for text in ("nguyên",)) for y in (0, 100))
    bad = (Word("(nuáế", Box(50, 50, 200, 80), 0.3), Word("Lầu", Box(220, 50, 400, 80), 0.4))
    seen = Seen.of([first, bad, last])
    image = np.full((160, 500), 200, dtype=np.uint8)

    def better(patch: Any) -> Seen:
        return Seen.of([[Word("trân", Box(20, 15, 100, 40), 0.9), Word("trọng", Box(120, 15, 220, 40), 0.9)]])

    result, cleaned, count = again.read_again(image, seen, 200, better)
    assert [[word.text for word in line] for line in result.lines] == [
        ["nguyên"],
        ["trân", "trọng"],
        ["nguyên"],
    ]
    assert count == 1
    assert cleaned is not image


def test_pale_ground_goes_and_print_stays() -> None:
    image = np.full((40, 40), 250, dtype=np.uint8)
    image[10:20] = 140
    image[30:34] = 10
    clean = again.without_ground(image)
    assert (clean[10:20] == 255).all()
    assert (clean[30:34] < 40).all()


def test_print_that_no_word_covers_is_found_and_pen_strokes_are_not_believed() -> None:
    image = _page(PRINT)
    seen = tesseract.recognise(image, dpi=200, seconds=30)
    assert uncovered(image, seen) == []
    lost = Seen.of([seen.lines[0], seen.lines[2]])
    (place,) = uncovered(image, lost)
    assert place.y0 < 200 < place.y1
    assert place.x1 - place.x0 > 900
    whole, _, count = again.read_again(
        image, lost, 200, lambda patch: tesseract.recognise(patch, dpi=200, seconds=30, psm=6)
    )
    assert count == 1
    assert sorted(" ".join(word.text for word in line) for line in whole.lines) == sorted(PRINT)

    def strokes(patch: Any) -> Seen:
        return Seen.of([[Word("H", Box(20, 10, 60, 30), 0.9), Word("J", Box(80, 10, 120, 30), 0.9)]])

    assert again.read_again(image, lost, 200, strokes)[2] == 0


LIST = [
    "- Khẩn trương xây dựng kế hoạch triển khai thực hiện;",
    "Theo dõi tình hình, báo cáo kết quả trước ngày 15.",
]


def test_a_dropped_bullet_is_put_back_and_none_is_made_up() -> None:
    image = _page(LIST)
    seen = tesseract.recognise(image, dpi=200, seconds=30)
    without = Seen.of(line[1:] if line[0].text == "-" else line for line in seen.lines)
    assert [line[0].text for line in without.lines] == ["Khẩn", "Theo"]
    again_with = with_bullets(image, without)
    assert [line[0].text for line in again_with.lines] == ["-", "Theo"]
    dash, first = again_with.lines[0][:2]
    assert dash.box is not None
    assert first.box is not None
    assert dash.box.x1 < first.box.x0
    assert with_bullets(image, again_with) == again_with


@pytest.mark.parametrize(
    ("read_as", "printed"),
    [
        ("1,", "1."),
        ("7,1,", "7.1."),
        ("1.", None),
        ("15", None),
        ("2020,", None),
        ("0,", None),
        ("a,", None),
        ("3,5", None),
    ],
)
def test_stops_of_item_numbers(read_as: str, printed: str | None) -> None:
    assert list_number(read_as) == printed


def test_a_name_is_only_what_one_of_the_readers_read() -> None:
    found = spellings("Hoàng", "Hoang", name=True)
    assert set(found) == {"Hoàng", "Hoang"}
    assert len(spellings("hoàng", "hoang")) > 2


def test_columns_on_one_row_are_two_lines() -> None:
    row = (
        Word("- Lưu: VT.", Box(50, 10, 250, 40)),
        Word("PHÓ", Box(700, 10, 780, 40)),
        Word("GIÁM ĐỐC", Box(790, 10, 990, 40)),
    )
    assert [len(line) for line in parted(Seen.of([row])).lines] == [1, 2]


def test_letters_that_cross_a_ruled_line_are_not_cut() -> None:
    image = np.full((700, 300), 255, dtype=np.uint8)
    image[20:680, 150:154] = 0
    image[300:306, 120:185] = 0
    lines = rules.straight_lines(ink(image), 200)
    assert lines[30:290, 150:154].all()
    assert not lines[301:305].any()


def test_a_killed_reading_leaves_a_reader_that_works() -> None:
    with pytest.raises(tesseract.Unfinished):
        tesseract.by_library(_page(PRINT * 12), dpi=200, seconds=0.01)
    assert _letters(tesseract.by_library(_page(PRINT[:1]), dpi=200, seconds=30)) == PRINT[0]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("~", "-"), ("~-", "-"), ("_~", "-"), ("-_", "-"), ("__–", "–"), ("_", ""), ("gỡ_", "gỡ"), ("_CHÁNH", "CHÁNH"),
        ("—", "–"), ("-—", "–"), ("98/QĐÐ-SKHCN", "98/QĐ-SKHCN"), ("Ðắk", "Đắk"), ("5⁄2", "5/2"),
        ("van_thu@mau.vn", "van_thu@mau.vn"), ("-", "-"), ("–", "–"),
    ],
)  # fmt: skip
def test_what_tesseract_writes_for_other_print(written: str, meant: str) -> None:
    assert tesseract._plain(written) == meant


def _placed(*words: tuple[str, float, float]) -> tuple[Word, ...]:
    return tuple(Word(text, Box(x0, 10, x1, 40), 0.9) for text, x0, x1 in words)


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ((("nghiêm", 541, 654), ("ý", 670, 689), ("ý", 678, 686), ("kiến", 700, 766)), "nghiêm ý kiến"),
        ((("phương", 1059, 1203), ("á", 1185, 1208), ("án", 1192, 1226)), "phương án"),
        ((("ý", 670, 689), ("ý", 700, 719)), "ý ý"),
        ((("chính", 615, 732), ("–", 716, 731), ("Kế", 745, 787)), "chính – Kế"),
        ((("cho", 615, 660), ("o", 670, 690)), "cho o"),
    ],
)
def test_a_piece_read_twice_is_there_once(line: Any, texts: str) -> None:
    assert _letters(sensible(Seen.of([_placed(*line)]), 200)) == texts


def test_a_word_ends_where_the_word_within_its_box_begins() -> None:
    line = _placed(("tháng", 412, 476), ("3", 445, 451), ("năm", 457, 474), ("2019", 478, 504))
    ends = [word.box.x1 for word in sensible(Seen.of([line]), 200).words if word.box]
    assert ends == [445, 451, 474, 504]


def test_a_dropped_line_is_read_from_the_grey_where_taking_the_ground_away_spoils_it() -> None:
    image = _page(PRINT)
    seen = tesseract.recognise(image, dpi=200, seconds=30)
    pale = np.where(image < 128, 150, 255).astype(np.uint8)  # paler than half the paper: the ground's removal takes it
    pale[:165] = image[:165]
    pale[228:] = image[228:]
    asked: list[float] = []

    def only_grey(patch: Any) -> Seen:
        asked.append(float(patch.min()))
        return tesseract.recognise(patch, dpi=200, seconds=30, psm=6) if patch.min() > 100 else Seen((), ())

    lost = Seen.of([seen.lines[0], seen.lines[2]])
    where = [Box(150, 172, 1260, 222)]
    whole, cleaned, _ = _again_at(pale, lost, where, only_grey)
    assert len(asked) == 2
    assert sorted(" ".join(word.text for word in line) for line in whole.lines) == sorted(PRINT)
    assert cleaned is pale


def _again_at(image: Any, seen: Seen, unread: list[Box], recognise: Any) -> Any:
    """`read_again` where exactly these places were passed over."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(again, "uncovered", lambda clean, seen: unread)
        return again.read_again(image, seen, 200, recognise)


def test_a_line_that_was_passed_over_is_looked_for_as_far_as_the_lines_beside_it_reach() -> None:
    seen = tesseract.recognise(_page(PRINT), dpi=200, seconds=30)
    lost = Seen.of([seen.lines[0], seen.lines[2]])
    (place,) = again.bad_places(lost, [Box(150, 170, 500, 220)])
    ends = [max(word.box.x1 for word in line if word.box) for line in lost.lines]
    assert place.x1 >= max(ends)
