"""What web pages and fonts do to a letter: bullets on lines of their own, ƣ for ư, letters of a body's name that look like a mark of authority."""

from __future__ import annotations

import pytest

from nlp.dispatch import understand
from nlp.normalise import clean
from nlp.reading import Text, page_of_string
from tests.nlp.letters import PLAIN

APART = PLAIN.replace("- Như trên;\n- UBND tỉnh (để báo cáo);\n- Lãnh đạo Sở;\n- Lưu:", "-\nNhư trên;\n-\nUBND tỉnh (để báo cáo);\n-\nLãnh đạo Sở;\n-\nLưu:")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Yêu cầu các xã:\n-\nRà soát nhà tạm.\n-\nBáo cáo kết quả.", ["Yêu cầu các xã:", "- Rà soát nhà tạm.", "- Báo cáo kết quả."]),
        ("Nơi nhận:\n–\nNhư trên;", ["Nơi nhận:", "– Như trên;"]),
        ("Gồm:\n+\nSố hộ nghèo.", ["Gồm:", "+ Số hộ nghèo."]),
        ("Việc:\n•\nHọp xã.", ["Việc:", "• Họp xã."]),
        # no entry behind
        ("Bảng giá\n-\n12.000", ["Bảng giá", "-", "12.000"]),
        ("SỞ Y TẾ\n-----\nSố: 12/SYT-VP", ["SỞ Y TẾ", "-----", "Số: 12/SYT-VP"]),
        ("Sở Y tế -\nBộ Y tế", ["Sở Y tế -", "Bộ Y tế"]),
        ("Trang 1\n-\n\nHết", ["Trang 1", "-", "", "Hết"]),
    ],
)
def test_a_bullet_alone_on_its_line_belongs_to_the_next(text: str, lines: list[str]) -> None:
    assert Text.of_pages((page_of_string(text),)).text.split("\n") == lines


def test_the_entries_behind_bullets_alone_are_recipients() -> None:
    assert APART != PLAIN
    found = understand([page_of_string(APART)])[0]
    assert [each.text for each in found.recipients] == ["Như trên", "UBND tỉnh (để báo cáo)", "Lãnh đạo Sở", "Lưu: VT, TCBC (3)"]
    assert found.signer is not None
    assert found.signer.name == "Trần Thị Lan Anh"


@pytest.mark.parametrize(
    ("printed", "meant"),
    [("Cục trƣởng", "Cục trưởng"), ("Nhƣ trên", "Như trên"), ("ĐỘC LẬP - TỰ DO - HẠNH PHÚC; THỨ TRƢỞNG", "ĐỘC LẬP - TỰ DO - HẠNH PHÚC; THỨ TRƯỞNG"), ("Lƣu: VT", "Lưu: VT"), ("Công Thương", "Công Thương")],
)
def test_the_letter_some_fonts_give_for_u_with_a_horn(printed: str, meant: str) -> None:
    assert clean(printed) == meant


def signer_with(line: str) -> tuple[str | None, str | None, str | None]:
    found = understand([page_of_string(PLAIN.replace("- Lãnh đạo Sở;", line))])[0].signer
    return (found.authority, found.position, found.name) if found else (None, None, None)


@pytest.mark.parametrize(
    "line",
    ["- Cục GSKT và KT, DNNN;", "- Phòng KH & KT, TCHC;", "- Các phòng: TC, KT, TH;", "- Ban KTNS và TL, ĐĐ;", "- Lãnh đạo Sở;"],
)
def test_letters_of_a_bodys_name_are_no_authority(line: str) -> None:
    assert signer_with(line) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Thị Lan Anh")


@pytest.mark.parametrize("authority", ["KT. GIÁM ĐỐC", "KT, GIÁM ĐỐC", "TL. GIÁM ĐỐC", "TM. BAN CHỈ ĐẠO", "Q. GIÁM ĐỐC"])
def test_a_mark_of_authority_on_its_own_line_stays(authority: str) -> None:
    found = understand([page_of_string(PLAIN.replace("KT. GIÁM ĐỐC", authority))])[0].signer
    assert found is not None
    assert (found.authority or "").replace(".", "").replace(",", "") == authority.replace(".", "").replace(",", "")


@pytest.mark.parametrize(
    "entry",
    [
        "VPCP: BTCN, các PCN; TGĐ Cổng TTĐT; các Vụ: KTTH, KTN, NC",
        "VPUB: CVP, các PVP; các phòng: TH, NC, KT",
        "Các Sở: Y tế, Nội vụ; các ban: DT, QLKKT",
        "UBND tỉnh; và các đơn vị: VP, TTr",
    ],
)
def test_more_of_an_entry_behind_a_semicolon(entry: str) -> None:
    found = understand([page_of_string(PLAIN.replace("- Lãnh đạo Sở;", f"- {entry};"))])[0]
    assert entry in [each.text for each in found.recipients]


@pytest.mark.parametrize("noise", ["; GIÁM ĐỐC", "; KT. GIÁM ĐỐC", "; Trần Thị Lan Anh", "; PHÓ GIÁM ĐỐC"])
def test_the_other_column_behind_a_semicolon_is_none(noise: str) -> None:
    found = understand([page_of_string(PLAIN.replace("- Lãnh đạo Sở;", f"- Lãnh đạo Sở{noise}"))])[0]
    assert "Lãnh đạo Sở" in [each.text for each in found.recipients]
