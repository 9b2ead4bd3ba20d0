"""Lines that a text file joined are parted again where a letter's form tells, and nowhere else."""

import itertools

import pytest

from nlp.dispatch import understand
from nlp.joined import line_breaks
from nlp.reading import Text, page_of_string


def parted(line: str) -> list[str]:
    at = [0, *(i + 1 for i in line_breaks(line)), len(line) + 1]
    return [line[a : b - 1].strip() for a, b in itertools.pairwise(at)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Hà Nội, ngày 5 tháng 4 năm 2019 Kính gửi: Bộ Tài chính.",
            ["Hà Nội, ngày 5 tháng 4 năm 2019", "Kính gửi: Bộ Tài chính."],
        ),
        (
            "Kính gửi: Sở Y tế các tỉnh, thành phố Trong thời gian qua, nhiều nơi chậm báo cáo.",
            ["Kính gửi: Sở Y tế các tỉnh, thành phố", "Trong thời gian qua, nhiều nơi chậm báo cáo."],
        ),
        (
            "Nơi nhận: - Như trên; - Bộ Công Thương; - Lưu: VT, KTTH.",
            ["Nơi nhận: - Như trên;", "- Bộ Công Thương;", "- Lưu: VT, KTTH."],
        ),
        (
            "- Lưu: VT, NN (2b). KT. BỘ TRƯỞNG THỨ TRƯỞNG Trần Văn Bình",
            ["- Lưu: VT, NN (2b).", "KT. BỘ TRƯỞNG THỨ TRƯỞNG Trần Văn Bình"],
        ),
    ],
)
def test_joined_lines_are_parted(line: str, expected: list[str]) -> None:
    assert parted(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Kính gửi: Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương.",
        "Kính gửi: Cục Quản lý Dược và Ban Theo dõi dự án",
        "- Lưu: VT, TH, KTTH (3 bản).",
        "Văn bản này gửi các Bộ: Tài chính, Tư pháp; - đề nghị có ý kiến.",
        "Chủ tịch UBND tỉnh giao Sở Y tế - cơ quan thường trực - tổng hợp.",
    ],
)
def test_other_lines_stay_whole(line: str) -> None:
    assert line_breaks(line) == ()


def test_only_text_files_are_parted_and_lengths_stay() -> None:
    line = "Kính gửi: Sở Y tế các tỉnh Thực hiện Nghị định số 9/2021/NĐ-CP, Bộ Y tế đề nghị báo cáo."
    text = Text.of_string(line)
    assert text.text.replace("\n", " ") == line
    scanned = page_of_string(line)
    assert "\n" not in Text.of_pages([type(scanned)(1, 0.0, 0.0, scanned.lines, "ocr")]).text


def test_an_address_run_into_the_body_names_the_receiver_alone() -> None:
    letter = (
        "BỘ Y TẾ -------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc\n"
        "Số: 41/BYT-KCB V/v báo cáo giường bệnh\n"
        "Hà Nội, ngày 7 tháng 3 năm 2016 Kính gửi: Sở Y tế các tỉnh, thành phố Trong thời gian qua, số liệu còn thiếu. "
        "Bộ Y tế đề nghị:\n1. Rà soát số giường bệnh.\n"
        "Nơi nhận: - Như trên; - Lưu: VT, KCB. KT. BỘ TRƯỞNG THỨ TRƯỞNG Lê Thị Hoa\n"
    )
    dispatch = understand([page_of_string(letter)])[0]
    assert [each.text for each in dispatch.addressees] == ["Sở Y tế các tỉnh, thành phố"]
    assert dispatch.signer is not None
    assert dispatch.signer.name == "Lê Thị Hoa"
