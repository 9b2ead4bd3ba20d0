"""Page preparation, ruled lines, stamps and columns: pure functions, stated by what they do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from ingest import ocr, prepare, rules, stamps
from ingest.fragments import chain, fragments, letter_height
from ingest.layout import lay_out
from ingest.types import Box, Word


def test_the_brightest_channel_drops_red_and_keeps_black() -> None:
    image = np.full((2, 3, 3), 255, dtype=np.uint8)
    image[0, 0] = (0, 0, 0)
    image[0, 1] = (220, 30, 40)
    assert prepare.max_channel(image).tolist()[0] == [0, 220, 255]
    assert prepare.red_ink(image).tolist()[0] == [False, True, False]
    assert prepare.red_layer(image)[0, 1] < 20
    assert prepare.red_layer(image)[0, 0] == 255


@pytest.mark.parametrize("angle", [-3.0, -1.2, 0.0, 0.7, 2.5])
def test_skew_is_found_and_undone(letter_image: Any, angle: float) -> None:
    turned = np.asarray(letter_image.rotate(-angle, fillcolor=255, resample=3))
    found = prepare.skew_angle(turned)
    straight = prepare.rotate(turned, found)
    assert abs(prepare.skew_angle(straight)) <= 0.2
    assert abs(abs(found) - abs(angle)) <= 0.2


@given(
    st.floats(-5, 5), st.floats(100, 500), st.floats(100, 700), st.floats(5, 80), st.floats(5, 20)
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_boxes_are_turned_back_to_where_the_ink_was(
    angle: float, x: float, y: float, w: float, h: float
) -> None:
    turn = prepare.Turn(angle, 600, 800)
    x0, y0, x1, y1 = turn.back(x, y, x + w, y + h)
    assert x1 - x0 == pytest.approx(w)
    assert y1 - y0 == pytest.approx(h)
    there = prepare.Turn(-angle, 600, 800).back(x0, y0, x1, y1)
    assert there == pytest.approx((x, y, x + w, y + h), abs=1e-6)


def test_a_dot_is_found_again_after_straightening() -> None:
    page = Image.new("L", (600, 800), 255)
    ImageDraw.Draw(page).rectangle((449, 99, 455, 105), fill=0)
    turned = prepare.rotate(np.asarray(page), 3.0)
    ys, xs = np.nonzero(turned < 128)
    x0, y0, x1, y1 = prepare.Turn(3.0, 600, 800).back(xs.min(), ys.min(), xs.max(), ys.max())
    assert (x0 + x1) / 2 == pytest.approx(452, abs=1.5)
    assert (y0 + y1) / 2 == pytest.approx(102, abs=1.5)


def test_blank_is_blank_with_specks_and_a_line_of_text_is_not(letter_image: Any) -> None:
    rng = np.random.default_rng(1)
    empty = np.full((2339, 1654), 250, dtype=np.uint8)
    assert prepare.is_blank(empty)
    empty[rng.integers(0, 2339, 1500), rng.integers(0, 1654, 1500)] = 20
    assert prepare.is_blank(empty)
    line = np.full((2339, 1653), 250, dtype=np.uint8)
    line[1000:1060] = np.asarray(letter_image)[440:500]
    assert not prepare.is_blank(line)


def test_the_median_is_used_where_there_is_speckle_only(letter_image: Any) -> None:
    clean = np.asarray(letter_image)
    rng = np.random.default_rng(2)
    dirty = clean.copy()
    dirty[rng.integers(0, clean.shape[0], 9000), rng.integers(0, clean.shape[1], 9000)] = 0
    assert prepare.speckle(clean) < 8 < prepare.speckle(dirty)
    assert "median" in prepare.prepare(dirty, 200).steps
    assert "median" not in prepare.prepare(clean, 200).steps


def test_streaks_and_frames_go_and_letters_stay(letter_image: Any) -> None:
    page = letter_image.copy()
    draw = ImageDraw.Draw(page)
    draw.line((800, 0, 800, 2300), fill=0, width=3)
    draw.rectangle((100, 500, 520, 720), outline=0, width=3)
    dirty = np.asarray(page)
    cleaned, found = rules.without_lines(dirty, prepare.ink(dirty), 200)
    assert found
    assert (cleaned[1500:2000, 800] > 200).all()
    original = np.asarray(letter_image)
    lost = (original < 100) & (cleaned > 200)
    lost[:, 795:806] = False
    lost[495:726, 95:526] = False
    assert lost.mean() < 1e-4
    # Letters of the text touch the frame here, and do not make it larger.
    (frame,) = rules.stamp_frames(prepare.ink(dirty), 200)
    assert frame == pytest.approx((100, 500, 522, 722), abs=4)
    assert rules.stamp_frames(prepare.ink(original), 200) == []


@pytest.mark.parametrize("angle", [-4.0, -2.0, 0.0, 1.5, 4.0])
def test_a_stamp_that_was_set_askew_has_a_frame(letter_image: Any, angle: float) -> None:
    sheet = Image.new("L", (600, 420), 255)
    ImageDraw.Draw(sheet).rectangle((90, 100, 510, 320), outline=0, width=3)
    page = letter_image.copy()
    page.paste(sheet.rotate(angle, fillcolor=255), (60, 420))
    (frame,) = rules.stamp_frames(prepare.ink(np.asarray(page)), 200)
    assert frame == pytest.approx((150, 520, 570, 740), abs=14)


def test_a_coarse_scan_is_made_larger_and_a_finer_one_is_not(letter_image: Any) -> None:
    image = np.asarray(letter_image)
    assert prepare.enlarged(image, 200) == (pytest.approx(image), 200)
    coarse = np.asarray(letter_image.resize((letter_image.width // 2, letter_image.height // 2)))
    larger, dpi = prepare.enlarged(coarse, 100)
    assert dpi == 300
    assert larger.shape == (3 * coarse.shape[0], 3 * coarse.shape[1])
    huge, dpi = prepare.enlarged(np.zeros((4000, 4000), dtype=np.uint8), 100)
    assert huge.size <= 18_100_000
    assert dpi == 106


# Words made by hand for the layout


def word(text: str, x: float, y: float, confidence: float = 0.95, size: float = 12) -> Word:
    return Word(text, Box(x, y, x + 0.5 * size * len(text), y + size), confidence)


def line(text: str, x: float, y: float, confidence: float = 0.95) -> list[Word]:
    words = []
    for part in text.split():
        words.append(word(part, x, y, confidence))
        x += 6 * len(part) + 4
    return words


def test_a_black_arrival_stamp_is_taken_out_whole() -> None:
    runs = [
        line("Kính gửi: Sở Công Thương các tỉnh", 250, 200),
        line("CỤC CÔNG THƯƠNG", 40, 180),
        line("ĐẾN", 45, 215),
        line("Số: 631", 85, 208),
        line("Ngày: 28/4/20", 85, 225),
        line("Chuyển:", 45, 242),
        line("Từ đầu năm đến nay tình hình có nhiều chuyển biến", 90, 270),
    ]
    rest, mark = stamps.take_out(runs, 595, 842)
    assert mark is not None
    assert mark.kind == "stamp"
    assert {"ĐẾN", "Số:", "631", "28/4/20", "CỤC"} <= set(mark.text.split())
    assert [" ".join(part.text for part in run) for run in rest] == [
        "Kính gửi: Sở Công Thương các tỉnh", "Từ đầu năm đến nay tình hình có nhiều chuyển biến",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "runs",
    [
        [line("ĐẾN NĂM 2030", 200, 150), line("Số: 12/KH-UBND", 60, 90), line("Ngày 5 tháng 6", 350, 90)],
        [line("NGHỊ QUYẾT VỀ PHÁT TRIỂN ĐẾN", 150, 150), line("Số 5", 160, 170), line("Ngày 7", 160, 190)],
        [line("đến", 45, 215), line("Số: 631", 85, 208), line("Ngày: 28", 85, 225)],
        [line("ĐẾN", 45, 700), line("Số: 631", 85, 693), line("Ngày: 28", 85, 710)],
        [line("ĐẾN", 45, 215), line("Kính gửi các sở", 85, 208)],
    ],
)
def test_no_stamp_without_its_labels(runs: list[list[Word]]) -> None:
    rest, mark = stamps.take_out(runs, 595, 842)
    assert mark is None
    assert rest is runs


def test_what_stands_in_a_frame_is_a_stamp_when_labelled() -> None:
    runs = [line("Văn phòng xx Số 3 yy", 60, 205, 0.3), line("Ủy ban nhân dân", 300, 205)]
    frame = Box(50, 195, 230, 260)
    rest, mark = stamps.take_out(runs, 595, 842, [frame])
    assert mark is not None
    assert [[part.text for part in run] for run in rest] == [["Ủy", "ban", "nhân", "dân"]]
    draft = [line("DỰ THẢO LẦN HAI", 60, 205)]
    assert stamps.take_out(draft, 595, 842, [frame])[1] is None


def test_red_ink_is_found_in_patches() -> None:
    page = Image.new("RGB", (1654, 2339), "white")
    draw = ImageDraw.Draw(page)
    draw.ellipse((900, 1500, 1180, 1780), outline=(215, 40, 50), width=8)
    draw.rectangle((100, 300, 500, 560), outline=(215, 40, 50), width=6)
    draw.rectangle((1300, 100, 1306, 106), fill=(215, 40, 50))
    regions = stamps.red_regions(prepare.red_ink(np.asarray(page)), 200)
    assert len(regions) == 2
    assert regions[0][0] <= 100
    assert regions[0][3] >= 560
    assert prepare.is_colour(np.asarray(page))


def test_red_marks_are_named_by_what_they_say() -> None:
    box = Box(0, 0, 100, 60)
    assert (
        stamps.mark_of_red(
            [line("CÔNG VĂN ĐẾN", 0, 0), line("Số: 5", 0, 15), line("Ngày: 6", 0, 30)], box
        ).kind
        == "stamp"
    )
    assert stamps.mark_of_red([line("HỎA TỐC", 0, 0)], box).kind == "stamp"
    assert stamps.mark_of_red([line("ỦY BAN NHÂN DÂN", 0, 0)], box).kind == "seal"
    assert stamps.mark_of_red([], box).kind == "seal"


def test_a_page_turned_by_quarters_is_turned_back() -> None:
    from ingest.types import Line, Page

    for turns in (1, 2, 3):
        base = np.zeros((80, 60), dtype=np.uint8)
        base[10:14, 20:40] = 1
        ys, xs = np.nonzero(ocr.rotated(base, turns))
        box = Box(float(xs.min()), float(ys.min()), float(xs.max() + 1), float(ys.max() + 1))
        page = Page(1, 0, 0, (Line((Word("x", box),)),), "ocr", 72)
        back = ocr.turned_back(page, turns, 60, 80)
        assert back.lines[0].box == Box(20, 10, 40, 14)


def test_a_table_keeps_its_rows() -> None:
    words = [
        *line("TT", 80, 300), *line("Nội dung", 150, 300), *line("Thời hạn", 400, 300),
        *line("1", 80, 320), *line("Báo cáo", 150, 320), *line("30/6", 400, 320),
    ]  # fmt: skip
    laid = lay_out(words, 595, 842)
    assert [item.text for item in laid.lines] == ["TT Nội dung Thời hạn", "1 Báo cáo 30/6"]


def test_a_short_line_set_in_behind_a_full_stop_begins_a_paragraph() -> None:
    full = "dòng chữ thường của văn bản này dài tới tận lề bên phải của trang giấy"
    words = [
        *line(full, 120, 200), *line(full + " vậy đó", 85, 220), *line("và hết.", 85, 240),
        *line("Nội dung đầy đủ của hồ sơ kèm theo như dưới đây:", 120, 260),
        *line(full, 120, 280), *line(full + " vậy đó", 85, 300),
    ]  # fmt: skip
    laid = lay_out(words, 595, 842)
    assert [item.gap for item in laid.lines] == [False, False, False, True, True, False]


def test_the_number_below_a_long_issuer_is_read_with_it() -> None:
    words = [
        *line("UBND TỈNH BẮC HÀ", 110, 60), *line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 60),
        *line("SỞ LAO ĐỘNG - THƯƠNG", 100, 75), *line("Độc lập - Tự do - Hạnh phúc", 320, 75),
        *line("BINH VÀ XÃ HỘI", 115, 90), *line("Bắc Hà, ngày 12 tháng 4 năm 2019", 310, 96),
        *line("Số: 651/SLĐTBXH-VP", 105, 124), *line("V/v thực hiện pháp luật", 100, 138),
        *line("Kính gửi: các phòng chuyên môn, đơn vị trực thuộc Sở", 150, 190),
    ]  # fmt: skip
    laid = lay_out(words, 595, 842)
    assert [item.text for item in laid.lines][:5] == [
        "UBND TỈNH BẮC HÀ", "SỞ LAO ĐỘNG - THƯƠNG", "BINH VÀ XÃ HỘI", "Số: 651/SLĐTBXH-VP", "V/v thực hiện pháp luật",
    ]  # fmt: skip


def test_recipients_that_go_on_over_the_page_stand_apart_from_the_signer() -> None:
    recipients = ["- Các Ban của HĐND tỉnh;", "- Các sở, ban, ngành tỉnh;", "- UBND các huyện, thị xã;", "- Lưu: VT, KTNS."]
    words = [part for at, text in enumerate(recipients) for part in line(text, 90, 60 + 14 * at)]
    laid = lay_out([*words, *line("Bùi Thị Mẫu", 400, 75)], 595, 842)
    assert [item.text for item in laid.lines] == [*recipients, "Bùi Thị Mẫu"]


def test_a_list_of_tasks_beside_nothing_is_no_end_of_a_letter() -> None:
    tasks = ["- Rà soát danh mục;", "- Báo cáo kết quả;", "- Tổ chức thực hiện;"]
    words = [part for at, text in enumerate(tasks) for part in line(text, 110, 60 + 20 * at)]
    below = line("2. Các sở, ban, ngành tỉnh và địa phương theo chức năng, nhiệm vụ được giao", 85, 140)
    laid = lay_out([*words, *below], 595, 842)
    assert [item.text for item in laid.lines][:3] == tasks


def test_page_numbers_are_set_apart_and_numbers_in_text_are_not() -> None:
    body = [part for row in range(20) for part in line("dòng chữ thường của văn bản này", 85, 80 + 20 * row)]
    laid = lay_out([*line("2", 295, 40), *body, *line("15", 85, 80 + 20 * 20)], 595, 842)
    assert [item.text for item in laid.page_numbers] == ["2"]
    assert laid.lines[-1].text == "15"


def test_a_long_issuer_beside_the_motto_is_cut_from_it() -> None:
    words = [
        *line("BAN CHỈ HUY PHÒNG CHỐNG THIÊN TAI", 60, 50), *line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 272, 50),
        *line("Số: 254/TB-BCH", 110, 82), *line("Bắc Hà, ngày 6 tháng 9 năm 2022", 290, 82),
        *line("Kính gửi: các sở ban ngành và các huyện trong tỉnh", 150, 160),
    ]  # fmt: skip
    laid = lay_out(words, 595, 842)
    assert [item.text for item in laid.lines] == [
        "BAN CHỈ HUY PHÒNG CHỐNG THIÊN TAI", "Số: 254/TB-BCH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Bắc Hà, ngày 6 tháng 9 năm 2022", "Kính gửi: các sở ban ngành và các huyện trong tỉnh",
    ]  # fmt: skip


@given(
    st.lists(
        st.tuples(st.floats(0, 560), st.floats(0, 820), st.text("abđê1-", min_size=1, max_size=6)),
        max_size=40,
    )
)
@settings(max_examples=80, deadline=None)
def test_no_word_is_lost_or_doubled_by_the_layout(raw: list[tuple[float, float, str]]) -> None:
    words = [word(text, x, y) for x, y, text in raw]
    laid = lay_out(words, 595, 842)
    got = [part.text for item in laid.lines for part in item.words]
    got += [part.text for item in laid.page_numbers for part in item.words]
    assert sorted(got) == sorted(part.text for part in words)
    made = fragments(chain(words), letter_height(words))
    assert sum(len(item.words) for item in made) == len(words)
