"""Kính gửi and Nơi nhận with full stops inside short forms, and with the signature's column run into them."""

import pytest

from nlp.addressees import read_addressees
from nlp.reading import Text
from nlp.recipients import read_recipients
from nlp.sections import cut
from nlp.signature import read_signer
from tests.nlp.letters import PLAIN

COPIES = PLAIN[PLAIN.index("Nơi nhận:") :]
ADDRESS = "Kính gửi:\n- Các sở, ban, ngành thuộc UBND tỉnh;\n- UBND các huyện, thành phố thuộc\ntỉnh."


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    ("lines", "entries"),
    [
        (["- TT. HĐND, UBND tỉnh;", "- Lưu: VT."], ["TT. HĐND, UBND tỉnh", "Lưu: VT"]),
        (["- VP. Tỉnh ủy; (đã ký)", "- Lưu: VT."], ["VP. Tỉnh ủy", "Lưu: VT"]),
        (
            ["- BGĐ Sở;", "- Phòng, ban Sở; Lê Văn Quý", "- Các P.GD&ĐT;"],
            ["BGĐ Sở", "Phòng, ban Sở", "Các P.GD&ĐT"],
        ),
        (["- Đ/c Phó CT. UBND tỉnh;", "- TP. Bình Lâm;"], ["Đ/c Phó CT. UBND tỉnh", "TP. Bình Lâm"]),
        (["- P.KD; P.KT;", "- Lưu: VT."], ["P.KD; P.KT", "Lưu: VT"]),
        (["- Bộ TC. KT. CHỦ TỊCH", "- Lưu: VT."], ["Bộ TC", "Lưu: VT"]),
        (["- Sở TC. Lê Văn Quý", "- Lưu: VT."], ["Sở TC", "Lưu: VT"]),
        (["- Các Cục, Vụ; các Tập đoàn;", "- Lưu: VT."], ["Các Cục, Vụ; các Tập đoàn", "Lưu: VT"]),
        (
            ["- Như trên; - Bộ trưởng (để b/c); - Lưu: VT, DP."],
            ["Như trên", "Bộ trưởng (để b/c)", "Lưu: VT, DP"],
        ),
        (
            ["Như trên", "TT.TU, TT.HĐND tỉnh", "Các sở, ban, ngành", "Lưu VT"],
            ["Như trên", "TT.TU, TT.HĐND tỉnh", "Các sở, ban, ngành", "Lưu VT"],
        ),
        (
            ["Như trên;", "Các Bộ, cơ quan", "ngang Bộ;", "Lưu VT."],
            ["Như trên", "Các Bộ, cơ quan ngang Bộ", "Lưu VT"],
        ),
    ],
)
def test_recipients(lines: list[str], entries: list[str], gap: str) -> None:
    letter = PLAIN.replace(COPIES, gap.join(["Nơi nhận:", *lines, "GIÁM ĐỐC", "Lê Văn Quý"]) + "\n")
    text = Text.of_string(letter)
    sections = cut(text)
    assert [item.text for item in read_recipients(text, sections)] == entries
    found = read_signer(text, sections)
    assert found is not None
    assert found.name == "Lê Văn Quý"


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        (
            "Kính gửi:\n\nỦy ban nhân dân các tỉnh, thành phố\n\ntrực thuộc Trung ương",
            ["Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương"],
        ),
        (
            "Kính gửi:\n\n- TT. Y tế các huyện;\n\n- BV. Đa khoa tỉnh.",
            ["TT. Y tế các huyện", "BV. Đa khoa tỉnh"],
        ),
        (
            "Kính gửi: Sở Y tế các tỉnh, thành phố trực thuộc Trung ương\nSở yêu cầu báo cáo ngay.",
            ["Sở Y tế các tỉnh, thành phố trực thuộc Trung ương"],
        ),
        (
            "Kính gửi: Công ty TNHH Sao Mai\n(Đ/c: 24 Lê Lợi, P. 2, TP Bình Lâm)",
            ["Công ty TNHH Sao Mai (Đ/c: 24 Lê Lợi, P. 2, TP Bình Lâm)"],
        ),
        (
            "Kính gửi:\n- Phòng Y tế các huyện\n- Các đơn vị trực thuộc\nSở đề nghị các đơn vị báo cáo.",
            ["Phòng Y tế các huyện", "Các đơn vị trực thuộc"],
        ),
    ],
)
def test_addressees(printed: str, names: list[str]) -> None:
    text = Text.of_string(PLAIN.replace(ADDRESS, printed))
    assert [item.text for item in read_addressees(text, cut(text))] == names
