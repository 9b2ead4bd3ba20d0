"""Letters in Markdown: signs of headings and guarded labels go, head and foot in two columns become lines, all else stays."""

from __future__ import annotations

import time

import pytest

from ingest.markup import unmarked
from ingest.plain import lines_of
from ingest.types import Page
from nlp.dispatch import understand
from nlp.types import Dispatch


def printed(text: str) -> list[str]:
    return [line.text for line in lines_of(text)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("# THÔNG BÁO", "THÔNG BÁO"),
        ("### 4. Giao Sở Y tế", "4. Giao Sở Y tế"),
        ("## II. NỘI DUNG ##", "II. NỘI DUNG"),
        ("1\\. Rà soát hồ sơ.", "1. Rà soát hồ sơ."),
        ("a\\) Lập danh sách.", "a) Lập danh sách."),
        ("\\- Sở Nội vụ.", "- Sở Nội vụ."),
        ("UBND TỈNH BÌNH LÂM\\", "UBND TỈNH BÌNH LÂM"),
        ("```markdown\nCÔNG ĐIỆN\n```", "CÔNG ĐIỆN"),
    ],
)
def test_signs_of_a_converter_go(line: str, expected: str) -> None:
    assert printed(line) == [expected]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["**2. Sở", "Nội vụ**", "a) Rà soát."], ["2. Sở Nội vụ", "a) Rà soát."]),
        (["**ỦY BAN NHÂN", "DÂN **", "TỈNH BÌNH LÂM"], ["ỦY BAN NHÂN DÂN", "TỈNH BÌNH LÂM"]),
        (["*Bình Lâm, ngày", "12 tháng 5 năm 2024*"], ["*Bình Lâm, ngày 12 tháng 5 năm 2024*"]),
        (["|", "Số: 12/CT-UBND", "|", "|"], ["Số: 12/CT-UBND"]),
    ],
)
def test_wrapped_bold_lines_are_made_whole(lines: list[str], expected: list[str]) -> None:
    assert [line.strip("*") for line in printed("\n".join(lines))] == [line.strip("*") for line in expected]


@pytest.mark.parametrize(
    "lines",
    [
        ["**1. Sở Y tế**", "a) Rà soát **ngay**."],
        ["**Lưu ý: mỗi xã", "", "lập một danh sách**"],
        ["** Số liệu ước tính.", "Ghi chú khác."],
        ["* Sở Nội vụ:", "Rà soát biên chế *"],
        ["**Kính gửi", "1", "2", "3", "4", "5", "hết**"],
    ],
)
def test_other_lines_are_not_joined(lines: list[str]) -> None:
    assert len(unmarked(lines)) == len(lines)


@pytest.mark.parametrize("line", ["#12 là số nhà", "Phòng # 3", "D:\\Luu\\2015\\CV.doc", "####", "Bước 1 \\ Bước 2"])
def test_other_lines_stay_as_they_are(line: str) -> None:
    assert unmarked([line]) == [line]


def test_a_heading_is_a_paragraph_of_its_own() -> None:
    before, heading, after = lines_of("Sở Y tế yêu cầu:\n## 1. Rà soát\nGửi trước ngày 05/5.")
    assert (before.gap, heading.gap, after.gap) == (False, True, True)


HEAD = "| **UBND TỈNH BÌNH LÂM**<br>**SỞ Y TẾ**<br>Số: 12/SYT-NV | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**<br>*Bình Lâm, ngày 05 tháng 5 năm 2024* |"
FOOT = "| ***Nơi nhận:***<br>- Như trên;<br>- Lưu: VT. | **GIÁM ĐỐC**<br><br>**Trần Văn Bình** |"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"| | |\n|---|---|\n{HEAD}",
            ["UBND TỈNH BÌNH LÂM", "SỞ Y TẾ", "Số: 12/SYT-NV", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "*Bình Lâm, ngày 05 tháng 5 năm 2024*"],
        ),
        ("| Kính gửi: | - Sở Y tế; - Sở Nội vụ\n|---|---", ["Kính gửi:", "- Sở Y tế; - Sở Nội vụ"]),
        ("| Nơi nhận: - Như trên; - Lưu: VT. | GIÁM ĐỐC Trần Văn Bình |", ["Nơi nhận: - Như trên; - Lưu: VT.", "GIÁM ĐỐC Trần Văn Bình"]),
    ],
)  # fmt: skip
def test_head_and_foot_in_two_columns_become_lines(text: str, expected: list[str]) -> None:
    assert printed(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "| TT | Việc | Chủ trì |\n|---|---|---|\n| 1 | Rà soát | Sở Y tế |",
        "| Thời gian | Nội dung |\n|---|---|\n| 08 giờ | Khai mạc |",
        "Chủ trì | Phối hợp",
    ],
)
def test_other_tables_stay_rows(text: str) -> None:
    assert unmarked(text.splitlines()) == text.splitlines()


def letter(text: str) -> Dispatch:
    return understand([Page(1, 595.0, 842.0, lines_of(text), "text")])[0]


def test_a_notice_in_markdown_is_understood_as_its_page_would_be() -> None:
    found = letter(
        f"| | |\n|---|---|\n{HEAD}\n\n# THÔNG BÁO\n\n**Kết luận của Giám đốc Sở tại cuộc họp giao ban**\n\n"
        "Giám đốc Sở kết luận, yêu cầu các phòng thực hiện các nội dung sau:\n\n"
        "### 1. Giao Phòng Nghiệp vụ Y\n\n- Chủ trì, phối hợp Phòng Tài chính rà soát vật tư.\n- Báo cáo Giám đốc Sở trước ngày 20/5/2024.\n\n"
        f"### 2. Giao Phòng Tổ chức\n\n- Hoàn thiện đề án vị trí việc làm.\n\n---\n\n| | |\n|---|---|\n{FOOT}"
    )
    assert [(task.label, [body.text for body in task.responsible]) for task in found.tasks] == [
        ("1.-1", ["Phòng Nghiệp vụ Y"]),
        ("1.-2", ["Phòng Nghiệp vụ Y"]),
        ("2.-1", ["Phòng Tổ chức"]),
    ]
    assert (found.header.number.value, found.header.issuer.value) == ("12", "Sở Y tế")  # type: ignore[union-attr]
    assert [each.text for each in found.recipients] == ["Như trên", "Lưu: VT"]
    assert found.signer is not None
    assert found.signer.name == "Trần Văn Bình"


def test_a_text_of_nothing_but_rules_is_read_in_time() -> None:
    started = time.process_time()
    assert len(unmarked(["|---|---|"] * 20_000)) == 20_000
    assert time.process_time() - started < 2
